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
from pledgeline.guarantees.instances import ObligationState
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.toml_tables import TomlTable, moment_of
from pledgeline.programme.sentences import sentence


class ExpectationReader(CaseTables):
    """Reads the answers of a case that another reader has begun."""

    def expectations(self, table: TomlTable) -> tuple[Expectation, ...]:
        """Read what must come out for single obligations."""
        found = []
        tables = table.tables(
            "expect",
            required="as_of instrument obligation",
            optional="episode period state obligors due_at due_window possibly_overdue late_by shortfall "
            "missing_facts discretion survives_end without_records note why",
        )
        for row in tables:
            instrument, obligation = self._obligation(row)
            state = row.word("state", [known.value for known in ObligationState])
            found.append(
                Expectation(
                    line=self.sheet.line(row.path),
                    as_of=self._moment(row, "as_of") or NEVER,
                    instrument=instrument,
                    obligation=obligation,
                    episode=row.text("episode"),
                    period=period_of(row),
                    state=ObligationState(state)
                    if state in [known.value for known in ObligationState]
                    else None,
                    obligors=self._actors(row, "obligors") if "obligors" in row else None,
                    due_at=self._moment(row, "due_at") if "due_at" in row else None,
                    due_window=_window(row),
                    possibly_overdue=row.flag("possibly_overdue"),
                    late_by=_duration(row, "late_by"),
                    shortfall=_shortfall(row),
                    missing_facts=row.texts("missing_facts") if "missing_facts" in row else None,
                    discretion=row.text("discretion") or None,
                    survives_end=row.flag("survives_end"),
                    without_records=bool(row.flag("without_records")),
                )
            )
        return tuple(found)

    def ends(self, table: TomlTable) -> tuple[EndExpectation, ...]:
        """Read when instruments must end."""
        return tuple(
            EndExpectation(
                line=self.sheet.line(row.path),
                instrument=self._instrument(row),
                at=self._moment(row, "at") or NEVER,
            )
            for row in self._each(table, "ends", required="instrument at", optional="note")
        )

    def counts(self, table: TomlTable) -> tuple[CountExpectation, ...]:
        """Read how many instances obligations must have."""
        found = []
        for row in self._each(
            table, "instances", required="instrument obligation count", optional="episode note"
        ):
            instrument, obligation = self._obligation(row)
            count = row.values.get("count")
            if type(count) is not int or count < 0:
                row.wrong("count", sentence("guarantees.bad-number.count"))
                count = 0
            found.append(
                CountExpectation(
                    line=self.sheet.line(row.path),
                    instrument=instrument,
                    obligation=obligation,
                    episode=row.text("episode"),
                    count=count,
                )
            )
        return tuple(found)

    def coverage(self, table: TomlTable) -> tuple[CoverageExpectation, ...]:
        """Read what must be covered, and by whom alone."""
        found = []
        kinds = (*self.vocabulary.words["obligation_kind"], "consult_with_number")
        for row in self._each(
            table,
            "coverage",
            required="beneficiary on",
            optional="without event kinds uncovered_kinds single_points note",
        ):
            found.append(
                CoverageExpectation(
                    line=self.sheet.line(row.path),
                    beneficiary=row.word("beneficiary", self.codes, "guarantees.unknown-actor.word", "actor"),
                    on=day_of(row, "on") or date.max,
                    without=self._actors(row, "without"),
                    event=row.word(
                        "event", tuple(self.vocabulary.parents), "guarantees.unknown-event.word", "event"
                    ),
                    kinds=row.words("kinds", kinds, "guarantees.unknown-word.help", "kind-of-help"),
                    uncovered_kinds=row.words(
                        "uncovered_kinds", kinds, "guarantees.unknown-word.help", "kind-of-help"
                    )
                    if "uncovered_kinds" in row
                    else None,
                    single_points=self._actors(row, "single_points") if "single_points" in row else None,
                )
            )
        return tuple(found)


def _shortfall(table: TomlTable) -> Fraction | None:
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


def _duration(table: TomlTable, key: str) -> Duration | None:
    """Read a duration; a bare number counts seconds."""
    value = table.values.get(key)
    if type(value) is int and 0 <= value < 10**9:
        return parse_duration(f"PT{value}S")
    return table.duration(key)


def _window(table: TomlTable) -> tuple[Moment, Moment] | None:
    """Read a due window: two moments, or a table that names its ends."""
    value = table.values.get("due_window")
    if value is None:
        return None
    if isinstance(value, dict):
        value = [
            next((value[key] for key in names if key in value), None)
            for names in (("from", "start", "earliest", "not_before"), ("to", "end", "latest", "until", "by"))
        ]
    ends = [moment_of(name, allows_day=True) for name in value] if isinstance(value, list) else []
    if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
        return ends[0], ends[1]
    table.wrong("due_window", sentence("guarantees.bad-time.window"))
    return None
