"""The problem put in one order, with each question answered once: who may buy what, and who may pay.

Input order never matters after this step. Lines that may buy the same things with the same money are of
one *kind*; contributions with equal terms are one *group*. A hundred thousand lines have a few hundred
kinds, and only kinds and groups are asked whether an earmark permits a purchase.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from operator import attrgetter

from pledgeline.plan.model import Line, LineLimit, Package, PlanContribution, PlanOffer, Problem, Supplier


@dataclass(frozen=True, slots=True)
class Option:
    """One way to buy for the lines of a kind: an offer in a package.

    Units:   `arrives` in days; `counts` says how many units of the line's item one unit is worth.
    Means:   `payers` has bit g set where group g may pay. `pooled`, `stocked`, `packaged` say whether
             its units count towards order terms, stock and package terms: False only for an excused line.
    """

    offer: int
    package: int
    arrives: int
    part: str
    counts: Fraction
    price: int
    payers: int
    pooled: bool = True
    stocked: bool = True
    packaged: bool = True


@dataclass(frozen=True, slots=True)
class LineKind:
    """Lines that may buy the same, with the same money. `parts` says what a kit is made of."""

    item: str
    options: tuple[Option, ...]
    parts: Mapping[str, int]

    def counts_whole(self) -> bool:
        """Say whether every option counts one for one, so that lines of this kind can be merged."""
        return all(option.counts == 1 for option in self.options)


@dataclass(frozen=True, slots=True)
class GiverGroup:
    """Contributions with equal terms, by id. `can_pay` runs alongside, in the plan's currency."""

    members: tuple[PlanContribution, ...]
    can_pay: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.can_pay)

    @property
    def max_share(self) -> Fraction | None:
        return self.members[0].max_share

    @property
    def whole_package_only(self) -> bool:
        return self.members[0].whole_package_only


@dataclass(frozen=True, slots=True)
class Bundle:
    """Packages that are alike in all that matters, planned as one: `copies` of `packages[0]`.

    A package that stands alone is a bundle of one.
    """

    packages: tuple[Package, ...]

    @property
    def copies(self) -> int:
        return len(self.packages)

    @property
    def max_lines(self) -> int | None:
        return self.packages[0].max_lines

    def window(self) -> tuple[int, int] | None:
        """Give the least and the most that one of the packages may cost, where that is limited."""
        package = self.packages[0]
        if package.target_minor is None:
            return None
        return package.target_minor - package.tolerance_minor, package.target_minor + package.tolerance_minor

    def fillings(self, cost: int) -> list[int]:
        """Say into how many packages within their window a cost can be divided, the fewest first."""
        window = self.window()
        if window is None:
            return [self.copies]
        return [used for used in range(1, self.copies + 1) if used * window[0] <= cost <= used * window[1]]


@dataclass(frozen=True, slots=True)
class Canon:
    """The problem in order: lines by priority and id, all else by id, groups in the order they pay."""

    problem: Problem
    lines: tuple[Line, ...]
    kind_of: tuple[int, ...]
    kinds: tuple[LineKind, ...]
    offers: tuple[PlanOffer, ...]
    bundles: tuple[Bundle, ...]
    groups: tuple[GiverGroup, ...]
    sides: tuple[tuple[int, ...], ...]
    """Groups that pay side by side, in the order in which they pay: several where their terms are equal and
    each may pay at most a share of a package."""

    tiers: tuple[int, ...]
    suppliers: tuple[Supplier, ...]
    seller: tuple[int, ...]
    """Gives for each offer its place among `suppliers`; -1 where its supplier sets nothing."""

    charge_payers: Mapping[tuple[int, int], int]
    """Gives for each (supplier with a charge, package) who may pay it, in bits as in `Option.payers`."""

    has_package_terms: bool
    """Says whether a giver has terms about single packages: a share of one, or all of one."""

    @property
    def packages(self) -> tuple[Package, ...]:
        """Give the packages, one for each bundle."""
        return tuple(bundle.packages[0] for bundle in self.bundles)

    def package(self, option: Option) -> Package:
        """Give the package of an option, or the first of its bundle."""
        return self.bundles[option.package].packages[0]

    def spendable(self) -> tuple[int, ...]:
        """Say what each group can pay at most, were it to pay for all that it may pay for.

        Means:   what a group has beyond that changes nothing; without it numbers stay small.
        """
        most: dict[int, int] = defaultdict(int)
        for (s, p), payers in self.charge_payers.items():
            most[payers] += self.suppliers[s].charge_minor * self.bundles[p].copies
        units = [0] * len(self.kinds)
        for line, k in zip(self.lines, self.kind_of, strict=True):
            units[k] += line.quantity + 1  # a substitute's last unit may count for a fraction
        for kind, wanted in zip(self.kinds, units, strict=True):
            dearest: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
            for option in kind.options:
                price = option.price * kind.parts.get(option.part, 1) / option.counts
                key = (option.part, option.payers)
                dearest[key] = max(dearest[key], price)
            for (_, payers), price in dearest.items():
                most[payers] += ceil(price * wanted)
        return tuple(
            min(group.total, sum(minor for payers, minor in most.items() if payers >> g & 1))
            for g, group in enumerate(self.groups)
        )


