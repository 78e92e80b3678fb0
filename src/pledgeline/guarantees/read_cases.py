"""Scenarios and cases as TOML: events, records, and what must come out.

A case is a scenario with answers worked out by hand beside it, so that a lawyer can check both. A
scenario that only asks has no answers; its form is the same. All findings come at once, with lines.
"""

from collections import Counter
from collections.abc import Collection

from pledgeline.guarantees.case_tables import NEVER, CaseTables, day_of, number_of, period_of
from pledgeline.guarantees.cases import (
    SCHEMA,
    Case,
    CasesReading,
)
from pledgeline.guarantees.instruments import Register
from pledgeline.guarantees.own_texts import read_own_texts
from pledgeline.guarantees.read_expectations import ExpectationReader
from pledgeline.guarantees.read_obligations import read_facts
from pledgeline.guarantees.scenarios import (
    EVENT_STATUSES,
    Assumption,
    BreachFinding,
    ConditionRecord,
    Fulfilment,
    Product,
    Scenario,
    ScenarioEvent,
)
from pledgeline.guarantees.toml_tables import TomlFile, TomlTable, did_you_mean
from pledgeline.money import Amount, is_currency
from pledgeline.money.currencies import digits_of
from pledgeline.programme.findings import Severity
from pledgeline.programme.sentences import sentence


def read_cases(file: str, text: str, register: Register) -> CasesReading:
    """Read the cases in `text` against the words, actors and instruments of `register`.

    A file holds `[[case]]` tables, or is one scenario by itself.
    """
    sheet = TomlFile(file, text)
    if sheet.values is None:
        return CasesReading(cases=(), findings=tuple(sheet.findings))
    reader = _CaseReader(sheet, register)
    is_many = "case" in sheet.values
    keys = "case title note" if is_many else _CASE_KEYS
    top = TomlTable(sheet, (), sheet.values, required="schema", optional=keys)
    if "schema" in top and top.text("schema") != SCHEMA:
        top.wrong("schema", sentence("guarantees.wrong-schema.cases", schema=SCHEMA))
    tables = top.tables("case", required="id", optional=_CASE_KEYS) if is_many else [top]
    cases: list[Case] = []
    known: set[str] = set()
    for table in tables:
        case = reader.case(table)
        if case.scenario.id in known:
            table.wrong("id", sentence("guarantees.named-twice.case", id=case.scenario.id))
        known.add(case.scenario.id)
        cases.append(case)
    if not cases:
        top.wrong("case", sentence("guarantees.empty-list.cases"))
    if any(finding.is_error for finding in sheet.findings):
        cases = []
    return CasesReading(cases=tuple(cases), findings=tuple(sheet.findings))


_CASE_KEYS = (
    "id title why names note instruments assume_in_force events records conditions breaches gdp as_of "
    "expect ends instances coverage"
)


