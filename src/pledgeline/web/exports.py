"""Note which files people take that show more than everybody may see."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.records.visibility import sees_everything_of
from pledgeline.web.asked import visitor


def note_exports(
    handle: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Leave an event for each file of a programme that somebody takes who sees what it keeps back.

    Whether this very file holds anything of that is not asked: it may, and the trail is not to depend on it.
    """

    def noted(request: HttpRequest) -> HttpResponseBase:
        response = handle(request)
        match = request.resolver_match
        slug = str(match.kwargs.get("slug", "")) if match else ""
        is_file = response.status_code == 200 and response.get("Content-Disposition", "").startswith(
            "attachment"
        )
        if match and slug and is_file and request.method == "GET" and _sees_more(request, slug):
            with transaction.atomic():
                trail.record(AuditAct.EXPORT_TAKEN, "file", request.path, programme=slug, page=match.url_name)
        return response

    return noted


def _sees_more(request: HttpRequest, slug: str) -> bool:
    match = request.resolver_match
    is_plan = match is not None and str(match.url_name).startswith("plan")
    return is_plan or sees_everything_of(visitor(request), slug)
