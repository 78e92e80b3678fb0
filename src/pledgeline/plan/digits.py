"""Settle an objective in whole numbers, so that no step is too small for a solver to feel.

A solver weighs in floating point: HiGHS does not feel a gain that is below a millionth of the heaviest weight.
So worths become whole numbers, and how far apart they lie decides how it is asked:

- up to `WIDEST` as they are: the bound on a whole number is rounded down to one;
- up to `FELT` roughly first, and then: is one step more possible? That is a row in whole numbers, which a solver
  does feel, and an answer of 0 or 1. The question is asked until the answer is no;
- beyond, in digits of a base, the highest first: G = B G' + R, where G' is the worth without its last digit and R
  what that digit is worth. First the most that G' can be is asked, T'. Then G' = T' - D with a whole number D of 0
  or more, the *carry*, and to maximise R - B D is to maximise G: a plan that gives up D in the higher digit must
  gain more than B D in the lower.

What is reached is counted in whole numbers, and so is the bound. They meet, or nothing is proven.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor, gcd, inf, isfinite
from typing import TYPE_CHECKING

from pledgeline.plan.duality import most_by_duality
from pledgeline.plan.objectives import Objective
from pledgeline.plan.program import Terms

if TYPE_CHECKING:
    from pledgeline.plan.search import Search

BASE, WIDEST = 10**4, 10**5
"""The base of digits, and the largest coefficient of what is maximised."""

FELT, _FELT_IN_ALL = 10**6, 10**11
"""The largest coefficient of a row, and the most that it may add up to, in which one step is felt: rounding in
floating point takes less than a hundredth from it. Four tenths of a step are then well above what a solver takes for
nothing in a number; a limit that is above a whole number by less than that makes HiGHS leave out plans."""

_ROUNDING = 0.01
"""How far a solver's bound on a whole number may lie below the truth; its tolerances come to a hundredth of that."""

_MOST_STEPS = 30

_LARGEST_FLOAT = 10**300
"""Some hundred quantities without a common factor make whole numbers that no floating point holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An exact bound that no plan exceeds; `row` holds what was reached where the model does not hold it yet.

    With `is_rough` the row feels no small steps: `hold_exactly` adds what does where that is needed.
    """

    bound: Fraction
    row: tuple[Terms, float, float] | None = None
    is_rough: bool = False


