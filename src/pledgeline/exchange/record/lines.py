"""From bytes to rows: one CSV file, and all of its rows that can be told apart.

What is no CSV at all is recognised by its first bytes and named, because "not UTF-8 in line 1" does
not help somebody who renamed a workbook. A stray quotation mark or a byte that is no UTF-8 costs the
row it is in, and no other.
"""

import codecs
import csv
import difflib
import io
import os
import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from pledgeline.exchange.record.hints import is_meant
from pledgeline.programme.findings import FindingList, Place, shortened
from pledgeline.programme.names import UNSEEN, clean, mixed_script, named_letter
from pledgeline.programme.sentences import Sentence, sentence

LONGEST_LINE = 1_000_000
LARGEST_FILE = 256_000_000
LONGEST_CELL = 10_000

_MAGIC = {
    b"PK\x03\x04": "zip",
    b"\xd0\xcf\x11\xe0": "xls",
    b"%PDF": "pdf",
    b"\x1f\x8b": "gzip",
    b"<": "xml",
    b"{": "json",
    b"SQLite format 3": "database",
}
_ESCAPED = re.compile("[\udc80-\udcff]")
_FREE_TEXT = frozenset(
    ("url", "title", "note", "earmark_text", "what_as_reported", "contents_as_reported", "accessed_as")
)
"""Columns whose words may be of several scripts: a Ukrainian ending on a name in Latin letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One row: its cells by column, without spaces around them, and the line where it begins.

    A row that is not `sound` has a finding already; it is kept because other rows may refer to its
    key. Nothing more is said about the cells of its `spoiled` columns.
    """

    number: int
    cells: dict[str, str]
    sound: bool = True
    spoiled: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The rows of a file. Where they are not `complete`, nobody can say that a key is not in the file."""

    rows: list[FileLine] = field(default_factory=list)
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileForm:
    """The name of a file, its columns, of which it `may_lack` some, and the one that names a row."""

    name: str
    columns: tuple[str, ...]
    may_lack: frozenset[str]
    key_column: str


def read_lines(folder: Path, form: FileForm, findings: FindingList) -> Lines:
    """Read the rows of a file of this form, without ever holding more of it than a line."""
    name = form.name
    path = folder / name
    try:
        if not path.exists() and not path.is_symlink():
            said = sentence("file.missing.named", name=name, note=_like(folder, name))
            findings.note(said, Place(file=name))
            return Lines(complete=False)
        if not path.is_file():
            findings.note(sentence("file.unreadable.no-file", name=name), Place(file=name))
            return Lines(complete=False)
        with path.open("rb") as file:
            if not _is_csv(file, name, findings):
                return Lines(complete=False)
            return _Table(file, form, findings).read()
    except OSError as error:
        why = error.strerror or type(error).__name__
        findings.note(sentence("file.unreadable.why", name=name, why=why), Place(file=name))
        return Lines(complete=False)


def lines_of(rows: Sequence[Mapping[str, str]], form: FileForm, findings: FindingList) -> Lines:
    """Read rows that somebody typed as if they stood in the file: the first is on line 2."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, form.columns)
    writer.writeheader()
    writer.writerows(rows)
    file = io.BytesIO(text.getvalue().encode("utf-8", "replace"))
    return _Table(file, form, findings).read()


def _like(folder: Path, name: str) -> Sentence | str:
    """Name a file that may be the missing one: `FX.csv`, `fx (1).csv`, `fx.xlsx`."""
    stem = name.partition(".")[0]
    found = sorted(other for other in os.listdir(folder) if other.lower().startswith(stem) and other != name)
    return is_meant(*found[:1])


def _is_csv(file: BinaryIO, name: str, findings: FindingList) -> bool:
    size = os.fstat(file.fileno()).st_size
    if size > LARGEST_FILE:
        findings.note(sentence("file.too-large.bytes", name=name, bytes=size), Place(file=name))
        return False
    begin = file.read(1024)
    file.seek(0)
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or begin[:64].count(0) > 16:
        findings.note(sentence("file.not-utf-8.utf-16", name=name), Place(file=name, line=1))
        return False
    for magic, kind in _MAGIC.items():
        if begin.lstrip().startswith(magic):
            findings.note(sentence("file.not-csv.kind", name=name, kind=kind), Place(file=name))
            return False
    return True


