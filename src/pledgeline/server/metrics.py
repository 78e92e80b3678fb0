"""How the queue stands, for Prometheus: behind a setting, and for whoever has the token.

Where a request comes from says nothing: behind a server on the same machine everybody comes from there. So the token
is asked for always. It lies in the home folder, where a Prometheus on this machine can read it.
"""

from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from pledgeline.jobs.health import health
from pledgeline.server.health import is_watcher


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the figures of now.

    Raises:  Http404 where metrics are not switched on: nobody need know of them.
    """
    if not settings.METRICS_TOKEN:
        raise Http404
    if not is_watcher(request):
        refusal = HttpResponse("a token is needed\n", content_type="text/plain", status=401)
        refusal["WWW-Authenticate"] = "Bearer"
        return refusal
    registry = CollectorRegistry()
    registry.register(QueueCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class QueueCollector(Collector):
    """The queue, read from the database: whichever process of the site is asked gives the same figures."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        queue = health()
        for name, about, by_kind in (
            ("pledgeline_jobs_waiting", "Jobs that wait.", queue.waiting),
            ("pledgeline_jobs_running", "Jobs that are being done.", queue.running),
        ):
            family = GaugeMetricFamily(name, about, labels=["kind"])
            for kind, number in sorted(by_kind.items()):
                family.add_metric([kind], number)
            yield family
        for name, about, figure in (
            ("pledgeline_jobs_left", "Jobs whose worker is gone, not taken up again yet.", queue.left),
            (
                "pledgeline_jobs_oldest_waiting_seconds",
                "How long the oldest job has waited.",
                queue.oldest_waiting_seconds,
            ),
            ("pledgeline_workers", "Workers that gave a sign of late.", queue.workers),
        ):
            yield GaugeMetricFamily(name, about, value=figure)
