"""Who wrote a report and who published it, as lines of it say: a byline, a dateline, a letterhead, a copyright line.

What no such line says is not stated: nothing is guessed from an address, and a source that a report names is not who
published it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pledgeline.evidence.reading.texts import Span, meeting

_HEAD = 1_200
_TAIL = 600
"""Units: characters. A report says at its head or at its end who made it."""
_LONGEST_LINE = 240
_LAST_LINES = 4


@dataclass(frozen=True, slots=True)
class BylinePattern:
    """How a line says one fact; `is_last`: among the last lines, where the foot of a page is, and noise otherwise."""

    fact: str
    match: re.Pattern[str]
    is_last: bool = False


def bylines_in(seen: str, patterns: Sequence[BylinePattern], masked: Sequence[Span]) -> dict[str, Span]:
    """Find what lines of a text state of its author and its outlet: the place of each."""
    lines = list(_lines(seen))
    found: dict[str, Span] = {}
    for pattern in patterns:
        if pattern.fact in found:
            continue
        for line in reversed(lines[-_LAST_LINES:]) if pattern.is_last else lines:
            match = pattern.match.match(seen, line.start, line.end)
            if match is None:
                continue
            place = Span(match.start("name"), match.start("name") + len(match["name"].rstrip(" .,")))
            if pattern.is_last or not meeting(masked, place):
                found[pattern.fact] = place
                break
    return found


def _lines(seen: str) -> Iterator[Span]:
    """Give the lines at the head and at the end of a text, without blanks around them."""
    for match in re.finditer(r"[^\n]+", seen):
        if match.start() > _HEAD and match.end() < len(seen) - _TAIL:
            continue
        text = match[0]
        start = match.start() + len(text) - len(text.lstrip(" \t*_–—-•|"))
        end = match.start() + len(text.rstrip())
        if start < end:
            yield Span(start, min(end, start + _LONGEST_LINE))
