"""The empty workbook that people fill in, and the workbook of a problem that is there already.

Both are written by one function: what a problem looks like in the template is what the reader reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from pledgeline.exchange.workbook import sheets as look
from pledgeline.exchange.workbook.help import write_help
from pledgeline.exchange.workbook.layout import (
    CATEGORIES,
    DATES,
    LISTS,
    NO,
    NUMBERS,
    SETTING_HELP,
    SETTINGS,
    SHEETS,
    YES,
    Kind,
    Sheet,
    SheetColumn,
    heading_of,
    is_example,
)
from pledgeline.exchange.workbook.texts import earmark_text, tidy
from pledgeline.money import MINOR_DIGITS, digits_of, is_currency
from pledgeline.plan import Problem, Substitute
from pledgeline.plan.read import ROWS
from pledgeline.plan.write import said_of
from pledgeline.programme.sentences import Sentence, sentence

ROOM, FORMATTED = 1_000, 200
"""Units: empty rows that offer lists to choose from, and empty rows of the template that are formatted."""

Value = str | int | Decimal | date | bool | None
Row = Sequence[Value]


class NotInAWorkbook(ValueError):
    """The problem holds a text that no cell can keep as it is; the sentence that says so is its only argument."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What goes into the sheets: rows by sheet, in the order of its columns, and the settings."""

    rows: Mapping[str, Sequence[Row]]
    currency: str
    settings: Mapping[str, Value]
    banner: str = ""
    examples: bool = False
    with_categories: bool = False


def template() -> bytes:
    """Give the workbook that people fill in: help first, examples that are not read, lists to choose from."""
    return _write(
        _Content(
            rows={sheet.name: [_example(sheet, row) for row in sheet.examples] for sheet in SHEETS},
            currency="USD",
            settings={"Currency": "USD", "First day": None, "Days": str(DATES), "Title": None},
            examples=True,
        )
    )


def _example(sheet: Sheet, row: Sequence[Sentence | str | int | float | None]) -> Row:
    values: list[Value] = []
    for column, value in zip(sheet.columns, row, strict=False):
        if isinstance(value, Sentence):
            values.append(str(value))
        elif column.kind is Kind.DAY and isinstance(value, str):
            values.append(date.fromisoformat(value))
        elif isinstance(value, float):
            values.append(Decimal(repr(value)))
        else:
            values.append(value)
    return values


def write_problem(
    problem: Problem,
    *,
    first_day: date | None = None,
    title: str = "",
    notes: Mapping[tuple[str, str], str] | None = None,
    banner: str = "",
) -> bytes:
    """Write a problem as the workbook that `read_workbook` reads as the same problem.

    `first_day` is the day that the problem calls 0; without one, days are written as numbers. `notes` are
    remarks for people by sheet and id: ("Contributions", "C-01"). A `banner` stands above each table.

    Raises:  NotInAWorkbook for an unknown currency, and for a text that no cell keeps as it is: one that is
             empty, not composed (NFC), begins or ends with a blank, holds a line break or a control character,
             or begins with EXAMPLE.
    """
    for code in (
        problem.currency,
        *problem.rates,
        *(contribution.currency for contribution in problem.contributions),
    ):
        if not is_currency(code):
            raise NotInAWorkbook(sentence("template.no-currency", code=code))
    writing = _Writing(problem, first_day, notes or {})
    rows = writing.rows()
    return _write(
        _Content(
            rows=rows,
            currency=problem.currency,
            settings={
                "Currency": problem.currency,
                "First day": writing.first_day,
                "Days": str(NUMBERS if writing.first_day is None else DATES),
                "Title": writing.maybe(title),
            },
            banner=banner,
            with_categories=bool(rows[CATEGORIES.name]),
        )
    )


