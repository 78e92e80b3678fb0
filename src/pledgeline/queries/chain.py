"""Lists of the chain: what somebody may see of each noun, and what has happened to one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from pledgeline.accounts.rights import Act, Person, may, may_for_some, own_parties
from pledgeline.programme.steps import State
from pledgeline.queries.changes import history_of
from pledgeline.queries.order_units import with_units
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

PLACE = "place"
"""The order that the list of a noun has by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NounList:
    """How the list of a noun goes: its own `order`, and where words are looked for.

    `also` are the columns beside those of its fields by which it can be sorted, `beside` the rows that are read along
    with each.
    """

    order: tuple[str, ...]
    words: tuple[str, ...]
    also: tuple[str, ...] = ("state",)
    beside: tuple[str, ...] = ()

    def order_of(self, sort: str) -> tuple[str, ...]:
        """Give the columns of an order by its name, which begins with a minus where it is turned round."""
        name, is_turned = sort.removeprefix("-"), sort.startswith("-")
        columns = self.order if name == PLACE else (name, *self.order)
        return tuple(map(_turned, columns)) if is_turned else columns


def _turned(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"


LISTS: dict[type[ChainRow], NounList] = {
    RequirementRecord: NounList(
        order=("priority", "listed_as", "key"),
        words=("key", "item"),
        also=("state", "version"),
    ),
    OfferRecord: NounList(
        order=("item", "unit_price", "key"),
        words=("key", "item"),
    ),
    FormedPackage: NounList(
        order=("-made_at", "key"),
        words=("key",),
        also=("made_at", "state"),
    ),
    OrderRecord: NounList(
        order=("key",),
        words=("key", "supplier", "contract", "package__key"),
        also=("accepted_on", "state"),
        beside=("package",),
    ),
    ShipmentRecord: NounList(
        order=("-dispatched_on", "key"),
        words=("key", "order__key", "order__supplier", "handover_point"),
        beside=("order",),
    ),
    ReceiptRecord: NounList(
        order=("-received_on", "key"),
        words=("key", "shipment__key", "place", "counted_by"),
        beside=("shipment",),
    ),
    DiscrepancyRecord: NounList(
        order=("key",),
        words=("key", "receipt__key", "counted__shipped__lot", "why"),
        also=("made_at", "state"),
        beside=("receipt", "counted__shipped"),
    ),
}

_UNSORTED = frozenset({"Note", "Currency", "Serials", "EarmarkLines"})
"""Kinds that no list is sorted by."""

AnyRow = TypeVar("AnyRow", bound=ChainRow)


def sorts_of(table: type[ChainRow]) -> tuple[str, ...]:
    """Give the columns by which a list can be sorted: those of the fields that it shows, and others."""
    columns = {column.name for column in table._meta.concrete_fields}
    fields = (field for name, field in table.KIND.fields_said().items() if name in columns)
    said = (field.name for field in fields if not field.is_seldom and field.kind not in _UNSORTED)
    return (*said, *LISTS[table].also)


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


def with_figures(table: type[AnyRow], rows: QuerySet[AnyRow]) -> QuerySet[AnyRow]:
    """Let the query of a list have what is worked out of each row: of an order, where its units are."""
    return with_units(rows) if table is OrderRecord else rows


def wanted(table: type[ChainRow], *, words: str = "", state: str = "") -> Q:
    """Give the condition on rows that what a list is narrowed by makes."""
    condition = Q()
    if words:
        condition &= reduce(or_, (Q(**{f"{column}__icontains": words}) for column in LISTS[table].words))
    return condition & Q(state=state) if state else condition


def on_the_list(programme: ProgrammeRecord) -> QuerySet[RequirementRecord]:
    """Give the requirements on the list, in the order in which they are to be met."""
    rows = RequirementRecord.objects.filter(programme=programme, state=State.LISTED)
    return rows.order_by("priority", "listed_as", "key")


def history(row: ChainRow) -> list[StepTaken]:
    """Give what has happened to a noun, in all its versions, the newest first."""
    return history_of(row.programme, row.KIND.NAME, row.key)


class Listed(Sequence[object]):
    """Rows that a query gives, read from the database a page at a time."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows = rows
        self._length = rows.count()

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, part: Any) -> Any:
        if isinstance(part, slice):
            return list(self._rows[part])
        return self[part : part + 1][0]

    def __iter__(self) -> Iterator[object]:
        return self._rows.iterator(READ_AT_ONCE)
