"""Take a TOML file apart with care: every wrong value is a finding with its line, none a crash.

A `TomlFile` is one file and what was found wrong in it; a `TomlTable` is one of its tables. Each method of a
table reads one key and says what is wrong with it; what it returns then is only there so that reading
can go on and find the rest. A sheet with findings is never used.
"""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from pledgeline.guarantees.durations import Duration, NotDuration, parse_duration
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.toml_lines import Path, lines_of
from pledgeline.programme.findings import Finding, Place, Severity
from pledgeline.programme.names import describe_letter, invisible_characters, shown
from pledgeline.programme.sentences import Param, Sentence, sentence
from pledgeline.programme.toml import NotToml, read_toml

MOST_FINDINGS = 100
"""A short link can hold thousands of faults; a page of all of them would take minutes, and nobody reads it."""

LONGEST_WORD, MOST_WORDS = 100, 1_000
"""Among how many known words a slip of the pen is looked for, and how long it may be."""

FIRST_YEAR, LAST_YEAR = 1600, 2500
_EXCERPT = 160
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class TomlFile:
    """One TOML file: its values, their lines, and the findings about them."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self._texts = text.split("\n")  # as the reader counts; other ends of lines are ordinary letters
        self._lines: dict[Path, int] = {}
        self.values: dict[str, object] | None = None
        try:
            self.values = read_toml(text)
            self._lines = lines_of(text)
        except NotToml as problem:
            self.findings.append(
                Finding(
                    place=Place(file=file, line=problem.line),
                    said=_seen(
                        sentence("guarantees.not-toml.line", problem=problem.wrong, instead=problem.way_out)
                    ),
                    excerpt=self._excerpt(problem.line),
                )
            )
        for path, text in _texts_in(self.values, ()):
            if not self.is_full:
                self._must_be_seen(path, text)

    def _must_be_seen(self, path: Path, text: str) -> None:
        """Refuse what turns the direction of a line or hides in it: it would go to pages, texts and calendars."""
        is_plain = text.isascii() and text.isprintable()
        hidden = [] if is_plain else invisible_characters(text)
        if hidden:
            letters = tuple(map(describe_letter, hidden[:5]))
            self.found(path, sentence("guarantees.invisible.letters", letters=letters))

    def _excerpt(self, line: int) -> str:
        text = self._texts[line - 1].strip() if 0 < line <= len(self._texts) else ""
        return shown(text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…")

    def line(self, path: Path) -> int:
        """Give the line of a value, or of the nearest table that holds it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def found(self, path: Path, said: Sentence, severity: Severity = Severity.ERROR) -> None:
        """Note a finding about the value at `path`; of very many, the first."""
        if self.is_full:
            return
        line = self.line(path)
        self.findings.append(
            Finding(
                place=Place(file=self.file, line=line),
                said=_seen(said),
                excerpt=self._excerpt(line),
                severity=severity,
            )
        )
        if self.is_full:  # an error in any case: what is not listed may be one
            self.findings.append(
                Finding(
                    place=Place(file=self.file, line=line),
                    said=sentence("guarantees.more.findings", listed=MOST_FINDINGS),
                )
            )

    @property
    def is_full(self) -> bool:
        return len(self.findings) >= MOST_FINDINGS


def _seen(said: Sentence) -> Sentence:
    """Write out in a sentence what nobody would see in the texts that it quotes."""
    return Sentence(said.code, {name: _all_seen(param) for name, param in said.params.items()})


def _all_seen(param: Param) -> Param:
    if isinstance(param, str):
        return param if param.isascii() and param.isprintable() else shown(param)
    if isinstance(param, tuple):
        return tuple(map(_all_seen, param))
    return _seen(param) if isinstance(param, Sentence) else param


