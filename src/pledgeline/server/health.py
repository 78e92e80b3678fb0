"""Two short answers for whoever watches the site: is it there, and could an entry be made?"""

import logging
import time
from secrets import compare_digest
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from pledgeline.operation import readiness

KNOWN_SECONDS = 2
"""For how long an answer holds: looking means writing, and a stranger may ask as often as they like."""

LONGEST_SECONDS = 3
"""For how long somebody who asks waits for another who is looking."""

log = logging.getLogger("pledgeline.health")


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether an entry could be made now: 200, or 503.

    What is wrong stands in the log, and is told to who has the token for metrics; to everybody else
    it would say where to press.
    """
    parts = _looked.parts()
    ready = not any(parts.values())
    said: dict[str, object] = {"ready": ready}
    if is_watcher(request):
        said["parts"] = {name: wrong or "ok" for name, wrong in parts.items()}
    return JsonResponse(said, status=200 if ready else 503)


def is_watcher(request: HttpRequest) -> bool:
    """Say whether somebody has the token of those who watch the site. Without one nobody is."""
    given = request.headers.get("Authorization", "").encode(errors="replace")
    return bool(settings.METRICS_TOKEN) and compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode())


class _Looked:
    """What this process found when it looked last. One thread looks; a database that is away may take long."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        self._parts: dict[str, str] = {}
        self._until = 0.0

    def parts(self) -> dict[str, str]:
        if not self._lock.acquire(timeout=LONGEST_SECONDS):
            return {"database": "it has not answered for long"}
        try:
            if time.monotonic() >= self._until:
                found = readiness.parts()
                if found != self._parts:
                    self._tell(found)
                self._parts, self._until = found, time.monotonic() + KNOWN_SECONDS
            return self._parts
        finally:
            self._lock.release()

    def _tell(self, found: dict[str, str]) -> None:
        wrong = {name: why for name, why in found.items() if why}
        if wrong:
            log.warning("not ready: %s", "; ".join(f"{name}: {why}" for name, why in wrong.items()))
        elif any(self._parts.values()):
            log.info("ready again")


_looked = _Looked()
forget = _looked.forget
