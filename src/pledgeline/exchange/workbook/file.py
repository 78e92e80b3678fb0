"""A workbook file as sheets of raw cells, read once, within limits, without believing the file.

The XML is read directly: a value is the digits that stand in the file, not a float; a formula and the
value it had when it was saved come in one pass; and what is read is what `mark` edits afterwards, so that
nothing else of the file is touched. Macros, pictures and whatever else the file holds are never looked at.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import column_index_from_string, get_column_letter

MOST_BYTES = 64 * 2**20
"""Units: bytes of the file as it is handed over."""

MOST_UNPACKED = 256 * 2**20
"""Units: bytes of all its parts unpacked; what unpacks to more is no workbook that people typed."""

MOST_RATIO = 400
"""Unpacked bytes for one packed byte, for parts of more than a megabyte. Workbooks stay below 100."""

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 400, 2_000_000
"""Units: rows and columns of a sheet that hold something, cells of the whole workbook."""

LONGEST_TEXT = 32_767
"""Units: characters. What a cell of a spreadsheet program can hold."""


class NotAWorkbook(Exception):
    """The file cannot be read as a workbook. `code` is that of the finding; `wrong` says what was found."""

    def __init__(self, code: str, wrong: str = "", sheet: str = "") -> None:
        super().__init__(wrong)
        self.code, self.wrong, self.sheet = code, wrong, sheet


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell as it is in the file.

    `kind` is that of the file: n number, s text, b boolean, e error, d ISO date. `number_format` is the
    text of its format. `is_formula` with an empty `text`: the file holds no value for the formula.
    """

    text: str
    kind: str = "n"
    number_format: str = "General"
    is_formula: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.is_formula

    @property
    def is_date(self) -> bool:
        return self.kind == "d" or (self.kind == "n" and bool(_is_date(self.number_format)))


NOTHING = RawCell("")


@cache
def _is_date(number_format: str) -> bool:
    return bool(is_date_format(number_format))


@dataclass(slots=True)
class RawSheet:
    """One sheet: its cells by row and column, both from 1, and how it looks to people."""

    name: str
    part: str
    hidden: bool = False
    rows: dict[int, dict[int, RawCell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def cell(self, row: int, column: int) -> RawCell:
        return self.rows.get(row, {}).get(column, NOTHING)


@dataclass(frozen=True, slots=True)
class RawBook:
    """All sheets, in their order. `from_1904` says from which day the file counts its days."""

    sheets: tuple[RawSheet, ...]
    from_1904: bool


def read_book(data: bytes) -> RawBook:
    """Read the sheets of a workbook.

    Raises:  NotAWorkbook, saying what the file is instead, or which limit it goes beyond.
    """
    with open_package(data) as package:
        names = set(package.namelist())
        book_part = _main_part(package, names)
        relations = relations_of(package, book_part)
        sheets, from_1904 = _sheets(package, book_part, relations)
        by_kind = dict(relations.values())
        texts = _shared_texts(package, by_kind.get("sharedStrings", ""), names)
        formats = _formats(package, by_kind.get("styles", ""), names)
        room = [MOST_CELLS]
        for sheet in sheets:
            if sheet.part not in names:
                raise NotAWorkbook("workbook.damaged", f"The part {sheet.part} is missing.")
            _read_sheet(package, sheet, texts, formats, room)
    return RawBook(tuple(sheets), from_1904)


# ---- the package ----


def open_package(data: bytes) -> zipfile.ZipFile:
    """Open the file as what a workbook is inside, a zip archive of XML parts, or say what it is instead."""
    if not data:
        raise NotAWorkbook("workbook.empty-file")
    if len(data) > MOST_BYTES:
        raise NotAWorkbook("workbook.too-large", f"It has {len(data) / 2**20:,.0f} MB.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise NotAWorkbook("workbook.encrypted" if locked else "workbook.old-xls")
    if not data.startswith(b"PK"):
        raise NotAWorkbook("workbook.not-xlsx", _what_it_is(data))
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError, OSError):
        raise NotAWorkbook("workbook.damaged", "The archive breaks off or is damaged.") from None
    if any(part.flag_bits & 1 for part in parts):
        raise NotAWorkbook("workbook.encrypted")
    if len(parts) > 10_000 or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotAWorkbook("workbook.bomb")
    if any(part.file_size > 2**20 and part.file_size > MOST_RATIO * part.compress_size for part in parts):
        raise NotAWorkbook("workbook.bomb")
    names = {part.filename for part in parts}
    if len(names) < len(parts):
        raise NotAWorkbook("workbook.damaged", "A part is there twice.")
    if "xl/workbook.bin" in names:
        raise NotAWorkbook("workbook.not-xlsx", "It is a binary workbook (.xlsb).")
    if "mimetype" in names and "content.xml" in names:
        raise NotAWorkbook("workbook.not-xlsx", "It is an OpenDocument file (.ods).")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise NotAWorkbook("workbook.not-xlsx", "It is a document of another office program.")
    if any(name.startswith("Index/") for name in names):
        raise NotAWorkbook("workbook.not-xlsx", "It is a Numbers document.")
    if "_rels/.rels" not in names:
        raise NotAWorkbook("workbook.not-xlsx", "It is an archive of other files.")
    return package


def _what_it_is(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"%PDF"):
        return "It is a PDF file."
    if head[:1] in b"{[":
        return "It is a JSON file; name it .json."
    if head[:1] == b"<":
        return "It is a web page or an XML file under the name of a workbook."
    try:
        data[:4096].decode("utf-8", errors="ignore" if len(data) > 4096 else "strict")
    except UnicodeDecodeError:
        return "It is something else under the name of a workbook."
    return (
        "It is a text, perhaps a CSV file." if b"\0" not in data[:4096] else "It is no file of a spreadsheet."
    )


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Unpack one part.

    Raises:  NotAWorkbook when it is damaged or larger than it says.
    """
    try:
        return package.read(name)
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError, NotImplementedError, RuntimeError, OSError):
        raise NotAWorkbook("workbook.damaged", f"The part {name} cannot be unpacked.") from None
    except Exception as error:  # what zlib raises is no public name of the module
        raise NotAWorkbook("workbook.damaged", f"The part {name} cannot be unpacked: {error}.") from None


Handler = Callable[[str, dict[str, str]], None]


def parse(
    data: bytes,
    part: str,
    start: Handler,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read one XML part: names come without their namespace. A document type is refused: it can explode.

    Raises:  NotAWorkbook when it is no XML.
    """

    def refuse(*_: Any) -> None:
        raise NotAWorkbook("workbook.damaged", f"The part {part} declares a document type.")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, found: start(_local(name), found)
    parser.EndElementHandler = (lambda name: end(_local(name))) if end else None
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise NotAWorkbook("workbook.damaged", f"The part {part} is no XML: {error}.") from None


@cache
def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _attribute(found: dict[str, str], name: str) -> str:
    return next((value for key, value in found.items() if _local(key) == name), "")


def relations_part(part: str) -> str:
    """Give the name of the part that says what a part refers to."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def relations_of(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Give what a part refers to inside the file: the kind and the name of the part, by id."""
    name = relations_part(part)
    if name not in package.namelist():
        return {}
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, said: dict[str, str]) -> None:
        if tag == "Relationship" and said.get("TargetMode") != "External":
            target = said.get("Target", "")
            base = posixpath.dirname(part)
            whole = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(base, target))
            )
            found[said.get("Id", "")] = (said.get("Type", "").rpartition("/")[2], whole)

    parse(read_part(package, name), name, start)
    return found


