"""Orders: which lines one may have, and what the books are told when it is accepted, amended, or partly cancelled."""

from collections.abc import Iterator

from pledgeline.actions.amendments import amend, amended_lines, total_of
from pledgeline.actions.changes import NothingDone
from pledgeline.actions.discrepancies import settle_with_rest
from pledgeline.actions.nouns import Occasion, finding, place_of
from pledgeline.money import Amount
from pledgeline.programme.findings import Finding
from pledgeline.programme.orders import Order, OrderLine
from pledgeline.programme.steps import LIVE_ORDER, State, Step
from pledgeline.queries.orders import ordered_lines
from pledgeline.queries.packages import live_lines
from pledgeline.records.models import FormedPackage, OrderLineRecord, OrderRecord, PackageLine
from pledgeline.records.models.parties import party_named


def fit(row: OrderRecord, said: Order, occasion: Occasion) -> None:
    """Find the package and the party of an order; refuse lines that it cannot have."""
    package = FormedPackage.objects.filter(programme=occasion.programme, key=said.package).first()
    if package is None or package.state != State.OPEN:
        raise NothingDone(finding("order", said.key, "no-package.open", "package", package=said.package))
    lines = {line.line: line for line in package.lines.select_related("offer")}
    live = {line.pk for line in live_lines(occasion.programme, occasion.books.state)}
    wrong = [
        fault
        for place, line in enumerate(said.lines)
        for fault in _wrong(row, said, line, lines.get(line.line), live, place)
    ]
    if wrong:
        raise NothingDone(*wrong)
    row.package = package
    row.party_id = party_named(occasion.programme, said.supplier)


def _wrong(
    row: OrderRecord, said: Order, line: OrderLine, there: PackageLine | None, live: set[int], place: int
) -> Iterator[Finding]:
    def wrong(code: str, field: str = "line", **params: str | int) -> Finding:
        return finding("order", said.key, code, "lines", place, field, line=line.line, **params)

    if there is None:
        yield wrong("unknown-line.package", package=said.package)
        return
    if there.pk not in live:
        yield wrong("released.line")
    if there.offer.supplier != said.supplier:
        yield wrong("other-supplier.line", supplier=there.offer.supplier)
    if there.currency != said.currency:
        yield wrong("other-currency.line", currency=there.currency)
    if line.units > there.units:
        yield wrong("more-than-there.line", "units", units=there.units)
    others = there.order_lines.filter(order__state__in=LIVE_ORDER).exclude(order_id=row.pk)
    if other := others.select_related("order").first():
        yield wrong("in-another.order", order=other.order.key)


def keep(row: OrderRecord, said: Order) -> None:
    """Keep the lines of an order, in the place of those that it had."""
    lines = {line.line: line for line in row.package.lines.all()}
    row.lines.all().delete()
    OrderLineRecord.objects.bulk_create(
        OrderLineRecord(order=row, package_line=lines[line.line]).take_over(line) for line in said.lines
    )


def hinders(step: Step, row: OrderRecord) -> Finding | None:
    """Say what keeps an order from being amended, or its rest from being cancelled."""
    if step.name not in ("amend", "cancel-rest"):
        return None
    lines = ordered_lines(row)
    if step.name == "cancel-rest" and any(line.under_way for line in lines):
        return finding("order", row.key, "under-way.units", units=sum(line.under_way for line in lines))
    if not any(line.outstanding for line in lines):
        return finding("order", row.key, "nothing-outstanding.order")
    return None


def weigh(row: OrderRecord, step: Step, occasion: Occasion) -> Amount:
    """Give what an order costs, as it is accepted or amended."""
    if step.name == "amend":
        amended_lines(row, occasion.details)
        return total_of(row, occasion.details)
    return total_of(row)


def follow(row: OrderRecord, step: Step, occasion: Occasion) -> list[int]:
    """Enter into the books what a step does; a donated line has no money, and no entry."""
    if step.name == "accept":
        row.accepted_on = occasion.today
        return _order(row, occasion)
    if step.name == "amend":
        return amend(row, occasion.details, occasion)
    return _cancel_rest(row, occasion) if step.name == "cancel-rest" else []


def _order(row: OrderRecord, occasion: Occasion) -> list[int]:
    return [
        occasion.enter(
            {
                "id": f"{row.ref}-order-{number}",
                "type": "order",
                "effective_on": occasion.today.isoformat(),
                "line": line.line,
                "qty": line.units,
                "unit_price": line.unit_price,
                "currency": row.currency,
            },
            at=place_of("order", row.key, "lines", line.line),
        )
        for number, line in enumerate(row.lines.select_related("package_line"), start=1)
        if line.unit_price
    ]


def _cancel_rest(row: OrderRecord, occasion: Occasion) -> list[int]:
    entries = []
    for number, ordered in enumerate(ordered_lines(row), start=1):
        rest, line = ordered.outstanding, ordered.line
        if not rest:
            continue
        if line.unit_price:
            event = {
                "id": f"{row.ref}-cancel-{number}",
                "type": "cancel_units",
                "effective_on": occasion.today.isoformat(),
                "line": line.line,
                "qty": rest,
                "currency": row.currency,
            }
            entries.append(occasion.enter(event, at=place_of("order", row.key, "lines", line.line)))
        line.cancelled += rest
        line.save()
    settle_with_rest(row, occasion)
    return entries
