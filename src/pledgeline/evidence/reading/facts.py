"""What the first lines of a stored page say about it: its day and its title. A person confirms both.

What is not stated stays empty: the day of a report is never that of its footer, nor today.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pledgeline.evidence.reading.texts import Span

if TYPE_CHECKING:
    from pledgeline.evidence.finding.candidates import Facts

_HEAD = 1_200
"""Units: characters. A report says its day at its head."""

_DAY_AT_HEAD = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)|(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)")
_TITLE = re.compile(r"[^\n]{20,300}")


def facts_of(seen: str, facts: "Facts", masked: Sequence[Span]) -> "Facts":
    """Fill in what the head of a text states and nobody has told."""
    return replace(
        facts,
        published=facts.published or published_in(seen, masked),
        title=facts.title or title_in(seen, masked),
    )


def published_in(seen: str, masked: Sequence[Span]) -> date | None:
    """Find the day at the head of a text."""
    for match in _DAY_AT_HEAD.finditer(seen, 0, _HEAD):
        if any(Span(match.start(), match.end()).meets(part) for part in masked):
            continue
        parts = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        try:
            return date(*map(int, parts))
        except ValueError:
            continue
    return None


def title_in(seen: str, masked: Sequence[Span]) -> str:
    """Find the first whole line of a text that is neither noise nor a date line."""
    for match in _TITLE.finditer(seen, 0, _HEAD):
        line = match[0].strip()
        whole = Span(match.start(), match.end())
        if any(whole.meets(part) for part in masked) or _DAY_AT_HEAD.search(line):
            continue
        return line if len(line) <= 200 else ""
    return ""
