"""Write the plain cells of a workbook, row by row: texts as texts, numbers as numbers, days as days.

A row is forgotten once the next one begins, so that a hundred thousand of them take no memory; who writes goes from
top to bottom. No text is ever a formula or a link, whoever wrote it.
"""

from datetime import date
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
"""What a workbook of such cells is opened with."""

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

MOST_CHARACTERS = 32_767
"""What a cell holds of a text."""


def write(
    sheet: Worksheet, row: int, place: int, value: str | int | Decimal | date | None, look: Format | None
) -> None:
    """Write a value into a cell; rows and places are counted from 0."""
    if isinstance(value, str):
        sheet.write_string(row, place, value[:MOST_CHARACTERS], look)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, look)
    elif value is not None:
        sheet.write_number(row, place, value, look)
