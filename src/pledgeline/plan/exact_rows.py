"""Rows in which a single minor unit is felt, for what a solver's floating point took too lightly.

The model counts money in units of up to a billionth of its sums, and a solver's tolerance may let some minor units
too many pass. Integers refuse such a choice. What it breaks is then written once more in whole numbers: a sum of
columns N <= M is B Q + R <= M, with a carry c in whole numbers the same as Q + c <= M' and R - B c <= M - B M'.
So no coefficient is too large for one step to be felt, and nothing that is allowed is cut off.
"""

from collections.abc import Mapping
from math import inf

from pledgeline.plan.aggregate import Choice
from pledgeline.plan.pay import MoneyGap, charge_spend
from pledgeline.plan.program import Builder, Model
from pledgeline.plan.sound import windows_missed

_BASE = 10**4
_FELT, _FELT_IN_ALL = 10**5, 10**10
"""The largest coefficient, and the most that a row may add up to, in which one step is felt next to tolerances."""

Row = tuple[Mapping[int, int], int]
"""Whole multiples of columns, and the most that they may come to."""


def rows_broken(model: Model, choice: Choice, fault: MoneyGap | str) -> dict[object, list[Row]]:
    """Give the rows in whole numbers that a refused choice breaks; none where it is refused for something else.

    Shape:   rows by what they are about: the groups whose money does not reach, or a package and its value.
    """
    if isinstance(fault, MoneyGap):
        return {} if fault.by_terms else {fault.groups: [_money_row(model, fault.groups)]}
    return {package: _window_rows(model, package) for package in windows_missed(model, choice)}


def _money_row(model: Model, groups: frozenset[int]) -> Row:
    """Keep what only these groups may pay for to what they have."""
    others = ~sum(1 << g for g in groups)
    worth = {
        column: model.option(key).price
        for key, column in model.units.items()
        if model.option(key).price and not model.spend[key].payers & others
    }
    worth |= {
        column: model.canon.suppliers[charge[0]].charge_minor
        for charge, column in model.charged.items()
        if not charge_spend(model.canon, charge).payers & others
    }
    return worth, sum(model.canon.groups[g].total for g in groups)


def _window_rows(model: Model, package: int) -> list[Row]:
    """Keep what a package costs within its window, or at nothing where it is not used."""
    bundle = model.canon.bundles[package]
    window = bundle.window()
    assert window is not None
    least, most = window
    cost = {
        column: model.option(key).price
        for key, column in model.units.items()
        if model.option(key).packaged and model.option(key).package == package and model.option(key).price
    }
    cost |= {
        column: model.canon.suppliers[s].charge_minor
        for (s, p), column in model.charged.items()
        if p == package
    }
    used = model.used.get(package)
    if used is None:
        return [(cost, bundle.copies * most)]
    return [
        ({**cost, used: -most}, 0),
        ({column: -minor for column, minor in cost.items()} | {used: least}, 0),
    ]


def add_exactly(built: Builder, row: Row) -> None:
    """Add a row so that one step too many is felt."""
    numbers, most = dict(row[0]), row[1]
    while not _is_felt(built, numbers):
        low = {column: (number + _BASE // 2) % _BASE - _BASE // 2 for column, number in numbers.items()}
        high, rest = divmod(most, _BASE)
        least_carry = -(-(-_most(built, low, -1) - rest) // _BASE)
        most_carry = -(-(_most(built, low, 1) - rest) // _BASE)
        carry = built.column(float(most_carry), lower=float(least_carry))
        terms = [(column, float(number)) for column, number in low.items() if number]
        built.row([*terms, (carry, -float(_BASE))], -inf, rest + 0.4)
        numbers = {column: (number - low[column]) // _BASE for column, number in numbers.items()}
        numbers[carry], most = 1, high
    built.row([(column, float(number)) for column, number in numbers.items() if number], -inf, most + 0.4)


def _is_felt(built: Builder, numbers: Mapping[int, int]) -> bool:
    heaviest = max(map(abs, numbers.values()), default=0)
    in_all = sum(
        abs(number) * max(abs(int(built.lower[column])), abs(int(built.upper[column])))
        for column, number in numbers.items()
    )
    return heaviest <= _BASE or (heaviest <= _FELT and in_all <= _FELT_IN_ALL)


def _most(built: Builder, numbers: Mapping[int, int], sign: int) -> int:
    """Give the most that `sign` times the columns can come to, whatever else holds."""
    return sum(
        max(sign * number * int(built.lower[column]), sign * number * int(built.upper[column]))
        for column, number in numbers.items()
    )
