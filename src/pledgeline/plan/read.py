"""Read a planning problem from JSON values, with every objection at its place.

The form is that of the shared cases: all amounts are integers in minor units, days are integers. What a field may be
stands beside it in `plan/model.py`. A row with a fault is left out and said; the good rows are read all the same, so
that a caller may show them.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import partial
from typing import Any, Generic, TypeVar, get_type_hints

from pydantic import TypeAdapter, ValidationError

from pledgeline.plan.fields import (
    AsWritten,
    Name,
    OfOurs,
    UnreadableInParts,
    read_exact,
    read_name,
    read_whole,
)
from pledgeline.plan.model import Line, Package, PlanContribution, PlanOffer, Problem, Substitute, Supplier
from pledgeline.plan.places import place_in
from pledgeline.programme.fields import Unreadable
from pledgeline.programme.findings import (
    MOST_FINDINGS,
    Finding,
    FindingList,
    Place,
    Severity,
)
from pledgeline.programme.names import LONGEST_NAME, clean, shown
from pledgeline.programme.sentences import Sentence, sentence

T = TypeVar("T")

MOST_VALUES = 2_000_000
"""Units: values, lists and objects of a file, counted before it is read: a list of two bytes costs as much time and
memory as a row that means something. A problem of 100,000 lines has about a million."""

LONGEST_INTEGER = 4_300
"""Units: digits. Python reads no longer one, as its time grows with the square."""

ROWS: Mapping[str, type] = {
    "substitutes": Substitute,
    "suppliers": Supplier,
    "packages": Package,
    "lines": Line,
    "offers": PlanOffer,
    "contributions": PlanContribution,
}
"""What the rows of each section are."""

_OTHER = {"id", "currency", "rates", "categories", "kits", "expected", "title", "note"}


def _whole_or_written(text: str) -> object:
    return int(text) if len(text) <= LONGEST_INTEGER else AsWritten(text)


def _float_or_written(text: str) -> object:
    """Give a float only where it is the number that was written, so that 0.999… does not become 1."""
    number = float(text)
    try:
        return number if Decimal(repr(number)) == Decimal(text) else AsWritten(text)
    except InvalidOperation:  # an exponent that is no number of its own
        return AsWritten(text)


class _Row:
    """One JSON object: collects what is wrong with its fields."""

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

    def object_to_value(self, field: str, problem: ValueError) -> None:
        """Note everything for which the value of `field` cannot be meant."""
        for part in problem.problems if isinstance(problem, UnreadableInParts) else [problem]:
            assert isinstance(part, Unreadable)
            self.object_to(field, sentence(f"plan.{part.code}", field=field, **part.params))

    def object_to_lack(self, field: str) -> None:
        """Note that a field which has to be said is not there, or is empty."""
        self.object_to(
            field, sentence("plan.missing.empty" if field in self.values else "plan.missing", field=field)
        )

    def value(self, field: str, read: Callable[[object], T]) -> T | None:
        """Read one field by itself; None where it cannot be meant."""
        try:
            return read(self.values.get(field))
        except Unreadable as problem:
            self.object_to_value(field, problem)
        return None

    def look_for_strangers(self, known: Mapping[str, object]) -> None:
        if self.values.keys() <= known.keys():
            return
        names = tuple(sorted(known))
        for field in self.values:
            if field not in known:
                said = sentence("plan.unknown-field", field=field[:LONGEST_NAME], known=names)
                self.object_to(field, said, warn=True)


class _Rows(Generic[T]):
    """Reads the rows of one section as the class that says their fields."""

    def __init__(self, kind: type[T]) -> None:
        hints = get_type_hints(kind, include_extras=True)
        self.known = {
            field.name: hints[field.name]
            for field in fields(kind)  # type: ignore[arg-type]
            if OfOurs not in getattr(hints[field.name], "__metadata__", ())
        }
        self._adapter = TypeAdapter(kind)

    def read(self, row: _Row, usual: Mapping[str, object]) -> T | None:
        """Read a row; `usual` is what holds where it says nothing."""
        said = row.values
        if None in said.values() or not said.keys() <= self.known.keys():
            said = {name: value for name, value in said.items() if value is not None and name in self.known}
        try:
            return self._adapter.validate_python({**usual, **said} if usual else said)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                self._object(row, str(fault["loc"][-1]), fault.get("ctx", {}).get("error"))
        return None

    def _object(self, row: _Row, name: str, problem: ValueError | None) -> None:
        if problem is not None:
            row.object_to_value(name, problem)
        elif self.known[name] == Name:
            row.object_to(name, sentence("plan.not-a-text", field=name))
        else:
            row.object_to_lack(name)


_READERS: Mapping[str, _Rows[object]] = {section: _Rows(kind) for section, kind in ROWS.items()}


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
    top.look_for_strangers(dict.fromkeys((*ROWS, *_OTHER)))
    currency = top.value("currency", read_name) or ""
    problem = Problem(
        currency=currency,
        lines=_rows(top, "lines"),
        offers=_rows(top, "offers"),
        contributions=_rows(top, "contributions", currency=currency),
        packages=_rows(top, "packages"),
        rates=_rates(top),
        categories=_categories(top),
        kits=_kits(top),
        substitutes=_rows(top, "substitutes"),
        suppliers=_rows(top, "suppliers"),
    )
    return problem, findings.all


def too_many_findings(file: str) -> Finding:
    """Give what ends a list of findings that would go on."""
    return Finding(place=Place(file=file), said=sentence("plan.too-many-findings", most=MOST_FINDINGS))


def parse_problem(text: str, file: str = "problem") -> tuple[Problem, list[Finding]]:
    """Read a problem from JSON text; broken JSON is a finding with its line, and so is a field that stands twice."""
    twice: list[str] = []

    def fields(pairs: list[tuple[str, object]]) -> dict[str, object]:
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


def _rows(top: _Row, section: str, **usual: object) -> tuple[Any, ...]:
    """Read the rows of a section; those with a fault are left out."""
    rows, reader = top.values.get(section), _READERS[section]
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
        row.look_for_strangers(reader.known)
        if section == "packages":
            _ask_for_target(row)
        value = reader.read(row, usual)
        if row.is_good:
            good.append(value)
    return tuple(good)


def _ask_for_target(row: _Row) -> None:
    if row.values.get("target_minor") is None and row.values.get("tolerance_minor") is not None:
        row.object_to("tolerance_minor", sentence("plan.tolerance-without-target"), warn=True)


def _section(top: _Row, section: str) -> _Row:
    said = top.values.get(section)
    if said is not None and not isinstance(said, Mapping):
        top.object_to(section, sentence("plan.not-an-object.section", section=section))
        said = None
    return _Row(said or {}, (section,), top.file, top.findings)


def _rates(top: _Row) -> dict[str, Fraction]:
    found = {}
    row = _section(top, "rates")
    for code, written in row.values.items():
        rate = None if written is None else row.value(code, read_exact)
        if rate == 0:
            row.object_to(code, sentence("plan.out-of-range.no-rate"))
        elif rate is not None:
            found[code] = rate
    return found


def _categories(top: _Row) -> dict[str, str]:
    row = _section(top, "categories")
    return {name: row.value(item, read_name) or "" for name, item in _named(row)}


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
    row = _section(top, "kits")
    for name, item in _named(row):
        parts = row.values[item]
        if not isinstance(parts, Mapping) or not parts:
            row.object_to(item, sentence("plan.not-a-kit"))
            continue
        inner = _Row(parts, ("kits", item), top.file, top.findings)
        counts = {part: _count(inner, written) for part, written in _named(inner)}
        if inner.is_good:
            found[name] = counts
    return found


def _count(parts: _Row, part: str) -> int:
    """Read how many of a part a kit has."""
    if parts.values[part] is None:
        parts.object_to_lack(part)
        return 0
    return parts.value(part, partial(read_whole, least=1)) or 0
