"""What packages hold: which units of a requirement are in one, with the money that the books have on their lines."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import F, Sum

from pledgeline.ledger import Account, State
from pledgeline.money import Amount
from pledgeline.programme import steps
from pledgeline.records.models import (
    CountedLotRecord,
    FormedPackage,
    LineMove,
    OfferRecord,
    OrderLineRecord,
    PackageLine,
    ProgrammeRecord,
    RequirementRecord,
    ShippedLotRecord,
)

HOLDS = (Account.ALLOCATED, Account.ORDERED, Account.DELIVERED, Account.ACCEPTED)
"""The stages of money that is set aside for a line, or spent on it."""

AGREED = (steps.State.ACCEPTED, steps.State.CLOSED)
"""The states of an order that was accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The units that live packages hold: of each requirement, and of each offer, by their keys."""

    of_requirements: Counter[str]
    of_offers: Counter[str]

    def open_units(self, row: RequirementRecord) -> int:
        """Give how many units of a requirement no package holds."""
        return max(row.quantity - self.of_requirements[row.key], 0)

    def left_of(self, row: OfferRecord) -> int | None:
        """Give how many units of an offer no package holds; nothing where it says no number."""
        return None if row.available is None else max(row.available - self.of_offers[row.key], 0)


def live_lines(programme: ProgrammeRecord, state: State) -> list[PackageLine]:
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


def lines_of(package: FormedPackage, state: State) -> list[LineMoney]:
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
    """A package with its units: those that it holds, and of them those ordered, under way and received.

    `cost` is what they cost at the prices of the plan, `held` the money that is on its lines.
    """

    package: FormedPackage
    units: int
    ordered: int
    under_way: int
    received: int
    cost: list[Amount]
    held: list[Amount]

    @property
    def progress(self) -> Progress:
        """Say how far it is."""
        if over := OVER.get(steps.State(self.package.state)):
            return over
        if not self.units:
            return Progress.RELEASED
        if not self.ordered:
            return Progress.RESERVED
        if self.received >= self.units:
            return Progress.DELIVERED
        if self.received or self.under_way:
            return Progress.IN_DELIVERY
        return Progress.ORDERED if self.ordered >= self.units else Progress.PART_ORDERED


def package_figures(programme: ProgrammeRecord, state: State) -> list[PackageFigures]:
    """Give every package of a programme with its figures, the newest first."""
    lines = live_lines(programme, state)
    ordered = _by_line(
        OrderLineRecord.objects.filter(order__programme=programme, order__state__in=AGREED),
        "package_line",
        F("units") - F("cancelled"),
    )
    under_way = _by_line(
        ShippedLotRecord.objects.filter(programme=programme, shipment__state__in=steps.UNDER_WAY),
        "order_line__package_line",
        F("units"),
    )
    received = _by_line(
        CountedLotRecord.objects.filter(receipt__programme=programme, receipt__state=steps.State.ACCEPTED),
        "shipped__order_line__package_line",
        F("accepted"),
    )
    of_package: defaultdict[int, list[PackageLine]] = defaultdict(list)
    for line in lines:
        of_package[line.package_id].append(line)
    held = _held(programme, state)
    rows = FormedPackage.objects.filter(programme=programme).select_related("plan__run__input")
    return [
        PackageFigures(
            package=row,
            units=sum(ordered.get(line.pk, line.units) for line in of_package[row.pk]),
            ordered=sum(ordered.get(line.pk, 0) for line in of_package[row.pk]),
            under_way=sum(under_way.get(line.pk, 0) for line in of_package[row.pk]),
            received=sum(received.get(line.pk, 0) for line in of_package[row.pk]),
            cost=_sums((line.currency, line.units * line.unit_price) for line in of_package[row.pk]),
            held=_sums(held[row.pk].items()),
        )
        for row in rows.order_by("-made_at", "key")
    ]


def _by_line(rows: Any, line: str, units: Any) -> dict[int, int]:
    """Add up units by the number of the package's line."""
    return dict(rows.order_by().values_list(line).annotate(sum=Sum(units)))


def _held(programme: ProgrammeRecord, state: State) -> defaultdict[int, Counter[str]]:
    """Give the money on the lines of each package, by its number and the currency."""
    package_of = dict(PackageLine.objects.filter(package__programme=programme).values_list("line", "package"))
    held: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for spot, minor in state.money().items():
        if spot.account in HOLDS and spot.line in package_of:
            held[package_of[spot.line]][spot.currency] += minor
    return held


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
