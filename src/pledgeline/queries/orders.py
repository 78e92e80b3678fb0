"""The lines of an order with where their units are, what can be shipped of one, and what can be ordered."""

from collections import defaultdict
from dataclasses import asdict, dataclass

from pledgeline import ledger
from pledgeline.money import Amount
from pledgeline.programme.steps import LIVE_ORDER, State
from pledgeline.queries.order_units import OrderUnits, units_of, with_units
from pledgeline.queries.packages import live_lines
from pledgeline.records.models import FormedPackage, OrderLineRecord, OrderRecord, PackageLine


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedLine(OrderUnits):
    """A line of an order, with where its units are."""

    line: OrderLineRecord

    @property
    def unit_price(self) -> Amount:
        return Amount(self.line.unit_price, self.line.order.currency)

    @property
    def cost(self) -> Amount:
        """Give what its units cost together, each at the price at which it came, or is to come."""
        minor = self.line.units * self.line.unit_price + self.line.earlier_prices
        return Amount(minor, self.line.order.currency)


def ordered_lines(order: OrderRecord) -> list[OrderedLine]:
    """Give the lines of an order with where their units are; before it was accepted none is ordered."""
    lines = order.lines.select_related("order", "package_line__requirement", "package_line__offer")
    return [OrderedLine(line=line, **asdict(units_of(line))) for line in with_units(lines)]


def line_units(order: OrderRecord) -> list[dict[str, object]]:
    """Give the lines of an order by name with where their units are, for programs and commands."""
    return [{"line": ordered.line.line, **ordered.as_said()} for ordered in ordered_lines(order)]


def why_not_shipped(order: OrderRecord, lines: list[OrderedLine]) -> str:
    """Say by its code why nothing of an order can be shipped; nothing where something can."""
    if order.state != State.ACCEPTED:
        is_before = order.accepted_on is None and order.state != State.CANCELLED
        return "not-accepted" if is_before else "received"
    if any(line.to_ship for line in lines):
        return ""
    return "under-way" if any(line.outstanding for line in lines) else "received"


def free_lines(package: FormedPackage, state: ledger.Balances) -> list[PackageLine]:
    """Give the lines of a package that no order has and whose money was not released."""
    held = OrderLineRecord.objects.filter(
        package_line__package=package, order__state__in=LIVE_ORDER
    ).values_list("package_line", flat=True)
    taken = set(held)
    lines = live_lines(package.programme, state)
    return [line for line in lines if line.package_id == package.pk and line.pk not in taken]


def lines_to_order(package: FormedPackage, state: ledger.Balances) -> dict[str, list[PackageLine]]:
    """Give the lines of a package that can be ordered, by their suppliers."""
    found = defaultdict(list)
    for line in free_lines(package, state):
        found[line.offer.supplier].append(line)
    return dict(sorted(found.items()))
