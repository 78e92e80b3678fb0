"""Who is said to have spoken: the verb of saying beside a quotation, and its subject: a name, office or pronoun.

A name is of the table of people, or one that the report introduces with an office or a verb of saying. An office or
a pronoun is traced back to the last person that it can mean: the one with that office, of that state, or the last
who was the subject of a sentence or spoke. A name behind a preposition ("a meeting with Putin") is never a subject.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pledgeline.evidence.finding.names import NameKind, Naming
from pledgeline.evidence.finding.words import Words
from pledgeline.evidence.reading.texts import Span

_CAPITAL = "A-ZÀ-ÖØ-ÞŠŽĀ-ŽА-ЯІЇЄҐ"
_NAME = re.compile(
    rf"(?<![\w'-])[{_CAPITAL}][\w'-]+"
    rf"(?: (?:von der|van der|van den|von|van|ван|фон|де|de|der|af|al|bin|[{_CAPITAL}]\.|[{_CAPITAL}][\w'-]+)"
    r"(?![\w'-]))*"
)
_ENDS = re.compile(r"(?<!\s[A-ZА-ЯІЇЄҐ])(?<!\.\w)[.!?](?=\s|$)|\n")
_OFFICE_OF = re.compile(r"([\w'-]+) (?:of|of the|for|for the|de|de la|du|des|für|der)$")
_OWNED = 60
"""Units: characters between an office and the name that holds it: "le ministre de la Défense, Philippe Aubry"."""
_SUBJECT_AFTER = 90
_TRACED = 4_000
"""Units: characters. Nobody is traced back further."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person at a place of the text, under the name that we write; `side` is for whom they speak."""

    span: Span
    name: str
    side: str = ""
    is_subject: bool = True
    is_lead: bool = True
    """It opens a clause: it is what the clause is about, and no object in it."""


