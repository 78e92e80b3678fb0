"""The kinds of fields that nouns, events and files share: keys, amounts, units, days, currencies, texts.

Each is read in one way only. A number is an integer, a day is a day, a key is a text that everybody sees;
true is no 1, "5" is no 5, and null is nothing that could be meant. What is wrong is a case of the catalogue; whoever
reads says in whose words: `not-a-day.text` is `ledger.not-a-day.text` in an event of the books.
"""

import re
from datetime import UTC, date, datetime
from functools import partial
from typing import Annotated

from pydantic import BeforeValidator, Field
from typing_extensions import TypeAliasType

from pledgeline.money import MINOR_DIGITS
from pledgeline.money.currencies import PAST_CURRENCIES
from pledgeline.money.parsing import LARGEST_MINOR
from pledgeline.programme.days import read_day
from pledgeline.programme.names import clean, describe_letter, is_invisible, mixed_script
from pledgeline.programme.sentences import Param

YEARS = range(1900, 3000)
"""Years that can be meant; another one is a slip of the keyboard."""

LONGEST_KEY = 200
A_MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$"
"""How a time with its zone is written (RFC 3339). Python reads more: weeks, other separators, hours alone."""

A_KEY = r"^\S(.*\S)?$"
LONGEST_NOTE = 10_000
MINOR_UNITS, UNITS = "minor units", "units"

_CONFUSED = ("Latin", "Cyrillic", "Greek")
"""Scripts of which letters look like those of the other two."""


class Unreadable(ValueError):
    """What stands in a field cannot be meant: a case of the catalogue, which may name the field, and where in it."""

    def __init__(self, code: str, /, *, at: str = "", **params: Param) -> None:
        super().__init__(code)
        self.code, self.params, self.at = code, params, at


def shown(value: object) -> str:
    """Write what a file says so that it can stand in a sentence: short, and as plain characters."""
    return repr(value)[:60].encode("ascii", "backslashreplace").decode().strip("'\"")


def read_key(value: object) -> str:
    """Read a key: a text of visible characters, without blanks at its ends, in the one way that we keep it."""
    if type(value) is not str or not 0 < len(value) <= LONGEST_KEY or value != value.strip():
        raise _no_key(value)
    if not value.isprintable():
        raise _no_key(value)
    key = clean(value)
    hidden = next((letter for letter in key if is_invisible(letter)), "")
    if hidden:
        raise _no_key(value)
    odd = mixed_script(key)
    if odd and describe_letter(odd).startswith(_CONFUSED) and _of_confused_scripts(key):
        raise Unreadable("mixed-scripts.word", key=key, letter=describe_letter(odd))
    return key


def _of_confused_scripts(key: str) -> bool:
    scripts = {describe_letter(letter).partition(" ")[0] for letter in key if letter.isalpha()}
    return len(scripts & set(_CONFUSED)) > 1


def _no_key(value: object) -> Unreadable:
    return Unreadable("not-a-key.text", text=shown(value), longest=str(LONGEST_KEY))


def read_whole(value: object, *, either_way: bool = False) -> int:
    """Read a whole number: above zero, unless it may go either way."""
    if type(value) is not int:
        raise Unreadable("not-a-whole-number.text", text=shown(value))
    if abs(value) >= LARGEST_MINOR:
        raise Unreadable("too-large.field")
    if value <= 0 and not either_way:
        raise Unreadable("not-above-zero.number", number=str(value))
    return value


def day_in_field(value: object) -> date:
    try:
        if isinstance(value, str) and (day := read_day(value)).year in YEARS:
            return day
    except ValueError:
        pass
    raise Unreadable("not-a-day.text", text=shown(value))


def read_moment(value: object) -> datetime:
    """Read a time with its zone, and give it in UTC."""
    try:
        if isinstance(value, str) and value.isascii() and re.fullmatch(A_MOMENT, value):
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None and moment.year in YEARS:
                return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Unreadable("not-a-time.text", text=shown(value))


def read_currency(value: object) -> str:
    if isinstance(value, str) and value in MINOR_DIGITS:
        return value
    past = PAST_CURRENCIES.get(value) if isinstance(value, str) else None
    if past is not None:
        raise Unreadable(
            "unknown-currency.past", currency=past.code, last=past.last_day, successor=past.successor
        )
    raise Unreadable("unknown-currency.none", text=shown(value))


def read_text(value: object, longest: int) -> str:
    try:
        if type(value) is str and len(value) <= longest and "\0" not in value:
            value.encode()
            return value
    except UnicodeEncodeError:
        pass
    raise Unreadable("not-a-text.field", longest=str(longest))


Key = TypeAliasType(
    "Key",
    Annotated[
        str,
        Field(min_length=1, max_length=LONGEST_KEY, json_schema_extra={"pattern": A_KEY}),
        BeforeValidator(read_key),
    ],
)
Minor = TypeAliasType(
    "Minor",
    Annotated[
        int,
        Field(gt=0, lt=LARGEST_MINOR, json_schema_extra={"unit": MINOR_UNITS}),
        BeforeValidator(read_whole),
    ],
)
SignedMinor = TypeAliasType(
    "SignedMinor",
    Annotated[
        int,
        Field(gt=-LARGEST_MINOR, lt=LARGEST_MINOR, json_schema_extra={"unit": MINOR_UNITS}),
        BeforeValidator(partial(read_whole, either_way=True)),
    ],
)
Units = TypeAliasType(
    "Units",
    Annotated[
        int, Field(gt=0, lt=LARGEST_MINOR, json_schema_extra={"unit": UNITS}), BeforeValidator(read_whole)
    ],
)
Day = TypeAliasType("Day", Annotated[date, BeforeValidator(day_in_field)])
Moment = TypeAliasType(
    "Moment",
    Annotated[datetime, Field(json_schema_extra={"pattern": A_MOMENT}), BeforeValidator(read_moment)],
)
Currency = TypeAliasType(
    "Currency",
    Annotated[
        str, Field(json_schema_extra={"enum": [*sorted(MINOR_DIGITS)]}), BeforeValidator(read_currency)
    ],
)
Note = TypeAliasType(
    "Note",
    Annotated[str, Field(max_length=LONGEST_NOTE), BeforeValidator(partial(read_text, longest=LONGEST_NOTE))],
)
Label = TypeAliasType(
    "Label",
    Annotated[str, Field(max_length=LONGEST_KEY), BeforeValidator(partial(read_text, longest=LONGEST_KEY))],
)
