"""Receipts: every unit that left is counted once, and the books are told what was delivered, accepted, rejected."""

from collections.abc import Iterator

from pledgeline.actions.changes import NothingDone
from pledgeline.actions.discrepancies import open_those_of
from pledgeline.actions.nouns import Occasion, finding, note, place_of
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.receipts import Receipt
from pledgeline.programme.steps import UNDER_WAY, State, Step
from pledgeline.records.models import CountedLotRecord, ReceiptRecord, ShipmentRecord


def fit(row: ReceiptRecord, said: Receipt, occasion: Occasion) -> None:
    """Find the shipment of a receipt; refuse a count that is not of every lot, and of all its units."""
    shipments = ShipmentRecord.objects.filter(programme=occasion.programme, key=said.shipment)
    shipment = shipments.select_related("order").first()
    if shipment is None or shipment.state not in UNDER_WAY:
        raise NothingDone(
            finding("receipt", said.key, "no-shipment.under-way", "shipment", shipment=said.shipment)
        )
    other = ReceiptRecord.objects.filter(shipment=shipment).exclude(pk=row.pk).first()
    if other is not None:
        raise NothingDone(
            finding("receipt", said.key, "counted-before.shipment", "shipment", receipt=other.key)
        )
    wrong = [*_wrong_day(said, shipment, occasion), *_wrong_lots(said, shipment)]
    if wrong:
        raise NothingDone(*wrong)
    row.shipment, row.party_id = shipment, shipment.party_id


def _wrong_day(said: Receipt, shipment: ShipmentRecord, occasion: Occasion) -> Iterator[Finding]:
    if said.received_on > occasion.today:
        yield finding(
            "receipt", said.key, "day-to-come.received", "received_on", today=occasion.today.isoformat()
        )
    if said.received_on < shipment.dispatched_on:
        yield finding(
            "receipt", said.key, "before-dispatch.day", "received_on", day=shipment.dispatched_on.isoformat()
        )


def _wrong_lots(said: Receipt, shipment: ShipmentRecord) -> Iterator[Finding]:
    shipped = {lot.lot: lot for lot in shipment.lots.all()}
    for place, counted in enumerate(said.lots):
        lot = shipped.pop(counted.lot, None)
        if lot is None:
            yield finding("receipt", said.key, "unknown-lot.shipment", "lots", place, "lot", lot=counted.lot)
        elif counted.units != lot.units:
            yield finding(
                "receipt",
                said.key,
                "not-all.counted",
                "lots",
                place,
                "accepted",
                lot=lot.lot,
                counted=counted.units,
                units=lot.units,
            )
    for name in shipped:
        yield finding("receipt", said.key, "left-out.lot", "lots", lot=name)


def keep(row: ReceiptRecord, said: Receipt) -> None:
    """Keep what was counted of each lot, in the place of an earlier count."""
    shipped = {lot.lot: lot for lot in row.shipment.lots.all()}
    row.lots.all().delete()
    CountedLotRecord.objects.bulk_create(
        CountedLotRecord(receipt=row, shipped=shipped[counted.lot]).take_over(counted)
        for counted in said.lots
    )


def hinders(_step: Step, row: ReceiptRecord) -> Finding | None:
    """Say that a shipment is not under way any more."""
    if row.shipment.state in UNDER_WAY:
        return None
    return finding("receipt", row.key, "no-shipment.under-way", shipment=row.shipment.key)


def follow(row: ReceiptRecord, _step: Step, occasion: Occasion) -> list[int]:
    """Enter what was delivered, then what was accepted of it, then what was rejected; the shipment is received.

    What was rejected, or was short, the supplier owes still, until the discrepancy is settled. A donated line has no
    money, and no entry.
    """
    entries = [occasion.enter(event, at=place) for event, place in _events(row)]
    open_those_of(row, occasion)
    shipment = row.shipment
    origin, shipment.state = shipment.state, State.RECEIVED
    shipment.save()
    note(shipment, "receive", origin, occasion.person, occasion.now)
    return entries


def _events(row: ReceiptRecord) -> Iterator[tuple[dict[str, object], Place]]:
    lots = [
        counted
        for counted in row.lots.select_related("shipped__order_line__package_line")
        if counted.shipped.order_line.unit_price
    ]
    currency = row.shipment.order.currency
    for kind in ("deliver", "accept", "reject"):
        for number, counted in enumerate(lots, start=1):
            line = counted.shipped.line
            units, more = {
                "deliver": (counted.accepted + counted.rejected, {"line": line, "currency": currency}),
                "accept": (counted.accepted, {}),
                "reject": (counted.rejected, {}),
            }[kind]
            if units:
                event = {
                    "id": f"{row.ref}-{kind}-{number}",
                    "type": kind,
                    "effective_on": row.received_on.isoformat(),
                    "lot": counted.lot,
                    "qty": units,
                    **more,
                }
                yield event, place_of("receipt", row.key, "lots", counted.lot)
