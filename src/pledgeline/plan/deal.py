"""Deal what was bought for a bundle out to its packages, so that each keeps its own terms.

A bundle is planned as one package. What it left out is small: each order of an offer in one of the
packages must be a whole order, and each package's value must lie in its window. That is a question of
which order goes where; no line and no giver gains or loses by the answer.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import inf

import numpy as np

from pledgeline.plan.aggregate import BoughtUnits
from pledgeline.plan.canon import Bundle, Canon
from pledgeline.plan.policy import Limits
from pledgeline.plan.program import Builder, matrix_of
from pledgeline.plan.solver import Solver, Status

Orders = Mapping[tuple[int, int], int]
"""Units by (offer, bundle)."""

_NODES = 5_000


def dealt_out(
    bundled: Canon, canon: Canon, bought: Sequence[BoughtUnits], solver: Solver, stop: Callable[[], bool]
) -> tuple[BoughtUnits, ...] | None:
    """Give what was bought for bundles in terms of the packages in `canon`; None where no way was found.

    Means:   it is looked for until `stop` says that it takes too long.
    """
    orders: dict[tuple[int, int], int] = defaultdict(int)
    for purchase in bought:
        orders[purchase.option.offer, purchase.option.package] += purchase.units
    dealt = _deal(bundled, orders, solver, stop)
    if dealt is None:
        return None
    place = {package.id: p for p, package in enumerate(canon.packages)}
    queues = {key: deque(parts) for key, parts in dealt.items()}
    found = []
    for purchase in bought:
        queue, units = queues[purchase.option.offer, purchase.option.package], purchase.units
        while units:
            name, there = queue.popleft()
            take = min(units, there)
            found.append(replace(purchase, option=replace(purchase.option, package=place[name]), units=take))
            units -= take
            if there > take:
                queue.appendleft((name, there - take))
    return tuple(found)


def _deal(
    canon: Canon, orders: Orders, solver: Solver, stop: Callable[[], bool]
) -> dict[tuple[int, int], list[tuple[str, int]]] | None:
    """Say for each (offer, bundle) which package takes how many units; None where no way was found."""
    by_bundle: dict[int, dict[int, int]] = defaultdict(dict)
    for (o, b), units in sorted(orders.items()):
        if units:
            by_bundle[b][o] = units
    dealt: dict[tuple[int, int], list[tuple[str, int]]] = {}
    for b, units_of in by_bundle.items():
        found = _deal_bundle(canon, canon.bundles[b], units_of, solver, stop)
        if found is None:
            return None
        dealt |= {(o, b): parts for o, parts in found.items()}
    return dealt


def _deal_bundle(
    canon: Canon,
    bundle: Bundle,
    units_of: Mapping[int, int],
    solver: Solver,
    stop: Callable[[], bool],
) -> dict[int, list[tuple[str, int]]] | None:
    names = [package.id for package in bundle.packages]
    if bundle.copies == 1 or bundle.window() is None:
        return {o: [(names[0], units)] for o, units in units_of.items()}
    cost = sum(canon.offers[o].unit_price_minor * units for o, units in units_of.items())
    for used in bundle.fillings(cost):
        if stop():
            return None
        lots = _in_lots(canon, bundle, units_of, used, solver, stop)
        if lots is not None:
            return {
                o: [(name, units) for name, units in zip(names, lots[o], strict=False) if units]
                for o in units_of
            }
    return None


def _in_lots(
    canon: Canon,
    bundle: Bundle,
    units_of: Mapping[int, int],
    used: int,
    solver: Solver,
    stop: Callable[[], bool],
) -> dict[int, list[int]] | None:
    """Divide each order among the first `used` packages; None where the solver finds no way."""
    window = bundle.window()
    assert window is not None
    least, most = window
    built = Builder()
    lots: dict[tuple[int, int], int] = {}
    unit = max(1, most // 10_000)
    for o, units in units_of.items():
        offer = canon.offers[o]
        parts = []
        for p in range(used):
            lots[o, p] = built.column(units // offer.lot)
            parts.append((lots[o, p], 1.0))
            if offer.min_order > offer.lot:
                placed = built.column(1.0)
                built.row([(lots[o, p], float(offer.lot)), (placed, -float(offer.min_order))], 0.0, inf)
                built.row([(lots[o, p], 1.0), (placed, -float(units // offer.lot))], -inf, 0.0)
        whole = float(units // offer.lot)
        built.row(parts, whole, whole)
    for p in range(used):
        cost = [(lots[o, p], canon.offers[o].unit_price_minor * canon.offers[o].lot / unit) for o in units_of]
        built.row(cost, (least - 0.4) / unit, (most + 0.4) / unit)
    try:
        raw = solver.solve(
            matrix_of(built),
            np.zeros(len(built.lower)),
            maximise=True,
            start=None,
            limits=Limits(nodes=_NODES),
            gap=0.0,
            near=False,
            stop=lambda _: stop(),
        )
    except Exception:  # a foreign engine may raise anything; the packages are then planned one by one
        return None
    if raw.x is None or raw.status not in (Status.OPTIMAL, Status.FEASIBLE):
        return None
    found = {
        o: [round(float(raw.x[lots[o, p]])) * canon.offers[o].lot for p in range(used)] for o in units_of
    }
    return found if _stands(canon, found, units_of, window) else None


def _stands(
    canon: Canon, found: Mapping[int, list[int]], units_of: Mapping[int, int], window: tuple[int, int]
) -> bool:
    """Look at a deal in integers."""
    for o, parts in found.items():
        if sum(parts) != units_of[o] or any(0 < part < canon.offers[o].min_order for part in parts):
            return False
    cost: dict[int, int] = defaultdict(int)
    for o, parts in found.items():
        for p, part in enumerate(parts):
            cost[p] += part * canon.offers[o].unit_price_minor
    return all(window[0] <= amount <= window[1] for amount in cost.values())
