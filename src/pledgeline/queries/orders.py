"""What is outstanding of an order: worked out from what was ordered, cancelled, shipped and received."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Sum

from pledgeline import ledger
from pledgeline.money import Amount
from pledgeline.programme.steps import LIVE_ORDER, UNDER_WAY, State
from pledgeline.queries.packages import live_lines
from pledgeline.records.models import (
    CountedLotRecord,
    FormedPackage,
    OrderLineRecord,
    OrderRecord,
    PackageLine,
    ShippedLotRecord,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedLine:
    """A line of an order, and where its units are.

    Units that were rejected, lost or not there are outstanding: the supplier owes them still.
    """

    line: OrderLineRecord
    received: int
    under_way: int

    @property
    def unit_price(self) -> Amount:
        return Amount(self.line.unit_price, self.line.order.currency)

    @property
    def cost(self) -> Amount:
        """Give what its units cost together, each at the price at which it came, or is to come."""
        minor = self.line.units * self.line.unit_price + self.line.earlier_prices
        return Amount(minor, self.line.order.currency)

    @property
    def outstanding(self) -> int:
        """Give how many units are ordered and neither accepted by the recipient nor cancelled."""
        return self.line.units - self.received - self.line.cancelled

    @property
    def to_ship(self) -> int:
        """Give how many units may still leave: what is outstanding, less what is under way."""
        return self.outstanding - self.under_way


def ordered_lines(order: OrderRecord) -> list[OrderedLine]:
    """Give the lines of an order with their units; before it was accepted nothing is received or under way."""
    received = Counter(
        dict(
            CountedLotRecord.objects.filter(shipped__order_line__order=order, receipt__state=State.ACCEPTED)
            .values_list("shipped__order_line")
            .annotate(units=Sum("accepted"))
            .order_by()
        )
    )
    under_way = Counter(
        dict(
            ShippedLotRecord.objects.filter(order_line__order=order, shipment__state__in=UNDER_WAY)
            .values_list("order_line")
            .annotate(sum=Sum("units"))
            .order_by()
        )
    )
    lines = order.lines.select_related("order", "package_line__requirement", "package_line__offer")
    return [
        OrderedLine(line=line, received=received[line.pk], under_way=under_way[line.pk]) for line in lines
    ]


def why_not_shipped(order: OrderRecord, lines: list[OrderedLine]) -> str:
    """Say by its code why nothing of an order can be shipped; nothing where something can."""
    if order.state != State.ACCEPTED:
        is_before = order.accepted_on is None and order.state != State.CANCELLED
        return "not-accepted" if is_before else "received"
    if any(line.to_ship for line in lines):
        return ""
    return "under-way" if any(line.outstanding for line in lines) else "received"


def free_lines(package: FormedPackage, state: ledger.State) -> list[PackageLine]:
    """Give the lines of a package that no order has and whose money was not released."""
    held = OrderLineRecord.objects.filter(
        package_line__package=package, order__state__in=LIVE_ORDER
    ).values_list("package_line", flat=True)
    taken = set(held)
    lines = live_lines(package.programme, state)
    return [line for line in lines if line.package_id == package.pk and line.pk not in taken]


def lines_to_order(package: FormedPackage, state: ledger.State) -> dict[str, list[PackageLine]]:
    """Give the lines of a package that can be ordered, by their suppliers."""
    found = defaultdict(list)
    for line in free_lines(package, state):
        found[line.offer.supplier].append(line)
    return dict(sorted(found.items()))
