"""The goods of the invented year: from a plan that is accepted to a receipt, and what goes wrong between."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from pledgeline.actions.illustration.tables import tables
from pledgeline.actions.illustration.telling import OtherwiseThanTold, Teller
from pledgeline.actions.illustration.wishes import who_sells
from pledgeline.ledger import trace
from pledgeline.programme.steps import State
from pledgeline.queries.orders import lines_to_order, ordered_lines
from pledgeline.records.models import (
    FormedPackage,
    OrderRecord,
    ReceiptRecord,
    ShipmentRecord,
    StepTaken,
)

USD = "USD"
RESERVED = timedelta(days=31)
PLANNED_ONLY = "IL-9"
OPEN_AT_THE_END = "IL-8"
RESERVED_AT_THE_END = date(2030, 12, 31)
"""So long is the money of the last package kept free, that nothing of the year changes by itself afterwards."""

IN_PARTS, WATCHED = ("IL-1", "IL-2", "IL-3", "IL-5", "IL-8"), ("IL-1", "IL-8")
"""What comes in two parts, and of which somebody says when it has come to the handover point."""

DEARER_LINE, DEARER_PRICE = "IL-1/EN-101", 70_400_00
RISEN_ORDER, RISEN_LINE, RISEN_PRICE = "IL-2-L", "IL-2/MD-201", 20_100_00
"""A line whose price rises after its order was accepted, and before anything of it has left."""

NEVER_ORDERED = ("IL-4", "Ridge Supply")
BROKEN_OFF = ("IL-5", "Lakeside Medical")
LOST = "IL-3-R-2"
REFUNDED_LOT = "IL-1-generator-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was not as it should be with a lot: so many units sent back, so many not there, and why."""

    rejected: int = 0
    short: int = 0
    why: str = ""


COUNTS: dict[str, Count] = {
    "IL-2-field-kitchen-1": Count(rejected=10, why="Damp in the boxes: none of them lights"),
    "IL-6-tent-1": Count(short=3, why="Not in the crate"),
    "IL-5-radio-1": Count(rejected=4, short=1, why="Broken on the way"),
}
"""By the lot; of all others every unit is accepted."""


@dataclass(slots=True)
class Delivery:
    """An order on its way: how many shipments have left, and the one after which it stops, if any."""

    order: str
    shipped: int = 0
    stops_after: int = field(default=9)


def let_goods_come(teller: Teller) -> None:
    """Plan the packages, one after the other."""
    for key, (planned_on, _wishes) in tables().packages.items():
        teller.on(planned_on, partial(_plan, teller, key))
    teller.on(date(2025, 7, 30), partial(_refund, teller))


def _plan(teller: Teller, key: str) -> None:
    run = teller.plan(key)
    if key == PLANNED_ONLY:
        return
    until = RESERVED_AT_THE_END if key == OPEN_AT_THE_END else teller.day + RESERVED

    def accept() -> None:
        package = teller.accept(run, until)
        for supplier in lines_to_order(package, teller.state):
            _order(teller, package, supplier, until)

    teller.on(teller.day + timedelta(days=1), accept)


def _order(teller: Teller, package: FormedPackage, supplier: str, until: date) -> None:
    """Plan an order of a package; one is never placed, and its money becomes free again."""
    day, key = teller.day, f"{package.key}-{supplier[0]}"
    if (package.key, supplier) == NEVER_ORDERED:
        teller.on(until + timedelta(days=1), teller.expire)
        return
    seller = who_sells(supplier)
    is_open = (package.key, supplier) == (OPEN_AT_THE_END, "Lakeside Medical")
    teller.on(day + timedelta(days=3), partial(_write_order, teller, package, supplier, key))
    teller.on(day + timedelta(days=5), lambda: teller.step(OrderRecord, key, ("offer", seller)))
    if is_open:
        return
    teller.on(day + timedelta(days=7), partial(_accept_order, teller, package.key, key))
    delivery = Delivery(order=key, stops_after=1 if (package.key, supplier) == BROKEN_OFF else 9)
    teller.on(day + timedelta(days=14), partial(_ship, teller, delivery))
    if (package.key, supplier) == BROKEN_OFF:
        teller.on(day + timedelta(days=29), partial(_break_off, teller, key))


def _write_order(teller: Teller, package: FormedPackage, supplier: str, key: str) -> None:
    lines = lines_to_order(package, teller.state)[supplier]
    teller.write(
        OrderRecord,
        "coordinator",
        key=key,
        package=package.key,
        supplier=supplier,
        contract=f"2025/{key}",
        delivery_point="Depot East",
        currency=USD,
        lines=[
            {
                "line": line.line,
                "units": line.units,
                "unit_price": DEARER_PRICE if line.line == DEARER_LINE else line.unit_price,
            }
            for line in lines
        ],
    )
    teller.step(OrderRecord, key, ("request", "coordinator"))