class _Writing:
    """Turns the parts of one problem into rows."""

    def __init__(
        self, problem: Problem, first_day: date | None, notes: Mapping[tuple[str, str], str]
    ) -> None:
        self.problem = problem
        self.first_day = first_day if first_day and self._fit(first_day) else None
        self.notes = notes

    def _fit(self, first_day: date) -> bool:
        """Say whether every day of the problem is one that the reader takes for a date."""
        days = [package.order_day for package in self.problem.packages]
        days += [line.need_by for line in self.problem.lines if line.need_by is not None]
        for contribution in self.problem.contributions:
            days += [day for day in (contribution.available_from, contribution.use_by) if day is not None]
        least, most = date(1990, 1, 1) - first_day, date(2100, 12, 31) - first_day
        return all(least.days <= day <= most.days for day in (0, *days))

    def rows(self) -> dict[str, list[Row]]:
        problem = self.problem
        return {
            **{
                layout.name: [self.row(layout, row) for row in getattr(problem, layout.section)]
                for layout in SHEETS
                if layout.section in ROWS
            },
            "Kits": [
                (self.text(kit), self.text(part), count, self.note("Kits", kit))
                for kit, parts in problem.kits.items()
                for part, count in parts.items()
            ],
            "Rates": [
                (code, _number(rate * _scale(code, problem.currency)), self.note("Rates", code))
                for code, rate in problem.rates.items()
            ],
            CATEGORIES.name: [
                (self.text(item), self.text(category))
                for item, category in problem.categories.items()
                if item not in self._items()
            ],
        }

    def row(self, layout: Sheet, row: Any) -> Row:
        """Give a row of the problem by the columns of its sheet; what nobody need say is left empty."""
        said, name = said_of(row), row.item if isinstance(row, Substitute) else row.id
        return [
            self.cell(column, row, said.get(column.field)) if column.field else self.note(layout.name, name)
            for column in layout.columns
        ]

    def cell(self, column: SheetColumn, row: Any, value: Any) -> Value:
        """Give what stands in a cell of a column."""
        if column.field == "category":
            return self.category(row.item)
        if column.kind is Kind.EARMARK:
            return self.earmark(getattr(row.earmark, column.field))
        if value is None:
            return None
        match column.kind:
            case Kind.ID | Kind.NAME:
                return self.text(value)
            case Kind.PRICE:
                return _major(value, self.problem.currency)
            case Kind.AMOUNT:
                return _major(value, row.currency)
            case Kind.DAY:
                return self.day(value)
            case Kind.NUMBER:
                return None if value == 1 else _number(value)
            case Kind.FEE:
                return _number(Fraction(value, 10_000))
            case Kind.SHARE:
                return _number(value)
            case Kind.YES_NO:
                return str(YES) if value else None
        return value  # type: ignore[no-any-return]

    def _items(self) -> set[str]:
        return {line.item for line in self.problem.lines} | {offer.item for offer in self.problem.offers}

    def text(self, text: str) -> str:
        if text != tidy(text) or not text or text != look.clean(text) or is_example(text):
            raise NotInAWorkbook(sentence("template.text-not-kept", text=repr(text)))
        return text

    def maybe(self, text: str) -> str | None:
        return self.text(text) if text else None

    def category(self, item: str) -> str | None:
        return self.maybe(self.problem.categories.get(item, ""))

    def earmark(self, terms: Mapping[str, frozenset[str]]) -> str | None:
        for value in (value for values in terms.values() for value in values):
            self.text(value) if value else None
        return earmark_text(terms) or None

    def day(self, day: int | None) -> Value:
        if day is None or self.first_day is None:
            return day
        return self.first_day + timedelta(days=day)

    def note(self, sheet: str, name: str) -> str | None:
        return self.notes.get((sheet, name))


def _major(minor: int, currency: str) -> Decimal:
    return Decimal(f"{minor}E-{digits_of(currency)}")


def _number(exact: Fraction) -> Decimal | str:
    """Write an exact number as a decimal where it is one, else as a fraction in text."""
    decimal = look.as_decimal(exact)
    return look.as_text_fraction(exact) if decimal is None else decimal


def _scale(code: str, plan: str) -> Fraction:
    """Turn a rate between minor units, as problems have it, into one between units, as people do."""
    return Fraction(10 ** digits_of(code), 10 ** digits_of(plan))


# ---- the sheets ----


def _write(content: _Content) -> bytes:
    book = Workbook()
    write_help(book.active)  # type: ignore[arg-type]
    for layout in (*SHEETS, CATEGORIES) if content.with_categories else SHEETS:
        sheet = book.create_sheet(layout.heading)
        if content.banner:
            sheet["A1"].value, sheet["A1"].font = content.banner, look.BANNER_FONT
        top = 2 if content.banner else 1
        _head(sheet, layout, top)
        if layout is SETTINGS:
            _settings(sheet, content, top)
        else:
            _body(sheet, layout, content, top)
    lists = book.create_sheet(LISTS)
    look.header(lists, 1, ["Currency"], [12])
    for row, code in enumerate(sorted(MINOR_DIGITS), start=2):
        lists.cell(row, 1, code)
    lists.sheet_state = "hidden"
    return look.to_bytes(book)


