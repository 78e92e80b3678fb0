"""Find the words of a claim again in a corrected version of its report.

Four things speak for a place: the words themselves, what stands before and behind them, and where they stood. They
are weighed as annotations of pages are; what is found too weakly is not found, and who asks says so. Nothing is moved
in a stored text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from pledgeline.evidence.reading.texts import Span

AROUND = 32
"""Units: characters before and behind the words that are held against those of the other version."""

QUOTE, PREFIX, SUFFIX, POSITION = 50, 20, 20, 2
"""The weights of the four, as Hypothes.is has them: https://github.com/hypothesis/client, `match-quote`."""

ENOUGH = 0.75
"""Units: part of the full score. Below it a place is not taken for the one that was meant."""

_MOST_PLACES = 200
_BESIDE = 8
_SURROUNDINGS = (12, 24, 48, 96, 192)
"""Units: characters of the surroundings between which changed words are looked for."""


class Anchoring(StrEnum):
    """How words were found again."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where words stand in another version, and how well they fit; `span` is None where they were lost."""

    found: Anchoring
    span: Span | None
    score: float


class Versions:
    """Two versions of one text. A place of the first is looked for in the second."""

    def __init__(self, before: str, after: str) -> None:
        self._before, self._after = before, after
        shorter = min(len(before), len(after))
        self._head = _in_common(before, after, shorter)
        self._tail = _in_common(before[::-1], after[::-1], shorter - self._head)

    def anchor(self, span: Span) -> Anchor:
        """Find the place of the second version that says what stands at `span` in the first."""
        words = span.of(self._before)
        expected = self._expected(span.start)
        places = set(self._exactly(words, expected)) or set(self._near(span, words))
        best = max(
            ((self._score(span, words, place, expected), place) for place in places),
            key=lambda found: (found[0], -abs(found[1].start - expected)),
            default=None,
        )
        if best is None or best[0] < ENOUGH:
            return Anchor(Anchoring.LOST, None, best[0] if best else 0.0)
        score, place = best
        if place.of(self._after) != words:
            return Anchor(Anchoring.CHANGED, place, score)
        return Anchor(Anchoring.SAME if place == span else Anchoring.MOVED, place, score)

    def anchor_claim(self, span: Span, parts: Iterable[Span]) -> Anchor:
        """Find a claim again: its place, which stands only if all it was read from does (its fields, its sentence)."""
        found = self.anchor(span)
        if found.found in (Anchoring.LOST, Anchoring.CHANGED):
            return found
        whole = (self.anchor(part).found in (Anchoring.SAME, Anchoring.MOVED) for part in parts)
        return found if all(whole) else Anchor(Anchoring.CHANGED, found.span, found.score)

    def _expected(self, start: int) -> int:
        """Give where a place would stand if all that changed lay before or behind it."""
        if start <= self._head:
            return start
        if start >= len(self._before) - self._tail:
            return start + len(self._after) - len(self._before)
        changed = max(1, len(self._before) - self._tail - self._head)
        now = len(self._after) - self._tail - self._head
        return self._head + (start - self._head) * now // changed

    def _exactly(self, words: str, expected: int) -> Iterable[Span]:
        places = [
            Span(match.start(), match.start() + len(words))
            for match in re.finditer(re.escape(words), self._after)
        ]
        return sorted(places, key=lambda place: abs(place.start - expected))[:_MOST_PLACES]

    def _near(self, span: Span, words: str) -> Iterator[Span]:
        """Give the place of changed words: between surroundings of which one side stands only once in both versions."""
        longest = len(words) * 3 // 2 + 8
        before = self._before[max(0, span.start - _BESIDE) : span.start]
        behind = self._before[span.end : span.end + _BESIDE]
        if not before.strip() or not behind.strip():
            return
        if (prefix := self._once(span.start, -1)) is not None:
            end = self._after.find(behind, prefix.end, prefix.end + longest + len(behind))
            if end > prefix.end:
                yield Span(prefix.end, end)
        if (suffix := self._once(span.end, 1)) is not None:
            start = self._after.rfind(before, max(0, suffix.start - longest - len(before)), suffix.start)
            if 0 <= start + len(before) < suffix.start:
                yield Span(start + len(before), suffix.start)

    def _once(self, place: int, step: int) -> Span | None:
        """Find the shortest text right before or behind a place that stands once in both versions; its place now."""
        for length in _SURROUNDINGS:
            around = (
                self._before[max(0, place - length) : place]
                if step < 0
                else self._before[place : place + length]
            )
            start = self._after.find(around)
            if start < 0:
                return None
            if self._after.find(around, start + 1) < 0 and self._before.count(around) == 1:
                return Span(start, start + len(around))
        return None

    def _score(self, span: Span, words: str, place: Span, expected: int) -> float:
        before, after = self._before, self._after
        prefix = before[max(0, span.start - AROUND) : span.start]
        suffix = before[span.end : span.end + AROUND]
        now = after[max(0, place.start - len(prefix)) : place.start]
        behind = after[place.end : place.end + len(suffix)]
        far = min(1.0, abs(place.start - expected) / max(1, len(after)))
        total = QUOTE * _alike(words, place.of(after)) + POSITION * (1 - far)
        total += PREFIX * _alike(prefix, now) + SUFFIX * _alike(suffix, behind)
        return total / (QUOTE + PREFIX + SUFFIX + POSITION)


def _in_common(first: str, second: str, most: int) -> int:
    """Count the characters that two texts have in common at their head, at most `most`."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if first.startswith(second[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def _alike(first: str, second: str) -> float:
    """Say how alike two short texts are, from 0 to 1.

    >>> _alike("pledged", "pledged"), _alike("", "x")
    (1.0, 0.0)
    """
    return 1.0 if first == second else SequenceMatcher(None, first, second, autojunk=False).ratio()
