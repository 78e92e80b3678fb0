"""Shipments: which units may leave, and under which names of lots."""

from collections import Counter
from collections.abc import Iterator

from pledgeline.actions.changes import NothingDone
from pledgeline.actions.nouns import Occasion, finding
from pledgeline.programme.findings import Finding
from pledgeline.programme.shipments import Shipment
from pledgeline.programme.steps import State, Step
from pledgeline.queries.orders import OrderedLine, ordered_lines
from pledgeline.records.models import OrderRecord, ReceiptRecord, ShipmentRecord, ShippedLotRecord


def fit(row: ShipmentRecord, said: Shipment, occasion: Occasion) -> None:
    """Find the order of a shipment; refuse units that are not outstanding, lots that there are, and days to come."""
    order = OrderRecord.objects.filter(programme=occasion.programme, key=said.order).first()
    if order is None or order.state != State.ACCEPTED:
        raise NothingDone(finding("shipment", said.key, "no-order.accepted", "order", order=said.order))
    wrong = [*_wrong_day(said, order, occasion), *_wrong_lots(row, said, order, occasion)]
    if wrong:
        raise NothingDone(*wrong)
    row.order, row.party_id = order, order.party_id


def _wrong_day(said: Shipment, order: OrderRecord, occasion: Occasion) -> Iterator[Finding]:
    if said.dispatched_on > occasion.today:
        yield finding(
            "shipment", said.key, "day-to-come.dispatched", "dispatched_on", today=occasion.today.isoformat()
        )
    if order.accepted_on and said.dispatched_on < order.accepted_on:
        yield finding(
            "shipment", said.key, "before-order.day", "dispatched_on", day=order.accepted_on.isoformat()
        )


def _wrong_lots(
    row: ShipmentRecord, said: Shipment, order: OrderRecord, occasion: Occasion
) -> Iterator[Finding]:
    lines = {ordered.line.line: ordered for ordered in ordered_lines(order)}
    names = [lot.lot for lot in said.lots]
    there = ShippedLotRecord.objects.filter(programme=occasion.programme, lot__in=names)
    taken = set(there.exclude(shipment_id=row.pk).values_list("lot", flat=True))
    shipped: Counter[str] = Counter()
    for place, lot in enumerate(said.lots):
        path, ordered = ("lots", place), lines.get(lot.line)
        if lot.lot in taken or occasion.books.state.line_of(lot.lot):
            yield finding("shipment", said.key, "lot-taken.name", *path, "lot", lot=lot.lot)
        if ordered is None:
            yield finding(
                "shipment", said.key, "unknown-line.order", *path, "line", line=lot.line, order=order.key
            )
            continue
        shipped[lot.line] += lot.units
        if shipped[lot.line] > ordered.to_ship:
            yield _too_many(said.key, ordered, *path, "units")


def _too_many(key: str, ordered: OrderedLine, *path: str | int) -> Finding:
    return finding(
        "shipment",
        key,
        "too-many.line",
        *path,
        line=ordered.line.line,
        units=ordered.to_ship,
        under_way=ordered.under_way,
    )


def keep(row: ShipmentRecord, said: Shipment) -> None:
    """Keep the lots of a shipment, in the place of those that it had."""
    lines = {line.line: line for line in row.order.lines.select_related("package_line")}
    row.lots.all().delete()
    ShippedLotRecord.objects.bulk_create(
        ShippedLotRecord(
            programme=row.programme,
            shipment=row,
            order_line=lines[lot.line],
        ).take_over(lot)
        for lot in said.lots
    )


def hinders(step: Step, row: ShipmentRecord) -> Finding | None:
    """Say what keeps a shipment from leaving, or from being lost: other units left before, or it was counted."""
    if step.name == "lose" and ReceiptRecord.objects.filter(shipment=row).exists():
        return finding("shipment", row.key, "counted.shipment")
    if step.name != "dispatch":
        return None
    if row.order.state != State.ACCEPTED:
        return finding("shipment", row.key, "no-order.accepted", order=row.order.key)
    lots = row.lots.select_related("order_line__package_line")
    shipped: Counter[int] = Counter()
    for lot in lots:
        shipped[lot.order_line_id] += lot.units
    lines = (ordered for ordered in ordered_lines(row.order) if shipped[ordered.line.pk] > ordered.to_ship)
    return next((_too_many(row.key, ordered, "lines", ordered.line.line) for ordered in lines), None)
