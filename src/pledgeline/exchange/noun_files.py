"""A workbook or a CSV file with one noun of the chain in each row: its columns found, its cells read.

Columns are known by the headings that stand beside the fields of the noun, in every language, by their HXL tags, or
by those that somebody has chosen for a field; no other is guessed. Each row gives its raw values by the names of the
fields, as a form or JSON gives them, with the place of each: the noun itself is read from them by its model.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pledgeline.exchange.hxl import is_tag_row
from pledgeline.exchange.workbook.catalogue import workbook_findings
from pledgeline.exchange.workbook.cells import Cells
from pledgeline.exchange.workbook.file import (
    RawBook,
    RawCell,
    RawSheet,
    column_letters,
    filled_rows,
    read_book,
)
from pledgeline.exchange.workbook.layout import (
    CONTRIBUTIONS,
    OFFERS,
    PACKAGES,
    REQUIREMENTS,
    Kind,
    Sheet,
    SheetColumn,
    is_example,
    plain,
)
from pledgeline.exchange.workbook.package import NotAWorkbook
from pledgeline.exchange.workbook.spoiled import are_hidden, spoiled_cells
from pledgeline.exchange.workbook.tables import HEADER_AMONG, SheetTable, Tables
from pledgeline.exchange.workbook.texts import shown_number, tidy
from pledgeline.programme.findings import Finding, FindingList, Place
from pledgeline.programme.nouns import FieldSaid, Noun, field_of
from pledgeline.programme.sentences import FIRST, Sentence, in_each_language, sentence, spoken_language
from pledgeline.programme.total_words import is_total

MOST_ROWS = 5_000
"""Units: rows of one file. More are two files."""

MOST_BYTES = 4_000_000

_SHEETS = {
    "requirement": REQUIREMENTS,
    "offer": OFFERS,
    "contribution": CONTRIBUTIONS,
    "packaged-line": PACKAGES,
}
"""The sheet of the template after which that of a noun is named."""

_ALSO_NAMED = {"requirement": ("needs",), "offer": ("prices",), "contribution": ("donors",)}

OF_THE_BOOKS = {"contribution": frozenset({"partner", "currency"})}
"""Fields that a file need not say, as the books do."""

_KINDS = {
    "Key": Kind.NAME,
    "Label": Kind.NAME,
    "Note": Kind.TEXT,
    "EarmarkLines": Kind.LINES,
    "Percent": Kind.SHARE,
    "YesNo": Kind.YES_NO,
    "Day": Kind.DAY,
    "Price": Kind.PRICE,
    "Currency": Kind.CURRENCY,
}
"""What the cells of a field hold, by its kind; all others hold whole numbers."""


def sheet_name(noun: str) -> str:
    """Name the sheet of a noun in the reader's language."""
    return _SHEETS[noun].heading


def sheet_names(noun: str) -> tuple[str, ...]:
    """Give how the sheet of a noun may be named, in every language."""
    return (*_SHEETS[noun].headings, *_ALSO_NAMED.get(noun, ()))


