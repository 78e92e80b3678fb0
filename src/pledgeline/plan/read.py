"""Read a planning problem from JSON values, with every objection at its place.

The form is that of the shared cases: all amounts are integers in minor units, days are integers. A row
with a fault is left out and said; the good rows are read all the same, so that a caller may show them.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, TypeGuard, TypeVar

from pledgeline.money import lot_of
from pledgeline.plan.model import (
    EARMARK_KEYS,
    Contribution,
    Earmark,
    Line,
    Offer,
    Package,
    Problem,
    Substitute,
    Supplier,
)
from pledgeline.plan.places import place_in
from pledgeline.programme.findings import (
    MOST_FINDINGS,
    Finding,
    FindingList,
    Place,
    Severity,
)
from pledgeline.programme.names import LONGEST_NAME, clean, describe_letter, invisible_characters, shown
from pledgeline.programme.sentences import Param, Sentence, sentence

T = TypeVar("T")

_LARGEST = 10**18
"""No amount, quantity or day beyond this: it is a slip, and sums must stay far below what a solver bears."""

MOST_VALUES = 2_000_000
"""Units: values, lists and objects of a file, counted before it is read: a list of two bytes costs as much time and
memory as a row that means something. A problem of 100,000 lines has about a million."""

LONGEST_INTEGER = 4_300
"""Units: digits. Python reads no longer one, as its time grows with the square."""

_SECTIONS = {"lines", "offers", "contributions", "packages", "substitutes", "suppliers"}
_OTHER = {"id", "currency", "rates", "categories", "kits", "expected", "title", "note"}

_FIELDS: dict[str, set[str]] = {
    "lines": {"id", "item", "quantity", "priority", "need_by", "min_useful", "multiple", "weight"},
    "offers": {
        "id",
        "item",
        "unit_price_minor",
        "available",
        "lead_days",
        "lot",
        "min_order",
        "supplier",
        "source",
    },
    "packages": {"id", "order_day", "target_minor", "tolerance_minor", "max_lines"},
    "contributions": {
        "id",
        "amount_minor",
        "currency",
        "earmark",
        "available_from",
        "use_by",
        "fee_bps",
        "max_share",
        "whole_package_only",
        "partner",
    },
    "substitutes": {"item", "by", "ratio"},
    "suppliers": {"id", "capacity", "charge_minor"},
}


class _AsWritten(str):
    """A number of a JSON text that no number of Python holds as it is written: with too many digits or decimals."""


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and not isinstance(value, _AsWritten)


def _whole_or_written(text: str) -> object:
    return int(text) if len(text) <= LONGEST_INTEGER else _AsWritten(text)


def _float_or_written(text: str) -> object:
    """Give a float only where it is the number that was written, so that 0.999… does not become 1."""
    number = float(text)
    try:
        return number if Decimal(repr(number)) == Decimal(text) else _AsWritten(text)
    except InvalidOperation:  # an exponent that is no number of its own
        return _AsWritten(text)


class _Row:
    """One JSON object: gives its fields one by one and collects what is wrong with them."""

    def __init__(
        self, values: Mapping[str, object], at: tuple[str | int, ...], file: str, findings: FindingList
    ) -> None:
        self.values, self.at, self.file, self.findings = values, at, file, findings
        self.is_good = True

    def object_to(self, field: str, said: Sentence, warn: bool = False) -> None:
        """Note one objection to `field`; an error spoils the row."""
        self.is_good = self.is_good and warn
        severity = Severity.WARNING if warn else Severity.ERROR
        if not self.findings.has_room_for(severity):
            return
        excerpt = json.dumps(self.values.get(field, ""), ensure_ascii=False, default=str)[:80]
        place = place_in(self.file, *self.at, field)
        self.findings.add(Finding(place=place, said=said, excerpt=shown(excerpt), severity=severity))

    def text(self, field: str, default: str | None = None) -> str:
        value = self.values.get(field)
        if value is None and default is not None:
            return default
        hidden = invisible_characters(value) if isinstance(value, str) else []
        if hidden:
            letters = tuple(map(describe_letter, hidden[:5]))
            self.object_to(field, sentence("plan.not-a-text.unseen", field=field, letters=letters))
            return ""
        if _is_text(value) and len(value) > LONGEST_NAME:
            said = sentence("plan.not-a-text.too-long", field=field, length=len(value), most=LONGEST_NAME)
            self.object_to(field, said)
            return ""
        if _is_text(value) and (value.strip() or default is not None):
            return clean(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        self.object_to(field, sentence("plan.not-a-text", field=field))
        return ""

    def whole(self, field: str, least: int, default: int | None = None) -> int:
        """Read a whole number that must be there, or stands for `default`."""
        value = self.maybe_whole(field, least)
        if value is not None:
            return value
        if default is None and field not in self.values:
            self.object_to(field, sentence("plan.missing", field=field))
        elif default is None and self.values.get(field) is None:
            self.object_to(field, sentence("plan.missing.empty", field=field))
        return least if default is None else default

    def maybe_whole(self, field: str, least: int) -> int | None:
        """Read a whole number, or None where nothing is said."""
        value = self.values.get(field)
        if value is None:
            return None
        if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            value = int(value)
        if isinstance(value, _AsWritten) and value.lstrip("-").isdecimal():
            value = 10**40 if value[0] != "-" else -(10**40)
        if isinstance(value, bool) or not isinstance(value, int):
            self.object_to(field, _no_whole_number(field, value))
            return None
        if not least <= value <= _LARGEST:
            self.object_to(field, _out_of_range(field, value, least))
            return None
        return value

    def fraction(self, field: str, default: Fraction | None, least: Fraction, most: Fraction | None) -> Any:
        """Read a number or a fraction: 2, 0.5, "1/2", [1, 2]."""
        value = self.values.get(field)
        if value is None:
            return default
        exact = as_fraction(value)
        if exact is None:
            self.object_to(field, sentence("plan.not-a-number", field=field))
            return default
        if most is not None and not least <= exact <= most:
            said = sentence("plan.out-of-range.between", field=field, number=exact, least=least, most=most)
            self.object_to(field, said)
            return default
        if exact < least:
            self.object_to(
                field, sentence("plan.out-of-range.or-more", field=field, number=exact, least=least)
            )
            return default
        return exact

    def flag(self, field: str) -> bool:
        value = self.values.get(field, False)
        if not isinstance(value, bool):
            self.object_to(field, sentence("plan.not-yes-or-no", field=field))
            return False
        return value

    def look_for_strangers(self, known: set[str]) -> None:
        names = tuple(sorted(known)) if self.values.keys() - known else ()
        for field in self.values:
            if field not in known:
                said = sentence("plan.unknown-field", field=field[:LONGEST_NAME], known=names)
                self.object_to(field, said, warn=True)


def _no_whole_number(field: str, value: object) -> Sentence:
    """Say that a whole number is asked for; of a price that is finer than the minor unit, how it is written.

    >>> _no_whole_number("unit_price_minor", 2.35).params["of_lot"]
    Fraction(235, 1)
    """
    params: dict[str, Param] = {"field": field, "value": json.dumps(value, default=str)[:40]}
    exact = as_fraction(value) if field == "unit_price_minor" and isinstance(value, float) else None
    lot = lot_of(exact) if exact is not None and exact > 0 else None
    if exact is None or lot is None:
        return sentence("plan.not-a-whole-number", **params)
    return sentence(
        "plan.not-a-whole-number.in-lots", **params, price=str(value), of_lot=exact * lot, lot=lot
    )


def _out_of_range(field: str, value: int, least: int) -> Sentence:
    number = str(value) if abs(value) < 10**40 else sentence("plan.very-many-digits")
    if value > _LARGEST:
        return sentence(
            "plan.out-of-range.most", field=field, number=number, least=str(least), most=str(_LARGEST)
        )
    return sentence("plan.out-of-range", field=field, number=number, least=str(least))


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


def read_problem(data: object, file: str = "problem") -> tuple[Problem, list[Finding]]:
    """Read a problem from what `json.loads` gave.

    Shape:   the problem of all good rows, and every objection, up to the end of a `FindingList`. With an error
             among them the problem is not what was meant: show it, do not plan from it.
    """
    findings = FindingList(too_many_findings(file))
    if not isinstance(data, Mapping):
        objection = Finding(place=Place(file=file), said=sentence("plan.not-an-object"), excerpt='""')
        return Problem(currency="USD"), [objection]
    top = _Row(data, (), file, findings)
    top.look_for_strangers(_SECTIONS | _OTHER)
    currency = top.text("currency")
    problem = Problem(
        currency=currency,
        lines=_rows(top, "lines", _line),
        offers=_rows(top, "offers", _offer),
        contributions=_rows(top, "contributions", lambda row: _contribution(row, currency)),
        packages=_rows(top, "packages", _package),
        rates=_rates(top),
        categories=_categories(top),
        kits=_kits(top),
        substitutes=_rows(top, "substitutes", _substitute),
        suppliers=_rows(top, "suppliers", _supplier),
    )
    return problem, findings.all


def too_many_findings(file: str) -> Finding:
    """Give what ends a list of findings that would go on."""
    return Finding(place=Place(file=file), said=sentence("plan.too-many-findings", most=MOST_FINDINGS))


def parse_problem(text: str, file: str = "problem") -> tuple[Problem, list[Finding]]:
    """Read a problem from JSON text; broken JSON is a finding with its line, and so is a field that stands twice."""
    twice: list[str] = []

    def fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        named = dict(pairs)
        if len(named) < len(pairs):
            times = Counter(name for name, _ in pairs)
            twice.extend(name for name in named if times[name] > 1)
        return named

    if text.count(",") + text.count("[") + text.count("{") > MOST_VALUES:
        return _not_json(Place(file=file), sentence("plan.not-json.too-many-values", most=MOST_VALUES))
    try:
        data = json.loads(
            text, object_pairs_hook=fields, parse_int=_whole_or_written, parse_float=_float_or_written
        )
    except json.JSONDecodeError as error:
        place = Place(file=file, line=error.lineno, column=str(error.colno))
        return _not_json(place, sentence("plan.not-json", why=error.msg))
    except RecursionError:
        return _not_json(Place(file=file), sentence("plan.not-json.nested"))
    problem, said = read_problem(data, file)
    findings = FindingList(too_many_findings(file))
    findings.add_until_full(
        Finding(
            place=Place(file=file, column=name[:80]), said=sentence("plan.field-twice.in-one", name=name[:40])
        )
        for name in dict.fromkeys(twice)
    )
    return problem, [*said, *findings.all]


def _not_json(place: Place, said: Sentence) -> tuple[Problem, list[Finding]]:
    return Problem(currency="USD"), [Finding(place=place, said=said)]


def _rows(top: _Row, section: str, read: Callable[[_Row], T]) -> tuple[T, ...]:
    """Read the rows of a section; those with a fault are left out."""
    rows = top.values.get(section)
    if rows is None:
        return ()
    if not isinstance(rows, list):
        top.object_to(section, sentence("plan.not-a-list", section=section))
        return ()
    good = []
    for place, values in enumerate(rows):
        if top.findings.is_full:
            break
        at = (section, place)
        if not isinstance(values, Mapping):
            row = _Row({"row": values}, at, top.file, top.findings)
            row.object_to("row", sentence("plan.not-an-object.row"))
            continue
        row = _Row(values, at, top.file, top.findings)
        row.look_for_strangers(_FIELDS[section])
        value = read(row)
        if row.is_good:
            good.append(value)
    return tuple(good)


def _line(row: _Row) -> Line:
    return Line(
        id=row.text("id"),
        item=row.text("item"),
        quantity=row.whole("quantity", least=1),
        priority=row.whole("priority", least=0, default=1),
        need_by=row.maybe_whole("need_by", least=-_LARGEST),
        min_useful=max(1, row.whole("min_useful", least=0, default=1)),
        multiple=row.whole("multiple", least=1, default=1),
        weight=row.fraction("weight", Fraction(1), Fraction(0), None),
    )


def _offer(row: _Row) -> Offer:
    return Offer(
        id=row.text("id"),
        item=row.text("item"),
        unit_price_minor=row.whole("unit_price_minor", least=0),
        available=row.maybe_whole("available", least=0),
        lead_days=row.whole("lead_days", least=0, default=0),
        lot=row.whole("lot", least=1, default=1),
        min_order=row.whole("min_order", least=0, default=0),
        supplier=row.text("supplier", ""),
        source=row.text("source", ""),
    )


def _package(row: _Row) -> Package:
    target = row.maybe_whole("target_minor", least=0)
    if row.values.get("target_minor") is None and row.values.get("tolerance_minor") is not None:
        row.object_to("tolerance_minor", sentence("plan.tolerance-without-target"), warn=True)
    return Package(
        id=row.text("id"),
        order_day=row.whole("order_day", least=-_LARGEST, default=0),
        target_minor=target,
        tolerance_minor=row.whole("tolerance_minor", least=0, default=0),
        max_lines=row.maybe_whole("max_lines", least=0),
    )


def _contribution(row: _Row, currency: str) -> Contribution:
    fee = row.whole("fee_bps", least=0, default=0)
    if fee > 10_000:
        row.object_to("fee_bps", sentence("plan.out-of-range.fee", fee=str(fee)))
    return Contribution(
        id=row.text("id"),
        amount_minor=row.whole("amount_minor", least=0),
        currency=row.text("currency", currency),
        earmark=_earmark(row),
        available_from=row.maybe_whole("available_from", least=-_LARGEST),
        use_by=row.maybe_whole("use_by", least=-_LARGEST),
        fee_bps=fee,
        max_share=row.fraction("max_share", None, Fraction(0), Fraction(1)),
        whole_package_only=row.flag("whole_package_only"),
        partner=row.text("partner", ""),
    )


def _earmark(row: _Row) -> Earmark:
    said = row.values.get("earmark")
    if said is None:
        return Earmark()
    if not isinstance(said, Mapping) or not set(said) <= {"allow", "deny"}:
        row.object_to("earmark", sentence("plan.not-an-earmark"))
        return Earmark()
    return Earmark(allow=_terms(row, said, "allow"), deny=_terms(row, said, "deny"))


def _terms(row: _Row, said: Mapping[str, object], side: str) -> dict[str, frozenset[str]]:
    terms = said.get(side)
    if terms is None:
        return {}
    if not isinstance(terms, Mapping):
        row.object_to("earmark", sentence("plan.not-an-earmark.side", side=side))
        return {}
    found = {}
    for key, values in terms.items():
        if key not in EARMARK_KEYS:
            said_of_it = sentence("plan.unknown-earmark-key", key=key, known=tuple(EARMARK_KEYS))
            row.object_to("earmark", said_of_it)
        elif isinstance(values, list) and all(_is_word(value) for value in values):
            found[key] = frozenset(clean(str(value)) for value in values)
        else:
            row.object_to("earmark", sentence("plan.not-an-earmark.names", side=side, key=key))
    return found


def _is_word(value: object) -> bool:
    if isinstance(value, int):
        return True
    return _is_text(value) and len(value) <= LONGEST_NAME and not invisible_characters(value)


def _substitute(row: _Row) -> Substitute:
    ratio = row.fraction("ratio", Fraction(1), Fraction(0), None)
    if ratio == 0:
        row.object_to("ratio", sentence("plan.out-of-range.no-ratio"))
    return Substitute(item=row.text("item"), by=row.text("by"), ratio=ratio)


def _supplier(row: _Row) -> Supplier:
    return Supplier(
        id=row.text("id"),
        capacity=row.maybe_whole("capacity", least=0),
        charge_minor=row.whole("charge_minor", least=0, default=0),
    )


def _section(top: _Row, section: str) -> Mapping[str, Any]:
    said = top.values.get(section)
    if said is None:
        return {}
    if not isinstance(said, Mapping):
        top.object_to(section, sentence("plan.not-an-object.section", section=section))
        return {}
    return said


def _rates(top: _Row) -> dict[str, Fraction]:
    found = {}
    said = _section(top, "rates")
    row = _Row(said, ("rates",), top.file, top.findings)
    for code in said:
        rate = row.fraction(code, None, Fraction(0), None)
        if rate == 0:
            row.object_to(code, sentence("plan.out-of-range.no-rate"))
        elif rate is not None:
            found[code] = rate
    return found


def _categories(top: _Row) -> dict[str, str]:
    said = _section(top, "categories")
    row = _Row(said, ("categories",), top.file, top.findings)
    return {name: row.text(item) for name, item in _named(row)}


def _named(row: _Row) -> list[tuple[str, str]]:
    """Give the names of an object as they are kept, and as they are written; object to one that stands twice."""
    written: dict[str, str] = {}
    for name in row.values:
        if len(name) > LONGEST_NAME:
            said = sentence("plan.not-a-text.name-too-long", length=len(name), most=LONGEST_NAME)
            row.object_to(name[:40], said)
            continue
        if written.setdefault(clean(name), name) != name:
            row.object_to(name, sentence("plan.field-twice", name=clean(name)))
    return list(written.items())


def _kits(top: _Row) -> dict[str, dict[str, int]]:
    found = {}
    said = _section(top, "kits")
    row = _Row(said, ("kits",), top.file, top.findings)
    for name, item in _named(row):
        parts = said[item]
        if not isinstance(parts, Mapping) or not parts:
            row.object_to(item, sentence("plan.not-a-kit"))
            continue
        inner = _Row(parts, ("kits", item), top.file, top.findings)
        counts = {part: inner.whole(written, least=1) for part, written in _named(inner)}
        if inner.is_good:
            found[name] = counts
    return found
