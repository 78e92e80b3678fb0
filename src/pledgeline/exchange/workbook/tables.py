"""Where the tables of a workbook are: the sheet for each, the row that names its columns, the column of each field.

Nothing that looks like a part of the plan is passed over in silence: a sheet or a column that is named
almost like one that is missing, a copy of a sheet, a heading that says another unit or currency.
"""

import difflib
import re
from dataclasses import dataclass, field, replace

from pledgeline.exchange.workbook.file import RawBook, RawSheet, column_letters, filled_rows
from pledgeline.exchange.workbook.formats import power_said
from pledgeline.exchange.workbook.layout import (
    CATEGORIES,
    SETTING_HELP,
    SETTINGS,
    SHEETS,
    Kind,
    Sheet,
    SheetColumn,
    headings_of,
    is_no_table,
    plain,
)
from pledgeline.exchange.workbook.texts import letter_note, tidy
from pledgeline.money import currencies_meant
from pledgeline.programme.findings import FindingList, Place
from pledgeline.programme.sentences import Sentence, sentence

HEADER_AMONG = 25
"""Units: rows from the top among which the header is looked for."""

_ALIKE = 0.75
_TIMES = frozenset("day days week weeks month months year years hour hours".split())


@dataclass(slots=True)
class SheetTable:
    """One sheet found in the workbook: where its header is, and the columns by field.

    `used` are the fields by the number of their column, `in_percent` those whose heading holds a percent
    sign, `currency_said` the currencies that a heading names, by field. `named` are the columns of the layout
    under the headings that they have in the file.
    """

    layout: Sheet
    raw: RawSheet
    header: int
    columns: dict[str, int] = field(default_factory=dict)
    used: dict[int, str] = field(default_factory=dict)
    in_percent: set[str] = field(default_factory=set)
    currency_said: dict[str, frozenset[str]] = field(default_factory=dict)
    named: tuple[SheetColumn, ...] = ()


def is_alike(name: str, other: str) -> bool:
    return len(name) > 2 and difflib.SequenceMatcher(None, name, other).ratio() >= _ALIKE