def _texts_in(values: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Give every text of a file and every key, each with its place."""
    if isinstance(values, str):
        yield path, values
    elif isinstance(values, dict):
        for key, value in values.items():
            yield (*path, key), key
            yield from _texts_in(value, (*path, key))
    elif isinstance(values, list):
        for number, value in enumerate(values):
            yield from _texts_in(value, (*path, number))


def nearest(word: str, words: Collection[str]) -> str:
    """Give the known word that `word` was probably meant to be, or nothing.

    Comparing takes time by the length of both words, and by their number: what is longer than any word of ours,
    or one of thousands, is no slip of the pen that is worth it.
    """
    if len(word) > LONGEST_WORD or len(words) > MOST_WORDS:
        return ""
    return next(iter(difflib.get_close_matches(word, list(words), n=1, cutoff=0.7)), "")


def did_you_mean(word: str, words: Collection[str], what: str) -> Sentence:
    """Say the way out for a word that is not in a list: the nearest one, or the list when it is short.

    `what` is the key of the noun in the catalogue, such as `kind-of-event`.
    """
    close = nearest(word, words)
    if close:
        return sentence("guarantees.instead.nearest", word=close)
    if len(words) <= 25:
        return sentence("guarantees.instead.one-of", words=tuple(words))
    return sentence("guarantees.instead.choose", count=len(words), what=what)


class TomlTable:
    """One table of a sheet.

    `required` and `optional` are the keys it may have. A key that is in neither is a finding: an error,
    or in a table that other tools extend (`is_open`) a warning unless it looks like a slip of the pen.
    """

    def __init__(
        self,
        sheet: TomlFile,
        path: Path,
        values: Mapping[str, object],
        *,
        required: str = "",
        optional: str = "",
        is_open: bool = False,
    ) -> None:
        self.sheet, self.path, self.values = sheet, path, values
        needed = required.split()
        known = [*needed, *optional.split()]
        for key in values:
            if key in known or sheet.is_full:
                continue
            slip = nearest(key, known)
            severity = Severity.WARNING if is_open and not slip else Severity.ERROR
            instead = (
                sentence("guarantees.instead.nearest", word=slip)
                if slip
                else sentence("guarantees.instead.remove", known=tuple(known))
            )
            self.wrong(key, self._here("guarantees.unknown-key", key=key, instead=instead), severity)
        for key in needed:
            if key not in values:
                sheet.found(path, self._here("guarantees.missing-key", key=key))

    def _here(self, code: str, **params: Param) -> Sentence:
        """Make the sentence of a code about this table, or about the file as a whole."""
        name = ".".join(str(part) for part in self.path if isinstance(part, str))
        if name:
            return Sentence(f"{code}.table", {**params, "table": name})
        return Sentence(f"{code}.file", params)

    def wrong(self, key: str, said: Sentence, severity: Severity = Severity.ERROR) -> None:
        """Note a finding about one key of this table."""
        self.sheet.found((*self.path, key), said, severity)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str) -> str:
        """Read a text; empty when it is absent."""
        value = self.values.get(key, "")
        if isinstance(value, str):
            if key in self.values and not value.strip():
                self.wrong(key, sentence("guarantees.wrong-type.empty", key=key))
            return value
        self.wrong(key, sentence("guarantees.wrong-type.text", key=key))
        return ""

    def slug(self, key: str) -> str:
        value = self.text(key)
        if value and not _SLUG.fullmatch(value):
            self.wrong(key, sentence("guarantees.bad-id.letters", id=value))
        return value

    def word(
        self, key: str, words: Collection[str], code: str = "guarantees.unknown-word.word", what: str = ""
    ) -> str:
        """Read one word of a closed list; empty when it is absent.

        `code` is the sentence for a word that is not known, `what` the key of the noun in the catalogue: without
        one, `key` is.
        """
        value = self.text(key)
        if value and value not in words and not self.sheet.is_full:
            self.wrong(key, _unknown(value, words, code, what or key))
        return value

    def flag(self, key: str) -> bool | None:
        value = self.values.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.wrong(key, sentence("guarantees.wrong-type.flag", key=key))
        return None

    def whole(self, key: str) -> int:
        """Read a whole number of 1 or more."""
        value = self.values.get(key, 1)
        if type(value) is int and 0 < value <= 10**16:
            return value
        self.wrong(key, sentence("guarantees.bad-number.whole", key=key))
        return 1

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        if value is None:
            return None
        if type(value) is not date:
            self.wrong(key, sentence("guarantees.bad-date.no-day", key=key))
            return None
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            self.wrong(
                key,
                sentence(
                    "guarantees.bad-date.year",
                    year=str(value.year),
                    first=str(FIRST_YEAR),
                    last=str(LAST_YEAR),
                ),
            )
            return None
        return value

    def duration(self, key: str) -> Duration | None:
        if key not in self.values:
            return None
        try:
            return parse_duration(self.text(key))
        except NotDuration as problem:
            self.wrong(key, problem.said)
            return None

    def texts(self, key: str, *, filled: bool = False) -> tuple[str, ...]:
        """Read a list of texts; with `filled` it must have one at least."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self.wrong(key, sentence("guarantees.wrong-type.texts", key=key))
            return ()
        if filled and key in self.values and not value:
            self.wrong(key, sentence("guarantees.empty-list.list", key=key))
        before: set[str] = set()
        for number, entry in enumerate(value):
            if entry in before:
                self.sheet.found(
                    (*self.path, key, number), sentence("guarantees.named-twice.in-list", word=entry, key=key)
                )
            before.add(entry)
        return tuple(value)

    def words(
        self, key: str, words: Collection[str], code: str, what: str, *, filled: bool = False
    ) -> tuple[str, ...]:
        """Read a list of words, each from a closed list; `code` and `what` as for `word`."""
        values = self.texts(key, filled=filled)
        for number, entry in enumerate(values):
            if entry not in words and not self.sheet.is_full:
                self.sheet.found((*self.path, key, number), _unknown(entry, words, code, what))
        return values

    def table(
        self, key: str, *, required: str = "", optional: str = "", is_open: bool = False
    ) -> "TomlTable | None":
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(key, sentence("guarantees.wrong-type.table", key=key))
            return None
        return TomlTable(
            self.sheet, (*self.path, key), value, required=required, optional=optional, is_open=is_open
        )

    def tables(
        self, key: str, *, required: str = "", optional: str = "", is_open: bool = False
    ) -> list["TomlTable"]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.wrong(key, sentence("guarantees.wrong-type.tables", key=key))
            return []
        tables: list[TomlTable] = []
        for number, values in enumerate(value):
            if self.sheet.is_full:  # nothing more would be said about those that follow
                break
            path = (*self.path, key, number)
            tables.append(
                TomlTable(self.sheet, path, values, required=required, optional=optional, is_open=is_open)
            )
        return tables

    def moment(self, at: str = "at", on: str = "on", *, required: bool = True) -> Moment | None:
        """Read a moment with its offset under `at`, or a local day under `on`."""
        if at != on and at in self.values and on in self.values:
            self.wrong(on, sentence("guarantees.two-times.both", at=at, on=on))
            return None
        key = at if at in self.values else on
        if key not in self.values:
            if required:
                self.sheet.found(self.path, self._here("guarantees.missing-time", at=at, on=on))
            return None
        moment = moment_of(self.values[key], allows_day=key == on)
        if moment is None:
            value = str(self.values[key])
            said = (
                sentence("guarantees.bad-time.day", value=value)
                if key == on
                else sentence("guarantees.bad-time.moment", value=value)
            )
            self.wrong(key, said)
        return moment


def _unknown(word: str, words: Collection[str], code: str, what: str) -> Sentence:
    return Sentence(code, {"word": word, "what": what, "instead": did_you_mean(word, words, what)})


def moment_of(value: object, *, allows_day: bool) -> Moment | None:
    """Read a moment or a day from a TOML value or a text; nothing when it is neither."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            try:
                value = datetime.fromisoformat(str(value))
            except ValueError:
                return None
    if isinstance(value, datetime):
        if value.tzinfo is None or not FIRST_YEAR <= value.year <= LAST_YEAR:
            return None
        return Moment(at=value)
    if allows_day and isinstance(value, date) and FIRST_YEAR <= value.year <= LAST_YEAR:
        return Moment(on=value)
    return None