def canonical(problem: Problem, *, bundled: bool = False) -> Canon:
    """Put a problem in order and answer what each kind of line may buy and who may pay for it.

    With `bundled` packages that are alike become one. That leaves out how an order's least amount and a
    package's value fall on each of them: who asks for it must deal the purchases out (`deal.py`).
    """
    lines = tuple(sorted(problem.lines, key=attrgetter("priority", "id")))
    offers = tuple(sorted(problem.offers, key=lambda offer: offer.id))
    bundles = _bundles(problem, bundled=bundled)
    packages = tuple(bundle.packages[0] for bundle in bundles)
    sides = _sides(problem)
    groups = [group for side in sides for group in side]
    suppliers = tuple(sorted(problem.suppliers, key=lambda supplier: supplier.id))
    place = {supplier.id: s for s, supplier in enumerate(suppliers)}
    kind_of, kinds = _kinds(problem, lines, offers, packages, groups)
    numbers = iter(range(len(groups)))
    return Canon(
        problem,
        lines,
        kind_of,
        kinds,
        offers,
        bundles,
        tuple(
            GiverGroup(tuple(group), tuple(problem.can_pay_minor(member) for member in group))
            for group in groups
        ),
        tuple(tuple(next(numbers) for _ in side) for side in sides),
        tuple(sorted({line.priority for line in lines})),
        suppliers,
        tuple(place.get(offer.supplier, -1) for offer in offers),
        {
            (s, p): sum(
                1 << g
                for g, group in enumerate(groups)
                if problem.may_pay_charge(group[0], supplier.id, package)
            )
            for s, supplier in enumerate(suppliers)
            if supplier.charge_minor
            for p, package in enumerate(packages)
        },
        any(contribution.has_own_terms() for contribution in problem.contributions),
    )


def _kinds(
    problem: Problem,
    lines: Sequence[Line],
    offers: tuple[PlanOffer, ...],
    packages: tuple[Package, ...],
    groups: Sequence[Sequence[PlanContribution]],
) -> tuple[tuple[int, ...], tuple[LineKind, ...]]:
    """Put lines that may buy the same with the same money together.

    Shape:   the kind of each line, in the order of the lines; the kinds.
    """
    named = {
        line
        for contribution in problem.contributions
        for lists in (contribution.earmark.allow, contribution.earmark.deny)
        for line in lists.get("line", ())
    }
    ways: dict[str, list[tuple[int, int, int, str, Fraction]]] = {}
    days: dict[str, list[int]] = {}
    payers: dict[tuple[int, int, str], int] = {}
    kinds: dict[tuple[object, ...], int] = {}
    made: list[LineKind] = []
    kind_of = []
    for line in lines:
        if line.item not in ways:
            ways[line.item] = _ways(problem, line.item, offers, packages)
            days[line.item] = [way[0] for way in ways[line.item]]
        arriving = days[line.item]
        in_time = len(arriving) if line.need_by is None else bisect_right(arriving, line.need_by)
        own = line.id if line.id in named else ""
        key = (line.item, in_time, own, line.excused)
        if key not in kinds:
            kinds[key] = len(made)
            options = []
            for arrives, offer, package, part, counts in ways[line.item][:in_time]:
                if (offer, package, own) not in payers:
                    payers[offer, package, own] = sum(
                        1 << g
                        for g, group in enumerate(groups)
                        if problem.may_pay(group[0], line, offers[offer], packages[package])
                    )
                options += _variants(
                    line,
                    Option(
                        offer,
                        package,
                        arrives,
                        part,
                        counts,
                        offers[offer].unit_price_minor,
                        payers[offer, package, own],
                    ),
                )
            options.sort(key=lambda option: (option.offer, option.package))
            made.append(LineKind(line.item, tuple(options), problem.kits.get(line.item, {})))
        kind_of.append(kinds[key])
    return tuple(kind_of), tuple(made)


