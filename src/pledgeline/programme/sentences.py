"""Sentences as data: what a plain room has to say is a code with its parameters, and a catalogue says it.

A room that writes English can be read in no other language, and whoever needs the day in its sentence must
take the sentence apart. So a room gives a `Sentence`; the catalogue, one file for each room and language in
`data/sentences/`, turns it into words, with the plural forms of that language. The files are Fluent's
(https://projectfluent.org), which translators' tools read. Decision 53 has why.
"""

import json
from collections.abc import Callable, ItemsView, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Any, Union

from babel.dates import format_datetime
from fluent.runtime import FluentBundle, FluentResource, resolver
from fluent.runtime.types import FluentType
from fluent.syntax.ast import Message

from pledgeline.money import Amount, in_full
from pledgeline.money.display import NO_BREAK


@dataclass(frozen=True, slots=True)
class PlanDay:
    """A day counted from one that only the caller knows: “day 30”, and a date once `dated` knows the first."""

    day: int


Param = Union[str, int, date, Fraction, Amount, PlanDay, "Sentence", tuple["Param", ...]]
"""What a sentence may speak of. A text is shown as it is; all else as the language writes it."""

FIRST = "en"
"""The language whose catalogue is whole: what another lacks is said in it."""


def _languages() -> tuple[str, ...]:
    folders = (files("pledgeline") / "data" / "sentences").iterdir()
    return (FIRST, *sorted({folder.name for folder in folders if folder.is_dir()} - {FIRST}))


LANGUAGES = _languages()
"""Those with a catalogue: each is a folder, the first one stands first."""

resolver.MAX_PART_LENGTH = 1_000_000
"""Units: characters. Fluent guards against catalogues of strangers; ours are our own, and a sentence may name much."""

_language: ContextVar[str] = ContextVar("language", default="")

_readers_language: list[Callable[[], str | None]] = [lambda: None]


def ask_language(of: Callable[[], str | None]) -> None:
    """Have the language of whoever reads asked of a door, where no `spoken_in` names one."""
    _readers_language[0] = of


@contextmanager
def spoken_in(language: str) -> Iterator[None]:
    """Let every sentence be said in `language`; one without a catalogue is answered in the first."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def spoken_language() -> str:
    """Give the language in which sentences are said now: one with a catalogue."""
    language = _language.get() or _readers_language[0]() or LANGUAGES[0]
    return language if language in LANGUAGES else LANGUAGES[0]


_READERS = ("record", "workbook")
"""Files of readers: each has several families of codes, and a message in it is named by its whole code."""

_FILES = {
    **dict.fromkeys(("folder", "file", "contributions", "checkpoints", "items", "fx", "programme"), "record"),
    **dict.fromkeys(("sheet", "earmark", "settings", "categories", "rates"), "workbook"),
}
"""Which reader's file a family of codes stands in."""

_SHARED = frozenset(("header", "row", "cell", "plan", "reading"))
"""Families of which readers say more than one thing: the third part of a code may name the reader."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A code of the catalogue and what it speaks of. `str` says it in the reader's language.

    Means:   the part of `code` before the first dot names the file; a message of it is named by the rest,
             its dots as low lines: `plan.not-enough.nothing-there` is `not-enough_nothing-there` in `plan.ftl`.
             What a reader of files says stands in the file of that reader under its whole code:
             `folder.missing` is `folder_missing` in `record.ftl`, and `cell.empty.workbook`, which the reader
             of a record has too, is `cell_empty_workbook` in `workbook.ftl`.
    """

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.part("")

    def part(self, attribute: str) -> str:
        """Say the sentence, or what the catalogue has beside it under `attribute`; "" where it has nothing."""
        language = spoken_language()
        for tried in dict.fromkeys((language, LANGUAGES[0])):
            text = _said(tried, self, attribute)
            if text is not None:
                return text
        if attribute:
            return ""
        raise LookupError(f"no catalogue has the sentence “{self.code}”")

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted(self.params))))


def sentence(code: str, /, **params: Param) -> Sentence:
    """Make a sentence.

    >>> str(sentence("sentences.and", before="Norway", last="Sweden"))
    'Norway and Sweden'
    """
    return Sentence(code, params)


