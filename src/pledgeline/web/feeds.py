"""Feeds in Atom: what is new, for those who do not want to look every day. They hold what everybody sees.

Whoever follows a feed has no account there, so it is the same for everybody, signed in or not. The name of an entry
is its lasting address: read again, it is known to be the same.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import override

from pledgeline.money import in_full
from pledgeline.programme.settings import today_of
from pledgeline.queries.journal import entry_rows, readable
from pledgeline.records.books import NoBooks, books_of
from pledgeline.records.models import InstrumentVersion
from pledgeline.records.register import seen_register
from pledgeline.records.snapshot import Snapshot, UnknownProgramme, snapshot
from pledgeline.web import words
from pledgeline.web.related import LANGUAGE

NEWEST = 50
"""Entries of a feed."""

BEGAN = datetime(2025, 1, 1, tzinfo=UTC)
"""When a feed without entries was last changed."""

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold. People paste them into a reason or a title without seeing them."""

ACCEPTED = "accept"
"""The event of the books by which units are accepted."""


class Feed(Atom1Feed):
    """A feed that is the same whenever it is asked for, as long as nothing is new."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEGAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One thing that is new: its address, which never changes, and what happened when."""

    path: str
    title: str
    text: str
    at: datetime


def announcements_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the newest announcements of a programme."""

    def entries() -> list[FeedEntry]:
        found = _published(slug)
        rows = sorted(found.record.announcements, key=lambda row: (row.announced_on, row.id), reverse=True)
        return [
            FeedEntry(
                path=reverse("web:announcement", args=[slug, row.id]),
                title=f"{', '.join(words.party_name(found.programme, code) for code in row.partners)}: "
                f"{in_full(row.amount) if row.amount else _('no amount stated')}",
                text=row.title,
                at=_moment(row.announced_on),
            )
            for row in rows[:NEWEST]
        ]

    return _feed(request, _("New announcements"), reverse("web:announcements", args=[slug]), entries)


def acceptances_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the newest acceptances in the books of a programme, where its books are public."""

    def entries() -> list[FeedEntry]:
        found = _published(slug)
        try:
            books = books_of(slug, None)
        except NoBooks:
            raise Http404 from None
        today = today_of(found.programme, datetime.now(UTC))
        rows = entry_rows(books, Q(kind=ACCEPTED), day=today, known_on=None).order_by("-seal_id")
        numbers = list(rows.values_list("pk", flat=True)[:NEWEST])
        return [
            FeedEntry(
                path=reverse("web:books-entry", args=[slug, entry.position]),
                title=_("Accepted: %(what)s") % {"what": ", ".join(_lots_of(entry)) or entry.key},
                text=_("Accepted on %(day)s.") % {"day": entry.effective_on.isoformat()},
                at=entry.recorded_at,
            )
            for entry in readable(books, numbers)
        ]

    return _feed(request, _("New acceptances"), reverse("web:books", args=[slug]), entries)


def _lots_of(entry: object) -> list[str]:
    postings = getattr(entry, "postings", ())
    return list(dict.fromkeys(posting.lot or posting.line for posting in postings if posting.line))


def changes_feed(request: HttpRequest, id_: str = "") -> HttpResponse:
    """Give the newest changes of the register that everybody sees, or of one of its instruments."""

    def entries() -> list[FeedEntry]:
        register = seen_register().register
        rows = InstrumentVersion.objects.filter(programme="")
        if id_:
            rows = rows.filter(instrument=id_)
            if id_ not in register.by_id and not rows.exists():
                raise Http404
        found = []
        for row in rows.order_by("-pk")[:NEWEST]:
            known = register.by_id.get(row.instrument)
            what = _("withdrawn") if row.is_withdrawn else _("version %(n)s") % {"n": row.number}
            address = reverse("web:guarantees-instrument", args=[row.instrument])
            found.append(
                FeedEntry(
                    path=f"{address}#version-{row.number}",
                    title=f"{known.name if known else row.instrument}: {what}",
                    text=row.reason,
                    at=row.saved_at,
                )
            )
        return found

    at = reverse("web:guarantees-instrument", args=[id_]) if id_ else reverse("web:guarantees")
    return _feed(request, _("Changes of instruments"), at, entries)


def _published(slug: str) -> Snapshot:
    """Give the record of a programme as everybody sees it.

    Raises:  Http404 where nobody does.
    """
    try:
        return snapshot(slug, None)
    except UnknownProgramme as error:
        raise Http404(str(error)) from error


def _feed(request: HttpRequest, title: str, at: str, entries: Callable[[], list[FeedEntry]]) -> HttpResponse:
    with override(LANGUAGE):
        found = entries()
        here = request.build_absolute_uri(request.path)
        feed = Feed(
            title=title,
            link=request.build_absolute_uri(at),
            description="",
            feed_url=here,
            feed_guid=here,
            language=LANGUAGE,
            author_name="Pledgeline",
        )
        for entry in found:
            address = request.build_absolute_uri(entry.path)
            feed.add_item(
                title=NOT_IN_XML.sub("", entry.title),
                link=address,
                description=NOT_IN_XML.sub("", entry.text),
                unique_id=address,
                pubdate=entry.at,
                updateddate=entry.at,
            )
        text = feed.writeString("utf-8")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
