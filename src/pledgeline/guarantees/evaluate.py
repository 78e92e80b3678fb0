"""Who owes what, to whom, by when? The plain evaluator, which is the judge.

It reads every event for every obligation and every record for every instance, and remembers nothing.
That makes it slow on large registers and easy to check by hand; `fast.py` must give the same answer.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from pledgeline.guarantees.force import force_of
from pledgeline.guarantees.instances import Force, Instance
from pledgeline.guarantees.instruments import Instrument, Obligation, Register
from pledgeline.guarantees.known import (
    KnownEvent,
    KnownRecord,
    View,
    kept_records,
    met_conditions,
    seen_events,
)
from pledgeline.guarantees.matching import Duty, duty_of, episodes_of
from pledgeline.guarantees.moments import Window
from pledgeline.guarantees.openings import Opening, event_openings, implicit_openings, obligor_sets
from pledgeline.guarantees.scenarios import BreachFinding, ConditionRecord, Product, Scenario
from pledgeline.guarantees.settle import settle, untriggered


class PlainView:
    """Everything that was known, handed over whole at each question."""

    def __init__(
        self, register: Register, scenario: Scenario, zone: str, as_of: datetime, known_at: datetime
    ) -> None:
        self.zone, self.as_of = zone, as_of
        self._events = seen_events(register, scenario, zone, as_of, known_at)
        self._records = kept_records(register, scenario, zone, as_of, known_at)
        self._conditions = met_conditions(scenario, zone, as_of, known_at)
        self._breaches = [
            breach for breach in scenario.breaches if breach.when.window(zone).earliest <= known_at
        ]
        self._products = [
            product for product in scenario.products if product.known_from.window(zone).earliest <= known_at
        ]

    def of_kind(self, kind: str, instrument: str = "") -> Sequence[KnownEvent]:
        return self._events

    def in_episode(self, episode: str, kind: str) -> Sequence[KnownEvent]:
        return self._events

    def records(self, instrument: str, obligation: str) -> Sequence[KnownRecord]:
        return self._records

    def conditions(self, instrument: str) -> Sequence[tuple[ConditionRecord, Window]]:
        return self._conditions

    def breaches(self, instrument: str, obligation: str) -> Sequence[BreachFinding]:
        return self._breaches

    def products(self) -> Sequence[Product]:
        return self._products

    def openings(self, duty: Duty, force: Force) -> list[Opening]:
        return event_openings(force, episodes_of(duty, self._events))


def evaluate(
    register: Register, scenario: Scenario, as_of: datetime, *, known_at: datetime | None = None
) -> tuple[Instance, ...]:
    """Give every instance of every obligation as of a moment.

    `known_at` is the moment whose knowledge counts, the same moment unless it is given: so a question
    about last week can be asked with what was known last week.

    Shape:   in the order of the register; for each obligation its openings in the order of time, for each
             of them its obligors; an obligation that nothing opened has one instance that says so.
    Raises:  ValueError when a moment has no offset; KeyError for an instrument that is not in the register.
    """
    known = checked(as_of, known_at)
    chosen = register.only(scenario.instruments) if scenario.instruments else register
    views: dict[str, PlainView] = {}
    found: list[Instance] = []
    for instrument in chosen.instruments:
        if instrument.zone not in views:
            views[instrument.zone] = PlainView(register, scenario, instrument.zone, as_of, known)
        view = views[instrument.zone]
        force = force_of(register, instrument, view, assumed_for(scenario, instrument))
        found.extend(instances_of(register, instrument, force, view, view.openings))
    return tuple(found)


def checked(as_of: datetime, known_at: datetime | None) -> datetime:
    """Give the moment of knowledge, and refuse moments that mean different things in different places."""
    known = known_at or as_of
    if as_of.tzinfo is None or known.tzinfo is None:
        raise ValueError("an evaluation needs moments with an offset")
    return known


def assumed_for(scenario: Scenario, instrument: Instrument) -> date | None:
    """Give the day from which the scenario assumes `instrument` in force."""
    return next(
        (assumption.on for assumption in scenario.assumptions if assumption.instrument == instrument.id), None
    )


def instances_of(
    register: Register,
    instrument: Instrument,
    force: Force,
    view: View,
    opened_by_events: Callable[[Duty, Force], list[Opening]],
) -> list[Instance]:
    """Give the instances of one instrument, in the order of its obligations.

    `opened_by_events` finds what the events open for a duty: the plain evaluator reads all of them, the
    fast one looks them up. A duty that comes after another is settled after it.
    """
    settled: dict[str, list[Instance]] = {}
    for obligation in _predecessors_first(instrument):
        duty = duty_of(register, instrument, obligation)
        openings: list[Opening] = []
        if duty.is_implicit:
            openings += implicit_openings(duty, force, view)
        if duty.kinds:
            openings += opened_by_events(duty, force)
        openings.sort(key=lambda opening: (opening.opens.earliest, opening.episode, opening.period))
        before = settled.get(obligation.after, [])
        settled[obligation.id] = [
            settle(duty, force, opening, obligors, view, before)
            for opening in openings
            for obligors in obligor_sets(duty, force, opening)
        ] or [untriggered(duty, force, view)]
    return [instance for obligation in instrument.obligations for instance in settled[obligation.id]]


def _predecessors_first(instrument: Instrument) -> list[Obligation]:
    """Order the obligations so that each comes after the one it waits for."""
    waiting, order, placed = list(instrument.obligations), [], {""}
    while waiting:
        ready = [obligation for obligation in waiting if obligation.after in placed]
        if not ready:
            raise ValueError(
                f"obligations of {instrument.id} wait for each other: the reader refuses such a file"
            )
        order += ready
        placed.update(obligation.id for obligation in ready)
        waiting = [obligation for obligation in waiting if obligation.id not in placed]
    return order