def noun_of_sheet(name: str) -> str:
    """Name the noun of which a sheet of this name is; "" where it is of none."""
    return next((noun for noun in _SHEETS if plain(name) in map(plain, sheet_names(noun))), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NounRow:
    """One row: its values by field, None where a cell is wrong, and what is wrong; its key where that could be read.

    `partly` are the values of all cells that could be read.
    """

    line: int
    key: str
    place: Place
    raw: Mapping[str, object] | None
    findings: tuple[Finding, ...]
    partly: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class NounFile:
    """What a file says: its rows, and what is wrong with it as a whole.

    `headings` are all texts of the row that names the columns; `columns` are the letters of the column of each field
    that was found.
    """

    rows: tuple[NounRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    headings: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_readable(self) -> bool:
        """Say whether rows can be taken: nothing is wrong with the file as a whole."""
        return not any(finding.is_error for finding in self.findings)

    def at_cell(self, finding: Finding, row: NounRow) -> Finding:
        """Give a finding of a model at the cell of the field that it is about."""
        return replace(finding, place=replace(row.place, column=self.columns.get(field_of(finding), "")))


def read_noun_file(
    data: bytes, name: str, noun: type[Noun], chosen: Mapping[str, str] | None = None
) -> NounFile:
    """Read a file of nouns; `chosen` gives the heading that is meant for a field. Never raises for what is in it."""
    findings = workbook_findings(name)
    chosen = {field: heading for field, heading in (chosen or {}).items() if field in noun.model_fields}
    try:
        book = book_of(data)
        raw = _sheet_of(book, noun)
    except NotAWorkbook as error:
        findings.note(error.said, Place(file=name, sheet=error.sheet))
        return NounFile(findings=tuple(findings.all))
    return read_noun_sheet(book, raw, name, noun, _layout_of(noun, chosen), findings, chosen)


def read_noun_sheet(
    book: RawBook,
    raw: RawSheet,
    name: str,
    noun: type[Noun],
    layout: Sheet,
    findings: FindingList,
    chosen: Mapping[str, str],
) -> NounFile:
    """Read one sheet whose columns are those of a layout."""
    tables = Tables(book, name, findings)
    table = tables.table(layout, raw)
    headings = headings_in(raw, table.header if table else first_texts(raw))
    if table is None:
        return NounFile(findings=tuple(findings.all), headings=headings, chosen=chosen)
    rows = _Rows(book, table, name, findings, key=noun.KEY).read()
    of_rows = {id(finding) for row in rows for finding in row.findings}
    return NounFile(
        rows=tuple(rows),
        findings=tuple(finding for finding in findings.all if id(finding) not in of_rows),
        headings=headings,
        columns={name: column_letters(number) for name, number in table.columns.items()},
        chosen=chosen,
    )


def headings_in(raw: RawSheet, row: int) -> tuple[str, ...]:
    """Give the texts of a row."""
    return tuple(filter(None, (tidy(cell.text) for _, cell in sorted(raw.rows.get(row, {}).items()))))


def _layout_of(noun: type[Noun], chosen: Mapping[str, str]) -> Sheet:
    taken = {plain(heading) for heading in chosen.values()}
    columns = tuple(
        _column_of(field, chosen.get(name, ""), taken) for name, field in noun.fields_said().items()
    )
    name, *also = sheet_names(noun.NAME)
    return layout_of(noun, columns, name, also)


def layout_of(
    noun: type[Noun], columns: Iterable[SheetColumn], name: str = "", also: Iterable[str] = ()
) -> Sheet:
    """Give the layout of a sheet of nouns with these columns."""
    about = sentence(f"noun.{noun.NAME}")
    return Sheet(name=name, section=noun.NAME, about=about, columns=tuple(columns), also=tuple(also))


def headings_of(said: FieldSaid) -> tuple[str, ...]:
    """Give how a column of a field may be headed: as its model says, by its name in each language, by its tag."""
    return tuple(dict.fromkeys((*said.headings, *in_each_language(said.label), *filter(None, [said.tag]))))


def heading_of(said: FieldSaid) -> str:
    """Give the heading under which a field is written for the reader."""
    return said.headings[0] if spoken_language() == FIRST else str(said.label)


def _column_of(said: FieldSaid, chosen: str, taken: set[str]) -> SheetColumn:
    """Give the column of a field: of the heading that was chosen, or of its own as far as no other field has them."""
    own = [heading for heading in headings_of(said) if plain(heading) not in taken]
    return column_of(said, chosen or heading_of(said), () if chosen else own)


def column_of(said: FieldSaid, heading: str, also: Iterable[str] = ()) -> SheetColumn:
    """Give the column of a field under a heading."""
    return SheetColumn(
        header=heading,
        field=said.name,
        kind=_KINDS.get(said.kind, Kind.WHOLE),
        help=said.label,
        needed=said.is_needed and said.name not in OF_THE_BOOKS.get(said.noun.NAME, ()),
        also=tuple(also),
    )


# The file


def book_of(data: bytes) -> RawBook:
    """Read a workbook, or a CSV file as a workbook of one sheet.

    Raises:  NotAWorkbook, saying what the file is instead, or which limit it goes beyond.
    """
    if len(data) > MOST_BYTES:
        raise NotAWorkbook(sentence("noun-file.too-large"))
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"{", b"<")) or not data:
        return read_book(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAWorkbook(sentence("noun-file.not-utf-8")) from None
    if "\0" in text:
        raise NotAWorkbook(sentence("noun-file.not-utf-8"))
    sheet = RawSheet(name="", part="")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if len(sheet.rows) > MOST_ROWS + HEADER_AMONG:
                break
            sheet.rows[line] = {
                number: RawCell(cell, kind="s") for number, cell in enumerate(cells, start=1) if cell.strip()
            }
            line = reader.line_num + 1
    except csv.Error:
        raise NotAWorkbook(sentence("noun-file.quotes.line", line=str(line))) from None
    first = next((row for row in sheet.rows.values() if row), {})
    if len(first) == 1 and any(sign in first[min(first)].text for sign in ";\t"):
        raise NotAWorkbook(sentence("noun-file.not-commas"))
    return RawBook((sheet,), from_1904=False)


def _sheet_of(book: RawBook, noun: type[Noun]) -> RawSheet:
    """Give the sheet of the noun by its name, or the only one that people see."""
    named = [sheet for sheet in book.sheets if noun_of_sheet(sheet.name) == noun.NAME]
    seen = [sheet for sheet in book.sheets if not sheet.hidden and any(True for _ in filled_rows(sheet))]
    if len(named) == 1 or (not named and len(seen) == 1):
        return (named or seen)[0]
    raise NotAWorkbook(sentence("noun-file.no-sheet.named", sheet=sheet_name(noun.NAME)))


def first_texts(raw: RawSheet) -> int:
    """Give the first row that holds two texts, which may name the columns; 0 where there is none."""
    for row in sorted(raw.rows)[:HEADER_AMONG]:
        if sum(cell.kind == "s" and bool(cell.text.strip()) for cell in raw.rows[row].values()) > 1:
            return row
    return 0


# The rows


class _Rows:
    """Reads the rows below the header, and keeps with each what is wrong with it."""

    def __init__(
        self, book: RawBook, table: SheetTable, name: str, findings: FindingList, *, key: str
    ) -> None:
        self.book, self.table, self.name, self.findings, self.key = book, table, name, findings, key
        self.seen: dict[str, int] = {}

    def read(self) -> list[NounRow]:
        raw, table = self.table.raw, self.table
        before = len(self.findings.listed)
        spoiled = spoiled_cells(table, self.name, self.findings)
        merged = self.findings.listed[before:]
        used = {number: name for name, number in table.columns.items()}
        rows: list[NounRow] = []
        hidden = []
        for line in filled_rows(raw):
            cells = raw.rows[line]
            filled = [number for number in used if number in cells and not cells[number].is_empty]
            if line <= table.header or not any(cells[number].text.strip() for number in filled):
                continue
            if is_example(tidy(raw.cell(line, min(used)).text)):
                continue
            if line <= table.header + 2 and is_tag_row(cells.values()):
                continue
            if len(rows) == MOST_ROWS or self.findings.is_full:
                said = sentence("noun-file.too-many-rows.most", most=MOST_ROWS)
                self.findings.note(said, Place(file=self.name, sheet=raw.name, line=line))
                break
            if line in raw.hidden_rows:
                hidden.append(line)
            of_row = [finding for finding in merged if finding.place.line == line]
            rows.append(
                self._row(line, {used[number] for number in spoiled.get(line, ()) if number in used}, of_row)
            )
        if hidden:
            place = Place(file=self.name, sheet=raw.name, line=hidden[0])
            self.findings.note(are_hidden(hidden), place)
        if not rows and not self.findings.has_errors:
            self.findings.add(_whole(self.name, raw, sentence("noun-file.no-rows")))
        return rows

    def _row(self, line: int, spoiled: set[str], merged: Iterable[Finding]) -> NounRow:
        raw, table = self.table.raw, self.table
        place = Place(file=self.name, sheet=raw.name, line=line)
        cells = Cells(place, raw.rows[line], table.columns, self.findings, from_1904=self.book.from_1904)
        cells.spoiled, cells.sound = spoiled, not spoiled
        before = len(self.findings.listed)
        values = self._values(cells)
        key = values.get(self.key) or ""
        if (first := self.seen.setdefault(key, line)) != line and key:
            cells.object(sentence("row.duplicate.workbook.row", name=key, row=str(first)), self.key)
        findings = (*merged, *self.findings.listed[before:])
        raw_values = values if cells.sound else None
        return NounRow(line=line, key=key, place=place, raw=raw_values, findings=findings, partly=values)

    def _values(self, cells: Cells) -> dict[str, Any]:
        """Read the cells of a row; what is left empty is None, so that it is told from what has no column."""
        values: dict[str, Any] = {}
        columns = [column for column in self.table.named if column.field in self.table.columns]
        for column in columns:
            if column.kind is Kind.NAME and is_total(cells.cell(column.field).text):
                word = tidy(cells.cell(column.field).text)[:40]
                cells.object(sentence("row.total.workbook.word", text=word), column.field)
                return values
        for column in columns:
            if column.kind is Kind.CURRENCY:
                values[column.field] = cells.currency(column) or None
        for column in columns:
            values[column.field] = self._value(cells, column, values.get("currency") or "")
        return values

    def _value(self, cells: Cells, column: SheetColumn, currency: str) -> object:
        match column.kind:
            case Kind.CURRENCY:
                return currency or None
            case Kind.NAME:
                return cells.name(column) or None
            case Kind.LINES:
                return [
                    line.strip() for line in re.split(r"[;\n]", cells.text(column)) if line.strip()
                ] or None
            case Kind.TEXT:
                return cells.text(column) or None
            case Kind.YES_NO:
                return cells.yes_no(column) or None
            case Kind.SHARE:
                return _percent(cells, column)
            case Kind.PRICE:
                return cells.money(column, currency) if currency else None
            case Kind.DAY:
                day = cells.day(column)
                return day.isoformat() if day else None
            case _:
                return cells.whole(column)


def _percent(cells: Cells, column: SheetColumn) -> int | None:
    """Read a share as whole percents."""
    share = cells.share(column)
    if share is None:
        return None
    percent = share * 100
    if percent.denominator == 1:
        return percent.numerator
    said = sentence("cell.not-whole.workbook.number", number=shown_number(percent))
    cells.object(said, column.field)
    return None


def _whole(name: str, raw: RawSheet, said: Sentence) -> Finding:
    return Finding(place=Place(file=name, sheet=raw.name), said=said)
