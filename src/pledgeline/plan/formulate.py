"""Write the aggregated problem as a mixed-integer model.

Lines and givers do not appear: nodes buy units of options, money flows from signatures (groups that may
pay for the same spend classes) to spend classes.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor, inf, lcm

from pledgeline.plan.aggregate import LineNode
from pledgeline.plan.canon import Canon, Option
from pledgeline.plan.pay import Spend, charge_spend, spend_of
from pledgeline.plan.program import Builder, Model, Terms

_COMFORTABLE = 10**4
"""Amounts are scaled so that none is larger than this in the solver's eyes."""

_FELT = 1e-5
"""What costs less than this, so scaled, a solver's tolerance may take for nothing."""

_COUNTED = 10**7
"""Where no cent may be lost to rounding money is counted in whole units instead, of which there are at most so many:
prices rounded down, sums up. Between prices that differ by less than it tells apart, or a limit that is nearly a
whole number, a solver leaves out plans that are allowed; whole numbers have neither."""


def formulate(
    canon: Canon, nodes: Sequence[LineNode], *, lean: bool = False, to_the_cent: bool = False
) -> Model:
    """Write the model: units, order terms, packages, money.

    With `lean` only what a relaxation without integers feels: no lots, minimum orders and least amounts,
    and one column for all pieces of a node that have the same slope, kept under the first of them.
    With `to_the_cent` no rounding cuts off what can be paid: prices and rows of money give way. What then is too
    dear integers refuse, and `exact_rows.py` adds what keeps it out.
    """
    purses = canon.spendable()
    unit = _money_unit(purses, _COUNTED if to_the_cent else _COMFORTABLE)
    model = Model(canon, tuple(nodes), unit, Builder(), {}, {}, {}, {}, {}, {})
    if to_the_cent:
        model.coarse, model.slack = unit, 0.4
    money = _money_by_payers(canon, purses)
    for n, node in enumerate(nodes):
        _add_node(model, n, node, money, lean=lean)
    known: dict[tuple[int, bool, int], Spend] = {}
    for key in model.units:
        option = model.option(key)
        about = (option.package, option.packaged, option.payers)
        if about not in known:
            known[about] = spend_of(canon, option)
        model.spend[key] = known[about]
    _add_order_terms(model, lean=lean)
    _add_suppliers(model, lean=lean)
    _add_packages(model, lean=lean)
    _add_money(model, purses)
    return model


def _money_unit(purses: Sequence[int], most: int) -> int:
    largest = max(purses, default=0)
    unit = 1
    while largest > unit * most:
        unit *= 10
    return unit


def _money_by_payers(canon: Canon, purses: Sequence[int]) -> dict[int, int]:
    """Add up what may be paid by each set of groups that may pay for something."""
    masks = {option.payers for kind in canon.kinds for option in kind.options}
    return {mask: sum(total for g, total in enumerate(purses) if mask >> g & 1) for mask in masks}


