"""Open facts are answered, and requests made, in the scenario itself; its text then says so."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledgeline.guarantees import ObligationState, Scenario, read_cases, timeline
from pledgeline.guarantees.answers import event_of, with_event, with_fact, with_request
from pledgeline.guarantees.durations import parse_duration
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.scenarios import BreachFinding, ScenarioEvent, fingerprint
from pledgeline.guarantees.write_cases import scenario_toml
from tests.examples import examples
from tests.guarantees import strategies
from tests.guarantees.conftest import SHIPPED

AT = datetime(2026, 12, 5, 2, tzinfo=UTC)
ATTACK = ScenarioEvent(id="e1", kinds=("armed_attack",), when=Moment(at=AT), by=("RU",), against=("UA",))
BARE = Scenario(id="written", title="Reported", events=(ATTACK,))


@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_scenario_written_as_text_is_read_as_the_same_scenario(data):
    register = data.draw(strategies.registers())
    scenario = replace(
        data.draw(strategies.scenarios(register)),
        id="drill",
        title=data.draw(st.sampled_from(["", 'A "drill"', "Навчання \\ 1", "a = 1"])),
    )
    reading = read_cases("drill.toml", scenario_toml(scenario), register)

    assert [] == [finding for finding in reading.findings if finding.is_error]
    (case,) = reading.cases
    assert scenario == case.scenario
    assert fingerprint(scenario) == fingerprint(case.scenario)


@pytest.mark.parametrize("path", sorted((SHIPPED / "scenarios").glob("*.toml")), ids=lambda path: path.stem)
def test_a_ready_scenario_goes_through_its_text_unchanged(shipped, path):
    for case in read_cases(path.name, path.read_text(encoding="utf-8"), shipped).cases:
        text = scenario_toml(case.scenario, case.as_of)
        (again,) = read_cases("again.toml", text, shipped).cases

        assert case.scenario == again.scenario
        assert case.as_of == again.as_of


def test_what_only_a_text_can_say_goes_through_it_too(shipped):
    """A finding of a breach, a sum in another currency, a group, what was learnt later."""
    found = BreachFinding(
        instrument="budapest-1994", obligation="respect-borders", obligor="RU", found_by="General Assembly",
        source="resolution 68/262", when=Moment(at=AT),
    )  # fmt: skip
    scenario = Scenario(
        id="all",
        instruments=("budapest-1994",),
        events=(replace(ATTACK, learnt=Moment(at=AT), facts={"persists_after": parse_duration("PT72H")}),),
        breaches=(found,),
    )
    (case,) = read_cases("all.toml", scenario_toml(scenario), shipped).cases

    assert scenario == case.scenario


def states(shipped, scenario: Scenario) -> dict[str, ObligationState]:
    found = timeline(shipped, scenario, AT)
    return {
        entry.instrument.id: entry.instance.state
        for entry in found.entries
        if entry.obligation.id == "consult"
    }


def test_an_open_fact_names_its_event_and_the_answer_settles_the_duties(shipped):
    (unknown,) = timeline(shipped, BARE, AT).unknowns

    assert ("e1", "new_attack") == (unknown.event, unknown.fact)
    assert ObligationState.UNDETERMINED is states(shipped, BARE)["ua-gb-2024"]
    yes = with_fact(BARE, "e1", "new_attack", True)
    assert ObligationState.DUE is states(shipped, yes)["ua-gb-2024"]
    assert ObligationState.CONDITIONAL is states(shipped, yes)["ua-fr-2024"]
    no = with_fact(yes, "e1", "new_attack", False)
    assert "ua-gb-2024" not in states(shipped, no)
    assert BARE == with_fact(no, "e1", "new_attack", None)


def test_of_two_events_of_an_episode_the_right_one_is_asked(shipped):
    """The first is known to be no new attack; of the second nobody knows."""
    old = replace(ATTACK, episode="ep", facts={"new_attack": False})
    second = replace(ATTACK, id="e2", episode="ep")
    (unknown,) = timeline(shipped, replace(BARE, events=(old, second)), AT).unknowns

    assert ("ep", "e2") == (unknown.episode, unknown.event)


def test_the_duties_that_wait_are_counted_once_however_many_owe_them(shipped):
    found = timeline(shipped, BARE, AT)
    clauses = {
        (entry.instance.instrument, entry.instance.obligation)
        for entry in found.in_states(ObligationState.UNDETERMINED)
    }

    assert len(clauses) == len(found.undetermined) < len(found.in_states(ObligationState.UNDETERMINED))


def test_a_request_starts_the_clocks_that_wait_for_one(shipped):
    """Asked at 02:00 UTC: seven consultations of the weekend scenario are due a day later."""
    yes = with_fact(BARE, "e1", "new_attack", True)
    before = timeline(shipped, yes, AT)
    asked = timeline(shipped, with_request(yes, "e1", "UA", Moment(at=AT)), AT)

    assert 7 == len({entry.instrument.id for entry in before.to_ask})
    assert () == asked.to_ask
    due = [entry.instrument.id for entry in asked.owed if entry.instance.due is not None]
    assert {
        "ua-de-2024",
        "ua-eu-2024",
        "ua-fr-2024",
        "ua-it-2024",
        "ua-jp-2024",
        "ua-ro-2024",
        "ua-us-2024",
    } == set(due) - {"ua-gb-2024", "ua-lu-2024", "ua-nl-2024", "ua-pt-2024"}


def test_requests_have_ids_of_their_own():
    twice = with_request(with_request(BARE, "e1", "UA", Moment(at=AT)), "e1", "UA", Moment(at=AT))

    assert ["e1", "request-1", "request-2"] == [event.id for event in twice.events]


def test_an_event_that_is_not_there_is_said():
    with pytest.raises(KeyError):
        event_of(BARE, "e9")
    assert BARE == with_event(BARE, replace(ATTACK, id="e9"))
