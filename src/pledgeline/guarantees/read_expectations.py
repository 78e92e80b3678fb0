"""Read what must come out of a case: states, ends, numbers of instances, coverage."""

from datetime import date
from fractions import Fraction

from pledgeline.guarantees.case_tables import NEVER, CaseTables, day_of, number_of, period_of
from pledgeline.guarantees.cases import (
    CountExpectation,
    CoverageExpectation,
    EndExpectation,
    Expectation,
)
from pledgeline.guarantees.durations import Duration, parse_duration
from pledgeline.guarantees.instances import State
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.toml_tables import Table, moment_of
from pledgeline.programme.sentences import sentence


class ExpectationReader(CaseTables):
    """Reads the answers of a case that another reader has begun."""

    def expectations(self, table: Table) -> tuple[Expectation, ...]:
        """Read what must come out for single obligations."""
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
                    as_of=self._moment(each, "as_of") or NEVER,
                    instrument=instrument,
                    obligation=obligation,
                    episode=each.text("episode"),
                    period=period_of(each),
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

    def ends(self, table: Table) -> tuple[EndExpectation, ...]:
        """Read when instruments must end."""
        return tuple(
            EndExpectation(
                line=self.sheet.line(each.path),
                instrument=self._instrument(each),
                at=self._moment(each, "at") or NEVER,
            )
            for each in self._each(table, "ends", required="instrument at", optional="note")
        )

    def counts(self, table: Table) -> tuple[CountExpectation, ...]:
        """Read how many instances obligations must have."""
        found = []
        for each in self._each(
            table, "instances", required="instrument obligation count", optional="episode note"
        ):
            instrument, obligation = self._obligation(each)
            count = each.values.get("count")
            if type(count) is not int or count < 0:
                each.wrong("count", sentence("guarantees.bad-number.count"))
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

    def coverage(self, table: Table) -> tuple[CoverageExpectation, ...]:
        """Read what must be covered, and by whom alone."""
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
                    beneficiary=each.word(
                        "beneficiary", self.codes, "guarantees.unknown-actor.word", "actor"
                    ),
                    on=day_of(each, "on") or date.max,
                    without=self._actors(each, "without"),
                    event=each.word(
                        "event", tuple(self.vocabulary.parents), "guarantees.unknown-event.word", "event"
                    ),
                    kinds=each.words("kinds", kinds, "guarantees.unknown-word.help", "kind-of-help"),
                    uncovered_kinds=each.words(
                        "uncovered_kinds", kinds, "guarantees.unknown-word.help", "kind-of-help"
                    )
                    if "uncovered_kinds" in each
                    else None,
                    single_points=self._actors(each, "single_points") if "single_points" in each else None,
                )
            )
        return tuple(found)


def _shortfall(table: Table) -> Fraction | None:
    value = table.values.get("shortfall")
    if value is None:
        return None
    if isinstance(value, dict):
        inner = table.table("shortfall", required="value", optional="currency unit item")
        value = inner.values.get("value") if inner else None
    number = number_of(value)
    if number is None:
        table.wrong("shortfall", sentence("guarantees.bad-number.shortfall"))
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
    table.wrong("due_window", sentence("guarantees.bad-time.window"))
    return None
