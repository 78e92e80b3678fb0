"""Files of many rows, written by a job and kept for a day, to be downloaded.

A workbook of two hundred thousand postings takes half a minute of a processor, which those who turn pages need.
What writes a file is a page of the site, so a job opens that page in the name of whoever asked: what they may not
see any more when it is written is not in it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import resolve
from django.utils.translation import gettext as _
from django.utils.translation import override

from pledgeline.accounts import desk
from pledgeline.accounts.models import User
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.jobs import asking
from pledgeline.jobs.asking import Asker
from pledgeline.jobs.context import JobContext, NoResult
from pledgeline.jobs.kinds import job
from pledgeline.jobs.models import UNDER_WAY, Job, JobFile

T = TypeVar("T")

MOST_AT_ONCE = 20_000
"""Rows of a workbook, and entries of a journal: so many take some four seconds, and a second or two."""

MOST_LINES_AT_ONCE = 100_000
"""Rows of a file of CSV or JSON: so many take some four seconds."""

MOST_KEPT = 2
"""Files of one person, or of all who have not signed in, that are kept or under way for a programme."""


class IsLong(Exception):
    """The file has so many rows that a job is to write it."""


_at_once: ContextVar[bool] = ContextVar("at_once", default=False)


@contextmanager
def at_once() -> Iterator[None]:
    """Write files here and now, however long they are."""
    token = _at_once.set(True)
    try:
        yield
    finally:
        _at_once.reset(token)


def not_long(rows: Iterable[T], *, are_lines: bool = False) -> Iterator[T]:
    """Give the rows of a file that a page writes itself; `are_lines` where it is no workbook.

    Raises:  IsLong where there are more.
    """
    most = MOST_LINES_AT_ONCE if are_lines else MOST_AT_ONCE
    for number, row in enumerate(rows):
        if number == most and not _at_once.get():
            raise IsLong
        yield row


def must_not_be_long(rows: int, *, are_lines: bool = False) -> None:
    """Refuse a file of so many rows that a page does not write it itself.

    Raises:  IsLong.
    """
    if rows > (MOST_LINES_AT_ONCE if are_lines else MOST_AT_ONCE) and not _at_once.get():
        raise IsLong


@trail.leaves_refusals(AuditAct.FILE_ASKED, "file", ref="address")
@transaction.atomic
def ask_for_file(*, address: str, language: str, programme: str, asker: Asker, host: str = "") -> Job:
    """Have a file written that is found at an address of the site; give the job that does so.

    Raises:  NotNow.
    """
    theirs = Job.objects.filter(
        kind=write_file.queue_name,
        programme=programme,
        asked_by=asker.name,
        asked_by_account=asker.account,
    )
    under_way = theirs.filter(state__in=UNDER_WAY)
    found: Job | None = under_way.filter(arguments__address=address, arguments__language=language).first()
    if found is not None:
        return found
    if under_way.count() >= MOST_KEPT:
        raise asking.NotNow(
            _("%(n)s files are being written for you already: come back when one of them is ready.")
            % {"n": MOST_KEPT}
        )
    kept = JobFile.objects.filter(job__in=theirs).order_by("-pk").values_list("pk", flat=True)
    JobFile.objects.filter(pk__in=list(kept[MOST_KEPT - 1 :])).delete()
    found = asking.ask(
        write_file, programme=programme, asker=asker, address=address, language=language, host=host
    )
    trail.record(AuditAct.FILE_ASKED, "file", address, programme=programme)
    return found


@job("file")
def write_file(context: JobContext, address: str, language: str, host: str = "") -> None:
    """Open the page that gives a file, and keep what it gives with the job."""
    with at_once(), override(language):
        response = _opened(address, context.job, host)
        content = response.getvalue()
    name = response["Content-Disposition"].partition('filename="')[2].rstrip('"')
    with context.ending() as end:
        JobFile.keep(context.job, name, content)
        end.result, end.keeps_file = {"kind": response["Content-Type"]}, True


def _opened(address: str, of: Job, host: str) -> HttpResponse:
    """Give the answer of the site to whoever asked for a job, under the name by which they know it."""
    request = HttpRequest()
    parts = urlsplit(address)
    request.method, request.path, request.path_info = "GET", parts.path, parts.path
    request.META |= {"REQUEST_METHOD": "GET", "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    request.META["QUERY_STRING"] = parts.query
    if host:
        scheme, _colon, request.META["HTTP_HOST"] = host.partition("://")
        request.META["HTTP_X_FORWARDED_PROTO"] = scheme
    request.GET = QueryDict(parts.query)
    desk.seat(request, name="" if of.asked_by_account else of.asked_by)
    people = User.objects.filter(is_active=True)
    request.user = (people.filter(pk=of.asked_by_account).first() if of.asked_by_account else None) or (
        AnonymousUser()
    )
    request.resolver_match = match = resolve(parts.path)
    try:
        response = match.func(request, *match.args, **match.kwargs)
    except Http404:
        response = HttpResponse(status=404)
    if response.status_code != 200 or "Content-Disposition" not in response:
        raise NoResult(_("The page does not give this file any more: open it again."))
    return response  # type: ignore[no-any-return]
