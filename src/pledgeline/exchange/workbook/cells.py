"""From a cell to a value: what people type is read where it has one meaning, and asked about where it has two."""

import difflib
import re
from calendar import month_abbr, month_name
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from pledgeline.exchange.record.hints import meant_days
from pledgeline.exchange.workbook.catalogue import Findings
from pledgeline.exchange.workbook.file import NOTHING, RawCell, column_letters
from pledgeline.exchange.workbook.formats import (
    Section,
    difference,
    is_plain,
    power_said,
    section_of,
    text_section,
)
from pledgeline.exchange.workbook.layout import Column, Kind
from pledgeline.exchange.workbook.prices import way_out_in_lots
from pledgeline.exchange.workbook.sheets import MOST_DIGITS
from pledgeline.exchange.workbook.texts import (
    EARMARK_WORDS,
    NotAnEarmark,
    letter_note,
    read_earmark,
    shown_number,
    tidy,
)
from pledgeline.money import (
    NotAnAmount,
    currencies_meant,
    currency_objection,
    digits_of,
    is_currency,
    parse_typed,
)
from pledgeline.programme.findings import Place
from pledgeline.programme.names import LONGEST_NAME, describe_letter, invisible_characters
from pledgeline.programme.sentences import Sentence

LARGEST = 10**18
"""No number of a plan is larger than this, in minor units where it is money."""

FIRST_YEAR, LAST_YEAR = 1990, 2100

_IN_BRACKETS = re.compile(r"\((.*)\)")
_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|#+)")
_FRACTION = re.compile(r"(-?[0-9]{1,40})\s*[/⁄]\s*([0-9]{1,40})")
_MAGNITUDE = re.compile(r"(.*[0-9])\s*([^\W\d_]+)\.?")
_BESIDE = re.compile(r"([^\W\d_]*[$€£₴¥₠-₿]?)\s*([-−]?[.,]?[0-9](?:.*[0-9])?)\s*([^\W\d_]*[$€£₴¥₠-₿]?\.?)")
"""An amount with a word or a sign before or after it."""

_EMPTY_WORDS = {"-", "–", "—", "n/a", "na", "none", "nil", "tbd", "tbc", "tba", "?", "null", "n.a.", "x"}

_MONTHS = {
    name.casefold(): number for names in (month_name, month_abbr) for number, name in enumerate(names) if name
} | {"sept": 9}
_NAMED = (
    re.compile(r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[ .-]*(?P<month>[A-Za-z]+)\.?,?[ -]*(?P<year>[0-9]{4})"),
    re.compile(r"(?P<month>[A-Za-z]+)\.?[ -]*(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?[ -]+(?P<year>[0-9]{4})"),
)
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})([T ][0-9:.]+Z?)?")
_PARTS = re.compile(r"([0-9]{1,2})([./ -])([0-9]{1,2})\2([0-9]{2}|[0-9]{4})")
_WIDE = re.compile(r"(?<=[0-9]) ?([./-]) ?(?=[0-9])")
"""A sign between two numbers of a day with a blank beside it, as in 1. 3. 2026."""


