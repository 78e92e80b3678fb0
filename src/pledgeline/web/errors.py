"""The answers to what cannot be done: what happened, and one next act, in the form in which it was asked.

A browser gets a page, a part of a page one sentence, a program that asks for JSON a problem as RFC 9457 has it. The
pages need neither database nor session: they are wanted when those are away.
"""

import sys
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledgeline.web.dear import Allowance

Text = str | Promise

SECONDS_TO_COME_BACK = 5
"""So long a visitor is asked to wait where nobody knows how long it takes."""

_SQLITE_IS_AWAY = {5, 6, 8, 10, 11, 13, 14, 26}
"""Codes of SQLite: busy, locked, read-only, input or output, corrupt, full, cannot be opened, no database."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a request gets no answer: a title, what happened, what to do next."""

    status: int
    title: Text
    wrong: Text
    act: Text
    again: bool = True
    seconds: int | None = None


NOT_READABLE = Trouble(
    status=400,
    title=gettext_lazy("This request could not be read"),
    wrong=gettext_lazy("Its address has characters or parameters that make no sense here."),
    act=gettext_lazy("Begin at the start."),
    again=False,
)
NOT_ALLOWED = Trouble(
    status=403,
    title=gettext_lazy("Your account may not do this"),
    wrong=gettext_lazy("Nothing was done. Whoever runs this installation gives rights to accounts."),
    act=gettext_lazy("See what your account may do."),
    again=False,
)
TOKEN = Trouble(
    status=403,
    title=gettext_lazy("This form was not accepted"),
    wrong=gettext_lazy(
        "Its page was opened before you signed in or out, or no cookie came with it. Nothing was done."
    ),
    act=gettext_lazy("Load the page again and send the form once more."),
)
NOT_FOUND = Trouble(
    status=404,
    title=gettext_lazy("There is no such page"),
    wrong=gettext_lazy("The address may be misspelt, or the row is not in the record."),
    act=gettext_lazy("Begin at the start."),
    again=False,
)
TOO_SLOW = Trouble(
    status=408,
    title=gettext_lazy("The request did not arrive"),
    wrong=gettext_lazy("So little of it came that the connection was given up. Nothing was done."),
    act=gettext_lazy("Send it again."),
)
TOO_LARGE = Trouble(
    status=413,
    title=gettext_lazy("The file is too large"),
    wrong=gettext_lazy("At most 20 MB can be uploaded. Nothing was done."),
    act=gettext_lazy("Leave out sheets and pictures that are not needed, go back and try again."),
    again=False,
)
TOO_MANY = Trouble(
    status=429,
    title=gettext_lazy("This was tried too often"),
    wrong=gettext_lazy("Nothing was done."),
    act=gettext_lazy("Wait some minutes, then try again."),
    seconds=300,
)
SLIP = Trouble(
    status=500,
    title=gettext_lazy("Something went wrong on our side"),
    wrong=gettext_lazy("The failure has been noted in the log of the server. Nothing was changed."),
    act=gettext_lazy(
        "Load the page again; if it stays, tell whoever runs this installation, and when it happened."
    ),
)
BUSY = Trouble(
    status=503,
    title=gettext_lazy("Others are being answered first"),
    wrong=gettext_lazy("Much was asked for at once, and your turn did not come. Nothing was done."),
    act=gettext_lazy("Load the page again in a few seconds."),
    seconds=SECONDS_TO_COME_BACK,
)
NO_DATABASE = Trouble(
    status=503,
    title=gettext_lazy("The database does not answer"),
    wrong=gettext_lazy("It is held by somebody, or away. Nothing was changed."),
    act=gettext_lazy(
        "Load the page again in a few seconds; if it stays, tell whoever runs this installation."
    ),
    seconds=SECONDS_TO_COME_BACK,
)
NO_MEMORY = Trouble(
    status=503,
    title=gettext_lazy("This needs more memory than one request may take"),
    wrong=gettext_lazy("It was given up, so that others are answered. Nothing was changed."),
    act=gettext_lazy("Ask for less: a shorter time, fewer rows, a smaller file."),
    seconds=SECONDS_TO_COME_BACK,
)

_REFUSED = {400: NOT_READABLE, 408: TOO_SLOW, 413: TOO_LARGE, 503: BUSY}


