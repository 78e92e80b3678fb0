"""Note which files people take that show more than everybody may see."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from pledgeline.accounts.rights import Act, may
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.web.asked import visitor


def note_exports(
    handle: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Leave an event for each file of a programme that somebody takes who has a role in it, or sits at the desk.

    Whether this very file holds what the public does not see is not asked: the trail is not to depend on it.
    """

    def noted(request: HttpRequest) -> HttpResponseBase:
        response = handle(request)
        match = request.resolver_match
        slug = str(match.kwargs.get("slug", "")) if match else ""
        is_file = response.status_code == 200 and response.get("Content-Disposition", "").startswith(
            "attachment"
        )
        if (
            match
            and slug
            and is_file
            and request.method == "GET"
            and may(visitor(request), Act.SEE_UNPUBLISHED, slug)
        ):
            with transaction.atomic():
                trail.record(AuditAct.EXPORT_TAKEN, "file", request.path, programme=slug, page=match.url_name)
        return response

    return noted
