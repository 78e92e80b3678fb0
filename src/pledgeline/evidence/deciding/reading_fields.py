"""Read the value of a field from the words that somebody chose, or say why it cannot be read from them.

The sentence around the words is looked at, too: "more than" before a sum belongs to it, "did not" before a verb
takes its stage away. A giver or a stage from elsewhere is not taken: the fields of a claim stand in its sentence or
near it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from pledgeline.evidence.deciding.claims import (
    FIELDS_OF,
    MONEY_KINDS,
    NEEDED,
    ROLES_OF,
    ClaimField,
    ReadField,
    StatedClaim,
    StatedKind,
    sum_as_json,
)
from pledgeline.evidence.finding.amounts import StatedSum, money_in
from pledgeline.evidence.finding.candidates import MoneyRole
from pledgeline.evidence.finding.clauses import payers_in
from pledgeline.evidence.finding.days import StatedDay, days_in
from pledgeline.evidence.finding.names import NameKind, Names, Naming
from pledgeline.evidence.finding.stages import stage_of, verbs_in
from pledgeline.evidence.finding.words import data, language_of, words_of
from pledgeline.evidence.reading.sentences import sentences
from pledgeline.evidence.reading.texts import Span, StoredText

SENTENCES_BEFORE = 3
"""How far before its own sentence a claim may take a field from; the reader looks no further back either."""

LONGEST_CLAIM = 2_000
"""Units: characters. A claim is a sentence or a few, not a report."""

LONGEST_SPEAKER = 100
MOST_ITEMS = 40

_QUANTITY = re.compile(r"(\d{1,3}(?:[ ,.]\d{3})+|\d{1,7})[ -]+(\S.*)", re.DOTALL)
_PAYS = (
    NameKind.STATE,
    NameKind.SEAT,
    NameKind.ORGANISATION,
    NameKind.GROUP,
    NameKind.ADJECTIVE,
    NameKind.PERSON,
)


class FieldNotRead(ValueError):
    """A field cannot have these words; `code` says why, `field` is "" where it is about the whole claim."""

    def __init__(self, code: str, field: ClaimField | str = "") -> None:
        super().__init__(code)
        self.code = code
        self.field = str(field)


class FieldReader:
    """Reads fields in one stored text. Places given and taken are those of the stored text."""

    def __init__(
        self,
        text: StoredText,
        names: Names,
        *,
        language: str = "",
        published: date | None = None,
        noise: Sequence[Span] = (),
    ) -> None:
        self.text, self.names, self.published, self.noise = text, names, published, noise
        self.words = words_of(language or language_of(text.seen))

    @cached_property
    def sentences(self) -> list[Span]:
        return sentences(self.text.seen)

    @cached_property
    def namings(self) -> list[Naming]:
        return self.names.in_text(self.text.seen)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def seen_span(self, span: Span) -> Span:
        """Give the place in the copy that rules look at, without blanks at its ends and with whole words."""
        places, seen = self.text.places, self.text.seen
        start, end = span.start, span.end
        if places:
            start, end = bisect_left(places, start), bisect_left(places, end)
        start, end = max(0, start), min(len(seen), end)
        while start < end and not (seen[start].isalnum() or seen[start] in "$€£¥₴~"):
            start += 1
        while end > start and seen[end - 1].isspace():
            end -= 1
        if start < end:
            while start and seen[start].isalnum() and seen[start - 1].isalnum():
                start -= 1
            while end < len(seen) and seen[end - 1].isalnum() and seen[end].isalnum():
                end += 1
        return Span(start, end)

    def sentence_number(self, place: int) -> int:
        """Give the number of the sentence that a place of the copy stands in, or right behind."""
        return max(0, bisect_right(self._starts, place) - 1)

    def sentence_of(self, span: Span) -> Span:
        """Give the whole sentences, in the stored text, that a place of it stands in."""
        seen = self.seen_span(span)
        if not self.sentences:
            return span
        first = self.sentences[self.sentence_number(seen.start)]
        last = self.sentences[self.sentence_number(max(seen.start, seen.end - 1))]
        whole = self.text.stored_span(min(first.start, seen.start), max(last.end, seen.end))
        return Span(min(whole.start, span.start), max(whole.end, span.end))

    def claim(
        self,
        kind: StatedKind,
        chosen: Mapping[ClaimField, Span],
        *,
        span: Span | None = None,
        role: MoneyRole | None = None,
    ) -> tuple[StatedClaim | None, list[FieldNotRead]]:
        """Read a whole claim; a claim of money stands where its sum stands, every other one at `span`."""
        wrong: list[FieldNotRead] = []
        fields: dict[ClaimField, ReadField] = {}
        place = chosen.get(ClaimField.AMOUNT, span) if kind in MONEY_KINDS else span
        if place is None or not 0 < len(self._seen_words(place).strip()) <= LONGEST_CLAIM:
            code = "no-place" if place is None or place.end - place.start <= LONGEST_CLAIM else "too-long"
            at = ClaimField.AMOUNT if kind in MONEY_KINDS else "place"
            return None, [FieldNotRead(code, at)]
        for name in FIELDS_OF[kind]:
            if name in chosen:
                try:
                    fields[name] = self.read(name, chosen[name], of=place)
                except FieldNotRead as problem:
                    wrong.append(problem)
        refused = {problem.field for problem in wrong}
        wrong.extend(
            FieldNotRead("needed", name)
            for name in NEEDED.get(kind, ())
            if name not in fields and name not in refused
        )
        roles = ROLES_OF.get(kind, ())
        if roles and role not in roles:
            wrong.append(FieldNotRead("role", "role"))
        if wrong:
            return None, wrong
        if kind in MONEY_KINDS:
            place = fields[ClaimField.AMOUNT].span
        return StatedClaim(kind=kind, span=place, role=role if roles else None, fields=fields), []

    def read(self, name: ClaimField, span: Span, *, of: Span) -> ReadField:
        """Read one field of the claim that stands at `of`.

        Raises:  FieldNotRead.
        """
        seen, own = self.seen_span(span), self.seen_span(of)
        if seen.start >= seen.end:
            raise FieldNotRead("empty", name)
        if any(span.meets(part) for part in self.noise):
            raise FieldNotRead("noise", name)
        first, last = self.sentence_number(own.start), self.sentence_number(max(own.start, own.end - 1))
        here = self.sentence_number(seen.start)
        is_own = first <= here <= last
        if name not in _FROM_ANYWHERE and not first - SENTENCES_BEFORE <= here <= last + 1:
            raise FieldNotRead("far", name)
        read: Callable[[Span, int, bool], tuple[object, Span]] = getattr(self, f"_{name.value}")
        value, place = read(seen, first, is_own)
        return ReadField(value=value, span=self.text.stored_span(place.start, place.end), is_own=is_own)

    def days(self) -> Iterator[StatedDay]:
        """Give the days that the text states, in its order. Places are those of the copy."""
        for sentence in self.sentences:
            yield from days_in(self.text.seen, sentence, self.words.language, self.published)

    def _seen_words(self, span: Span) -> str:
        seen = self.seen_span(span)
        return self.text.seen[seen.start : seen.end]

    def _inside(self, span: Span) -> list[Naming]:
        return [naming for naming in self.namings if span.start <= naming.start and naming.end <= span.end]

    def _sums(self, number: int) -> list[StatedSum]:
        seen, language = self.text.seen, self.words.language
        earlier = money_in(seen, self.sentences[number - 1], language) if number else []
        return money_in(seen, self.sentences[number], language, before=earlier[-1] if earlier else None)

    def _amount(self, span: Span, _first: int, _own: bool) -> tuple[object, Span]:
        numbers = range(self.sentence_number(span.start), self.sentence_number(span.end - 1) + 1)
        sums = [money for number in numbers for money in self._sums(number)]
        inside = [money for money in sums if span.start <= money.span.start and money.span.end <= span.end]
        if len(inside) != 1:
            cut = any(money.span.meets(span) for money in sums)
            raise FieldNotRead("sums" if inside else "part-of-sum" if cut else "no-sum", ClaimField.AMOUNT)
        return sum_as_json(inside[0]), inside[0].span

    def _donors(self, span: Span, first: int, is_own: bool) -> tuple[object, Span]:
        namings = [naming for naming in self._inside(span) if naming.kind in _PAYS]
        ids = dict.fromkeys(
            naming.side if naming.kind is NameKind.PERSON else naming.id for naming in namings
        )
        ids.pop("", None)
        if not ids:
            raise FieldNotRead("no-name", ClaimField.DONORS)
        if not is_own and self._names_givers(self.sentences[first]):
            raise FieldNotRead("own-giver", ClaimField.DONORS)
        return list(ids), Span(namings[0].start, namings[-1].end)

    def _names_givers(self, sentence: Span) -> bool:
        """Say whether a sentence itself names who gives; a person in it may only speak of others."""
        never = [*data("names.toml")["settings"]["never_pay"]]
        never += [programme.recipient for programme in self.names.programmes.values()]
        groups = payers_in(self.text.seen, sentence, self.words, self._inside(sentence), never)
        return any(group.tie in ("subject", "by") and group.ids and not group.is_person for group in groups)

    def _recipient(self, span: Span, _first: int, _own: bool) -> tuple[object, Span]:
        namings = [
            naming
            for naming in self._inside(span)
            if naming.kind in (NameKind.STATE, NameKind.ADJECTIVE, NameKind.ORGANISATION)
        ]
        if len({naming.id for naming in namings}) != 1:
            raise FieldNotRead("one-name", ClaimField.RECIPIENT)
        return namings[0].id, Span(namings[0].start, namings[-1].end)

    def _stage(self, span: Span, first: int, is_own: bool) -> tuple[object, Span]:
        verbs = verbs_in(self.text.seen, self.sentences[self.sentence_number(span.start)], self.words)
        chosen = [verb for verb in verbs if span.start <= verb.span.start and verb.span.end <= span.end]
        if not chosen:
            raise FieldNotRead("no-verb", ClaimField.STAGE)
        if any(verb.is_denied for verb in chosen):
            raise FieldNotRead("denied", ClaimField.STAGE)
        if not is_own and verbs_in(self.text.seen, self.sentences[first], self.words):
            raise FieldNotRead("own-verb", ClaimField.STAGE)
        stages = {stage_of(verb) for verb in chosen}
        if len(stages) != 1:
            raise FieldNotRead("stages", ClaimField.STAGE)
        return stages.pop().value, Span(chosen[0].span.start, chosen[-1].span.end)

    def _programme(self, span: Span, _first: int, _own: bool) -> tuple[object, Span]:
        kinds = (NameKind.PROGRAMME, NameKind.PROGRAMME_WORDS)
        namings = [naming for naming in self._inside(span) if naming.kind in kinds]
        if len({naming.id for naming in namings}) != 1:
            raise FieldNotRead("no-programme", ClaimField.PROGRAMME)
        return namings[0].id, Span(namings[0].start, namings[-1].end)

    def _day(self, span: Span, _first: int, _own: bool) -> tuple[object, Span]:
        sentence = self.sentences[self.sentence_number(span.start)]
        days = days_in(self.text.seen, sentence, self.words.language, self.published)
        chosen = [day for day in days if self._holds_day(span, day.span)]
        if len(chosen) != 1 or not chosen[0].iso:
            raise FieldNotRead("no-day" if self.published or not chosen else "day-of-report", ClaimField.DAY)
        if chosen[0].is_period:
            raise FieldNotRead("period", ClaimField.DAY)
        return chosen[0].iso, chosen[0].span

    def _holds_day(self, span: Span, day: Span) -> bool:
        """Say whether chosen words hold a day; the "on" before it need not be among them."""
        before = self.text.seen[day.start : max(day.start, span.start)].strip()
        return day.end <= span.end and (not before or self.words["dates.on"].fullmatch(before) is not None)

    def _speaker(self, span: Span, _first: int, _own: bool) -> tuple[object, Span]:
        people = [naming for naming in self._inside(span) if naming.kind is NameKind.PERSON]
        if len(people) == 1:
            return people[0].id, Span(people[0].start, people[0].end)
        words = " ".join(self.text.seen[span.start : span.end].split())
        if (
            len(people) > 1
            or len(words) > LONGEST_SPEAKER
            or not words[0].isupper()
            or re.search(r"\d", words)
        ):
            raise FieldNotRead("no-speaker", ClaimField.SPEAKER)
        return words, span

    def _items(self, span: Span, _first: int, _own: bool) -> tuple[object, Span]:
        items = []
        for part in re.split(r"[,;]\s+|\s+(?:and|та|і|und|et)\s+", self.text.seen[span.start : span.end]):
            words = " ".join(part.split())
            counted = _QUANTITY.match(words)
            if counted:
                items.append([counted[2], int(re.sub(r"\D", "", counted[1]))])
            elif words:
                items.append([words, None])
        if not items or len(items) > MOST_ITEMS:
            raise FieldNotRead("no-item", ClaimField.ITEMS)
        return items, span


_FROM_ANYWHERE = (ClaimField.PROGRAMME, ClaimField.DAY, ClaimField.SPEAKER)
"""What a report may say once for all that it tells."""
