"""The kinds of fields of a planning problem: names, whole numbers, exact numbers, earmarks.

Each is read from JSON values in one way, and says as JSON Schema what it may be. What is wrong with one is a case of
the family `plan`: `out-of-range` is the sentence `plan.out-of-range`.
"""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from typing import Annotated, TypeGuard

from pydantic import Field, PlainValidator
from pydantic.config import JsonValue
from pydantic.json_schema import SkipJsonSchema, WithJsonSchema

from pledgeline.money import lot_of
from pledgeline.programme.fields import MINOR_UNITS, UNITS, Unreadable
from pledgeline.programme.names import LONGEST_NAME, clean, describe_letter, invisible_characters
from pledgeline.programme.sentences import sentence

LARGEST = 10**18
"""No amount, quantity or day beyond this: it is a slip, and sums must stay far below what a solver bears."""


class AsWritten(str):
    """A number of a JSON text that no number of Python holds as it is written: with too many digits or decimals."""


class UnreadableInParts(ValueError):
    """Several things in one field cannot be meant."""

    def __init__(self, problems: list[Unreadable]) -> None:
        super().__init__(problems[0].code)
        self.problems = problems


# ---- names ----


def is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and not isinstance(value, AsWritten)


def read_name(value: object, *, may_be_empty: bool = False) -> str:
    """Read a name; a whole number is one."""
    hidden = invisible_characters(value) if isinstance(value, str) else []
    if hidden:
        raise Unreadable("not-a-text.unseen", letters=tuple(map(describe_letter, hidden[:5])))
    if is_text(value) and len(value) > LONGEST_NAME:
        raise Unreadable("not-a-text.too-long", length=len(value), most=LONGEST_NAME)
    if is_text(value) and (value.strip() or may_be_empty):
        return clean(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise Unreadable("not-a-text")


def read_flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Unreadable("not-yes-or-no")


# ---- numbers ----


def read_whole(value: object, *, least: int) -> int:
    """Read a whole number, of `least` or more."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    if isinstance(value, AsWritten) and value.lstrip("-").isdecimal():
        value = 10**40 if value[0] != "-" else -(10**40)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Unreadable("not-a-whole-number", value=_as_json(value))
    if least <= value <= LARGEST:
        return value
    number = str(value) if abs(value) < 10**40 else sentence("plan.very-many-digits")
    if value > LARGEST:
        raise Unreadable("out-of-range.most", number=number, least=str(least), most=str(LARGEST))
    raise Unreadable("out-of-range", number=number, least=str(least))


def _as_json(value: object) -> str:
    return json.dumps(value, default=str)[:40]


def read_price(value: object) -> int:
    """Read a price in minor units; of one that is finer than the minor unit it is said how it is written.

    >>> read_price(2_35)
    235
    """
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
    exact = as_fraction(value) if isinstance(value, float) and not is_whole else None
    lot = lot_of(exact) if exact is not None and exact > 0 else None
    if exact is None or lot is None:
        return read_whole(value, least=0)
    raise Unreadable(
        "not-a-whole-number.in-lots", value=_as_json(value), price=str(value), of_lot=exact * lot, lot=lot
    )


def read_useful(value: object) -> int:
    """Read the least useful quantity; none is one unit."""
    return max(1, read_whole(value, least=0))


def read_fee(value: object) -> int:
    fee = read_whole(value, least=0)
    if fee > 10_000:
        raise Unreadable("out-of-range.fee", fee=str(fee))
    return fee


def read_exact(value: object, *, most: int | None = None) -> Fraction:
    """Read an exact number that is not below zero: 2, 0.5, "1/2", [1, 2]."""
    exact = as_fraction(value)
    if exact is None:
        raise Unreadable("not-a-number")
    if exact < 0 and most is None:
        raise Unreadable("out-of-range.or-more", number=exact, least=Fraction(0))
    if most is not None and not 0 <= exact <= most:
        raise Unreadable("out-of-range.between", number=exact, least=Fraction(0), most=Fraction(most))
    return exact


def read_ratio(value: object) -> Fraction:
    ratio = read_exact(value)
    if not ratio:
        raise Unreadable("out-of-range.no-ratio")
    return ratio


_ENDLESS = re.compile(r"[eE][+-]?[0-9_]{4,}")
"""An exponent that takes longer to write out than anybody waits."""


def as_fraction(value: object) -> Fraction | None:
    """Read an exact number from JSON: 2, 0.5 (as it is written), "1/2" or [1, 2].

    >>> as_fraction(0.1), as_fraction([1, 3]), as_fraction("one")
    (Fraction(1, 10), Fraction(1, 3), None)
    """
    try:
        if isinstance(value, bool):
            return None
        if isinstance(value, int):
            return Fraction(value)
        if isinstance(value, float):
            return Fraction(repr(value))
        if isinstance(value, str):
            return None if _ENDLESS.search(value) else Fraction(value.strip())
        if isinstance(value, list) and len(value) == 2:
            top, bottom = as_fraction(value[0]), as_fraction(value[1])
            return None if top is None or bottom is None else top / bottom
    except (ValueError, ZeroDivisionError, OverflowError, RecursionError):
        return None
    return None


# ---- earmarks ----

EARMARK_KEYS = ("category", "item", "line", "package", "supplier", "source")
"""What an earmark may speak about."""

Terms = Mapping[str, frozenset[str]]


def read_sides(value: object) -> dict[str, Terms]:
    """Read the two sides of an earmark: what it allows and what it denies, by what that speaks about."""
    if not isinstance(value, Mapping) or not set(value) <= {"allow", "deny"}:
        raise Unreadable("not-an-earmark")
    problems: list[Unreadable] = []
    sides = {side: _read_terms(value.get(side), side, problems) for side in ("allow", "deny")}
    if problems:
        raise UnreadableInParts(problems)
    return sides


def _read_terms(terms: object, side: str, problems: list[Unreadable]) -> Terms:
    if terms is None:
        return {}
    if not isinstance(terms, Mapping):
        problems.append(Unreadable("not-an-earmark.side", side=side))
        return {}
    found = {}
    for key, values in terms.items():
        if key not in EARMARK_KEYS:
            problems.append(Unreadable("unknown-earmark-key", key=key, known=tuple(EARMARK_KEYS)))
        elif isinstance(values, list) and all(map(_is_word, values)):
            found[key] = frozenset(clean(str(value)) for value in values)
        else:
            problems.append(Unreadable("not-an-earmark.names", side=side, key=key))
    return found


def _is_word(value: object) -> bool:
    if isinstance(value, int):
        return True
    return is_text(value) and len(value) <= LONGEST_NAME and not invisible_characters(value)


# ---- kinds ----


def _whole(least: int, **said: JsonValue) -> object:
    """Give what a whole number of `least` or more is read by."""
    written = Annotated[int, Field(ge=least, le=LARGEST, json_schema_extra=said)]
    return PlainValidator(partial(read_whole, least=least), json_schema_input_type=written)


def _exact(**bounds: int) -> WithJsonSchema:
    """Give how an exact number may be written."""
    number = {"type": "number", "minimum": 0, **bounds}
    pair = {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
    return WithJsonSchema({"anyOf": [number, {"type": "string"}, pair]})


Name = Annotated[
    str,
    PlainValidator(
        read_name, json_schema_input_type=Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    ),
]
MaybeName = Annotated[
    str,
    PlainValidator(
        partial(read_name, may_be_empty=True),
        json_schema_input_type=Annotated[str, Field(max_length=LONGEST_NAME)],
    ),
]
"""A name, or nothing: an empty text."""

Flag = Annotated[bool, PlainValidator(read_flag, json_schema_input_type=bool)]
Units = Annotated[int, _whole(1, unit=UNITS)]
MaybeUnits = Annotated[int, _whole(0, unit=UNITS)]
UsefulUnits = Annotated[
    int,
    PlainValidator(
        read_useful, json_schema_input_type=Annotated[int, Field(ge=0, json_schema_extra={"unit": UNITS})]
    ),
]
Number = Annotated[int, _whole(0)]
Days = Annotated[int, _whole(0, unit="days")]
Day = Annotated[int, _whole(-LARGEST, unit="days from the first day")]
Minor = Annotated[int, _whole(0, unit=MINOR_UNITS)]
Price = Annotated[
    int,
    PlainValidator(
        read_price,
        json_schema_input_type=Annotated[int, Field(ge=0, json_schema_extra={"unit": MINOR_UNITS})],
    ),
]
Fee = Annotated[
    int,
    PlainValidator(
        read_fee,
        json_schema_input_type=Annotated[
            int, Field(ge=0, le=10_000, json_schema_extra={"unit": "basis points"})
        ],
    ),
]
Exact = Annotated[Fraction, PlainValidator(read_exact), _exact()]
Share = Annotated[Fraction, PlainValidator(partial(read_exact, most=1)), _exact(maximum=1)]
Ratio = Annotated[Fraction, PlainValidator(read_ratio), _exact()]
OfOurs: object = SkipJsonSchema()  # type: ignore[type-arg]
"""Marks a field that no file says: it is filled in while a plan is explained."""

_NAMES = {"type": "array", "items": {"type": "string", "maxLength": LONGEST_NAME}}
_TERMS = {"type": "object", "properties": dict.fromkeys(EARMARK_KEYS, _NAMES), "additionalProperties": False}
EARMARK_SCHEMA = {
    "type": "object",
    "properties": {"allow": _TERMS, "deny": _TERMS},
    "additionalProperties": False,
}
