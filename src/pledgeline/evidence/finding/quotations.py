"""Quotations in marks, and who is said to have spoken them.

Indirect speech is no quotation. The speaker is a proposal: the verb of saying that stands next to the marks, and
the name, the office or the pronoun beside it, traced back to a name that the report has given.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pledgeline.evidence.finding.names import NameKind, Naming
from pledgeline.evidence.finding.words import Words
from pledgeline.evidence.reading.texts import Span

SHORTEST = 12
"""Units: characters. What is shorter is a word in marks, no statement."""

_MARKS = {"“": '”“"', "„": '“”"', "«": "»", '"': '"', "”": "”"}
_OPEN = re.compile(r"[“„«\"”]|(?<![^\s(\[—–:-])'(?=\w)")
_SINGLE_END = re.compile(r"(?<=[,.!?…])'|'(?=[,.;:)]|\s[–—-]\s|$)", re.MULTILINE)
_NAME = re.compile(
    r"[A-ZÀ-ÞŠŽĀ-ŽА-ЯІЇЄҐ][\w'-]+"
    r"(?: (?:von der|van der|von|van|de|der|af|al|bin|[A-ZÀ-ÞŠŽĀ-ŽА-ЯІЇЄҐ]\.|[A-ZÀ-ÞŠŽĀ-ŽА-ЯІЇЄҐ][\w'-]+))*"
)
_NEAR = 220
_SENTENCE_BEFORE = 260


@dataclass(frozen=True, slots=True)
class SeenQuotation:
    """A quotation in the copy that rules look at: what stands between the marks."""

    span: Span
    speaker: str = ""
    speaker_at: Span | None = None


def quotations_in(seen: str, words: Words, names: Sequence[Naming], more: str = "") -> list[SeenQuotation]:
    """Find the quotations of a text with their speakers; `more` is what else is known of the report."""
    parts = _marked(seen)
    people = [naming for naming in names if naming.kind is NameKind.PERSON]
    quotations: list[SeenQuotation] = []
    for index, span in enumerate(parts):
        before = quotations[-1] if quotations else None
        next_start = parts[index + 1].start - 1 if index + 1 < len(parts) else len(seen)
        speaker, place = _speaker(seen, span, next_start, before, words, people, names)
        if not speaker and before is not None and _continues(seen, before.span, span):
            speaker, place = before.speaker, before.speaker_at
        quotations.append(SeenQuotation(span, _whole_name(speaker, seen, more, place), place))
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
                and closing.start() - start >= SHORTEST
                and " " in seen[start : closing.start()].strip()
            ):
                spans.append(Span(start, closing.start()))
                place = closing.end()
            continue
        ends = [end for sign in _MARKS[mark] if (end := seen.find(sign, start, line_end)) >= 0]
        end = min(ends, default=line_end)
        if end - start >= SHORTEST and not (ends == [] and mark == '"' and end - start > 1_500):
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


def _speaker(
    seen: str,
    span: Span,
    next_start: int,
    before: SeenQuotation | None,
    words: Words,
    people: Sequence[Naming],
    names: Sequence[Naming],
) -> tuple[str, Span | None]:
    after_end = _clause_end(seen, span.end + 1, min(next_start, span.end + _NEAR))
    spoken = _said_in(seen, span.end + 1, after_end, words, people, names)
    if spoken[0]:
        return spoken
    floor = before.span.end + 1 if before is not None else 0
    start = max(floor, span.start - _NEAR, _sentence_start(seen, span.start - 1))
    spoken = _said_in(seen, start, span.start - 1, words, people, names, backwards=True)
    if spoken[0]:
        return spoken
    following = seen.find("\n", span.end)  # "- Zelenskyy reported on social media." on the line below
    line = re.compile(r"\s*[-–—]\s*").match(seen, following) if 0 <= following <= span.end + 4 else None
    if line:
        end = seen.find("\n", line.end())
        spoken = _said_in(seen, line.end(), len(seen) if end < 0 else end, words, people, names)
        if spoken[0]:
            return spoken
    return _implied(seen, span, words, people)


def _implied(seen: str, span: Span, words: Words, people: Sequence[Naming]) -> tuple[str, Span | None]:
    """Find who speaks where no verb of saying stands beside the marks.

    The subject of the sentence that holds them ("Stubb called it “very constructive”"), or who was reported to
    speak in the sentence before, with nobody else named since.
    """
    start = _sentence_start(seen, span.start - 1)
    inside = [naming for naming in people if start <= naming.start and naming.end <= span.start]
    if inside:
        return inside[0].id, Span(inside[0].start, inside[0].end)
    floor = max(0, start - _SENTENCE_BEFORE)
    earlier = [naming for naming in people if floor <= naming.start and naming.end <= start]
    said = words["speech.verbs"].search(seen, floor, start)
    if earlier and said:
        speaker = min(earlier, key=lambda naming: _distance(naming, Span(said.start(), said.end())))
        return speaker.id, Span(speaker.start, speaker.end)
    return "", None


def _clause_end(seen: str, start: int, end: int) -> int:
    stop = re.compile(r"[.!?](?=\s|$)|\n").search(seen, start, end)
    while stop and stop[0][0] != "\n" and stop.start() - start < 3:
        stop = re.compile(r"[.!?](?=\s|$)|\n").search(seen, stop.end(), end)
    return stop.start() if stop else end


def _sentence_start(seen: str, end: int) -> int:
    stop = 0
    for match in re.compile(r"[.!?][\"”»]?\s|\n").finditer(seen, max(0, end - _NEAR), end):
        stop = match.end()
    return stop


def _said_in(
    seen: str,
    start: int,
    end: int,
    words: Words,
    people: Sequence[Naming],
    names: Sequence[Naming],
    *,
    backwards: bool = False,
) -> tuple[str, Span | None]:
    """Find who says something between two places: a verb of saying, and the name nearest to it."""
    verbs = [Span(match.start(), match.end()) for match in words["speech.verbs"].finditer(seen, start, end)]
    verbs += [
        Span(match.start(), match.end()) for match in words["speech.according"].finditer(seen, start, end)
    ]
    if not verbs:
        return "", None
    verb = verbs[-1] if backwards else verbs[0]
    here = [naming for naming in people if start <= naming.start and naming.end <= end]
    if here:
        nearest = min(here, key=lambda naming: _distance(naming, verb))
        return nearest.id, Span(nearest.start, nearest.end)
    taken = [Span(naming.start, naming.end) for naming in names if start <= naming.start < end]
    proper = [
        match
        for match in _NAME.finditer(seen, start, end)
        if not any(Span(match.start(), match.end()).meets(part) for part in taken)
        and any(sign.islower() for sign in _without_post(match[0], words))
        and not words["dates.weekdays"].fullmatch(match[0])
        and not words["dates.months"].fullmatch(match[0])
    ]
    proper = [
        match for match in proper if " " in _without_post(match[0], words) or _distance_of(match, verb) < 25
    ]
    if proper:
        nearest_name = min(proper, key=lambda match: _distance_of(match, verb))
        return _without_post(nearest_name[0], words), Span(nearest_name.start(), nearest_name.end())
    return _traced(seen, start, end, verb, words, people)


def _distance(naming: Naming, verb: Span) -> int:
    return max(naming.start - verb.end, verb.start - naming.end, 0)


def _distance_of(match: re.Match[str], verb: Span) -> int:
    return max(match.start() - verb.end, verb.start - match.end(), 0)


def _without_post(name: str, words: Words) -> str:
    """Take offices and articles off a name; "" where nothing is left, as of "The President"."""
    parts = name.split()
    while parts and any(
        words[f"{lists}"].fullmatch(parts[0])
        for lists in ("speech.posts", "donors.offices", "speech.articles")
    ):
        parts = parts[1:]
    return " ".join(parts)


def _traced(
    seen: str, start: int, end: int, verb: Span, words: Words, people: Sequence[Naming]
) -> tuple[str, Span | None]:
    """Trace an office or a pronoun beside the verb back to the last person who was named with it."""
    earlier = [naming for naming in people if naming.end <= start]
    head = words["speech.heads_of_state"].search(seen, start, end)
    post = words["speech.posts"].search(seen, start, end)
    if (head or post) and earlier:
        for naming in reversed(earlier):
            before = seen[max(0, naming.start - 45) : naming.start]
            if head and words["speech.heads_of_state"].search(before):
                return naming.id, Span(naming.start, naming.end)
            if not head and post and post[0].lower()[:5] in before.lower():
                return naming.id, Span(naming.start, naming.end)
        return earlier[-1].id, Span(earlier[-1].start, earlier[-1].end)
    if (
        words["speech.pronouns"].search(seen, max(start, verb.start - 20), min(end, verb.end + 20))
        and earlier
    ):
        return earlier[-1].id, Span(earlier[-1].start, earlier[-1].end)
    return "", None


def _whole_name(speaker: str, seen: str, more: str, place: Span | None) -> str:
    """Give a family name its first name where the report has it elsewhere."""
    if not speaker or " " in speaker or place is None:
        return speaker
    whole = re.compile(rf"(?<!\w)([A-ZÀ-ÞА-ЯІЇЄҐ][\w'-]+ (?:[A-Z]\. )?{re.escape(speaker)})(?!\w)")
    for text in (seen, more[:200_000]):
        for match in whole.finditer(text):
            if not match[1].split()[0].isupper():
                return match[1]
    return speaker
