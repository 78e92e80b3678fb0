"""Quotations in marks, and who is said to have spoken them.

Indirect speech is no quotation. The speaker is a proposal of `speakers`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

from pledgeline.evidence.finding.names import Naming
from pledgeline.evidence.finding.speakers import Mention, cast_of, has_verb, speaker_of
from pledgeline.evidence.finding.words import Words
from pledgeline.evidence.reading.texts import Span

SHORTEST = 12
"""Units: characters. What is shorter is a word in marks, no statement, unless a verb says that somebody says it."""
_SHORTEST_SAID = 5

_MARKS = {"“": '”“"', "„": '“”"', "«": "»", '"': '"', "”": "”"}
_OPEN = re.compile(r"[“„«\"”]|(?<![^\s(\[—–:-])'(?=\w)")
_SINGLE_END = re.compile(r"(?<=[,.!?…])'|'(?=[,.;:)]|\s[–—-]\s|$)", re.MULTILINE)
_NEAR = 220
_LOOKED_THROUGH = 200_000
"""Units: characters in which a first name is looked for."""


@dataclass(frozen=True, slots=True)
class SeenQuotation:
    """A quotation in the copy that rules look at: what stands between the marks."""

    span: Span
    speaker: str = ""
    speaker_at: Span | None = None


def quotations_in(seen: str, words: Words, names: Sequence[Naming], more: str = "") -> list[SeenQuotation]:
    """Find the quotations of a text with their speakers; `more` is what else is known of the report."""
    cast, parts = cast_of(seen, words, names), _marked(seen)
    quotations: list[SeenQuotation] = []
    whole = cache(partial(_whole_name, seen=seen[:_LOOKED_THROUGH], more=more))
    for index, span in enumerate(parts):
        before = quotations[-1] if quotations else None
        if span.end - span.start < SHORTEST and not has_verb(cast, span):
            continue
        next_start = parts[index + 1].start - 1 if index + 1 < len(parts) else len(seen)
        mention = speaker_of(cast, span, next_start, before.span.end + 1 if before is not None else 0)
        speaker: str = ""
        place: Span | None = None
        if mention is not None:
            cast.spoken.append(Mention(Span(span.start, span.end), mention.name, mention.side))
            speaker, place = mention.name, mention.span
        elif before is not None and _continues(seen, before.span, span):
            speaker, place = before.speaker, before.speaker_at
        quotations.append(SeenQuotation(span, whole(speaker), place))
    return quotations


def _marked(seen: str) -> list[Span]:
    """Pair the marks; one that is never closed in its paragraph reaches to the end of it."""
    spans: list[Span] = []
    place = 0
    while opening := _OPEN.search(seen, place):
        start, mark = opening.end(), opening[0]
        place = start
        if mark in '"”' and not _may_open(seen, opening.start()):
            continue
        line_end = seen.find("\n", start)
        line_end = len(seen) if line_end < 0 else line_end
        if mark == "'":
            closing = _SINGLE_END.search(seen, start, min(line_end + 1, start + 1_500))
            if (
                closing
                and closing.start() - start >= _SHORTEST_SAID
                and " " in seen[start : closing.start()].strip()
            ):
                spans.append(Span(start, closing.start()))
                place = closing.end()
            continue
        ends = [end for sign in _MARKS[mark] if (end := seen.find(sign, start, line_end)) >= 0]
        end = min(ends, default=line_end)
        if end - start >= _SHORTEST_SAID and not (ends == [] and mark == '"' and end - start > 1_500):
            spans.append(Span(start, end))
        place = end + 1
    return spans


def _may_open(seen: str, place: int) -> bool:
    before = seen[place - 1] if place else " "
    after = seen[place + 1] if place + 1 < len(seen) else " "
    return (before.isspace() or before in "([—–-:") and not after.isspace()


def _continues(seen: str, before: Span, span: Span) -> bool:
    """Say whether a quotation goes on where the one before ended: in the next words, or in the next paragraph."""
    between = seen[before.end : span.start]
    return len(between) < 12 or (
        len(between) < _NEAR and between.count(".") <= 1 and "\n\n" not in between.strip()
    )


def _whole_name(speaker: str, *, seen: str, more: str) -> str:
    """Give a family name its first name where the report has it elsewhere."""
    if not speaker or " " in speaker:
        return speaker
    whole = re.compile(rf"(?<!\w)([A-ZÀ-ÞА-ЯІЇЄҐ][\w'-]+ (?:[A-Z]\. )?{re.escape(speaker)})(?!\w)")
    for text in (seen, more[:_LOOKED_THROUGH]):
        for match in whole.finditer(text):
            if not match[1].split()[0].isupper():
                return match[1]
    return speaker
