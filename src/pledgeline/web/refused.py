"""The answer to a form whose token does not fit: what happened, and a way on that keeps what was typed.

That happens to honest people: they signed in or out in another tab, or came back after the browser forgot the site.
What was typed is offered again only where the browser itself says that the form was one of ours; from elsewhere
nothing of the request is shown. Passwords and files are not kept.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from pledgeline.web import errors

MOST_KEPT = 200_000
"""Units: characters. A longer form is typed or brought in again."""

TOKEN = "csrfmiddlewaretoken"


def token_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that nothing was done, and offer to send the form again."""
    response = errors.short_answer(request, errors.TOKEN)
    if response is None:
        response = render(request, "web/token_refused.html", {"kept": _kept(request)}, status=403)
        add_never_cache_headers(response)
    response.refused_for = "form-token"  # type: ignore[attr-defined]
    return response


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Give the fields of a form of ours that may be sent again as they are."""
    if not _is_ours(request) or request.FILES:
        return []
    fields = [(name, value) for name, values in request.POST.lists() if name != TOKEN for value in values]
    is_secret = any("password" in name or name == "again" for name, _value in fields)
    is_long = sum(len(value) for _name, value in fields) > MOST_KEPT
    return [] if is_secret or is_long else fields


def _is_ours(request: HttpRequest) -> bool:
    """Say whether the browser says that the form stood on a page of this site."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
