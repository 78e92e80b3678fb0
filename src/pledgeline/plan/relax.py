"""What each tier can have at most, at once: whole units, lots and least amounts are let go.

A tier's worth of a node is then a concave curve of the units it gets, one column for each slope; a
hundred thousand lines leave a model that is solved in the time in which a file is read. That no plan can
do better is a proof; that one does as well is only a hope.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import inf, isfinite

from pledgeline.plan.aggregate import LineNode
from pledgeline.plan.canon import Canon
from pledgeline.plan.formulate import formulate
from pledgeline.plan.policy import Limits, TierBound
from pledgeline.plan.program import Model, Terms
from pledgeline.plan.solver import Matrix, Solver, Vector

_SLACKS = (1e-7, 1e-6, 1e-5, 1e-4)
"""How much of what earlier tiers reached is let go, relatively, before a later one is given up."""


def tier_bounds(
    canon: Canon,
    nodes: Sequence[LineNode],
    solver: Solver,
    stop: Callable[[], bool],
    given: Mapping[int, Fraction] | None = None,
) -> tuple[TierBound, ...]:
    """Bound one tier after another, until `stop` says that it takes too long.

    Means:   the tiers before have all that they could have, or what `given` says. A bound that could not
             be found is infinite.
    """
    model = formulate(canon, nodes, lean=True)
    scores = [_score(model, t) for t in range(len(canon.tiers))]
    # One matrix for all tiers: a solver that is asked of the same again may go on from where it was.
    matrix = model.matrix(relaxed=True, held=[(terms, -inf, inf) for terms, _ in scores])
    first = len(matrix.row_lower) - len(scores)
    found = []
    reached: dict[int, float] = {}
    for t, tier in enumerate(canon.tiers):
        terms, scale = scores[t]
        value = _bound(matrix, model.vector(terms), reached, solver, stop) if terms else 0.0
        found.append(TierBound(tier=tier, bound=value / scale))
        held = value if given is None else float(given[tier]) * scale
        if isfinite(held) and terms:
            reached[first + t] = held
    return tuple(found)


def _score(model: Model, t: int) -> tuple[Terms, float]:
    """Write what a tier is worth, and the factor by which that is scaled.

    About 1,000 in all: HiGHS gives up on some relaxations whose objective runs into the millions.
    """
    terms = [
        (column, float(model.nodes[n].pieces[p].slope))
        for (n, p), column in model.taken.items()
        if model.nodes[n].tier == t
    ]
    most = sum(slope * model.builder.upper[column] for column, slope in terms)
    scale = min(1.0, 1000 / most) if most else 1.0
    return [(column, slope * scale) for column, slope in terms], scale


def _bound(
    matrix: Matrix, objective: Vector, reached: Mapping[int, float], solver: Solver, stop: Callable[[], bool]
) -> float:
    """Maximise while earlier tiers keep what they reached, as nearly as can be."""
    for slack in _SLACKS:
        if stop():
            return inf
        lower = matrix.row_lower.copy()
        for row, value in reached.items():
            lower[row] = value - slack * max(1.0, value)
        try:
            raw = solver.solve(
                replace(matrix, row_lower=lower),
                objective,
                maximise=True,
                start=None,
                limits=Limits(),
                gap=0.0,
                near=False,
                stop=lambda _: stop(),
            )
        except Exception:  # a foreign engine may raise anything: then there is no bound
            return inf
        if isfinite(raw.bound):
            return raw.bound
    return inf