class Tables:
    """Looks for the sheets and headers of one workbook. `incomplete` names the sheets that lack something."""

    def __init__(self, book: RawBook, name: str, findings: FindingList) -> None:
        self.book, self.name, self.findings = book, name, findings
        self.incomplete: set[str] = set()

    # ---- sheets ----

    def sheets(self) -> dict[str, RawSheet]:
        """Find the sheet for each layout by its name, and say which are missing, misspelt, copied or hidden."""
        found: dict[str, RawSheet] = {}
        strangers: list[RawSheet] = []
        names = {plain(name): layout for layout in (*SHEETS, CATEGORIES) for name in layout.names}
        exact = {plain(heading) for layout in SHEETS for heading in layout.headings}
        for raw in sorted(self.book.sheets, key=lambda raw: plain(raw.name) not in exact):
            layout = names.get(plain(raw.name))
            if layout is None:
                if not is_no_table(raw.name):
                    strangers.append(raw)
            elif layout.name in found:
                if plain(raw.name) in exact or any(True for _ in filled_rows(raw)):
                    first = found[layout.name].name
                    self._about_sheet(raw, sentence("sheet.twice.named", second=raw.name, first=first))
            else:
                found[layout.name] = raw
                if raw.hidden:
                    self._about_sheet(raw, sentence("sheet.hidden"))
                if raw.beyond:
                    self._about_sheet(raw, sentence("workbook.too-many-cells.beyond", cell=raw.beyond))
        for layout in SHEETS:
            if layout.name not in found:
                self._miss_sheet(layout, strangers)
        for raw in strangers:
            self._look_for_copy(raw)
        return found

    def _about_sheet(self, raw: RawSheet, said: Sentence) -> None:
        self.findings.note(said, Place(file=self.name, sheet=raw.name))

    def _miss_sheet(self, layout: Sheet, strangers: list[RawSheet]) -> None:
        near = [
            (raw, heading)
            for raw in strangers
            for heading in layout.headings
            if is_alike(plain(raw.name), plain(heading))
        ]
        if near:
            raw, heading = near[0]
            strangers.remove(raw)
            note = letter_note(raw.name, heading)
            self._about_sheet(raw, sentence("sheet.misspelt.named", sheet=heading, name=raw.name, note=note))
            self.incomplete.add(layout.name)
        elif layout.needed:
            said = sentence("sheet.missing.named", sheet=layout.heading)
            self.findings.note(said, Place(file=self.name, sheet=layout.name))

    def _look_for_copy(self, raw: RawSheet) -> None:
        """Ask about a sheet of another name with the columns of one that is read, and rows below them."""
        for layout in SHEETS:
            header, hits = _header_row(layout, raw)
            needed = {column.header for column in layout.columns if column.needed}
            if layout is SETTINGS:
                header, needed = 0, set()
                hits = {
                    plain(cell.text)
                    for row in sorted(raw.rows)[:HEADER_AMONG]
                    for cell in raw.rows[row].values()
                } & {
                    plain(heading)
                    for name, item in SETTING_HELP.items()
                    for heading in headings_of(name, item)
                }
            named = any(plain(name) in plain(raw.name) for name in layout.names)
            if (
                len(hits) >= (2 if named else 3)
                and needed <= hits
                and any(row > header for row in filled_rows(raw))
            ):
                self._about_sheet(raw, sentence("sheet.copy.named", name=raw.name, sheet=layout.heading))
                return

    # ---- headers ----

    def table(self, layout: Sheet, raw: RawSheet) -> SheetTable | None:
        """Find the row that names the columns, and which column is where."""
        best, hits = _header_row(layout, raw)
        if not best or len(hits) < min(2, sum(column.needed for column in layout.columns)):
            if any(True for _ in filled_rows(raw)) or layout.needed:
                self._about_sheet(raw, sentence("header.none.workbook"))
                self.incomplete.add(layout.name)
            return None
        table = SheetTable(layout, raw, best)
        known = _names_of(layout)
        strangers: dict[int, str] = {}
        taken: dict[str, str] = {}
        exact = {plain(heading) for column in layout.columns for heading in column.headings}
        cells = sorted(raw.rows[best].items(), key=lambda place: plain(place[1].text) not in exact)
        for number, cell in cells:
            text = tidy(cell.text)
            column = known.get(plain(text))
            unit = "".join(sign for sign in text if not sign.isalnum() and not sign.isspace())
            if column is None:
                column, unit = _with_unit(known, text)
            if column is None:
                if text:
                    strangers[number] = text
            elif column.header in taken:
                if self._column_holds(table, number) and column.field:
                    other = taken[column.header]
                    said = sentence("header.twice.workbook.named", text=text, other=other)
                    self._about_header(table, number, said)
            else:
                taken[column.header] = text
                if column.field:
                    self._take(table, column, number, text, unit)
        self._look_for_missing(table, strangers)
        table.named = tuple(
            replace(column, header=_as_said(column, taken.get(column.header, "")))
            for column in layout.columns
        )
        return table

    def _take(self, table: SheetTable, column: SheetColumn, number: int, text: str, unit: str) -> None:
        """Keep where a column is, and what its heading says of the figures below it."""
        table.columns[column.field] = number
        if number in table.raw.hidden_columns and self._column_holds(table, number):
            self._about_header(table, number, sentence("sheet.hidden.column", column=_as_said(column, text)))
        if column.kind in (Kind.SHARE, Kind.FEE) and "%" in text:
            table.in_percent.add(column.field)
        of_money = column.kind in (Kind.PRICE, Kind.AMOUNT)
        times = {plain(word) for word in unit.split()} & _TIMES if column.field == "lead_days" else set()
        odd = power_said(unit, of_money=of_money) or re.search("[0-9‰‱¢]", unit) or times - {"day", "days"}
        if odd or ("%" in unit and column.kind in (Kind.WHOLE, Kind.PRICE, Kind.AMOUNT)):
            said = sentence("header.other-unit.workbook.named", text=text[:60], column=_as_said(column, text))
            self._object_to_unit(table, number, said)
        elif of_money and (meant := currencies_meant(unit)):
            table.currency_said[column.field] = meant

    def _object_to_unit(self, table: SheetTable, number: int, said: Sentence) -> None:
        self._about_header(table, number, said)
        self.incomplete.add(table.layout.name)

    def _column_holds(self, table: SheetTable, number: int) -> bool:
        return any(
            row > table.header and cells[number].text.strip()
            for row, cells in table.raw.rows.items()
            if number in cells
        )

    def _about_header(self, table: SheetTable, number: int, said: Sentence) -> None:
        place = Place(file=self.name, sheet=table.raw.name, line=table.header, column=column_letters(number))
        excerpt = table.raw.cell(table.header, number).text
        self.findings.note(said, place, excerpt=excerpt)

    def _look_for_missing(self, table: SheetTable, strangers: dict[int, str]) -> None:
        missing = [
            column for column in table.layout.columns if column.field and column.field not in table.columns
        ]
        for column in sorted(missing, key=lambda column: not column.needed):
            more = [number for number, text in strangers.items() if _says_more(column, text)]
            near = [
                (number, heading)
                for number, text in strangers.items()
                for heading in column.headings
                if is_alike(plain(text), plain(heading))
            ]
            if more and self._column_holds(table, more[0]):
                text = strangers.pop(more[0])
                said = sentence(
                    "header.other-unit.workbook.says-more", text=text[:60], column=_as_said(column, text)
                )
                self._object_to_unit(table, more[0], said)
            elif near:
                number, heading = near[0]
                text = strangers.pop(number)
                note = letter_note(text, heading)
                said = sentence("header.misspelt.workbook.named", text=text[:40], column=heading, note=note)
                self._about_header(table, number, said)
                self.incomplete.add(table.layout.name)
            elif column.needed:
                place = Place(file=self.name, sheet=table.raw.name, line=table.header)
                said = sentence("header.missing-column.workbook.named", column=column.heading)
                self.findings.note(said, place)
                self.incomplete.add(table.layout.name)
        for number, text in strangers.items():
            if self._column_holds(table, number):
                known = ", ".join(column.heading for column in table.layout.columns if column.field)
                said = sentence("header.unknown-column.workbook.named", text=text[:40], columns=known)
                self._about_header(table, number, said)

    def look_at_currencies(self, table: SheetTable, currency: str) -> None:
        """Object to a heading of prices that names another currency than the plan has."""
        for name, meant in table.currency_said.items():
            column = table.layout.column(name)
            if column.kind is Kind.PRICE and currency and currency not in meant:
                text = tidy(table.raw.cell(table.header, table.columns[name]).text)
                said = sentence(
                    "header.other-currency.workbook.named",
                    text=text[:60],
                    currency=currency,
                    column=_as_said(column, text),
                )
                self._about_header(table, table.columns[name], said)
                self.incomplete.add(table.layout.name)