class Cells:
    """The cells of one row. `sound` turns false with the first error; the others are still looked for."""

    def __init__(
        self,
        place: Place,
        row: Mapping[int, RawCell],
        columns: Mapping[str, int],
        findings: Findings,
        *,
        from_1904: bool = False,
    ) -> None:
        self._place, self._row, self._columns = place, row, columns
        self._findings, self._from_1904 = findings, from_1904
        self.sound = True
        self.spoiled: set[str] = set()
        self.in_percent: Collection[str] = ()
        self.asked_of_sum: set[str] = set()

    def at(self, field: str) -> Place:
        """Give the place of a field's cell, or of the row where its column is missing."""
        number = self._columns.get(field)
        letters = column_letters(number) if number else ""
        return Place(file=self._place.file, line=self._place.line, sheet=self._place.sheet, column=letters)

    def object(
        self, code: str, field: str, wrong: str | Sentence = "", *, way_out: str = "", warn: bool = False
    ) -> None:
        """Note a finding at a cell; the row is not sound any more, unless it is only a warning."""
        cell = self.cell(field)
        shown = self._shown_day(cell) if cell.is_date else cell.text
        self._findings.add(code, self.at(field), wrong, excerpt=shown, way_out=way_out)
        self.sound = self.sound and warn

    def cell(self, field: str) -> RawCell:
        return self._row.get(self._columns.get(field, 0), NOTHING)

    def _given(self, column: Column) -> RawCell | None:
        """Give a cell that holds a value; say what is wrong with one that should and does not."""
        cell = self.cell(column.field)
        if column.field in self.spoiled:
            return None
        if cell is NOTHING or not (cell.is_formula or tidy(cell.text)):
            if column.needed and self._columns.get(column.field):
                self.object("cell.empty", column.field, f"“{column.header}” is empty.")
            self.sound = self.sound and not column.needed
            return None
        if cell.is_formula and not cell.text:
            self.object("cell.formula-without-value", column.field)
            return None
        if cell.kind == "e" or _ERROR.fullmatch(cell.text):
            self.object("cell.error-value", column.field, f"The cell shows {cell.text[:20]}.")
            return None
        return cell

    # ---- texts ----

    def name(self, column: Column) -> str:
        """Read an id or a name: what Excel turned into a date or a number is not guessed back."""
        cell = self._given(column)
        if cell is None:
            return ""
        if cell.is_date:
            shown = self._shown_day(cell)
            self.object("cell.date-for-a-name", column.field, f"The cell holds the date {shown}, not a name.")
            return ""
        if cell.kind == "b":
            self.object("cell.not-a-name", column.field, "The cell holds yes or no, not a name.")
            return ""
        text = tidy(cell.text)
        if cell.kind == "n":
            exact = _exact(text)
            if exact is None or exact != exact.to_integral_value() or abs(exact) >= 10**MOST_DIGITS:
                self.object("cell.number-for-a-name", column.field, f"The cell holds the number {text[:40]}.")
                return ""
            text = f"{exact:.0f}"
        if len(text) > LONGEST_NAME:
            self.object("cell.name-too-long", column.field, f"It has {len(text):,} characters.")
            return ""
        if not text.isprintable():
            unseen = (
                ", ".join(map(describe_letter, invisible_characters(text)[:3])) or "a blank of another kind"
            )
            self.object("cell.not-a-name", column.field, f"It holds characters that nobody sees: {unseen}.")
            return ""
        return text

    def currency(self, column: Column) -> str:
        cell = self._given(column)
        if cell is None:
            return ""
        text = tidy(cell.text)
        if is_currency(text.upper()):
            return text.upper()
        self.object_to_currency(column.field, text)
        return ""

    def object_to_currency(self, field: str, text: str) -> None:
        wrong, way_out = currency_objection(text)
        self.object("cell.unknown-currency", field, wrong + letter_note(text, text), way_out=way_out)

    def yes_no(self, column: Column) -> bool:
        cell = self._given(column)
        if cell is None:
            return False
        text = tidy(cell.text).casefold()
        if cell.kind == "b" or text in ("yes", "y", "true", "no", "n", "false"):
            return text in ("1", "yes", "y", "true")
        note = letter_note(text, "yes") or letter_note(text, "no")
        self.object("cell.not-yes-or-no", column.field, f"“{cell.text[:40]}” is neither yes nor no.{note}")
        return False

    def earmark(self, column: Column) -> dict[str, list[str]]:
        cell = self._given(column)
        if cell is None:
            return {}
        if cell.kind != "s":
            self.object("earmark.no-key", column.field, f"“{cell.text[:40]}” does not say what it is about.")
            return {}
        try:
            return read_earmark(cell.text)
        except NotAnEarmark as error:
            near = difflib.get_close_matches(error.part.casefold(), EARMARK_WORDS.values(), 1)
            hint = f"Write “{near[0]}”, if that is meant." if near and error.why == "unknown-key" else ""
            message = f"{error}."[0].upper() + f"{error}."[1:]
            message += letter_note(error.part, near[0]) if hint else ""
            self.object(f"earmark.{error.why}", column.field, message, way_out=hint)
            return {}

    # ---- numbers ----

    def whole(self, column: Column, *, least: int | None = None) -> int | None:
        exact = self._number(column)
        if exact is None:
            return None
        if exact.denominator != 1:
            self.object("cell.not-whole", column.field, f"{shown_number(exact)} is not a whole number.")
            return None
        least = column.least if least is None else least
        if not least <= exact.numerator <= LARGEST:
            self.object(
                "cell.out-of-range",
                column.field,
                f"{exact.numerator:,} is "
                + ("too large." if exact > 0 and exact > LARGEST else f"less than {least:,}."),
            )
            return None
        return exact.numerator

    def money(self, column: Column, currency: str) -> int | None:
        """Read an amount in whole units of a currency and give its minor units."""
        exact = self._number(column, currency=currency)
        if exact is None:
            return None
        digits = digits_of(currency) if is_currency(currency) else 2
        minor: Fraction = exact * 10**digits
        if minor < 0:
            self.object("cell.negative", column.field, f"{shown_number(exact)} is below 0.")
        elif minor.denominator != 1:
            said = f"{currency} has {digits}" if digits else f"{currency} has none"
            self.object(
                "cell.too-many-decimals",
                column.field,
                f"{shown_number(exact)} has more decimals than its currency: {said}.",
                way_out=way_out_in_lots(
                    exact,
                    digits,
                    available=self._units("available"),
                    lot_size=self._units("lot"),
                    min_order=self._units("min_order"),
                )
                if column.field == "unit_price_minor"
                else "",
            )
        elif minor > LARGEST:
            self.object(
                "cell.out-of-range", column.field, f"{shown_number(exact)} is more money than there is."
            )
        else:
            return minor.numerator
        return None

    def _units(self, field: str) -> int:
        """Give a whole number of the row without a word about it; 0 where none stands there."""
        text = self.cell(field).text
        return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0

    def number(self, column: Column, *, above_zero: bool = False) -> Fraction | None:
        exact = self._number(column, fractions=True)
        if exact is not None and (exact < 0 or (above_zero and not exact)):
            self.object(
                "cell.out-of-range",
                column.field,
                f"{shown_number(exact)} is not above 0."
                if above_zero
                else f"{shown_number(exact)} is below 0.",
            )
            return None
        return exact

    def share(self, column: Column) -> Fraction | None:
        """Read a part of a whole: 50%, 0.5, 1/2. A bare 50 is asked about, and so is a bare fee."""
        exact = self._number(column, fractions=True, percent=True)
        if exact is None:
            return None
        if exact > 1 and not self._has_percent_sign(column):
            self.object(
                "cell.percent-sign",
                column.field,
                f"{shown_number(exact)} is more than the whole.",
                way_out=f"Write {shown_number(exact)}%, if that is meant.",
            )
        elif not 0 <= exact <= 1:
            self.object(
                "cell.out-of-range", column.field, f"{shown_number(exact * 100)}% is not between 0% and 100%."
            )
        elif self._may_be_percent(column, exact):
            self.object(
                "cell.percent-sign",
                column.field,
                f"{shown_number(exact)} may be {shown_number(exact)}% or {shown_number(exact * 100)}%.",
                way_out=f"Write {shown_number(exact)}% or {shown_number(exact * 100)}%, whichever is meant.",
            )
        else:
            return exact
        return None

    def _has_percent_sign(self, column: Column) -> bool:
        cell = self.cell(column.field)
        if cell.kind != "n":
            return "%" in cell.text
        section = section_of(cell.number_format, _exact(tidy(cell.text)) or Decimal(0))
        return bool(section.percents) or "%" in section.beside

    def _may_be_percent(self, column: Column, exact: Fraction) -> bool:
        """Say whether a bare number may be a percentage: every fee, and all in a column whose heading says %.

        What would be finer than a hundredth of a percent is no fee: 0.015 is 1.5% and nothing else.
        """
        if not exact or "/" in self.cell(column.field).text or self._has_percent_sign(column):
            return False
        if column.field in self.in_percent:
            return True
        return column.kind is Kind.FEE and (exact * 100).denominator == 1

    def fee(self, column: Column) -> int:
        """Read a fee as a percentage and give its basis points."""
        share = self.share(column)
        if share is None:
            return 0
        if (share * 10_000).denominator != 1:
            self.object(
                "cell.fee-too-fine", column.field, f"{shown_number(share * 100)}% is finer than 0.01%."
            )
            return 0
        return (share * 10_000).numerator

    def _number(
        self, column: Column, *, currency: str = "", fractions: bool = False, percent: bool = False
    ) -> Fraction | None:
        cell = self._given(column)
        if cell is None:
            return None
        if cell.is_date:
            wrong = f"The cell holds the date {self._shown_day(cell)}, not a number."
            self.object("cell.date-for-a-number", column.field, wrong)
            return None
        if cell.kind == "b":
            self.object("cell.not-a-number", column.field, "The cell holds yes or no, not a number.")
            return None
        text = tidy(cell.text)
        if cell.kind != "n":
            section = text_section(cell.number_format) if cell.number_format not in ("General", "@") else None
            if section is not None and not self._is_shown_alike(column, section, text, currency):
                return None
            return self._typed_number(column, text, currency, fractions=fractions, percent=percent)
        exact = _exact(text)
        if exact is None:
            self.object("cell.not-a-number", column.field, f"“{text[:40]}” is not a number.")
            return None
        if is_plain(cell.number_format):
            return Fraction(exact)
        section = section_of(cell.number_format, exact)
        if percent and "%" in section.beside and not section.percents:
            return (
                Fraction(exact) / 100
            )  # a percent sign that is only a letter: the cell shows 0.5% and holds 0.5
        if not self._is_shown_alike(column, section, shown_number(Fraction(exact)), currency):
            return None
        return Fraction(exact)

    def _is_shown_alike(self, column: Column, section: Section, figure: str, currency: str) -> bool:
        """Say whether a cell shows the figure that it holds; object to a format that makes another one of it."""
        of_money = column.kind in (Kind.PRICE, Kind.AMOUNT)
        shown = section.shown(figure)[:60]
        why = (
            difference(section, of_money=of_money, of_days=column.field == "lead_days")
            if section.shows_figure
            else ""
        )
        if (
            not why
            and figure != "0"
            and not figure.startswith("-")
            and section.beside.lstrip()[:1] in ("-", "−", "(")
        ):
            why = "a minus or brackets are written around it"
        if not why and section.percents and column.kind not in (Kind.NUMBER, Kind.SHARE, Kind.FEE):
            why = "its format makes a percentage of it"
        if not why and column.kind in (Kind.SHARE, Kind.FEE) and re.search(r"[^\W\d_]", section.beside):
            why = "words stand beside it"
        if why:
            as_shown = "another figure" if section.inside or section.percents else f"“{shown}”"
            wrong = f"The cell holds {figure[:40]} and shows {as_shown}: {why}."
            self.object("cell.format-changes-figure", column.field, wrong)
            return False
        named = section.currencies if of_money else frozenset()
        if named and currency and currency not in named:
            said = f" ({min(named)})" if len(named) == 1 and min(named) not in shown else ""
            wrong = f"The cell shows “{shown}”{said}; it holds an amount in {currency}."
            self.object("cell.other-currency", column.field, wrong)
            return False
        if not section.shows_figure and figure != "0":
            beside = f"“{shown}”" if shown else "nothing"
            wrong = f"The cell shows {beside} and holds {figure[:40]}, which is read."
            self.object("cell.shown-otherwise", column.field, wrong, warn=True)
        elif section.thousands:
            wrong = (
                f"The cell shows {'thousands' if section.thousands == 1 else 'millions'}; {figure} is read."
            )
            self.object("cell.shown-otherwise", column.field, wrong, warn=True)
        elif of_money and not named and re.search(r"[^\W\d_]", section.beside):
            wrong = f"The cell shows “{shown}”; {figure} is read."
            self.object("cell.shown-otherwise", column.field, wrong, warn=True)
        return True

    def _typed_number(
        self, column: Column, text: str, currency: str, *, fractions: bool, percent: bool
    ) -> Fraction | None:
        """Read a number that was typed as text."""
        if percent and text.endswith("%"):
            inside = self._typed_number(column, text[:-1].strip(), "", fractions=False, percent=False)
            return None if inside is None else inside / 100
        fraction = _FRACTION.fullmatch(text)
        if fractions and fraction and int(fraction[2]):
            return Fraction(int(fraction[1]), int(fraction[2]))
        if currency:
            bare = _without_currency(text, currency)
            if bare is None:
                wrong = f"“{text[:40]}” names another currency than {currency}."
                self.object("cell.other-currency", column.field, wrong)
                return None
            text = bare
        try:
            return parse_typed(text)
        except NotAnAmount as error:
            if error.why == "two-readings":
                way_out = f"Write {' or '.join(error.readings)}, whichever is meant."
                self.object("cell.two-readings", column.field, f"{error}.", way_out=way_out)
            elif error.why == "too-large":
                self.object("cell.not-a-number", column.field, f"{error}."[0].upper() + f"{error}."[1:])
            else:
                self._object_to_number(column, text, percent=percent)
        return None

    def _object_to_number(self, column: Column, text: str, *, percent: bool = False) -> None:
        field, low = column.field, text.casefold()
        size = _MAGNITUDE.fullmatch(text)
        power = power_said(size[2], of_money=True) if size else None
        brackets = _IN_BRACKETS.fullmatch(text)
        if low in _EMPTY_WORDS:
            self.object("cell.word-for-nothing", field, f"“{text[:40]}” is not a number.")
        elif size and power and _plain_number(size[1]) is not None:
            exact = (_plain_number(size[1]) or Decimal()).scaleb(power)
            self.object(
                "cell.not-a-number",
                field,
                f"“{text[:40]}” has a word for its size.",
                way_out=f"Write {exact:f}, if that is meant.",
            )
        elif brackets and _plain_number(brackets[1]) is not None:
            self.object("cell.negative", field, f"“{text[:40]}” is a number below 0 in the books.")
        elif text.endswith("%") and not percent:
            self.object("cell.not-a-number", field, f"“{text[:40]}” is a percentage; a number is asked for.")
        else:
            in_percent = column.kind in (Kind.SHARE, Kind.FEE)
            way_out = "Write it in digits and with the sign %: 0.5%." if in_percent else ""
            self.object("cell.not-a-number", field, f"“{text[:40]}” is not a number.", way_out=way_out)

    # ---- days ----

    def day(self, column: Column) -> date | None:
        """Read a day of the calendar: a date, a text with one meaning, or a number that a date is kept as."""
        cell = self._given(column)
        if cell is None:
            return None
        if cell.kind == "b":
            self.object("cell.not-a-day", column.field, "The cell holds yes or no, not a date.")
            return None
        found = self._day_of_number(column, cell) if cell.kind == "n" else self._day_of_text(column, cell)
        if found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.object(
                "cell.day-out-of-range", column.field, f"{found} is before {FIRST_YEAR} or after {LAST_YEAR}."
            )
            return None
        return found

    def day_number(self, column: Column) -> int | None:
        """Read a day where days are numbers counted from any day."""
        cell = self.cell(column.field)
        if cell.is_date and column.field not in self.spoiled and cell.text:
            self.object(
                "cell.date-for-a-day-number",
                column.field,
                f"The cell holds the date {self._shown_day(cell)}.",
            )
            return None
        return self.whole(column, least=-LARGEST)

    def _serial_day(self, number: Decimal) -> date | None:
        """Turn a spreadsheet's count of days into a day; the day 60 of its calendar never was."""
        start = date(1904, 1, 1) if self._from_1904 else date(1899, 12, 31 if number < 60 else 30)
        if not self._from_1904 and int(number) == 60:
            return None
        try:
            return start + timedelta(days=int(number))
        except (OverflowError, ValueError):
            return None

    def _shown_day(self, cell: RawCell) -> str:
        number = _exact(tidy(cell.text))
        day = self._serial_day(number) if cell.kind == "n" and number is not None else None
        return str(day) if day else cell.text[:10]

    def _day_of_number(self, column: Column, cell: RawCell) -> date | None:
        number = _exact(tidy(cell.text))
        day = None if number is None or number < 0 else self._serial_day(number)
        typed = meant_days(cell.text) if re.fullmatch("[12][0-9]{7}", cell.text) else []
        if number is None or day is None or (not cell.is_date and not FIRST_YEAR <= day.year <= LAST_YEAR):
            hint = f"Write {typed[0]}, if that is meant." if typed else ""
            self.object(
                "cell.not-a-day", column.field, f"{cell.text[:40]} is a number, not a date.", way_out=hint
            )
            return None
        if number != int(number):
            self.object(
                "cell.time-of-day", column.field, f"The cell holds a time of day on {day}.", warn=True
            )
        return day

    def _day_of_text(self, column: Column, cell: RawCell) -> date | None:
        text = tidy(cell.text)
        if re.fullmatch("[0-9./ -]+", text):
            text = _WIDE.sub(r"\1", text)
        if found := _ISO.fullmatch(text):
            return self._calendar_day(column, text, int(found[1]), int(found[2]), int(found[3]))
        for pattern in _NAMED:
            named = pattern.fullmatch(text)
            if named and named["month"].casefold() in _MONTHS:
                month = _MONTHS[named["month"].casefold()]
                return self._calendar_day(column, text, int(named["year"]), month, int(named["day"]))
        parts = _PARTS.fullmatch(text)
        if parts and len(parts[4]) == 2:
            self.object("cell.two-readings-day", column.field, f"“{text}” has a year of two digits.")
            return None
        if parts:
            one, sign, two, year = int(parts[1]), parts[2], int(parts[3]), int(parts[4])
            if sign == "." or one > 12:
                return self._calendar_day(column, text, year, two, one)
            if two > 12:
                return self._calendar_day(column, text, year, one, two)
            if one == two:
                return self._calendar_day(column, text, year, one, two)
            meant = " or ".join(meant_days(f"{one:02}/{two:02}/{year}"))
            self.object(
                "cell.two-readings-day", column.field, f"“{text}” may be {meant}.", way_out=f"Write {meant}."
            )
            return None
        self.object("cell.not-a-day", column.field, f"“{text[:40]}” is not a date.")
        return None

    def _calendar_day(self, column: Column, text: str, year: int, month: int, day: int) -> date | None:
        try:
            return date(year, month, day)
        except ValueError:
            self.object("cell.no-such-day", column.field, f"The calendar has no {text[:40]}.")
            return None


