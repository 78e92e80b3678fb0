"""What an evaluation gives: one instance of an obligation for each episode, period and obligor.

*Breached* is not among the states. Missing evidence of performance is no evidence of a breach; only a
person finds one, with a source, and the finding then stands beside the state.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from pledgeline.guarantees.instruments import Condition
from pledgeline.guarantees.moments import Window
from pledgeline.guarantees.scenarios import BreachFinding
from pledgeline.money import Amount
from pledgeline.programme.sentences import Sentence, sentence


class ObligationState(StrEnum):
    """Where an obligation stands as of a day."""

    NOT_IN_FORCE = "not_in_force"
    NOT_TRIGGERED = "not_triggered"
    UNDETERMINED = "undetermined"
    CONDITIONAL = "conditional"
    WAITING = "waiting"
    BLOCKED = "blocked"
    DUE = "due"
    NO_FIXED_DATE = "no_fixed_date"
    FULFILLED = "fulfilled"
    FULFILLED_LATE = "fulfilled_late"
    FULFILLED_TIMELINESS_UNCERTAIN = "fulfilled_timeliness_uncertain"
    OVERDUE = "overdue"
    TARGET_MISSED = "target_missed"

    @property
    def said(self) -> Sentence:
        return sentence("guarantees.state", state=self.value)


DONE = frozenset(
    {
        ObligationState.FULFILLED,
        ObligationState.FULFILLED_LATE,
        ObligationState.FULFILLED_TIMELINESS_UNCERTAIN,
    }
)
OPEN = frozenset(
    {
        ObligationState.DUE,
        ObligationState.NO_FIXED_DATE,
        ObligationState.OVERDUE,
        ObligationState.TARGET_MISSED,
    }
)
"""States in which something is owed now (or, where the obligors only may, could be done now)."""


class RuleApplied(NamedTuple):
    """One rule that was applied: its number in the reading rules, and what it gave."""

    rule: int
    says: Sentence


class DeadlineReading(NamedTuple):
    """One way to read an ambiguous deadline: where the clock starts, and when it runs out."""

    start: str
    due: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One obligation in one episode or period.

    `obligors` are all of them for a joint duty and one for a several duty. `due` has two different ends
    when the start is known only by its day, or when the text can be read in several ways (`readings`).
    `shortfall` is what is missing to the promised number, in the currency or the unit of the promise.
    `missing_facts` have to be known first, those of an event of `asked_of`. `survives_end` says that the duty
    outlives its instrument.

    Units:   times in UTC; `late_by` is elapsed time, `late_by_days` counts local days.
    """

    instrument: str
    obligation: str
    state: ObligationState
    obligors: tuple[str, ...]
    episode: str = ""
    period: str = ""
    triggered: Window | None = None
    due: Window | None = None
    readings: tuple[DeadlineReading, ...] = ()
    possibly_overdue: bool = False
    fulfilled: Window | None = None
    late_by: timedelta | None = None
    late_by_days: int | None = None
    shortfall: Amount | int | None = None
    missing_facts: tuple[str, ...] = ()
    asked_of: str = ""
    blocked_by: tuple[Condition, ...] = ()
    unlisted_groups: tuple[str, ...] = ()
    survives_end: bool = False
    breach: BreachFinding | None = None
    trace: tuple[RuleApplied, ...] = ()

    @property
    def due_at(self) -> datetime | None:
        """Give the last moment that is certainly in time, in UTC; of several readings the stated one."""
        if self.readings:
            return self.readings[0].due.earliest
        return self.due.earliest if self.due else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """From when to when an instrument is in force, and why it ends.

    `leaves` has the parties that left a treaty which goes on without them, and from which moment.
    """

    start: datetime | None
    end: datetime | None
    ended_by: Sentence | None
    leaves: tuple[tuple[str, datetime], ...] = ()
    steps: tuple[RuleApplied, ...] = ()

    @property
    def is_ended_by_notice(self) -> bool:
        return self.ended_by is not None and self.ended_by.code == "guarantees.end.notice"

    def holds(self, when: Window) -> bool | None:
        """Say whether the instrument was in force throughout `when`; nothing when only in a part of it."""
        if self.start is None or when.latest < self.start:
            return False
        if self.end is None:
            return True if when.earliest >= self.start else None
        if when.earliest > self.end:
            return False
        return True if when.earliest >= self.start and when.latest <= self.end else None

    def left(self, actor: str) -> datetime | None:
        """Give the moment from which `actor` is bound no more."""
        left = next((moment for who, moment in self.leaves if who == actor), None)
        if left is None or (self.end is not None and self.end < left):
            return self.end
        return left