class _Feed:
    """The lines of a file for the CSV reader. Those of a broken row can be given once more.

    `taken` are the numbered lines of the row that is being read; `spoiled` the numbers of lines
    with bytes that are no UTF-8.
    """

    def __init__(self, file: BinaryIO, name: str, findings: FindingList) -> None:
        self._text = io.TextIOWrapper(file, "utf-8-sig", "surrogateescape")
        self._name, self._findings = name, findings
        self._number = 0
        self._again: deque[tuple[int, str]] = deque()
        self._first_spoiled = ""
        self.taken: list[tuple[int, str]] = []
        self.spoiled: set[int] = set()
        self.complete = True

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read()
        self.taken.append(line)
        return line[1]

    def take_back(self) -> None:
        """Give the lines of the row once more, all but the first."""
        self._again.extendleft(reversed(self.taken[1:]))

    def _read(self) -> tuple[int, str]:
        while text := self._text.readline(LONGEST_LINE + 1):
            self._number += 1
            if len(text) <= LONGEST_LINE:
                if not text.isascii() and _ESCAPED.search(text):
                    self._first_spoiled = self._first_spoiled or text
                    self.spoiled.add(self._number)
                return self._number, text
            said = sentence("file.line-too-long")
            self._findings.note(said, Place(file=self._name, line=self._number))
            self.complete = False
            while text and not text.endswith("\n"):
                text = self._text.readline(LONGEST_LINE)
        raise StopIteration

    def object_to_bytes(self) -> None:
        """Note, once for the file, that lines have bytes that are no UTF-8."""
        found = _ESCAPED.search(self._first_spoiled)
        if found is None:
            return
        before = self._first_spoiled[: found.start()].encode("utf-8", "surrogateescape")
        near = self._first_spoiled[max(0, found.start() - 20) : found.start() + 20].strip()
        place, byte = str(len(before) + 1), f"{ord(found[0]) - 0xDC00:02x}"
        said = sentence("file.not-utf-8.byte", place=place, byte=byte)
        if len(self.spoiled) > 1:
            said = sentence("file.not-utf-8.bytes", place=place, byte=byte, more=len(self.spoiled) - 1)
        self._findings.note(
            said,
            Place(file=self._name, line=min(self.spoiled)),
            excerpt=_ESCAPED.sub("\ufffd", near),
        )


