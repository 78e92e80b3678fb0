"""From a cell to a value: what people type is read where it has one meaning, and asked about where it has two."""

import difflib
import re
from calendar import month_abbr, month_name
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from pledgeline.exchange.record.hints import meant_days
from pledgeline.exchange.workbook.file import NOTHING, RawCell, column_letters
from pledgeline.exchange.workbook.formats import (
    Section,
    difference,
    is_plain,
    power_said,
    section_of,
    text_section,
)
from pledgeline.exchange.workbook.layout import NO, YES, Kind, SheetColumn
from pledgeline.exchange.workbook.prices import way_out_in_lots
from pledgeline.exchange.workbook.sheets import MOST_DIGITS
from pledgeline.exchange.workbook.texts import (
    NotAnEarmark,
    earmark_words,
    letter_note,
    read_earmark,
    shown_number,
    tidy,
)
from pledgeline.money import (
    NotAnAmount,
    currencies_meant,
    digits_of,
    is_currency,
    parse_typed,
)
from pledgeline.programme.findings import FindingList, Place
from pledgeline.programme.names import LONGEST_NAME, describe_letter, invisible_characters
from pledgeline.programme.objections import currency_objection
from pledgeline.programme.sentences import Sentence, in_each_language, sentence

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
        findings: FindingList,
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

    def object(self, said: Sentence, field: str, *, warn: bool = False) -> None:
        """Note a finding at a cell; the row is not sound any more, unless it is only a warning."""
        cell = self.cell(field)
        shown = self._shown_day(cell) if cell.is_date else cell.text
        self._findings.note(said, self.at(field), excerpt=shown)
        self.sound = self.sound and warn

    def cell(self, field: str) -> RawCell:
        return self._row.get(self._columns.get(field, 0), NOTHING)

    def _given(self, column: SheetColumn) -> RawCell | None:
        """Give a cell that holds a value; say what is wrong with one that should and does not."""
        cell = self.cell(column.field)
        if column.field in self.spoiled:
            return None
        if cell is NOTHING or not (cell.is_formula or tidy(cell.text)):
            if column.needed and self._columns.get(column.field):
                self.object(sentence("cell.empty.workbook.named", column=column.header), column.field)
            self.sound = self.sound and not column.needed
            return None
        if cell.is_formula and not cell.text:
            self.object(sentence("cell.formula-without-value.workbook"), column.field)
            return None
        if cell.kind == "e" or _ERROR.fullmatch(cell.text):
            said = sentence("cell.error-value.workbook.shown", text=cell.text[:20])
            self.object(said, column.field)
            return None
        return cell

    # ---- texts ----

    def name(self, column: SheetColumn) -> str:
        """Read an id or a name: what Excel turned into a date or a number is not guessed back."""
        cell = self._given(column)
        if cell is None:
            return ""
        if cell.is_date:
            said = sentence("cell.date-for-a-name.workbook.day", day=self._shown_day(cell))
            self.object(said, column.field)
            return ""
        if cell.kind == "b":
            self.object(sentence("cell.not-a-name.workbook.yes-or-no"), column.field)
            return ""
        text = tidy(cell.text)
        if cell.kind == "n":
            exact = _exact(text)
            if exact is None or exact != exact.to_integral_value() or abs(exact) >= 10**MOST_DIGITS:
                said = sentence("cell.number-for-a-name.workbook.number", number=text[:40])
                self.object(said, column.field)
                return ""
            text = f"{exact:.0f}"
        if len(text) > LONGEST_NAME:
            said = sentence("cell.name-too-long.workbook.characters", characters=len(text))
            self.object(said, column.field)
            return ""
        if not text.isprintable():
            letters = ", ".join(map(describe_letter, invisible_characters(text)[:3]))
            said = sentence("cell.not-a-name.workbook.blank")
            if letters:
                said = sentence("cell.not-a-name.workbook.unseen", letters=letters)
            self.object(said, column.field)
            return ""
        return text

    def text(self, column: SheetColumn) -> str:
        """Read a text of any length, with its lines; a date of the spreadsheet is none."""
        cell = self._given(column)
        if cell is None:
            return ""
        if cell.is_date:
            said = sentence("cell.date-for-a-name.workbook.day", day=self._shown_day(cell))
            self.object(said, column.field)
            return ""
        return cell.text.strip()

    def currency(self, column: SheetColumn) -> str:
        cell = self._given(column)
        if cell is None:
            return ""
        text = tidy(cell.text)
        if is_currency(text.upper()):
            return text.upper()
        self.object_to_currency(column.field, text)
        return ""

    def object_to_currency(self, field: str, text: str) -> None:
        objection, note = currency_objection(text), letter_note(text, text)
        self.object(sentence("cell.unknown-currency.workbook.said", objection=objection, note=note), field)

    def yes_no(self, column: SheetColumn) -> bool:
        cell = self._given(column)
        if cell is None:
            return False
        text = tidy(cell.text).casefold()
        yes, no = in_each_language(YES), in_each_language(NO)
        if cell.kind == "b" or text in (*yes, "y", "true", *no, "n", "false"):
            return text in ("1", *yes, "y", "true")
        note = letter_note(text, "yes") or letter_note(text, "no")
        said = sentence("cell.not-yes-or-no.workbook.text", text=cell.text[:40], note=note)
        self.object(said, column.field)
        return False

    def earmark(self, column: SheetColumn) -> dict[str, list[str]]:
        cell = self._given(column)
        if cell is None:
            return {}
        if cell.kind != "s":
            self.object(sentence("earmark.no-key.text", text=cell.text[:40]), column.field)
            return {}
        try:
            return read_earmark(cell.text)
        except NotAnEarmark as error:
            key = error.unknown_key
            near = difflib.get_close_matches(key.casefold(), earmark_words(), 1) if key else []
            said = error.said
            if near:
                note = letter_note(key, near[0])
                said = sentence("earmark.unknown-key.meant", text=key[:40], meant=near[0], note=note)
            self.object(said, column.field)
            return {}

    # ---- numbers ----

    def whole(self, column: SheetColumn, *, least: int | None = None) -> int | None:
        exact = self._number(column)
        if exact is None:
            return None
        if exact.denominator != 1:
            said = sentence("cell.not-whole.workbook.number", number=shown_number(exact))
            self.object(said, column.field)
            return None
        least = column.least if least is None else least
        if not least <= exact.numerator <= LARGEST:
            said = sentence("cell.out-of-range.workbook.least", number=exact.numerator, least=least)
            if exact > LARGEST:
                said = sentence("cell.out-of-range.workbook.too-large", number=exact.numerator)
            self.object(said, column.field)
            return None
        return exact.numerator

    def money(self, column: SheetColumn, currency: str) -> int | None:
        """Read an amount in whole units of a currency and give its minor units."""
        exact = self._number(column, currency=currency)
        if exact is None:
            return None
        digits = digits_of(currency) if is_currency(currency) else 2
        minor: Fraction = exact * 10**digits
        if minor < 0:
            self.object(sentence("cell.negative.workbook.number", number=shown_number(exact)), column.field)
        elif minor.denominator != 1:
            self.object(self._too_fine(column, exact, currency, digits), column.field)
        elif minor > LARGEST:
            said = sentence("cell.out-of-range.workbook.money", number=shown_number(exact))
            self.object(said, column.field)
        else:
            return minor.numerator
        return None

    def _too_fine(self, column: SheetColumn, exact: Fraction, currency: str, digits: int) -> Sentence:
        """Say that an amount has too many decimals; of a price, how it is written for a lot."""
        number = shown_number(exact)
        in_lots = None
        if column.field == "unit_price_minor":
            in_lots = way_out_in_lots(
                exact,
                digits,
                available=self._units("available"),
                lot_size=self._units("lot"),
                min_order=self._units("min_order"),
            )
        if in_lots is None:
            return sentence(
                "cell.too-many-decimals.workbook.currency", number=number, currency=currency, digits=digits
            )
        return sentence(
            "cell.too-many-decimals.workbook.in-lots",
            number=number,
            currency=currency,
            digits=digits,
            in_lots=in_lots,
        )

    def _units(self, field: str) -> int:
        """Give a whole number of the row without a word about it; 0 where none stands there."""
        text = self.cell(field).text
        return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0

    def number(self, column: SheetColumn, *, above_zero: bool = False) -> Fraction | None:
        exact = self._number(column, fractions=True)
        if exact is not None and (exact < 0 or (above_zero and not exact)):
            said = sentence("cell.out-of-range.workbook.below", number=shown_number(exact))
            if above_zero:
                said = sentence("cell.out-of-range.workbook.not-above", number=shown_number(exact))
            self.object(said, column.field)
            return None
        return exact

    def share(self, column: SheetColumn) -> Fraction | None:
        """Read a part of a whole: 50%, 0.5, 1/2. A bare 50 is asked about, and so is a bare fee."""
        exact = self._number(column, fractions=True, percent=True)
        if exact is None:
            return None
        number, percent = shown_number(exact), shown_number(exact * 100)
        if exact > 1 and not self._has_percent_sign(column):
            self.object(sentence("cell.percent-sign.workbook.whole", number=number), column.field)
        elif not 0 <= exact <= 1:
            self.object(sentence("cell.out-of-range.workbook.share", percent=percent), column.field)
        elif self._may_be_percent(column, exact):
            said = sentence("cell.percent-sign.workbook.either", number=number, percent=percent)
            self.object(said, column.field)
        else:
            return exact
        return None

    def _has_percent_sign(self, column: SheetColumn) -> bool:
        cell = self.cell(column.field)
        if cell.kind != "n":
            return "%" in cell.text
        section = section_of(cell.number_format, _exact(tidy(cell.text)) or Decimal(0))
        return bool(section.percents) or "%" in section.beside

    def _may_be_percent(self, column: SheetColumn, exact: Fraction) -> bool:
        """Say whether a bare number may be a percentage: every fee, and all in a column whose heading says %.

        What would be finer than a hundredth of a percent is no fee: 0.015 is 1.5% and nothing else.
        """
        if not exact or "/" in self.cell(column.field).text or self._has_percent_sign(column):
            return False
        if column.field in self.in_percent:
            return True
        return column.kind is Kind.FEE and (exact * 100).denominator == 1

    def fee(self, column: SheetColumn) -> int:
        """Read a fee as a percentage and give its basis points."""
        share = self.share(column)
        if share is None:
            return 0
        if (share * 10_000).denominator != 1:
            said = sentence("cell.fee-too-fine.workbook.percent", percent=shown_number(share * 100))
            self.object(said, column.field)
            return 0
        return (share * 10_000).numerator

    def _number(
        self, column: SheetColumn, *, currency: str = "", fractions: bool = False, percent: bool = False
    ) -> Fraction | None:
        cell = self._given(column)
        if cell is None:
            return None
        if cell.is_date:
            said = sentence("cell.date-for-a-number.workbook.day", day=self._shown_day(cell))
            self.object(said, column.field)
            return None
        if cell.kind == "b":
            self.object(sentence("cell.not-a-number.workbook.yes-or-no"), column.field)
            return None
        text = tidy(cell.text)
        if cell.kind != "n":
            section = text_section(cell.number_format) if cell.number_format not in ("General", "@") else None
            if section is not None and not self._is_shown_alike(column, section, text, currency):
                return None
            return self._typed_number(column, text, currency, fractions=fractions, percent=percent)
        exact = _exact(text)
        if exact is None:
            self.object(sentence("cell.not-a-number.workbook.text", text=text[:40]), column.field)
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

    def _is_shown_alike(self, column: SheetColumn, section: Section, figure: str, currency: str) -> bool:
        """Say whether a cell shows the figure that it holds; object to a format that makes another one of it."""
        of_money = column.kind in (Kind.PRICE, Kind.AMOUNT)
        shown = section.shown(figure)[:60]
        why = (
            difference(section, of_money=of_money, of_days=column.field == "lead_days")
            if section.shows_figure
            else None
        )
        if (
            not why
            and figure != "0"
            and not figure.startswith("-")
            and section.beside.lstrip()[:1] in ("-", "−", "(")
        ):
            why = sentence("cell.format-changes-figure.workbook.minus")
        if not why and section.percents and column.kind not in (Kind.NUMBER, Kind.SHARE, Kind.FEE):
            why = sentence("cell.format-changes-figure.workbook.makes-percentage")
        if not why and column.kind in (Kind.SHARE, Kind.FEE) and re.search(r"[^\W\d_]", section.beside):
            why = sentence("cell.format-changes-figure.workbook.words")
        if why:
            said = sentence(
                "cell.format-changes-figure.workbook.shown", figure=figure[:40], shown=shown, why=why
            )
            if section.inside or section.percents:
                said = sentence(
                    "cell.format-changes-figure.workbook.other-figure", figure=figure[:40], why=why
                )
            self.object(said, column.field)
            return False
        named = section.currencies if of_money else frozenset()
        if named and currency and currency not in named:
            said = sentence("cell.other-currency.workbook.shown", shown=shown, currency=currency)
            if len(named) == 1 and min(named) not in shown:
                said = sentence(
                    "cell.other-currency.workbook.shown-named",
                    shown=shown,
                    named=min(named),
                    currency=currency,
                )
            self.object(said, column.field)
            return False
        otherwise = _shown_otherwise(section, shown, figure, is_money_without_name=of_money and not named)
        if otherwise is not None:
            self.object(otherwise, column.field, warn=True)
        return True

    def _typed_number(
        self, column: SheetColumn, text: str, currency: str, *, fractions: bool, percent: bool
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
                said = sentence("cell.other-currency.workbook.typed", text=text[:40], currency=currency)
                self.object(said, column.field)
                return None
            text = bare
        try:
            return parse_typed(text)
        except NotAnAmount as error:
            if error.why == "two-readings":
                self.object(_two_readings(text, *error.readings), column.field)
            elif error.why == "too-large":
                said = sentence("cell.not-a-number.workbook.characters", characters=len(text))
                self.object(said, column.field)
            else:
                self._object_to_number(column, text, percent=percent)
        return None

    def _object_to_number(self, column: SheetColumn, text: str, *, percent: bool = False) -> None:
        field, low = column.field, text.casefold()
        size = _MAGNITUDE.fullmatch(text)
        power = power_said(size[2], of_money=True) if size else None
        brackets = _IN_BRACKETS.fullmatch(text)
        if low in _EMPTY_WORDS:
            self.object(sentence("cell.word-for-nothing.workbook.text", text=text[:40]), field)
        elif size and power and _plain_number(size[1]) is not None:
            exact = (_plain_number(size[1]) or Decimal()).scaleb(power)
            said = sentence("cell.not-a-number.workbook.size", text=text[:40], number=f"{exact:f}")
            self.object(said, field)
        elif brackets and _plain_number(brackets[1]) is not None:
            self.object(sentence("cell.negative.workbook.brackets", text=text[:40]), field)
        elif text.endswith("%") and not percent:
            self.object(sentence("cell.not-a-number.workbook.percentage", text=text[:40]), field)
        elif column.kind in (Kind.SHARE, Kind.FEE):
            self.object(sentence("cell.not-a-number.workbook.text-for-percent", text=text[:40]), field)
        else:
            self.object(sentence("cell.not-a-number.workbook.text", text=text[:40]), field)

    # ---- days ----

    def day(self, column: SheetColumn) -> date | None:
        """Read a day of the calendar: a date, a text with one meaning, or a number that a date is kept as."""
        cell = self._given(column)
        if cell is None:
            return None
        if cell.kind == "b":
            self.object(sentence("cell.not-a-day.workbook.yes-or-no"), column.field)
            return None
        found = self._day_of_number(column, cell) if cell.kind == "n" else self._day_of_text(column, cell)
        if found is not None and not FIRST_YEAR <= found.year <= LAST_YEAR:
            first, last = str(FIRST_YEAR), str(LAST_YEAR)
            said = sentence("cell.day-out-of-range.workbook.day", day=found, first=first, last=last)
            self.object(said, column.field)
            return None
        return found

    def day_number(self, column: SheetColumn) -> int | None:
        """Read a day where days are numbers counted from any day."""
        cell = self.cell(column.field)
        if cell.is_date and column.field not in self.spoiled and cell.text:
            said = sentence("cell.date-for-a-day-number.workbook.day", day=self._shown_day(cell))
            self.object(said, column.field)
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

    def _day_of_number(self, column: SheetColumn, cell: RawCell) -> date | None:
        number = _exact(tidy(cell.text))
        day = None if number is None or number < 0 else self._serial_day(number)
        typed = meant_days(cell.text) if re.fullmatch("[12][0-9]{7}", cell.text) else []
        if number is None or day is None or (not cell.is_date and not FIRST_YEAR <= day.year <= LAST_YEAR):
            said = sentence("cell.not-a-day.workbook.number", number=cell.text[:40])
            if typed:
                said = sentence("cell.not-a-day.workbook.number-meant", number=cell.text[:40], day=typed[0])
            self.object(said, column.field)
            return None
        if number != int(number):
            self.object(sentence("cell.time-of-day.workbook.day", day=day), column.field, warn=True)
        return day

    def _day_of_text(self, column: SheetColumn, cell: RawCell) -> date | None:
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
            self.object(sentence("cell.two-readings-day.workbook.two-digits", text=text), column.field)
            return None
        if parts:
            one, sign, two, year = int(parts[1]), parts[2], int(parts[3]), int(parts[4])
            if sign == "." or one > 12:
                return self._calendar_day(column, text, year, two, one)
            if two > 12:
                return self._calendar_day(column, text, year, one, two)
            if one == two:
                return self._calendar_day(column, text, year, one, two)
            meant, other = meant_days(f"{one:02}/{two:02}/{year}")
            said = sentence("cell.two-readings-day.workbook.days", text=text, day=meant, other=other)
            self.object(said, column.field)
            return None
        self.object(sentence("cell.not-a-day.workbook.text", text=text[:40]), column.field)
        return None

    def _calendar_day(self, column: SheetColumn, text: str, year: int, month: int, day: int) -> date | None:
        try:
            return date(year, month, day)
        except ValueError:
            self.object(sentence("cell.no-such-day.workbook.day", day=text[:40]), column.field)
            return None


def _shown_otherwise(
    section: Section, shown: str, figure: str, *, is_money_without_name: bool
) -> Sentence | None:
    """Say how a cell shows another thing than the figure that it holds and that is read, if it does."""
    if not section.shows_figure and figure != "0":
        if not shown:
            return sentence("cell.shown-otherwise.workbook.nothing", figure=figure[:40])
        return sentence("cell.shown-otherwise.workbook.beside", shown=shown, figure=figure[:40])
    if section.thousands == 1:
        return sentence("cell.shown-otherwise.workbook.thousands", figure=figure)
    if section.thousands:
        return sentence("cell.shown-otherwise.workbook.millions", figure=figure)
    if is_money_without_name and re.search(r"[^\W\d_]", section.beside):
        return sentence("cell.shown-otherwise.workbook.words", shown=shown, figure=figure)
    return None


def _two_readings(text: str, whole: str, decimal: str) -> Sentence:
    return sentence(
        "cell.two-readings.workbook.amounts",
        text=text[:40],
        whole=int(whole),
        decimal=decimal[:-1],
        digits=whole,
        with_point=decimal,
    )


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