def refused(request: HttpRequest, status: int) -> HttpResponse:
    """Answer a request that the server refused before the site saw it."""
    return answer(request, _REFUSED[status])


def too_often(request: HttpRequest, allowance: Allowance, *, seconds: int) -> HttpResponse:
    """Answer a visitor who asks too often for something dear."""
    named = {"about": allowance.about, "n": allowance.per_minute, "seconds": seconds}
    trouble = Trouble(
        status=429,
        title=_("You have asked for this too often"),
        wrong=_("%(about)s: %(n)d a minute are answered to one visitor, so that others are answered too.")
        % named,
        act=_("Load the page again in %(seconds)d seconds.") % named,
        seconds=seconds,
    )
    return answer(request, trouble)


# What Django asks for, by name


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NOT_READABLE)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NOT_ALLOWED)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, NOT_FOUND)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return answer(request, TOO_MANY)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer where a page could not be made: because of us, or because the database or memory is not there."""
    error = sys.exc_info()[1]
    if isinstance(error, MemoryError):
        return answer(request, NO_MEMORY)
    if not is_away(error):
        return _last_resort(request)
    session = getattr(request, "session", None)
    if session is not None:  # keeping it would wait for the same database once more
        session.modified = session.accessed = False
    return answer(request, NO_DATABASE)


def _last_resort(request: HttpRequest) -> HttpResponse:
    """Answer a slip of ours; where it is one of the pages themselves, without them."""
    try:
        return answer(request, SLIP)
    except Exception:
        return HttpResponse("Something went wrong on our side.\n", content_type="text/plain", status=500)


def is_away(error: BaseException | None) -> bool:
    """Say whether an error means that the database is held or away, and not that we asked it something wrong."""
    cause = error.__cause__ if error is not None else None
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(error, InterfaceError):
        return True
    if isinstance(error, OperationalError):
        return code is None or code & 0xFF in _SQLITE_IS_AWAY or "no such table" in str(error)
    return isinstance(error, ProgrammingError) and getattr(cause, "sqlstate", "") == "42P01"  # no such table


# The forms of an answer

_WITHIN_THE_HOUSE = {403, 404, 429}
"""What is answered within the menu of the site; the others may come where no session and no database is."""


def answer(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    """Say what happened, as a page or as short as a program wants it."""
    short = short_answer(request, trouble)
    response = short or HttpResponse(_page(request, trouble), status=trouble.status)
    add_never_cache_headers(response)
    if trouble.seconds is not None:
        response["Retry-After"] = str(trouble.seconds)
    return response


def short_answer(request: HttpRequest, trouble: Trouble) -> HttpResponse | None:
    """Give the answer to what is no page: a part of one, a file, a program; nothing where a page is asked for."""
    accepts = request.headers.get("Accept", "*/*")
    sentence = f"{trouble.title}. {trouble.wrong} {trouble.act}"
    last = request.path.rpartition("/")[2]
    if request.headers.get("HX-Request"):
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=trouble.status)
    is_of_a_program = request.path.startswith("/api/")
    if "text/html" in accepts and not is_of_a_program:
        return None
    if is_of_a_program or "json" in accepts or last.endswith(".json"):
        problem = {
            "title": str(trouble.title),
            "status": trouble.status,
            "detail": f"{trouble.wrong} {trouble.act}",
        }
        return JsonResponse(problem, content_type="application/problem+json", status=trouble.status)
    if "." in last:
        return HttpResponse(f"{sentence}\n", content_type="text/plain; charset=utf-8", status=trouble.status)
    return None


def _page(request: HttpRequest, trouble: Trouble) -> str:
    is_within = trouble.status in _WITHIN_THE_HOUSE
    if trouble.status == 403:
        following = (reverse("web:account"), _("What your account may do"))
    elif trouble.again and request.method == "GET":
        following = (request.get_full_path(), _("Load the page again"))
    else:
        following = (reverse("web:programmes"), _("To the start"))
    shell = "web/base.html" if is_within else "web/alone.html"
    number = getattr(request, "request_id", "")
    context = {"shell": shell, "trouble": trouble, "next": following, "number": number}
    # Without the request no context processor asks for the session or the database.
    return render_to_string("web/trouble.html", context, request if is_within else None)