@lru_cache(maxsize=1_000)
def in_each_language(said: Sentence, attribute: str = "") -> tuple[str, ...]:
    """Say a sentence, or what stands beside it, in every language that has it, each once.

    >>> in_each_language(sentence("noun.offer"))
    ('offer', 'пропозиція')
    """
    texts = []
    for language in LANGUAGES:
        with spoken_in(language):
            texts.append(said.part(attribute))
    return tuple(dict.fromkeys(filter(None, texts)))


def as_written(text: Param) -> Sentence:
    """Make a sentence of a text that was kept before sentences were data.

    >>> str(as_written("It lapses."))
    'It lapses.'
    """
    return sentence("sentences.as-written", text=text)


def kept_sentence(data: object) -> Sentence:
    """Read a sentence that `as_data` kept, or that was kept as a text."""
    kept = from_data(data)
    return kept if isinstance(kept, Sentence) else as_written(kept)


def dated(said: Sentence, first_day: date | None) -> Sentence:
    """Write days as dates counted from `first_day`; they stay numbers where there is none or no calendar has them.

    >>> str(dated(as_written(PlanDay(30)), date(2026, 1, 1)))
    '2026-01-31'
    """
    return said if first_day is None else _dated_sentence(said, first_day)


def _dated_sentence(said: Sentence, first_day: date) -> Sentence:
    return Sentence(said.code, {key: _dated(param, first_day) for key, param in said.params.items()})


def _dated(param: Param, first_day: date) -> Param:
    match param:
        case PlanDay():
            try:
                return first_day + timedelta(days=param.day)
            except OverflowError:
                return param
        case Sentence():
            return _dated_sentence(param, first_day)
        case tuple():
            return tuple(_dated(part, first_day) for part in param)
    return param


def has_sentence(code: str) -> bool:
    """Say whether the first language's catalogue has it."""
    file, name = _address(code)
    return _catalogue(LANGUAGES[0], file).has_message(name)


def _said(language: str, wanted: Sentence, attribute: str) -> str | None:
    file, name = _address(wanted.code)
    catalogue = _catalogue(language, file)
    if not catalogue.has_message(name):
        return None
    message = catalogue.get_message(name)
    pattern = message.attributes.get(attribute) if attribute else message.value
    if pattern is None:
        return None
    text, faults = catalogue.format_pattern(
        pattern, {key: _shown(param, language) for key, param in wanted.params.items()}
    )
    if faults:
        raise LookupError(f"the sentence “{wanted.code}” cannot be said: {faults[0]}")
    return str(text)


def _address(code: str) -> tuple[str, str]:
    """Give the file of a code and the name of its message there.

    >>> _address("plan.not-enough.nothing-there"), _address("folder.missing"), _address("cell.empty.workbook")
    (('plan', 'not-enough_nothing-there'), ('record', 'folder_missing'), ('workbook', 'cell_empty_workbook'))
    """
    family, _, name = code.partition(".")
    reader = name.split(".")[1:2]
    file = _FILES.get(family, family)
    if family in _SHARED and reader and reader[0] in _READERS:
        file = reader[0]
    return file, (code if file in _READERS else name).replace(".", "_")


def codes_in(file: str) -> list[str]:
    """Give every code that the first language has in a file, in the order of the file."""
    family = "" if file in _READERS else f"{file}."
    return [
        f"{family}{message.id.name.replace('_', '.')}"
        for message in FluentResource(_text_of(LANGUAGES[0], file)).body
        if isinstance(message, Message)
    ]


@lru_cache(maxsize=100)
def _catalogue(language: str, file: str) -> FluentBundle:
    bundle = FluentBundle([language], functions=_FUNCTIONS, use_isolating=False)
    bundle.add_resource(FluentResource(_text_of(language, file)))
    return bundle


def _text_of(language: str, file: str) -> str:
    path = files("pledgeline") / "data" / "sentences" / language / f"{file}.ftl"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _shown(param: Param, language: str) -> object:
    """Give what Fluent puts in: it writes whole numbers itself, as their plural forms depend on them."""
    if isinstance(param, str):
        return param
    if isinstance(param, Sentence):
        return str(param)
    if isinstance(param, Amount):
        return in_full(param, language)
    if isinstance(param, datetime):
        return _Moment(param, language)
    if isinstance(param, date):
        return param.isoformat()
    if isinstance(param, PlanDay):
        return str(sentence("sentences.plan-day", day=str(param.day)))
    if isinstance(param, tuple):
        return _Row([_text(part, language) for part in param])
    return str(param) if isinstance(param, Fraction) else param


def _text(param: Param, language: str) -> str:
    shown = _shown(param, language)
    return shown.format(language) if isinstance(shown, _Row | _Moment) else str(shown)


