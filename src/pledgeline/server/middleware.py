"""What every request passes: an id, a line in the log, a guard against nonsense, a few headers."""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import replace

import structlog
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from pledgeline.accounts import desk
from pledgeline.accounts.roles import Machine
from pledgeline.accounts.stand_ins import StandIn
from pledgeline.audit import trail
from pledgeline.audit.acts import Actor, AuditAct
from pledgeline.audit.callers import Caller, called_by
from pledgeline.server.addresses import shown_address
from pledgeline.server.bodies import LARGEST_REQUEST, declared_size
from pledgeline.web import errors

Handler = Callable[[HttpRequest], HttpResponseBase]

LONGEST_QUERY = 8_000
"""Units: bytes. No form of the site asks for more."""


log = logging.getLogger("pledgeline.requests")


def log_requests(handle: Handler) -> Handler:
    """Give each request an id, which stands beside all that is logged of it, and write one line for it.

    The id is ours and taken from no header: another's could name another request.
    """

    def logged(request: HttpRequest) -> HttpResponseBase:
        request_id = secrets.token_hex(8)
        request.request_id = request_id  # type: ignore[attr-defined]
        began = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=request):
            response = handle(request)
            log.info(
                "request",
                extra={
                    "method": request.method,
                    "path": shown_address(request),
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - began) * 1000),
                    "bytes": len(response.content) if isinstance(response, HttpResponse) else None,
                },
            )
        response["X-Request-ID"] = request_id
        return response

    return logged


def name_caller(handle: Handler) -> Handler:
    """Say for the audit trail who asks, from where; and let a page that was refused leave an event."""

    def called(request: HttpRequest) -> HttpResponseBase:
        with called_by(lambda: _caller(request)):
            response = handle(request)
            if response.status_code == 403:
                trail.refused(
                    AuditAct.ACCESS_REFUSED,
                    "page",
                    shown_address(request),
                    code=getattr(response, "refused_for", "no-right"),
                    programme=_programme(request),
                    method=request.method,
                )
        return response

    return called


def _caller(request: HttpRequest) -> Caller:
    somebody = Caller(
        kind=Actor.PUBLIC, address=_address(request), request_id=getattr(request, "request_id", "")
    )
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return _at_desk(somebody, desk.person_at(request))
    return replace(somebody, kind=Actor.PERSON, number=person.pk, name=person.get_username())


def _at_desk(somebody: Caller, person: Machine | StandIn | None) -> Caller:
    """Name the stand-in as whom somebody at the desk acts; whoever acts as nobody else needs no name."""
    if person is None:
        return somebody
    return replace(
        somebody, kind=Actor.DESK, name=person.get_username() if isinstance(person, StandIn) else ""
    )


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _programme(request: HttpRequest) -> str:
    match = request.resolver_match
    return str(match.kwargs.get("slug", "")) if match else ""


def refuse_nonsense(handle: Handler) -> Handler:
    """Answer 400 to addresses that no page can mean.

    A NUL is refused by PostgreSQL in the middle of a query, and half a surrogate by every encoder
    of a page: both would end as an error of ours. They are the visitor's.
    """

    def guarded(request: HttpRequest) -> HttpResponseBase:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            raise BadRequest("The question in the address is too long.")
        said = [
            request.path,
            *request.GET.keys(),
            *(word for words in request.GET.lists() for word in words[1]),
        ]
        if any(_is_nonsense(word) for word in said):
            raise BadRequest("The address holds characters that cannot be in a text.")
        return handle(request)

    return guarded


def _is_nonsense(text: str) -> bool:
    return "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text)


def refuse_too_much(handle: Handler) -> Handler:
    """Answer 413 to a request that no form of the site sends, before a byte of it is read."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        if declared_size(request.META) > LARGEST_REQUEST:
            return errors.refused(request, 413)
        return handle(request)

    return guarded


def add_headers(handle: Handler) -> Handler:
    """Say that no page needs the visitor's camera, microphone, place or payment."""

    def with_headers(request: HttpRequest) -> HttpResponseBase:
        response = handle(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        return response

    return with_headers


def describe_session(handle: Handler) -> Handler:
    """Tell a session where the visitor is, so that people recognise it in the list of their sessions."""

    def described(request: HttpRequest) -> HttpResponseBase:
        request.session.address = request.META.get("REMOTE_ADDR", "")  # type: ignore[attr-defined]
        request.session.user_agent = request.headers.get("User-Agent", "")  # type: ignore[attr-defined]
        return handle(request)

    return described


def keep_private(handle: Handler) -> Handler:
    """Let no cache keep what a page shows to somebody who is signed in or at the desk, the browser's own included.

    A page and the part of it that a script asks for have one address: no cache may take one for the other.
    """

    def private(request: HttpRequest) -> HttpResponseBase:
        response = handle(request)
        patch_vary_headers(response, ("HX-Request",))
        # Asking a session that nothing has touched would cost public pages a query and their caches.
        is_signed_in = getattr(request.session, "accessed", False) and request.user.is_authenticated
        if is_signed_in or desk.sits_at(request):
            add_never_cache_headers(response)
        return response

    return private
