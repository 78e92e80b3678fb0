"""What starts a clock, and what the trace says of it: both evaluators, moments worked out by hand."""

from datetime import UTC, date, datetime

import pytest

from pledgeline.guarantees import Scenario, evaluate, evaluate_fast, read_register
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.scenarios import Fulfilment, ScenarioEvent
from tests.guarantees.conftest import SHIPPED

LATER = datetime(2026, 12, 20, tzinfo=UTC)
OBLIGATION = """
[[obligations]]
id = "{id}"
kind = "{kind}"
by = ["PL"]
to = ["UA"]
mode = "several"
strength = "shall"
discretion = "none"
duty = "achievement"
summary = "Invented."
basis = "text"
source = ["s1"]
"""
TALK = OBLIGATION.format(id="talk", kind="consult") + (
    'trigger = { events = ["armed_attack"], against = ["UA"] }\n'
)
HELP = OBLIGATION.format(id="help", kind="military_aid")
ASKED = 'trigger = { events = ["armed_attack"], against = ["UA"], on_request_of = ["UA"] }\n'
UNASKED = 'trigger = { events = ["armed_attack"], against = ["UA"] }\n'
PACT = """
schema = "pledgeline-guarantee/0.1"
id = "pact-2026"
title = "An invented pact"
short_title = "Pact"
kind = "treaty"
status = "signed"
status_as_of = 2026-02-01
level = "2"
signed_on = 2026-01-01
legally_binding = "yes"
time_zone = "Europe/Kyiv"
time_zone_basis = "assumed"
summary = "Invented."

[[parties]]
id = "PL"
role = "guarantor"

[[parties]]
id = "UA"
role = "beneficiary"

[[sources]]
id = "s1"
url = "https://example.org/pact"
kind = "text_copy"
read = "excerpt"
"""


def at(day: int, hour: int) -> Moment:
    return Moment(at=datetime(2026, 12, day, hour, tzinfo=UTC))


def attack(when: Moment) -> ScenarioEvent:
    return ScenarioEvent(
        id="attack", kinds=("armed_attack",), when=when, by=("RU",), against=("UA",), episode="ep"
    )


def request(when: Moment) -> ScenarioEvent:
    return ScenarioEvent(id="request", kinds=("request",), when=when, by=("UA",), episode="ep")


def held(when: Moment) -> Fulfilment:
    return Fulfilment(id="r", instrument="pact-2026", obligation="talk", when=when, by=("PL",), episode="ep")


def help_of(by, clause: str, *events: ScenarioEvent, records: tuple[Fulfilment, ...] = ()):
    """The instance of the help, as of 20 December, with the steps about its clock."""
    texts = {name: (SHIPPED / name).read_text(encoding="utf-8") for name in ("vocab.toml", "actors.toml")}
    reading = read_register(texts | {"pact-2026.toml": PACT + TALK + HELP + clause})
    assert () == reading.findings
    found = by(reading.register, Scenario(events=events, records=records), LATER)
    (instance,) = (each for each in found if each.obligation == "help")
    return instance, [str(step.says) for step in instance.trace if step.rule == 5]


@pytest.fixture(params=[evaluate, evaluate_fast])
def by(request):
    return request.param


ON_REQUEST = ASKED + 'deadline = { within = "PT24H", from = "request", qualifier = "hard" }\n'
AFTER_TALK = ON_REQUEST + 'after = "talk"\n'


def test_a_clock_from_the_request_says_so(by):
    """Attack on the 5th at 02:00, asked at 08:00: until the 6th, 08:00."""
    instance, says = help_of(by, ON_REQUEST, attack(at(5, 2)), request(at(5, 8)))

    assert datetime(2026, 12, 6, 8, tzinfo=UTC) == instance.due_at
    assert ["PT24H from request, 2026-12-05T08:00:00Z: 2026-12-06T08:00:00Z"] == says


def test_a_clock_that_waits_for_another_duty_names_that_duty_and_not_the_request(by):
    """Asked at 08:00, the talk held on the 7th at 10:00: the 24 hours run from the talk."""
    instance, says = help_of(by, AFTER_TALK, attack(at(5, 2)), request(at(5, 8)), records=(held(at(7, 10)),))

    assert datetime(2026, 12, 8, 10, tzinfo=UTC) == instance.due_at
    assert [
        "PT24H from request, but not before “talk” is fulfilled, 2026-12-07T10:00:00Z: 2026-12-08T10:00:00Z"
    ] == says
    assert "“talk” is fulfilled, 2026-12-07T10:00:00Z" in [str(step.says) for step in instance.trace]


def test_a_request_that_comes_after_the_other_duty_starts_the_clock_itself(by):
    """The talk was held on the 5th at 20:00, asked only on the 6th at 08:00."""
    instance, says = help_of(by, AFTER_TALK, attack(at(5, 2)), request(at(6, 8)), records=(held(at(5, 20)),))

    assert datetime(2026, 12, 7, 8, tzinfo=UTC) == instance.due_at
    assert ["PT24H from request, 2026-12-06T08:00:00Z: 2026-12-07T08:00:00Z"] == says


def test_a_request_before_the_attack_starts_nothing_and_the_trace_names_the_attack(by):
    """Asked on the 4th at 20:00, in fear; attacked on the 5th at 02:00."""
    instance, says = help_of(by, ON_REQUEST, request(at(4, 20)), attack(at(5, 2)))

    assert datetime(2026, 12, 6, 2, tzinfo=UTC) == instance.due_at
    assert [
        "PT24H from request, but not before the trigger, 2026-12-05T02:00:00Z: 2026-12-06T02:00:00Z"
    ] == says


def test_a_clock_from_the_attack_that_waits_for_another_duty_names_it_too(by):
    clause = UNASKED + 'after = "talk"\ndeadline = { within = "P2D", from = "trigger", qualifier = "hard" }\n'
    instance, says = help_of(by, clause, attack(at(5, 2)), records=(held(at(7, 10)),))

    assert datetime(2026, 12, 9, 21, 59, 59, 999999, tzinfo=UTC) == instance.due_at  # the 9th ends in Kyiv
    assert [
        "P2D from trigger, but not before “talk” is fulfilled, 2026-12-07T10:00:00Z: 2026-12-09T21:59:59Z"
    ] == says


def test_a_start_known_only_by_its_day_is_told_from_its_first_moment_to_its_last(by):
    """Asked on the 6th, hour not known: in Kyiv that day runs from the 5th 22:00 to the 6th 22:00 UTC."""
    _, says = help_of(by, ON_REQUEST, attack(at(5, 2)), request(Moment(on=date(2026, 12, 6))))

    assert [
        "PT24H from request, 2026-12-05T22:00:00Z to 2026-12-06T21:59:59Z: "
        "2026-12-06T22:00:00Z to 2026-12-07T21:59:59Z"
    ] == says


def test_where_a_fixed_day_ends_first_the_trace_ends_with_it(by):
    """24 hours from the request would end on the 6th; the fifth of December is over before."""
    instance, says = help_of(by, ON_REQUEST + "due_on = 2026-12-05\n", attack(at(5, 2)), request(at(5, 8)))

    assert datetime(2026, 12, 5, 21, 59, 59, 999999, tzinfo=UTC) == instance.due_at
    assert "the end of 2026-12-05 comes first" == says[-1]


def test_a_clock_without_its_start_is_not_run_from_anything_else(by):
    clause = UNASKED + 'deadline = { within = "PT24H", from = "determination", qualifier = "hard" }\n'
    instance, says = help_of(by, clause, attack(at(5, 2)))

    assert instance.due is None
    assert ["the clock starts with determination, which is not known"] == says