def _main_part(package: zipfile.ZipFile, names: set[str]) -> str:
    for kind, target in relations_of(package, "").values():
        if kind == "officeDocument" and target in names:
            return target
    raise NotAWorkbook("workbook.not-xlsx", "It holds no workbook.")


def _sheets(
    package: zipfile.ZipFile, part: str, relations: dict[str, tuple[str, str]]
) -> tuple[list[RawSheet], bool]:
    sheets: list[RawSheet] = []
    from_1904 = False

    def start(tag: str, said: dict[str, str]) -> None:
        nonlocal from_1904
        if tag == "workbookPr":
            from_1904 = said.get("date1904", "0") in ("1", "true")
        elif tag == "sheet":
            kind, target = relations.get(
                next((said[key] for key in said if key != "id" and _local(key) == "id"), ""), ("", "")
            )
            if kind == "worksheet":
                hidden = said.get("state", "visible") != "visible"
                sheets.append(RawSheet(said.get("name", ""), target, hidden))

    parse(read_part(package, part), part, start)
    if not sheets:
        raise NotAWorkbook("workbook.not-xlsx", "It has no sheet.")
    return sheets, from_1904


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _decoded(text: str) -> str:
    """Turn the escapes of the format into the characters that they stand for."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _shared_texts(package: zipfile.ZipFile, part: str, names: set[str]) -> list[str]:
    if part not in names:
        return []
    found: list[str] = []
    state = {"text": False, "reading": 0}
    pieces: list[str] = []

    def start(tag: str, said: dict[str, str]) -> None:
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            state["reading"] += 1
        elif tag == "t":
            state["text"] = not state["reading"]

    def end(tag: str) -> None:
        if tag == "si":
            found.append(_decoded("".join(pieces)))
        elif tag == "rPh":
            state["reading"] -= 1
        elif tag == "t":
            state["text"] = False

    def text(piece: str) -> None:
        if state["text"]:
            pieces.append(piece)

    parse(read_part(package, part), part, start, end, text)
    return found


def _formats(package: zipfile.ZipFile, part: str, names: set[str]) -> list[str]:
    """Give the number format of each style that a cell may have."""
    if part not in names:
        return []
    own: dict[str, str] = {}
    found: list[str] = []
    inside: list[str] = []

    def start(tag: str, said: dict[str, str]) -> None:
        inside.append(tag)
        if tag == "numFmt":
            own[said.get("numFmtId", "")] = said.get("formatCode", "General")
        elif tag == "xf" and "cellXfs" in inside:
            number = said.get("numFmtId", "0")
            builtin = BUILTIN_FORMATS.get(int(number)) if number.isdecimal() else None
            found.append(own.get(number) or builtin or "General")

    def end(tag: str) -> None:
        inside.pop()

    parse(read_part(package, part), part, start, end)
    return found


# ---- one sheet ----

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@cache
def column_number(letters: str) -> int:
    """Give the number of a column, from 1."""
    return int(column_index_from_string(letters))


def column_letters(number: int) -> str:
    """Give the letters of a column."""
    return str(get_column_letter(number))


class _SheetReader:
    """Hears the elements of one sheet and fills it."""

    def __init__(self, sheet: RawSheet, texts: list[str], formats: list[str], room: list[int]) -> None:
        self.sheet, self.texts, self.formats, self.room = sheet, texts, formats, room
        self.row = self.column = 0
        self.kind, self.style = "n", 0
        self.value: list[str] = []
        self.is_formula = self.listens = self.in_cell = False
        self.reading = 0

    def start(self, tag: str, said: dict[str, str]) -> None:
        if tag == "c":
            found = _REFERENCE.fullmatch(said.get("r", ""))
            self.column = column_number(found[1]) if found else self.column + 1
            self.row = int(found[2]) if found else self.row
            self.kind = said.get("t", "n")
            style = said.get("s", "0")
            self.style = int(style) if style.isdecimal() else 0
            self.value, self.is_formula, self.in_cell = [], False, True
        elif tag == "v" or (tag == "t" and self.in_cell and not self.reading):
            self.listens = True
        elif tag == "f":
            self.is_formula = True
        elif tag == "rPh":
            self.reading += 1
        elif tag == "row":
            self.row = int(said["r"]) if said.get("r", "").isdecimal() else self.row + 1
            self.column = 0
            if said.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self.row)
        elif tag == "col" and said.get("hidden") in ("1", "true"):
            first, last = said.get("min", ""), said.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self.sheet.hidden_columns.update(range(int(first), min(int(last), MOST_COLUMNS) + 1))
        elif tag == "mergeCell":
            self._merge(said.get("ref", ""))

    def end(self, tag: str) -> None:
        if tag == "c":
            self._cell()
            self.in_cell = False
        elif tag in ("v", "t"):
            self.listens = False
        elif tag == "rPh":
            self.reading -= 1

    def text(self, piece: str) -> None:
        if self.listens:
            self.value.append(piece)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, other = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if one and other:
            self.sheet.merged.append(
                (int(one[2]), column_number(one[1]), int(other[2]), column_number(other[1]))
            )

    def _cell(self) -> None:
        text = "".join(self.value)
        if not text and not self.is_formula:
            return
        kind = self.kind
        if kind == "s":
            number = int(text) if text.isdecimal() else -1
            if not 0 <= number < len(self.texts):
                raise NotAWorkbook(
                    "workbook.damaged", f"Sheet {self.sheet.name} names a text that is not there."
                )
            text = self.texts[number]
        elif kind in ("inlineStr", "str"):
            kind, text = "s", _decoded(text)
        if not text and not self.is_formula:
            return
        if len(text) > LONGEST_TEXT:
            raise NotAWorkbook(
                "workbook.damaged", f"A cell of sheet {self.sheet.name} has {len(text):,} signs."
            )
        self.room[0] -= 1
        if self.row > MOST_ROWS or self.column > MOST_COLUMNS or self.room[0] < 0:
            place = f"{column_letters(min(self.column, 18_278))}{self.row}"
            raise NotAWorkbook("workbook.too-many-cells", f"Something stands in {place}.", self.sheet.name)
        style = self.formats[self.style] if self.style < len(self.formats) else "General"
        self.sheet.rows.setdefault(self.row, {})[self.column] = RawCell(text, kind, style, self.is_formula)


def _read_sheet(
    package: zipfile.ZipFile, sheet: RawSheet, texts: list[str], formats: list[str], room: list[int]
) -> None:
    reader = _SheetReader(sheet, texts, formats, room)
    parse(read_part(package, sheet.part), sheet.part, reader.start, reader.end, reader.text)


def filled_rows(sheet: RawSheet) -> Iterator[int]:
    """Give the rows in which any cell holds more than blanks, from the top."""
    for row in sorted(sheet.rows):
        if any(cell.is_formula or cell.text.strip() for cell in sheet.rows[row].values()):
            yield row
