"""What has come of orders over time, how long the rest has waited, and which money can soon not be used any more.

All of it is worked out from the orders, shipments and receipts that somebody may see, and from their contributions in
the books. Units of different items are added up: they say how much is moving, not what it is worth.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pledgeline.accounts.rights import Person
from pledgeline.ledger import Account, Balances
from pledgeline.money import Amount
from pledgeline.programme.steps import UNDER_WAY
from pledgeline.programme.steps import State as Step
from pledgeline.programme.zones import local_day
from pledgeline.queries.chain import newest
from pledgeline.queries.contributions import contributions
from pledgeline.queries.order_units import AGREED, units_of, with_units
from pledgeline.records.models import (
    CountedLotRecord,
    OrderLineRecord,
    OrderRecord,
    ProgrammeRecord,
    ReceiptRecord,
    ShipmentRecord,
    ShippedLotRecord,
    StepTaken,
)

ORDERED, SHIPPED, ACCEPTED, REJECTED, SHORT, LOST, CANCELLED = (
    *("ordered", "shipped", "accepted", "rejected", "short", "lost", "cancelled"),
)
WHAT = (ORDERED, SHIPPED, ACCEPTED, REJECTED, SHORT, LOST, CANCELLED)
"""What can happen to ordered units on a day."""

AGES = (30, 60, 90)
"""Days after an order was accepted, by which what is outstanding is grouped; what is older stands together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """So many units, to which something happened on a day."""

    on: date
    what: str
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfUnits:
    """What happened to units in a month; `first` is its first day."""

    first: date
    units: Counter[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLevels:
    """Where ordered units are at the end of a day: accepted, under way, or to ship."""

    on: date
    accepted: int
    under_way: int
    to_ship: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedLine:
    """A line of an order of which units are outstanding, and for how many days."""

    order: str
    supplier: str
    requirement: str
    item: str
    accepted_on: date
    days: int
    outstanding: int
    under_way: int
    to_ship: int

    @property
    def age(self) -> int:
        """Give the group of its age: the most days of it, 0 for what is older than all."""
        return next((most for most in AGES if self.days <= most), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class LapsingMoney:
    """Money that may be used no longer than a day: free, or set aside for a line until its reservation ends."""

    contribution: str
    partner: str
    line: str
    until: date
    days: int
    amount: Amount


def moved_units(programme: ProgrammeRecord, person: Person) -> list[Moved]:
    """List what happened to the units of the orders that `person` may see, by the days on which it did."""
    orders = newest(OrderRecord, programme, person).filter(state__in=AGREED)
    shipments = newest(ShipmentRecord, programme, person)
    receipts = newest(ReceiptRecord, programme, person).filter(state=Step.ACCEPTED)
    ended = _days_of_steps(programme)
    found = [
        moved
        for line in OrderLineRecord.objects.filter(order__in=orders).select_related("order")
        for moved in _of_a_line(line, ended)
    ]
    left = (*UNDER_WAY, Step.RECEIVED, Step.LOST)
    for lot in ShippedLotRecord.objects.filter(shipment__in=shipments.filter(state__in=left)).select_related(
        "shipment"
    ):
        found.append(Moved(on=lot.shipment.dispatched_on, what=SHIPPED, units=lot.units))
        if lot.shipment.state == Step.LOST:
            on = ended.get(("shipment", lot.shipment.key, "lose"), lot.shipment.dispatched_on)
            found.append(Moved(on=max(on, lot.shipment.dispatched_on), what=LOST, units=lot.units))
    for counted in CountedLotRecord.objects.filter(receipt__in=receipts).select_related("receipt"):
        for what in (ACCEPTED, REJECTED, SHORT):
            found.append(Moved(on=counted.receipt.received_on, what=what, units=getattr(counted, what)))
    return sorted(
        (moved for moved in found if moved.units), key=lambda moved: (moved.on, WHAT.index(moved.what))
    )


def _of_a_line(line: OrderLineRecord, ended: dict[tuple[str, str, str], date]) -> Iterable[Moved]:
    accepted_on = line.order.accepted_on
    if accepted_on is None:
        return
    yield Moved(on=accepted_on, what=ORDERED, units=line.units)
    on = ended.get(("order", line.order.key, "cancel-rest"), accepted_on)
    yield Moved(on=max(on, accepted_on), what=CANCELLED, units=line.cancelled)


def _days_of_steps(programme: ProgrammeRecord) -> dict[tuple[str, str, str], date]:
    """Give the days on which rests were cancelled and shipments lost, by noun, key and step."""
    steps = StepTaken.objects.filter(programme=programme, step__in=("cancel-rest", "lose"))
    return {(taken.noun, taken.key, taken.step): local_day(taken.at, programme.time_zone) for taken in steps}


def by_month(moved: Iterable[Moved]) -> list[MonthOfUnits]:
    """Add up by month; a month in which nothing happened is left out."""
    months: defaultdict[date, Counter[str]] = defaultdict(Counter)
    for step in moved:
        months[step.on.replace(day=1)][step.what] += step.units
    return [MonthOfUnits(first=first, units=months[first]) for first in sorted(months)]


def levels_of(moved: Iterable[Moved]) -> list[UnitLevels]:
    """Say where ordered units were at the end of each day on which something happened to any."""
    sums: Counter[str] = Counter()
    levels: dict[date, UnitLevels] = {}
    for step in moved:
        sums[step.what] += step.units
        under_way = sums[SHIPPED] - sums[ACCEPTED] - sums[REJECTED] - sums[SHORT] - sums[LOST]
        levels[step.on] = UnitLevels(
            on=step.on,
            accepted=sums[ACCEPTED],
            under_way=under_way,
            to_ship=sums[ORDERED] - sums[CANCELLED] - sums[ACCEPTED] - under_way,
        )
    return list(levels.values())


def aged_lines(programme: ProgrammeRecord, person: Person, today: date) -> list[AgedLine]:
    """List the lines of accepted orders of which units are outstanding, the oldest first."""
    orders = newest(OrderRecord, programme, person).filter(state=Step.ACCEPTED)
    lines = OrderLineRecord.objects.filter(order__in=orders, order__accepted_on__isnull=False)
    rows: Iterable[Any] = with_units(lines.select_related("order", "package_line__requirement"))
    found = [
        AgedLine(
            order=line.order.key,
            supplier=line.order.supplier,
            requirement=line.package_line.requirement.key,
            item=line.package_line.requirement.item,
            accepted_on=line.order.accepted_on,
            days=(today - line.order.accepted_on).days,
            outstanding=units.outstanding,
            under_way=units.under_way,
            to_ship=units.to_ship,
        )
        for line in rows
        if (units := units_of(line)).outstanding
    ]
    return sorted(found, key=lambda line: (-line.days, line.order, line.requirement))


def lapsing_money(
    programme: ProgrammeRecord, person: Person, state: Balances, *, today: date, days: int
) -> list[LapsingMoney]:
    """List the money of contributions that `person` may see which can be used no longer than for so many days.

    Its last day may have passed: until it is booked as lapsed it is listed, too.
    """
    last = today + timedelta(days=days)
    rows = {row.key: row for row in contributions(programme, person, state)}
    found = []
    for spot, minor in state.money().items():
        row = rows.get(spot.contribution)
        if row is None or not minor or spot.account not in (Account.AVAILABLE, Account.ALLOCATED):
            continue
        ends = [row.last_day]
        if spot.account is Account.ALLOCATED:
            said = state.term("reserved_until", spot.contribution, spot.line)
            ends.append(date.fromisoformat(said) if said else None)
        until = min(filter(None, ends), default=None)
        if until is not None and until <= last:
            found.append(
                LapsingMoney(
                    contribution=row.key,
                    partner=row.partner,
                    line=spot.line,
                    until=until,
                    days=(until - today).days,
                    amount=Amount(minor, spot.currency),
                )
            )
    return sorted(
        found,
        key=lambda lapsing: (lapsing.until, lapsing.contribution, lapsing.line, lapsing.amount.currency),
    )