def _most_units(canon: Canon, node: LineNode, option: Option, capacity: int, money: Mapping[int, int]) -> int:
    """Bound the units of an option by stock, by need and by the money that may pay for it."""
    kind = canon.kinds[node.kind]
    most = capacity * kind.parts.get(option.part, 1)
    if not kind.counts_whole():
        most = floor((capacity + 1) / option.counts)
    available = canon.offers[option.offer].available
    if option.stocked and available is not None:
        most = min(most, available)
    if option.price:
        most = min(most, money[option.payers] // option.price)
        bundle = canon.bundles[option.package]
        window = bundle.window()
        if option.packaged and window is not None:
            most = min(most, max(0, bundle.copies * window[1]) // option.price)
    return most


def _add_node(model: Model, n: int, node: LineNode, money: Mapping[int, int], *, lean: bool) -> None:
    """Add what a node buys and what its pieces get of it."""
    built, kind, room = model.builder, model.canon.kinds[node.kind], node.capacity
    own: list[tuple[int, int]] = []
    for o, option in enumerate(kind.options):
        most = _most_units(model.canon, node, option, room, money)
        if most > 0:
            model.units[n, o] = built.column(most)
            own.append((o, model.units[n, o]))
    got: Terms = []
    if lean:
        capacity: dict[Fraction, int] = defaultdict(int)
        for piece in node.pieces:
            capacity[piece.slope] += piece.capacity
        for p, piece in enumerate(node.pieces):
            if piece.slope in capacity:
                model.taken[n, p] = built.column(capacity.pop(piece.slope), integer=False)
                got.append((model.taken[n, p], 1.0))
    for p, piece in enumerate(() if lean else node.pieces):
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
    if not lean:
        _add_completion(model, n, node, own, got)


def _add_fractions(model: Model, node: LineNode, own: Sequence[tuple[int, int]], got: Terms) -> None:
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


def _add_completion(model: Model, n: int, node: LineNode, own: Sequence[tuple[int, int]], got: Terms) -> None:
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


def _add_order_terms(model: Model, *, lean: bool) -> None:
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
    unstocked = {column for key, column in model.units.items() if not model.option(key).stocked}
    for (o, _), columns in sorted(pools.items()) if not lean else ():
        offer = canon.offers[o]
        most = int(sum(built.upper[column] for column in columns))
        if offer.available is not None and unstocked.isdisjoint(columns):
            most = min(most, max(offer.available, 0))
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


def _add_suppliers(model: Model, *, lean: bool) -> None:
    """Add what suppliers set for all their offers together: how much they deliver, and what it costs."""
    built, canon = model.builder, model.canon
    sold: dict[int, list[int]] = defaultdict(list)
    ordered: dict[tuple[int, int], list[int]] = defaultdict(list)
    for key, column in model.units.items():
        option = model.option(key)
        supplier = canon.seller[option.offer]
        if supplier >= 0 and option.stocked:
            sold[supplier].append(column)
        if option.pooled and option.packaged and (supplier, option.package) in canon.charge_payers:
            ordered[supplier, option.package].append(column)
    for s, columns in sorted(sold.items()):
        capacity = canon.suppliers[s].capacity
        if capacity is not None:
            built.row([(column, 1.0) for column in columns], -inf, float(capacity))
    for charge, columns in sorted(ordered.items()) if not lean else ():
        due = model.charged[charge] = built.column(1.0)
        for column in columns:
            built.row([(column, 1.0), (due, -built.upper[column])], -inf, 0.0)


def _add_packages(model: Model, *, lean: bool) -> None:
    """Add value windows and line counts."""
    built, canon = model.builder, model.canon
    inside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, column in model.units.items():
        option = model.option(key)
        if option.packaged:
            inside[option.package].append((key[0], column))
    price = {column: model.option(key).price for key, column in model.units.items()}
    for p, bundle in enumerate(canon.bundles):
        columns = inside[p]
        if not columns:
            continue
        _add_window(model, p, [column for _, column in columns], price, lean=lean)
        by_node: dict[int, list[int]] = defaultdict(list)
        for n, column in columns:
            by_node[n].append(column)
        if bundle.max_lines is not None and bundle.max_lines < len(by_node) and not lean:
            counted: Terms = []
            for _, bought in sorted(by_node.items()):
                here = built.column(1.0)
                counted.append((here, 1.0))
                for column in bought:
                    built.row([(column, 1.0), (here, -built.upper[column])], -inf, 0.0)
            built.row(counted, -inf, float(bundle.max_lines))


def _add_window(
    model: Model, p: int, columns: Sequence[int], price: Mapping[int, int], *, lean: bool
) -> None:
    """Let a bundle cost nothing, or as much as some of its packages within their window."""
    bundle = model.canon.bundles[p]
    window = bundle.window()
    if window is None:
        return
    least, most = window
    built, unit = model.builder, model.money_unit
    slack = model.slack or 0.4 / unit
    minor = {column: price[column] for column in columns if price[column]}
    minor |= {
        column: model.canon.suppliers[s].charge_minor
        for (s, where), column in model.charged.items()
        if where == p
    }
    cost = [(column, model.down(amount)) for column, amount in minor.items()]
    if least <= 0 or lean:
        built.row(cost, -inf, model.up(bundle.copies * most) + slack)
        return
    used = model.used[p] = built.column(float(bundle.copies))
    at_least = [(column, model.up(amount)) for column, amount in minor.items()]
    built.row([*at_least, (used, -model.down(least) + slack)], 0.0, inf)
    built.row([*cost, (used, -model.up(most) - slack)], -inf, 0.0)
    for column in columns:
        # What costs something is tied to `used` by its cost already; a row for each would double the model.
        if price[column] < unit * _FELT:
            built.row([(column, 1.0), (used, -built.upper[column])], -inf, 0.0)


def _add_money(model: Model, purses: Sequence[int]) -> None:
    """Let money flow from signatures to spend classes."""
    built, canon = model.builder, model.canon
    classes: dict[Spend, list[tuple[int, int]]] = defaultdict(list)
    for key, column in model.units.items():
        option = model.option(key)
        if option.price:
            classes[model.spend[key]].append((column, option.price))
    for charge, column in model.charged.items():
        classes[charge_spend(canon, charge)].append((column, canon.suppliers[charge[0]].charge_minor))
    spends = sorted(classes, key=lambda spend: (spend.package, spend.payers))
    signatures: dict[tuple[tuple[int, ...], int], list[int]] = defaultdict(list)
    for g, group in enumerate(canon.groups):
        own = g if group.whole_package_only or group.max_share is not None else -1
        reach = tuple(place for place, spend in enumerate(spends) if spend.payers >> g & 1)
        signatures[reach, own].append(g)
    flows: dict[Spend, list[int]] = defaultdict(list)
    into: dict[tuple[int, int], list[tuple[int, Spend]]] = defaultdict(list)
    for (reach, own), groups in signatures.items():
        money = sum(purses[g] for g in groups)
        paid = []
        for place in reach:
            spend = spends[place]
            flow = built.column(inf, integer=False)
            flows[spend].append(flow)
            paid.append(flow)
            if own != -1:
                into[own, spend.package].append((flow, spend))
        if paid:
            built.row([(flow, 1.0) for flow in paid], -inf, model.up(money) + model.slack)
    for spend in spends:
        cost = [(column, -model.down(price)) for column, price in classes[spend]]
        built.row([(flow, 1.0) for flow in flows[spend]] + cost, 0.0, 0.0)
    for (g, package), pairs in sorted(into.items()):
        if package >= 0:
            total = [
                (column, price)
                for spend in spends
                if spend.package == package
                for column, price in classes[spend]
            ]
            _add_own_terms(model, g, [flow for flow, _ in pairs], total, purses)


def _add_own_terms(
    model: Model, g: int, flows: Sequence[int], cost: Sequence[tuple[int, int]], purses: Sequence[int]
) -> None:
    """Bound what one giver pays of one package: a share of it, or all or nothing."""
    built, group = model.builder, model.canon.groups[g]
    paid = [(flow, 1.0) for flow in flows]
    if group.max_share is not None:
        share = group.max_share
        part = [(flow, float(share.denominator)) for flow in flows]
        whole = [(column, -share.numerator * model.up(price)) for column, price in cost]
        built.row(part + whole, -inf, model.slack)
    if group.whole_package_only:
        pays = built.column(1.0)
        dearest = sum(model.up(price) * built.upper[column] for column, price in cost)
        everything = min(dearest, model.up(sum(purses)))
        most = min(dearest, model.up(purses[g]))
        built.row([*paid, (pays, -most)], -inf, model.slack)
        built.row(
            [(column, model.down(price)) for column, price in cost]
            + [(flow, -1.0) for flow in flows]
            + [(pays, everything)],
            -inf,
            everything + model.slack,
        )
