"""What packages hold: which units of a requirement are in one, with the money that the books have on their lines."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pledgeline.ledger import Account, Balances
from pledgeline.ledger.accounts import BEHIND_LOT, BOUND
from pledgeline.money import Amount
from pledgeline.programme import steps
from pledgeline.queries.order_units import AGREED, OrderUnits, units_of, with_units
from pledgeline.records.models import (
    FormedPackage,
    LineMove,
    OfferRecord,
    OrderLineRecord,
    PackageLine,
    ProgrammeRecord,
    RequirementRecord,
)

HOLDS = (Account.ALLOCATED, Account.ORDERED, Account.DELIVERED, Account.ACCEPTED)
"""The stages of money that is set aside for a line, or spent on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The units that live packages hold: of each requirement, and of each offer, by their keys."""

    of_requirements: Counter[str]
    of_offers: Counter[str]

    def open_units(self, row: RequirementRecord) -> int:
        """Give how many units of a requirement no package holds."""
        quantity: int = row.quantity
        return max(quantity - self.of_requirements[row.key], 0)

    def left_of(self, row: OfferRecord) -> int | None:
        """Give how many units of an offer no package holds; nothing where it says no number."""
        return None if row.available is None else max(row.available - self.of_offers[row.key], 0)


def live_lines(programme: ProgrammeRecord, state: Balances) -> list[PackageLine]:
    """Give the lines of packages that hold units: with money that was not set free since; a donated line needs none.

    Of a package that is closed those hold units that were ordered.
    """
    held = {spot.line for spot, minor in state.money().items() if spot.account in HOLDS and minor}
    ordered = set(
        OrderLineRecord.objects.filter(order__programme=programme, order__state__in=AGREED).values_list(
            "package_line", flat=True
        )
    )
    lines = PackageLine.objects.filter(
        package__programme=programme, package__state__in=(steps.State.OPEN, steps.State.CLOSED), units__gt=0
    ).select_related("package", "requirement", "offer")
    return [
        line
        for line in lines
        if (line.unit_price == 0 or line.line in held)
        and (line.package.state == steps.State.OPEN or line.pk in ordered)
    ]


def bound_units(lines: Iterable[PackageLine]) -> Bound:
    """Add up what lines hold: all their units, or what an order that was accepted has of them."""
    held = list(lines)
    ordered = {
        line.package_line_id: line.units - line.cancelled
        for line in OrderLineRecord.objects.filter(
            package_line__in=[line.pk for line in held], order__state__in=AGREED
        )
    }
    bound = Bound(of_requirements=Counter(), of_offers=Counter())
    for line in held:
        units = ordered.get(line.pk, line.units)
        bound.of_requirements[line.requirement.key] += units
        bound.of_offers[line.offer.key] += units
    return bound


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMoney:
    """One line of a package: what it costs, and whose money is on it at which stage."""

    line: PackageLine
    cost: Amount
    held: Amount
    payers: tuple[tuple[str, Amount], ...]

    @property
    def is_live(self) -> bool:
        return bool(self.held) or not self.cost


def lines_of(package: FormedPackage, state: Balances) -> list[LineMoney]:
    """Give the lines of a package with the money that is on them."""
    paid_for: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for spot, minor in state.money().items():
        if spot.account in HOLDS:
            paid_for[spot.line, spot.currency][spot.contribution] += minor
    found = []
    for line in package.lines.filter(units__gt=0).select_related("requirement", "offer"):
        paid = paid_for[line.line, line.currency]
        found.append(
            LineMoney(
                line=line,
                cost=Amount(line.units * line.unit_price, line.currency),
                held=Amount(paid.total(), line.currency),
                payers=tuple(
                    (key, Amount(minor, line.currency)) for key, minor in sorted(paid.items()) if minor
                ),
            )
        )
    return found


# How far packages are


class Progress(StrEnum):
    """How far a package is, in the order of a board: worked out from its units, and never stored."""

    RESERVED = "reserved"
    PART_ORDERED = "part-ordered"
    ORDERED = "ordered"
    IN_DELIVERY = "in-delivery"
    DELIVERED = "delivered"
    RELEASED = "released"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"


OVER = {
    steps.State.CLOSED: Progress.CLOSED,
    steps.State.CANCELLED: Progress.CANCELLED,
    steps.State.MERGED: Progress.MERGED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageFigures:
    """A package with its units and its money: how much there is, and how far it has come.

    `units` are those on its lines, or what orders have of them. `cost` is what they cost at the prices of the plan.
    The money is that of the books: what is `held` for its lines in all, and of it what is ordered, shipped and
    accepted, each with what has come further. Books know nothing of shipments, so what is under way counts as shipped
    at the price at which it was ordered.
    """

    package: FormedPackage
    units: int
    of_orders: OrderUnits
    cost: list[Amount]
    held: list[Amount]
    ordered: list[Amount]
    shipped: list[Amount]
    accepted: list[Amount]

    @property
    def progress(self) -> Progress:
        """Say how far it is."""
        if over := OVER.get(steps.State(self.package.state)):
            return over
        of_orders = self.of_orders
        if self.units <= of_orders.cancelled:
            return Progress.RELEASED
        if not of_orders.ordered:
            return Progress.RESERVED
        if of_orders.accepted >= self.units - of_orders.cancelled:
            return Progress.DELIVERED
        if of_orders.shipped:
            return Progress.IN_DELIVERY
        return Progress.ORDERED if of_orders.ordered >= self.units else Progress.PART_ORDERED


def package_figures(programme: ProgrammeRecord, state: Balances) -> list[PackageFigures]:
    """Give every package of a programme with its figures, the newest first."""
    rows = FormedPackage.objects.filter(programme=programme).select_related("plan__run__input")
    return figures_of(programme, state, rows.order_by("-made_at", "key"))


def figures_of(
    programme: ProgrammeRecord, state: Balances, packages: Iterable[FormedPackage]
) -> list[PackageFigures]:
    """Give some packages of a programme with their figures."""
    of_package: defaultdict[int, list[PackageLine]] = defaultdict(list)
    for line in live_lines(programme, state):
        of_package[line.package_id].append(line)
    agreed = OrderLineRecord.objects.filter(order__programme=programme, order__state__in=AGREED)
    orders = {line.package_line_id: line for line in with_units(agreed.select_related("order"))}
    money = _money(programme, state)

    def figures(package: FormedPackage) -> PackageFigures:
        lines = of_package[package.pk]
        ordered = [orders[line.pk] for line in lines if line.pk in orders]
        units = sum(map(units_of, ordered), OrderUnits())
        unordered = sum(line.units for line in lines if line.pk not in orders)
        under_way = Counter[str]()
        for line in ordered:
            under_way[line.order.currency] += units_of(line).under_way * line.unit_price
        stages = money[package.pk]
        return PackageFigures(
            package=package,
            units=units.ordered + unordered,
            of_orders=units,
            cost=_sums((line.currency, line.units * line.unit_price) for line in lines),
            held=_together(stages, HOLDS),
            ordered=_together(stages, BOUND),
            shipped=_together(stages, BEHIND_LOT, beside=under_way),
            accepted=_together(stages, (Account.ACCEPTED,)),
        )

    return list(map(figures, packages))


def _money(programme: ProgrammeRecord, state: Balances) -> defaultdict[int, Counter[tuple[Account, str]]]:
    """Give the money on the lines of each package, by its number, the stage and the currency."""
    package_of = dict(PackageLine.objects.filter(package__programme=programme).values_list("line", "package"))
    found: defaultdict[int, Counter[tuple[Account, str]]] = defaultdict(Counter)
    for spot, minor in state.money().items():
        if spot.account in HOLDS and spot.line in package_of:
            found[package_of[spot.line]][spot.account, spot.currency] += minor
    return found


def _together(
    stages: Counter[tuple[Account, str]],
    accounts: Collection[Account],
    beside: Mapping[str, int] | None = None,
) -> list[Amount]:
    pairs = [(currency, minor) for (account, currency), minor in stages.items() if account in accounts]
    return _sums([*pairs, *(beside or {}).items()])


def _sums(pairs: Iterable[tuple[str, int]]) -> list[Amount]:
    sums: Counter[str] = Counter()
    for currency, minor in pairs:
        sums[currency] += minor
    return [Amount(minor, currency) for currency, minor in sorted(sums.items()) if minor]


# Where units came from


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The moves of units into a package and out of it, the oldest first."""

    came: list[LineMove]
    went: list[LineMove]


def lineage_of(package: FormedPackage) -> Lineage:
    """Give from which packages units came into one, and into which they went."""
    moves = LineMove.objects.select_related("origin__package", "target__package").order_by("pk")
    return Lineage(
        came=list(moves.filter(target__package=package)), went=list(moves.filter(origin__package=package))
    )
