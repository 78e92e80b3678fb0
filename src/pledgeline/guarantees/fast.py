"""The fast evaluator: the same rules, with everything looked up instead of read through.

Ten thousand obligations and a thousand events are ten million questions to the plain evaluator. Here events
are sorted once by kind and victim, records by obligation, requests by episode; and duties with the same
trigger share one answer. `evaluate.evaluate` is the judge: both must give the same instances.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from pledgeline.guarantees.evaluate import assumed_for, checked, instances_of
from pledgeline.guarantees.force import force_of
from pledgeline.guarantees.instances import Force, Instance
from pledgeline.guarantees.instruments import Fact, Register
from pledgeline.guarantees.known import KnownEvent, KnownRecord, kept_records, met_conditions, seen_events
from pledgeline.guarantees.matching import Duty, Match, episodes_of
from pledgeline.guarantees.moments import Window
from pledgeline.guarantees.openings import Opening, event_openings
from pledgeline.guarantees.scenarios import BreachFinding, ConditionRecord, Product, Scenario

Signature = tuple[frozenset[str], frozenset[str], frozenset[str], tuple[tuple[str, Fact], ...]]


class FastView:
    """What was known, sorted for looking up."""

    def __init__(
        self, register: Register, scenario: Scenario, zone: str, as_of: datetime, known_at: datetime
    ) -> None:
        self.zone, self.as_of = zone, as_of
        events = seen_events(register, scenario, zone, as_of, known_at)
        self._order = {id(seen): number for number, seen in enumerate(events)}
        self._by_kind: dict[str, list[KnownEvent]] = defaultdict(list)
        self._by_kind_and_instrument: dict[tuple[str, str], list[KnownEvent]] = defaultdict(list)
        self._by_kind_and_victim: dict[tuple[str, str], list[KnownEvent]] = defaultdict(list)
        self._by_kind_and_episode: dict[tuple[str, str], list[KnownEvent]] = defaultdict(list)
        episode_of = {seen.event.id: seen.episode for seen in events}
        for seen in events:
            event = seen.event
            about = (
                {seen.episode, episode_of.get(event.ref, event.ref or seen.episode)}
                if event.episode or event.ref
                else {""}
            )
            for kind in seen.lineage:
                self._by_kind[kind].append(seen)
                self._by_kind_and_instrument[kind, event.instrument].append(seen)
                for victim in seen.against or ("",):
                    self._by_kind_and_victim[kind, victim].append(seen)
                for episode in about:
                    self._by_kind_and_episode[kind, episode].append(seen)
        self._records: dict[tuple[str, str], list[KnownRecord]] = defaultdict(list)
        for kept in kept_records(register, scenario, zone, as_of, known_at):
            self._records[kept.record.instrument, kept.record.obligation].append(kept)
        self._conditions: dict[str, list[tuple[ConditionRecord, Window]]] = defaultdict(list)
        for condition in met_conditions(scenario, zone, as_of, known_at):
            self._conditions[condition[0].instrument].append(condition)
        self._breaches: dict[tuple[str, str], list[BreachFinding]] = defaultdict(list)
        for breach in scenario.breaches:
            if breach.when.window(zone).earliest <= known_at:
                self._breaches[breach.instrument, breach.obligation].append(breach)
        self._products = [
            product for product in scenario.products if product.known_from.window(zone).earliest <= known_at
        ]
        self._episodes: dict[Signature, dict[str, list[Match]]] = {}
        self._openings: dict[tuple[Signature, datetime | None, datetime | None], list[Opening]] = {}

    def _in_time(self, *lists: Iterable[KnownEvent]) -> list[KnownEvent]:
        """Put events from several lists together, each once, in the order of time."""
        whole = {self._order[id(seen)]: seen for members in lists for seen in members}
        return [whole[number] for number in sorted(whole)]

    def of_kind(self, kind: str, instrument: str = "") -> Sequence[KnownEvent]:
        if not instrument:
            return self._by_kind.get(kind, [])
        own = self._by_kind_and_instrument.get((kind, instrument), [])
        of_none = self._by_kind_and_instrument.get((kind, ""), [])
        return self._in_time(own, of_none) if own else of_none

    def in_episode(self, episode: str, kind: str) -> Sequence[KnownEvent]:
        if not episode:
            # A duty without an episode may be concerned by any request or determination.
            return self._by_kind.get(kind, [])
        own = self._by_kind_and_episode.get((kind, episode), [])
        of_none = self._by_kind_and_episode.get((kind, ""), [])
        return self._in_time(own, of_none) if of_none else own

    def records(self, instrument: str, obligation: str) -> Sequence[KnownRecord]:
        return self._records.get((instrument, obligation), [])

    def conditions(self, instrument: str) -> Sequence[tuple[ConditionRecord, Window]]:
        return self._conditions.get(instrument, [])

    def breaches(self, instrument: str, obligation: str) -> Sequence[BreachFinding]:
        return self._breaches.get((instrument, obligation), [])

    def products(self) -> Sequence[Product]:
        return self._products

    def openings(self, duty: Duty, force: Force) -> list[Opening]:
        """Find what events open, once for all duties with the same trigger and the same time in force."""
        requires = tuple(sorted(duty.obligation.trigger.requires.items(), key=lambda pair: pair[0]))
        signature = (duty.kinds, duty.by, duty.against, requires)
        key = (signature, force.start, force.end)
        found = self._openings.get(key)
        if found is None:
            found = self._openings[key] = event_openings(force, self._episodes_of(duty, signature))
        return found

    def _episodes_of(self, duty: Duty, signature: Signature) -> Mapping[str, list[Match]]:
        answer = self._episodes.get(signature)
        if answer is None:
            if duty.against:
                lists = [
                    self._by_kind_and_victim.get((kind, victim), [])
                    for kind in duty.kinds
                    for victim in (*duty.against, "")
                ]
            else:
                lists = [self._by_kind.get(kind, []) for kind in duty.kinds]
            answer = self._episodes[signature] = episodes_of(duty, self._in_time(*lists))
        return answer


def evaluate_fast(
    register: Register, scenario: Scenario, as_of: datetime, *, known_at: datetime | None = None
) -> tuple[Instance, ...]:
    """Give every instance of every obligation as of a moment: what `evaluate` gives, sooner."""
    known = checked(as_of, known_at)
    chosen = register.only(scenario.instruments) if scenario.instruments else register
    views: dict[str, FastView] = {}
    found: list[Instance] = []
    with _without_collection():
        for instrument in chosen.instruments:
            view = views.get(instrument.zone)
            if view is None:
                view = views[instrument.zone] = FastView(register, scenario, instrument.zone, as_of, known)
            force = force_of(register, instrument, view, assumed_for(scenario, instrument))
            found.extend(instances_of(register, instrument, force, view, view.openings))
    return tuple(found)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Keep the collector of cycles out: it would walk all instances again and again, and none has a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
