"""From bytes to rows: one CSV file, never more of it in memory than a line.

What is no CSV at all is recognised by its first bytes and named, because "not UTF-8 in line 1" does
not help somebody who renamed a workbook.
"""

import codecs
import csv
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pledgeline.exchange.record.catalogue import Findings
from pledgeline.programme.findings import Place

LONGEST_LINE = 1_000_000
LARGEST_FILE = 256_000_000
LONGEST_CELL = 10_000

_MAGIC = {
    b"PK\x03\x04": "a workbook (.xlsx, .ods) or another zip archive",
    b"\xd0\xcf\x11\xe0": "a workbook of an old kind (.xls)",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"<": "a web page or XML",
    b"{": "JSON",
    b"SQLite format 3": "a database",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: its cells by column, without spaces around them, and the line where it begins.

    A row that is not `sound` has findings already; it is kept because other rows may refer to its key.
    """

    number: int
    cells: dict[str, str]
    sound: bool


class Unreadable(Exception):
    """The rest of the file cannot be read; the finding has been noted."""


def read_lines(folder: Path, name: str, columns: tuple[str, ...], findings: Findings) -> list[Line]:
    """Read the rows of a file that has these columns; rows with a wrong number of cells are left out.

    Returns an empty list, with findings, where the file is missing or its header is wrong.
    """
    path = folder / name
    try:
        if not path.exists() and not path.is_symlink():
            findings.add("file.missing", Place(file=name), f"{name} is missing.")
            return []
        if not path.is_file():
            findings.add("file.unreadable", Place(file=name), f"{name} is no file that can be read.")
            return []
        with path.open("rb") as file:
            return _read(file, name, columns, findings)
    except OSError as error:
        why = error.strerror or type(error).__name__
        findings.add("file.unreadable", Place(file=name), f"{name} cannot be read: {why}.")
        return []


def _read(file: BinaryIO, name: str, columns: tuple[str, ...], findings: Findings) -> list[Line]:
    if not _is_csv(file, name, findings):
        return []
    lines: list[Line] = []
    reader = csv.reader(_texts(file, name, findings), strict=True)
    header: list[str] = []
    begins = 1
    try:
        for cells in reader:
            number, begins = begins, reader.line_num + 1
            if not header:
                header = [cell.strip() for cell in cells]
                if not _check_header(header, name, columns, findings):
                    return []
            elif any(cell.strip() for cell in cells):  # what a spreadsheet left empty is no row
                lines.append(_line(cells, header, Place(file=name, line=number), columns, findings))
    except Unreadable:
        pass
    except csv.Error as error:
        what = "a cell is longer than 128 KiB" if "field larger" in str(error) else str(error)
        findings.add(
            "file.quotes", Place(file=name, line=begins), f"The row that begins here cannot be read: {what}."
        )
    if not header and not any(finding.place.file == name for finding in findings.all()):
        findings.add("file.empty", Place(file=name), f"{name} is empty.")
    return lines


def _is_csv(file: BinaryIO, name: str, findings: Findings) -> bool:
    begin = file.read(64)
    file.seek(0)
    if not begin.strip(b" \t\r\n\xef\xbb\xbf"):
        if not file.read(LONGEST_LINE).strip(b" \t\r\n\xef\xbb\xbf"):
            findings.add("file.empty", Place(file=name), f"{name} is empty.")
            return False
        file.seek(0)
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        findings.add("file.not-utf-8", Place(file=name, line=1), f"{name} is saved as UTF-16.")
        return False
    for magic, what in _MAGIC.items():
        if begin.lstrip().startswith(magic):
            findings.add("file.not-csv", Place(file=name), f"{name} is {what}.")
            return False
    return True


def _texts(file: BinaryIO, name: str, findings: Findings) -> Iterator[str]:
    """Give the lines as text. Raises Unreadable, with a finding, at the first that cannot be."""
    number, read = 0, 0
    decoder = "utf-8-sig"
    while raw := file.readline(LONGEST_LINE + 1):
        for part in raw.splitlines(keepends=True) if b"\r" in raw.rstrip(b"\r\n") else (raw,):
            number += 1
            read += len(part)
            place = Place(file=name, line=number)
            if len(part) > LONGEST_LINE:
                findings.add("file.line-too-long", place)
                raise Unreadable
            if read > LARGEST_FILE:
                findings.add("file.too-large", place)
                raise Unreadable
            try:
                yield part.decode(decoder)
            except UnicodeDecodeError as error:
                byte = f"0x{part[error.start]:02x}"
                findings.add(
                    "file.not-utf-8",
                    place,
                    f"Byte {error.start + 1} of the line ({byte}) is no UTF-8; the rest of the file was not read.",
                    excerpt=part[max(0, error.start - 20) : error.start + 20].decode("latin-1"),
                )
                raise Unreadable from None
            decoder = "utf-8"


def _check_header(header: list[str], name: str, columns: tuple[str, ...], findings: Findings) -> bool:
    place = Place(file=name, line=1)
    for separator, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len(header) == 1 and separator in header[0]:
            findings.add("file.separator", place, f"The columns are parted by {word}.", excerpt=header[0])
            return False
    good = True
    for column in sorted({column for column in header if column and header.count(column) > 1}):
        findings.add(
            "header.double-column", Place(file=name, line=1, column=column), f"“{column}” stands twice."
        )
        good = False
    unknown = [column for column in header if column not in columns]
    for column in columns:
        if column not in header:
            near = difflib.get_close_matches(column, unknown, 1)
            hint = f" Is “{near[0]}” meant?" if near else ""
            findings.add("header.missing-column", place, f"The column “{column}” is missing.{hint}")
            good = False
    for column in unknown:
        findings.add(
            "header.unknown-column",
            Place(file=name, line=1, column=column),
            f"The column “{column}” is not known and was not read.",
        )
    return good


def _line(
    cells: list[str], header: list[str], place: Place, columns: tuple[str, ...], findings: Findings
) -> Line:
    if len(cells) != len(header):
        findings.add(
            "row.cells",
            place,
            f"The row has {len(cells)} cells and the header {len(header)}.",
            excerpt=",".join(cells),
        )
        return Line(number=place.line or 0, cells=dict(zip(header, cells, strict=False)), sound=False)
    sound = True
    kept: dict[str, str] = {}
    for column, cell in zip(header, cells, strict=True):
        if column not in columns:
            continue
        at = Place(file=place.file, line=place.line, column=column)
        stripped = cell.strip()
        if any((ord(letter) < 32 and letter not in "\t\r\n") or 127 <= ord(letter) < 160 for letter in cell):
            findings.add("cell.control-characters", at, excerpt=cell)
            sound = False
        elif len(cell) > LONGEST_CELL:
            findings.add("cell.too-long", at, f"The text has {len(cell):,} characters.", excerpt=cell)
            sound = False
        elif stripped != cell:
            findings.add("cell.spaces", at, excerpt=cell)
        kept[column] = stripped
    return Line(number=place.line or 0, cells=kept, sound=sound)
