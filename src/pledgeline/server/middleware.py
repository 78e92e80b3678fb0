"""What every request passes: a line in the log, a guard against nonsense, a few headers."""

import logging
import re
import time
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from pledgeline.accounts import desk
from pledgeline.server.bodies import LARGEST_REQUEST, declared_size
from pledgeline.web import errors

Handler = Callable[[HttpRequest], HttpResponseBase]

LONGEST_QUERY = 8_000
"""Units: bytes. No form of the site asks for more."""

_SECRET = re.compile(r"^/desk/[^/?]+")
"""The address that opens the desk: whoever reads the log must not be able to."""

log = logging.getLogger("pledgeline.requests")


def log_requests(handle: Handler) -> Handler:
    """Write one line for each request: method, address, status, milliseconds."""

    def logged(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = handle(request)
        took = (time.perf_counter() - began) * 1000
        address = _SECRET.sub("/desk/...", ascii(request.get_full_path()[:300])[1:-1])
        log.info("%s %s %s %.0f ms", request.method, address, response.status_code, took)
        return response

    return logged


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
    """Let no cache keep what a page shows to somebody who is signed in or at the desk, the browser's own included."""

    def private(request: HttpRequest) -> HttpResponseBase:
        response = handle(request)
        # Asking a session that nothing has touched would cost public pages a query and their caches.
        is_signed_in = getattr(request.session, "accessed", False) and request.user.is_authenticated
        if is_signed_in or desk.sits_at(request):
            add_never_cache_headers(response)
        return response

    return private
