"""The fields of an event, read one by one, each with what is wrong when it cannot be read.

A field may go by several names; `Fields` takes the first of them that is there. What cannot be read is
refused: amounts are integers in minor units, days are days, and nothing is guessed.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from pledgeline.ledger.accounts import Account
from pledgeline.ledger.book import Book, Books
from pledgeline.ledger.refusals import Refused
from pledgeline.ledger.rules import unknown_contribution
from pledgeline.ledger.state import State
from pledgeline.money import Amount
from pledgeline.money.parsing import LARGEST_MINOR

YEARS = range(1900, 3000)
"""Years that can be meant; another one is a slip of the keyboard."""

LONGEST_KEY = 200
LONGEST_NOTE = 10_000

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Fields:
    """The fields of an event, read one by one; each reader takes the first of its names that is there."""

    def __init__(self, raw: Mapping[str, Any], book: Books | None = None, state: State | None = None) -> None:
        self.raw = raw
        self.asked: set[str] = set()
        """Every name that somebody asked for, whether or not it was there."""
        self.book = book if book is not None else Book(())
        self.state = state if state is not None else self.book.state

    def has(self, *names: str) -> bool:
        """Say whether one of the names is there and not null."""
        return self._value(names) is not None

    def holds_shares(self, *names: str) -> bool:
        """Say whether what stands there is an object or a list."""
        return isinstance(self._value(names), Mapping | list)

    def _value(self, names: Iterable[str]) -> Any:
        self.asked.update(names)
        return next((self.raw[name] for name in names if self.raw.get(name) is not None), None)

    def needed(self, *names: str) -> Any:
        """Give a field as it stands there."""
        value = self._value(names)
        if value is None:
            raise Refused("missing-field", f"The event does not say its {names[0]}.", f"Add “{names[0]}”.")
        return value

    def key(self, *names: str) -> str:
        """Read a key: a text of visible characters, without blanks at its ends."""
        return key_of(self.needed(*names), names[0])

    def any_key(self, *names: str) -> str:
        """Read a key that may be missing."""
        return self.key(*names) if self.has(*names) else ""

    def whole(self, *names: str) -> int:
        """Read a whole number; of `{"currency": "USD", "amount": 100}` it is the amount."""
        value = self.needed(*names)
        return whole_of(value.get("amount") if isinstance(value, Mapping) else value, names[0])

    def any_whole(self, *names: str) -> int | None:
        """Read a whole number that may be missing."""
        return self.whole(*names) if self.has(*names) else None

    def day(self, *names: str) -> date:
        """Read a day."""
        value = self.needed(*names)
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                day = date.fromisoformat(value)
                if day.year in YEARS:
                    return day
        except ValueError:
            pass
        raise Refused("not-a-day", f"“{cut(value)}” is no day.", f"Write {names[0]} as 2025-12-31.")

    def any_day(self, *names: str) -> date | None:
        """Read a day that may be missing."""
        return self.day(*names) if self.has(*names) else None

    def moment(self, *names: str) -> datetime:
        """Read a time with its zone, and give it in UTC."""
        value = self.needed(*names)
        try:
            if isinstance(value, str) and value.isascii():
                moment = datetime.fromisoformat(value)
                if moment.tzinfo is not None and moment.year in YEARS:
                    return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise Refused(
            "not-a-time",
            f"“{cut(value)}” is no time with a zone.",
            f"Write {names[0]} as 2025-12-31T12:00:00Z.",
        )

    def note(self) -> str:
        """Read the note; free text, which the books keep beside the entry."""
        return self._free("note")

    def salt(self) -> str:
        """Read the salt under which the note is committed to."""
        return self._free("salt")

    def _free(self, name: str) -> str:
        value = self._value((name,))
        if value is None:
            return ""
        try:
            if isinstance(value, str) and len(value) <= LONGEST_NOTE and "\0" not in value:
                value.encode()
                return value
        except UnicodeEncodeError:
            pass
        raise Refused(
            "not-a-text",
            f"The {name} is no text of at most {LONGEST_NOTE:,} characters.",
            f"Shorten or correct the {name}.",
        )

    # Money

    def currency(self, *names: str) -> str:
        """Read a currency that the books are kept in."""
        found = [value for name in names if (value := self._value((name,))) is not None]
        named = [each.get("currency") if isinstance(each, Mapping) else each for each in found]
        codes = [each for each in named if isinstance(each, str)]
        return self.known_currency(codes[0] if codes else self.needed(names[0]))

    def known_currency(self, value: object) -> str:
        """Check a currency."""
        if not isinstance(value, str) or value not in self.book.currencies:
            raise Refused(
                "unknown-currency",
                f"“{cut(value)}” is no currency of these books.",
                f"They are kept in {', '.join(sorted(self.book.currencies)[:12])}.",
            )
        return value

    def amount(self, currency: str, *names: str) -> Amount:
        """Read an amount in a currency that is known."""
        return Amount(self.whole(*(names or ("amount",))), currency)

    def any_amount(self, currency: str, *names: str) -> Amount | None:
        """Read an amount that may be missing."""
        return self.amount(currency, *names) if self.has(*names) else None

    def currency_of(self, contribution: str, account: Account, line: str = "") -> str:
        """Give the currency of the event, or the only one in which the contribution has money there."""
        if self.has("currency"):
            return self.currency("currency")
        if not self.state.knows(contribution):
            raise unknown_contribution(contribution, self.state)
        return self._only(
            self.state.currencies_of(contribution, account, line), self.state.term("currency", contribution)
        )

    def currency_on(self, line: str, lot: str = "") -> str:
        """Give the currency of the event, or the only one on the line or in the lot."""
        if self.has("currency"):
            return self.currency("currency")
        found = self.state.currencies_on(line, lot)
        if not found:
            raise Refused(
                "unknown-lot" if lot else "unknown-line",
                f"No money lies {f'in lot {lot}' if lot else f'on line {line}'}.",
                "Correct the key, or enter what comes before.",
            )
        return self._only(found, "")

    def _only(self, found: list[str], otherwise: str) -> str:
        if len(found) > 1 and otherwise not in found:
            raise Refused(
                "no-currency",
                f"There is money in {' and '.join(found)}, and the event does not say which is meant.",
                "Add “currency”.",
            )
        return otherwise if len(found) != 1 else found[0]

    def shares(self, *names: str) -> dict[str, int | None]:
        """Read who pays, and how much where it says so.

        `{"N": 100}`, `[{"contribution": "N", "amount": 100}]`, `[["N", 100]]`, `["N"]` and `"N"` are read;
        under another name as well where nothing else in the event is an object or a list.
        """
        value = self._value(names)
        if value is None:
            held = [each for each in self.raw.values() if isinstance(each, Mapping | list)]
            value = held[0] if len(held) == 1 else None
        pairs: list[tuple[object, object]]
        if value is None:
            return {}
        if isinstance(value, str):
            pairs = [(value, None)]
        elif isinstance(value, Mapping):
            pairs = list(value.items())
        elif isinstance(value, list):
            pairs = [_pair(each) for each in value]
        else:
            raise _unclear(value)
        shares: dict[str, int | None] = {}
        for name, part in pairs:
            contribution = key_of(name, "contribution")
            if contribution in shares:
                raise Refused(
                    "unclear-shares", f"{contribution} is named twice.", "Name each contribution once."
                )
            shares[contribution] = None if part is None else whole_of(part, "amount")
        return shares


def _pair(each: object) -> tuple[object, object]:
    if isinstance(each, Mapping):
        amount = next((each[name] for name in ("amount", "given", "minor") if name in each), None)
        return each.get("contribution"), amount
    if isinstance(each, list):
        if len(each) != 2:
            raise _unclear(each)
        return each[0], each[1]
    return each, None


def _unclear(value: object) -> Refused:
    return Refused(
        "unclear-shares",
        f"“{cut(value)}” does not say which contributions are meant.",
        'Write them as {"KEY": AMOUNT}.',
    )


def key_of(value: object, name: str) -> str:
    """Check a key."""
    if (
        isinstance(value, str)
        and 0 < len(value) <= LONGEST_KEY
        and value == value.strip()
        and value.isprintable()
    ):
        return value
    raise Refused(
        "not-a-key",
        f"“{cut(value)}” cannot be a key.",
        f"Write {name} as a text of visible characters, at most {LONGEST_KEY}, without blanks at its ends.",
    )


def whole_of(value: object, name: str) -> int:
    """Check a whole number."""
    if type(value) is not int:
        raise Refused(
            "not-a-whole-number",
            f"“{cut(value)}” is no whole number.",
            f"Write {name} as an integer: amounts in minor units, without quotes and decimals.",
        )
    if abs(value) >= LARGEST_MINOR:
        raise Refused("too-large", f"The {name} is larger than any amount of money.", "Count the digits.")
    return value


def cut(value: object) -> str:
    return repr(value)[:60].encode("ascii", "backslashreplace").decode().strip("'\"")
