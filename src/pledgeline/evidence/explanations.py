"""What could explain a difference: the kinds there are, and which come first.

An explanation must move our figure towards the stated one. One that would leave more to explain than
there was is none, however many rows it has. Rounding comes first, then where the stated figure itself is
found again, then what fits, then the nearest; what nobody can put a figure on comes last.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from pledgeline.money import Amount
from pledgeline.programme.sentences import Sentence
from pledgeline.programme.stated_totals import StatedTotal

WELL_EXPLAINED = 10
"""An explanation fits when it leaves no more than the rounding of the stated figure, and no more than
this part of the difference: the tenth."""


MOST_OF_A_KIND = 3
"""How many explanations of one kind are named, those that fit best."""


class PossibilityKind(StrEnum):
    """What could explain a difference."""

    ROUNDING = "rounding"
    OLDER_TOTAL = "older-total"
    OTHER_CURRENCY = "other-currency"
    SAME_NUMBER = "same-number"
    NO_AMOUNT = "no-amount"
    NO_RATE = "no-rate"
    UNCLEAR = "unclear"
    TAKEN_BACK = "taken-back"
    MISSING_SHARES = "missing-shares"
    CONFLICT = "conflict"
    REPEATED = "repeated"
    JOINT = "joint"
    JUST_AFTER = "just-after"
    JUST_BEFORE = "just-before"
    ONLY_ANNOUNCED = "only-announced"

    @property
    def said(self) -> Sentence:
        return Sentence(f"evidence.explanation.{self.value}")


RECOGNISED = (PossibilityKind.OLDER_TOTAL, PossibilityKind.OTHER_CURRENCY, PossibilityKind.SAME_NUMBER)
"""Kinds in which the stated figure itself is found again: named before those that are only near, where they
explain half of the difference at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Possibility:
    """One possibility.

    `moves` is by how much our figure would change if it were so, with its sign: money, or a number where
    partners are counted; `None` where nobody can say. `leaves` is what would still be to explain.
    `rows` are the announcements, `package` the package it is about, `statement` the one that was
    stated again or has the same number, `currency` the one that was meant. `fits` is true where it explains the whole
    difference.
    """

    kind: PossibilityKind
    rows: tuple[str, ...] = ()
    package: str = ""
    statement: StatedTotal | None = None
    currency: str = ""
    moves: Amount | int | None = None
    leaves: Amount | int | None = None
    fits: bool = False


def ranked_explanations(
    found: Iterable[Possibility], difference: Amount | int, rounding: int, *, is_floor: bool = False
) -> tuple[Possibility, ...]:
    """Keep what moves our figure towards the stated one, the best fit first.

    Units:   `rounding` is in minor units, or 0 for a number.
    `is_floor`: the stated figure is one below which the truth does not lie; more fits as well.
    """
    gap = _size(difference)
    kept: list[tuple[tuple[bool, bool, bool, int], Possibility]] = []
    unknown = []
    for explanation in found:
        if explanation.moves is None:
            unknown.append(explanation)
            continue
        moves = _size(explanation.moves)
        left = gap - moves
        if moves * gap <= 0 or abs(left) >= abs(gap):
            continue
        fits = abs(left) * WELL_EXPLAINED <= abs(gap) and abs(left) <= rounding
        fits = fits or left == 0 or (is_floor and left <= 0)
        leaves = Amount(left, difference.currency) if isinstance(difference, Amount) else left
        is_recognised = explanation.kind in RECOGNISED and 2 * abs(left) <= abs(gap)
        is_rounded = explanation.kind is PossibilityKind.ROUNDING
        order = (not is_rounded, not is_recognised, not fits, abs(left))
        kept.append((order, replace(explanation, leaves=leaves, fits=fits)))
    kept.sort(key=lambda entry: entry[0])
    return (*_few_of_a_kind(explanation for _, explanation in kept), *unknown)


def _few_of_a_kind(ranked: Iterable[Possibility]) -> list[Possibility]:
    seen: Counter[PossibilityKind] = Counter()
    few = []
    for explanation in ranked:
        seen[explanation.kind] += 1
        if seen[explanation.kind] <= MOST_OF_A_KIND:
            few.append(explanation)
    return few


def _size(figure: Amount | int) -> int:
    return figure.minor if isinstance(figure, Amount) else figure
