"""A workbook file as sheets of raw cells, read once, within limits, without believing the file.

The XML is read directly: a value is the digits that stand in the file, not a float; a formula and the
value it had when it was saved come in one pass; and what is read is what `mark` edits afterwards, so that
nothing else of the file is touched. Macros, pictures and whatever else the file holds are never looked at.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from xml.parsers import expat

from openpyxl.utils import column_index_from_string, get_column_letter

from pledgeline.exchange.workbook.formats import GENERAL, builtin_format, shows_a_day
from pledgeline.exchange.workbook.package import NotAWorkbook, OpcPackage, open_package
from pledgeline.exchange.workbook.texts import tidy
from pledgeline.programme.sentences import sentence

MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 200_000, 400, 2_000_000
"""Units: rows and columns of a sheet that hold something, cells of the whole workbook."""

LONGEST_FORMULA = 1_000
"""Units: characters of a formula that are kept."""

LONGEST_TEXT = 32_767
"""Units: characters. What a cell of a spreadsheet program can hold."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell as it is in the file.

    `kind` is that of the file: n number, s text, b boolean, e error, d ISO date. `number_format` is the
    text of its format. `is_formula` with an empty `text`: the file holds no value for the formula. `formula`
    is empty where the file writes it once for many cells.
    """

    text: str
    kind: str = "n"
    number_format: str = GENERAL
    is_formula: bool = False
    formula: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.is_formula

    @property
    def is_date(self) -> bool:
        return self.kind == "d" or (self.kind == "n" and shows_a_day(self.number_format, self.text))


NOTHING = RawCell("")


@dataclass(slots=True)
class RawSheet:
    """One sheet: its cells by row and column, both from 1, and how it looks to people.

    `beyond` is the first cell that holds something outside of what is read: "" where there is none.
    """

    name: str
    part: str
    hidden: bool = False
    rows: dict[int, dict[int, RawCell]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    beyond: str = ""

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
        book_part = _main_part(package)
        relations = relations_of(package, book_part)
        sheets, from_1904 = _sheets(package, book_part, relations)
        by_kind = dict(relations.values())
        texts = _shared_texts(package, by_kind.get("sharedStrings", ""))
        formats = _formats(package, by_kind.get("styles", ""))
        room = [MOST_CELLS]
        for sheet in sheets:
            _read_sheet(package, sheet, texts, formats, room)
    return RawBook(tuple(sheets), from_1904)


# ---- the parts ----

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

    def refuse(*_: object) -> None:
        raise NotAWorkbook(sentence("workbook.damaged.document-type", part=part))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, found: start(_local(name), found)
    parser.EndElementHandler = (lambda name: end(_local(name))) if end else None
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, UnicodeError) as error:  # also an encoding that there is not
        raise NotAWorkbook(sentence("workbook.damaged.no-xml", part=part, why=str(error))) from None


@cache
def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _attribute(found: dict[str, str], name: str) -> str:
    return next((value for key, value in found.items() if _local(key) == name), "")


def relations_part(part: str) -> str:
    """Give the name of the part that says what a part refers to."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def relations_of(package: OpcPackage, part: str) -> dict[str, tuple[str, str]]:
    """Give what a part refers to inside the file: the kind and the name of the part, by id."""
    name = package.name(relations_part(part))
    if name not in package:
        return {}
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, said: dict[str, str]) -> None:
        if tag == "Relationship" and said.get("TargetMode") != "External":
            target = said.get("Target", "").replace("\\", "/")
            base = posixpath.dirname(part)
            whole = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(base, target))
            )
            found[said.get("Id", "")] = (said.get("Type", "").rpartition("/")[2], package.name(whole))

    parse(package.read_xml(name), name, start)
    return found


def _main_part(package: OpcPackage) -> str:
    for kind, target in relations_of(package, "").values():
        if kind == "officeDocument" and target in package:
            return target
    raise NotAWorkbook(sentence("workbook.not-xlsx.no-workbook"))


