"""Sentences as data: what a plain room has to say is a code with its parameters, and a catalogue says it.

A room that writes English can be read in no other language, and whoever needs the day in its sentence must
take the sentence apart. So a room gives a `Sentence`; the catalogue, one file for each room and language in
`data/sentences/`, turns it into words, with the plural forms of that language. The files are Fluent's
(https://projectfluent.org), which translators' tools read. Decision 53 has why.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from typing import Any, Union

from fluent.runtime import FluentBundle, FluentResource, resolver

from pledgeline.money import Amount, in_full

Param = Union[str, int, date, Fraction, Amount, "Sentence", tuple["Param", ...]]
"""What a sentence may speak of. A text is shown as it is; all else as the language writes it."""

LANGUAGES = ("en",)
"""Those with a catalogue, the first one of them whole: what another lacks is said in it."""

resolver.MAX_PART_LENGTH = 1_000_000
"""Units: characters. Fluent guards against catalogues of strangers; ours are our own, and a sentence may name much."""

_language: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


@contextmanager
def spoken_in(language: str) -> Iterator[None]:
    """Let every sentence be said in `language`; one without a catalogue is answered in the first."""
    token = _language.set(language if language in LANGUAGES else LANGUAGES[0])
    try:
        yield
    finally:
        _language.reset(token)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A code of the catalogue and what it speaks of. `str` says it in the reader's language.

    Means:   the part of `code` before the first dot names the file; a message of it is named by the rest,
             its dots as low lines: `plan.not-enough.nothing-there` is `not-enough_nothing-there` in `plan.ftl`.
    """

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.part("")

    def part(self, attribute: str) -> str:
        """Say the sentence, or what the catalogue has beside it under `attribute`; "" where it has nothing."""
        language = _language.get()
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
    file, _, name = code.partition(".")
    return file, name.replace(".", "_")


@lru_cache(maxsize=100)
def _catalogue(language: str, file: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    path = files("pledgeline") / "data" / "sentences" / language / f"{file}.ftl"
    if path.is_file():
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


def _shown(param: Param, language: str) -> Any:
    """Give what Fluent puts in: it writes whole numbers itself, as their plural forms depend on them."""
    if isinstance(param, Amount):
        return in_full(param, language)
    if isinstance(param, date):
        return param.isoformat()
    if isinstance(param, Fraction):
        return str(param)
    if isinstance(param, tuple):
        return in_a_row([_shown(part, language) for part in param])
    return str(param) if isinstance(param, Sentence) else param


def in_a_row(parts: list[str]) -> str:
    """Join names as the language lists them.

    >>> in_a_row(["Norway", "Sweden", "Denmark"])
    'Norway, Sweden and Denmark'
    """
    if len(parts) < 2:
        return "".join(map(str, parts))
    return str(sentence("sentences.and", before=", ".join(map(str, parts[:-1])), last=str(parts[-1])))


# ---- stored ----


def as_data(value: Param) -> Any:
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
        case Fraction():
            return {"ratio": [value.numerator, value.denominator]}
        case tuple():
            return [as_data(part) for part in value]
    return value


def from_data(data: Any) -> Param:
    """Read what `as_data` gave."""
    match data:
        case {"code": str(code), "params": dict(params)}:
            return Sentence(code, {key: from_data(param) for key, param in params.items()})
        case {"minor": int(minor), "currency": str(currency)}:
            return Amount(minor, currency)
        case {"time": str(text)}:
            return datetime.fromisoformat(text)
        case {"day": str(text)}:
            return date.fromisoformat(text)
        case {"ratio": [int(numerator), int(denominator)]}:
            return Fraction(numerator, denominator)
        case list():
            return tuple(from_data(part) for part in data)
        case str() | int():
            return data
    raise ValueError(f"no parameter of a sentence: {data!r}")
