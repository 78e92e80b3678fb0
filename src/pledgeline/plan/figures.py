"""The figures of a plan that people are shown, each worked out in one place, in exact numbers.

Pages, workbook, PDF, JSON and the command line arrange them; none of them adds anything up by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from pledgeline.money import most_share_of, share_of, shares_of_whole
from pledgeline.plan.measure import charges_of
from pledgeline.plan.model import (
    Certainty,
    Line,
    Package,
    Payment,
    Plan,
    PlanContribution,
    PlanOffer,
    Problem,
    Purchase,
    Score,
)

AnyRow = TypeVar("AnyRow", Purchase, Payment)

MET, PARTLY, WAITS = "met", "partly", "waits"
"""How far a line is served: in full, in part, not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCoverage:
    """How much of what is wanted a group of lines gets: those of a priority, or of a category.

    Units:   `got`, `wanted` and `most` count lines, a half-served line as a half, times its weight; shares are
             tenths of a per cent, None where nothing is wanted.
    Means:   `most` is the bound, None where nobody knows one; `score` is what the plan says of it, None for a
             category.
    """

    name: str
    got: Fraction
    wanted: Fraction
    most: Fraction | None
    lines: int
    met: int
    partly: int
    cost_minor: int
    score: Score | None = None

    @property
    def waiting(self) -> int:
        return self.lines - self.met - self.partly

    @property
    def got_tenths(self) -> int | None:
        return share_of(self.got, self.wanted)

    @property
    def most_tenths(self) -> int | None:
        return None if self.most is None else most_share_of(self.got, self.most, self.wanted)

    @property
    def standing(self) -> Certainty | None:
        """Say how sure the bound is."""
        return self.score.standing if self.score is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedLine:
    """A line with what it gets: units of it, at which cost, the last of them on which day."""

    line: Line
    category: str
    got: int
    cost_minor: int
    arrives: int | None

    @property
    def got_tenths(self) -> int | None:
        """Give the share of its units, in tenths of a per cent."""
        return share_of(self.got, self.line.quantity)

    @property
    def state(self) -> str:
        if self.got >= self.line.quantity:
            return MET
        return PARTLY if self.got else WAITS


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledPackage:
    """A package with what it holds, and what each contribution pays of it, the largest first."""

    package: Package
    cost_minor: int
    lines: int
    units: int
    paid_minor: Mapping[str, int]
    last_arrival: int | None

    @property
    def is_used(self) -> bool:
        return self.units > 0

    @property
    def shares(self) -> dict[str, int]:
        """Give the share of each contribution; together they are the whole.

        Units:   tenths of a per cent.
        """
        return shares_of_whole(self.paid_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedContribution:
    """A contribution: what it can pay after its fee, in the plan's currency, what it pays, what is left."""

    contribution: PlanContribution
    can_pay_minor: int
    used_minor: int

    @property
    def left_minor(self) -> int:
        return self.can_pay_minor - self.used_minor

    @property
    def used_tenths(self) -> int | None:
        return share_of(self.used_minor, self.can_pay_minor)


@dataclass(eq=False, kw_only=True)
class PlanFigures:
    """All figures of one plan. Each is worked out when it is first asked for.

    `tier_bounds` and `category_bounds` are what is known at most where the plan's own scores have no bound.
    """

    problem: Problem
    plan: Plan
    tier_bounds: Mapping[int, float] = field(default_factory=dict)
    category_bounds: Mapping[str, float] = field(default_factory=dict)

    # ---- by name ----

    @cached_property
    def lines(self) -> dict[str, Line]:
        return {line.id: line for line in self.problem.lines}

    @cached_property
    def offers(self) -> dict[str, PlanOffer]:
        return {offer.id: offer for offer in self.problem.offers}

    @cached_property
    def packages(self) -> dict[str, Package]:
        return {package.id: package for package in self.problem.packages}

    @cached_property
    def contributions(self) -> dict[str, PlanContribution]:
        return {contribution.id: contribution for contribution in self.problem.contributions}

    # ---- what is bought and paid, seen from each side ----

    def purchases_for(self, line: str) -> Sequence[Purchase]:
        return self._purchases_by_line.get(line, ())

    def purchases_in(self, package: str) -> Sequence[Purchase]:
        return self._purchases_by_package.get(package, ())

    @cached_property
    def _purchases_by_line(self) -> dict[str, list[Purchase]]:
        return _by(self.plan.purchases, "line")

    @cached_property
    def _purchases_by_package(self) -> dict[str, list[Purchase]]:
        return _by(self.plan.purchases, "package")

    @cached_property
    def payments_for(self) -> Mapping[str, Sequence[Payment]]:
        """Give the payments for each line; those of fixed charges are for none."""
        return _by(self.plan.payments, "line")

    @cached_property
    def payments_in(self) -> Mapping[str, Sequence[Payment]]:
        """Give the payments in each package."""
        return _by(self.plan.payments, "package")

    @cached_property
    def payments_by(self) -> Mapping[str, Sequence[Payment]]:
        """Give the payments of each contribution."""
        return _by(self.plan.payments, "contribution")

    def charges_in(self, package: str) -> Mapping[str, int]:
        """Give the fixed charges that fall due in a package, by supplier, in minor units."""
        return self._charges.get(package, {})

    @cached_property
    def _charges(self) -> dict[str, dict[str, int]]:
        charges: dict[str, dict[str, int]] = defaultdict(dict)
        for (supplier, package), minor in charges_of(self.problem, self.plan.purchases).items():
            charges[package][supplier] = minor
        return charges

    def cost_minor(self, purchases: Iterable[Purchase]) -> int:
        """Add up what units cost; fixed charges are beside it."""
        return sum(self.offers[bought.offer].unit_price_minor * bought.units for bought in purchases)

    def arrival(self, bought: Purchase) -> int:
        """Say on which day units arrive."""
        return self.packages[bought.package].order_day + self.offers[bought.offer].lead_days

    # ---- lines and groups of lines ----

    @cached_property
    def served(self) -> dict[str, ServedLine]:
        """Give what each line gets, in the order of the problem."""
        return {line.id: self.serve(line) for line in self.problem.lines}

    def serve(self, line: Line) -> ServedLine:
        """Give what one line gets."""
        bought = self.purchases_for(line.id)
        return ServedLine(
            line=line,
            category=self.problem.categories.get(line.item, ""),
            got=self.plan.fulfilled.get(line.id, 0),
            cost_minor=self.cost_minor(bought),
            arrives=max(map(self.arrival, bought), default=None),
        )

    @cached_property
    def waiting(self) -> list[Line]:
        """List the lines that do not get all they want, those of the first priority before the others."""
        waiting = [served.line for served in self.served.values() if served.state != MET]
        return sorted(waiting, key=lambda line: (line.priority, line.id))

    @cached_property
    def tiers(self) -> list[GroupCoverage]:
        """Give the coverage of each priority, the first before the others."""
        groups: dict[int, list[ServedLine]] = defaultdict(list)
        for served in self.served.values():
            groups[served.line.priority].append(served)
        scores = {score.name: score for score in self.plan.scores}
        found = []
        for tier in sorted(groups):
            score = scores.get(f"tier {tier}")
            most = score.bound if score is not None else None
            if most is None and tier in self.tier_bounds:
                most = Fraction(self.tier_bounds[tier])
            found.append(_coverage(str(tier), groups[tier], most, score))
        return found

    @cached_property
    def categories(self) -> list[GroupCoverage]:
        """Give the coverage of each category, by name; what has none stands last."""
        groups: dict[str, list[ServedLine]] = defaultdict(list)
        for served in self.served.values():
            groups[served.category].append(served)
        found = []
        for name in sorted(groups, key=lambda name: (name == "", name.casefold(), name)):
            most = Fraction(self.category_bounds[name]) if name in self.category_bounds else None
            found.append(_coverage(name, groups[name], most, None))
        return found

    @cached_property
    def last_arrival(self) -> int | None:
        """Say on which day the last units of the plan arrive."""
        return max((row.arrives for row in self.served.values() if row.arrives is not None), default=None)

    # ---- packages and money ----

    @cached_property
    def filled(self) -> list[FilledPackage]:
        """Give every package, in the order in which they are ordered."""
        in_order = sorted(self.problem.packages, key=lambda package: (package.order_day, package.id))
        return [self._filled(package) for package in in_order]

    def _filled(self, package: Package) -> FilledPackage:
        bought = self.purchases_in(package.id)
        paid: dict[str, int] = defaultdict(int)
        for payment in self.payments_in.get(package.id, ()):
            paid[payment.contribution] += payment.minor
        return FilledPackage(
            package=package,
            cost_minor=self.cost_minor(bought) + sum(self.charges_in(package.id).values()),
            lines=len({purchase.line for purchase in bought}),
            units=sum(purchase.units for purchase in bought),
            paid_minor=dict(sorted(paid.items(), key=lambda pair: (-pair[1], pair[0]))),
            last_arrival=max(map(self.arrival, bought), default=None),
        )

    def partner(self, contribution: str) -> str:
        """Name who gives a contribution: by its own name where nobody is said."""
        return self.contributions[contribution].partner or contribution

    def paid_by_partner(self, filled: FilledPackage) -> dict[str, int]:
        """Give what each partner pays of a package, in minor units, the largest first."""
        return self._by_partner(filled.paid_minor)

    def shares_by_partner(self, filled: FilledPackage) -> dict[str, int]:
        """Give the share of each partner in a package, in tenths of a per cent; together they are the whole."""
        shares = self._by_partner(filled.shares)
        return {partner: shares[partner] for partner in self.paid_by_partner(filled)}

    def _by_partner(self, of_contributions: Mapping[str, int]) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for contribution, number in of_contributions.items():
            found[self.partner(contribution)] += number
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @cached_property
    def used(self) -> dict[str, UsedContribution]:
        """Give what is used of each contribution, in the order of the problem."""
        return {
            contribution.id: UsedContribution(
                contribution=contribution,
                can_pay_minor=self.problem.can_pay_minor(contribution),
                used_minor=self.plan.paid_minor.get(contribution.id, 0),
            )
            for contribution in self.problem.contributions
        }

    @property
    def offered_minor(self) -> int:
        """Add up what all contributions can pay after their fees."""
        return sum(row.can_pay_minor for row in self.used.values())

    @property
    def used_minor(self) -> int:
        return sum(row.used_minor for row in self.used.values())

    @property
    def left_minor(self) -> int:
        return self.offered_minor - self.used_minor


def _by(rows: Iterable[AnyRow], name: str) -> dict[str, list[AnyRow]]:
    found: dict[str, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return dict(found)


def _coverage(
    name: str, group: Sequence[ServedLine], most: Fraction | None, score: Score | None
) -> GroupCoverage:
    got = sum((row.line.weight * row.got / row.line.quantity for row in group), Fraction(0))
    wanted = sum((row.line.weight for row in group), Fraction(0))
    states = [row.state for row in group]
    return GroupCoverage(
        name=name,
        got=got,
        wanted=wanted,
        most=None if most is None else max(min(most, wanted), got),
        lines=len(group),
        met=states.count(MET),
        partly=states.count(PARTLY),
        cost_minor=sum(row.cost_minor for row in group),
        score=score,
    )
