"""Lists of the chain: what somebody may see of each noun, and what has happened to one."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import QuerySet

from pledgeline.accounts.rights import Act, Person, may, may_for_some, own_parties
from pledgeline.programme.steps import State
from pledgeline.queries.changes import history_of
from pledgeline.records.models import (
    ChainRow,
    DiscrepancyRecord,
    FormedPackage,
    OfferRecord,
    OrderRecord,
    ProgrammeRecord,
    ReceiptRecord,
    RequirementRecord,
    ShipmentRecord,
    StepTaken,
)

READ_AT_ONCE = 2_000

IN_ORDER: dict[str, tuple[str, ...]] = {
    "requirement": ("priority", "listed_as", "key"),
    "offer": ("item", "unit_price", "key"),
    "package": ("-made_at", "key"),
    "shipment": ("-dispatched_on", "key"),
    "receipt": ("-received_on", "key"),
}
"""The columns by which a list of a noun goes, where nobody wants another order; else it goes by the keys."""


def in_order(noun: str) -> tuple[str, ...]:
    """Give the columns by which a list of a noun goes by itself."""
    return IN_ORDER.get(noun, ("key",))


SEEN_BY: dict[type[ChainRow], Act] = {
    RequirementRecord: Act.SEE_REQUIREMENTS,
    OfferRecord: Act.SEE_OFFERS,
    FormedPackage: Act.SEE_PLANS,
    OrderRecord: Act.SEE_ORDERS,
    ShipmentRecord: Act.SEE_SHIPMENTS,
    ReceiptRecord: Act.SEE_RECEIPTS,
    DiscrepancyRecord: Act.SEE_RECEIPTS,
}
"""The right that lets somebody see the rows of a table."""

AnyRow = TypeVar("AnyRow", bound=ChainRow)


def may_see(table: type[ChainRow], programme: ProgrammeRecord, person: Person) -> bool:
    """Say whether there is anything of a table that `person` could see."""
    return may_for_some(person, SEEN_BY[table], programme.slug)


def versions(table: type[AnyRow], programme: ProgrammeRecord, person: Person) -> QuerySet[AnyRow]:
    """Give every version of every row that `person` may see."""
    act = SEEN_BY[table]
    rows = table.objects.filter(programme=programme)
    if may(person, act, programme.slug):
        return rows
    own = own_parties(person, act, programme.slug)
    return rows.filter(party__ref__in=own) if own else rows.none()


def newest(table: type[AnyRow], programme: ProgrammeRecord, person: Person) -> QuerySet[AnyRow]:
    """Give the newest version of each."""
    return versions(table, programme, person).filter(is_newest=True)


def on_the_list(programme: ProgrammeRecord) -> QuerySet[RequirementRecord]:
    """Give the requirements on the list, in the order in which they are to be met."""
    rows = RequirementRecord.objects.filter(programme=programme, state=State.LISTED)
    return rows.order_by("priority", "listed_as", "key")


def history(row: ChainRow) -> list[StepTaken]:
    """Give what has happened to a noun, in all its versions, the newest first."""
    return history_of(row.programme, row.KIND.NAME, row.key)


class Listed(Sequence[Any]):
    """Rows that a query gives, read from the database a page at a time."""

    def __init__(self, rows: QuerySet[Any], made: Callable[[Any], Any] = lambda row: row) -> None:
        self._rows, self._made = rows, made
        self._length = rows.count()

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: Any) -> Any:
        if isinstance(part, slice):
            return [self._made(row) for row in self._rows[part]]
        return self[part : part + 1][0]

    def __iter__(self) -> Iterator[Any]:
        return map(self._made, self._rows.iterator(READ_AT_ONCE))
