"""Say in integers whether what a solver chose can be carried out, before it is taken for a plan."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from pledgeline.plan.aggregate import Choice
from pledgeline.plan.canon import Canon, Option
from pledgeline.plan.pay import MoneyGap, Spend, charge_spend, charges_due, settle
from pledgeline.plan.program import Model, complete_units


def fault_of(model: Model, choice: Choice, stop: Callable[[], bool] = lambda: False) -> MoneyGap | str | None:
    """Say why a choice cannot be carried out; None when it can."""
    broken = _terms_broken(model, choice)
    if broken is not None:
        return broken
    result = settle(model.canon, spent(model, choice), any_way=True, stop=stop)
    return result if isinstance(result, MoneyGap) else None


def spent(model: Model, choice: Choice) -> dict[Spend, int]:
    """Add up what a choice costs in each spend class."""
    costs: dict[Spend, int] = defaultdict(int)
    for key, units in choice.units.items():
        option = model.option(key)
        if option.price:
            costs[model.spend[key]] += option.price * units
    for charge in charges_of(model, choice):
        costs[charge_spend(model.canon, charge)] += model.canon.suppliers[charge[0]].charge_minor
    return costs


def windows_missed(model: Model, choice: Choice) -> list[int]:
    """List the packages that are used and cost less or more than they may."""
    cost: dict[int, int] = defaultdict(int)
    for key, units in choice.units.items():
        option = model.option(key)
        if option.packaged and units:
            cost[option.package] += option.price * units
    for s, p in charges_of(model, choice):
        cost[p] += model.canon.suppliers[s].charge_minor
    return [p for p, amount in cost.items() if not model.canon.bundles[p].fillings(amount)]


def charges_of(model: Model, choice: Choice) -> list[tuple[int, int]]:
    """Give the (supplier, package) charges that a choice causes."""
    return charges_due(model.canon, (model.option(key) for key, units in choice.units.items() if units))


def _terms_broken(model: Model, choice: Choice) -> str | None:
    """Look at all terms but money in integers; a solver's tolerance may have bent one."""
    canon = model.canon
    sold: dict[int, int] = defaultdict(int)
    ordered: dict[tuple[int, int], int] = defaultdict(int)
    nodes_in: dict[int, set[int]] = defaultdict(set)
    by_node: dict[int, list[tuple[Option, int]]] = defaultdict(list)
    for key, units in choice.units.items():
        if units < 0:
            return "units below none"
        option = model.option(key)
        by_node[key[0]].append((option, units))
        if option.stocked:
            sold[option.offer] += units
        if option.pooled:
            ordered[option.offer, option.package] += units
        if option.packaged and units:
            nodes_in[option.package].add(key[0])
    return (
        _stock_broken(canon, sold, ordered)
        or _packages_broken(model, choice, nodes_in)
        or _kits_broken(model, choice, by_node)
        or _pieces_broken(model, choice)
    )


def _stock_broken(
    canon: Canon, sold: Mapping[int, int], ordered: Mapping[tuple[int, int], int]
) -> str | None:
    """Look at what suppliers can deliver, what there is of an offer, and how much of it is ordered at once."""
    by_supplier: dict[int, int] = defaultdict(int)
    for o, units in sold.items():
        by_supplier[canon.seller[o]] += units
    for s, units in by_supplier.items():
        capacity = canon.suppliers[s].capacity if s >= 0 else None
        if capacity is not None and units > capacity:
            return "capacity"
    for o, units in sold.items():
        available = canon.offers[o].available
        if available is not None and units > available:
            return "stock"
    for (o, _), units in ordered.items():
        if units and (units % canon.offers[o].lot or units < canon.offers[o].min_order):
            return "order terms"
    return None


def _packages_broken(model: Model, choice: Choice, nodes_in: Mapping[int, set[int]]) -> str | None:
    """Look at the value of packages and at the number of their lines."""
    if windows_missed(model, choice):
        return "package value"
    for p, nodes in nodes_in.items():
        most = model.canon.bundles[p].max_lines
        if most is not None and len(nodes) > most:
            return "package lines"
    return None


def _kits_broken(model: Model, choice: Choice, by_node: Mapping[int, list[tuple[Option, int]]]) -> str | None:
    """Look whether what is bought is served, and whether kits have all their parts."""
    for n, bought in by_node.items():
        parts = model.canon.kinds[model.nodes[n].kind].parts
        whole = complete_units(parts, bought)
        got = sum(choice.pieces.get((n, p), (0, 0))[0] for p in range(len(model.nodes[n].pieces)))
        if got != whole or (not whole and any(units for _, units in bought)):
            return "surplus"
        for part, count in parts.items():
            if sum(units for option, units in bought if option.part == part) != count * whole:
                return "kit"
    return None


def _pieces_broken(model: Model, choice: Choice) -> str | None:
    """Look whether each line gets as much as it can use."""
    for (n, p), (got, served) in choice.pieces.items():
        if p == len(model.nodes[n].pieces):
            return "surplus"
        piece = model.nodes[n].pieces[p]
        if piece.is_plain and not 0 <= got <= piece.most:
            return "line"
        if not piece.is_plain and not (
            piece.least * served <= got <= piece.most * served and 0 <= served <= len(piece.lines)
        ):
            return "line"
    return None