def _sheets(
    package: OpcPackage, part: str, relations: dict[str, tuple[str, str]]
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

    parse(package.read_xml(part), part, start)
    if not sheets:
        raise NotAWorkbook(sentence("workbook.not-xlsx.no-sheet"))
    return sheets, from_1904


_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def _decoded(text: str) -> str:
    """Turn the escapes of the format into the characters that they stand for; halves of characters are none."""
    if "_x" not in text:
        return text
    decoded = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _shared_texts(package: OpcPackage, part: str) -> list[str]:
    if part not in package:
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

    parse(package.read_xml(part), part, start, end, text)
    return found


def _formats(package: OpcPackage, part: str) -> list[str]:
    """Give the number format of each style that a cell may have."""
    if part not in package:
        return []
    own: dict[str, str] = {}
    found: list[str] = []
    inside: list[str] = []

    def start(tag: str, said: dict[str, str]) -> None:
        inside.append(tag)
        if tag == "numFmt":
            own[said.get("numFmtId", "")] = said.get("formatCode", GENERAL)
        elif tag == "xf" and "cellXfs" in inside:
            number = said.get("numFmtId", "0")
            found.append(own.get(number) or builtin_format(whole_number(number, 0)))

    def end(tag: str) -> None:
        inside.pop()

    parse(package.read_xml(part), part, start, end)
    return found


def whole_number(digits: str, otherwise: int) -> int:
    """Read a number of the file that says where something is; a very long one stands beyond everything."""
    if not (digits.isascii() and digits.isdigit()):
        return otherwise
    return int(digits) if len(digits) <= 9 else 10**9


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
        self.sheet, self.texts, self.room = sheet, texts, room
        self.formats = {str(number): text for number, text in enumerate(formats)}
        self.row = self.column = 0
        self.kind, self.style = "n", "0"
        self.value: list[str] = []
        self.formula: list[str] = []
        self.is_formula = self.listens = self.in_cell = self.in_formula = False
        self.reading = 0

    def start(self, tag: str, said: dict[str, str]) -> None:
        if tag == "c":
            found = _REFERENCE.fullmatch(said.get("r", ""))
            self.column = column_number(found[1]) if found else self.column + 1
            self.row = int(found[2]) if found else self.row
            self.kind = said.get("t", "n")
            self.style = said.get("s", "0")
            self.value, self.is_formula, self.in_cell = [], False, True
            self.formula = []
        elif tag == "v" or (tag == "t" and self.in_cell and not self.reading):
            self.listens = True
        elif tag == "f":
            self.is_formula = self.in_formula = True
        elif tag == "rPh":
            self.reading += 1
        elif tag == "row":
            self.row = whole_number(said.get("r", ""), self.row + 1)
            self.column = 0
            if self.row <= MOST_ROWS and _is_hidden(said, "ht"):
                self.sheet.hidden_rows.add(self.row)
        elif tag == "col" and _is_hidden(said, "width"):
            first, last = whole_number(said.get("min", ""), 1), whole_number(said.get("max", ""), 0)
            last = min(last, MOST_COLUMNS)
            self._take(1 + max(0, last - first))
            self.sheet.hidden_columns.update(range(first, last + 1))
        elif tag == "mergeCell":
            self._merge(said.get("ref", ""))

    def end(self, tag: str) -> None:
        if tag == "c":
            self._cell()
            self.in_cell = False
        elif tag in ("v", "t"):
            self.listens = False
        elif tag == "f":
            self.in_formula = False
        elif tag == "rPh":
            self.reading -= 1

    def text(self, piece: str) -> None:
        if self.listens:
            self.value.append(piece)
        elif self.in_formula:
            self.formula.append(piece)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, other = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if one and other:
            self._take(1 + max(0, min(int(other[2]), MOST_ROWS) - int(one[2])))
            self.sheet.merged.append(
                (int(one[2]), column_number(one[1]), int(other[2]), column_number(other[1]))
            )

    def _take(self, cells: int) -> None:
        """Count cells that take up room: filled ones, and those that are merged or hidden together."""
        self.room[0] -= cells
        if self.room[0] < 0:
            said = sentence("workbook.too-many-cells.filled", most=MOST_CELLS)
            raise NotAWorkbook(said, self.sheet.name)

    def _cell(self) -> None:
        text = "".join(self.value)
        if not text and not self.is_formula:
            return
        kind = self.kind
        if kind == "s":
            number = whole_number(text, -1)
            if not 0 <= number < len(self.texts):
                raise NotAWorkbook(sentence("workbook.damaged.text-not-there", sheet=self.sheet.name))
            text = self.texts[number]
        elif kind in ("inlineStr", "str"):
            kind, text = "s", _decoded(text)
        if kind == "s" and not text.strip():
            return  # blanks, or a formula whose result is an empty text: the cell is empty
        if len(text) > LONGEST_TEXT:
            said = sentence("workbook.damaged.long-text", sheet=self.sheet.name, signs=len(text))
            raise NotAWorkbook(said)
        if self.row > MOST_ROWS or self.column > MOST_COLUMNS:
            if not tidy(text):
                return
            place = f"{column_letters(min(self.column, 18_278))}{self.row}"
            self.sheet.beyond = self.sheet.beyond or place
            return
        self._take(1)
        style = self.formats.get(self.style, GENERAL)
        self.sheet.rows.setdefault(self.row, {})[self.column] = RawCell(
            text, kind, style, self.is_formula, "".join(self.formula)[:LONGEST_FORMULA]
        )


def _is_hidden(said: dict[str, str], size: str) -> bool:
    """Say whether a row or a column is hidden, or so small that nobody sees it."""
    return said.get("hidden") in ("1", "true") or said.get(size) in ("0", "0.0")


def _read_sheet(
    package: OpcPackage, sheet: RawSheet, texts: list[str], formats: list[str], room: list[int]
) -> None:
    reader = _SheetReader(sheet, texts, formats, room)
    parse(package.read_xml(sheet.part), sheet.part, reader.start, reader.end, reader.text)


def filled_rows(sheet: RawSheet) -> Iterator[int]:
    """Give the rows in which any cell holds more than blanks, from the top."""
    for row in sorted(sheet.rows):
        if any(cell.is_formula or cell.text.strip() for cell in sheet.rows[row].values()):
            yield row