class Weights:
    """The worths of an objective as whole numbers, of which more is better, with their columns and ranges."""

    def __init__(self, search: Search, objective: Objective) -> None:
        built = search.model.builder
        sign, common = 1 if objective.maximise else -1, objective.common()
        self.search, self.objective = search, objective
        self.columns = [column for column, _ in objective.worth]
        whole = [sign * int(worth * common) for _, worth in objective.worth]
        shared = gcd(*whole) or 1
        self.numbers = [number // shared for number in whole]
        self.scale = Fraction(common, shared)
        self.ranges = [(int(built.lower[column]), int(built.upper[column])) for column in self.columns]
        self.heaviest = max(map(abs, self.numbers), default=0)

    def reached(self) -> int:
        """Give what the best plan so far has."""
        return int(self.objective.gain(self.search.best) * self.scale)

    def most(self, numbers: Sequence[int]) -> int:
        """Give the most that the columns can come to with these numbers, whatever else holds."""
        return sum(
            max(number * low, number * high) for number, (low, high) in zip(numbers, self.ranges, strict=True)
        )

    def least(self, numbers: Sequence[int]) -> int:
        return -self.most([-number for number in numbers])

    def top(self) -> int:
        """Give the most that any plan can have, as far as that is known without a solver."""
        top = self.most(self.numbers)
        if self.objective.limit is None:
            return top
        sign = 1 if self.objective.maximise else -1
        return min(top, floor(sign * self.objective.limit * self.scale))

    def terms(self, numbers: Sequence[int]) -> Terms:
        return [
            (column, float(number)) for column, number in zip(self.columns, numbers, strict=True) if number
        ]

    def are_felt_in_a_row(self) -> bool:
        most = sum(
            abs(number) * max(abs(low), abs(high))
            for number, (low, high) in zip(self.numbers, self.ranges, strict=True)
        )
        return self.heaviest <= FELT and most <= _FELT_IN_ALL

    def rough_row(self) -> tuple[Terms, float, float]:
        """Keep to plans that are no worse than what is reached, as far as floating point feels it.

        Means:   a relaxation. What is too light to be felt counts as all there.
        """
        heaviest = self.heaviest or 1
        felt = [number if abs(number) * 10**6 >= heaviest else 0 for number in self.numbers]
        unfelt = self.most([number - kept for number, kept in zip(self.numbers, felt, strict=True)])
        terms = [
            (column, float(Fraction(number * 1000, heaviest)))
            for column, number in zip(self.columns, felt, strict=True)
            if number
        ]
        return terms, float(Fraction((self.reached() - unfelt) * 1000, heaviest)) - _ROUNDING, inf


def in_digits(numbers: Sequence[int]) -> list[list[int]]:
    """Write whole numbers in digits, the highest first, each between -BASE/2 and BASE/2.

    Means:   the first digit may be as large as `WIDEST`: numbers up to there are one digit.

    >>> in_digits([1_000_000, 7])
    [[100, 0], [0, 7]]
    >>> in_digits([99_999, -7])
    [[99999, -7]]
    """
    levels: list[list[int]] = []
    rest = list(numbers)
    while max(map(abs, rest), default=0) > WIDEST:
        levels.append([(number + BASE // 2) % BASE - BASE // 2 for number in rest])
        rest = [(number - digit) // BASE for number, digit in zip(rest, levels[-1], strict=True)]
    return [rest, *reversed(levels)]


def settle_exactly(search: Search, objective: Objective) -> Settled:
    """Find the best that an objective can be, and bound it; the search holds the best plan afterwards."""
    weights = Weights(search, objective)
    top = weights.top()
    if weights.heaviest > WIDEST and weights.reached() < top:
        _look_roughly(weights)
    if weights.reached() < top:
        if weights.heaviest <= WIDEST:
            top = _nearer(weights, top, _most_of(weights, weights.terms(weights.numbers)))
        elif weights.are_felt_in_a_row():
            return _settled(weights, _step_by_step(weights, top))
        else:
            top, row = _digit_by_digit(weights, top, asks=True)
            return _settled(weights, top, row)
    if weights.heaviest > WIDEST and not weights.are_felt_in_a_row():
        return _settled(weights, top, weights.rough_row(), is_rough=True)
    return _settled(weights, top, (weights.terms(weights.numbers), weights.reached() - 0.4, inf))


def hold_exactly(search: Search, objective: Objective, bound: Fraction) -> tuple[Terms, float, float]:
    """Give the row that holds what was reached to the last step; what it rests on is added to the model."""
    weights = Weights(search, objective)
    sign = 1 if objective.maximise else -1
    return _digit_by_digit(weights, int(sign * bound * weights.scale), asks=False)[1]


def is_all(search: Search, objective: Objective) -> bool:
    """Say whether what is reached is all that there is to have, whatever else is chosen."""
    weights = Weights(search, objective)
    return weights.reached() == weights.top()


def is_proven(search: Search, objective: Objective, bound: float) -> bool:
    """Say whether whole numbers show that no plan of a merged model has more than what is reached.

    Means:   `bound` is the solver's. It counts where it leaves no room for a whole step; else rows are added
             up, and one step more is asked for, which may find one.
    """
    weights = Weights(search, objective)
    reached, top = weights.reached(), weights.top()
    if reached == top:
        return True
    if weights.heaviest <= WIDEST:
        sign = 1 if objective.maximise else -1
        return floor(sign * Fraction(bound) * weights.scale + Fraction(_ROUNDING)) == reached
    if _most_by_rows(weights) == reached:
        return True
    if search.asks_of_all() and weights.are_felt_in_a_row():
        return _step_by_step(weights, top) == weights.reached()
    return False


def _most_by_rows(weights: Weights) -> int | None:
    if weights.heaviest > _LARGEST_FLOAT:
        return None
    search, scale = weights.search, 1000 / weights.heaviest
    matrix = search.model.matrix(relaxed=True, bounds=search.fixed, held=search.rows)
    vector = search.model.vector(weights.terms(weights.numbers)) * scale
    raw = search.solve(matrix, vector, replace(weights.objective, maximise=True))
    if raw.duals is None:
        return None
    worth = dict(zip(weights.columns, weights.numbers, strict=True))
    return most_by_duality(matrix, worth, raw.duals / scale)


def _settled(
    weights: Weights, top: int, row: tuple[Terms, float, float] | None = None, *, is_rough: bool = False
) -> Settled:
    bound = Fraction(top) / weights.scale
    return Settled(bound=bound if weights.objective.maximise else -bound, row=row, is_rough=is_rough)


def _nearer(weights: Weights, top: int, bound: float) -> int:
    """Take over a solver's bound, unless it is below what is reached: then it is not believed."""
    return min(top, floor(bound)) if isfinite(bound) and bound >= weights.reached() else top


def _look_roughly(weights: Weights) -> None:
    """Let the solver look as well as its floating point can. What it finds is taken; its bound is not."""
    search, objective = weights.search, weights.objective
    if not search.is_over():
        search.improve(objective, search.scaled(objective))


def _most_of(weights: Weights, terms: Terms) -> float:
    """Maximise whole multiples of columns; a plan found is taken if it is better in the whole objective.

    Means:   no plan has more than what is given, rounded down; infinite where nothing was found out.
    """
    search = weights.search
    if search.is_over():
        return inf
    asked = replace(
        weights.objective,
        maximise=True,
        worth=tuple((column, Fraction(int(value))) for column, value in terms),
        value=weights.objective.gain,
    )
    return search.improve(asked, search.model.vector(terms)) + _ROUNDING


def _step_by_step(weights: Weights, top: int) -> int:
    """Ask whether one step more is possible until it is not; give the bound. The model then holds it."""
    built = weights.search.model.builder
    for _ in range(_MOST_STEPS):
        before = weights.reached()
        more = built.column(1.0)
        built.row([*weights.terms(weights.numbers), (more, -1.0)], before - 0.4, inf)
        bound = _most_of(weights, [(more, 1.0)])
        built.upper[more] = 0.0
        if bound < 0.5 and weights.reached() == before:
            return before
        if weights.reached() in (before, top):
            break
        _look_roughly(weights)
    built.row(weights.terms(weights.numbers), weights.reached() - 0.4, inf)
    return top


def _digit_by_digit(weights: Weights, top: int, *, asks: bool) -> tuple[int, tuple[Terms, float, float]]:
    """Settle one digit after another, the highest first; give the bound and the row that holds what was reached.

    Means:   with `asks` False nothing is asked: only the rows are added that hold what was reached.
    """
    search, levels = weights.search, in_digits(weights.numbers)
    so_far = [0] * len(weights.numbers)
    most, carry = 0, None  # the most that the digits so far can come to; the column of what is given up of it
    terms: Terms = []
    known = 0
    for place, digits in enumerate(levels):
        size = BASE ** (len(levels) - 1 - place)
        so_far = [before * BASE + digit for before, digit in zip(so_far, digits, strict=True)]
        below = [number - size * above for number, above in zip(weights.numbers, so_far, strict=True)]
        rest, known = weights.most(below), most * BASE
        most = min(known + weights.most(digits), (top - weights.least(below)) // size)
        terms = weights.terms(digits)
        if carry is not None:
            terms.append((carry, -float(BASE)))
        if asks and any(digits) and size * most + rest > weights.reached():
            search.rows.append(weights.rough_row())
            bound = _most_of(weights, terms)
            search.rows.pop()
            if isfinite(bound) and size * (known + floor(bound)) + rest >= weights.reached():
                most = min(most, known + floor(bound))
        top = min(top, size * most + rest)
        if size > 1:
            room = most - -(-(weights.reached() - rest) // size)
            carry = search.model.builder.column(float(room)) if room > 0 else None
            given_up: Terms = [] if carry is None else [(carry, 1.0)]
            search.model.builder.row([*terms, *given_up], float(most - known), float(most - known))
    return top, (terms, float(weights.reached() - known) - 0.4, inf)
