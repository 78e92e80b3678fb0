"""The kinds of rules of IATI's ruleset: each says which elements break it.

A rule is data (https://github.com/IATI/IATI-Rulesets): a context, the name of its kind, and paths. Texts of a file
never become part of a path: what a loop goes over is handed in as a variable.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from lxml import etree

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """What a path led to: a text, the element that it stands in, and in which attribute; or an element whole."""

    text: str
    element: etree._Element
    attribute: str = ""
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule is tried on: an element, the variable of a loop, the moment, and which identifiers are known."""

    element: etree._Element
    now: datetime
    known: "KnownIdentifiers"
    loop: str = ""


@dataclass(frozen=True, slots=True)
class KnownIdentifiers:
    """The identifiers of organisations, and the agencies whose codes they begin with, where there is a list."""

    organisations: frozenset[str]
    agencies: frozenset[str] | None


@lru_cache(maxsize=2_000)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path.replace("'$1'", "$loop").replace("$1", "$loop"))


def values(path: str, context: Context) -> list[Value]:
    """Give what a path leads to."""
    found: Any = _compiled(path)(context.element, loop=context.loop)
    return [_value(node) for node in found] if isinstance(found, list) else []


def _value(node: Any) -> Value:
    if isinstance(node, str):
        smart: Any = node
        return Value(str(node), smart.getparent(), _attribute(smart), bool(smart.is_text))
    return Value("".join(node.itertext()), node)


def _attribute(node: Any) -> str:
    name = node.attrname or ""
    return str(name).replace("{http://www.w3.org/XML/1998/namespace}", "xml:")


def all_values(case: Case, context: Context) -> list[Value]:
    """Give what all paths of a rule lead to."""
    return [value for path in case.get("paths", ()) for value in values(path, context)]


def holds(condition: str, context: Context) -> bool:
    return bool(_compiled(f"boolean({condition})")(context.element, loop=context.loop))


def _whole(context: Context) -> Value:
    return Value("", context.element)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _days(path: str, context: Context) -> list[tuple[date, Value]]:
    if path == "NOW":
        return [(context.now.date(), _whole(context))]
    return [(day, value) for value in values(path, context) if (day := _day(value.text))]


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and -40 < number.adjusted() < 40 else None


# ---- the kinds ----


def atleast_one(case: Case, context: Context) -> Iterator[Value]:
    if not any(value.text.strip() or not value.is_text for value in all_values(case, context)):
        yield _whole(context)


def no_more_than_one(case: Case, context: Context) -> Iterator[Value]:
    yield from all_values(case, context)[1:]


def one_or_all(case: Case, context: Context) -> Iterator[Value]:
    """One element says it for all, or each of them says it: a language, a currency, a sector."""
    if values(case["one"], context):
        return
    element, wanted = context.element, case["all"]
    if wanted == "lang":
        lang = "{http://www.w3.org/XML/1998/namespace}lang"
        lacking = (narrative for narrative in element.iter("narrative") if narrative.get(lang) is None)
    elif wanted == "currency":
        lacking = (
            dated
            for dated in element.iter("value", "forecast", "loan-status")
            if dated.get("currency") is None
        )
    else:
        having = element.xpath("boolean(transaction/*[name() = $name])", name=wanted)
        lacking = (
            transaction
            for transaction in element.iter("transaction")
            if having and transaction.find(wanted) is None
        )
    if (first := next(iter(lacking), None)) is not None:
        yield Value("", first)


def unique(case: Case, context: Context) -> Iterator[Value]:
    seen: set[str] = set()
    for value in all_values(case, context):
        if value.text in seen:
            yield value
        seen.add(value.text)


def startswith(case: Case, context: Context) -> Iterator[Value]:
    if case["prefix"] == ["ORG-ID-PREFIX"]:
        if context.known.agencies is None:
            return
        beginnings = tuple(f"{code}-" for code in context.known.agencies)
    else:
        found = [value.text for path in case["prefix"] for value in values(path, context)]
        beginnings = tuple(f"{text}{case.get('separator', '')}" for text in found if text)
    for value in all_values(case, context):
        if beginnings and not value.text.startswith(beginnings) and _concerns(case, value, context):
            yield value


def _concerns(case: Case, value: Value, context: Context) -> bool:
    """Say whether a rule is about an identifier: some are about those that no list has."""
    known = context.known.organisations
    match case.get("idCondition", ""):
        case "NOT_EXISTING_ORG_ID":
            return value.text not in known
        case "NOT_EXISTING_ORG_ID_PREFIX":
            return not any(value.text[:end] in known for end in _ends(value.text))
    return True


def _ends(text: str) -> Iterator[int]:
    """Give where a beginning of an identifier may end: before each hyphen, and at its own end."""
    yield from (hyphen.start() for hyphen in re.finditer("-", text[:200]))
    yield len(text)


def regex_matches(case: Case, context: Context) -> Iterator[Value]:
    for value in all_values(case, context):
        if _concerns(case, value, context) and not re.search(case["regex"], value.text[:2_000]):
            yield value


def no_spaces(case: Case, context: Context) -> Iterator[Value]:
    yield from (value for value in all_values(case, context) if value.text != value.text.strip())


def within_range(case: Case, context: Context) -> Iterator[Value]:
    low, high = Decimal(str(case["min"])), Decimal(str(case["max"]))
    for value in all_values(case, context):
        number = _number(value.text)
        if number is not None and not low <= number <= high:
            yield value


def strict_sum(case: Case, context: Context) -> Iterator[Value]:
    numbers = [_number(value.text) for value in all_values(case, context)]
    if None not in numbers and sum(number for number in numbers if number is not None) != Decimal(
        str(case["sum"])
    ):
        yield _whole(context)


def if_then(case: Case, context: Context) -> Iterator[Value]:
    if holds(case["if"], context) and not holds(case["then"], context):
        yield _whole(context)


def date_order(case: Case, context: Context) -> Iterator[Value]:
    later = [day for day, _ in _days(case["more"], context)]
    for day, value in _days(case["less"], context):
        if any(day > other for other in later):
            yield value


def date_now(case: Case, context: Context) -> Iterator[Value]:
    for value in values(case["date"], context):
        try:
            moment = datetime.fromisoformat(value.text.strip())
        except ValueError:
            continue
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=context.now.tzinfo)
        if moment > context.now:
            yield value


def between_dates(case: Case, context: Context) -> Iterator[Value]:
    starts, ends = _days(case["start"], context), _days(case["end"], context)
    for day, value in _days(case["date"], context):
        if any(day < start for start, _ in starts) or any(day > end for end, _ in ends):
            yield value


def time_limit(case: Case, context: Context) -> Iterator[Value]:
    """A period of at most a year: it ends at the latest on the day of the next year on which it began."""
    for start, _ in _days(case["start"], context):
        for end, value in _days(case["end"], context):
            if (end.year - start.year, end.month, end.day) > (1, start.month, start.day):
                yield value


KINDS: dict[str, Callable[[Case, Context], Iterator[Value]]] = {
    "atleast_one": atleast_one,
    "no_more_than_one": no_more_than_one,
    "one_or_all": one_or_all,
    "unique": unique,
    "startswith": startswith,
    "regex_matches": regex_matches,
    "no_spaces": no_spaces,
    "range": within_range,
    "strict_sum": strict_sum,
    "if_then": if_then,
    "date_order": date_order,
    "date_now": date_now,
    "between_dates": between_dates,
    "time_limit": time_limit,
}
"""Each kind of rule by its name in the ruleset; a `loop` tries one of them for each of some values."""
