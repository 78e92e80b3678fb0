"""Where ordered units are: the one place that works it out, for orders, packages, lists, files, programs and commands.

Of what was ordered, some was cancelled, some accepted by the recipient; the rest is outstanding, be it under way or
still to be shipped. What was rejected, short or lost is outstanding: the supplier owes it still.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Case, F, Model, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from pledgeline.programme.steps import UNDER_WAY, State
from pledgeline.records.models import CountedLotRecord, OrderLineRecord, OrderRecord, ShippedLotRecord

AGREED = (State.ACCEPTED, State.CLOSED)
"""The states of an order that was accepted: of any other nothing is ordered yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderUnits:
    """Units that were ordered, and of them those cancelled, accepted, and under way."""

    ordered: int = 0
    cancelled: int = 0
    accepted: int = 0
    under_way: int = 0

    @property
    def outstanding(self) -> int:
        """Give how many are ordered, and neither accepted by the recipient nor cancelled."""
        return self.ordered - self.cancelled - self.accepted

    @property
    def to_ship(self) -> int:
        """Give how many of the outstanding may still leave: those that are not under way."""
        return self.outstanding - self.under_way

    @property
    def shipped(self) -> int:
        """Give how many left and are under way or accepted: what came back to be owed does not count."""
        return self.under_way + self.accepted

    def as_said(self) -> dict[str, int]:
        """Give all of them by name, for programs and commands."""
        return {name: getattr(self, name) for name in UNITS}

    def __add__(self, other: "OrderUnits") -> "OrderUnits":
        return OrderUnits(
            ordered=self.ordered + other.ordered,
            cancelled=self.cancelled + other.cancelled,
            accepted=self.accepted + other.accepted,
            under_way=self.under_way + other.under_way,
        )


AnyModel = TypeVar("AnyModel", bound=Model)

UNITS = ("ordered", "cancelled", "accepted", "outstanding", "under_way", "to_ship")
"""The figures, in the order in which they are shown: outstanding are those under way and those to ship."""


ROWS = "ordered_units", "cancelled_units", "accepted_units", "units_under_way"
"""What the figures are called as columns of a query, in the order of the fields of `OrderUnits`."""


def with_units(rows: QuerySet[AnyModel]) -> QuerySet[AnyModel]:
    """Let the query of orders, or of lines of orders, have the figures of each row as columns, for `units_of`."""
    is_order = rows.model is OrderRecord
    of_order = "__order" if is_order else ""
    counted = CountedLotRecord.objects.filter(receipt__state=State.ACCEPTED)
    shipped = ShippedLotRecord.objects.filter(shipment__state__in=UNDER_WAY)
    of_lines = _of_an_order if is_order else _of_a_line
    sums = (
        of_lines("units"),
        of_lines("cancelled"),
        _sum(counted, f"shipped__order_line{of_order}", "accepted"),
        _sum(shipped, f"order_line{of_order}", "units"),
    )
    found: QuerySet[Any] = rows.annotate(**dict(zip(ROWS, sums, strict=True)))
    return found


def units_of(row: object) -> OrderUnits:
    """Give the figures of a row that was read `with_units`; of an order that was not accepted none is ordered."""
    ordered, cancelled, accepted, under_way = (getattr(row, name) for name in ROWS)
    return OrderUnits(ordered=ordered, cancelled=cancelled, accepted=accepted, under_way=under_way)


def _of_an_order(units: str) -> Coalesce:
    return _sum(OrderLineRecord.objects.filter(order__state__in=AGREED), "order", units)


def _of_a_line(units: str) -> Case:
    return Case(When(order__state__in=AGREED, then=F(units)), default=Value(0))


def _sum(rows: QuerySet[AnyModel], to: str, units: str) -> Coalesce:
    """Add up units of the rows that lead to a row of the outer query."""
    mine = rows.filter(**{to: OuterRef("pk")}).order_by().values(to)
    return Coalesce(Subquery(mine.annotate(sum=Sum(units)).values("sum")), 0)
