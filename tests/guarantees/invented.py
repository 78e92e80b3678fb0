"""Invented registers and scenarios, as large as a test wants them."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pledgeline.guarantees.instruments import Instrument, Obligation, Register
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.scenarios import Fulfilment, Scenario, ScenarioEvent
from pledgeline.guarantees.vocabulary import Actors

START = datetime(2026, 1, 1, tzinfo=UTC)


def renamed(register: Register, name) -> Register:
    """Give the register with `name(code)` in the place of every actor and group."""

    def actors(codes):
        return tuple(name(code) for code in codes)

    def obligation(each: Obligation) -> Obligation:
        trigger = replace(
            each.trigger,
            by=actors(each.trigger.by),
            against=actors(each.trigger.against),
            on_request_of=actors(each.trigger.on_request_of),
        )
        conditions = tuple(
            replace(condition, by=name(condition.by) if condition.by else "") for condition in each.conditions
        )
        return replace(each, by=actors(each.by), to=actors(each.to), trigger=trigger, conditions=conditions)

    def instrument(each: Instrument) -> Instrument:
        term = each.term
        if term is not None:
            ends = tuple(
                replace(ending, actor=name(ending.actor), to=name(ending.to) if ending.to else "")
                for ending in term.ends_when
            )
            term = replace(term, ends_when=ends)
        return replace(
            each,
            parties=tuple(replace(party, id=name(party.id)) for party in each.parties),
            obligations=tuple(obligation(duty) for duty in each.obligations),
            aggressor=actors(each.aggressor),
            vetoes=tuple(replace(veto, actor=name(veto.actor)) for veto in each.vetoes),
            term=term,
        )

    return Register(
        vocabulary=register.vocabulary,
        actors=Actors(
            names={name(code): text for code, text in register.actors.names.items()},
            groups={
                name(code): replace(group, id=name(code), members=actors(group.members))
                for code, group in register.actors.groups.items()
            },
        ),
        instruments=tuple(instrument(member) for member in register.instruments),
    )


def many_times(register: Register, obligations: int) -> Register:
    """Repeat the register, each time with other actors, until it has so many obligations."""
    names, groups, instruments, count, copy = {}, {}, [], 0, 0
    while count < obligations:
        other = renamed(register, lambda code, copy=copy: f"{code}_{copy}")
        names.update(other.actors.names)
        groups.update(other.actors.groups)
        for instrument in other.instruments:
            if count >= obligations:
                break
            instruments.append(
                replace(
                    instrument,
                    id=f"{instrument.id}-{copy}",
                    obligations=instrument.obligations[: obligations - count],
                )
            )
            count += len(instruments[-1].obligations)
        copy += 1
    return Register(
        vocabulary=register.vocabulary,
        actors=Actors(names=names, groups=groups),
        instruments=tuple(instruments),
    )


KINDS = (
    ("armed_attack",), ("naval_blockade",), ("threat_of_armed_attack",), ("armed_attack", "ceasefire_violation"),
    ("request",), ("ceasefire_in_force",), ("notice_of_termination",), ("determination",), ("grey_zone_attack",),
)  # fmt: skip


def many_events(register: Register, count: int, *, seed: int, unknown: float = 0.1, kinds=KINDS) -> Scenario:
    """Invent events all over the register, several to an episode, with records of what was done about them."""
    chance = random.Random(seed)
    duties = [
        (source, obligation)
        for source in register.instruments
        for obligation in source.obligations
        if obligation.trigger.against
    ] or [(source, obligation) for source in register.instruments for obligation in source.obligations]
    events: list[ScenarioEvent] = []
    records: list[Fulfilment] = []
    for number in range(count):
        instrument, duty = chance.choice(duties)
        at = START + timedelta(minutes=chance.randrange(600_000))
        chosen = chance.choice(kinds)
        episode = f"ep-{chance.randrange(max(1, count // 3))}"
        facts = {"new_attack": chance.random() < 0.8} if chance.random() < 0.8 else {}
        events.append(
            ScenarioEvent(
                id=f"e{number}",
                kinds=chosen,
                when=Moment(at=at) if chance.random() < 0.8 else Moment(on=at.date()),
                learnt=Moment(at=at + timedelta(hours=chance.randrange(100)))
                if chance.random() < 0.2
                else None,
                by=duty.trigger.by if chosen[0] not in ("request", "notice_of_termination") else duty.by[-1:],
                against=duty.trigger.against if chance.random() >= unknown else (),
                episode=episode if chance.random() < 0.9 else "",
                ref=chance.choice(events).id if chosen == ("request",) and events else "",
                instrument=instrument.id if chosen == ("notice_of_termination",) else "",
                facts=facts,
                status=chance.choice(("", "", "", "alleged", "attributed", "confirmed")),
            )
        )
        if chance.random() < 0.3:
            records.append(
                Fulfilment(
                    id=f"r{number}",
                    instrument=instrument.id,
                    obligation=duty.id,
                    when=Moment(at=at + timedelta(hours=chance.randrange(100))),
                    by=duty.by,
                    episode=episode,
                )
            )
    return Scenario(events=tuple(events), records=tuple(records))
