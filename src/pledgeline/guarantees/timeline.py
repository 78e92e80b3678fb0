"""What a duty officer asks: who owes what, to whom, by when, and what has to be found out first?

A timeline is an evaluation in the order of time, joined with the clause and its source. It keeps apart
what is owed from what is only to be decided, and what is legal from what is political.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pledgeline.guarantees.fast import evaluate_fast
from pledgeline.guarantees.instances import DONE, OPEN, Instance, ObligationState
from pledgeline.guarantees.instruments import Condition, Instrument, Obligation, Register
from pledgeline.guarantees.moments import zone
from pledgeline.guarantees.scenarios import Scenario
from pledgeline.programme.sentences import Sentence, sentence

FORMS = {"yes": "legal", "no": "political", "disputed": "disputed", "": "not stated"}
"""The lasting word for an instrument's legal force, by its `binding`: files and programs read it."""

NEEDS_THE_ADVERSARY = frozenset({"ceasefire_in_force", "hostilities_ended", "peace_agreement"})
"""Conditions that cannot be met without the other side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One line of a timeline: an instance with its instrument and its clause."""

    instrument: Instrument
    obligation: Obligation
    instance: Instance

    @property
    def owed_as(self) -> str:
        """Say what is owed: `performance`, only a `decision`, or nothing because it is a `power`."""
        return self.obligation.owed_as

    @property
    def legal_form(self) -> str:
        return FORMS[self.instrument.binding]

    @property
    def form_said(self) -> Sentence:
        return sentence("guarantees.form", binding=self.instrument.binding or "not-stated")

    @property
    def due_local(self) -> tuple[datetime, datetime] | None:
        """Give the due time as the wall clock of the instrument's zone shows it: earliest and latest."""
        due = self.instance.due
        if due is None:
            return None
        there = zone(self.instrument.zone)
        return due.earliest.astimezone(there), due.latest.astimezone(there)

    @property
    def waits_for_the_adversary(self) -> bool:
        """Say whether something stands in the way that the adversary alone can remove."""
        return any(self._needs_the_adversary(condition) for condition in self.instance.blocked_by)

    def _needs_the_adversary(self, condition: Condition) -> bool:
        named = {
            veto.kind for veto in self.instrument.vetoes if veto.over == self.obligation.id and veto.kind
        }
        return (
            condition.kind in NEEDS_THE_ADVERSARY
            or condition.by in self.instrument.aggressor
            or ("adversary_consent" in named and not condition.by)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A fact that would settle whether something is owed, and what hangs on it.

    `event` is empty where it is no fact of an event: a gross domestic product, the beginning of a period.
    """

    episode: str
    event: str
    fact: str
    obligations: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The answer to a scenario as of a moment. It is always called a scenario, whoever shows it."""

    scenario: Scenario
    as_of: datetime
    entries: tuple[TimelineEntry, ...]

    def in_states(self, *states: ObligationState) -> tuple[TimelineEntry, ...]:
        return tuple(entry for entry in self.entries if entry.instance.state in states)

    @property
    def owed(self) -> tuple[TimelineEntry, ...]:
        """List what has to be performed now, the next due time first."""
        return tuple(entry for entry in self.in_states(*OPEN) if entry.owed_as == "performance")

    @property
    def to_decide(self) -> tuple[TimelineEntry, ...]:
        """List where only a decision is owed."""
        return tuple(entry for entry in self.in_states(*OPEN) if entry.owed_as == "decision")

    @property
    def powers(self) -> tuple[TimelineEntry, ...]:
        """List what could be done and is not owed."""
        return tuple(entry for entry in self.in_states(*OPEN) if entry.owed_as == "power")

    @property
    def held_up(self) -> tuple[TimelineEntry, ...]:
        """List what waits for another duty or for a condition."""
        return self.in_states(ObligationState.WAITING, ObligationState.BLOCKED)

    @property
    def done(self) -> tuple[TimelineEntry, ...]:
        return self.in_states(*DONE)

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """List the facts to be found out, the one on which most hangs first."""
        by_fact: dict[tuple[str, str, str], list[TimelineEntry]] = {}
        for entry in self.in_states(ObligationState.UNDETERMINED):
            instance = entry.instance
            for fact in instance.missing_facts:
                by_fact.setdefault((instance.episode, instance.asked_of, fact), []).append(entry)
        found = [
            Unknown(episode=episode, event=event, fact=fact, obligations=tuple(entries))
            for (episode, event, fact), entries in by_fact.items()
        ]
        return tuple(
            sorted(
                found,
                key=lambda unknown: (-len(unknown.obligations), unknown.episode, unknown.event, unknown.fact),
            )
        )

    @property
    def undetermined(self) -> tuple["TimelineLine", ...]:
        """List the duties of which nobody can say yet whether they are owed."""
        return gathered(self.in_states(ObligationState.UNDETERMINED))

    @property
    def to_ask(self) -> tuple[TimelineEntry, ...]:
        """List what waits for a request: whoever may ask has to act first."""
        return self.in_states(ObligationState.CONDITIONAL)


def timeline(
    register: Register,
    scenario: Scenario,
    as_of: datetime,
    *,
    known_at: datetime | None = None,
    with_standing: bool = False,
) -> Timeline:
    """Say who owes what by when in a scenario.

    What no event of the scenario opened is left out unless `with_standing`: duties owed throughout the
    term, by the calendar, or since signature.

    Shape:   the earliest due time first, then what has no time, then the rest; ties as in the register.
    """
    return Timeline(
        scenario=scenario,
        as_of=as_of,
        entries=tuple(
            sorted(
                (
                    entry
                    for entry in entries(
                        register, evaluate_fast(register, scenario, as_of, known_at=known_at)
                    )
                    if with_standing or entry.instance.episode
                ),
                key=_place,
            )
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """Entries that say the same of several obligors, as one line to read."""

    entry: TimelineEntry
    obligors: tuple[str, ...]


def gathered(chosen: Iterable[TimelineEntry]) -> tuple[TimelineLine, ...]:
    """Put together what many states owe alike: thirty equal lines hide the one that differs."""
    alike: dict[object, list[TimelineEntry]] = {}
    for entry in chosen:
        it = entry.instance
        key = (
            it.instrument,
            it.obligation,
            it.episode,
            it.period,
            it.state,
            it.due,
            it.missing_facts,
            it.breach,
        )
        alike.setdefault((*key, it.shortfall, it.survives_end), []).append(entry)
    return tuple(
        TimelineLine(
            entry=same[0],
            obligors=tuple(dict.fromkeys(actor for entry in same for actor in entry.instance.obligors)),
        )
        for same in alike.values()
    )


def entries(register: Register, instances: Iterable[Instance]) -> Iterable[TimelineEntry]:
    """Join instances with their clauses."""
    clauses = {
        (instrument.id, obligation.id): (instrument, obligation)
        for instrument in register.instruments
        for obligation in instrument.obligations
    }
    for instance in instances:
        instrument, obligation = clauses[instance.instrument, instance.obligation]
        yield TimelineEntry(instrument=instrument, obligation=obligation, instance=instance)


_ORDER = {
    state: number
    for number, state in enumerate(
        (
            ObligationState.DUE,
            ObligationState.OVERDUE,
            ObligationState.TARGET_MISSED,
            ObligationState.NO_FIXED_DATE,
            ObligationState.CONDITIONAL,
            ObligationState.WAITING,
            ObligationState.BLOCKED,
            ObligationState.UNDETERMINED,
            ObligationState.FULFILLED,
            ObligationState.FULFILLED_LATE,
            ObligationState.FULFILLED_TIMELINESS_UNCERTAIN,
            ObligationState.NOT_TRIGGERED,
            ObligationState.NOT_IN_FORCE,
        )
    )
}


def _place(entry: TimelineEntry) -> tuple[int, str, int]:
    due = entry.instance.due
    has_due = due is not None and entry.instance.state in OPEN
    return (
        0 if has_due else 1,
        due.earliest.isoformat() if due and has_due else "",
        _ORDER[entry.instance.state],
    )