def _names_of(layout: Sheet) -> dict[str, SheetColumn]:
    return {plain(name): column for column in layout.columns for name in column.names}


def _as_said(column: SheetColumn, text: str) -> str:
    """Give the name by which a heading calls its column, without a unit; its own name where there is no heading.

    >>> from pledgeline.exchange.workbook.layout import OFFERS
    >>> _as_said(OFFERS.column("unit_price_minor"), "Ціна одиниці (EUR)")
    'Ціна одиниці'
    """
    begins = [name for name in column.names if plain(text).startswith(plain(name))]
    name = max(begins, key=lambda name: len(plain(name)), default=column.heading)
    return text if text and plain(name) == plain(text) else name


def _header_row(layout: Sheet, raw: RawSheet) -> tuple[int, set[str]]:
    """Give the row among the first that names most columns, and the headers that it names."""
    known = _names_of(layout)
    best, most = 0, set[str]()
    for row in sorted(raw.rows)[:HEADER_AMONG]:
        named = set()
        for cell in raw.rows[row].values():
            text = tidy(cell.text)
            column = known.get(plain(text)) or _with_unit(known, text)[0]
            if column is not None:
                named.add(column.header)
        if len(named) > len(most):
            best, most = row, named
    return best, most


def _with_unit(known: dict[str, SheetColumn], text: str) -> tuple[SheetColumn | None, str]:
    """Read a heading that says a unit or a currency behind its name: “Unit price (EUR)”, “Amount in € m”."""
    words = re.split(r"[\s()\[\],:;/–—-]+", text)
    for count in range(len(words) - 1, 0, -1):
        column = known.get(plain(" ".join(words[:count])))
        if column is None or column.kind not in (Kind.PRICE, Kind.AMOUNT, Kind.WHOLE, Kind.SHARE, Kind.FEE):
            continue
        unit = [word for word in words[count:] if plain(word) not in ("in", "as", "the", "of", "")]
        unit += [word for word in words[count:] if word and not plain(word)]
        is_money = column.kind in (Kind.PRICE, Kind.AMOUNT)
        if unit and all(_is_unit(word, is_money=is_money) for word in unit):
            return column, " ".join(unit)
    return None, ""


def _says_more(column: SheetColumn, text: str) -> bool:
    """Say whether a heading names a column of figures and a unit that is none of ours: “Fee (bps)”."""
    figures = (Kind.PRICE, Kind.AMOUNT, Kind.WHOLE, Kind.NUMBER, Kind.SHARE, Kind.FEE)
    found = re.fullmatch(r"(.+?)\s*(?:[(\[,:;/×]| (?:x|in|per|[–—-]) ).*", text)
    return (
        found is not None
        and column.kind in figures
        and plain(found[1]) in {plain(name) for name in column.names}
    )


def _is_unit(word: str, *, is_money: bool) -> bool:
    if power_said(word, of_money=is_money) is not None or plain(word) in _TIMES or word.strip("'’") == "000":
        return True
    return is_money and bool(currencies_meant(word))
