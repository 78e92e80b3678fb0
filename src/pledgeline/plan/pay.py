"""Who pays what, exactly: a flow of whole minor units from groups of contributions to what was bought.

Money that is more restricted is spent first, so that the free money stays free. That needs no
optimiser: groups are let in one after another, each pays as much as can still be routed, and what an
earlier group pays in all is never reduced by a later one (only where it goes changes).
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor

from pledgeline.money import Amount, split
from pledgeline.plan.canon import Canon, Option

OUTSIDE = -1
"""Stands for no package: what an excused line buys outside of all package terms."""

_MOST_ASSIGNMENTS = 20_000


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
    """A payment that works: what each group pays in all, and for which spend class."""

    totals: tuple[int, ...]
    routes: Mapping[tuple[int, Spend], int]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The proof that the money does not reach: what `classes` cost is more than `groups` can pay.

    `by_terms` says that package terms (shares, whole packages) take part, so that the simple sum of the
    groups' money does not show the gap.
    """

    classes: frozenset[Spend]
    groups: frozenset[int]
    missing: int
    by_terms: bool


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


def settle(canon: Canon, costs: Mapping[Spend, int]) -> Settlement | Shortfall:
    """Say what each group pays, the most restricted first, or prove that the money does not reach.

    Units:   minor units of the plan's currency.
    Means:   totals are the lexicographically largest in the order of the groups. Where givers of whole
             packages are many, only the first 20,000 ways to give them packages are compared.
    """
    costs = {spend: cost for spend, cost in costs.items() if cost > 0}
    best: Settlement | None = None
    first: Shortfall | None = None
    for number, taken in enumerate(_assignments(canon, costs)):
        if number == _MOST_ASSIGNMENTS:
            break
        result = _settle_rest(canon, costs, taken)
        if isinstance(result, Shortfall):
            first = first or result
        elif best is None or result.totals > best.totals:
            best = result
    if best is not None:
        return best
    assert first is not None
    return first


def _assignments(canon: Canon, costs: Mapping[Spend, int]) -> Iterator[dict[int, int]]:
    """List the ways to let givers of whole packages pay for packages; the first is: none does."""
    able = [  # who may pay less than all of a package can pay none of it whole
        g for g, group in enumerate(canon.groups) if group.whole_package_only and group.max_share in (None, 1)
    ]
    cost: dict[int, int] = defaultdict(int)
    payers: dict[int, int] = {}
    for spend, amount in costs.items():
        if spend.package != OUTSIDE:
            cost[spend.package] += amount
            payers[spend.package] = payers.get(spend.package, -1) & spend.payers
    packages = sorted(cost)

    def visit(place: int, taken: dict[int, int], left: dict[int, int]) -> Iterator[dict[int, int]]:
        if place == len(packages):
            yield dict(taken)
            return
        package = packages[place]
        yield from visit(place + 1, taken, left)
        for g in able:
            if payers[package] >> g & 1 and left[g] >= cost[package]:
                yield from visit(place + 1, taken | {package: g}, left | {g: left[g] - cost[package]})

    yield from visit(0, {}, {g: canon.groups[g].total for g in able})


def _settle_rest(
    canon: Canon, costs: Mapping[Spend, int], taken: Mapping[int, int]
) -> Settlement | Shortfall:
    groups = canon.groups
    cost: dict[int, int] = defaultdict(int)
    for spend, amount in costs.items():
        cost[spend.package] += amount
    left = [group.total for group in groups]
    whole_totals = [0] * len(groups)
    for package, g in taken.items():
        left[g] -= cost[package]
        whole_totals[g] += cost[package]
    spends = sorted(
        (spend for spend in costs if spend.package not in taken), key=lambda one: (one.package, one.payers)
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
            if spend.payers >> g & 1 and not (group.whole_package_only and spend.package != OUTSIDE):
                start = caps.get((g, spend.package), 2 + g)
                routes.append((g, spend, network.connect(start, node, costs[spend])))
    totals = []
    for g in range(len(groups)):
        network.connect(source, 2 + g, left[g])
        totals.append(network.push(source, sink) + whole_totals[g])
    short = [place for place, arc in enumerate(into_sink) if network.left[arc] > 0]
    if short:
        cut = network.reaches([2 + len(groups) + place for place in short])
        tight = frozenset(g for g in range(len(groups)) if 2 + g in cut)
        classes = frozenset(spend for place, spend in enumerate(spends) if 2 + len(groups) + place in cut)
        missing = sum(network.left[into_sink[place]] for place in short)
        plain_gap = sum(costs[spend] for spend in classes) - sum(groups[g].total for g in tight)
        allowed = {g for spend in classes for g in range(len(groups)) if spend.payers >> g & 1}
        return Shortfall(classes, tight, missing, plain_gap != missing or allowed != tight)
    found = {(g, spend): network.left[arc ^ 1] for g, spend, arc in routes if network.left[arc ^ 1]}
    for spend, amount in costs.items():
        if spend.package in taken:
            found[taken[spend.package], spend] = amount
    return Settlement(tuple(totals), found)


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
