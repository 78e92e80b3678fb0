"""Read the obligations of an instrument: who, what, when, under which conditions, and what cannot be."""

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from pledgeline.guarantees.durations import parse_duration
from pledgeline.guarantees.instruments import (
    Condition,
    Deadline,
    Fact,
    Obligation,
    Party,
    Period,
    Quantity,
    Sum,
    Trigger,
)
from pledgeline.guarantees.read_words import runs_in_circles
from pledgeline.guarantees.sheet_reader import SheetReader
from pledgeline.guarantees.toml_tables import Table, did_you_mean, moment_of
from pledgeline.guarantees.vocabulary import Vocabulary
from pledgeline.money import Amount, digits_of, is_currency
from pledgeline.programme.findings import Severity, way_out_of
from pledgeline.programme.objections import currency_objection

MOST_PERIODS = 1200
_DECIMAL = re.compile(r"\d{1,6}(\.\d{1,6})?")


class ObligationReader(SheetReader):
    """Reads the obligations of the file that another reader has begun."""

    def __init__(self, of: SheetReader, parties: Sequence[Party]) -> None:
        super().__init__(of.sheet, of.vocabulary, of.actors)
        self.listed, self.parties = of.listed, parties

    def read(self, top: Table) -> tuple[Obligation, ...]:
        """Read the obligations of a file, and see that none waits for itself."""
        tables = top.tables(
            "obligations",
            required="id kind by to mode strength discretion duty summary trigger basis source",
            optional="domains means deadline urgency due_on period amount quantity after conditions limits "
            "provision",
        )
        if "obligations" in top and not tables:
            top.wrong("empty-list", "obligations", "The instrument promises nothing.", "Add an obligation.")
        obligations = [self._obligation(table) for table in tables]
        ids = Counter(obligation.id for obligation in obligations)
        before = {obligation.id: obligation.after for obligation in obligations if obligation.after}
        for table, obligation in zip(tables, obligations, strict=True):
            if obligation.id and ids[obligation.id] > 1:
                table.wrong(
                    "named-twice", "id", f"Two obligations are called “{obligation.id}”.", "Rename one."
                )
            if not obligation.after:
                continue
            if obligation.after not in ids:
                table.wrong(
                    "unknown-obligation",
                    "after",
                    f"“{obligation.after}” is not an obligation of this file.",
                    did_you_mean(obligation.after, ids, "obligations of this file"),
                )
            elif runs_in_circles(obligation.id, before):
                table.wrong(
                    "circular-after",
                    "after",
                    f"“{obligation.id}” waits, through “{obligation.after}”, for itself.",
                    "Let the first of them wait for nothing.",
                )
        return tuple(obligations)

    def _obligation(self, table: Table) -> Obligation:
        words = self.vocabulary.words
        trigger = self._trigger(table)
        obligation = Obligation(
            id=table.slug("id"),
            kind=table.word("kind", words["obligation_kind"]),
            by=self._actors(table, "by", filled=True),
            to=self._actors(table, "to", filled=True),
            mode=table.word("mode", words["mode"]),
            strength=table.word("strength", words["strength"]),
            discretion=table.word("discretion", words["discretion"]),
            duty=table.word("duty", words["duty"]),
            summary=table.text("summary"),
            trigger=trigger,
            basis=table.word("basis", words["basis"]),
            sources=self._cited(table, filled=True),
            domains=table.texts("domains"),
            means=table.texts("means"),
            limits=table.texts("limits"),
            deadline=self._deadline(table, trigger),
            urgency=table.word("urgency", words["urgency"]),
            due_on=table.day("due_on"),
            period=self._period(table),
            money=self._money(table),
            quantity=self._quantity(table),
            after=table.text("after"),
            conditions=self._conditions(table),
            provision=table.text("provision"),
            line=self.sheet.line(table.path),
        )
        self._check_obligation(table, obligation)
        return obligation

    def _trigger(self, of: Table) -> Trigger:
        table = of.table("trigger", required="events", optional="by against requires on_request_of at")
        if table is None:
            return Trigger(events=())
        at = moment_of(table.values["at"], allows_day=False) if "at" in table else None
        if "at" in table and at is None:
            table.wrong(
                "bad-time",
                "at",
                f"“{table.values['at']}” is not a time with an offset.",
                'Write "2015-02-15T00:00:00+02:00".',
            )
        for key in ("requires", "by", "against"):
            if key in table and table.values.get("events") in (["standing"], ["calendar"]):
                table.wrong(
                    "trigger-without-event",
                    key,
                    f"“{key}” is asked of an event, and the duty needs none.",
                    "Name the event, or remove the key.",
                    Severity.ERROR if key == "requires" else Severity.WARNING,
                )
        return Trigger(
            events=table.words("events", self.events, "unknown-event", "kind of event", filled=True),
            by=self._actors(table, "by"),
            against=self._actors(table, "against"),
            requires=read_facts(table, "requires", self.vocabulary),
            on_request_of=self._actors(table, "on_request_of", filled=True),
            at=at,
        )

    def _deadline(self, of: Table, trigger: Trigger) -> Deadline | None:
        table = of.table(
            "deadline", required="qualifier", optional="within from ambiguous note", is_open=True
        )
        if table is None:
            return None
        start = table.word("from", self.vocabulary.words["deadline_from"])
        if "from" not in table:
            of.wrong(
                "deadline-without-start",
                "deadline",
                "A deadline whose clock starts nowhere.",
                f"Add “from”: {', '.join(self.vocabulary.words['deadline_from'])}.",
            )
        elif start == "request" and not trigger.on_request_of and "request" not in trigger.events:
            table.wrong(
                "deadline-without-start",
                "from",
                "The clock starts with a request, and nobody can make one.",
                "Add “on_request_of” to the trigger, or let the clock start with the trigger.",
            )
        elif start == "date" and "due_on" not in of and not _has_start(of.values.get("period")):
            table.wrong(
                "deadline-without-start",
                "from",
                "The clock starts on a date that is not given.",
                "Add “due_on”, or a “period” with a start.",
            )
        elif start in ("trigger", "first_trigger") and trigger.at is None and not _is_opened(trigger):
            table.wrong(
                "deadline-without-start",
                "from",
                "The clock starts with an event, and none triggers this.",
                "Name the event in the trigger, or write “due_on”.",
            )
        elif trigger.on_request_of and start and start != "request":
            table.wrong(
                "deadline-before-request",
                "from",
                "A duty on request has a clock that does not start with the request.",
                'Write from = "request".',
            )
        if "within" not in table and "due_on" not in of:
            of.wrong(
                "deadline-without-length",
                "deadline",
                "A deadline with neither a length nor a date.",
                'Add within = "PT24H", or “due_on”; an adverb belongs into “urgency”.',
            )
        return Deadline(
            within=table.duration("within"),
            start=start,
            qualifier=table.word("qualifier", self.vocabulary.words["deadline_qualifier"]),
            ambiguous=table.text("ambiguous"),
        )

    def _period(self, of: Table) -> Period | None:
        table = of.table("period", optional="start end recurrence label note", is_open=True)
        if table is None:
            return None
        period = Period(
            start=table.day("start"),
            end=table.day("end"),
            recurrence=table.duration("recurrence"),
            label=table.text("label"),
        )
        if not table.values:
            of.wrong("empty-list", "period", "The period is empty.", "Add a start, an end or a label.")
        if period.start and period.end and period.end <= period.start:
            table.wrong(
                "dates-reversed", "end", "The period ends before it starts.", "Correct one of the two days."
            )
        if period.recurrence is not None:
            if not (period.recurrence.months or period.recurrence.days) or period.recurrence.seconds:
                table.wrong(
                    "bad-duration",
                    "recurrence",
                    "A promise comes again after days at least.",
                    "Write P1Y or P1M.",
                )
            elif not (period.start or period.end):
                table.wrong(
                    "period-without-start", "recurrence", "A recurrence without a start.", "Add “start”."
                )
            elif (
                period.start
                and period.end
                and ((period.end - period.start) / period.recurrence.rough() > MOST_PERIODS)
            ):
                table.wrong(
                    "bad-duration", "recurrence", f"More than {MOST_PERIODS} periods.", "Write a longer one."
                )
        return period

    def _money(self, of: Table) -> Sum | None:
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
            table.wrong("unknown-currency", "currency", str(objection), way_out_of(objection))
        amount = None
        share = table.text("share_of_gdp_percent")
        if share and not _DECIMAL.fullmatch(share):
            table.wrong("bad-number", "share_of_gdp_percent", f"“{share}” is not a share.", 'Write "0.25".')
        if "value" in table:
            value = table.whole("value")
            if "currency" not in table:
                table.wrong(
                    "amount-without-currency", "value", "An amount without currency.", "Add “currency”."
                )
            if is_currency(currency):
                amount = Amount(value * 10 ** digits_of(currency), currency)
        elif not share:
            of.wrong(
                "amount-without-value",
                "amount",
                "Neither an amount nor a share.",
                "Add “value” and “currency”, or “share_of_gdp_percent”.",
            )
        return Sum(
            amount=amount,
            share_of_gdp_percent=Decimal(share) if share and _DECIMAL.fullmatch(share) else None,
            qualifier=table.word("qualifier", self.vocabulary.words["amount_qualifier"]),
            per=table.word("per", self.vocabulary.words["amount_per"]),
        )

    def _quantity(self, of: Table) -> Quantity | None:
        table = of.table("quantity", required="value unit", optional="item qualifier per note", is_open=True)
        if table is None:
            return None
        return Quantity(
            value=table.whole("value"),
            unit=table.text("unit"),
            item=table.text("item"),
            qualifier=table.word("qualifier", self.vocabulary.words["amount_qualifier"]),
            per=table.word("per", self.vocabulary.words["amount_per"]),
        )

    def _conditions(self, of: Table) -> tuple[Condition, ...]:
        words = self.vocabulary.words
        return tuple(
            Condition(
                kind=table.word("kind", words["condition_kind"]),
                effect=table.word("effect", words["condition_effect"]),
                by=self._actor(table, "by"),
                note=table.text("note"),
            )
            for table in of.tables("conditions", required="kind effect", optional="by note", is_open=True)
        )

    # What no single key shows

    def _check_obligation(self, table: Table, obligation: Obligation) -> None:
        if obligation.strength == "may" and obligation.duty and obligation.duty != "power":
            table.wrong(
                "power-as-duty",
                "duty",
                f"Who “may” owes nothing, and the duty is “{obligation.duty}”.",
                'Write duty = "power", or the verb that the text has.',
            )
        if obligation.duty == "power" and obligation.discretion in ("none", "means"):
            table.wrong(
                "power-as-duty",
                "discretion",
                "A power leaves open at least whether it is used.",
                'Write discretion = "whether" or "whether_and_means".',
            )
        if obligation.duty == "periodic" and obligation.period is None and "period" not in table:
            table.wrong(
                "period-without-start",
                "duty",
                "A periodic duty without a period.",
                "Add “period” with a start.",
            )
        roles = {party.id: party.role for party in self.parties}
        obligors = self.actors.expand(obligation.by)
        is_own = set(obligors) == set(self.actors.expand(obligation.to))
        if obligors and is_own and not any(roles.get(each) in ("mutual", "bound") for each in obligation.by):
            # Two who owe each other something read oddly in these roles, and still owe it to somebody.
            table.wrong(
                "own-beneficiary",
                "to",
                f"{', '.join(f'“{each}”' for each in obligors[:5])}: obligor and beneficiary are the same.",
                "Name the one to whom it is owed; parties that owe it to each other are “mutual”.",
                Severity.ERROR if len(obligors) == 1 else Severity.WARNING,
            )


