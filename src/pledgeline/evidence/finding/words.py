"""The words of one language by which reports speak of money, stages, days and speakers.

They are data: `data/evidence/en.toml` and its neighbours. A rule names a list, such as `stages.pledged`, and
never a word of a language.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pledgeline.evidence.reading.bylines import BylinePattern
from pledgeline.evidence.reading.noise import NoisePattern
from pledgeline.programme.toml import read_toml

LANGUAGES = ("en", "uk", "de", "fr")
_NEVER = re.compile(r"(?!)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of one language, each as one pattern of whole words, `list.entry` by name."""

    language: str
    decimal: str
    patterns: Mapping[str, re.Pattern[str]]
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return self.patterns.get(name, _NEVER)


def data(name: str) -> dict[str, Any]:
    """Read one file of the words that ship with the program."""
    return read_toml(files("pledgeline.data").joinpath("evidence").joinpath(name).read_text(encoding="utf-8"))


def one_of(parts: Iterable[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Make one pattern of many: whole words, the longer ones first."""
    texts = sorted({part.replace("’", "'") for part in parts}, key=len, reverse=True)
    return re.compile(rf"(?<![\w]){'(?:' + '|'.join(texts) + ')'}(?!\w)", flags) if texts else _NEVER


@cache
def words_of(language: str) -> Words:
    """Give the words of a language; one that we have no words of is read as English."""
    code = language if language in LANGUAGES else LANGUAGES[0]
    lists = data(f"{code}.toml")
    patterns = {
        f"{section}.{name}": one_of(parts)
        for section, entries in lists.items()
        for name, parts in entries.items()
        if isinstance(parts, list)
    }
    return Words(code, lists["language"]["decimal"], patterns, lists)


@cache
def noise_patterns() -> tuple[NoisePattern, ...]:
    """Give the patterns of what is no report."""
    return tuple(
        NoisePattern(entry["type"], re.compile(entry["match"], re.IGNORECASE), bool(entry.get("whole")))
        for entry in data("noise.toml")["patterns"]
    )


_CAPITAL = r"(?![a-zß-öø-ÿа-яєіїґšžłčřěąęćńśźżāēīūļķņģ])[^\W\d_]"
_NAME = rf"{_CAPITAL}[^\W\d_]*(?:[-'.][^\W\d_]+)*\.?"
_OF = "van|von|de|der|den|del|di|da|la|le|ten|zu|dos"
_PERSON = rf"{_NAME}(?: (?:(?:{_OF}) ){{0,2}}{_NAME}){{1,3}}"
_BYLINE_PARTS = {
    "{people}": rf"{_PERSON}(?:(?:, | and | & | та | і | й | und | et ){_PERSON}){{0,4}}",
    "{office}": rf"{_CAPITAL}[^\n,.|–—:;()]{{3,100}}?",
    "{house}": rf"{_CAPITAL}[^\n,.|–—:;()\d]{{1,60}}?",
}


@cache
def byline_patterns() -> tuple[BylinePattern, ...]:
    """Give the patterns of lines that name an author or an outlet."""
    patterns = []
    for entry in data("bylines.toml")["lines"]:
        match = entry["match"]
        for mark, part in _BYLINE_PARTS.items():
            match = match.replace(mark, part)
        patterns.append(BylinePattern(entry["fact"], re.compile(match), entry.get("at") == "end"))
    return tuple(patterns)


@cache
def _signs() -> dict[str, frozenset[str]]:
    return {code: frozenset(words_of(code).values["language"]["signs"]) for code in LANGUAGES}


def language_of(seen: str) -> str:
    """Say in which of our languages a text is written, by its smallest words."""
    words = [match[0].lower() for match in _WORD.finditer(seen[:5_000])]
    counts = {code: sum(word in signs for word in words) for code, signs in _signs().items()}
    return max(LANGUAGES, key=lambda code: counts[code])
