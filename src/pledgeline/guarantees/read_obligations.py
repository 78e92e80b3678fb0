"""Read the obligations of an instrument: who, what, when, under which conditions, and what cannot be."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from pledgeline.guarantees.durations import NotDuration, parse_duration
from pledgeline.guarantees.instruments import (
    Condition,
    Deadline,
    Fact,
    InstrumentParty,
    Obligation,
    Period,
    Quantity,
    Sum,
    Trigger,
)
from pledgeline.guarantees.own_texts import read_own_texts
from pledgeline.guarantees.read_words import runs_in_circles
from pledgeline.guarantees.sheet_reader import SheetReader
from pledgeline.guarantees.toml_fields import keys_of
from pledgeline.guarantees.toml_tables import TomlTable, did_you_mean, moment_of
from pledgeline.guarantees.vocabulary import Vocabulary
from pledgeline.money import Amount, digits_of, is_currency
from pledgeline.programme.findings import Severity
from pledgeline.programme.objections import currency_objection
from pledgeline.programme.sentences import Sentence, sentence

MOST_PERIODS = 1200
_DECIMAL = re.compile(r"\d{1,6}(\.\d{1,6})?")


class ObligationReader(SheetReader):
    """Reads the obligations of the file that another reader has begun."""

    def __init__(self, of: SheetReader, parties: Sequence[InstrumentParty]) -> None:
        super().__init__(of.sheet, of.vocabulary, of.actors)
        self.listed, self.parties = of.listed, parties

    def read(self, top: TomlTable) -> tuple[Obligation, ...]:
        """Read the obligations of a file, and see that none waits for itself."""
        tables = top.tables("obligations", **keys_of(Obligation))
        if "obligations" in top and not tables:
            top.wrong("obligations", sentence("guarantees.empty-list.obligations"))
        obligations = [self._obligation(table) for table in tables]
        ids = Counter(obligation.id for obligation in obligations)
        before = {obligation.id: obligation.after for obligation in obligations if obligation.after}
        for table, obligation in zip(tables, obligations, strict=True):
            if obligation.id and ids[obligation.id] > 1:
                table.wrong("id", sentence("guarantees.named-twice.obligation", id=obligation.id))
            if not obligation.after:
                continue
            if obligation.after not in ids:
                table.wrong(
                    "after",
                    sentence(
                        "guarantees.unknown-obligation.after",
                        after=obligation.after,
                        instead=did_you_mean(obligation.after, ids, "obligation-of-this-file"),
                    ),
                )
            elif runs_in_circles(obligation.id, before):
                table.wrong(
                    "after",
                    sentence(
                        "guarantees.circular-after.obligation", id=obligation.id, after=obligation.after
                    ),
                )
        return tuple(obligations)

    def _obligation(self, table: TomlTable) -> Obligation:
        trigger, quantity = self._trigger(table), self.table(table, "quantity", Quantity, also="note")
        obligation = self.read_as(
            Obligation,
            table,
            trigger=trigger,
            deadline=self._deadline(table, trigger),
            period=self._period(table),
            money=self._money(table),
            quantity=None if quantity is None else self.read_as(Quantity, quantity),
            conditions=self.read_all(Condition, table, "conditions"),
            own_texts=read_own_texts(table, ("summary",)),
            line=self.sheet.line(table.path),
        )
        self._check_obligation(table, obligation)
        return obligation

    def _trigger(self, of: TomlTable) -> Trigger:
        table = of.table("trigger", **keys_of(Trigger))
        if table is None:
            return Trigger(events=())
        at = moment_of(table.values["at"], allows_day=False) if "at" in table else None
        if "at" in table and at is None:
            table.wrong("at", sentence("guarantees.bad-time.offset", value=str(table.values["at"])))
        for key in ("requires", "by", "against"):
            if key in table and table.values.get("events") in (["standing"], ["calendar"]):
                table.wrong(
                    key,
                    sentence("guarantees.trigger-without-event.key", key=key),
                    Severity.ERROR if key == "requires" else Severity.WARNING,
                )
        return self.read_as(Trigger, table, requires=read_facts(table, "requires", self.vocabulary), at=at)

    def _deadline(self, of: TomlTable, trigger: Trigger) -> Deadline | None:
        table = self.table(of, "deadline", Deadline, also="note")
        if table is None:
            return None
        start = table.word("from", self.vocabulary.words["deadline_from"])
        if "from" not in table:
            starts = tuple(self.vocabulary.words["deadline_from"])
            of.wrong("deadline", sentence("guarantees.deadline-without-start.nowhere", starts=starts))
        elif start == "request" and not trigger.on_request_of and "request" not in trigger.events:
            table.wrong("from", sentence("guarantees.deadline-without-start.request"))
        elif start == "date" and "due_on" not in of and not _has_start(of.values.get("period")):
            table.wrong("from", sentence("guarantees.deadline-without-start.date"))
        elif start in ("trigger", "first_trigger") and trigger.at is None and not _is_opened(trigger):
            table.wrong("from", sentence("guarantees.deadline-without-start.trigger"))
        elif trigger.on_request_of and start and start != "request":
            table.wrong("from", sentence("guarantees.deadline-before-request.clock"))
        if "within" not in table and "due_on" not in of:
            of.wrong("deadline", sentence("guarantees.deadline-without-length.neither"))
        return self.read_as(Deadline, table, start=start)

    def _period(self, of: TomlTable) -> Period | None:
        table = self.table(of, "period", Period, also="note")
        if table is None:
            return None
        period = self.read_as(Period, table)
        if not table.values:
            of.wrong("period", sentence("guarantees.empty-list.period"))
        if period.start and period.end and period.end <= period.start:
            table.wrong("end", sentence("guarantees.dates-reversed.period"))
        if period.recurrence is not None:
            if not (period.recurrence.months or period.recurrence.days) or period.recurrence.seconds:
                table.wrong("recurrence", sentence("guarantees.bad-duration.recurrence"))
            elif not (period.start or period.end):
                table.wrong("recurrence", sentence("guarantees.period-without-start.recurrence"))
            elif (
                period.start
                and period.end
                and ((period.end - period.start) / period.recurrence.rough() > MOST_PERIODS)
            ):
                table.wrong("recurrence", sentence("guarantees.bad-duration.many", most=MOST_PERIODS))
        return period

    def _money(self, of: TomlTable) -> Sum | None:
        table = of.table(
            "amount",
            required="qualifier per",
            optional="value currency share_of_gdp_percent note",
            is_open=True,
        )
        if table is None:
            return None
        currency = table.text("currency")
        if currency and not is_currency(currency):
            objection = currency_objection(currency)
            table.wrong("currency", sentence("guarantees.unknown-currency.objection", objection=objection))
        amount = None
        share = table.text("share_of_gdp_percent")
        if share and not _DECIMAL.fullmatch(share):
            table.wrong("share_of_gdp_percent", sentence("guarantees.bad-number.share", share=share))
        if "value" in table:
            value = table.whole("value")
            if "currency" not in table:
                table.wrong("value", sentence("guarantees.amount-without-currency.value"))
            if is_currency(currency):
                amount = Amount(value * 10 ** digits_of(currency), currency)
        elif not share:
            of.wrong("amount", sentence("guarantees.amount-without-value.neither"))
        return Sum(
            amount=amount,
            share_of_gdp_percent=Decimal(share) if share and _DECIMAL.fullmatch(share) else None,
            qualifier=table.word("qualifier", self.vocabulary.words["amount_qualifier"]),
            per=table.word("per", self.vocabulary.words["amount_per"]),
        )

    # What no single key shows

    def _check_obligation(self, table: TomlTable, obligation: Obligation) -> None:
        if obligation.strength == "may" and obligation.duty and obligation.duty != "power":
            table.wrong("duty", sentence("guarantees.power-as-duty.may", duty=obligation.duty))
        if obligation.duty == "power" and obligation.discretion in ("none", "means"):
            table.wrong("discretion", sentence("guarantees.power-as-duty.discretion"))
        if obligation.duty == "periodic" and obligation.period is None and "period" not in table:
            table.wrong("duty", sentence("guarantees.period-without-start.duty"))
        roles = {party.id: party.role for party in self.parties}
        obligors = self.actors.expand(obligation.by)
        is_own = set(obligors) == set(self.actors.expand(obligation.to))
        if (
            obligors
            and is_own
            and not any(roles.get(actor) in ("mutual", "bound") for actor in obligation.by)
        ):
            # Two who owe each other something read oddly in these roles, and still owe it to somebody.
            table.wrong(
                "to",
                sentence("guarantees.own-beneficiary.same", obligors=tuple(map(_quoted, obligors[:5]))),
                Severity.ERROR if len(obligors) == 1 else Severity.WARNING,
            )


def _is_opened(trigger: Trigger) -> bool:
    """Say whether something happens that a clock could start with."""
    return any(event not in ("standing", "calendar") for event in trigger.events) or not trigger.events


def _quoted(code: str) -> Sentence:
    return sentence("guarantees.quoted", text=code)


def _has_start(period: object) -> bool:
    return isinstance(period, dict) and "start" in period


def read_facts(table: TomlTable, key: str, vocabulary: Vocabulary) -> dict[str, Fact]:
    """Read the facts that a trigger requires or an event has."""
    value = table.values.get(key, {})
    if not isinstance(value, dict):
        table.wrong(key, sentence("guarantees.wrong-type.facts", key=key))
        return {}
    facts: dict[str, Fact] = {}
    for name, fact in value.items():
        path = (*table.path, key, name)
        kind = vocabulary.fact_types.get(name)
        if kind is None:
            table.sheet.found(
                path,
                sentence(
                    "guarantees.unknown-fact.name",
                    name=name,
                    instead=did_you_mean(name, tuple(vocabulary.fact_types), "fact"),
                ),
            )
        elif kind == "bool":
            if isinstance(fact, bool):
                facts[name] = fact
            else:
                table.sheet.found(path, sentence("guarantees.bad-fact.flag", name=name))
        else:
            try:
                facts[name] = parse_duration(fact if isinstance(fact, str) else str(fact))
            except NotDuration as problem:
                table.sheet.found(
                    path, sentence("guarantees.bad-fact.length", name=name, problem=problem.said)
                )
    return facts
