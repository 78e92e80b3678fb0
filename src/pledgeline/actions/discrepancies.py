"""Discrepancies: an accepted receipt opens one for what was not taken over, and a step settles what becomes of it.

Replaced, its units stay outstanding, and come in another lot. Refunded, the supplier gives the money back: the units
are cancelled, and their money is available again. Written off, nobody replaces them, and their money is lost.
"""

from collections.abc import Iterator

from pledgeline.accounts.rights import username_of
from pledgeline.actions.nouns import Occasion, finding, note, place_of
from pledgeline.money import Amount
from pledgeline.programme.discrepancies import REJECTED, SHORT
from pledgeline.programme.findings import Finding
from pledgeline.programme.steps import State, Step
from pledgeline.queries.orders import OrderedLine, ordered_lines
from pledgeline.records.models import DiscrepancyRecord, OrderRecord, ReceiptRecord

NOUN = "discrepancy"


def open_those_of(receipt: ReceiptRecord, occasion: Occasion) -> list[DiscrepancyRecord]:
    """Open a discrepancy for the rejected and one for the short units of each lot."""
    number = DiscrepancyRecord.objects.filter(programme=receipt.programme).count()
    made: list[DiscrepancyRecord] = []
    for counted in receipt.lots.select_related("shipped"):
        for what, units, why in (
            (REJECTED, counted.rejected, counted.why_rejected),
            (SHORT, counted.short, counted.why_short),
        ):
            if not units:
                continue
            row = DiscrepancyRecord(
                programme=receipt.programme,
                key=f"D-{number + len(made) + 1}",
                state=State.OPEN,
                receipt=receipt,
                counted=counted,
                party_id=receipt.party_id,
                what=what,
                units=units,
                why=why,
                made_by=username_of(occasion.person),
                made_at=occasion.now,
            )
            row.save()
            note(row, "write", "", occasion.person, occasion.now)
            made.append(row)
    return made


def hinders(step: Step, row: DiscrepancyRecord) -> Finding | None:
    """Say that units are not outstanding any more, or on their way already: nothing is refunded for those."""
    if step.name == "replace":
        return None
    ordered = line_of(row)
    if ordered.to_ship >= row.units:
        return None
    return finding(NOUN, row.key, "not-outstanding.units", line=ordered.line.line, units=ordered.to_ship)


def line_of(row: DiscrepancyRecord) -> OrderedLine:
    """Give the line of the order that the units of a discrepancy are of."""
    line = row.counted.shipped.order_line
    return next(ordered for ordered in ordered_lines(line.order) if ordered.line.pk == line.pk)


def weigh(row: DiscrepancyRecord, _step: Step, _occasion: Occasion) -> Amount:
    """Give what the units of a discrepancy cost."""
    line = row.counted.shipped.order_line
    return Amount(row.units * line.unit_price, line.order.currency)


def follow(row: DiscrepancyRecord, step: Step, occasion: Occasion) -> list[int]:
    """Enter what a settlement does to the money; a donated line has none, and a replacement moves none."""
    if step.name == "replace":
        return []
    line = line_of(row).line
    entries = []
    if line.unit_price:
        place = place_of(NOUN, row.key)
        entries = [occasion.enter(event, at=place) for event in _events(row, step, occasion)]
    line.cancelled += row.units
    line.save()
    return entries


def _events(row: DiscrepancyRecord, step: Step, occasion: Occasion) -> Iterator[dict[str, object]]:
    """Give what the books are told. Units that are written off are entered as a lot first, which nobody took over."""
    line = row.counted.shipped.order_line
    common = {"effective_on": occasion.today.isoformat(), "qty": row.units}
    of_line = {"line": line.line, "currency": line.order.currency}
    if step.name == "refund":
        yield {"id": f"{row.ref}-refund", "type": "cancel_units", **of_line, **common}
        return
    lot = f"{row.key} {row.ref}"
    yield {"id": f"{row.ref}-lot", "type": "deliver", "lot": lot, **of_line, **common}
    yield {"id": f"{row.ref}-write-off", "type": "write_off", "lot": lot, **common}


def settle_with_rest(order: OrderRecord, occasion: Occasion) -> None:
    """Note that what is open of an order is refunded, as its rest is cancelled."""
    rows = DiscrepancyRecord.objects.filter(counted__shipped__order_line__order=order, state=State.OPEN)
    for row in rows:
        origin, row.state = row.state, State.REFUNDED
        row.save()
        note(row, "refund", origin, occasion.person, occasion.now, reason=occasion.reason)


def open_of(order: OrderRecord) -> DiscrepancyRecord | None:
    """Give the first discrepancy of an order that nobody has settled."""
    rows = DiscrepancyRecord.objects.filter(counted__shipped__order_line__order=order, state=State.OPEN)
    return rows.first()