def _sides(problem: Problem) -> list[list[list[PlanContribution]]]:
    """Put contributions of equal terms together, the most restricted first.

    Shape:   a list for each terms, of one group; or of a group for each giver where what each may pay of a
             package is limited.
    """
    sides: dict[tuple[object, ...], list[PlanContribution]] = defaultdict(list)
    for contribution in sorted(problem.contributions, key=lambda contribution: contribution.id):
        sides[contribution.terms()].append(contribution)
    lines = frozenset(line.id for line in problem.lines)
    by_reach: dict[int, list[list[PlanContribution]]] = defaultdict(list)
    for members in sides.values():
        by_reach[_reach(problem, lines, members[0])].append(members)
    return [
        [members] if members[0].max_share is None else [[member] for member in members]
        for _, alike in sorted(by_reach.items())
        for members in _in_turn(alike)
    ]


def _in_turn(alike: Sequence[list[PlanContribution]]) -> list[list[PlanContribution]]:
    """Say who pays first of those who may pay for equally many (line, offer, package).

    Means:   of two with a use-by day the earlier; else the narrower earmark, then the id. Those with a use-by
             day keep the places that they have by earmark and id, and take them in the order of their days.
    """
    by_earmark = sorted(alike, key=lambda members: _narrowness(members[0]))
    places = [place for place, members in enumerate(by_earmark) if members[0].use_by is not None]
    by_day = sorted((by_earmark[place] for place in places), key=lambda members: members[0].use_by or 0)
    for place, members in zip(places, by_day, strict=True):
        by_earmark[place] = members
    return by_earmark


def _narrowness(contribution: PlanContribution) -> tuple[object, ...]:
    """Put the narrower earmark first: more terms under “may pay for”, fewer values in them, more under “not for”."""
    earmark = contribution.earmark
    return (
        -len(earmark.allow),
        sum(len(values) for values in earmark.allow.values()),
        -sum(len(values) for values in earmark.deny.values()),
        contribution.id,
    )


def _reach(problem: Problem, lines: frozenset[str], contribution: PlanContribution) -> int:
    """Count the (line, offer, package) that a contribution may pay for; `lines` are those of the problem.

    An earmark speaks of each of the three by itself, so the numbers of those that it permits are multiplied.
    """
    earmark = contribution.earmark
    refused = earmark.deny.get("line", frozenset())
    permitted = (
        len((lines & earmark.allow["line"]) - refused)
        if "line" in earmark.allow
        else len(lines) - len(lines & refused)
    )
    offers = sum(earmark.permits(problem.seen_by_earmark(offer)) for offer in problem.offers)
    packages = sum(
        contribution.is_there(package) and earmark.permits({"package": package.id})
        for package in problem.packages
    )
    return permitted * offers * packages


def _bundles(problem: Problem, *, bundled: bool) -> tuple[Bundle, ...]:
    """Put packages of one day and window together where nobody has terms about single packages."""
    packages = sorted(problem.packages, key=lambda package: package.id)
    alike: dict[object, list[Package]] = defaultdict(list)
    by_package = any(contribution.has_own_terms() for contribution in problem.contributions) or any(
        supplier.charge_minor for supplier in problem.suppliers
    )
    named = {
        name
        for contribution in problem.contributions
        for lists in (contribution.earmark.allow, contribution.earmark.deny)
        for name in lists.get("package", ())
    }
    for package in packages:
        apart = not bundled or by_package or package.id in named or package.max_lines is not None
        window = (package.order_day, package.target_minor, package.tolerance_minor)
        alike[package.id if apart else window].append(package)
    return tuple(Bundle(tuple(there)) for there in alike.values())


def _ways(
    problem: Problem, item: str, offers: tuple[PlanOffer, ...], packages: tuple[Package, ...]
) -> list[tuple[int, int, int, str, Fraction]]:
    """List what may be bought for an item, the earliest arrival first."""
    parts = problem.kits.get(item, {})
    wanted = problem.wanted(item)
    return sorted(
        (
            package.order_day + offer.lead_days,
            o,
            p,
            offer.item if parts else "",
            wanted.get(offer.item, Fraction(1)),
        )
        for o, offer in enumerate(offers)
        if offer.item in parts or offer.item in wanted
        for p, package in enumerate(packages)
    )


def _variants(line: Line, option: Option) -> list[Option]:
    """Give an option, and for an excused line also those that ignore order or package terms."""
    if not line.excused:
        return [option]
    return [
        replace(option, pooled=pooled, packaged=packaged, stocked=LineLimit.STOCK not in line.excused)
        for pooled in ((True, False) if LineLimit.ORDER in line.excused else (True,))
        for packaged in ((True, False) if LineLimit.PACKAGE in line.excused else (True,))
    ]
