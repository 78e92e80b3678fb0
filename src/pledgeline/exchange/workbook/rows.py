"""Save a workbook whose sheets have many plain rows: what openpyxl would build element by element is written as text.

Everything around the rows (styles, widths, filters, what is printed) is openpyxl's. A cell holds a text, a
number or a date; comments, links and formulas have no place here, and tables of results have none.
"""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.compat import safe_string
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

_EMPTY = "<sheetData></sheetData>", "<sheetData />", "<sheetData/>"


def to_bytes(book: Workbook) -> bytes:
    """Save a workbook of plain cells."""
    out = io.BytesIO()
    book.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    with ZipFile(out, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        _Book(book, archive).save()
    return out.getvalue()


class _Book(ExcelWriter):
    """Writes each sheet with its rows as text."""

    def __init__(self, workbook: Workbook, archive: ZipFile) -> None:
        super().__init__(workbook, archive)
        self.archive = archive

    def write_worksheet(self, ws: Any) -> None:
        writer: Any = _Sheet(ws)
        writer.write()
        ws._rels = writer._rels
        text = Path(writer.out).read_text(encoding="utf-8")
        empty = next(one for one in _EMPTY if one in text)
        self.archive.writestr(ws.path[1:], text.replace(empty, f"<sheetData>{rows_of(ws)}</sheetData>", 1))
        self.manifest.append(ws)
        writer.cleanup()


class _Sheet(WorksheetWriter):
    """Writes a sheet without its rows."""

    def write_rows(self) -> None:
        xf: Any = self.xf.send(True)
        with xf.element("sheetData"):
            pass
        self.xf.send(None)


def rows_of(sheet: Worksheet) -> str:
    """Write the rows of a sheet as SpreadsheetML."""
    rows: dict[int, list[str]] = {row: [] for row in sheet.row_dimensions}
    for (row, _), cell in sorted(sheet._cells.items()):
        rows.setdefault(row, []).append(_cell(cell))
    found = []
    for row in sorted(rows):
        dimension = sheet.row_dimensions[row]
        height = f' ht="{dimension.height:g}" customHeight="1"' if dimension.height is not None else ""
        found.append(f'<row r="{row}"{height}>{"".join(rows[row])}</row>')
    return "".join(found)


def _cell(cell: Any) -> str:
    value, head = cell._value, f'<c r="{cell.coordinate}" s="{cell.style_id}"'
    if value is None or value == "":
        return f"{head}/>"
    if cell.data_type == "s":
        space = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
        return f'{head} t="inlineStr"><is><t{space}>{escape(value)}</t></is></c>'
    if cell.data_type == "d":
        value = to_excel(value, cell.parent.parent.epoch)  # type: ignore[no-untyped-call]
    return f'{head} t="n"><v>{safe_string(value)}</v></c>'
