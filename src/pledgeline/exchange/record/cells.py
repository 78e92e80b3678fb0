"""From a row's texts to values: each cell is read by what its column holds, and objected to at its place."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from pledgeline.exchange.record.catalogue import Findings
from pledgeline.exchange.record.hints import look_alike_of, meant_days, partner_way_out
from pledgeline.exchange.record.lines import Line
from pledgeline.money import (
    PAST_CURRENCIES,
    Amount,
    NotAnAmount,
    currency_objection,
    is_currency,
    parse_plain,
)
from pledgeline.programme.findings import Place
from pledgeline.programme.names import describe_letter
from pledgeline.programme.parties import JOINT, countries

Word = TypeVar("Word", bound=StrEnum)

LONGEST_NUMBER = 60

LONGEST_KEY = 100

_REFERENCE = re.compile(r"\w[\w.-]{0,99}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,20})?")
_SEPARATED = re.compile(r"-?[0-9]{1,3}([,.' \u00a0\u202f][0-9]{3})+([.,][0-9]+)?")


def _wrong_in_key(key: str) -> str:
    """Say which character a key cannot have; one that nobody sees, by its number."""
    odd = next((letter for letter in key if not re.fullmatch(r"[\w.-]", letter)), "")
    if odd:
        name = "a space" if odd.isspace() else describe_letter(odd)
        return f"The key has {name}: only letters, digits, `.`, `_` and `-` may stand in it."
    return "" if len(key) > LONGEST_KEY else f"The key begins with “{key[0]}”, not with a letter or a digit."


class Cells:
    """The cells of one row. `sound` turns false with the first error; the others are still looked for.

    A cell with a finding of its own, from the bytes or the header, is read as empty and not objected to again.
    """

    def __init__(self, file: str, line: Line, findings: Findings, today: date | None = None) -> None:
        self._file, self._line, self._findings, self._today = file, line, findings, today
        self.sound = line.sound

    def place(self, column: str = "") -> Place:
        return Place(file=self._file, line=self._line.number, column=column)

    def object(
        self, code: str, column: str = "", wrong: str = "", *, way_out: str = "", warn: bool = False
    ) -> None:
        """Note a finding at a cell; the row is not sound any more, unless it is only a warning."""
        excerpt = self._line.cells.get(column, "") if column else ""
        self._findings.add(code, self.place(column), wrong, excerpt=excerpt, way_out=way_out)
        self.sound = self.sound and warn

    def can_be_read(self, *columns: str) -> bool:
        """Say whether none of the cells has a finding that explains why it is empty."""
        return self._line.spoiled.isdisjoint(columns)

    def text(self, column: str, *, needed: bool = False) -> str:
        if column in self._line.spoiled:
            return ""
        value = self._line.cells.get(column, "")
        if needed and not value:
            self.object("cell.empty", column)
        return value

    def together(self, one: str, other: str, code: str) -> None:
        """Object to a cell that is filled without the other."""
        if self.can_be_read(one, other) and bool(self.text(one)) != bool(self.text(other)):
            missing = other if self.text(one) else one
            self.object(
                code, missing, f"“{one if missing == other else other}” is filled and “{missing}” is empty."
            )

    def reference(self, column: str) -> str:
        """Read the key of the row."""
        value = self.text(column, needed=True)
        if value and not _REFERENCE.fullmatch(value):
            self.object("cell.reference", column, _wrong_in_key(value))
        return value

    def day(self, column: str, *, needed: bool = False, month_too: bool = False) -> date | None:
        value = self.text(column, needed=needed)
        if not value:
            return None
        whole = f"{value}-01" if month_too and re.fullmatch(r"[0-9]{4}-[0-9]{2}", value) else value
        if not _DAY.fullmatch(whole):
            meant = " or ".join(meant_days(value))
            self.object(
                "cell.day-form",
                column,
                f"“{value[:40]}” is not written as year-month-day.",
                way_out=f"Write {meant}, if that is meant." if meant else "",
            )
            return None
        try:
            day = date.fromisoformat(whole)
        except ValueError:
            self.object("cell.no-such-day", column, f"The calendar has no {value}.")
            return None
        if not 1990 <= day.year <= 2100:
            self.object("cell.day-out-of-range", column, f"{value} is before 1990 or after 2100.")
            return None
        if self._today is not None and day > self._today:
            self.object(
                "cell.day-after-today",
                column,
                f"{value} lies after today, {self._today}. Is it right?",
                warn=True,
            )
        return day

    def word(self, column: str, words: type[Word]) -> Word | None:
        """Read a word of a closed vocabulary."""
        value = self.text(column)
        if not self.can_be_read(column):
            return None
        try:
            return words(value)
        except ValueError:
            allowed = [word.value for word in words if word.value]
            near = difflib.get_close_matches(value.lower(), allowed, 1)
            hint = f" Is “{near[0]}” meant?" if near else ""
            empty = " or nothing" if any(not word.value for word in words) else ""
            wrong = f"“{value[:40]}” is not a word of this column" if value else "The cell is empty"
            self.object("cell.vocabulary", column, f"{wrong}: it knows {', '.join(allowed)}{empty}.{hint}")
            return None

    def whole(self, column: str, *, least: int, most: int = 1_000_000) -> int | None:
        value = self.text(column)
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            self.object(
                "cell.not-whole", column, f"“{value[:40]}” is no whole number from {least} to {most:,}."
            )
            return None
        return int(value)

    def number(self, column: str, *, above_zero: bool = False) -> Decimal | None:
        """Read a plain decimal, exactly."""
        value = self.text(column, needed=True)
        if not value:
            return None
        if not _NUMBER.fullmatch(value):
            separated = _SEPARATED.fullmatch(value)
            self.object("cell.separators" if separated else "cell.not-a-number", column)
            return None
        number = Decimal(value)
        if above_zero and number <= 0:
            self.object("cell.not-positive", column, f"{value} is not above 0.")
            return None
        return number

    def currency(self, column: str, *, on: date | None = None, needed: bool = False) -> str:
        """Read a code that is a currency today, or was one on the day `on`."""
        value = self.text(column, needed=needed)
        if value and not is_currency(value, on):
            self.object_to_currency(column, value, on)
            return ""
        return value

    def object_to_currency(self, column: str, value: str, on: date | None = None) -> None:
        wrong, way_out = currency_objection(value, on)
        past = value in PAST_CURRENCIES
        self.object("cell.past-currency" if past else "cell.unknown-currency", column, wrong, way_out=way_out)

    def amount(self, column: str, currency: str, *, needed: bool = False, way_out: str = "") -> Amount | None:
        """Read an amount above 0 in a currency that was read before; without one nothing is said again."""
        value = self.text(column, needed=needed)
        if not value or not currency:
            return None
        amount = self._parsed(column, value, currency)
        if amount is not None and amount.minor <= 0:
            self.object("cell.not-positive", column, f"{value} is not above 0.", way_out=way_out)
            return None
        return amount

    def fits(self, column: str, currency: str) -> None:
        """Object to a plain decimal that is no amount of the currency."""
        self._parsed(column, self.text(column), currency)

    def _parsed(self, column: str, value: str, currency: str) -> Amount | None:
        if len(value) > LONGEST_NUMBER:
            self.object("cell.not-a-number", column, f"No amount is written with {len(value):,} characters.")
            return None
        try:
            return parse_plain(value, currency)
        except NotAnAmount as error:
            self.object(f"cell.{error.why}", column, f"{error}.")
            return None

    def partners(self, column: str, parties: Mapping[str, str] | None, *, needed: bool) -> tuple[str, ...]:
        value = self.text(column, needed=needed)
        codes = tuple(value.split(JOINT)) if value else ()
        for code in dict.fromkeys(codes):
            self.partner(column, code, parties)
        if len(set(codes)) < len(codes):
            self.object("cell.partner-twice", column)
        return codes

    def partner(self, column: str, code: str, parties: Mapping[str, str] | None) -> None:
        """Object to a code that is none. `None`: which parties there are cannot be said."""
        if parties is None or code in countries() or code in parties:
            return
        self.object(
            "cell.unknown-partner",
            column,
            f"“{code[:40]}” is neither a country nor a party of the programme."
            if code
            else "A code is missing beside the +.",
            way_out=partner_way_out(code, parties),
        )

    def several(self, column: str, *, needed: bool = False) -> tuple[str, ...]:
        """Read keys parted by semicolons, each once."""
        text = self.text(column)
        keys = [part.strip() for part in text.split(";") if part.strip()] if text else []
        if needed and not keys and self.can_be_read(column):
            self.object("cell.empty", column)
        if len(set(keys)) < len(keys):
            self.object("cell.key-twice", column, warn=True)
        return tuple(dict.fromkeys(keys))

    def known(self, column: str, keys: Iterable[str], known: Collection[str] | None, code: str) -> None:
        """Object to the keys that nothing has. `None`: what there is cannot be said."""
        for key in keys:
            if known is not None and key not in known:
                self.object(code, column, f"There is no “{key[:40]}”.{look_alike_of(key, known)}")