def _is_opened(trigger: Trigger) -> bool:
    """Say whether something happens that a clock could start with."""
    return any(event not in ("standing", "calendar") for event in trigger.events) or not trigger.events


def _has_start(period: object) -> bool:
    return isinstance(period, dict) and "start" in period


def read_facts(table: Table, key: str, vocabulary: Vocabulary) -> dict[str, Fact]:
    """Read the facts that a trigger requires or an event has."""
    value = table.values.get(key, {})
    if not isinstance(value, dict):
        table.wrong(
            "wrong-type", key, f"“{key}” is to be a table.", f"Write {key} = {{ new_attack = true }}."
        )
        return {}
    facts: dict[str, Fact] = {}
    for name, fact in value.items():
        path = (*table.path, key, name)
        kind = vocabulary.fact_types.get(name)
        if kind is None:
            table.sheet.found(
                "unknown-fact",
                path,
                f"“{name}” is not a known fact.",
                did_you_mean(name, tuple(vocabulary.fact_types), "facts"),
            )
        elif kind == "bool":
            if isinstance(fact, bool):
                facts[name] = fact
            else:
                table.sheet.found("bad-fact", path, f"“{name}” is true or false.", "Write true or false.")
        else:
            try:
                facts[name] = parse_duration(fact if isinstance(fact, str) else str(fact))
            except ValueError as problem:
                table.sheet.found("bad-fact", path, f"“{name}”: {problem}.", 'Write for example "PT24H".')
    return facts