class _CaseReader(CaseTables):
    def case(self, table: TomlTable) -> Case:
        every = tuple(self.register.by_id)
        chosen = table.words(
            "instruments",
            every,
            "guarantees.unknown-instrument.chosen",
            "instrument-of-the-register",
            filled=True,
        )
        self.instruments = chosen or every
        events = self._events(table)
        episodes = {event.episode or event.id for event in events} | {event.id for event in events}
        scenario = Scenario(
            id=table.text("id") or self.sheet.file.rpartition("/")[2].removesuffix(".toml"),
            title=table.text("title"),
            why=table.text("why"),
            instruments=tuple(name for name in chosen if name in every),
            assumptions=self._assumptions(table),
            events=events,
            records=self._records(table, episodes),
            conditions=self._conditions(table),
            breaches=self._breaches(table),
            products=self._products(table),
            own_texts=read_own_texts(table, ("title", "why")),
        )
        answers = ExpectationReader(self.sheet, self.register, self.instruments)
        return Case(
            scenario=scenario,
            line=self.sheet.line(table.path),
            as_of=self._moment(table, "as_of") if "as_of" in table else None,
            expect=answers.expectations(table),
            ends=answers.ends(table),
            counts=answers.counts(table),
            coverage=answers.coverage(table),
        )

    # What happened

    def _assumptions(self, table: TomlTable) -> tuple[Assumption, ...]:
        found = []
        for row in self._each(table, "assume_in_force", required="instrument on", optional="note"):
            on = row.day("on") if not isinstance(row.values.get("on"), str) else day_of(row, "on")
            if on is not None:
                found.append(Assumption(instrument=self._instrument(row), on=on))
        return tuple(found)

    def _events(self, table: TomlTable) -> tuple[ScenarioEvent, ...]:
        found: list[ScenarioEvent] = []
        tables = table.tables(
            "events",
            required="id kinds",
            optional="at on by against episode ref instrument facts learnt_at learnt_on status to note",
        )
        ids = Counter(str(table.values.get("id")) for table in tables)
        named = (table.values.get(key) for table in tables for key in ("id", "episode"))
        refs = dict.fromkeys(name for name in named if isinstance(name, str))
        for row in tables:
            event = ScenarioEvent(
                id=row.text("id"),
                kinds=row.words(
                    "kinds", self.kinds, "guarantees.unknown-event.kind", "kind-of-event", filled=True
                ),
                when=row.moment() or NEVER,
                learnt=self._learnt(row),
                by=self._actors(row, "by"),
                against=self._actors(row, "against"),
                episode=row.text("episode"),
                ref=row.word("ref", refs, "guarantees.unknown-reference.word", "reference"),
                instrument=self._instrument(row),
                facts=read_facts(row, "facts", self.vocabulary),
                status=row.word("status", EVENT_STATUSES),
                to=row.word("to", self.codes, "guarantees.unknown-actor.word", "actor"),
                note=row.text("note"),
            )
            if ids[event.id] > 1:
                row.wrong("id", sentence("guarantees.named-twice.event", id=event.id))
            if "notice_of_termination" in event.kinds and not event.instrument:
                row.wrong("kinds", sentence("guarantees.notice-without-instrument.instrument"))
            found.append(event)
        return tuple(found)

    def _records(self, table: TomlTable, episodes: Collection[str]) -> tuple[Fulfilment, ...]:
        found: list[Fulfilment] = []
        known: set[str] = set()
        tables = table.tables(
            "records",
            required="id instrument obligation",
            optional="at on by episode period amount quantity learnt_at learnt_on note source",
        )
        for row in tables:
            instrument, obligation = self._obligation(row)
            episode = row.text("episode")
            if episode and episode not in episodes and not row.sheet.is_full:
                row.wrong(
                    "episode",
                    sentence(
                        "guarantees.unknown-episode.episode",
                        episode=episode,
                        instead=did_you_mean(episode, sorted(episodes), "episode"),
                    ),
                    Severity.WARNING,
                )
            record = Fulfilment(
                id=row.text("id"),
                instrument=instrument,
                obligation=obligation,
                when=row.moment() or NEVER,
                learnt=self._learnt(row),
                by=self._actors(row, "by"),
                episode=episode,
                period=period_of(row),
                amount=self._amount(row, instrument, obligation),
                quantity=_quantity(row),
                note=row.text("note"),
            )
            if record.id in known:
                row.wrong("id", sentence("guarantees.named-twice.record", id=record.id))
            known.add(record.id)
            found.append(record)
        return tuple(found)

    def _amount(self, table: TomlTable, instrument: str, obligation: str) -> Amount | None:
        """Read an amount in major units; a bare number is in the currency of the obligation."""
        value = table.values.get("amount")
        if value is None:
            return None
        currency = self._currency(instrument, obligation)
        if isinstance(value, dict):
            inner = table.table("amount", required="value currency", optional="note")
            assert inner is not None
            value, currency = value.get("value"), inner.text("currency")
            if not is_currency(currency):
                inner.wrong("currency", sentence("guarantees.unknown-currency.code", currency=currency))
                return None
        number = number_of(value)
        if number is None or number < 0:
            table.wrong("amount", sentence("guarantees.bad-number.amount"))
            return None
        if not currency:
            table.wrong("amount", sentence("guarantees.amount-without-currency.obligation"))
            return None
        minor = number * 10 ** digits_of(currency)
        if minor.denominator != 1:
            table.wrong("amount", sentence("guarantees.bad-number.decimals", currency=currency))
            return None
        return Amount(int(minor), currency)

    def _currency(self, instrument: str, obligation: str) -> str:
        known = self.register.by_id.get(instrument)
        for duty in known.obligations if known else ():
            if duty.id == obligation and duty.money is not None and duty.money.amount is not None:
                return duty.money.amount.currency
        return ""

    def _conditions(self, table: TomlTable) -> tuple[ConditionRecord, ...]:
        return tuple(
            ConditionRecord(
                instrument=self._instrument(row),
                obligation=self._obligation(row)[1],
                kind=row.word("kind", self.vocabulary.words["condition_kind"]),
                by=row.word("by", self.codes, "guarantees.unknown-actor.word", "actor"),
                is_met=row.flag("met") is not False,
                when=row.moment() or NEVER,
                learnt=self._learnt(row),
            )
            for row in table.tables(
                "conditions",
                required="instrument kind met",
                optional="obligation by at on learnt_at learnt_on note source",
            )
        )

    def _breaches(self, table: TomlTable) -> tuple[BreachFinding, ...]:
        found = []
        for row in table.tables(
            "breaches",
            required="instrument obligation found_by source",
            optional="at on episode period obligor note",
        ):
            instrument, obligation = self._obligation(row)
            found.append(
                BreachFinding(
                    instrument=instrument,
                    obligation=obligation,
                    found_by=row.text("found_by"),
                    source=row.text("source"),
                    when=row.moment() or NEVER,
                    episode=row.text("episode"),
                    period=period_of(row),
                    obligor=row.word("obligor", self.codes, "guarantees.unknown-actor.word", "actor"),
                )
            )
        return tuple(found)

    def _products(self, table: TomlTable) -> tuple[Product, ...]:
        found = []
        for row in table.tables("gdp", required="actor year value currency known_on", optional="note source"):
            currency = row.text("currency")
            if not is_currency(currency):
                row.wrong("currency", sentence("guarantees.unknown-currency.code", currency=currency))
                continue
            found.append(
                Product(
                    actor=row.word("actor", self.codes, "guarantees.unknown-actor.word", "actor"),
                    year=row.whole("year"),
                    amount=Amount(row.whole("value") * 10 ** digits_of(currency), currency),
                    known_from=row.moment("known_at", "known_on") or NEVER,
                )
            )
        return tuple(found)


def _quantity(table: TomlTable) -> int | None:
    value = table.values.get("quantity")
    if isinstance(value, dict):
        inner = table.table("quantity", required="value", optional="unit item note")
        value = inner.values.get("value") if inner else None
    if "quantity" not in table:
        return None
    if type(value) is int and 0 <= value < 10**12:
        return value
    table.wrong("quantity", sentence("guarantees.bad-number.quantity"))
    return None
