"""Who comes to the API: whoever a token says, and nobody else. A cookie of a browser lets nobody in here."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from pledgeline.accounts import desk
from pledgeline.accounts.rights import Person
from pledgeline.accounts.tokens import Bearer, bearer_of
from pledgeline.api.problems import answer, problem

PLACE = "/api/"
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Pledgeline"'}

Handler = Callable[[HttpRequest], HttpResponseBase]


def admit(handle: Handler) -> Handler:
    """Let a request to the API act for the person of its token; without one it is a request of the public."""

    def admitted(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PLACE):
            return handle(request)
        request.user = AnonymousUser()
        desk.seat(request, name="")
        said = request.headers.get("Authorization", "")
        if said:
            kind, _, token = said.partition(" ")
            bearer = bearer_of(token.strip(), timezone.now()) if kind.casefold() == "bearer" else None
            if bearer is None:
                return _kept_private(answer(problem(401, "no-such-token.bearer", headers=CHALLENGE)))
            request.user = bearer.person
            request.bearer = bearer  # type: ignore[attr-defined]
        response = handle(request)
        patch_vary_headers(response, ("Authorization", "Accept-Language"))
        return _kept_private(response) if said else response

    return admitted


def _kept_private(response: HttpResponseBase) -> HttpResponseBase:
    patch_cache_control(response, private=True, no_cache=True)
    return response


def person_of(request: HttpRequest) -> Person:
    """Give the person whose rights count: that of the token, or the public."""
    return bearer.person if (bearer := bearer_at(request)) else None


def bearer_at(request: HttpRequest) -> Bearer | None:
    """Give whom the request brought a token of; nobody without one."""
    bearer: Bearer | None = getattr(request, "bearer", None)
    return bearer


def writer_at(request: HttpRequest) -> Bearer:
    """Give whom the request brought a token of that lets them write.

    Raises:  Problem: 401 without a token, 403 with one that is for reading.
    """
    bearer = bearer_at(request)
    if bearer is None:
        raise problem(401, "no-token.write", headers=CHALLENGE)
    if not bearer.may_write:
        raise problem(403, "only-reads.token")
    return bearer


def refuse_to_see(request: HttpRequest, right: str) -> None:
    """Refuse somebody who may not see what they ask for.

    Raises:  Problem: 401 to the public, 403 to somebody.
    """
    if bearer_at(request) is None:
        raise problem(401, "no-token.read", headers=CHALLENGE)
    raise problem(403, "no-right.see", right=right)
