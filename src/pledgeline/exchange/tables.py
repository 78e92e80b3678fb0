"""Tables as files that spreadsheets open without harm.

A cell that begins with `=`, `+`, `-` or `@` is a formula to a spreadsheet, whoever wrote it. In a
CSV file such a text gets an apostrophe in front; in a workbook it is typed as text. Where the list
separator is a semicolon, as in most of Europe, or a file is read with tabs, a text of ours falls into
several cells: so the apostrophe also stands behind every separator and every end of line. All texts
are in quotes, numbers and days are not. Characters that no workbook may hold, and those that turn the
direction of what follows, are left out of both.
"""

import codecs
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain

from xlsxwriter import Workbook

from pledgeline.exchange.xlsx import PLAIN, write

Cell = str | int | Decimal | date | None

_FORMULA = re.compile(
    # What a cell may begin behind; what is passed over there, quotes included; what makes it a formula, also
    # in the full width of Japanese and Chinese keyboards.
    "(^|[,;|\t\n\r\x85\u2028\u2029])"
    '(?=[ "\u00a0\u1680\u180e\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]*[-=+@＝＋－＠﹦﹢﹣﹫])'
)
_BLANK_START = ("\t", "\r", "\n")
_UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDEST = 60


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a CSV file as RFC 4180 has it, in UTF-8.

    It begins with a byte order mark: without one, spreadsheets take UTF-8 for an old code page
    and spoil every name with an accent. Readers that expect none need `utf-8-sig`.
    """
    return b"".join(csv_lines(header, rows))


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write the same file line by line, for one that is longer than one wants in memory."""
    empty = '""'  # a line of nothing would be no row at all
    yield codecs.BOM_UTF8
    for row in chain((header,), rows):
        yield f"{','.join(map(_field, row)) or empty}\r\n".encode()


def json_lines(
    about: Mapping[str, object], keys: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Iterator[bytes]:
    """Write a JSON object: what is said about the table, and its `rows`, a line each, by the keys of the columns.

    Money and ratios are texts with every digit, days are ISO 8601, what there is nothing of is null.
    """
    said = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    yield f'{said[:-1]}{"," if about else ""}"rows":['.encode()
    joint = "\n"
    for row in rows:
        values = dict(zip(keys, map(_value, row), strict=True))
        yield f"{joint}{json.dumps(values, ensure_ascii=False, separators=(',', ':'))}".encode()
        joint = ",\n"
    yield b"\n]}\n"


def _value(cell: Cell) -> str | int | None:
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return cell.isoformat() if isinstance(cell, date) else cell


def _field(cell: Cell) -> str:
    """Write a cell: a text in quotes whatever is in it, which the writer of the standard library cannot."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, int | date):
        return str(cell)
    quoted = _harmless(str(cell)).replace('"', '""')
    return f'"{quoted}"'


def _harmless(text: str) -> str:
    """Put an apostrophe wherever a spreadsheet could take what follows for a formula.

    >>> _harmless("Drill;=1+1"), _harmless("see, -5"), _harmless("1-5 = 3")
    ("Drill;'=1+1", "see,' -5", '1-5 = 3')
    """
    text = _UNFIT.sub("", text)
    harmless = _FORMULA.sub(r"\1'", text)
    return f"'{harmless}" if text.startswith(_BLANK_START) else harmless


def to_xlsx(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    about: Mapping[str, str] | None = None,
) -> bytes:
    """Write a workbook of one sheet: the header bold and fixed, columns as wide as they need.

    Each row is written as it comes, and none is kept in memory. What is said `about` the table stands in the
    properties of the file.

    Raises:  ValueError for a title longer than a sheet's name may be (31 characters).
    """
    if len(title) > 31:
        raise ValueError(f"“{title}” is too long for the name of a sheet")
    out = io.BytesIO()
    with Workbook(out, PLAIN) as book:
        book.set_properties({"title": title, **(about or {})})
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        widths = [len(name) for name in header]
        for place, name in enumerate(header):
            write(sheet, 0, place, _UNFIT.sub("", name), head)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                value = _UNFIT.sub("", cell) if isinstance(cell, str) else cell
                write(sheet, number, place, value, day if isinstance(cell, date) else None)
                if place < len(widths):
                    widths[place] = max(widths[place], len(str(cell or "")))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(width + 2, _WIDEST))
    return out.getvalue()
