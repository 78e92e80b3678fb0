"""What another extractor is asked, and what of its answer is taken: the form is closed, and every field is checked.

An office may have a language model of its own propose claims. Whatever answers, it can only point: a proposal is
taken where its words stand at its place in the stored text, its sum can be read from them by our own grammar, and
all else is of our lists. What fails is dropped and counted. The text of a report is data in the question; what is
written in it to whoever reads it asks for nothing here. A proposal keeps its origin and is never merged with ours.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NoReturn, TypeVar

from pledgeline.evidence.finding.amounts import StatedSum, money_in
from pledgeline.evidence.finding.candidates import (
    Candidate,
    ClaimKind,
    Facts,
    FieldReason,
    MoneyRole,
    Reason,
    StatedStage,
)
from pledgeline.evidence.finding.days import StatedDay
from pledgeline.evidence.finding.names import Names
from pledgeline.evidence.reading.texts import Span, StoredText

QUESTION = "pledgeline-evidence-question/1"
ANSWER = "pledgeline-evidence-answer/1"
MOST_CANDIDATES = 500
QUALIFIERS = ("exact", "about", "almost", "at_least", "more_than")
FIELDS = ("donors", "stage", "programme", "date", "recipient", "role")
"""What a proposal may give a place for, under `places`."""

_Word = TypeVar("_Word", bound=StrEnum)
_KEYS = frozenset(
    "kind start end exact amount money_role donors recipient stage programme date places".split()
)
_ORIGIN = re.compile(r"[\w .:/@+-]{1,80}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?")


class Dropped(StrEnum):
    """Why a proposal, or a whole answer, was not taken."""

    NOT_OUR_FORM = "not-our-form"
    OTHER_TEXT = "other-text"
    TOO_MANY = "too-many"
    UNKNOWN_FIELD = "unknown-field"
    WRONG_TYPE = "wrong-type"
    SPAN_NOT_EXACT = "span-not-exact"
    SUM_NOT_IN_SPAN = "sum-not-in-span"
    NOT_OUR_WORD = "not-our-word"
    NO_SUCH_NAME = "no-such-name"
    NO_DAY = "no-day"


@dataclass(frozen=True, slots=True)
class Proposals:
    """What was taken of an answer, and how much was dropped for which reason."""

    candidates: tuple[Candidate, ...] = ()
    dropped: Mapping[Dropped, int] = field(default_factory=dict)


class _Objection(ValueError):
    def __init__(self, why: Dropped) -> None:
        super().__init__(why)
        self.why = why


def _object(why: Dropped) -> NoReturn:
    raise _Objection(why)


def question_of(text: StoredText, facts: Facts, names: Names) -> dict[str, object]:
    """Write what an extractor is asked: the text, what is known of it, and the words an answer may use."""
    return {
        "form": QUESTION,
        "sha256": text.sha256,
        "text": text.stored,
        "facts": {
            "published": facts.published.isoformat() if facts.published else None,
            "title": facts.title or None,
            "language": facts.language or None,
        },
        "vocabulary": {
            "kind": [kind.value for kind in ClaimKind],
            "money_role": [role.value for role in MoneyRole],
            "stage": [stage.value for stage in StatedStage],
            "qualifier": list(QUALIFIERS),
            "programme": sorted(names.programmes),
        },
    }


def proposals_of(answer: object, text: StoredText, language: str, names: Names, origin: str) -> Proposals:
    """Take of an answer what can be checked; `origin` says who was asked, and the answer may add a name."""
    if (
        not isinstance(answer, dict)
        or answer.get("form") != ANSWER
        or not isinstance(answer.get("candidates"), list)
    ):
        return Proposals(dropped={Dropped.NOT_OUR_FORM: 1})
    if answer.get("sha256") != text.sha256:
        return Proposals(dropped={Dropped.OTHER_TEXT: max(1, len(answer["candidates"]))})
    stated = answer.get("extractor")
    if isinstance(stated, str) and _ORIGIN.fullmatch(stated):
        origin = f"{origin} {stated}"
    taken: list[Candidate] = []
    dropped: Counter[Dropped] = Counter()
    if len(answer["candidates"]) > MOST_CANDIDATES:
        dropped[Dropped.TOO_MANY] = len(answer["candidates"]) - MOST_CANDIDATES
    for entry in answer["candidates"][:MOST_CANDIDATES]:
        try:
            taken.append(_candidate(entry, text, language, names, origin))
        except _Objection as objection:
            dropped[objection.why] += 1
    return Proposals(tuple(sorted(taken, key=lambda claim: (claim.span, claim.kind))), dict(dropped))


def _candidate(entry: object, text: StoredText, language: str, names: Names, origin: str) -> Candidate:
    if not isinstance(entry, dict):
        _object(Dropped.WRONG_TYPE)
    if not entry.keys() <= _KEYS:
        _object(Dropped.UNKNOWN_FIELD)
    span = _exact(entry, text)
    why = _places(entry.get("places"), text)
    why["kind"] = FieldReason(Reason.PROPOSED, span)
    kind = _word(entry.get("kind"), ClaimKind)
    money = _money(entry, text, span, language)
    if (money is None) != (kind not in (ClaimKind.CONTRIBUTION, ClaimKind.MONEY_AMOUNT)):
        _object(Dropped.SUM_NOT_IN_SPAN)
    role, stage = entry.get("money_role"), entry.get("stage")
    return Candidate(
        kind=kind,
        span=money.span if money is not None else span,
        money=money,
        role=None if role is None else _word(role, MoneyRole),
        stage=None if stage is None else _word(stage, StatedStage),
        donors=_donors(entry.get("donors"), names),
        recipient=_known(entry.get("recipient"), names.ids),
        programme=_known(entry.get("programme"), frozenset(names.programmes)),
        day=_day(entry.get("date"), why.get("date", FieldReason(Reason.PROPOSED)).span or span),
        why=why,
        origin=origin,
    )


def _exact(entry: Mapping[str, object], text: StoredText) -> Span:
    start, end, exact = entry.get("start"), entry.get("end"), entry.get("exact")
    if type(start) is not int or type(end) is not int or not isinstance(exact, str):
        _object(Dropped.WRONG_TYPE)
    if not 0 <= start < end <= len(text.stored) or text.stored[start:end] != exact:
        _object(Dropped.SPAN_NOT_EXACT)
    return Span(start, end)


def _places(stated: object, text: StoredText) -> dict[str, FieldReason]:
    if stated is None:
        return {}
    if not isinstance(stated, dict):
        _object(Dropped.WRONG_TYPE)
    if not stated.keys() <= set(FIELDS):
        _object(Dropped.UNKNOWN_FIELD)
    places = {}
    for name, place in stated.items():
        if not isinstance(place, dict):
            _object(Dropped.WRONG_TYPE)
        places[name] = FieldReason(Reason.PROPOSED, _exact(place, text))
    return places


def _word(stated: object, words: type[_Word]) -> _Word:
    if not isinstance(stated, str):
        _object(Dropped.NOT_OUR_WORD)
    try:
        return words(stated)
    except ValueError:
        _object(Dropped.NOT_OUR_WORD)


def _money(entry: Mapping[str, object], text: StoredText, span: Span, language: str) -> StatedSum | None:
    """Read the sum from the words at the place, by our own grammar; the answer must say the same."""
    stated = entry.get("amount")
    if stated is None:
        return None
    if not isinstance(stated, dict) or not stated.keys() <= {"value", "currency", "qualifier"}:
        _object(Dropped.WRONG_TYPE)
    if stated.get("qualifier", "exact") not in QUALIFIERS:
        _object(Dropped.NOT_OUR_WORD)
    try:
        value = (
            Decimal(stated["value"]) if isinstance(stated.get("value"), str) else _object(Dropped.WRONG_TYPE)
        )
    except InvalidOperation:
        _object(Dropped.WRONG_TYPE)
    if not value.is_finite():
        _object(Dropped.WRONG_TYPE)
    for money in money_in(text.stored.replace("\u00a0", " "), span, language):
        if money.value == value and stated.get("currency") in (
            money.currency,
            "USD" if money.currency == "$" else "",
        ):
            return replace(money, qualifier=stated.get("qualifier", "exact"))
    _object(Dropped.SUM_NOT_IN_SPAN)


def _donors(stated: object, names: Names) -> tuple[str, ...]:
    if stated is None:
        return ()
    if not isinstance(stated, list) or len(stated) > 60:
        _object(Dropped.WRONG_TYPE)
    return tuple(dict.fromkeys(_known(id_, names.ids) for id_ in stated))


def _known(stated: object, known: frozenset[str]) -> str:
    if stated is None:
        return ""
    if not isinstance(stated, str):
        _object(Dropped.WRONG_TYPE)
    if stated not in known:
        _object(Dropped.NO_SUCH_NAME)
    return stated


def _day(stated: object, place: Span) -> StatedDay | None:
    if stated is None:
        return None
    if not isinstance(stated, str) or not _DAY.fullmatch(stated):
        _object(Dropped.NO_DAY)
    first, _, last = stated.partition("/")
    try:
        return StatedDay(place, date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError:
        _object(Dropped.NO_DAY)