def in_a_row(parts: list[str], last: str = "and") -> str:
    """Join names as the language lists them; `last` stands before the last one: `and`, or `or`.

    >>> in_a_row(["Norway", "Sweden", "Denmark"])
    'Norway, Sweden and Denmark'
    """
    if len(parts) < 2:
        return "".join(parts)
    return str(Sentence(f"sentences.{last}", {"before": ", ".join(parts[:-1]), "last": parts[-1]}))


# ---- functions of the catalogue ----


class _Row(FluentType):
    """Several things, which the catalogue may list otherwise than with “and”."""

    def __init__(self, parts: list[str]) -> None:
        self.parts = parts

    def format(self, locale: object) -> str:
        return in_a_row(self.parts)


class _Moment(FluentType):
    """A moment, which the catalogue may write in another zone, shorter, or as its language does."""

    def __init__(self, moment: datetime, language: str) -> None:
        self.moment, self.language = moment, language

    def format(self, locale: object) -> str:
        return self.moment.isoformat()


_SEPARATORS = {"comma": ", ", "semicolon": "; ", "space": " "}


def _list(row: object, by: str = "and") -> object:
    """List things with `or`, or with a sign or words between each two: `{ LIST($names, by: "comma") }`."""
    if not isinstance(row, _Row):
        return row
    return in_a_row(row.parts, by) if by in ("and", "or") else _SEPARATORS.get(by, by).join(row.parts)


def _moment(moment: object, zone: str = "", to: str = "auto", pattern: str = "") -> object:
    """Write a moment as the clock of UTC shows it, to the minute, or by a pattern: `{ MOMENT($at, zone: "UTC") }`."""
    if not isinstance(moment, _Moment):
        return moment
    if pattern:
        return format_datetime(moment.moment, pattern, locale=moment.language)
    if zone == "UTC":
        return moment.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.moment.isoformat(timespec=to)


def _breaking(text: object) -> object:
    """Let a line end within an amount, where lines are counted out: `{ BREAKING($amount) }`."""
    return text.replace(NO_BREAK, " ") if isinstance(text, str) else text


_FUNCTIONS: Any = {"LIST": _list, "MOMENT": _moment, "BREAKING": _breaking}


# ---- stored ----


def as_data(value: Param) -> object:
    """Give a parameter or a sentence as JSON keeps it; `from_data` gives it back."""
    match value:
        case Sentence():
            return {
                "code": value.code,
                "params": {key: as_data(param) for key, param in value.params.items()},
            }
        case Amount():
            return {"minor": value.minor, "currency": value.currency}
        case datetime():
            return {"time": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case PlanDay():
            return {"plan_day": value.day}
        case Fraction():
            return {"ratio": [value.numerator, value.denominator]}
        case tuple():
            return [as_data(part) for part in value]
    return value


def packed(said: Sentence) -> dict[str, str]:
    """Give a sentence as `as_data` does, but what it speaks of as one text, which is read when it is said.

    A large plan keeps a hundred thousand reasons in memory, of which a page says fifty.
    """
    params = {key: as_data(param) for key, param in said.params.items()}
    return {"code": said.code, "params": json.dumps(params, ensure_ascii=False, separators=(",", ":"))}


class _Packed(Mapping[str, Param]):
    """What a sentence speaks of, as the text that `packed` gave."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def _read(self) -> dict[str, Param]:
        return {key: from_data(param) for key, param in json.loads(self._text).items()}

    def __getitem__(self, key: str) -> Param:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def items(self) -> ItemsView[str, Param]:
        return self._read().items()


def from_data(data: object) -> Param:
    """Read what `as_data` or `packed` gave."""
    match data:
        case {"code": str(code), "params": dict(params)}:
            return Sentence(code, {key: from_data(param) for key, param in params.items()})
        case {"code": str(code), "params": str(text)}:
            return Sentence(code, _Packed(text))
        case {"minor": int(minor), "currency": str(currency)}:
            return Amount(minor, currency)
        case {"time": str(text)}:
            return datetime.fromisoformat(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"plan_day": int(day)}:
            return PlanDay(day)
        case {"ratio": [int(numerator), int(denominator)]}:
            return Fraction(numerator, denominator)
        case list():
            return tuple(from_data(part) for part in data)
        case str() | int():
            return data
    raise ValueError(f"no parameter of a sentence: {data!r}")
