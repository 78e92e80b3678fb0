"""Tables as files that spreadsheets open without harm.

A cell that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet, whoever wrote it. In a
CSV file such a text gets an apostrophe in front; in a workbook it is typed as text. Numbers stay
numbers, days stay days. Characters that no workbook may hold are left out of both.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Cell = str | int | Decimal | date | None

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a CSV file as RFC 4180 has it, in UTF-8.

    It begins with a byte order mark: without one, spreadsheets take UTF-8 for an old code page
    and spoil every name with an accent. Readers that expect none need `utf-8-sig`.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_harmless(cell) for cell in header])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = ILLEGAL_CHARACTERS_RE.sub("", cell)
        return f"'{text}" if text.startswith(_FORMULA) else text
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def to_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a workbook of one sheet: the header bold and fixed, columns as wide as they need.

    Raises:  ValueError for a title longer than a sheet's name may be (31 characters).
    """
    if len(title) > 31:
        raise ValueError(f"“{title}” is too long for the name of a sheet")
    table = [list(row) for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(header):
        longest = max((len(str(row[number] or "")) for row in table), default=0)
        sheet.column_dimensions[get_column_letter(number + 1)].width = min(
            max(longest, len(name)) + 2, _WIDEST
        )
    sheet.append([_typed(sheet, name, bold=True) for name in header])
    for row in table:
        sheet.append([_typed(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(sheet: object, value: Cell, *, bold: bool = False) -> object:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type]
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
