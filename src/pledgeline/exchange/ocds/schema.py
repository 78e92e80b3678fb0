"""A value against a schema: every fault with the way to it, said in our words."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from difflib import get_close_matches
from functools import cache, partial
from typing import TYPE_CHECKING

from pledgeline.exchange.ocds.catalogue import Objection, Path
from pledgeline.exchange.ocds.standard import Schema
from pledgeline.programme.sentences import Param, Sentence, sentence

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

MOST_NAMED = 12
"""So many codes are named in a sentence."""

_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+", re.ASCII)


def moment(text: object) -> datetime | None:
    """Read a time as the standard writes it (RFC 3339): with seconds and an offset; None where it is none."""
    if not isinstance(text, str) or not (match := _MOMENT.fullmatch(text)):
        return None
    whole = text.upper().replace(match[1] or "", f"{(match[1] or '')[:7]}", 1).replace("Z", "+00:00")
    try:
        return datetime.fromisoformat(whole)
    except ValueError:
        return None


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or moment(value) is not None


def _is_address(value: object) -> bool:
    return not isinstance(value, str) or _ADDRESS.fullmatch(value) is not None


def _once(_validator: object, wanted: object, items: object, _schema: object) -> Iterator["ValidationError"]:
    """Find equal things in a list by what they say, each compared with all before it at once."""
    from jsonschema.exceptions import ValidationError

    if not wanted or not isinstance(items, list):
        return
    seen: set[str] = set()
    for item in items:
        said = json.dumps(item, sort_keys=True, default=str)
        if said in seen:
            yield ValidationError("equal")
            return
        seen.add(said)


@cache
def _validator() -> "Callable[[Schema], Validator]":
    """Give what holds values against a schema, with our readings of times, of addresses and of what is said twice.

    The library is imported with the first file that is checked: whoever checks none starts without it.
    """
    from jsonschema import Draft4Validator, FormatChecker
    from jsonschema.validators import extend

    formats = FormatChecker(formats=())
    formats.checks("date-time")(_is_moment)
    formats.checks("uri")(_is_address)
    return partial(extend(Draft4Validator, {"uniqueItems": _once}), format_checker=formats)


class ReadySchema:
    """A schema, ready to be held against many values."""

    def __init__(self, schema: Schema) -> None:
        self._validator = _validator()(schema)

    def objections(self, value: object, path: Path = ()) -> Iterator[Objection]:
        """Say what is wrong with a value to which the path leads."""
        for error in self._validator.iter_errors(value):
            yield from _objections(error, path)


def _objections(error: "ValidationError", before: Path) -> Iterator[Objection]:
    path: Path = (*before, *error.absolute_path)
    excerpt = _excerpt(error.instance)
    if error.validator == "required":
        missing = _missing(error)
        yield Objection(path=path, said=sentence("ocds.missing", field=missing, where=_where(path)))
        return
    yield Objection(path=path, said=_said(error, path), excerpt=excerpt)


def _missing(error: "ValidationError") -> str:
    """Name the field that one error of several is about."""
    match = re.match(r"'([^']*)'", error.message)
    return match[1] if match else ", ".join(map(str, error.validator_value))


def _said(error: "ValidationError", path: Path) -> Sentence:
    field = _where(path)
    wanted, value = error.validator_value, error.instance
    match error.validator:
        case "type":
            return sentence("ocds.type", field=field, wanted=_types(wanted), is_=_type_of(value))
        case "enum":
            return code_not_there("ocds.code", field, str(value), [str(code) for code in wanted if code])
        case "format":
            return sentence(f"ocds.{'date' if wanted == 'date-time' else 'address'}", field=field)
        case "minLength" | "minItems" | "minProperties":
            return sentence("ocds.nothing-in-it", field=field)
        case "uniqueItems":
            return sentence("ocds.twice", field=field)
        case "pattern":
            return sentence("ocds.pattern", field=field, pattern=str(wanted)[:80])
        case "minimum":
            return sentence("ocds.below", field=field, least=str(wanted))
    return sentence("ocds.schema", field=field, rule=str(error.validator))


def code_not_there(code: str, field: Param, value: str, codes: list[str]) -> Sentence:
    """Say that a code is not on its list; with the one that was perhaps meant, or those that there are."""
    close = get_close_matches(value, codes, n=1, cutoff=0.7) if len(value) < 100 else []
    if close:
        return Sentence(f"{code}.close", {"field": field, "close": close[0]})
    named: tuple[Param, ...] = tuple(sorted(codes)[:MOST_NAMED])
    case = "some" if len(codes) > MOST_NAMED else "all"
    return Sentence(f"{code}.{case}", {"field": field, "codes": named, "more": len(codes) - len(named)})


def _types(wanted: object) -> tuple[Param, ...]:
    names = wanted if isinstance(wanted, list) else [wanted]
    return tuple(Sentence(f"ocds.kind.{name}") for name in names if name != "null" or len(names) == 1)


def _type_of(value: object) -> Sentence:
    match value:
        case None:
            name = "null"
        case bool():
            name = "boolean"
        case str():
            name = "string"
        case list():
            name = "array"
        case Mapping():
            name = "object"
        case int():
            name = "integer"
        case _:
            name = "number"
    return Sentence(f"ocds.kind.{name}")


def _where(path: Path) -> "str | Sentence":
    """Name a value by the last name on the way to it."""
    names = [part for part in path if isinstance(part, str)]
    return names[-1][:80] if names else sentence("ocds.whole")


def _excerpt(value: object) -> str:
    if isinstance(value, Mapping | list):
        return ""
    return json.dumps(value, ensure_ascii=False, default=str)
