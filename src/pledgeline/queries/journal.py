"""The journal of the books: entries of two days, in an order, read from the database a page at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from pledgeline.ledger import Entry
from pledgeline.records.books import StoredBooks, log
from pledgeline.records.models import EntryRecord, PostingRecord, SpotRecord


class Entries(Sequence[Entry]):
    """Entries that a condition lets through, read from the database a page at a time."""

    def __init__(self, books: StoredBooks, found: QuerySet[EntryRecord]) -> None:
        self._books, self._found = books, found
        self._length = found.count()

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: Any) -> Any:
        if isinstance(part, slice):
            return self._read(list(self._found.values_list("pk", flat=True)[part]))
        return self[part : part + 1][0]

    def __iter__(self) -> Iterator[Entry]:
        for start in range(0, len(self), log.READ_AT_ONCE):
            yield from self[start : start + log.READ_AT_ONCE]

    def _read(self, numbers: list[int]) -> list[Entry]:
        return readable(self._books, numbers)


def readable(books: StoredBooks, numbers: Sequence[int]) -> list[Entry]:
    """Give entries by their numbers, in the order given, as this reader may see them."""
    first = log.first_number(books.number)
    found = {first + entry.position: entry for entry in log.chosen(numbers)}
    return [_shown(books, found[number]) for number in numbers]


def _shown(books: StoredBooks, entry: Entry) -> Entry:
    if books.sees_private:
        return entry
    return replace(entry, private=tuple(private.erased() for private in entry.private))


ORDERS = {
    "position": ("seal_id",),
    "day": ("effective_on", "seal_id"),
    "recorded": ("recorded_at", "seal_id"),
    "event": ("kind", "seal_id"),
    "id": ("key", "seal_id"),
}
"""The columns of entries by which each sort of the journal goes."""


def until_day(books: StoredBooks, day: date) -> date | None:
    """Give the day up to which entries count; none where all have happened: what is now needs no sums."""
    later = EntryRecord.objects.filter(books_id=books.number, effective_on__gt=day)
    return day if later.exists() else None


def entry_rows(
    books: StoredBooks, condition: Q, *, day: date, known_on: date | None
) -> QuerySet[EntryRecord]:
    """Give the entries that had happened by a day, as far as they were known on another."""
    rows = EntryRecord.objects.filter(condition, books_id=books.number, effective_on__lte=day)
    return rows if known_on is None else rows.filter(recorded_at__lte=books.moment_of(known_on))


def order_of(sort: str) -> tuple[str, ...]:
    """Give the columns of an order of the journal by its name, which begins with a minus where it is turned round."""
    turn = "-" if sort.startswith("-") else ""
    return tuple(f"{turn}{name}" for name in ORDERS[sort.removeprefix("-")])


def wanted(
    *,
    words: str = "",
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
    spots: dict[str, object] | None = None,
) -> Q:
    """Give the condition on entries that what the journal is narrowed by makes; `spots` are columns of accounts."""
    condition = Q()
    if words:
        condition &= Q(key__icontains=words) | Q(body__icontains=words)
    if kind:
        condition &= Q(kind=kind)
    if since:
        condition &= Q(effective_on__gte=since)
    if until:
        condition &= Q(effective_on__lte=until)
    if spots:
        found = PostingRecord.objects.filter(spot__in=SpotRecord.objects.filter(**spots))
        condition &= Q(pk__in=found.values("entry_id"))
    return condition
