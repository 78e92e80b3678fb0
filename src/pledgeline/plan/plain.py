"""The plain planner: tries every plan and keeps the best. It is slow, and the judge of the fast one.

No solver, no aggregation, no flow: whether the money reaches is decided by looking at every cut, and
who pays what by comparing cuts. What it shares with the fast planner is `model` alone. Use it for a
handful of lines with a handful of units.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, groupby, product
from math import comb, floor, lcm
from typing import Any

from pledgeline.plan.model import Line, LineLimit, Package, PlanContribution, PlanOffer, Problem, Purchase


@dataclass(frozen=True, slots=True)
class PlainPlan:
    """The best plan, in the terms of the shared cases."""

    tier_scores: Mapping[int, Fraction]
    fulfilled: Mapping[str, int]
    share_days: Fraction
    cost_minor: int
    purchases: tuple[Purchase, ...]
    paid_minor: Mapping[str, int]


class TooManyPlans(ValueError):
    """There is more to try than was allowed."""


@dataclass(frozen=True, slots=True)
class _Column:
    """One way to buy for a line. The three flags say which limits a unit counts towards."""

    offer: PlanOffer
    package: Package
    part: str
    counts: Fraction
    pooled: bool
    stocked: bool
    packaged: bool


@dataclass(frozen=True, slots=True)
class _Allotment:
    """One way to serve a line, or to leave it."""

    fulfilled: int
    share_days: Fraction
    cost: int
    units: tuple[tuple[_Column, int], ...]


@dataclass(frozen=True, slots=True)
class _Spending:
    """What the same givers may pay for in one package, or outside of all (package "")."""

    package: str
    givers: frozenset[str]
    cost: int


def solve_plainly(
    problem: Problem, most_plans: int = 50_000_000, stop: Callable[[], bool] = lambda: False
) -> PlainPlan:
    """Try every purchase plan and give the best one with its payments.

    Raises:  TooManyPlans before it would list or look at more than `most_plans` plans, or when `stop` says
             that there is no time for more.
    """
    lines = sorted(problem.lines, key=lambda line: (line.priority, line.id))
    choices = []
    tried = 1
    for line in lines:
        if most_ways(problem, line) > most_plans:
            raise TooManyPlans(f"there are more than {most_plans} ways to serve {line.id} to list")
        choices.append(list(_allotments(problem, line, stop)))
        tried *= len(choices[-1])
        if tried > most_plans:
            raise TooManyPlans(f"there are more than {most_plans} plans to try")
    tiers = sorted({line.priority for line in lines})
    scale = lcm(*(line.quantity * line.weight.denominator for line in lines))
    shares = [int(scale * line.weight / line.quantity) for line in lines]
    best: tuple[tuple[Any, ...], list[_Allotment]] | None = None

    def visit(depth: int, chosen: list[_Allotment], scores: list[int], left: dict[str, int]) -> None:
        nonlocal best
        if stop():
            raise TooManyPlans("the time is over")
        if depth == len(lines):
            key = _key(problem, lines, chosen, scores)
            if (best is None or key < best[0]) and _is_allowed(problem, lines, chosen):
                best = (key, list(chosen))
            return
        place = tiers.index(lines[depth].priority)
        for allotment in choices[depth]:
            after = dict(left)
            for column, units in allotment.units:
                if column.stocked and column.offer.id in after:
                    after[column.offer.id] -= units
            if min(after.values(), default=0) < 0:
                continue
            score = [
                *scores[:place],
                scores[place] + shares[depth] * allotment.fulfilled,
                *scores[place + 1 :],
            ]
            tier_is_done = depth + 1 == len(lines) or lines[depth + 1].priority != lines[depth].priority
            if tier_is_done and best is not None and _is_behind(score, best[0], place):
                continue
            visit(depth + 1, [*chosen, allotment], score, after)

    stock = {offer.id: offer.available for offer in problem.offers if offer.available is not None}
    visit(0, [], [0] * len(tiers), stock)
    if best is None:
        raise ValueError("not even buying nothing is allowed")
    return _answer(problem, lines, best[1], cost_minor=best[0][len(tiers) + 1])


def _answer(
    problem: Problem, lines: Sequence[Line], chosen: Sequence[_Allotment], *, cost_minor: int
) -> PlainPlan:
    served = list(zip(lines, chosen, strict=True))
    return PlainPlan(
        tier_scores={
            tier: sum(
                (
                    line.weight * allotment.fulfilled / line.quantity
                    for line, allotment in served
                    if line.priority == tier
                ),
                Fraction(0),
            )
            for tier in sorted({line.priority for line in lines})
        },
        fulfilled={line.id: allotment.fulfilled for line, allotment in served},
        share_days=sum((allotment.share_days for allotment in chosen), Fraction(0)),
        cost_minor=cost_minor,
        purchases=_purchases(lines, chosen),
        paid_minor=_who_pays(problem, lines, chosen) or {},
    )


def _charges(problem: Problem, chosen: Sequence[_Allotment]) -> dict[tuple[str, str], int]:
    """Give the fixed charges that are due, by (supplier, package)."""
    charge = {supplier.id: supplier.charge_minor for supplier in problem.suppliers if supplier.charge_minor}
    return {
        (column.offer.supplier, column.package.id): charge[column.offer.supplier]
        for allotment in chosen
        for column, _ in allotment.units
        if column.pooled and column.packaged and column.offer.supplier in charge
    }


def _key(
    problem: Problem, lines: Sequence[Line], chosen: Sequence[_Allotment], scores: Sequence[int]
) -> tuple[object, ...]:
    """Put plans in order: the smaller key is the better plan."""
    return (
        *(-score for score in scores),
        sum(allotment.share_days for allotment in chosen),
        sum(allotment.cost for allotment in chosen) + sum(_charges(problem, chosen).values()),
        *(-allotment.fulfilled for allotment in chosen),
        [
            (purchase.line, purchase.offer, purchase.package, -purchase.units)
            for purchase in _purchases(lines, chosen)
        ],
    )


def _is_behind(score: Sequence[int], best: tuple[object, ...], place: int) -> bool:
    """Say whether the tiers up to `place` already rule out anything better than `best`."""
    return tuple(-tier for tier in score[: place + 1]) > best[: place + 1]


def _purchases(lines: Sequence[Line], chosen: Sequence[_Allotment]) -> tuple[Purchase, ...]:
    bought: dict[tuple[str, str, str], int] = defaultdict(int)
    for line, allotment in zip(lines, chosen, strict=True):
        for column, units in allotment.units:
            bought[line.id, column.offer.id, column.package.id] += units
    return tuple(
        Purchase(line=line, offer=offer, package=package, units=units)
        for (line, offer, package), units in sorted(bought.items())
    )


def _columns(problem: Problem, line: Line) -> list[_Column]:
    """List every way to buy one unit for a line."""
    counts = problem.wanted(line.item)
    parts = problem.kits.get(line.item, {})
    found = []
    for offer, package in product(problem.offers, problem.packages):
        is_part = offer.item in parts
        if not (is_part or offer.item in counts) or not problem.arrives_in_time(line, offer, package):
            continue
        for pooled in (True, False) if LineLimit.ORDER in line.excused else (True,):
            for packaged in (True, False) if LineLimit.PACKAGE in line.excused else (True,):
                found.append(
                    _Column(
                        offer,
                        package,
                        offer.item if is_part else "",
                        counts.get(offer.item, Fraction(1)),
                        pooled,
                        LineLimit.STOCK not in line.excused,
                        packaged,
                    )
                )
    return found


def most_ways(problem: Problem, line: Line) -> int:
    """Count, without listing any, how many ways there can be to serve a line: so many or fewer."""
    parts = problem.kits.get(line.item, {})
    columns = _columns(problem, line)
    ways = 1
    for part in sorted(parts) or [""]:
        wanted = line.quantity * parts.get(part, 1)
        here = [column for column in columns if column.part == part]
        apart = 1
        for column in here:
            units = floor((wanted + 1) / column.counts)
            if column.stocked and column.offer.available is not None:
                units = min(units, column.offer.available)
            apart *= units + 1
        if all(column.counts == 1 for column in here):  # so many units are spread over so many columns
            apart = min(apart, comb(wanted + len(here), len(here)))
        ways *= apart
    return ways


def _amounts(columns: Sequence[_Column], most: int) -> Iterator[tuple[tuple[_Column, int], ...]]:
    """List every way to buy units that count as no more than `most` (a last fraction is cut off)."""
    if not columns:
        yield ()
        return
    first, rest = columns[0], columns[1:]
    stock = first.offer.available if first.stocked and first.offer.available is not None else None
    units = 0
    while floor(units * first.counts) <= most and (stock is None or units <= stock):
        for others in _amounts(rest, most):
            chosen = ((first, units), *others) if units else others
            if floor(sum((column.counts * number for column, number in chosen), Fraction(0))) <= most:
                yield chosen
        units += 1


def _allotments(problem: Problem, line: Line, stop: Callable[[], bool]) -> Iterator[_Allotment]:
    columns = _columns(problem, line)
    parts = problem.kits.get(line.item, {})
    if parts:
        per_part = [
            list(_amounts([column for column in columns if column.part == part], count * line.quantity))
            for part, count in sorted(parts.items())
        ]
        ways: Iterator[tuple[tuple[_Column, int], ...]] = (
            tuple(pair for pairs in combination for pair in pairs) for combination in product(*per_part)
        )
    else:
        ways = _amounts(columns, line.quantity)
    found = []
    for units in ways:
        if stop():
            raise TooManyPlans("the time is over")
        by_day = _complete_by_day(units, parts)
        fulfilled = by_day[-1][1] if by_day else 0
        if parts and any(
            sum(number for column, number in units if column.part == part) != count * fulfilled
            for part, count in parts.items()
        ):
            continue
        if fulfilled > line.quantity or fulfilled % line.multiple or 0 < fulfilled < line.min_useful:
            continue
        if units and not fulfilled:
            continue
        days = Fraction(0)
        before = 0
        for day, complete in by_day:
            days += day * (complete - before)
            before = complete
        cost = sum(column.offer.unit_price_minor * number for column, number in units)
        found.append(_Allotment(fulfilled, days * line.weight / line.quantity, cost, units))
    yield from sorted(found, key=lambda allotment: (-allotment.fulfilled, allotment.cost))


def _complete_by_day(units: Sequence[tuple[_Column, int]], parts: Mapping[str, int]) -> list[tuple[int, int]]:
    """Say for each day of arrival how many units, or whole kits, are complete by then."""
    days = sorted({column.package.order_day + column.offer.lead_days for column, _ in units})
    found = []
    for day in days:
        here = [
            (column, number)
            for column, number in units
            if column.package.order_day + column.offer.lead_days <= day
        ]
        if parts:
            complete = min(
                sum(number for column, number in here if column.part == part) // count
                for part, count in parts.items()
            )
        else:
            complete = floor(sum((column.counts * number for column, number in here), Fraction(0)))
        found.append((day, complete))
    return found


def _is_allowed(problem: Problem, lines: Sequence[Line], chosen: Sequence[_Allotment]) -> bool:
    """Check order terms, packages and, last because it is dearest, the money."""
    ordered: dict[tuple[str, str], int] = defaultdict(int)
    offers = {offer.id: offer for offer in problem.offers}
    cost: dict[str, int] = defaultdict(int)
    served: dict[str, set[str]] = defaultdict(set)
    sold: dict[str, int] = defaultdict(int)
    for line, allotment in zip(lines, chosen, strict=True):
        for column, units in allotment.units:
            if column.pooled:
                ordered[column.offer.id, column.package.id] += units
            if column.packaged:
                cost[column.package.id] += units * column.offer.unit_price_minor
                served[column.package.id].add(line.id)
        for column, units in allotment.units:
            if column.stocked:
                sold[column.offer.supplier] += units
    if any(
        supplier.capacity is not None and sold[supplier.id] > supplier.capacity
        for supplier in problem.suppliers
    ):
        return False
    for (_, name), charge in _charges(problem, chosen).items():
        cost[name] += charge
    for (offer, _), units in ordered.items():
        if units % offers[offer].lot or units < offers[offer].min_order:
            return False
    for package in problem.packages:
        if package.id not in served:
            continue
        if package.max_lines is not None and len(served[package.id]) > package.max_lines:
            return False
        if (
            package.target_minor is not None
            and abs(cost[package.id] - package.target_minor) > package.tolerance_minor
        ):
            return False
    return _who_pays(problem, lines, chosen) is not None


def _spendings(problem: Problem, lines: Sequence[Line], chosen: Sequence[_Allotment]) -> list[_Spending]:
    costs: dict[tuple[str, frozenset[str]], int] = defaultdict(int)
    for line, allotment in zip(lines, chosen, strict=True):
        for column, units in allotment.units:
            if column.offer.unit_price_minor:
                givers = frozenset(
                    contribution.id
                    for contribution in problem.contributions
                    if problem.may_pay(contribution, line, column.offer, column.package)
                )
                place = column.package.id if column.packaged else ""
                costs[place, givers] += units * column.offer.unit_price_minor
    packages = {package.id: package for package in problem.packages}
    for (supplier, name), charge in _charges(problem, chosen).items():
        givers = frozenset(
            contribution.id
            for contribution in problem.contributions
            if problem.may_pay_charge(contribution, supplier, packages[name])
        )
        costs[name, givers] += charge
    return [_Spending(package, givers, cost) for (package, givers), cost in costs.items()]


def _who_pays(problem: Problem, lines: Sequence[Line], chosen: Sequence[_Allotment]) -> dict[str, int] | None:
    """Say what each contribution pays, the most restricted first; None when the money does not reach."""
    spendings = _spendings(problem, lines, chosen)
    groups = _groups(problem)
    can_pay = {contribution.id: problem.can_pay_minor(contribution) for contribution in problem.contributions}
    whole = [contribution for contribution in problem.contributions if contribution.whole_package_only]
    cost: dict[str, int] = defaultdict(int)
    for spending in spendings:
        cost[spending.package] += spending.cost
    packages = sorted(package for package in cost if package)
    best: tuple[list[int], dict[str, int]] | None = None
    able = [contribution for contribution in whole if contribution.max_share in (None, 1)]
    whole_only = {contribution.id for contribution in whole}
    for payers in product([None, *able], repeat=len(packages)):
        taken = dict(zip(packages, payers, strict=True))
        left = dict(can_pay)
        for package, payer in taken.items():
            if payer is not None:
                left[payer.id] -= cost[package]
        if min(left.values(), default=0) < 0 or any(
            payer is not None and payer.id not in spending.givers
            for spending in spendings
            if spending.package
            for payer in [taken[spending.package]]
        ):
            continue
        rest = [spending for spending in spendings if not spending.package or taken[spending.package] is None]
        capped = {
            (contribution.id, package): floor(contribution.max_share * cost[package])
            for contribution in problem.contributions
            if contribution.max_share is not None
            for package in packages
        }
        covered: list[str] = []
        before = 0
        totals = []
        earlier: list[tuple[tuple[str, ...], int]] = []
        for group in groups:
            earlier.append((tuple(covered), before))
            covered += [contribution.id for contribution in group]
            reach = _reach(covered, left, rest, capped, whole_only)
            paid_whole = sum(can_pay[contribution.id] - left[contribution.id] for contribution in group)
            totals.append(reach - before + paid_whole)
            before = reach
        if before == sum(spending.cost for spending in rest) and (best is None or totals > best[0]):
            paid: dict[str, int] = {}
            for group, total, (names, paid_before) in zip(groups, totals, earlier, strict=True):
                if group[0].max_share is None or len(group) == 1:
                    paid |= _shared(group, total, can_pay)
                    continue
                able_to_pay = [contribution.id for contribution in group if can_pay[contribution.id]]
                most = {
                    frozenset(some): _reach([*names, *some], left, rest, capped, whole_only) - paid_before
                    for size in range(1, len(group) + 1)
                    for some in combinations(able_to_pay, size)
                }
                paid |= _shared_within(group, can_pay, most)
            best = (totals, paid)
    return best[1] if best else None


def _groups(problem: Problem) -> list[list[PlanContribution]]:
    """Put the contributions in the order in which they pay; equal terms pay side by side.

    The fewest (line, offer, package) first; of as many the narrower earmark, then the id. The places of those
    who have a use-by day go to them in the order of these days.
    """
    reach = {
        contribution.id: sum(
            problem.may_pay(contribution, line, offer, package)
            for line, offer, package in product(problem.lines, problem.offers, problem.packages)
        )
        for contribution in problem.contributions
    }
    groups: dict[object, list[PlanContribution]] = defaultdict(list)
    for contribution in sorted(problem.contributions, key=lambda contribution: contribution.id):
        groups[contribution.terms()].append(contribution)
    by_width = sorted(groups.values(), key=lambda group: (reach[group[0].id], _width(group[0]), group[0].id))
    order = []
    for _, alike in groupby(by_width, key=lambda group: reach[group[0].id]):
        places = list(alike)
        dated = [group for group in places if group[0].use_by is not None]
        by_day = iter(sorted(dated, key=lambda group: group[0].use_by or 0))
        order += [next(by_day) if group[0].use_by is not None else group for group in places]
    return order


def _width(one: PlanContribution) -> tuple[int, int, int]:
    """Say how wide an earmark is: the smaller, the narrower."""
    allowed = [len(values) for values in one.earmark.allow.values()]
    return -len(allowed), sum(allowed), -sum(len(values) for values in one.earmark.deny.values())


def _shared_within(
    group: Sequence[PlanContribution], can_pay: Mapping[str, int], most: Mapping[frozenset[str], int]
) -> dict[str, int]:
    """Divide what givers of equal terms pay where each may pay a share of a package at most.

    Means:   the part of its money that each pays is the same, but for those whom their shares keep below it.
             `most` says what each set of those who have money could pay.
    """
    names = [contribution.id for contribution in group if can_pay[contribution.id]]
    quota: dict[str, Fraction] = {}
    while len(quota) < len(names):
        parts = {}
        for some, limit in most.items():
            if some > quota.keys():
                open_to = sum(can_pay[name] for name in some - quota.keys())
                parts[some] = (limit - sum(quota.values())) / Fraction(open_to)
        lowest = min(parts.values())
        tight = max((some for some, part in parts.items() if part == lowest), key=len)
        quota |= {name: lowest * can_pay[name] for name in tight - quota.keys()}
    paid = {contribution.id: floor(quota.get(contribution.id, Fraction(0))) for contribution in group}
    by_remainder = sorted(names, key=lambda name: (paid[name] - quota[name], name))
    left = most[frozenset(names)] - sum(paid.values()) if names else 0
    while left:
        for name in by_remainder:
            more = {**paid, name: paid[name] + 1}
            if left and all(sum(more[giver] for giver in some) <= limit for some, limit in most.items()):
                paid, left = more, left - 1
    return paid


def _reach(
    givers: Sequence[str],
    left: Mapping[str, int],
    spendings: Sequence[_Spending],
    capped: Mapping[tuple[str, str], int],
    whole: set[str],
) -> int:
    """Give the most that `givers` can pay together: the smallest cut between them and the spendings."""
    packages = sorted({spending.package for spending in spendings})
    smallest: int | None = None
    for sides in product((False, True), repeat=len(givers)):
        inside = [giver for giver, side in zip(givers, sides, strict=True) if side]
        total = sum(left[giver] for giver, side in zip(givers, sides, strict=True) if not side)
        for package in packages:
            here = [spending for spending in spendings if spending.package == package]
            total += min(
                _cut(package, here, set_aside, inside, capped, whole)
                for set_aside in product((False, True), repeat=len(here))
            )
        smallest = total if smallest is None else min(smallest, total)
    return smallest or 0


def _cut(
    package: str,
    spendings: Sequence[_Spending],
    set_aside: Sequence[bool],
    inside: Sequence[str],
    capped: Mapping[tuple[str, str], int],
    whole: set[str],
) -> int:
    """Give what crosses a cut in one package: spendings set aside, and caps of givers to the others."""
    value = sum(spending.cost for spending, aside in zip(spendings, set_aside, strict=True) if aside)
    for giver in inside:
        if giver in whole and package:
            continue
        reaches = [
            spending
            for spending, aside in zip(spendings, set_aside, strict=True)
            if not aside and giver in spending.givers
        ]
        if reaches:
            value += capped.get((giver, package), sum(spending.cost for spending in reaches))
    return value


def _shared(group: Sequence[PlanContribution], total: int, can_pay: Mapping[str, int]) -> dict[str, int]:
    """Divide what a group pays in proportion to what each can, by largest remainder, ties by id."""
    whole = sum(can_pay[contribution.id] for contribution in group)
    if whole == 0:
        return {contribution.id: 0 for contribution in group}
    paid = {contribution.id: total * can_pay[contribution.id] // whole for contribution in group}
    by_remainder = sorted(
        group, key=lambda contribution: (-(total * can_pay[contribution.id] % whole), contribution.id)
    )
    for contribution in by_remainder[: total - sum(paid.values())]:
        paid[contribution.id] += 1
    return paid
