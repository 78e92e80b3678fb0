"""Parts of a page that are not its report: widgets, view counts, teasers, embedded posts.

They are masked, never deleted: what stands in one makes no claim of the report. The patterns are data.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pledgeline.evidence.reading.texts import Span

LONGEST_LINE = 400
"""Units: characters. A longer line is prose and holds no teaser; and no pattern meets a text without end."""


@dataclass(frozen=True, slots=True)
class NoisePattern:
    """What one kind of noise looks like; `whole` masks the line that it stands in."""

    kind: str
    match: re.Pattern[str]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Noise:
    """A masked part, and what it is."""

    kind: str
    span: Span
    masks: bool = True
    """A heading is of the page, and still may make a claim of the report: it is told, and not masked."""


def noise_of(seen: str, patterns: Sequence[NoisePattern]) -> list[Noise]:
    """Find what is no part of the report, in the order of the text."""
    masked: list[Noise] = []
    earlier: set[str] = set()
    start = 0
    for line in seen.split("\n"):
        bare = line.strip()
        if bare and len(line) <= LONGEST_LINE:
            masked.extend(_in_line(line, start, patterns))
            if len(bare) > 40 and bare in earlier:
                masked.append(Noise("duplicate_title", _bare_span(line, start)))
            earlier.add(bare)
        start += len(line) + 1
    masked.extend(_headings(seen, masked))
    return sorted(masked, key=lambda noise: noise.span)


_LONGEST_HEADING = 140
_PROSE = 80
"""Units: characters. A heading stands between paragraphs that are longer than this and end as sentences do."""
_ENDS = (".", "!", "?", "…", '."', ".”", ".»", '!"', '?"', ',"', ".'")


def _headings(seen: str, masked: Sequence[Noise]) -> list[Noise]:
    """Find the lines that head a part of the text: short, without a full stop, between paragraphs."""
    lines: list[tuple[str, int]] = []
    start = 0
    for line in seen.split("\n"):
        if line.strip():
            lines.append((line, start))
        start += len(line) + 1
    told = {seen.rfind("\n", 0, noise.span.start) + 1 for noise in masked}
    found = []
    for (before, _), (line, place), (after, _) in zip(lines, lines[1:], lines[2:], strict=False):
        bare = line.strip()
        span = _bare_span(line, place)
        if (
            10 <= len(bare) <= _LONGEST_HEADING
            and not bare.endswith((*_ENDS, ":", ";", ","))
            and bare[0].isalpha()
        ):
            prose = all(len(part) >= _PROSE and part.strip().endswith(_ENDS) for part in (before, after))
            if prose and place not in told:
                found.append(Noise("section_heading", span, masks=False))
    return found


def _in_line(line: str, start: int, patterns: Sequence[NoisePattern]) -> list[Noise]:
    parts: list[Noise] = []
    for pattern in patterns:
        for match in pattern.match.finditer(line):
            if match.end() > match.start():
                whole = _bare_span(line, start)
                span = whole if pattern.whole else Span(start + match.start(), start + match.end())
                parts.append(Noise(pattern.kind, span))
    return parts


def _bare_span(line: str, start: int) -> Span:
    left = len(line) - len(line.lstrip())
    return Span(start + left, start + len(line.rstrip()))
