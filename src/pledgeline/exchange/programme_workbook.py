"""The workbook of a programme: a sheet for each noun, written and read back.

A hidden sheet keeps what each row said when the workbook was written, and its stamp, which stands for what had
happened to it. So whoever reads the workbook back can tell what was changed in it from what others changed
meanwhile. Without that sheet a workbook says what its cells say, and nothing of what they said before.
"""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from pledgeline.exchange.noun_files import heading_of, sheet_name
from pledgeline.exchange.workbook.file import RawBook, RawSheet
from pledgeline.exchange.workbook.layout import NO, YES
from pledgeline.exchange.workbook.sheets import MOST_DIGITS
from pledgeline.exchange.xlsx import MOST_CHARACTERS, PLAIN, write
from pledgeline.money import Amount, digits_of
from pledgeline.programme.contributions import Contribution
from pledgeline.programme.formed import PackagedLine
from pledgeline.programme.nouns import FieldSaid, Noun
from pledgeline.programme.offers import Offer
from pledgeline.programme.requirements import Requirement

NOUNS: dict[str, type[Noun]] = {noun.NAME: noun for noun in (Requirement, Offer, Contribution, PackagedLine)}
"""What a workbook of a programme holds, a sheet for each, in their order."""

KEPT_SHEET = "pledgeline-versions"
_MAGIC, _HEADER = "pledgeline workbook 1", 5


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """What a row said when the workbook was written, and the stamp of what had happened to it by then.

    Of a row that says more than a cell holds only the stamp is kept, and `said` is nothing.
    """

    stamp: str
    said: Mapping[str, object] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVersions:
    """What the hidden sheet of a workbook holds: of which programme it is, when it was written, and its rows."""

    programme: str
    written_at: str
    rows: Mapping[str, Mapping[str, KeptRow]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StampedRow:
    """A row to be written: the noun, and its stamp."""

    value: Noun
    stamp: str


# Written


def write_programme_workbook(
    sheets: Mapping[str, Sequence[StampedRow]], *, programme: str, written_at: str, has_tags: bool = False
) -> bytes:
    """Write a workbook with a sheet for each noun in `sheets`, and with the hidden one."""
    out = io.BytesIO()
    with Workbook(out, PLAIN) as book:
        looks = _Looks(book)
        for noun, rows in sheets.items():
            _write_sheet(book, looks, NOUNS[noun], rows, has_tags=has_tags)
        _write_kept(book, sheets, programme, written_at)
    return out.getvalue()


class _Looks:
    """The formats of cells, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.tag = book.add_format({"italic": True, "font_color": "#666666"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.percent = book.add_format({"num_format": "0%"})
        self.lines = book.add_format({"text_wrap": True, "valign": "top"})
        self._prices: dict[int, Format] = {}

    def price(self, digits: int) -> Format:
        if digits not in self._prices:
            text = f"0.{'0' * digits}" if digits else "0"
            self._prices[digits] = self._book.add_format({"num_format": text})
        return self._prices[digits]


def _write_sheet(
    book: Workbook, looks: _Looks, noun: type[Noun], rows: Sequence[StampedRow], *, has_tags: bool
) -> None:
    sheet = book.add_worksheet(sheet_name(noun.NAME))
    fields = list(noun.fields_said().values())
    first = 2 if has_tags else 1
    sheet.freeze_panes(first, 1)
    for place, column in enumerate(fields):
        sheet.set_column(place, place, 28 if column.kind in ("Note", "EarmarkLines") else 16)
        write(sheet, 0, place, heading_of(column), looks.head)
    if has_tags:
        for place, column in enumerate(fields):
            write(sheet, 1, place, column.tag, looks.tag)
    for number, row in enumerate(rows, start=first):
        for place, column in enumerate(fields):
            value, look = _cell(column, row.value, looks)
            write(sheet, number, place, value, look)


def _cell(
    said: FieldSaid, value: Noun, looks: _Looks
) -> tuple[str | int | Decimal | date | None, Format | None]:
    """Give what a cell holds and how it looks; a number of more digits than a spreadsheet keeps is a text."""
    given = getattr(value, said.name)
    match said.kind:
        case "Price":
            currency = value.currency  # type: ignore[attr-defined]
            amount = Amount(given, currency).major
            digits = digits_of(currency)
            text = f"{amount:.{digits}f}"
            is_long = len(text.replace(".", "").lstrip("0")) > MOST_DIGITS
            return (text, None) if is_long else (amount, looks.price(digits))
        case "EarmarkLines":
            return "\n".join(given) or None, looks.lines
        case "YesNo":
            return str(YES if given else NO), None
        case "Percent":
            return (None if given is None else Decimal(given) / 100), looks.percent
    if isinstance(given, date):
        return given, looks.day
    if isinstance(given, int) and len(str(given)) > MOST_DIGITS:
        return str(given), None
    return given, None


def _write_kept(
    book: Workbook, sheets: Mapping[str, Sequence[StampedRow]], programme: str, written_at: str
) -> None:
    sheet = book.add_worksheet(KEPT_SHEET)
    for number, (name, value) in enumerate(
        (("form", _MAGIC), ("programme", programme), ("written", written_at))
    ):
        write(sheet, number, 0, name, None)
        write(sheet, number, 1, value, None)
    for place, name in enumerate(("noun", "key", "stamp", "said")):
        write(sheet, _HEADER - 1, place, name, None)
    number = _HEADER
    for noun, rows in sheets.items():
        for row in rows:
            said = json.dumps(row.value.as_said(), ensure_ascii=False, separators=(",", ":"))
            key = getattr(row.value, row.value.KEY)
            kept = (noun, key, row.stamp, said if len(said) <= MOST_CHARACTERS else "")
            for place, value in enumerate(kept):
                write(sheet, number, place, value, None)
            number += 1
    sheet.hide()


# Read


def kept_sheet_of(book: RawBook) -> RawSheet | None:
    """Give the hidden sheet of a workbook; nothing where it has none."""
    return next((sheet for sheet in book.sheets if sheet.name == KEPT_SHEET), None)


def kept_versions(book: RawBook) -> KeptVersions | None:
    """Read the hidden sheet; nothing where there is none, or where it does not say what it has to say."""
    sheet = kept_sheet_of(book)
    if sheet is None or sheet.cell(1, 2).text != _MAGIC:
        return None
    rows: dict[str, dict[str, KeptRow]] = {}
    for line in sorted(sheet.rows):
        if line <= _HEADER:
            continue
        noun, key, stamp, said = (sheet.cell(line, place).text for place in range(1, 5))
        rows.setdefault(noun, {})[key] = KeptRow(stamp=stamp, said=_said(said))
    return KeptVersions(programme=sheet.cell(2, 2).text, written_at=sheet.cell(3, 2).text, rows=rows)


def _said(text: str) -> Mapping[str, object] | None:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def keys_missing(kept: Mapping[str, KeptRow], keys: Iterable[str]) -> list[str]:
    """List the rows that a workbook was written with and that are not in it any more."""
    there = set(keys)
    return [key for key in kept if key not in there]
