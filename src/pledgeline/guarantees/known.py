"""What was known at one moment: events, records and conditions, read in one zone.

Rules take a `View` and look nothing up themselves; so the plain and the fast evaluator share the rules and
differ only in how they find what concerns an obligation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from pledgeline.guarantees.instruments import Fact, Register
from pledgeline.guarantees.moments import Window
from pledgeline.guarantees.scenarios import (
    BreachFinding,
    ConditionRecord,
    Fulfilment,
    Product,
    Scenario,
    ScenarioEvent,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownEvent:
    """An event as it was known: its span in one zone, groups expanded, later facts added."""

    event: ScenarioEvent
    window: Window
    lineage: frozenset[str]
    by: frozenset[str]
    against: frozenset[str]
    facts: Mapping[str, Fact]
    is_alleged: bool
    episode: str

    def is_a(self, kind: str) -> bool:
        """Say whether one of its kinds is `kind` or lies below it."""
        return kind in self.lineage


class KnownRecord(NamedTuple):
    """A record of fulfilment with its span."""

    record: Fulfilment
    window: Window
    by: frozenset[str]


class View(Protocol):
    """What was known at one moment, read in one zone. Each method may give more than was asked for."""

    zone: str
    as_of: datetime

    def of_kind(self, kind: str, instrument: str = "") -> Sequence[KnownEvent]: ...
    def in_episode(self, episode: str, kind: str) -> Sequence[KnownEvent]: ...
    def records(self, instrument: str, obligation: str) -> Sequence[KnownRecord]: ...
    def conditions(self, instrument: str) -> Sequence[tuple[ConditionRecord, Window]]: ...
    def breaches(self, instrument: str, obligation: str) -> Sequence[BreachFinding]: ...
    def products(self) -> Sequence[Product]: ...


def seen_events(
    register: Register, scenario: Scenario, zone_name: str, as_of: datetime, known_at: datetime
) -> list[KnownEvent]:
    """List the events that had happened by `as_of` and were known at `known_at`, in the order of time.

    An entry with a `ref` that is no request adds its facts, and its status if it has one, to that event.
    """
    vocabulary, actors = register.vocabulary, register.actors
    known: list[tuple[ScenarioEvent, Window, datetime]] = []
    for event in scenario.events:
        when, learnt = event.when.window(zone_name), event.known_from.window(zone_name)
        if when.earliest <= as_of and learnt.earliest <= known_at:
            known.append((event, when, learnt.earliest))
    facts = {event.id: dict(event.facts) for event, _, _ in known}
    status = {event.id: event.status for event, _, _ in known}
    episodes = {event.id: event.episode or event.id for event, _, _ in known}
    for event, _, _ in sorted(known, key=lambda item: item[2]):
        if event.ref in facts and "request" not in event.kinds:
            facts[event.ref].update(event.facts)
            status[event.ref] = event.status or status[event.ref]
    lineages = {
        kinds: frozenset(above for kind in kinds for above in vocabulary.lineage(kind))
        for kinds in {event.kinds for event, _, _ in known}
    }
    members = {
        codes: frozenset(actors.expand(codes)) for event, _, _ in known for codes in (event.by, event.against)
    }
    seen = [
        KnownEvent(
            event=event,
            window=when,
            lineage=lineages[event.kinds],
            by=members[event.by],
            against=members[event.against],
            facts=facts[event.id],
            is_alleged=status[event.id] == "alleged",
            episode=event.episode or episodes.get(event.ref, event.ref or event.id),
        )
        for event, when, _ in known
    ]
    return sorted(seen, key=lambda item: (item.window.earliest, item.window.latest, item.event.id))


def kept_records(
    register: Register, scenario: Scenario, zone_name: str, as_of: datetime, known_at: datetime
) -> list[KnownRecord]:
    """List the records of fulfilment that count as of a moment, in the order of time."""
    kept = []
    for record in scenario.records:
        when = record.when.window(zone_name)
        if when.earliest <= as_of and record.known_from.window(zone_name).earliest <= known_at:
            kept.append(KnownRecord(record, when, frozenset(register.actors.expand(record.by))))
    return sorted(kept, key=lambda item: (item.window.latest, item.record.id))


def met_conditions(
    scenario: Scenario, zone_name: str, as_of: datetime, known_at: datetime
) -> list[tuple[ConditionRecord, Window]]:
    """List the records about conditions, the later ones last: the last word counts."""
    found = []
    for record in scenario.conditions:
        when = record.when.window(zone_name)
        if when.earliest <= as_of and record.known_from.window(zone_name).earliest <= known_at:
            found.append((record, when))
    return sorted(found, key=lambda item: item[1].earliest)
