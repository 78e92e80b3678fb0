"""What a programme publishes as IATI: its settings, its books, and of terms what its policy shows."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from django.db.models import Min

from pledgeline.exchange.iati.written import Published, Reporter, usual_reporter
from pledgeline.ledger import Entry
from pledgeline.programme.parties import Party
from pledgeline.queries.contributions import newest_terms
from pledgeline.records.books import StoredBooks
from pledgeline.records.models import EntryRecord, PartyRecord, ProgrammeRecord
from pledgeline.records.models.announcements import AnnouncementRecord
from pledgeline.records.models.parties import parties_named


class NothingToPublish(LookupError):
    """Nothing has happened in the programme yet: no entry of its books, and nothing announced."""


def published(
    programme: ProgrammeRecord, books: StoredBooks | None, *, now: datetime, reporter: Reporter | None = None
) -> Published:
    """Gather what an IATI file of a programme may say; the books are those that whoever asks may see.

    Earmarks leave where the programme shows those of announcements, goods are named where it shows what is in packages,
    and quantities are told where it shows what is delivered.

    Raises:  NothingToPublish
    """
    value = programme.to_value()
    partners = books.contributions() if books is not None else {}
    shows_earmarks = "earmark" not in value.withheld("announcements")
    shows_days = "delivery_reported_on" not in value.withheld("packages")
    return Published(
        programme=value,
        reporter=reporter or usual_reporter(value),
        first_day=_first_day(programme, books, now.astimezone(UTC).date()),
        partners=partners,
        parties=_parties(programme, partners.values()),
        earmarked=_earmarked(programme) if shows_earmarks else {},
        names_goods="contents" not in value.withheld("packages"),
        shows_deliveries=shows_days and "what" not in value.withheld("deliveries"),
    )


def entries_of(books: StoredBooks | None) -> Iterable[Entry]:
    """Give the entries of the books as a stream; none where there are no books."""
    return books.entries if books is not None else ()


def _first_day(programme: ProgrammeRecord, books: StoredBooks | None, today: date) -> date:
    """Give the day on which the programme began: of its first entry, or of its first announcement."""
    first: date | None = None
    if books is not None:
        entries = EntryRecord.objects.filter(books_id=books.number, effective_on__lte=today)
        first = entries.aggregate(first=Min("effective_on"))["first"]
    if first is None:
        announced = AnnouncementRecord.objects.filter(programme=programme, announced_on__lte=today)
        first = announced.aggregate(first=Min("announced_on"))["first"]
    if first is None:
        raise NothingToPublish(programme.slug)
    return first


def _parties(programme: ProgrammeRecord, names: Iterable[str]) -> dict[str, Party]:
    keys = parties_named(programme, set(names))
    rows = PartyRecord.objects.prefetch_related("name_rows").in_bulk(keys.values())
    return {name: rows[key].to_value() for name, key in keys.items()}


def _earmarked(programme: ProgrammeRecord) -> dict[str, bool]:
    """Say of each contribution with terms whether they tie its money to some of the needs."""
    return {
        key: bool(terms.pays_for or terms.never_pays_for) for key, terms in newest_terms(programme).items()
    }
