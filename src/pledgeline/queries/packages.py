"""What packages hold: which units of a requirement are in one, with the money that the books have on their lines."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pledgeline.ledger import Account, State
from pledgeline.money import Amount
from pledgeline.programme import steps
from pledgeline.records.models import FormedPackage, OrderLineRecord, PackageLine, ProgrammeRecord

HOLDS = (Account.ALLOCATED, Account.ORDERED, Account.DELIVERED, Account.ACCEPTED)
"""The stages of money that is set aside for a line, or spent on it."""

AGREED = (steps.State.ACCEPTED, steps.State.CLOSED)
"""The states of an order that was accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The units that live packages hold: of each requirement, and of each offer, by their keys."""

    of_requirements: Counter[str]
    of_offers: Counter[str]


def live_lines(programme: ProgrammeRecord, state: State) -> list[PackageLine]:
    """Give the lines of open packages whose money has not been set free since; a donated line needs none."""
    lines = PackageLine.objects.filter(
        package__programme=programme, package__state=steps.State.OPEN
    ).select_related("package", "requirement", "offer")
    held = {spot.line for spot, minor in state.money().items() if spot.account in HOLDS and minor}
    return [line for line in lines if line.unit_price == 0 or line.line in held]


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
    for line in package.lines.select_related("requirement", "offer"):
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
