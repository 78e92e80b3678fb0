"""A good workbook, and the ways to change it: by cell, by sheet, by the bytes of the file."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from openpyxl import Workbook, load_workbook

from pledgeline.exchange.workbook import write_problem
from pledgeline.plan import read_problem

FIRST_DAY = date(2026, 1, 1)

GOOD: dict[str, Any] = {
    "currency": "USD",
    "rates": {"NOK": [1, 10]},
    "categories": {"pump": "water", "generator": "power", "tent": "shelter", "small generator": "power"},
    "kits": {"clinic": {"tent": 4, "generator": 1}},
    "substitutes": [{"item": "generator", "by": "small generator", "ratio": [1, 2]}],
    "packages": [
        {"id": "P-1", "order_day": 31, "target_minor": 20_000_000, "tolerance_minor": 20_000_000},
        {"id": "P-2", "order_day": 59, "max_lines": 10},
    ],
    "lines": [
        {"id": "R-1", "item": "pump", "quantity": 10, "need_by": 180, "min_useful": 2, "multiple": 2},
        {"id": "R-2", "item": "generator", "quantity": 5, "priority": 2, "weight": [3, 2]},
        {"id": "R-3", "item": "clinic", "quantity": 2},
    ],
    "offers": [
        {
            "id": "O-1",
            "item": "pump",
            "unit_price_minor": 125_050,
            "available": 100,
            "lead_days": 30,
            "lot": 5,
            "min_order": 10,
            "supplier": "Works",
            "source": "stock",
        },
        {"id": "O-2", "item": "generator", "unit_price_minor": 4_800_000, "available": 60, "lead_days": 45},
        {"id": "O-3", "item": "tent", "unit_price_minor": 90_000, "lead_days": 20},
        {"id": "O-4", "item": "small generator", "unit_price_minor": 2_000_000, "lead_days": 10},
    ],
    "suppliers": [{"id": "Works", "capacity": 500, "charge_minor": 25_000}],
    "contributions": [
        {"id": "C-1", "amount_minor": 300_000_000, "currency": "NOK", "partner": "Norway", "use_by": 120},
        {
            "id": "C-2",
            "amount_minor": 5_000_000,
            "currency": "USD",
            "earmark": {"allow": {"category": ["water"]}, "deny": {"item": ["tent"]}},
            "available_from": 5,
        },
        {"id": "C-3", "amount_minor": 9_000_000, "currency": "USD", "fee_bps": 150, "max_share": [1, 2]},
    ],
}
"""The good workbook as JSON. Its first row is row 2 of each sheet."""

Change = Callable[[Workbook], None]
Spoil = Callable[[bytes], bytes]


@cache
def good() -> bytes:
    """Give the good workbook, without help and lists: it is opened and saved some hundred times."""
    problem, findings = read_problem(GOOD)
    assert not findings
    book = load_workbook(io.BytesIO(write_problem(problem, first_day=FIRST_DAY)))
    del book["Help"], book["Lists"]
    for sheet in book:
        sheet.data_validations.dataValidation = []
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(change: Change) -> bytes:
    """Change the good workbook as somebody at a spreadsheet would."""
    book = load_workbook(io.BytesIO(good()))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(sheet: str, cell: str, value: object, number_format: str = "") -> Change:
    """Write a value into a cell."""

    def change(book: Workbook) -> None:
        book[sheet][cell].value = value
        if number_format:
            book[sheet][cell].number_format = number_format

    return change


def rows(sheet: str, *new: list[object]) -> Change:
    """Add rows below those of a sheet."""

    def change(book: Workbook) -> None:
        for row in new:
            book[sheet].append(row)

    return change


def both(*changes: Change) -> Change:
    def change(book: Workbook) -> None:
        for one in changes:
            one(book)

    return change


def without(sheet: str) -> Change:
    return lambda book: book.remove(book[sheet])


def renamed(sheet: str, name: str) -> Change:
    def change(book: Workbook) -> None:
        book[sheet].title = name

    return change


def without_column(sheet: str, number: int) -> Change:
    return lambda book: book[sheet].delete_cols(number)


def merged(sheet: str, reach: str) -> Change:
    return lambda book: book[sheet].merge_cells(reach)


def emptied(sheet: str) -> Change:
    return lambda book: book[sheet].delete_rows(1, 50)


def copied(sheet: str, name: str, *new: list[object]) -> Change:
    """Copy a sheet as a spreadsheet does, and add rows to the copy."""

    def change(book: Workbook) -> None:
        copy = book.copy_worksheet(book[sheet])
        copy.title = name
        for row in new:
            copy.append(row)

    return change


def rows_gone(sheet: str) -> Change:
    return lambda book: book[sheet].delete_rows(2, 50)


def hidden_row(sheet: str, number: int) -> Change:
    def change(book: Workbook) -> None:
        book[sheet].row_dimensions[number].hidden = True

    return change


def hidden_column(sheet: str, letters: str) -> Change:
    def change(book: Workbook) -> None:
        book[sheet].column_dimensions[letters].hidden = True

    return change


def hidden_sheet(sheet: str) -> Change:
    def change(book: Workbook) -> None:
        book[sheet].sheet_state = "hidden"

    return change


# ---- the bytes ----


def part(name: str, edit: Callable[[bytes], bytes]) -> Spoil:
    """Edit one part of the file."""

    def spoil(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                content = old.read(info)
                new.writestr(info, edit(content) if info.filename == name else content)
        return out.getvalue()

    return spoil


def without_part(name: str) -> Spoil:
    def spoil(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                if info.filename != name:
                    new.writestr(info, old.read(info))
        return out.getvalue()

    return spoil


def archive(**parts: bytes) -> bytes:
    """Make an archive of other files; two underscores in a name stand for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def raw_cell(sheet: int, cell: str, inside: str, kind: str = "n") -> Spoil:
    """Write a cell as the file has it: a formula with its value, an error, a number as digits."""

    def edit(xml: bytes) -> bytes:
        new = f'<c r="{cell}" t="{kind}">{inside}</c>'
        pattern = rf'<c r="{cell}"[^>]*?(/>|>.*?</c>)'
        edited, count = re.subn(pattern, new, xml.decode(), count=1, flags=re.DOTALL)
        assert count == 1, f"the good workbook has no cell {cell}"
        return edited.encode()

    return part(f"xl/worksheets/sheet{sheet}.xml", edit)
