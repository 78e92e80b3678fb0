"""From a row's texts to values: each cell is read by what its column holds, and objected to at its place."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from pledgeline.exchange.record.hints import is_meant, look_alike_of, meant_days, unknown_partner
from pledgeline.exchange.record.lines import FileLine
from pledgeline.money import (
    PAST_CURRENCIES,
    Amount,
    NotAnAmount,
    digits_of,
    is_currency,
    parse_plain,
)
from pledgeline.programme.findings import FindingList, Place
from pledgeline.programme.names import named_letter
from pledgeline.programme.objections import currency_objection
from pledgeline.programme.parties import JOINT, countries
from pledgeline.programme.sentences import Sentence, sentence

Word = TypeVar("Word", bound=StrEnum)

LONGEST_NUMBER = 60

LONGEST_KEY = 100

_REFERENCE = re.compile(r"\w[\w.-]{0,99}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,20})?")
_SEPARATED = re.compile(r"-?[0-9]{1,3}([,.' \u00a0\u202f][0-9]{3})+([.,][0-9]+)?")


def _wrong_in_key(key: str) -> Sentence:
    """Say which character a key cannot have; one that nobody sees, by its number."""
    odd = next((letter for letter in key if not re.fullmatch(r"[\w.-]", letter)), "")
    if odd.isspace():
        return sentence("cell.reference.record.space")
    if odd:
        return sentence("cell.reference.record.letter", letter=named_letter(odd))
    if len(key) > LONGEST_KEY:
        return sentence("cell.reference.record")
    return sentence("cell.reference.record.begins", letter=key[0])


class RecordCells:
    """The cells of one row. `sound` turns false with the first error; the others are still looked for.

    A cell with a finding of its own, from the bytes or the header, is read as empty and not objected to again.
    """

    def __init__(self, file: str, line: FileLine, findings: FindingList, today: date | None = None) -> None:
        self._file, self._line, self._findings, self._today = file, line, findings, today
        self.sound = line.sound

    def place(self, column: str = "") -> Place:
        return Place(file=self._file, line=self._line.number, column=column)

    def object(self, said: Sentence, column: str = "", *, warn: bool = False) -> None:
        """Note a finding at a cell; the row is not sound any more, unless it is only a warning."""
        excerpt = self._line.cells.get(column, "") if column else ""
        self._findings.note(said, self.place(column), excerpt=excerpt)
        self.sound = self.sound and warn

    def can_be_read(self, *columns: str) -> bool:
        """Say whether none of the cells has a finding that explains why it is empty."""
        return self._line.spoiled.isdisjoint(columns)

    def text(self, column: str, *, needed: bool = False) -> str:
        if column in self._line.spoiled:
            return ""
        value = self._line.cells.get(column, "")
        if needed and not value:
            self.object(sentence("cell.empty.record"), column)
        return value

    def together(self, one: str, other: str, code: str) -> None:
        """Object to a cell that is filled without the other."""
        if self.can_be_read(one, other) and bool(self.text(one)) != bool(self.text(other)):
            missing = other if self.text(one) else one
            filled = one if missing == other else other
            self.object(Sentence(code, {"filled": filled, "missing": missing}), missing)

    def reference(self, column: str) -> str:
        """Read the key of the row."""
        value = self.text(column, needed=True)
        if value and not _REFERENCE.fullmatch(value):
            self.object(_wrong_in_key(value), column)
        return value

    def day(self, column: str, *, needed: bool = False, month_too: bool = False) -> date | None:
        value = self.text(column, needed=needed)
        if not value:
            return None
        whole = f"{value}-01" if month_too and re.fullmatch(r"[0-9]{4}-[0-9]{2}", value) else value
        if not _DAY.fullmatch(whole):
            self.object(_not_as_a_day(value), column)
            return None
        try:
            day = date.fromisoformat(whole)
        except ValueError:
            self.object(sentence("cell.no-such-day.record.day", day=value), column)
            return None
        if not 1990 <= day.year <= 2100:
            self.object(sentence("cell.day-out-of-range.record.day", day=value), column)
            return None
        if self._today is not None and day > self._today:
            said = sentence("cell.day-after-today.record.day", day=value, today=self._today)
            self.object(said, column, warn=True)
        return day

    def word(self, column: str, words: type[Word]) -> Word | None:
        """Read a word of a closed vocabulary."""
        value = self.text(column)
        if not self.can_be_read(column):
            return None
        try:
            return words(value)
        except ValueError:
            self.object(_not_of(value, words), column)
            return None

    def whole(self, column: str, *, least: int, most: int = 1_000_000) -> int | None:
        value = self.text(column)
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            said = sentence("cell.not-whole.record.range", text=value[:40], least=least, most=most)
            self.object(said, column)
            return None
        return int(value)

    def number(self, column: str, *, above_zero: bool = False) -> Decimal | None:
        """Read a plain decimal, exactly."""
        value = self.text(column, needed=True)
        if not value:
            return None
        if not _NUMBER.fullmatch(value):
            separated = _SEPARATED.fullmatch(value)
            said = sentence("cell.separators.record") if separated else sentence("cell.not-a-number.record")
            self.object(said, column)
            return None
        number = Decimal(value)
        if above_zero and number <= 0:
            self.object(sentence("cell.not-positive.record.above", number=value), column)
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
        objection = currency_objection(value, on)
        if value in PAST_CURRENCIES:
            self.object(sentence("cell.past-currency.record.said", objection=objection), column)
        else:
            self.object(sentence("cell.unknown-currency.record.said", objection=objection), column)

    def amount(
        self, column: str, currency: str, *, needed: bool = False, may_be_taken_back: bool = False
    ) -> Amount | None:
        """Read an amount above 0 in a currency that was read before; without one nothing is said again.

        Of one that `may_be_taken_back` the way out says how that is written.
        """
        value = self.text(column, needed=needed)
        if not value or not currency:
            return None
        amount = self._parsed(column, value, currency)
        if amount is not None and amount.minor <= 0:
            if may_be_taken_back:
                self.object(sentence("cell.not-positive.record.withdraw", number=value), column)
            else:
                self.object(sentence("cell.not-positive.record.above", number=value), column)
            return None
        return amount

    def fits(self, column: str, currency: str) -> None:
        """Object to a plain decimal that is no amount of the currency."""
        self._parsed(column, self.text(column), currency)

    def _parsed(self, column: str, value: str, currency: str) -> Amount | None:
        if len(value) > LONGEST_NUMBER:
            self.object(sentence("cell.not-a-number.record.characters", characters=len(value)), column)
            return None
        try:
            return parse_plain(value, currency)
        except NotAnAmount as error:
            self.object(_no_amount(error.why, value, currency), column)
            return None

    def partners(self, column: str, parties: Mapping[str, str] | None, *, needed: bool) -> tuple[str, ...]:
        value = self.text(column, needed=needed)
        codes = tuple(value.split(JOINT)) if value else ()
        for code in dict.fromkeys(codes):
            self.partner(column, code, parties)
        if len(set(codes)) < len(codes):
            self.object(sentence("cell.partner-twice.record"), column)
        return codes

    def partner(self, column: str, code: str, parties: Mapping[str, str] | None) -> None:
        """Object to a code that is none. `None`: which parties there are cannot be said."""
        if parties is None or code in countries() or code in parties:
            return
        self.object(unknown_partner(code, parties), column)

    def several(self, column: str, *, needed: bool = False) -> tuple[str, ...]:
        """Read keys parted by semicolons, each once."""
        text = self.text(column)
        keys = [part.strip() for part in text.split(";") if part.strip()] if text else []
        if needed and not keys and self.can_be_read(column):
            self.object(sentence("cell.empty.record"), column)
        if len(set(keys)) < len(keys):
            self.object(sentence("cell.key-twice.record"), column, warn=True)
        return tuple(dict.fromkeys(keys))

    def known(self, column: str, keys: Iterable[str], known: Collection[str] | None, code: str) -> None:
        """Object to the keys that nothing has. `None`: what there is cannot be said."""
        for key in keys:
            if known is not None and key not in known:
                self.object(Sentence(code, {"key": key[:40], "note": look_alike_of(key, known)}), column)


def _not_as_a_day(value: str) -> Sentence:
    """Say that a day is written in another way, and which days may be meant."""
    match meant_days(value):
        case [day]:
            return sentence("cell.day-form.record.meant", text=value[:40], day=day)
        case [day, other]:
            return sentence("cell.day-form.record.two-meant", text=value[:40], day=day, other=other)
    return sentence("cell.day-form.record.written", text=value[:40])


def _not_of(value: str, words: type[StrEnum]) -> Sentence:
    """Say which words a column knows."""
    allowed = [word.value for word in words if word.value]
    known = ", ".join(allowed)
    if not value:
        return sentence("cell.vocabulary.record.empty", known=known)
    note = is_meant(*difflib.get_close_matches(value.lower(), allowed, 1))
    if any(not word.value for word in words):
        return sentence("cell.vocabulary.record.word-or-nothing", word=value[:40], known=known, note=note)
    return sentence("cell.vocabulary.record.word", word=value[:40], known=known, note=note)


def _no_amount(why: str, value: str, currency: str) -> Sentence:
    """Say why a plain decimal is no amount of a currency."""
    match why:
        case "separators":
            return sentence("cell.separators.record.amount", text=value)
        case "decimals":
            digits = digits_of(currency)
            return sentence("cell.decimals.record.amount", text=value, currency=currency, digits=digits)
        case "too-large":
            return sentence("cell.too-large.record.amount", text=value[:40])
    return sentence("cell.not-a-number.record.amount", text=value)