def _head(sheet: Worksheet, layout: Sheet, top: int) -> None:
    look.header(
        sheet, top, [column.heading for column in layout.columns], [column.width for column in layout.columns]
    )
    for cell, column in zip(sheet[top], layout.columns, strict=True):
        cell.fill = look.NEEDED_FILL if column.needed else look.FREE_FILL
        said = column.help
        if column.needed:
            said = sentence("template.must-be-filled-in", help=column.help)
        note = Comment(str(said), "Pledgeline")
        note.width, note.height = 300, 40 + 20 * (len(note.text) // 42)
        cell.comment = note
    sheet.freeze_panes = f"B{top + 1}"
    sheet.sheet_properties.tabColor = look.ACCENT if layout.needed else "9AA9B8"


def _body(sheet: Worksheet, layout: Sheet, content: _Content, top: int) -> None:
    rows = content.rows.get(layout.name, ())
    for number, row in enumerate(rows, start=top + 1):
        for place, (column, value) in enumerate(zip(layout.columns, row, strict=False), start=1):
            if value is None:
                continue
            cell = sheet.cell(number, place)
            currency = row[place] if column.kind is Kind.AMOUNT else content.currency
            look.put(cell, value, _format(column, value, str(currency or content.currency)))
            if content.examples:
                cell.font, cell.fill = look.EXAMPLE_FONT, look.EXAMPLE_FILL
            if column.kind in (Kind.TEXT, Kind.EARMARK):
                cell.alignment = look.WRAPPED
    last = len(rows) + top + ROOM
    if content.examples:
        for number in range(len(rows) + 2, len(rows) + 2 + FORMATTED):
            for place, column in enumerate(layout.columns, start=1):
                sheet.cell(number, place).number_format = _format(column, None, content.currency)
    _lists(sheet, layout, top, last)


def _format(column: SheetColumn, value: Value, currency: str) -> str:
    if isinstance(value, str) or column.kind in (Kind.ID, Kind.NAME, Kind.EARMARK):
        return "@"
    if column.kind is Kind.DAY and (value is None or isinstance(value, date)):
        return "yyyy-mm-dd"
    if column.kind in (Kind.PRICE, Kind.AMOUNT):
        return look.money_format(currency)
    return {Kind.WHOLE: "#,##0", Kind.FEE: "0.00%", Kind.SHARE: "0.##%"}.get(column.kind, "General")


def _lists(sheet: Worksheet, layout: Sheet, top: int, last: int) -> None:
    """Offer what can be chosen, and say what a cell is for when it is wrong; nothing is forbidden."""
    for place, column in enumerate(layout.columns, start=1):
        rule = _rule(column, top)
        if rule is None:
            continue
        letter = get_column_letter(place)
        rule.add(f"{letter}{top + 1}:{letter}{last}")
        rule.error, rule.errorTitle = str(column.help)[:220], column.heading[:32]
        sheet.add_data_validation(rule)


def _rule(column: SheetColumn, top: int) -> DataValidation | None:
    if column.kind is Kind.YES_NO:
        return DataValidation("list", formula1=f'"{YES},{NO}"', allow_blank=True, errorStyle="warning")
    if column.kind is Kind.WHOLE:
        return DataValidation(
            "whole",
            operator="greaterThanOrEqual",
            formula1=str(column.least),
            allow_blank=True,
            errorStyle="warning",
        )
    if column.choices:
        return DataValidation(
            "list",
            formula1=_range(column.choices, top),
            allow_blank=True,
            showErrorMessage=column.kind is Kind.CURRENCY,
            errorStyle="warning",
        )
    return None


def _range(choices: str, top: int) -> str:
    name, _, header = choices.partition(".")
    if name == LISTS:
        return f"{LISTS}!$A$2:$A${len(MINOR_DIGITS) + 1}"
    layout = next(sheet for sheet in SHEETS if sheet.name == name)
    letter = get_column_letter([column.header for column in layout.columns].index(header) + 1)
    named = layout.heading if layout.heading.isascii() else f"'{layout.heading}'"
    return f"{named}!${letter}${top + 1}:${letter}${top + ROOM}"


def _settings(sheet: Worksheet, content: _Content, top: int) -> None:
    for number, (name, help_text) in enumerate(SETTING_HELP.items(), start=top + 1):
        sheet.cell(number, 1, heading_of(name, help_text)).font = look.PART_FONT
        value = content.settings.get(name)
        cell = sheet.cell(number, 2)
        look.put(cell, value, "yyyy-mm-dd" if name == "First day" else "@")
        cell.alignment = Alignment(horizontal="left", vertical="top")
        sheet.cell(number, 3, str(help_text)).alignment = look.WRAPPED
    sheet.column_dimensions["C"].width = 70
    for row, formula in ((1, f"{LISTS}!$A$2:$A${len(MINOR_DIGITS) + 1}"), (3, f'"{DATES},{NUMBERS}"')):
        rule = DataValidation("list", formula1=formula, allow_blank=True, errorStyle="warning")
        rule.add(f"B{top + row}")
        sheet.add_data_validation(rule)
