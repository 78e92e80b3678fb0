"""Read a register: two lists of words and actors, and one TOML file for each instrument.

All findings come back at once, each with its line and a way out. A register with an error is not
given at all: a timeline from half of the promises would be wrong in a way that nobody can see.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pledgeline.guarantees.instruments import Instrument, Register
from pledgeline.guarantees.read_instrument import InstrumentReader
from pledgeline.guarantees.read_words import read_actors, read_vocabulary
from pledgeline.guarantees.toml_tables import TomlFile
from pledgeline.guarantees.vocabulary import Actors, Vocabulary
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.sentences import Sentence, sentence

_IS_SCENARIO = re.compile(r'^schema\s*=\s*"pledgeline-guarantee-cases/', re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class RegisterReading:
    """What came of reading: the register, unless a finding is an error, and all findings."""

    register: Register | None
    findings: tuple[Finding, ...]


def read_folder(folder: Path, *, words_from: Path | None = None) -> RegisterReading:
    """Read the register in `folder`.

    A folder without `vocab.toml` or `actors.toml` uses those of `words_from`, and its instruments may
    relate to those there. Files of scenarios, by their name (`cases…`) or their schema, are no part of it.
    """
    if not folder.is_dir():
        return _nothing(str(folder), sentence("guarantees.no-register.folder"))
    paths = {path.name: path for path in sorted(folder.glob("*.toml")) if not path.name.startswith("cases")}
    elsewhere: frozenset[str] = frozenset()
    if words_from is not None:
        elsewhere = frozenset(path.stem for path in words_from.glob("*.toml"))
        for name in ("actors.toml", "vocab.toml"):
            paths.setdefault(name, words_from / name)
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    for name, path in paths.items():
        try:
            texts[name] = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            said = sentence("guarantees.unreadable.file", problem=str(problem))
            findings.append(_file_finding(name, said))
    texts = {name: text for name, text in texts.items() if not _IS_SCENARIO.search(text)}
    reading = read_register(texts, related=elsewhere)
    if findings:
        return RegisterReading(register=None, findings=(*findings, *reading.findings))
    return reading


def read_register(texts: Mapping[str, str], *, related: frozenset[str] = frozenset()) -> RegisterReading:
    """Read a register from the text of its files, by file name.

    `related` are instruments outside it that `relates_to` may name.
    """
    texts = dict(texts)
    for name in ("vocab.toml", "actors.toml"):
        if name not in texts:
            return _nothing(name, sentence("guarantees.no-words.file", file=name))
    words = _read_words(texts.pop("vocab.toml"), texts.pop("actors.toml"))
    vocabulary, actors, findings = words.vocabulary, words.actors, words.findings
    instruments: list[Instrument] = []
    if vocabulary is not None and actors is not None:
        ids = related | {name.removesuffix(".toml") for name in texts}
        for name, text in sorted(texts.items()):
            instrument, found = _read_instrument(name, text, words, ids)
            findings += found
            if instrument is not None:
                instruments.append(instrument)
    if not texts:
        findings += (_file_finding("", sentence("guarantees.no-instruments.none")),)
    if vocabulary is None or actors is None or any(finding.is_error for finding in findings):
        return RegisterReading(register=None, findings=findings)
    register = Register(vocabulary=vocabulary, actors=actors, instruments=tuple(instruments))
    return RegisterReading(register=register, findings=findings)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Words:
    """What two files say of words and actors; each reading of other files is other words."""

    vocabulary: Vocabulary | None
    actors: Actors | None
    findings: tuple[Finding, ...]


@lru_cache(maxsize=8)
def _read_words(vocabulary: str, actors: str) -> _Words:
    sheets = TomlFile("vocab.toml", vocabulary), TomlFile("actors.toml", actors)
    read = read_vocabulary(sheets[0]), read_actors(sheets[1])
    return _Words(vocabulary=read[0], actors=read[1], findings=(*_by_line(sheets[0]), *_by_line(sheets[1])))


@lru_cache(maxsize=256)
def _read_instrument(
    name: str, text: str, words: _Words, ids: frozenset[str]
) -> tuple[Instrument | None, tuple[Finding, ...]]:
    """Read one file. Who edits one of many has the others read once, not at every look."""
    assert words.vocabulary is not None
    assert words.actors is not None
    sheet = TomlFile(name, text)
    instrument = InstrumentReader(sheet, words.vocabulary, words.actors, ids).read()
    return instrument, _by_line(sheet)


def _by_line(sheet: TomlFile) -> tuple[Finding, ...]:
    return tuple(sorted(sheet.findings, key=lambda finding: finding.place.line or 0))


def _file_finding(file: str, said: Sentence) -> Finding:
    return Finding(place=Place(file=file or "register", line=1), said=said)


def _nothing(file: str, said: Sentence) -> RegisterReading:
    return RegisterReading(register=None, findings=(_file_finding(file, said),))
