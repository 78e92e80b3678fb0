"""What a sum is in its report: a contribution, a running total, a part, a need, or the same money once more."""

import re

from pledgeline.evidence.finding.amounts import StatedSum
from pledgeline.evidence.finding.candidates import MoneyRole
from pledgeline.evidence.finding.clauses import Cell
from pledgeline.evidence.finding.words import Words
from pledgeline.evidence.reading.texts import Span

_NEXT_TO = 32
"""Units: characters. A cue this near to a sum speaks of it, whatever else the sentence says."""
_LONGEST_GAP = 60
_PART_OF = 75
"""Units: characters between "of which" and the sum: "of which, the ministry says, 430 million"."""
BRACKET = re.compile(r" \([^()\n]{1,40}\)")
_CAUTIOUS = (MoneyRole.NEED, MoneyRole.FORECAST, MoneyRole.OTHER)


def is_equivalent(seen: str, before: StatedSum | None, money: StatedSum, words: Words) -> bool:
    """Say whether a sum is the one before it in another currency: "(430 million euros)", "or about EUR 430 million"."""
    if (
        before is None
        or before.currency == money.currency
        or {before.currency, money.currency} == {"$", "USD"}
    ):
        return False
    gap = seen[before.span.end : money.span.start]
    if len(gap) > _LONGEST_GAP or "\n" in gap:
        return False
    bare = gap.strip(" ,–—-")
    if bare.startswith(("(", "[")):
        return len(bare) < 30
    if not bare:
        return False
    rest = bare
    while (match := words["roles.fx"].match(rest)) is not None:
        rest = rest[match.end() :].strip(" ,")
    return not rest and rest != bare and not _only_amount_words(bare, words)


def _only_amount_words(bare: str, words: Words) -> bool:
    """Say whether only "about" stands between two sums: a list, and no equation."""
    return (
        all(
            words["qualifiers.about"].fullmatch(part) or words["qualifiers.more_than"].fullmatch(part)
            for part in bare.split()
        )
        and "," not in bare
    )


def cue_near(seen: str, cell: Cell, words: Words, role: MoneyRole, spared: list[Span]) -> Span | None:
    """Find a cue of a role right beside a sum, outside names such as "Requirements List"."""
    money = cell.money.span
    start, end = max(cell.span.start, money.start - _NEXT_TO), min(cell.span.end, money.end + _NEXT_TO)
    if (stop := seen.find(";", money.end, end)) >= 0:
        end = stop
    if bracket := BRACKET.match(seen, money.end):  # "$500 million (roughly €428 million) packages"
        return _cue(seen, Span(start, end), words, role, spared) or _cue(
            seen, Span(bracket.end(), bracket.end() + _NEXT_TO), words, role, spared
        )
    return _cue(seen, Span(start, end), words, role, spared)


def difference_before(seen: str, cell: Cell, words: Words) -> Span | None:
    """Find the word that makes a sum a difference: "by 3 billion to 11.5 billion"."""
    start = max(cell.span.start, cell.money.span.start - 16)
    for match in words["roles.difference_before"].finditer(seen, start, cell.money.span.start):
        if not seen[match.end() : cell.money.span.start].strip():
            return Span(match.start(), match.end())
    return None


def right_before(seen: str, cell: Cell, words: Words, name: str) -> Span | None:
    """Find words of a list that stand right before a sum."""
    start = max(cell.span.start, cell.money.span.start - _NEXT_TO)
    for match in words[name].finditer(seen, start, cell.money.span.start):
        if not seen[match.end() : cell.money.span.start].strip():
            return Span(match.start(), match.end())
    return None


def cue_in(seen: str, span: Span, words: Words, role: MoneyRole, spared: list[Span]) -> Span | None:
    """Find a cue of a role anywhere in a part of a sentence."""
    return _cue(seen, span, words, role, spared)


def _cue(seen: str, span: Span, words: Words, role: MoneyRole, spared: list[Span]) -> Span | None:
    for match in words[f"roles.{role.value}"].finditer(seen, span.start, span.end):
        place = Span(match.start(), match.end())
        if not any(place.meets(part) for part in spared):
            return place
    return None


def cautious_role(
    seen: str, cell: Cell, words: Words, spared: list[Span], *, near: bool
) -> tuple[MoneyRole, Span] | None:
    """Find the role of a sum that nobody is said to give."""
    for role in _CAUTIOUS:
        look = (
            cue_near(seen, cell, words, role, spared)
            if near
            else cue_in(seen, cell.span, words, role, spared)
        )
        if look is not None:
            return role, look
    return None


def component_cue(seen: str, cell: Cell, before: StatedSum | None, words: Words) -> Span | None:
    """Find the words that make a sum a part of the one before it: they stand between the two."""
    start = max(
        cell.span.start,
        before.span.end if before is not None and before.span.end <= cell.money.span.start else 0,
    )
    for match in words["roles.component"].finditer(seen, start, cell.money.span.start):
        if cell.money.span.start - match.end() < _PART_OF:
            return Span(match.start(), match.end())
    if before is not None:
        after = Span(cell.money.span.end, min(cell.span.end, cell.money.span.end + 20))
        for match in words["roles.component_after"].finditer(seen, after.start, after.end):
            return Span(match.start(), match.end())
    return None
