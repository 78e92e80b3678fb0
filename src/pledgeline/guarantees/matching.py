"""Rule 3: does an event fit a trigger? Yes, no, or it would if certain facts were true."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pledgeline.guarantees.durations import Duration
from pledgeline.guarantees.instruments import Fact, Instrument, Obligation, Register
from pledgeline.guarantees.known import KnownEvent
from pledgeline.guarantees.vocabulary import IMPLICIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """An obligation made ready: groups expanded, words looked up."""

    instrument: Instrument
    obligation: Obligation
    obligors: tuple[str, ...]
    beneficiaries: frozenset[str]
    kinds: frozenset[str]
    by: frozenset[str]
    against: frozenset[str]
    may_ask: frozenset[str]
    unlisted: tuple[str, ...]
    is_implicit: bool


def duty_of(register: Register, instrument: Instrument, obligation: Obligation) -> Duty:
    """Make an obligation ready for the rules."""
    actors, trigger = register.actors, obligation.trigger
    kinds = frozenset(trigger.events)
    return Duty(
        instrument=instrument,
        obligation=obligation,
        obligors=actors.expand(obligation.by),
        beneficiaries=frozenset(actors.expand(obligation.to)),
        kinds=kinds - IMPLICIT,
        by=frozenset(actors.expand(trigger.by)),
        against=frozenset(actors.expand(trigger.against)),
        may_ask=frozenset(actors.expand(trigger.on_request_of)),
        unlisted=actors.unlisted(obligation.by),
        is_implicit=bool(kinds & IMPLICIT),
    )


class Match(NamedTuple):
    """How an event fits a trigger: it does (no `missing`), or does if the missing facts are true.

    `is_whole` is false when a required fact is known to be false; such an event still counts as the
    first of its episode for clocks that start with the first of them. `victims` are those against whom it
    went among those whom the trigger names.
    """

    seen: KnownEvent
    is_whole: bool
    missing: tuple[str, ...]
    victims: frozenset[str]


def match(duty: Duty, seen: KnownEvent) -> Match | None:
    """Say how `seen` fits the trigger of `duty`; nothing when kind or actors do not fit."""
    if not duty.kinds & seen.lineage:
        return None
    if (duty.by and seen.by and not duty.by & seen.by) or (
        duty.against and seen.against and not duty.against & seen.against
    ):
        return None
    missing: list[str] = []
    if duty.by and not seen.by:
        missing.append("by")
    if duty.against and not seen.against:
        missing.append("against")
    if seen.is_alleged:
        missing.append("attribution")
    is_whole = True
    for name, required in duty.obligation.trigger.requires.items():
        fact = seen.facts.get(name)
        if fact is None:
            missing.append(name)
        elif not _satisfies(fact, required):
            is_whole = False
    return Match(seen, is_whole, tuple(missing), duty.against & seen.against)


def _satisfies(fact: Fact, required: Fact) -> bool:
    if isinstance(required, Duration):
        return isinstance(fact, Duration) and fact.rough() >= required.rough()
    return fact == required


def episodes_of(duty: Duty, events: Iterable[KnownEvent]) -> dict[str, list[Match]]:
    """Sort the events that concern `duty` into their episodes, in the order of time."""
    episodes: dict[str, list[Match]] = {}
    for seen in events:
        found = match(duty, seen)
        if found is not None:
            episodes.setdefault(seen.episode, []).append(found)
    return episodes
