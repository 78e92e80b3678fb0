"""Who pays what, exactly: a flow of whole minor units from groups of contributions to what was bought.

Money that is more restricted is spent first, so that the free money stays free. That needs no
optimiser: groups are let in one after another, each pays as much as can still be routed, and what an
earlier group pays in all is never reduced by a later one (only where it goes changes). Only who pays whole
packages has to be tried.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import floor

from pledgeline.money import Amount, split
from pledgeline.plan.canon import Canon, Option
from pledgeline.plan.fair import side_by_side

OUTSIDE = -1
"""Stands for no package: what an excused line buys outside of all package terms."""

_MOST_TRIES = 5_000
"""So many ways to give whole packages to givers are looked at for one payment."""


@dataclass(frozen=True, slots=True)
class Spend:
    """Purchases that the same groups may pay for, in one package (or `OUTSIDE`)."""

    package: int
    payers: int


def spend_of(canon: Canon, option: Option) -> Spend:
    """Give the spend class of an option. Packages matter only where a giver has terms about them."""
    if option.packaged and canon.has_package_terms:
        return Spend(option.package, option.payers)
    return Spend(OUTSIDE, option.payers)


def charge_spend(canon: Canon, charge: tuple[int, int]) -> Spend:
    """Give the spend class of a (supplier, package) charge."""
    return Spend(charge[1] if canon.has_package_terms else OUTSIDE, canon.charge_payers[charge])


def charges_due(canon: Canon, options: Iterable[Option]) -> list[tuple[int, int]]:
    """Give the (supplier, package) charges that orders of these options cause."""
    if not canon.charge_payers:
        return []
    due = {
        (canon.seller[option.offer], option.package)
        for option in options
        if option.pooled and option.packaged
    }
    return sorted(due & canon.charge_payers.keys())


@dataclass(frozen=True, slots=True)
class Settlement:
    """A payment that works: what each group pays in all, and for which spend class.

    `is_sure` says that no other one lets a more restricted group pay more.
    """

    totals: tuple[int, ...]
    routes: Mapping[tuple[int, Spend], int]
    is_sure: bool = True


@dataclass(frozen=True, slots=True)
class MoneyGap:
    """The proof that the money does not reach: what `classes` cost is more than `groups` can pay.

    `by_terms` says that package terms (shares, whole packages) take part, so that the simple sum of the
    groups' money does not show the gap. Where it is not `is_sure`, not every way could be tried.
    """

    classes: frozenset[Spend]
    groups: frozenset[int]
    missing: int
    by_terms: bool
    is_sure: bool = True


class _Network:
    """A flow network with integer capacities, by arcs and their reverses (Dinic's method)."""

    def __init__(self, nodes: int) -> None:
        self.arcs: list[list[int]] = [[] for _ in range(nodes)]
        self.to: list[int] = []
        self.left: list[int] = []

    def connect(self, start: int, end: int, capacity: int) -> int:
        arc = len(self.to)
        self.to += [end, start]
        self.left += [capacity, 0]
        self.arcs[start].append(arc)
        self.arcs[end].append(arc + 1)
        return arc

    def push(self, source: int, sink: int) -> int:
        """Send as much more as can be sent, and say how much that was."""
        sent = 0
        while True:
            level = self._levels(source)
            if level[sink] < 0:
                return sent
            turn = [0] * len(self.arcs)
            while pushed := self._one_path(source, sink, level, turn):
                sent += pushed

    def _levels(self, source: int) -> list[int]:
        level = [-1] * len(self.arcs)
        level[source] = 0
        queue = deque([source])
        while queue:
            node = queue.popleft()
            for arc in self.arcs[node]:
                if self.left[arc] > 0 and level[self.to[arc]] < 0:
                    level[self.to[arc]] = level[node] + 1
                    queue.append(self.to[arc])
        return level

    def _one_path(self, source: int, sink: int, level: list[int], turn: list[int]) -> int:
        path: list[int] = []
        node = source
        while node != sink:
            if turn[node] == len(self.arcs[node]):
                if not path:
                    return 0
                turn_back = path.pop()
                node = self.to[turn_back ^ 1]
                turn[node] += 1
                continue
            arc = self.arcs[node][turn[node]]
            if self.left[arc] > 0 and level[self.to[arc]] == level[node] + 1:
                path.append(arc)
                node = self.to[arc]
            else:
                turn[node] += 1
        amount = min(self.left[arc] for arc in path)
        for arc in path:
            self.left[arc] -= amount
            self.left[arc ^ 1] += amount
        return amount

    def reaches(self, goals: Sequence[int]) -> set[int]:
        """Give the nodes from which one of `goals` can still be reached."""
        found = set(goals)
        queue = deque(goals)
        while queue:
            node = queue.popleft()
            for arc in self.arcs[node]:
                if self.left[arc ^ 1] > 0 and self.to[arc] not in found:
                    found.add(self.to[arc])
                    queue.append(self.to[arc])
        return found


def settle(
    canon: Canon,
    costs: Mapping[Spend, int],
    *,
    any_way: bool = False,
    stop: Callable[[], bool] = lambda: False,
) -> Settlement | MoneyGap:
    """Say what each group pays, the most restricted first, or prove that the money does not reach.

    Units:   minor units of the plan's currency.
    Means:   what groups that pay side by side pay together is the lexicographically largest, in the order in
             which they pay; with `any_way` the first payment that works will do. Which giver pays which
             package whole is tried, and what cannot be better is left out; after 5,000 tries, or when `stop`
             says so, the answer is what is known by then, and it is not sure.
    """
    costs = {spend: cost for spend, cost in costs.items() if cost > 0}
    able = _able(canon, costs)
    if not able:
        return _pay(canon, costs, able, _Way({}, able))
    best: Settlement | None = None
    ways, tries = [_Way({}, frozenset())], 0
    while ways and tries < _MOST_TRIES and not (stop() and (best is not None or any_way)):
        tries += 1
        way = ways.pop()
        result = _pay(canon, costs, able, way)
        if isinstance(result, MoneyGap) or (
            best is not None and _by_side(canon, result.totals) <= _by_side(canon, best.totals)
        ):
            continue
        torn = _torn(costs, able, result)
        if torn is not None:
            ways.append(_Way(way.taken, way.barred | {torn}))
            ways.append(_Way({**way.taken, torn[1]: torn[0]}, way.barred))
            continue
        best = result
        if any_way:
            return best
    if best is not None:
        return replace(best, is_sure=not ways)
    nobody = _pay(canon, costs, able, _Way({}, able))
    return nobody if isinstance(nobody, Settlement) else replace(nobody, is_sure=not ways)


@dataclass(frozen=True, slots=True)
class _Way:
    """Which packages are paid whole by which group, and which groups pay nothing of which package.

    What it does not say is open: a giver of whole packages may then pay a part, to see what can be hoped for.
    """

    taken: Mapping[int, int]
    barred: frozenset[tuple[int, int]]


def _able(canon: Canon, costs: Mapping[Spend, int]) -> frozenset[tuple[int, int]]:
    """Give the (group, package) where a giver of whole packages could pay all of one."""
    cost, payers = _by_package(costs)
    return frozenset(
        (g, package)
        for g, group in enumerate(canon.groups)
        if group.whole_package_only and group.max_share in (None, 1)
        for package, mask in payers.items()
        if mask >> g & 1 and group.total >= cost[package]
    )


def _by_package(costs: Mapping[Spend, int]) -> tuple[dict[int, int], dict[int, int]]:
    """Add up what each package costs, and say who may pay for all of it."""
    cost: dict[int, int] = defaultdict(int)
    payers: dict[int, int] = {}
    for spend, amount in costs.items():
        if spend.package != OUTSIDE:
            cost[spend.package] += amount
            payers[spend.package] = payers.get(spend.package, -1) & spend.payers
    return cost, payers


def _torn(
    costs: Mapping[Spend, int], able: frozenset[tuple[int, int]], result: Settlement
) -> tuple[int, int] | None:
    """Find a giver of whole packages who pays a part of one: the most of it first; None where nobody does."""
    cost, _ = _by_package(costs)
    paid: dict[tuple[int, int], int] = defaultdict(int)
    for (g, spend), amount in result.routes.items():
        if (g, spend.package) in able:
            paid[g, spend.package] += amount
    parts = [(-minor, pair) for pair, minor in paid.items() if 0 < minor < cost[pair[1]]]
    return min(parts)[1] if parts else None


def _by_side(canon: Canon, totals: Sequence[int]) -> list[int]:
    """Add up what groups that pay side by side pay together."""
    return [sum(totals[g] for g in side) for side in canon.sides]


def _pay(
    canon: Canon, costs: Mapping[Spend, int], able: frozenset[tuple[int, int]], way: _Way
) -> Settlement | MoneyGap:
    """Let one side after another pay as much as it can, in this way."""
    groups = canon.groups
    cost: dict[int, int] = defaultdict(int)
    for spend, amount in costs.items():
        cost[spend.package] += amount
    left = [group.total for group in groups]
    for package, g in way.taken.items():
        left[g] -= cost[package]
    if min(left, default=0) < 0:
        return MoneyGap(frozenset(), frozenset(), 0, by_terms=True)
    spends = sorted(
        (spend for spend in costs if spend.package not in way.taken),
        key=lambda spend: (spend.package, spend.payers),
    )
    source, sink = 0, 1
    caps = {
        (g, package): 0
        for g, group in enumerate(groups)
        if group.max_share is not None
        for package in {spend.package for spend in spends} - {OUTSIDE}
    }
    network = _Network(2 + len(groups) + len(spends) + len(caps))
    for place, (g, package) in enumerate(caps):
        share = groups[g].max_share
        assert share is not None
        node = 2 + len(groups) + len(spends) + place
        caps[g, package] = node
        network.connect(2 + g, node, floor(share * cost[package]))
    into_sink = []
    routes = []
    for place, spend in enumerate(spends):
        node = 2 + len(groups) + place
        into_sink.append(network.connect(node, sink, costs[spend]))
        for g, group in enumerate(groups):
            pair = (g, spend.package)
            may = not group.whole_package_only or spend.package == OUTSIDE
            may = may or (pair in able and pair not in way.barred and left[g] >= cost[spend.package])
            if spend.payers >> g & 1 and may:
                start = caps.get(pair, 2 + g)
                routes.append((g, spend, network.connect(start, node, costs[spend])))
    totals = [group.total - left[g] for g, group in enumerate(groups)]
    purses = [network.connect(source, 2 + g, 0) for g in range(len(groups))]
    for side in canon.sides:
        _pay_side(network, [purses[g] for g in side], [left[g] for g in side])
    for g, purse in enumerate(purses):
        totals[g] += network.left[purse ^ 1]
    if any(network.left[arc] > 0 for arc in into_sink):
        return _shortfall(canon, costs, spends, network, into_sink)
    found = {(g, spend): network.left[arc ^ 1] for g, spend, arc in routes if network.left[arc ^ 1]}
    for spend, amount in costs.items():
        if spend.package in way.taken:
            found[way.taken[spend.package], spend] = amount
    return Settlement(tuple(totals), found)


def _shortfall(
    canon: Canon,
    costs: Mapping[Spend, int],
    spends: Sequence[Spend],
    network: _Network,
    into_sink: Sequence[int],
) -> MoneyGap:
    """Read the proof from a network that is full: who could still reach what is not paid for."""
    groups = canon.groups
    short = [place for place, arc in enumerate(into_sink) if network.left[arc] > 0]
    cut = network.reaches([2 + len(groups) + place for place in short])
    tight = frozenset(g for g in range(len(groups)) if 2 + g in cut)
    classes = frozenset(spend for place, spend in enumerate(spends) if 2 + len(groups) + place in cut)
    missing = sum(network.left[into_sink[place]] for place in short)
    plain_gap = sum(costs[spend] for spend in classes) - sum(groups[g].total for g in tight)
    allowed = {g for spend in classes for g in range(len(groups)) if spend.payers >> g & 1}
    return MoneyGap(classes, tight, missing, plain_gap != missing or allowed != tight)


def _pay_side(network: _Network, purses: Sequence[int], can_pay: Sequence[int]) -> None:
    """Let groups of equal terms pay as much as they can together, each its part of it.

    Means:   `purses` are their arcs. What an earlier side pays is never less for it.
    """
    before = network.left.copy()
    total = _filled(network, purses, can_pay)
    if len(purses) == 1 or total == sum(can_pay):
        return
    network.left = before.copy()
    no_end = sum(can_pay) + 1
    together = [_filled(network, [purse], [no_end]) for purse in purses]
    network.left = before
    _filled(network, purses, side_by_side(total, can_pay, list(accumulate(together))))


def _filled(network: _Network, purses: Sequence[int], amounts: Sequence[int]) -> int:
    """Fill purses and send on what goes; say how much that was."""
    for purse, amount in zip(purses, amounts, strict=True):
        network.left[purse] = amount
    return network.push(0, 1)


def shared(canon: Canon, settlement: Settlement) -> dict[str, int]:
    """Divide what each group pays among its contributions, in proportion to what each can pay.

    Rounding is by largest remainder, ties by id.
    """
    paid: dict[str, int] = {}
    for group, total in zip(canon.groups, settlement.totals, strict=True):
        if group.total == 0:
            parts = [0] * len(group.members)
        else:
            amounts = split(Amount(total, canon.problem.currency), list(group.can_pay))
            parts = [amount.minor for amount in amounts]
        paid |= {member.id: part for member, part in zip(group.members, parts, strict=True)}
    return paid
