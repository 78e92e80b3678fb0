"""Among plans that are equal in every objective take the one that a fixed rule names.

More units for the line that comes first by priority and id; then the smallest list of purchases. So
equal input gives one plan, whoever runs it. Small problems only: each step is a question to the solver.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf, prod

from pledgeline.plan.aggregate import Choice
from pledgeline.plan.objectives import Objective
from pledgeline.plan.program import Terms
from pledgeline.plan.search import Search

_DIGITS = 10**6
"""So many values of several numbers are told apart in one objective."""


@dataclass(frozen=True, slots=True)
class TieNumber:
    """One number that a tie is decided by: its columns, its value in a choice, and the most it can be."""

    columns: tuple[tuple[int, int], ...]
    value: Callable[[Choice], int]
    top: int


def settle_ties(search: Search) -> None:
    """Among equal plans take the one the rule names: more for earlier lines, then the smallest list."""
    if search.interrupted or search.broken:
        return
    search.stage = search.of
    search.watch.begin("ties", Fraction(1))
    node_of = {piece.lines[0]: n for n, node in enumerate(search.nodes) for piece in node.pieces}
    _raise_in_turn(search, [_line_item(search, node_of[place]) for place in sorted(node_of)])
    triples: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
    for key, column in search.model.units.items():
        line = search.canon.lines[_line_of(search, key[0])].id if search.nodes[key[0]].pieces else ""
        if line and search.best.pieces.get((key[0], 0), (0, 0))[0]:
            option = search.model.option(key)
            offer, package = search.canon.offers[option.offer], search.canon.package(option)
            triples[line, offer.id, package.id].append(key)
        else:
            search.fixed[column] = (0.0, 0.0)
    items = [_triple_item(search, keys) for _, keys in sorted(triples.items())]
    if all(search.canon.kinds[node.kind].counts_whole() for node in search.nodes):
        _raise_in_turn(search, items)
        return
    for place, item in enumerate(items):
        if search.is_over() or _is_nothing_left(search, items[place:]):
            return
        _raise_in_turn(search, [item])


def _line_of(search: Search, n: int) -> int:
    return search.nodes[n].pieces[0].lines[0]


def _line_item(search: Search, n: int) -> TieNumber:
    piece = search.nodes[n].pieces[0]
    step = 1 if piece.is_plain else piece.step
    return TieNumber(
        ((search.model.taken[n, 0], step),),
        lambda choice: choice.pieces.get((n, 0), (0, 0))[0],
        piece.capacity,
    )


def _triple_item(search: Search, keys: Sequence[tuple[int, int]]) -> TieNumber:
    return TieNumber(
        tuple((search.model.units[key], 1) for key in keys),
        lambda choice: sum(choice.units.get(key, 0) for key in keys),
        int(sum(search.model.builder.upper[search.model.units[key]] for key in keys)),
    )


def _raise_in_turn(search: Search, items: Sequence[TieNumber]) -> None:
    """Make each item as large as it can be, the first first.

    Many are raised in one go where digits allow it. Else it is asked first whether any of them can rise
    at all: mostly none can, and one question settles them.
    """
    if search.is_over():
        return
    if prod(item.top + 1 for item in items) <= _DIGITS or len(items) == 1:
        _raise_together(search, items)
    elif _can_rise(search, items):
        middle = len(items) // 2
        _raise_in_turn(search, items[:middle])
        _raise_in_turn(search, items[middle:])
    else:
        _hold(search, items)


def _can_rise(search: Search, items: Sequence[TieNumber]) -> bool:
    """Say whether some plan as good as this one has more of one of the items."""
    built = search.model.builder
    before = built.size()
    switches: Terms = []
    for item in items:
        value = item.value(search.best)
        if value < item.top:
            more = built.column(1.0)
            terms = [(column, float(times)) for column, times in item.columns]
            built.row([*terms, (more, -float(value + 1))], 0.0, inf)
            switches.append((more, 1.0))
    built.row(switches, -inf, 1.0)
    objective = Objective(
        "ties", True, tuple((column, Fraction(1)) for column, _ in switches), lambda choice: Fraction(0)
    )
    can = bool(switches) and search.ask(objective, search.scaled(objective)).bound > 0.5
    built.cut_back(before)
    return can


def _raise_together(search: Search, batch: Sequence[TieNumber]) -> None:
    if any(item.value(search.best) < item.top for item in batch):
        weights = [1] * len(batch)
        for place in range(len(batch) - 2, -1, -1):
            weights[place] = weights[place + 1] * (batch[place + 1].top + 1)
        _improve_quietly(search, batch, weights, maximise=True)
    _hold(search, batch)


def _hold(search: Search, items: Sequence[TieNumber]) -> None:
    for item in items:
        value = float(item.value(search.best))
        search.rows.append(([(column, float(times)) for column, times in item.columns], value, value))


def _improve_quietly(
    search: Search, batch: Sequence[TieNumber], weights: Sequence[int], *, maximise: bool
) -> None:
    objective = Objective(
        "ties",
        maximise,
        tuple(
            (column, Fraction(weight * times))
            for item, weight in zip(batch, weights, strict=True)
            for column, times in item.columns
        ),
        lambda choice: Fraction(
            sum(weight * item.value(choice) for item, weight in zip(batch, weights, strict=True))
        ),
    )
    search.improve(objective, search.scaled(objective))


def _is_nothing_left(search: Search, items: Sequence[TieNumber]) -> bool:
    """Say whether the list may end here: a shorter list comes first."""
    before = search.best, search.like
    _improve_quietly(search, items, [1] * len(items), maximise=False)
    if all(item.value(search.best) == 0 for item in items):
        return True
    search.best, search.like = before
    return False
