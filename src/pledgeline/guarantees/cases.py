"""Scenarios and cases as TOML: events, records, and what must come out.

A case is a scenario with answers worked out by hand beside it, so that a lawyer can check both. A
scenario that only asks has no answers; its form is the same. All findings come at once, with lines.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from pledgeline.guarantees.durations import Duration, parse_duration
from pledgeline.guarantees.instances import State
from pledgeline.guarantees.instruments import Register
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.reading import read_facts
from pledgeline.guarantees.scenarios import (
    EVENT_STATUSES,
    Assumption,
    BreachFinding,
    ConditionRecord,
    Event,
    Fulfilment,
    Product,
    Scenario,
)
from pledgeline.guarantees.toml_tables import Sheet, Table, did_you_mean, moment_of
from pledgeline.money import Amount, is_currency
from pledgeline.money.currencies import digits_of
from pledgeline.programme.findings import Finding, Severity

SCHEMA = "pledgeline-guarantee-cases/0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What must come out for one obligation as of a moment. Only what is not `None` is checked.

    Units:   `due_at`, `due_window`: a moment, or a day whose end is meant; `shortfall`: major units of the
             currency or units of the obligation; `late_by`: a duration.
    """

    line: int
    as_of: Moment
    instrument: str
    obligation: str
    episode: str = ""
    period: str = ""
    state: State | None = None
    obligors: tuple[str, ...] | None = None
    due_at: Moment | None = None
    due_window: tuple[Moment, Moment] | None = None
    possibly_overdue: bool | None = None
    late_by: Duration | None = None
    shortfall: Fraction | None = None
    missing_facts: tuple[str, ...] | None = None
    discretion: str | None = None
    survives_end: bool | None = None
    without_records: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndExpectation:
    """When an instrument must end."""

    line: int
    instrument: str
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class CountExpectation:
    """How many instances an obligation must have."""

    line: int
    instrument: str
    obligation: str
    count: int
    episode: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageExpectation:
    """What must be covered, and by whom alone."""

    line: int
    beneficiary: str
    on: date
    without: tuple[str, ...] = ()
    event: str = ""
    kinds: tuple[str, ...] = ()
    uncovered_kinds: tuple[str, ...] | None = None
    single_points: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A scenario and the answers it must have. `as_of` is the moment it is usually asked for."""

    scenario: Scenario
    line: int
    as_of: Moment | None = None
    expect: tuple[Expectation, ...] = ()
    ends: tuple[EndExpectation, ...] = ()
    counts: tuple[CountExpectation, ...] = ()
    coverage: tuple[CoverageExpectation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CasesReading:
    """What came of reading: the cases, unless a finding is an error, and all findings."""

    cases: tuple[Case, ...]
    findings: tuple[Finding, ...]


def read_cases(file: str, text: str, register: Register) -> CasesReading:
    """Read the cases in `text` against the words, actors and instruments of `register`.

    A file holds `[[case]]` tables, or is one scenario by itself.
    """
    sheet = Sheet(file, text)
    if sheet.values is None:
        return CasesReading(cases=(), findings=tuple(sheet.findings))
    reader = _CaseReader(sheet, register)
    is_many = "case" in sheet.values
    keys = "case title note" if is_many else _CASE_KEYS
    top = Table(sheet, (), sheet.values, required="schema", optional=keys)
    if "schema" in top and top.text("schema") != SCHEMA:
        top.wrong("wrong-schema", "schema", "The schema is not known here.", f"Write “{SCHEMA}”.")
    tables = top.tables("case", required="id", optional=_CASE_KEYS) if is_many else [top]
    cases: list[Case] = []
    for table in tables:
        case = reader.case(table)
        if any(case.scenario.id == other.scenario.id for other in cases):
            table.wrong("named-twice", "id", f"Two cases are called “{case.scenario.id}”.", "Rename one.")
        cases.append(case)
    if not cases:
        top.wrong("empty-list", "case", "The file holds no case.", "Add [[case]].")
    if any(finding.is_error for finding in sheet.findings):
        cases = []
    return CasesReading(cases=tuple(cases), findings=tuple(sheet.findings))


_CASE_KEYS = (
    "id title why note instruments assume_in_force events records conditions breaches gdp as_of "
    "expect ends instances coverage"
)


class _CaseReader:
    def __init__(self, sheet: Sheet, register: Register) -> None:
        self.sheet, self.register = sheet, register
        self.vocabulary, self.codes = register.vocabulary, register.actors.codes()
        self.kinds = (*self.vocabulary.parents, *self.vocabulary.words["condition_kind"])
        self.instruments: Collection[str] = ()

    def case(self, table: Table) -> Case:
        every = tuple(self.register.by_id)
        chosen = table.words(
            "instruments", every, "unknown-instrument", "instrument of the register", filled=True
        )
        self.instruments = chosen or every
        events = self._events(table)
        episodes = {event.episode or event.id for event in events} | {event.id for event in events}
        scenario = Scenario(
            id=table.text("id") or self.sheet.file.rpartition("/")[2].removesuffix(".toml"),
            title=table.text("title"),
            why=table.text("why"),
            instruments=tuple(each for each in chosen if each in every),
            assumptions=self._assumptions(table),
            events=events,
            records=self._records(table, episodes),
            conditions=self._conditions(table),
            breaches=self._breaches(table),
            products=self._products(table),
        )
        return Case(
            scenario=scenario,
            line=self.sheet.line(table.path),
            as_of=self._moment(table, "as_of") if "as_of" in table else None,
            expect=self._expectations(table),
            ends=self._ends(table),
            counts=self._counts(table),
            coverage=self._coverage(table),
        )

    # What several tables share

    def _instrument(self, table: Table, key: str = "instrument") -> str:
        return table.word(key, self.instruments, "unknown-instrument")

    def _obligation(self, table: Table) -> tuple[str, str]:
        """Read the instrument and the obligation that a table is about."""
        instrument, obligation = self._instrument(table), table.text("obligation")
        known = self.register.by_id.get(instrument)
        if known is not None and obligation:
            table.word("obligation", [each.id for each in known.obligations], "unknown-obligation")
        return instrument, obligation

    def _actors(self, table: Table, key: str, *, filled: bool = False) -> tuple[str, ...]:
        return table.words(key, self.codes, "unknown-actor", "actor", filled=filled)

    def _moment(self, table: Table, key: str) -> Moment | None:
        return table.moment(key, key)

    def _learnt(self, table: Table) -> Moment | None:
        return table.moment("learnt_at", "learnt_on", required=False)

    def _each(self, table: Table, key: str, *, required: str, optional: str) -> list[Table]:
        """Read a list of tables; a single table counts as a list of one."""
        if isinstance(table.values.get(key), dict):
            one = table.table(key, required=required, optional=optional)
            return [one] if one is not None else []
        return table.tables(key, required=required, optional=optional)

    # What happened

    def _assumptions(self, table: Table) -> tuple[Assumption, ...]:
        found = []
        for each in self._each(table, "assume_in_force", required="instrument on", optional="note"):
            on = each.day("on") if not isinstance(each.values.get("on"), str) else _day(each, "on")
            if on is not None:
                found.append(Assumption(instrument=self._instrument(each), on=on))
        return tuple(found)

    def _events(self, table: Table) -> tuple[Event, ...]:
        found: list[Event] = []
        tables = table.tables(
            "events",
            required="id kinds",
            optional="at on by against episode ref instrument facts learnt_at learnt_on status to note",
        )
        ids = [each.values.get("id") for each in tables]
        refs = [str(each.values.get(key)) for each in tables for key in ("id", "episode")]
        for each in tables:
            event = Event(
                id=each.text("id"),
                kinds=each.words("kinds", self.kinds, "unknown-event", "kind of event", filled=True),
                when=each.moment() or _NEVER,
                learnt=self._learnt(each),
                by=self._actors(each, "by"),
                against=self._actors(each, "against"),
                episode=each.text("episode"),
                ref=each.word("ref", refs, "unknown-reference"),
                instrument=self._instrument(each),
                facts=read_facts(each, "facts", self.vocabulary),
                status=each.word("status", EVENT_STATUSES),
                to=each.word("to", self.codes, "unknown-actor"),
                note=each.text("note"),
            )
            if ids.count(event.id) > 1:
                each.wrong("named-twice", "id", f"Two events are called “{event.id}”.", "Rename one.")
            if "notice_of_termination" in event.kinds and not event.instrument:
                each.wrong(
                    "notice-without-instrument",
                    "kinds",
                    "A notice that does not say what it ends.",
                    "Add “instrument”.",
                )
            found.append(event)
        return tuple(found)

    def _records(self, table: Table, episodes: Collection[str]) -> tuple[Fulfilment, ...]:
        found: list[Fulfilment] = []
        tables = table.tables(
            "records",
            required="id instrument obligation",
            optional="at on by episode period amount quantity learnt_at learnt_on note source",
        )
        for each in tables:
            instrument, obligation = self._obligation(each)
            episode = each.text("episode")
            if episode and episode not in episodes:
                each.wrong(
                    "unknown-episode",
                    "episode",
                    f"No event belongs to the episode “{episode}”.",
                    did_you_mean(episode, sorted(episodes), "episodes"),
                    Severity.WARNING,
                )
            record = Fulfilment(
                id=each.text("id"),
                instrument=instrument,
                obligation=obligation,
                when=each.moment() or _NEVER,
                learnt=self._learnt(each),
                by=self._actors(each, "by"),
                episode=episode,
                period=_period(each),
                amount=self._amount(each, instrument, obligation),
                quantity=_quantity(each),
                note=each.text("note"),
            )
            if any(record.id == other.id for other in found):
                each.wrong("named-twice", "id", f"Two records are called “{record.id}”.", "Rename one.")
            found.append(record)
        return tuple(found)

    def _amount(self, table: Table, instrument: str, obligation: str) -> Amount | None:
        """Read an amount in major units; a bare number is in the currency of the obligation."""
        value: Any = table.values.get("amount")
        if value is None:
            return None
        currency = self._currency(instrument, obligation)
        if isinstance(value, dict):
            inner = table.table("amount", required="value currency", optional="note")
            assert inner is not None
            value, currency = value.get("value"), inner.text("currency")
            if not is_currency(currency):
                inner.wrong(
                    "unknown-currency",
                    "currency",
                    f"“{currency}” is not a currency of ISO 4217.",
                    "Write a code such as EUR.",
                )
                return None
        number = _number(value)
        if number is None or number < 0:
            table.wrong("bad-number", "amount", "That is not an amount of 0 or more.", "Write digits only.")
            return None
        if not currency:
            table.wrong(
                "amount-without-currency",
                "amount",
                "An amount without currency for an obligation that names none.",
                'Write amount = { value = 100, currency = "EUR" }.',
            )
            return None
        minor = number * 10 ** digits_of(currency)
        if minor.denominator != 1:
            table.wrong("bad-number", "amount", f"{currency} has fewer decimals.", "Round the amount.")
            return None
        return Amount(int(minor), currency)

    def _currency(self, instrument: str, obligation: str) -> str:
        known = self.register.by_id.get(instrument)
        for each in known.obligations if known else ():
            if each.id == obligation and each.money is not None and each.money.amount is not None:
                return each.money.amount.currency
        return ""

    def _conditions(self, table: Table) -> tuple[ConditionRecord, ...]:
        return tuple(
            ConditionRecord(
                instrument=self._instrument(each),
                obligation=self._obligation(each)[1],
                kind=each.word("kind", self.vocabulary.words["condition_kind"]),
                by=each.word("by", self.codes, "unknown-actor"),
                is_met=each.flag("met") is not False,
                when=each.moment() or _NEVER,
                learnt=self._learnt(each),
            )
            for each in table.tables(
                "conditions",
                required="instrument kind met",
                optional="obligation by at on learnt_at learnt_on note source",
            )
        )

    def _breaches(self, table: Table) -> tuple[BreachFinding, ...]:
        found = []
        for each in table.tables(
            "breaches",
            required="instrument obligation found_by source",
            optional="at on episode period obligor note",
        ):
            instrument, obligation = self._obligation(each)
            found.append(
                BreachFinding(
                    instrument=instrument,
                    obligation=obligation,
                    found_by=each.text("found_by"),
                    source=each.text("source"),
                    when=each.moment() or _NEVER,
                    episode=each.text("episode"),
                    period=_period(each),
                    obligor=each.word("obligor", self.codes, "unknown-actor"),
                )
            )
        return tuple(found)

    def _products(self, table: Table) -> tuple[Product, ...]:
        found = []
        for each in table.tables(
            "gdp", required="actor year value currency known_on", optional="note source"
        ):
            currency = each.text("currency")
            if not is_currency(currency):
                each.wrong(
                    "unknown-currency",
                    "currency",
                    f"“{currency}” is not a currency of ISO 4217.",
                    "Write a code such as EUR.",
                )
                continue
            found.append(
                Product(
                    actor=each.word("actor", self.codes, "unknown-actor"),
                    year=each.whole("year"),
                    amount=Amount(each.whole("value") * 10 ** digits_of(currency), currency),
                    known_from=each.moment("known_at", "known_on") or _NEVER,
                )
            )
        return tuple(found)

    # What must come out

    def _expectations(self, table: Table) -> tuple[Expectation, ...]:
        found = []
        tables = table.tables(
            "expect",
            required="as_of instrument obligation",
            optional="episode period state obligors due_at due_window possibly_overdue late_by shortfall "
            "missing_facts discretion survives_end without_records note why",
        )
        for each in tables:
            instrument, obligation = self._obligation(each)
            state = each.word("state", [one.value for one in State])
            found.append(
                Expectation(
                    line=self.sheet.line(each.path),
                    as_of=self._moment(each, "as_of") or _NEVER,
                    instrument=instrument,
                    obligation=obligation,
                    episode=each.text("episode"),
                    period=_period(each),
                    state=State(state) if state in [one.value for one in State] else None,
                    obligors=self._actors(each, "obligors") if "obligors" in each else None,
                    due_at=self._moment(each, "due_at") if "due_at" in each else None,
                    due_window=_window(each),
                    possibly_overdue=each.flag("possibly_overdue"),
                    late_by=_duration(each, "late_by"),
                    shortfall=_shortfall(each),
                    missing_facts=each.texts("missing_facts") if "missing_facts" in each else None,
                    discretion=each.text("discretion") or None,
                    survives_end=each.flag("survives_end"),
                    without_records=bool(each.flag("without_records")),
                )
            )
        return tuple(found)

    def _ends(self, table: Table) -> tuple[EndExpectation, ...]:
        return tuple(
            EndExpectation(
                line=self.sheet.line(each.path),
                instrument=self._instrument(each),
                at=self._moment(each, "at") or _NEVER,
            )
            for each in self._each(table, "ends", required="instrument at", optional="note")
        )

    def _counts(self, table: Table) -> tuple[CountExpectation, ...]:
        found = []
        for each in self._each(
            table, "instances", required="instrument obligation count", optional="episode note"
        ):
            instrument, obligation = self._obligation(each)
            count = each.values.get("count")
            if type(count) is not int or count < 0:
                each.wrong("bad-number", "count", "“count” is to be 0 or more.", "Write digits only.")
                count = 0
            found.append(
                CountExpectation(
                    line=self.sheet.line(each.path),
                    instrument=instrument,
                    obligation=obligation,
                    episode=each.text("episode"),
                    count=count,
                )
            )
        return tuple(found)

    def _coverage(self, table: Table) -> tuple[CoverageExpectation, ...]:
        found = []
        kinds = (*self.vocabulary.words["obligation_kind"], "consult_with_number")
        for each in self._each(
            table,
            "coverage",
            required="beneficiary on",
            optional="without event kinds uncovered_kinds single_points note",
        ):
            found.append(
                CoverageExpectation(
                    line=self.sheet.line(each.path),
                    beneficiary=each.word("beneficiary", self.codes, "unknown-actor"),
                    on=_day(each, "on") or date.max,
                    without=self._actors(each, "without"),
                    event=each.word("event", tuple(self.vocabulary.parents), "unknown-event"),
                    kinds=each.words("kinds", kinds, "unknown-word", "kind of help"),
                    uncovered_kinds=each.words("uncovered_kinds", kinds, "unknown-word", "kind of help")
                    if "uncovered_kinds" in each
                    else None,
                    single_points=self._actors(each, "single_points") if "single_points" in each else None,
                )
            )
        return tuple(found)


_NEVER = Moment(on=date(1900, 1, 1))  # stands where a moment could not be read; the sheet then has a finding


def _day(table: Table, key: str) -> date | None:
    """Read a day that may stand in quotes."""
    if key not in table:
        return None
    moment = moment_of(table.values[key], allows_day=True)
    if moment is None or moment.on is None:
        table.wrong(
            "bad-date", key, f"“{table.values[key]}” is not a day.", "Write it as 2026-12-05 or “2026-12-05”."
        )
        return None
    return moment.on


def _number(value: object) -> Fraction | None:
    """Read a whole number, or a decimal in quotes: a float would already have lost cents."""
    if type(value) is int and abs(value) < 10**18:
        return Fraction(value)
    if isinstance(value, str) and value.replace(".", "", 1).isdecimal() and len(value) < 25:
        return Fraction(value)
    return None


def _quantity(table: Table) -> int | None:
    value = table.values.get("quantity")
    if isinstance(value, dict):
        inner = table.table("quantity", required="value", optional="unit item note")
        value = inner.values.get("value") if inner else None
    if "quantity" not in table:
        return None
    if type(value) is int and 0 <= value < 10**12:
        return value
    table.wrong("bad-number", "quantity", "“quantity” is to be a whole number.", "Write digits only.")
    return None


def _period(table: Table) -> str:
    """Read the label of a period; a bare year is one."""
    value = table.values.get("period")
    return str(value) if type(value) is int else table.text("period")


def _shortfall(table: Table) -> Fraction | None:
    value = table.values.get("shortfall")
    if value is None:
        return None
    if isinstance(value, dict):
        inner = table.table("shortfall", required="value", optional="currency unit item")
        value = inner.values.get("value") if inner else None
    number = _number(value)
    if number is None:
        table.wrong("bad-number", "shortfall", "“shortfall” is to be a number.", "Write digits only.")
    return number


def _duration(table: Table, key: str) -> Duration | None:
    """Read a duration; a bare number counts seconds."""
    value = table.values.get(key)
    if type(value) is int and 0 <= value < 10**9:
        return parse_duration(f"PT{value}S")
    return table.duration(key)


def _window(table: Table) -> tuple[Moment, Moment] | None:
    """Read a due window: two moments, or a table that names its ends."""
    value = table.values.get("due_window")
    if value is None:
        return None
    if isinstance(value, dict):
        value = [
            next((value[key] for key in names if key in value), None)
            for names in (("from", "start", "earliest", "not_before"), ("to", "end", "latest", "until", "by"))
        ]
    ends = [moment_of(each, allows_day=True) for each in value] if isinstance(value, list) else []
    if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
        return ends[0], ends[1]
    table.wrong(
        "bad-time", "due_window", "A due window has two moments.", 'Write ["2026-12-06T00:00:00+02:00", "…"].'
    )
    return None