@dataclass(slots=True)
class Cast:
    """All people of a report in the order of the text, and who has spoken so far."""

    seen: str
    words: Words
    names: Sequence[Naming]
    mentions: Sequence[Mention]
    spoken: list[Mention] = field(default_factory=list)
    starts: list[int] = field(init=False)
    name_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.starts = [mention.span.start for mention in self.mentions]
        self.name_starts = [naming.start for naming in self.names]

    def between(self, start: int, end: int) -> list[Mention]:
        """Give the people named between two places."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [mention for mention in self.mentions[first:last] if mention.span.end <= end]

    def names_between(self, start: int, end: int) -> Sequence[Naming]:
        return self.names[bisect_left(self.name_starts, start) : bisect_left(self.name_starts, end)]


def cast_of(seen: str, words: Words, names: Sequence[Naming]) -> Cast:
    """Find the people of a report: those of the table, and those whom the report introduces."""
    people = [naming for naming in names if naming.kind is NameKind.PERSON]
    taken = [Span(naming.start, naming.end) for naming in names]
    mentions = [
        Mention(
            Span(naming.start, naming.end),
            naming.id,
            naming.side,
            *_part_in_clause(seen, naming.start, naming.end, words),
        )
        for naming in people
    ]
    for place, name in _introduced(seen, words, taken):
        mentions.append(Mention(place, name, "", *_part_in_clause(seen, place.start, place.end, words)))
    return Cast(seen, words, names, sorted(mentions, key=lambda mention: mention.span))


def _introduced(seen: str, words: Words, taken: Sequence[Span]) -> Iterable[tuple[Span, str]]:
    """Give people who are no one of the table: named in full beside an office or a verb, later by family name."""
    whole: dict[str, str] = {}
    starts = [span.start for span in taken]
    known: list[tuple[Span, str]] = []
    for match in _NAME.finditer(seen):
        index = bisect_left(starts, match.end())
        before = taken[index - 1].end if index and taken[index - 1].end > match.start() else match.start()
        name = without_post(seen[before : match.end()].lstrip(), words)  # "the ambassador of Japan Jane Roe"
        place = Span(match.end() - len(name), match.end())
        if not name or not name[0].isupper() or _is_taken(place, taken, starts):
            continue
        parts = name.removesuffix("'s").split()
        if len(parts) > 2 and words["speech.post_nominals"].fullmatch(parts[-1]):
            parts = parts[:-1]
        name = " ".join(parts)
        if len(parts) == 1 and name in whole:
            known.append((place, whole[name]))
        elif (
            2 <= len(parts) <= 5
            and any(sign.islower() for sign in name)
            and _has_office(seen, match, place, words)
        ):
            whole[parts[-1]] = name
            known.append((place, name))
    return known


def _is_taken(place: Span, taken: Sequence[Span], starts: Sequence[int]) -> bool:
    """Say whether a name of the table stands here; those do not overlap each other."""
    index = bisect_left(starts, place.end)
    return index > 0 and taken[index - 1].meets(place)


def _has_office(seen: str, match: re.Match[str], place: Span, words: Words) -> bool:
    if place.start > match.start() and words["speech.posts"].search(seen, match.start(), place.start):
        return True
    start = max(0, place.start - _OWNED)
    for end in _ENDS.finditer(seen, start, place.start):
        start = end.end()
    left, right = seen[start : place.start], seen[place.end : place.end + _OWNED]
    posts = list(words["speech.posts"].finditer(left))
    if posts and not words["speech.verbs"].search(left, posts[-1].end()):
        return True
    if re.match(r",? ", right) and words["speech.verbs"].match(right.lstrip(" ,")):
        return True
    if right.startswith(",") and words["speech.posts"].search(right[:40]):
        return True
    return any(len(left.rstrip()) == verb.end() for verb in words["speech.verbs"].finditer(left))


def without_post(name: str, words: Words) -> str:
    """Take offices and articles off the front of a name; "" where nothing is left, as of "The President"."""
    parts = name.split()
    while parts and any(
        words[lists].fullmatch(parts[0]) for lists in ("speech.posts", "donors.offices", "speech.articles")
    ):
        parts = parts[1:]
    return " ".join(parts)


def _part_in_clause(seen: str, start: int, end: int, words: Words) -> tuple[bool, bool]:
    """Say whether a name may be the subject of its clause, and whether it opens it.

    A name behind a preposition, with or without its office, is no subject: "talks with US President Trump"; nor is
    one that owns what follows: "Zelensky's position".
    """
    if re.match(r"'s? [^\W\d_]", seen[end : end + 4]) and seen[end + 3 : end + 4].islower():
        return False, False
    left = seen[max(0, start - 90) : start].rstrip(" ")
    stops = [stop.end() for stop in _ENDS.finditer(left)]
    left = left[stops[-1] :].strip() if stops else left
    while last := re.search(r"[\w'.-]+$", left):
        head = _OFFICE_OF.search(left)
        if head is not None and words["speech.posts"].fullmatch(head[1]):
            left = left[: head.start()].rstrip()
            continue
        if any(words[lists].fullmatch(last[0]) for lists in ("donors.not_subject", "donors.by")):
            according = any(match.end() == len(left) for match in words["speech.according"].finditer(left))
            return according, according
        office = any(
            words[lists].fullmatch(last[0]) for lists in ("speech.posts", "donors.offices", "speech.articles")
        )
        if not office and not last[0][0].isupper():
            lead = words["speech.clause_openers"].fullmatch(last[0]) or words["speech.verbs"].fullmatch(
                last[0]
            )
            return True, lead is not None
        left = left[: last.start()].rstrip()
    return True, True


def speaker_of(cast: Cast, span: Span, next_start: int, floor: int) -> Mention | None:
    """Find who spoke the words at `span`; the next quotation begins at `next_start`, the one before ends at `floor`."""
    seen = cast.seen
    after = Span(span.end + 1, _clause_end(seen, span.end + 1, min(next_start, span.end + 260)))
    if (mention := _attributed(cast, after, is_after=True)) is not None:
        return mention
    before = Span(max(floor, sentence_start(seen, span.start - 1)), max(floor, span.start - 1))
    if (mention := _attributed(cast, before, is_after=False)) is not None:
        return mention
    following = seen.find("\n", span.end)  # "- Zelenskyy reported on social media." on the line below
    line = re.compile(r"\s*[-–—]\s*").match(seen, following) if 0 <= following <= span.end + 4 else None
    if line:
        end = seen.find("\n", line.end())
        if (
            mention := _attributed(cast, Span(line.end(), len(seen) if end < 0 else end), is_after=True)
        ) is not None:
            return mention
    return _after_marks(cast, after) or _implied(cast, before)


def _after_marks(cast: Cast, after: Span) -> Mention | None:
    """Take who is named behind the marks where the verb is none that we know: "..., sighed Dr Hanna Novak, who"."""
    seen, words = cast.seen, cast.words
    told = re.match(r"[\s,»”\"'–—-]*(?=[^\W\d_])", seen[after.start : after.end])
    if told is None or not seen[after.start + told.end()].islower():
        return None
    start = after.start + told.end()
    end = min(after.end, start + _SUBJECT_AFTER)
    if (mention := _first(cast, start, end)) is not None:
        return mention
    for match in _NAME.finditer(seen, start, end):
        name = without_post(match[0], words)
        place = Span(match.end() - len(name), match.end())
        near = cast.names_between(place.start - 60, place.end)
        if len(name.split()) > 1 and not any(naming.end > place.start for naming in near):
            return Mention(place, name)
    return None


def has_verb(cast: Cast, span: Span) -> bool:
    """Say whether the sentence around a short quotation says that somebody says it."""
    start, end = (
        sentence_start(cast.seen, span.start - 1),
        _clause_end(cast.seen, span.end + 1, span.end + 200),
    )
    return cast.words["speech.verbs"].search(cast.seen, start, end) is not None


def _clause_end(seen: str, start: int, end: int) -> int:
    for stop in _ENDS.finditer(seen, start, end):
        if stop[0] == "\n" or stop.start() - start >= 3:
            return stop.start()
    return end


def sentence_start(seen: str, end: int) -> int:
    stop = max(0, end - 400)
    for match in re.compile(r"[.!?][\"”»“]?\s|\n").finditer(seen, stop, max(end, 0)):
        stop = match.end()
    return stop


def _attributed(cast: Cast, part: Span, *, is_after: bool) -> Mention | None:
    """Find the subject of the verb of saying in a part of a sentence, or whom "according to" names."""
    seen, words = cast.seen, cast.words
    for match in words["speech.according"].finditer(seen, part.start, part.end):
        mention = _first(cast, match.end(), min(part.end, match.end() + _SUBJECT_AFTER), subject=False)
        if mention is not None:
            return mention
        if (
            traced := _office(cast, Span(match.end(), min(part.end, match.end() + 40)), part.start)
        ) is not None:
            return traced
    verbs = [
        Span(match.start(), match.end())
        for match in words["speech.verbs"].finditer(seen, part.start, part.end)
    ]
    if not verbs:
        return None
    for verb in verbs if is_after else reversed(verbs):
        if (mention := _subject(cast, verb, part)) is not None:
            return mention
    return None


def _subject(cast: Cast, verb: Span, part: Span) -> Mention | None:
    """Find the subject of a verb: the nearest of a name, an office and a pronoun before it, else the first after."""
    seen, words = cast.seen, cast.words
    left = [mention for mention in cast.between(part.start, verb.start) if mention.is_subject]
    office = _last(words["speech.posts"], seen, part.start, verb.start)
    pronoun = _last(words["speech.pronouns"], seen, max(part.start, verb.start - 18), verb.start)
    named = left[-1].span.end if left else -1
    if pronoun is not None and pronoun.end > max(named, office.end if office else -1):
        return _last_subject(cast, part.start)
    if office is not None and office.end > named:
        return _office(cast, Span(max(part.start, office.start - 40), office.end), part.start)
    if left:
        return left[-1]
    stop = min(part.end, verb.end + _SUBJECT_AFTER)
    pronoun = _last(words["speech.pronouns"], seen, verb.start, min(part.end, verb.end + 8))
    if pronoun is not None:
        return _last_subject(cast, part.start)
    if (mention := _first(cast, verb.end, stop)) is not None:
        return mention
    if (proper := _proper(cast, verb, part)) is not None:
        return proper
    return _office(cast, Span(verb.end, min(part.end, verb.end + 60)), part.start)


def _last(pattern: re.Pattern[str], seen: str, start: int, end: int) -> Span | None:
    last = None
    for match in pattern.finditer(seen, start, max(start, end)):
        last = Span(match.start(), match.end())
    return last


def _first(cast: Cast, start: int, end: int, *, subject: bool = True) -> Mention | None:
    return next((mention for mention in cast.between(start, end) if mention.is_subject or not subject), None)


def _proper(cast: Cast, verb: Span, part: Span) -> Mention | None:
    """Take a name that stands right beside the verb although nobody has introduced it."""
    seen, words = cast.seen, cast.words
    for match in _NAME.finditer(seen, max(part.start, verb.start - 60), min(part.end, verb.end + 60)):
        name = without_post(match[0], words)
        place = Span(match.end() - len(name), match.end())
        apart = max(place.start - verb.end, verb.start - place.end)
        if not name or apart > 3 or words["speech.posts"].search(seen, match.start(), match.end() + 12):
            continue
        if words["dates.weekdays"].fullmatch(name) or words["dates.months"].fullmatch(name):
            continue
        near = cast.names_between(place.start - 60, place.end)
        if not any(naming.end > place.start for naming in near):
            return Mention(place, name)
    return None


def _office(cast: Cast, part: Span, before: int) -> Mention | None:
    """Trace an office back: to who holds it in the text, else to who speaks for its state, else to who spoke last."""
    seen, words = cast.seen, cast.words
    office = words["speech.posts"].search(seen, part.start, part.end)
    if office is None:
        return None
    earlier = cast.between(before - _TRACED, before)
    sides = {
        naming.id
        for naming in cast.names_between(part.start, part.end + 24)
        if naming.kind in (NameKind.ADJECTIVE, NameKind.STATE)
    }
    of_side = [mention for mention in earlier if mention.side in sides]
    if sides and of_side:
        return of_side[-1]
    head = words["speech.heads_of_state"].search(seen, part.start, part.end)
    for mention in reversed(earlier):
        near = seen[max(0, mention.span.start - 45) : mention.span.start]
        if head and words["speech.heads_of_state"].search(near):
            return mention
        if not head and office[0].lower()[:5] in near.lower():
            return mention
    return _last_subject(cast, before)


def _last_subject(cast: Cast, before: int) -> Mention | None:
    """Give who was the last subject before a place, or spoke last: a pronoun means them."""
    last = [mention for mention in cast.between(before - _TRACED, before) if mention.is_lead]
    spoken = [mention for mention in cast.spoken[-3:] if mention.span.end <= before]
    both = sorted([*last[-1:], *spoken[-1:]], key=lambda mention: mention.span)
    return both[-1] if both and before - both[-1].span.end <= _TRACED else None


def _implied(cast: Cast, before: Span) -> Mention | None:
    """Find who speaks where no verb of saying stands beside the marks.

    The first subject of the sentence that holds them ("Stubb called it “very constructive”"), or who was reported
    to speak in the sentence before.
    """
    inside = cast.between(before.start, before.end)
    if inside:
        return inside[0]
    start = sentence_start(cast.seen, before.start - 2)
    if cast.words["speech.verbs"].search(cast.seen, start, before.start):
        return _attributed(cast, Span(start, before.start), is_after=True)
    return None
