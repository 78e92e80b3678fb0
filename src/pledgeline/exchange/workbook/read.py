"""A workbook as people fill it in: the problem it says, and everything that is wrong with it, at its cell.

A row with an error is left out; the good rows are read all the same and counted. There is no problem to
plan from while any error stands.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

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
from pledgeline.exchange.workbook.formulas import rows_added_up
from pledgeline.exchange.workbook.layout import (
    CATEGORIES,
    CONTRIBUTIONS,
    DATES,
    KITS,
    NUMBERS,
    OFFERS,
    PACKAGES,
    RATES,
    REQUIREMENTS,
    SETTING_HELP,
    SETTINGS,
    SHEETS,
    SUBSTITUTES,
    SUPPLIERS,
    Kind,
    Sheet,
    SheetColumn,
    is_example,
    names_of,
    plain,
)
from pledgeline.exchange.workbook.mark import mark
from pledgeline.exchange.workbook.package import NotAWorkbook
from pledgeline.exchange.workbook.relations import Rows, check_all
from pledgeline.exchange.workbook.spoiled import are_hidden, spoiled_cells
from pledgeline.exchange.workbook.tables import SheetTable, Tables
from pledgeline.exchange.workbook.texts import letter_note, tidy
from pledgeline.money import digits_of, is_currency
from pledgeline.plan import Problem, read_problem
from pledgeline.programme.findings import Finding, FindingList, Place
from pledgeline.programme.sentences import Sentence, in_each_language, sentence
from pledgeline.programme.total_words import is_total, may_be_total


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookReading:
    """What a workbook says.

    `problem` is None while any error stands. `raw` is the JSON form of the good rows; `kept` counts them
    by sheet. `first_day` is the day that the problem calls 0, None where days are numbers. `marked` is the
    workbook itself with a colour and a comment on each faulty cell, nothing else changed; it is empty
    where the file is no workbook. `said_at` gives the sheet and row of each row that was read, by sheet
    and id.
    """

    problem: Problem | None
    raw: Mapping[str, object]
    findings: tuple[Finding, ...]
    kept: Mapping[str, int]
    marked: bytes
    first_day: date | None = None
    title: str = ""

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.is_error)


def read_workbook(data: bytes, name: str = "workbook.xlsx") -> WorkbookReading:
    """Read a filled-in template. Never raises for what is in the file."""
    findings = workbook_findings(name)
    try:
        book = read_book(data)
    except NotAWorkbook as error:
        findings.note(error.said, Place(file=name, sheet=error.sheet))
        return WorkbookReading(problem=None, raw={}, findings=tuple(findings.all), kept={}, marked=b"")
    reader = _Reader(book, name, findings)
    reader.read()
    problem, raw = reader.problem()
    in_order = reader.in_order()
    return WorkbookReading(
        problem=None if findings.has_errors else problem,
        raw=raw,
        findings=in_order,
        kept=reader.kept(),
        marked=mark(data, book, in_order),
        first_day=reader.first_day,
        title=reader.settings.title,
    )


def _setting_names() -> dict[str, str]:
    """Give the setting that each name means, as it is written in every language."""
    return {text: name for name, item in SETTING_HELP.items() for text in names_of(name, item, ())}


@dataclass(slots=True)
class _Settings:
    """What the sheet Settings says, with the defaults of what it leaves open."""

    currency: str = ""
    first_day: date | None = None
    in_numbers: bool = False
    title: str = ""


class _Reader:
    """Goes through the sheets, collects the rows and every objection."""

    def __init__(self, book: RawBook, name: str, findings: FindingList) -> None:
        self.book, self.name, self.findings = book, name, findings
        self.settings = _Settings()
        self.rows = Rows()
        self.tables: dict[str, SheetTable] = {}
        self.first_day: date | None = None

    def read(self) -> None:
        tables = Tables(self.book, self.name, self.findings)
        found = tables.sheets()
        if SETTINGS.name in found:
            self._read_settings(found[SETTINGS.name])
        self.first_day = self.settings.first_day
        examples = 0
        for layout in (*SHEETS, CATEGORIES):
            if layout is SETTINGS:
                continue
            raw = found.get(layout.name)
            table = tables.table(layout, raw) if raw is not None else None
            if table is None:
                if raw is not None or layout.needed:
                    self.rows.incomplete.add(layout.name)
                continue
            self.tables[layout.name] = table
            tables.look_at_currencies(table, self.settings.currency)
            examples += self._read_rows(table)
        self.rows.incomplete |= tables.incomplete
        needed = [layout.name for layout in SHEETS if layout.needed and layout is not SETTINGS]
        empty = [name for name in needed if name in self.tables and not self._has_rows(name)]
        if len(empty) == len(needed) and examples:
            place = Place(file=self.name, sheet=self.tables[REQUIREMENTS.name].raw.name)
            self.findings.note(sentence("sheet.only-examples"), place)
        else:
            for name in empty:
                place = Place(file=self.name, sheet=self.tables[name].raw.name)
                self.findings.note(sentence("sheet.no-rows"), place)

    def _has_rows(self, name: str) -> bool:
        return bool(self.rows.of.get(name)) or name in self.rows.incomplete

    # ---- settings ----

    def _read_settings(self, raw: RawSheet) -> None:
        """Read the settings: a name and its value side by side, in any row."""
        written = {plain(text): text for text in _setting_names()}
        names = {text: _setting_names()[name] for text, name in written.items()}
        seen: set[str] = set()
        first = min(
            (number for cells in raw.rows.values() for number in cells if plain(cells[number].text) in names),
            default=1,
        )
        for row in filled_rows(raw):
            text = tidy(raw.cell(row, first).text)
            name = names.get(plain(text))
            place = Place(file=self.name, sheet=raw.name, line=row, column=column_letters(first))
            if name is None:
                self._object_to_setting(place, text, written, not raw.cell(row, first + 1).is_empty)
            elif name in seen:
                self.findings.note(sentence("settings.twice.named", name=text), place, excerpt=text)
            else:
                seen.add(name)
                self._read_setting(raw, row, name, first + 1)
        if not self.settings.currency and not any(
            finding.place.sheet == raw.name and finding.is_error for finding in self.findings.all
        ):
            self.findings.note(sentence("settings.missing"), Place(file=self.name, sheet=raw.name))

    def _object_to_setting(self, place: Place, text: str, names: Mapping[str, str], has_value: bool) -> None:
        """Object to the name of a setting that is none; headings and remarks are left alone."""
        near = difflib.get_close_matches(plain(text), names, 1)
        headings = {plain(heading) for heading in (*SETTINGS.names, *SETTINGS.columns[0].names, "name")}
        if text and plain(text) not in headings and (near or has_value):
            said = sentence("settings.unknown.named", text=text[:40])
            if near:
                meant, note = names[near[0]], letter_note(text, names[near[0]])
                said = sentence("settings.unknown.meant", text=text[:40], meant=meant, note=note)
            self.findings.note(said, place, excerpt=text)

    def _read_setting(self, raw: RawSheet, row: int, name: str, number: int) -> None:
        kind = {"Currency": Kind.CURRENCY, "First day": Kind.DAY}.get(name, Kind.NAME)
        column = SheetColumn(
            header=tidy(raw.cell(row, number - 1).text),
            field="value",
            kind=kind,
            help=SETTING_HELP[name],
            needed=name == "Currency",
        )
        place = Place(file=self.name, sheet=raw.name, line=row)
        cells = Cells(place, raw.rows[row], {"value": number}, self.findings, from_1904=self.book.from_1904)
        if name == "Currency":
            self.settings.currency = cells.currency(column)
        elif name == "First day":
            self.settings.first_day = cells.day(column)
        elif name == "Days":
            said = cells.name(column).casefold()
            self.settings.in_numbers = said in in_each_language(NUMBERS)
            if said and not self.settings.in_numbers and said not in in_each_language(DATES):
                self._object_to_days(cells)
        else:
            self.settings.title = cells.name(column) if not raw.cell(row, number).is_empty else ""

    def _object_to_days(self, cells: Cells) -> None:
        cells.object(sentence("settings.days.text", text=cells.cell("value").text[:40]), "value")

    # ---- rows ----

    def _read_rows(self, table: SheetTable) -> int:
        """Read the rows below the header; give the number of examples."""
        raw, layout = table.raw, table.layout
        spoiled = spoiled_cells(table, self.name, self.findings)
        used = table.used = {number: name for name, number in table.columns.items()}
        first = table.columns.get(layout.columns[0].field, 0)
        named = [
            (column.field, table.columns[column.field])
            for column in layout.columns
            if column.field in table.columns and column.kind in (Kind.ID, Kind.NAME)
        ]
        examples = 0
        hidden: list[int] = []
        for row in filled_rows(raw):
            if row <= table.header:
                continue
            if self.findings.is_full:
                self.rows.incomplete.add(layout.name)
                break
            cells = raw.rows[row]
            if not any(
                number in used and (cell.text.strip() or cell.is_formula) for number, cell in cells.items()
            ):
                continue
            if is_example(tidy(raw.cell(row, first).text)):
                examples += 1
                self._look_at_example(table, row)
                continue
            place = Place(file=self.name, sheet=raw.name, line=row)
            line = Cells(place, cells, table.columns, self.findings, from_1904=self.book.from_1904)
            line.spoiled = {used[number] for number in spoiled.get(row, ()) if number in used}
            line.sound = not line.spoiled
            line.in_percent = table.in_percent
            if row in raw.hidden_rows:
                hidden.append(row)
            filled = [number for number in used if not raw.cell(row, number).is_empty]
            if len(filled) == 1 and sum(column.needed for column in layout.columns) > 2 and not line.spoiled:
                line.object(sentence("row.almost-empty.workbook"), used[filled[0]])
                self.rows.incomplete.add(layout.name)
            elif not self._is_total(table, named, line, cells):
                self._read_row(table, line, row)
        if hidden:
            place = Place(file=self.name, sheet=raw.name, line=hidden[0])
            self.findings.note(are_hidden(hidden), place)
        return examples

    def _is_total(
        self, table: SheetTable, named: list[tuple[str, int]], line: Cells, row: Mapping[int, RawCell]
    ) -> bool:
        """Object to a row that is named as a total; it is not read. A name that may be one is asked about."""
        for name, number in named:
            cell = row.get(number)
            if cell is None or cell.kind != "s":
                continue
            if is_total(cell.text):
                line.object(sentence("row.total.workbook.word", text=tidy(cell.text)[:40]), name)
                self.rows.incomplete.add(table.layout.name)
                return True
            if name in ("id", "partner") and table.layout is not SUPPLIERS and may_be_total(cell.text):
                said = sentence("row.perhaps-total.workbook.name", text=tidy(cell.text)[:60])
                line.object(said, name, warn=True)
        self._look_for_total_in_notes(table, line, row)
        self._look_for_sums(table, line, row)
        return False

    def _look_for_sums(self, table: SheetTable, line: Cells, row: Mapping[int, RawCell]) -> None:
        """Ask about a figure whose formula adds up other rows of its column: it would be counted twice."""
        for column in table.layout.columns:
            number = table.columns.get(column.field, 0)
            if column.kind not in (Kind.WHOLE, Kind.AMOUNT) or number not in row or not row[number].formula:
                continue
            heading = table.raw.cell(table.header, number).text
            added = rows_added_up(row[number].formula, column_letters(number), table.raw.name, heading)
            count = sum(
                not table.raw.cell(other, number).is_empty
                for other in added & table.raw.rows.keys()
                if other > table.header and other != line.at("").line
            )
            if count >= (2 if column.kind is Kind.AMOUNT else 3):
                said = sentence("row.perhaps-total.workbook.formula", rows=count)
                line.object(said, column.field, warn=True)
                line.asked_of_sum.add(column.field)

    def _look_for_total_in_notes(self, table: SheetTable, line: Cells, row: Mapping[int, RawCell]) -> None:
        """Ask about a row beside which somebody wrote that it is a total, in a note or a column of their own."""
        for number in row.keys() - table.used.keys():
            cell = row[number]
            if cell.kind == "s" and is_total(cell.text):
                at = line.at("")
                place = Place(file=at.file, sheet=at.sheet, line=at.line, column=column_letters(number))
                said = sentence("row.perhaps-total.workbook.note", text=tidy(cell.text)[:60])
                self.findings.note(said, place, excerpt=cell.text)

    def _look_at_example(self, table: SheetTable, row: int) -> None:
        """Say so when somebody wrote over an example and left its name: the row would be lost silently."""
        layout = table.layout
        said = {plain(cell.text) for cell in table.raw.rows[row].values()}
        for example in layout.examples:
            words = [in_each_language(value) for value in example if isinstance(value, Sentence)]
            texts = [(value,) for value in example if isinstance(value, str) and not value[:1].isdigit()]
            numbers = [(str(value),) for value in example if isinstance(value, int) and value > 1]
            if all(any(plain(text) in said for text in heading) for heading in (*words, *texts, *numbers)):
                return
        place = Place(
            file=self.name,
            sheet=table.raw.name,
            line=row,
            column=column_letters(table.columns[layout.columns[0].field]),
        )
        self.findings.note(sentence("row.example-changed.workbook"), place)

    def _read_row(self, table: SheetTable, cells: Cells, row: int) -> None:
        """Read one row into its values by field, and keep it if nothing is wrong with it."""
        layout = table.layout
        values: dict[str, object] = {}
        currency = ""
        for column in table.named:
            if column.kind is Kind.CURRENCY:
                currency = cells.currency(column) or (
                    "" if cells.cell(column.field).text.strip() else self.settings.currency
                )
        for column in table.named:
            if not column.field:
                continue
            if column.kind is Kind.CURRENCY:
                values[column.field] = currency
            elif column.field not in table.columns:
                cells.sound = cells.sound and not column.needed
            else:
                values[column.field] = self._value(cells, column, currency)
        said = table.currency_said.get("amount_minor")
        if said and currency and currency not in said and cells.sound:
            wrong = sentence("cell.other-currency.workbook.heading", currency=currency)
            cells.object(wrong, "amount_minor")
        self.rows.keep(layout, cells, row, values)

    def _value(self, cells: Cells, column: SheetColumn, currency: str) -> object:
        match column.kind:
            case Kind.ID | Kind.NAME | Kind.TEXT:
                return cells.name(column)
            case Kind.WHOLE:
                return cells.whole(column)
            case Kind.PRICE:
                return cells.money(column, self.settings.currency)
            case Kind.AMOUNT:
                return cells.money(column, currency)
            case Kind.DAY:
                return cells.day_number(column) if self.settings.in_numbers else cells.day(column)
            case Kind.NUMBER:
                return cells.number(column, above_zero=column.field in ("ratio", "rate"))
            case Kind.SHARE:
                return cells.share(column)
            case Kind.FEE:
                return cells.fee(column)
            case Kind.YES_NO:
                return cells.yes_no(column)
            case _:
                return cells.earmark(column)

    # ---- the problem ----

    def problem(self) -> tuple[Problem, dict[str, object]]:
        """Build the problem of the good rows and look at it as a whole."""
        self._choose_first_day()
        raw = self._raw()
        problem, objections = read_problem(raw, self.name)
        if self.findings.is_full:
            return problem, raw
        check_all(
            problem,
            objections,
            self.rows,
            self.findings,
            currency_known=bool(self.settings.currency),
            first_day=self.first_day,
        )
        return problem, raw

    def _choose_first_day(self) -> None:
        if self.first_day is not None or self.settings.in_numbers:
            self.first_day = None if self.settings.in_numbers else self.first_day
            return
        kept = [row.values for rows in self.rows.of.values() for row in rows]
        orders = [values["order_day"] for values in kept if isinstance(values.get("order_day"), date)]
        days = [value for values in kept for value in values.values() if isinstance(value, date)]
        self.first_day = min(orders or days, default=None)

    def _day(self, value: date | int | None) -> int | None:
        if isinstance(value, date):
            assert self.first_day is not None
            return (value - self.first_day).days
        return value

    def _raw(self) -> dict[str, object]:
        """Write the good rows in the JSON form that `read_problem` reads."""
        plan = self.settings.currency
        raw: dict[str, object] = {"currency": plan}
        if self.settings.title:
            raw["title"] = self.settings.title
        rates = {row.values["code"]: row.values["rate"] for row in self.rows.of.get(RATES.name, ())}
        raw["rates"] = {
            code: _number(rate * 10 ** digits_of(plan) / 10 ** digits_of(code))
            for code, rate in rates.items()
            if is_currency(plan)
        }
        raw["categories"] = self.rows.categories()
        kits: dict[str, dict[str, int]] = {}
        for row in self.rows.of.get(KITS.name, ()):
            kits.setdefault(row.values["kit"], {})[row.values["part"]] = row.values["count"]
        raw["kits"] = kits
        for layout in (SUBSTITUTES, SUPPLIERS, PACKAGES, REQUIREMENTS, OFFERS, CONTRIBUTIONS):
            raw[layout.section] = [
                self._json(layout, row.values) for row in self.rows.of.get(layout.name, ())
            ]
        return raw

    def _json(self, layout: Sheet, values: Mapping[str, Any]) -> dict[str, object]:
        said: dict[str, object] = {}
        for column in layout.columns:
            value = values.get(column.field)
            if (
                not column.field
                or value is None
                or value == ""
                or column.field in ("category", "allow", "deny")
            ):
                continue
            if column.kind is Kind.DAY:
                value = self._day(value)
            elif isinstance(value, Fraction):
                value = _number(value)
            elif value in (0, False) and column.kind in (Kind.FEE, Kind.YES_NO):
                continue
            said[column.field] = value
        earmark = {side: values[side] for side in ("allow", "deny") if values.get(side)}
        return said | ({"earmark": earmark} if earmark else {})

    def kept(self) -> dict[str, int]:
        return {
            layout.name: len(self.rows.of.get(layout.name, ())) for layout in SHEETS if layout is not SETTINGS
        }

    def in_order(self) -> tuple[Finding, ...]:
        """Give the findings in the order of the sheets and rows of the file."""
        order = {raw.name: number for number, raw in enumerate(self.book.sheets)}
        return tuple(
            sorted(
                self.findings.all,
                key=lambda one: (
                    order.get(one.place.sheet, -1),
                    one.place.line or 0,
                    len(one.place.column),
                    one.place.column,
                ),
            )
        )


def _number(exact: Fraction) -> int | list[int]:
    return exact.numerator if exact.denominator == 1 else [exact.numerator, exact.denominator]
