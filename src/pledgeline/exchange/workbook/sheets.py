"""Write cells and sheets so that a spreadsheet shows what is meant and loses nothing.

A number cell keeps 15 significant digits, whatever the file says: spreadsheets round to them when they
open and save. So a number is written as a number where its digits are at most 15, and as text beyond;
the reader takes both. Texts of people are typed as texts: none of them is ever a formula.
"""

import io
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from pledgeline.exchange.xlsx import MOST_CHARACTERS
from pledgeline.money import digits_of

MOST_DIGITS = 15
"""Units: significant decimal digits that every spreadsheet program keeps in a number."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

INK, PALE, LINE, ACCENT, FAINT = "1F2A37", "EEF3F8", "C9D3DE", "1F5A8C", "6B7280"


def font(*, bold: bool = False, italic: bool = False, size: int = 11, color: str = INK) -> Font:
    """Give a font in the family of all cells: one without a name is another in every program."""
    return Font(name="Calibri", bold=bold, italic=italic, size=size, color=color)


HEAD_FONT = font(bold=True, color="FFFFFF")
NEEDED_FILL = PatternFill("solid", fgColor=ACCENT)
FREE_FILL = PatternFill("solid", fgColor="6E8CA8")
EXAMPLE_FONT = font(italic=True, color=FAINT)
EXAMPLE_FILL = PatternFill("solid", fgColor="F5F5F0")
TITLE_FONT = font(bold=True, size=16, color=INK)
BANNER_FONT = font(bold=True, color="B42318")
PART_FONT = font(bold=True, size=12, color=ACCENT)
UNDERLINE = Border(bottom=Side(style="thin", color=LINE))
WRAPPED = Alignment(wrap_text=True, vertical="top")


def fits_a_number(exact: Decimal) -> bool:
    """Say whether a decimal survives as a number cell.

    >>> fits_a_number(Decimal("1234567890123.45")), fits_a_number(Decimal("12345678901234.56"))
    (True, False)
    """
    if abs(exact) >= 10**MOST_DIGITS:
        return False
    digits = exact.as_tuple().digits
    return len(digits) <= MOST_DIGITS or not any(digits[MOST_DIGITS:])


def as_decimal(exact: Fraction) -> Decimal | None:
    """Write a fraction as a decimal, or None where that never ends or is longer than a number cell keeps.

    >>> as_decimal(Fraction(1, 8)), as_decimal(Fraction(1, 3))
    (Decimal('0.125'), None)
    """
    scaled = exact * 10**MOST_DIGITS
    if scaled.denominator != 1:
        return None
    decimal = Decimal(scaled.numerator).scaleb(-MOST_DIGITS).normalize()
    return decimal if fits_a_number(decimal) and scaled.numerator < 10**30 else None


def as_text_fraction(exact: Fraction) -> str:
    """Write a fraction as `1/3`, or whole where it is."""
    return str(exact.numerator) if exact.denominator == 1 else f"{exact.numerator}/{exact.denominator}"


def money_format(currency: str) -> str:
    """Give the number format of amounts: thousands apart, as many decimals as the currency has."""
    digits = digits_of(currency)
    return "#,##0" + ("." + "0" * digits if digits else "")


def clean(text: str) -> str:
    """Leave out what no workbook may hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


FORMULAS = frozenset("=+-@")
"""What a formula may begin with: a text that does is marked as a text."""

AS_TEXT = "@"


def put(
    cell: Cell | MergedCell, value: str | int | Decimal | date | bool | None, number_format: str = ""
) -> None:
    """Write a value into a cell: texts as texts, never as formulas; long numbers as texts."""
    shown, number_format = as_shown(value, number_format)
    if shown is not value:
        cell.alignment = Alignment(horizontal="right", vertical="top")
    fill_in(cell, shown)
    if isinstance(shown, str) and shown[:1] in FORMULAS:
        cell.quotePrefix = True
    if number_format:
        cell.number_format = number_format


def as_shown(
    value: str | int | Decimal | date | bool | None, number_format: str
) -> tuple[str | int | Decimal | date | bool | None, str]:
    """Give a value and its number format as a cell can hold them: a number too long for one as a text."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        exact = Decimal(value)
        if not fits_a_number(exact):
            return f"{exact:f}", AS_TEXT
    return value, number_format


def fill_in(cell: Any, value: str | int | Decimal | date | bool | None) -> None:
    """Write a value alone; how the cell looks is left as it is.

    Texts and numbers go past openpyxl's own look at them, which takes longer than all else.
    """
    if isinstance(value, str):
        is_ordinary = value.isascii() and value.isprintable() and "_" not in value
        text = value if is_ordinary else _ESCAPE.sub("_x005F_", clean(value))
        cell._value, cell.data_type = text[:MOST_CHARACTERS], "s"
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        cell._value, cell.data_type = value, "n"
    else:
        cell.value = value


def header(sheet: Worksheet, row: int, names: Sequence[str], widths: Sequence[int] = ()) -> None:
    """Write the header of a table in the look of all our tables."""
    for place, name in enumerate(names, start=1):
        cell = sheet.cell(row, place, name)
        cell.font, cell.fill = HEAD_FONT, NEEDED_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="left")
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.row_dimensions[row].height = 30


def to_bytes(book: Workbook) -> bytes:
    """Save a workbook; the same content gives the same bytes but for the day it was made."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