def _accept_order(teller: Teller, package: str, key: str) -> None:
    """Accept an order. One is dearer than what is reserved: the books refuse it until somebody pays for the rise."""
    done = teller.try_step(OrderRecord, key, "accept", "finance")
    if key == RISEN_ORDER:
        teller.on(teller.day + timedelta(days=3), partial(_raise_price, teller))
    if isinstance(done, StepTaken):
        return
    order = OrderRecord.objects.get(programme=teller.programme, key=key)
    (line,) = (line for line in order.lines.all() if line.line == DEARER_LINE)
    teller.book(
        "allocate",
        contribution=teller.richest(USD),
        line=DEARER_LINE,
        package=package,
        currency=USD,
        amount=line.units * (DEARER_PRICE - line.package_line.unit_price),
        reserved_until=(teller.day + RESERVED).isoformat(),
    )
    teller.step(OrderRecord, key, ("accept", "finance"))


def _raise_price(teller: Teller) -> None:
    """The supplier asks for more than was agreed; finance checks the money again, and amends the order."""
    order = OrderRecord.objects.get(programme=teller.programme, key=RISEN_ORDER)
    (line,) = (line for line in order.lines.all() if line.line == RISEN_LINE)
    done = teller.try_step(
        OrderRecord,
        RISEN_ORDER,
        "amend",
        "finance",
        reason="The maker of the valves has raised its prices",
        details={"lines": [{"line": RISEN_LINE, "units": line.units, "unit_price": RISEN_PRICE}]},
    )
    if not isinstance(done, StepTaken):
        raise OtherwiseThanTold(done.wrong)


def _ship(teller: Teller, delivery: Delivery) -> None:
    """Ship all that is outstanding, of some packages a half of each line first, until nothing is outstanding."""
    order = OrderRecord.objects.get(programme=teller.programme, key=delivery.order)
    number = delivery.shipped = delivery.shipped + 1
    lots = []
    for ordered in ordered_lines(order):
        in_parts = number == 1 and ordered.line.package_line.package.key in IN_PARTS
        units = (ordered.to_ship + 1) // 2 if in_parts else ordered.to_ship
        if order.state == State.ACCEPTED and units:
            package_line = ordered.line.package_line
            name = f"{package_line.package.key}-{package_line.requirement.item}-{number}"
            lots.append(_lot(ordered.line.line, name, units))
    if not lots:
        return
    key, seller = f"{order.key}-{number}", who_sells(order.supplier)
    teller.write(
        ShipmentRecord,
        seller,
        key=key,
        order=order.key,
        dispatched_on=teller.day.isoformat(),
        handover_point="Border North",
        lots=lots,
    )
    teller.step(ShipmentRecord, key, ("dispatch", seller))
    if key == LOST:
        teller.on(teller.day + timedelta(days=4), partial(_lose, teller, delivery, key))
        return
    if order.package.key in WATCHED:
        arrive = partial(teller.step, ShipmentRecord, key, ("arrive", "coordinator"))
        teller.on(teller.day + timedelta(days=3), arrive)
    if order.key == f"{OPEN_AT_THE_END}-H" and number == 2:
        return
    teller.on(teller.day + timedelta(days=5), partial(_count, teller, key, lots))
    if order.key == f"{OPEN_AT_THE_END}-R" and number == 2:
        return
    teller.on(
        teller.day + timedelta(days=6),
        lambda: teller.step(ReceiptRecord, f"{key}-received", ("accept", "recipient")),
    )
    if number < delivery.stops_after:
        teller.on(teller.day + timedelta(days=18), partial(_ship, teller, delivery))


def _lot(line: str, name: str, units: int) -> dict[str, object]:
    serials = [f"{name}/{number:03}" for number in range(1, units + 1)] if "generator" in name else []
    return {"line": line, "lot": name, "units": units, "serials": serials}


def _lose(teller: Teller, delivery: Delivery, key: str) -> None:
    """What was lost is outstanding again, and leaves once more."""
    teller.step(ShipmentRecord, key, ("lose", "coordinator"), reason="Burnt on the road: nobody was hurt")
    teller.on(teller.day + timedelta(days=9), partial(_ship, teller, delivery))


def _count(teller: Teller, shipment: str, lots: list[dict[str, Any]]) -> None:
    counted = []
    for lot in lots:
        count = COUNTS.get(lot["lot"], Count())
        counted.append(
            {
                "lot": lot["lot"],
                "accepted": lot["units"] - count.rejected - count.short,
                "rejected": count.rejected,
                "why_rejected": count.why if count.rejected else None,
                "short": count.short,
                "why_short": count.why if count.short else None,
            }
        )
    teller.write(
        ReceiptRecord,
        "storekeeper",
        key=f"{shipment}-received",
        shipment=shipment,
        received_on=teller.day.isoformat(),
        place="Border North",
        counted_by="Storekeeper of Border North",
        lots=counted,
    )


def _break_off(teller: Teller, key: str) -> None:
    teller.step(OrderRecord, key, ("cancel-rest", "finance"), reason="The rest would come only next summer")


def _refund(teller: Teller) -> None:
    """The final price of a lot was a fiftieth lower."""
    cost = sum(trace.of_lot(teller.state, REFUNDED_LOT)[USD].values())
    teller.book("refund", lot=REFUNDED_LOT, amount=cost // 50, currency=USD, note="final price lower")
