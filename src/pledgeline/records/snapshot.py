"""A whole public record, read once and shown many times.

A page asks the database one small question: which state is the record in? The rows are read
only when the answer is new. Everything in a snapshot is frozen, so threads share it.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from pledgeline.accounts.rights import Person
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme
from pledgeline.records.memory import RecentValues
from pledgeline.records.models import KINDS, ProgrammeRecord
from pledgeline.records.models.rows import rows_of
from pledgeline.records.visibility import hidden_from, shown_record, withheld

REMEMBERED = 64
"""How many derived values a snapshot keeps: standings in a few currencies, pictures of a few days."""

Derived = TypeVar("Derived")


class UnknownProgramme(LookupError):
    """There is no such programme, or this person may not see it: the same answer for both."""


class Snapshot:
    """A programme and its record in one state as some people may see it, and what was worked out from them.

    `hidden` are the fields, as `kind.field`, that come out empty where the programme withholds them. `identity` stands
    for the snapshot in keys of what is kept elsewhere: two never have the same.
    """

    def __init__(
        self, *, programme: Programme, record: PublicRecord, revision: int, hidden: frozenset[str]
    ) -> None:
        self.programme = programme
        self.record = shown_record(programme, record, hidden)
        self.revision = revision
        self.hidden = hidden
        self.identity = object()
        self._derived = RecentValues(REMEMBERED)

    def withheld(self, kind: str) -> tuple[str, ...]:
        """List the fields of `kind` that come out empty here."""
        return withheld(self.programme, kind, self.hidden)

    def derived(self, key: Hashable, compute: Callable[[], Derived]) -> Derived:
        """Give what `compute` gives, computing it only the first time for this `key`."""
        return self._derived.get(key, compute)


class _Slot:
    """The newest snapshot of one programme for one kind of reader."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.newest: tuple[UUID, Snapshot] | None = None


_slots: dict[tuple[str, frozenset[str]], _Slot] = {}
_slots_lock = Lock()


def snapshot(slug: str, person: Person = None) -> Snapshot:
    """Give the record of a programme as `person` may see it, in its newest state.

    Raises:  UnknownProgramme when there is none, or none for this person.
    """
    stamp = _stamp(slug, person)
    key = (slug, hidden_from(person, slug))
    with _slots_lock:
        slot = _slots.setdefault(key, _Slot())
    newest = slot.newest
    if newest is None or newest[0] != stamp:
        with slot.lock:
            newest = slot.newest
            if newest is None or newest[0] != stamp:
                newest = slot.newest = _read(slug, person)
    return newest[1]


def programmes(person: Person = None) -> list[Programme]:
    """List the programmes that `person` may see, by slug."""
    return [row.to_value() for row in ProgrammeRecord.objects.visible_to(person)]


def programme_names(person: Person = None) -> list[Any]:
    """List `slug`, `short_name` and `about` of the programmes that `person` may see, by slug."""
    rows = ProgrammeRecord.objects.visible_to(person)
    return list(rows.values_list("slug", "short_name", "about", named=True))


def _stamp(slug: str, person: Person) -> UUID:
    visible = ProgrammeRecord.objects.visible_to(person)
    stamp: UUID | None = visible.filter(slug=slug).values_list("stamp", flat=True).first()
    if stamp is None:
        raise UnknownProgramme(f"there is no programme “{slug}”")
    return stamp


def _read(slug: str, person: Person) -> tuple[UUID, Snapshot]:
    """Read all rows of one state.

    A load may be finished between two of our queries. It changes the stamp in the same
    transaction as the rows, so rows read between two equal stamps belong together.
    """
    while True:
        stamp = _stamp(slug, person)
        row = ProgrammeRecord.objects.visible_to(person).filter(slug=slug).first()
        if row is None:
            continue
        programme = row.to_value()
        record = PublicRecord(
            **{kind: tuple(row_.to_value() for row_ in rows_of(model, row)) for kind, model in KINDS.items()}
        )
        if _stamp(slug, person) == stamp == row.stamp:
            hidden = hidden_from(person, slug)
            return stamp, Snapshot(programme=programme, record=record, revision=row.revision, hidden=hidden)
