"""Answer what a scenario leaves open, and ask for what waits for a request: each gives a new scenario.

Whether it is a new attack decides whether anything is owed at all. So the question is answered where it is
shown, and the answer is a scenario like every other.
"""

from dataclasses import replace

from pledgeline.guarantees.instruments import Fact
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.scenarios import Scenario, ScenarioEvent


def event_of(scenario: Scenario, event: str) -> ScenarioEvent:
    """Give an event by its id.

    Raises:  KeyError when there is none.
    """
    found = next((known for known in scenario.events if known.id == event), None)
    if found is None:
        raise KeyError(f"no event “{event}”")
    return found


def with_event(scenario: Scenario, changed: ScenarioEvent) -> Scenario:
    """Give the scenario with another event in the place of the one of the same id."""
    return replace(
        scenario,
        events=tuple(changed if known.id == changed.id else known for known in scenario.events),
    )


def with_fact(scenario: Scenario, event: str, fact: str, answer: Fact | None) -> Scenario:
    """Say a fact of an event; with no answer, that it is not known."""
    known = event_of(scenario, event)
    facts = {name: value for name, value in known.facts.items() if name != fact}
    return with_event(scenario, replace(known, facts=facts if answer is None else {**facts, fact: answer}))


def with_request(scenario: Scenario, event: str, asker: str, when: Moment) -> Scenario:
    """Add that somebody asked for what is owed after an event."""
    known = event_of(scenario, event)
    taken = {other.id for other in scenario.events}
    number = next(n for n in range(1, len(taken) + 2) if f"request-{n}" not in taken)
    request = ScenarioEvent(
        id=f"request-{number}",
        kinds=("request",),
        when=when,
        by=(asker,),
        ref=known.id,
        episode=known.episode,
    )
    return replace(scenario, events=(*scenario.events, request))