def _exact(text: str) -> Decimal | None:
    """Read the digits of a number cell as spreadsheets show them: 15 significant ones."""
    if not re.fullmatch(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?", text) or len(text) > 400:
        return None
    exact = Decimal(text)
    if not exact:
        return Decimal(0)
    if abs(exact.adjusted()) > 30:
        return None
    kept = exact.adjusted() - MOST_DIGITS + 1
    _, _, exponent = exact.as_tuple()
    assert isinstance(exponent, int)
    return exact if exponent >= kept else exact.quantize(Decimal(1).scaleb(kept))


def _plain_number(text: str) -> Decimal | None:
    text = text.strip().strip("$€£ ").replace(" ", "").replace("'", "")
    if re.fullmatch(r"[0-9]{1,20}([.,][0-9]{1,10})?", text):
        return Decimal(text.replace(",", "."))
    return None


def _without_currency(text: str, currency: str) -> str | None:
    """Take the code or sign of the currency away from an amount; None where it names another one.

    A bare dollar sign is the US dollar's: beside another dollar it is asked about.
    """
    beside = _BESIDE.fullmatch(text)
    if not beside or bool(beside[1]) == bool(beside[3]):
        return text
    word = beside[1] or beside[3]
    named = frozenset({"USD"}) if word == "$" else currencies_meant(word) or currencies_meant(word.upper())
    if currency in named:
        return beside[2]
    return None if named else text