class _Table:
    """A file that is being read."""

    def __init__(self, file: BinaryIO, form: FileForm, findings: FindingList) -> None:
        self._name, self._columns, self._key_column = form.name, form.columns, form.key_column
        self._may_lack, self._findings = form.may_lack, findings
        self._feed = _Feed(file, form.name, findings)
        self._header: list[str] = []
        self._lost: frozenset[str] = frozenset()
        self._rows: list[FileLine] = []
        self._complete = True

    def read(self) -> Lines:
        reader = csv.reader(self._feed, strict=True)
        going_on = True
        while going_on:
            self._feed.taken.clear()
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                going_on = self._lose_row(str(error))
                continue
            if not any(cell.strip() for cell in cells):
                continue  # what a spreadsheet left empty is no row
            if self._header:
                self._rows.append(self._row(cells))
            else:
                going_on = self._take_header([cell.strip() for cell in cells])
        if going_on and not self._header and self._feed.complete:
            self._findings.note(sentence("file.empty.named", name=self._name), Place(file=self._name))
        self._feed.object_to_bytes()
        complete = self._complete and self._feed.complete and bool(self._header)
        return Lines(rows=self._rows, complete=complete)

    def _place(self, column: str = "") -> Place:
        return Place(file=self._name, line=self._feed.taken[0][0], column=column)

    def _take_header(self, header: list[str]) -> bool:
        """Look at the names of the columns, and say whether the rows can be read."""
        if not set(header) & set(self._columns):
            self._object_to_header(header)
            return False
        doubled = {column for column in header if column and header.count(column) > 1}
        for column in sorted(doubled):
            said = sentence("header.double-column.record.named", column=column)
            self._findings.note(said, self._place(column))
        unknown = [column for column in header if column not in self._columns]
        for column in self._columns:
            if column not in header and column not in self._may_lack:
                near = difflib.get_close_matches(column, [name.lower() for name in unknown], 1)
                meant = next((name for name in unknown if near and name.lower() == near[0]), "")
                note = is_meant(shortened(meant))
                said = sentence("header.missing-column.record.named", column=column, note=note)
                self._findings.note(said, self._place(column))
                unknown = [name for name in unknown if name != meant]
        for column in dict.fromkeys(unknown):
            said = sentence("header.unknown-column.record.unnamed")
            if column:
                said = sentence("header.unknown-column.record.named", column=shortened(column))
            self._findings.note(said, self._place(column[:40]))
        self._header = header
        self._lost = frozenset(doubled | (set(self._columns) - set(header) - self._may_lack))
        self._complete = self._key_column not in self._lost
        return True

    def _object_to_header(self, header: list[str]) -> None:
        if self._feed.spoiled:
            return  # what is wrong with the bytes is enough
        text = self._feed.taken[0][1].strip()
        for separator, sign in ((";", "semicolon"), ("\t", "tab"), ("|", "bar")):
            if {cell.strip('" ') for cell in text.split(separator)} & set(self._columns):
                self._findings.note(sentence("file.separator.sign", sign=sign), self._place(), excerpt=text)
                return
        columns = ",".join(self._columns)
        said = sentence("header.none.record.columns", name=self._name, columns=columns)
        self._findings.note(said, self._place(), excerpt=text)

    def _lose_row(self, why: str) -> bool:
        """Object to a row that is no CSV, keep its key, and go on after its first line if there is a header."""
        text = self._feed.taken[0][1]
        if "field larger" in why and len(self._feed.taken) == 1:
            self._findings.note(sentence("cell.too-long.record.unread"), self._place())
        else:
            self._findings.note(sentence("file.quotes.why", why=why), self._place(), excerpt=text.strip())
        self._feed.take_back()
        try:
            cells = next(csv.reader([text]))
        except csv.Error:
            cells, self._complete = [], False
        self._rows.append(self._spoiled(cells))
        return bool(self._header)

    def _spoiled(self, cells: list[str]) -> FileLine:
        return FileLine(
            number=self._feed.taken[0][0],
            cells={column: cell.strip() for column, cell in zip(self._header, cells, strict=False)},
            sound=False,
            spoiled=frozenset(self._columns),
        )

    def _row(self, cells: list[str]) -> FileLine:
        if self._feed.spoiled and any(number in self._feed.spoiled for number, _ in self._feed.taken):
            return self._spoiled(cells)
        if len(cells) != len(self._header):
            lines = len(self._feed.taken)
            columns = len(self._header)
            said = sentence("row.cells.record.counts", cells=len(cells), columns=columns)
            if lines > 1:
                said = sentence("row.cells.record.over-lines", cells=len(cells), columns=columns, lines=lines)
            self._findings.note(said, self._place(), excerpt=",".join(cells))
            self._complete = self._complete and lines == 1
            return self._spoiled(cells)
        whole = "".join(cells)
        plain = whole.isascii() and whole.isprintable() and "  " not in whole
        bare = [cell.strip() if plain else clean(cell) for cell in cells]
        spoiled = self._lost
        if not plain or bare != cells or len(whole) > LONGEST_CELL:
            spoiled |= self._look_at(cells, bare)
        return FileLine(
            number=self._feed.taken[0][0],
            cells=dict(zip(self._header, bare, strict=True)),
            sound=not spoiled,
            spoiled=spoiled,
        )

    def _look_at(self, cells: list[str], bare: list[str]) -> set[str]:
        """Object to characters and lengths, cell by cell; give the columns that cannot be read."""
        spoiled = set()
        for column, cell, read in zip(self._header, cells, bare, strict=True):
            if column not in self._columns:
                continue
            if UNSEEN.search(cell):
                said = sentence("cell.control-characters.record")
                self._findings.note(said, self._place(column), excerpt=cell)
                spoiled.add(column)
            elif len(cell) > LONGEST_CELL:
                said = sentence("cell.too-long.record.characters", characters=len(cell))
                self._findings.note(said, self._place(column), excerpt=cell)
                spoiled.add(column)
            elif cell.strip() != cell:
                self._findings.note(sentence("cell.spaces.record"), self._place(column), excerpt=cell)
            elif column not in _FREE_TEXT and (letter := mixed_script(read)):
                said = sentence("cell.two-scripts.record.letter", text=read[:40], letter=named_letter(letter))
                self._findings.note(said, self._place(column), excerpt=cell)
        return spoiled
