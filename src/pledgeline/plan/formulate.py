"""Write the aggregated problem as a mixed-integer model, and read a solver's point back as a choice.

Lines and givers do not appear: nodes buy units of options, money flows from signatures (groups that may
pay for the same spend classes) to spend classes. All numbers a solver sees are scaled to its liking;
the choice that comes back is integers, and is checked in integers.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor, inf, lcm

import numpy as np

from pledgeline.plan.aggregate import Choice, Node
from pledgeline.plan.canon import Canon, Option
from pledgeline.plan.pay import Spend, spend_of
from pledgeline.plan.solver import Matrix, Vector

_COMFORTABLE = 10**4
"""Amounts are scaled so that none is larger than this in the solver's eyes."""

_WIDE = 100
"""An integer with a range of at least this is left continuous where only a bound is wanted."""

Terms = list[tuple[int, float]]


@dataclass(slots=True)
class _Builder:
    """Collects columns and rows."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def column(self, upper: float, *, lower: float = 0.0, integer: bool = True) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.integer.append(integer)
        return len(self.lower) - 1

    def row(self, terms: Terms, lower: float, upper: float) -> None:
        self.rows.append((terms, lower, upper))


@dataclass(slots=True)
class Model:
    """The model and what its columns mean.

    `units` maps (node, option) and `taken` (node, piece) to columns; `served` maps a piece that is not
    plain to the column counting its lines; `complete` maps (node, day) to units complete on that day.
    `spend` says in which spend class an option's cost falls.
    """

    canon: Canon
    nodes: tuple[Node, ...]
    money_unit: int
    builder: _Builder
    units: dict[tuple[int, int], int]
    taken: dict[tuple[int, int], int]
    served: dict[tuple[int, int], int]
    complete: dict[tuple[int, int], int]
    spend: dict[tuple[int, int], Spend]

    def matrix(
        self,
        *,
        relaxed: bool = False,
        wide_is_continuous: bool = False,
        bounds: Mapping[int, tuple[float, float]] | None = None,
        held: Sequence[tuple[Terms, float, float]] = (),
    ) -> Matrix:
        """Give the arrays: as they are, without any integrality, or with wide integers let go.

        `bounds` narrows columns and `held` adds rows, for this once.
        """
        built = self.builder
        rows = [*built.rows, *held]
        lower, upper = np.array(built.lower), np.array(built.upper)
        for column, (low, high) in (bounds or {}).items():
            lower[column], upper[column] = max(lower[column], low), min(upper[column], high)
        integer = np.array(built.integer, dtype=np.bool_)
        if relaxed:
            integer[:] = False
        elif wide_is_continuous:
            integer &= upper - lower < _WIDE
        lengths = [len(terms) for terms, _, _ in rows]
        return Matrix(
            col_lower=lower,
            col_upper=upper,
            is_integer=integer,
            row_lower=np.array([low for _, low, _ in rows], dtype=np.float64),
            row_upper=np.array([high for _, _, high in rows], dtype=np.float64),
            starts=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
            columns=np.array([column for terms, _, _ in rows for column, _ in terms], dtype=np.int32),
            values=np.array([value for terms, _, _ in rows for _, value in terms], dtype=np.float64),
        )

    def vector(self, terms: Terms) -> Vector:
        """Write an objective as one number for each column."""
        found = np.zeros(len(self.builder.lower))
        for column, value in terms:
            found[column] += value
        return found

    def option(self, key: tuple[int, int]) -> Option:
        """Give the option behind (node, option)."""
        return self.canon.kinds[self.nodes[key[0]].kind].options[key[1]]

    def cut_off(self, values: Mapping[tuple[int, int], int], *, only_down: bool) -> None:
        """Forbid a choice of units that integers do not allow.

        Means:   one of the named columns must change; with `only_down` one must shrink, which is right
                 where buying more of the same cannot help either.
        """
        built = self.builder
        switches: Terms = []
        for key, value in values.items():
            column = self.units[key]
            upper = built.upper[column]
            if value > 0:
                switch = built.column(1.0)
                built.row([(column, 1.0), (switch, upper - value + 1)], -inf, upper)
                switches.append((switch, 1.0))
            if not only_down and value < upper:
                switch = built.column(1.0)
                built.row([(column, 1.0), (switch, -(value + 1.0))], 0.0, inf)
                switches.append((switch, 1.0))
        built.row(switches, 1.0, inf)

    def choice(self, point: Vector) -> Choice:
        """Read a point as integers. Units decide; what the pieces get follows from them."""
        units = {key: number for key, column in self.units.items() if (number := round(float(point[column])))}
        by_node: dict[int, list[tuple[Option, int]]] = defaultdict(list)
        for (n, o), number in units.items():
            by_node[n].append((self.option((n, o)), number))
        pieces: dict[tuple[int, int], tuple[int, int]] = {}
        for n, bought in by_node.items():
            node = self.nodes[n]
            left = complete_units(self.canon.kinds[node.kind].parts, bought)
            for p, piece in enumerate(node.pieces):
                if not piece.is_plain:
                    got = round(float(point[self.taken[n, p]])) * piece.step
                    pieces[n, p] = (got, round(float(point[self.served[n, p]])))
                    left -= got
            for p, piece in enumerate(node.pieces):
                if piece.is_plain:
                    pieces[n, p] = (min(left, piece.most), 0)
                    left -= pieces[n, p][0]
            if left:
                pieces[n, len(node.pieces)] = (left, 0)
        return Choice(units, pieces)

    def point(self, choice: Choice, like: Vector | None) -> Vector:
        """Write a choice as a point to start from. What it does not say is taken from `like`, or left open.

        Means:   NaN is open: a solver fills it in.
        """
        point = np.full(len(self.builder.lower), np.nan)
        if like is not None:
            point[: len(like)] = like
        for key, column in self.units.items():
            point[column] = choice.units.get(key, 0)
        for (n, p), column in self.taken.items():
            piece = self.nodes[n].pieces[p]
            got, served = choice.pieces.get((n, p), (0, 0))
            point[column] = got if piece.is_plain else got // piece.step
            if not piece.is_plain:
                point[self.served[n, p]] = served
        return point


def complete_units(parts: Mapping[str, int], bought: Iterable[tuple[Option, int]]) -> int:
    """Count what units make: whole kits, or units of the line's item with a last fraction cut off."""
    if parts:
        have: dict[str, int] = defaultdict(int)
        for option, units in bought:
            have[option.part] += units
        return min(have[part] // count for part, count in parts.items())
    return floor(sum((option.counts * units for option, units in bought), Fraction(0)))


def formulate(canon: Canon, nodes: Sequence[Node]) -> Model:
    """Write the model of section 3 of the planning notes: units, order terms, packages, money."""
    model = Model(canon, tuple(nodes), _money_unit(canon), _Builder(), {}, {}, {}, {}, {})
    for n, node in enumerate(nodes):
        _add_node(model, n, node)
    known: dict[tuple[int, bool, int], Spend] = {}
    for key in model.units:
        option = model.option(key)
        about = (option.package, option.packaged, option.payers)
        if about not in known:
            known[about] = spend_of(canon, option)
        model.spend[key] = known[about]
    _add_order_terms(model)
    _add_packages(model)
    _add_money(model)
    return model


def _money_unit(canon: Canon) -> int:
    largest = max((group.total for group in canon.groups), default=0)
    unit = 1
    while largest > unit * _COMFORTABLE:
        unit *= 10
    return unit


def _most_units(canon: Canon, node: Node, option: Option) -> int:
    """Bound the units of an option by stock, by need and by the money that may pay for it."""
    kind = canon.kinds[node.kind]
    most = node.capacity * kind.parts.get(option.part, 1)
    if not kind.counts_whole():
        most = floor((node.capacity + 1) / option.counts)
    available = canon.offers[option.offer].available
    if option.stocked and available is not None:
        most = min(most, available)
    if option.price:
        money = sum(group.total for g, group in enumerate(canon.groups) if option.payers >> g & 1)
        most = min(most, money // option.price)
    return most


def _add_node(model: Model, n: int, node: Node) -> None:
    """Add what a node buys and what its pieces get of it."""
    built, kind = model.builder, model.canon.kinds[node.kind]
    for o, option in enumerate(kind.options):
        most = _most_units(model.canon, node, option)
        if most > 0:
            model.units[n, o] = built.column(most)
    got: Terms = []
    for p, piece in enumerate(node.pieces):
        if piece.is_plain:
            model.taken[n, p] = built.column(piece.most, integer=not kind.counts_whole())
            got.append((model.taken[n, p], 1.0))
            continue
        count, steps = len(piece.lines), piece.most // piece.step
        taken = model.taken[n, p] = built.column(steps * count)
        served = model.served[n, p] = built.column(count)
        got.append((taken, float(piece.step)))
        built.row([(taken, float(piece.step)), (served, -float(piece.least))], 0.0, inf)
        built.row([(taken, 1.0), (served, -float(steps))], -inf, 0.0)
    own = [(key[1], column) for key, column in model.units.items() if key[0] == n]
    if kind.parts:
        for part, count in sorted(kind.parts.items()):
            units = [(column, 1.0) for o, column in own if kind.options[o].part == part]
            built.row(units + [(column, -value * count) for column, value in got], 0.0, 0.0)
    elif kind.counts_whole():
        built.row(
            [(column, 1.0) for _, column in own] + [(column, -value) for column, value in got], 0.0, 0.0
        )
    else:
        _add_fractions(model, node, own, got)
    _add_completion(model, n, node, own, got)


def _add_fractions(model: Model, node: Node, own: Sequence[tuple[int, int]], got: Terms) -> None:
    """Let substitutes count with their ratio: a last fraction of a unit is lost, and nothing buys nothing."""
    built, options = model.builder, model.canon.kinds[node.kind].options
    scale = lcm(*(options[o].counts.denominator for o, _ in own)) if own else 1
    counted = [(column, float(options[o].counts * scale)) for o, column in own]
    less = [(column, -value * scale) for column, value in got]
    built.row(counted + less, 0.0, float(scale - 1))
    if any(options[o].counts < 1 for o, _ in own):
        served = built.column(1.0)
        built.row([*got, (served, -1.0)], 0.0, inf)
        for _, column in own:
            built.row([(column, 1.0), (served, -built.upper[column])], -inf, 0.0)


def _add_completion(model: Model, n: int, node: Node, own: Sequence[tuple[int, int]], got: Terms) -> None:
    """Count kits and substituted units by the day on which they are complete."""
    built, kind = model.builder, model.canon.kinds[node.kind]
    days = sorted({kind.options[o].arrives for o, _ in own})
    if kind.counts_whole() and not kind.parts:
        return
    for day in days:
        model.complete[n, day] = built.column(node.capacity)
    built.row(
        [(model.complete[n, day], 1.0) for day in days] + [(column, -value) for column, value in got],
        0.0,
        0.0,
    )
    scale = lcm(*(kind.options[o].counts.denominator for o, _ in own)) if own else 1
    for place, day in enumerate(days[:-1]):
        done = [model.complete[n, earlier] for earlier in days[: place + 1]]
        for part in sorted(kind.parts) or [""]:
            needed = kind.parts.get(part, 1) * scale
            arrived = [
                (column, float(kind.options[o].counts * scale))
                for o, column in own
                if kind.options[o].arrives <= day and kind.options[o].part == part
            ]
            built.row(arrived + [(column, -float(needed)) for column in done], 0.0, inf)


def _add_order_terms(model: Model) -> None:
    """Add stock, lots and minimum orders, each pooled over all nodes."""
    built, canon = model.builder, model.canon
    stock: dict[int, list[int]] = defaultdict(list)
    pools: dict[tuple[int, int], list[int]] = defaultdict(list)
    for key, column in model.units.items():
        option = model.option(key)
        if option.stocked:
            stock[option.offer].append(column)
        if option.pooled:
            pools[option.offer, option.package].append(column)
    for o, columns in sorted(stock.items()):
        available = canon.offers[o].available
        if available is not None and sum(built.upper[column] for column in columns) > available:
            built.row([(column, 1.0) for column in columns], -inf, float(available))
    for (o, _), columns in sorted(pools.items()):
        offer = canon.offers[o]
        most = int(sum(built.upper[column] for column in columns))
        if offer.available is not None:
            most = min(most, max(offer.available, 0)) if _all_stocked(model, columns) else most
        least = -(-offer.min_order // offer.lot) * offer.lot
        most = most // offer.lot * offer.lot
        pool = [(column, 1.0) for column in columns]
        if most == 0 or least > most:
            for column in columns:
                built.upper[column] = 0.0
            continue
        if offer.lot > 1:
            lots = built.column(most // offer.lot)
            built.row([*pool, (lots, -float(offer.lot))], 0.0, 0.0)
        if least > offer.lot or (offer.lot == 1 and least > 1):
            ordered = built.column(1.0)
            built.row([*pool, (ordered, -float(least))], 0.0, inf)
            built.row([*pool, (ordered, -float(most))], -inf, 0.0)


def _all_stocked(model: Model, columns: Sequence[int]) -> bool:
    wanted = set(columns)
    return all(model.option(key).stocked for key, column in model.units.items() if column in wanted)


def _add_packages(model: Model) -> None:
    """Add value windows and line counts."""
    built, canon = model.builder, model.canon
    inside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, column in model.units.items():
        option = model.option(key)
        if option.packaged:
            inside[option.package].append((key[0], column))
    price = {column: model.option(key).price for key, column in model.units.items()}
    for p, package in enumerate(canon.packages):
        columns = inside[p]
        if not columns:
            continue
        if package.target_minor is not None:
            _add_window(
                model,
                [column for _, column in columns],
                price,
                package.target_minor - package.tolerance_minor,
                package.target_minor + package.tolerance_minor,
            )
        nodes = sorted({n for n, _ in columns})
        if package.max_lines is not None and package.max_lines < len(nodes):
            counted: Terms = []
            for n in nodes:
                here = built.column(1.0)
                counted.append((here, 1.0))
                for m, column in columns:
                    if m == n:
                        built.row([(column, 1.0), (here, -built.upper[column])], -inf, 0.0)
            built.row(counted, -inf, float(package.max_lines))


def _add_window(
    model: Model, columns: Sequence[int], price: Mapping[int, int], least: int, most: int
) -> None:
    """Let a package cost nothing, or between `least` and `most`."""
    built, unit = model.builder, model.money_unit
    cost = [(column, price[column] / unit) for column in columns if price[column]]
    if least <= 0:
        built.row(cost, -inf, (most + 0.4) / unit)
        return
    used = built.column(1.0)
    built.row([*cost, (used, -(least - 0.4) / unit)], 0.0, inf)
    built.row([*cost, (used, -(most + 0.4) / unit)], -inf, 0.0)
    for column in columns:
        built.row([(column, 1.0), (used, -built.upper[column])], -inf, 0.0)


def _add_money(model: Model) -> None:
    """Let money flow from signatures to spend classes."""
    built, canon, unit = model.builder, model.canon, model.money_unit
    classes: dict[Spend, list[tuple[int, int]]] = defaultdict(list)
    for key, column in model.units.items():
        option = model.option(key)
        if option.price:
            classes[model.spend[key]].append((column, option.price))
    spends = sorted(classes, key=lambda spend: (spend.package, spend.payers))
    signatures: dict[tuple[tuple[int, ...], int], list[int]] = defaultdict(list)
    for g, group in enumerate(canon.groups):
        own = g if group.whole_package_only or group.max_share is not None else -1
        reach = tuple(place for place, spend in enumerate(spends) if spend.payers >> g & 1)
        signatures[reach, own].append(g)
    flows: dict[Spend, list[int]] = defaultdict(list)
    into: dict[tuple[int, int], list[tuple[int, Spend]]] = defaultdict(list)
    for (reach, own), groups in signatures.items():
        money = sum(canon.groups[g].total for g in groups)
        paid = []
        for place in reach:
            spend = spends[place]
            flow = built.column(inf, integer=False)
            flows[spend].append(flow)
            paid.append(flow)
            if own != -1:
                into[own, spend.package].append((flow, spend))
        if paid:
            built.row([(flow, 1.0) for flow in paid], -inf, money / unit)
    for spend in spends:
        cost = [(column, -price / unit) for column, price in classes[spend]]
        built.row([(flow, 1.0) for flow in flows[spend]] + cost, 0.0, 0.0)
    for (g, package), pairs in sorted(into.items()):
        if package >= 0:
            total = [
                (column, price / unit)
                for spend in spends
                if spend.package == package
                for column, price in classes[spend]
            ]
            _add_own_terms(model, g, [flow for flow, _ in pairs], total)


def _add_own_terms(model: Model, g: int, flows: Sequence[int], cost: Terms) -> None:
    """Bound what one giver pays of one package: a share of it, or all or nothing."""
    built, group = model.builder, model.canon.groups[g]
    paid = [(flow, 1.0) for flow in flows]
    if group.max_share is not None:
        share = float(group.max_share)
        built.row(paid + [(column, -share * value) for column, value in cost], -inf, 0.0)
    if group.whole_package_only:
        pays = built.column(1.0)
        most = group.total / model.money_unit
        everything = sum(other.total for other in model.canon.groups) / model.money_unit
        built.row([*paid, (pays, -most)], -inf, 0.0)
        built.row(
            [(column, value) for column, value in cost]
            + [(flow, -1.0) for flow in flows]
            + [(pays, everything)],
            -inf,
            everything,
        )
