"""Scenario cases with answers worked out by hand, run by both evaluators."""

from pathlib import Path

import pytest

from pledgeline.guarantees import Register, check_case, evaluate, evaluate_fast, read_cases
from tests.guarantees.conftest import HERE, SHIPPED


def run(path: Path, register: Register, by) -> tuple[int, list[str]]:
    reading = read_cases(path.name, path.read_text(encoding="utf-8"), register)
    assert () == reading.findings
    results = [check_case(register, case, by=by) for case in reading.cases]
    differences = [
        f"{difference.case} line {difference.line}: {difference.about}: "
        f"expected {difference.expected}, got {difference.got}"
        for result in results
        for difference in result.differences
    ]
    return sum(result.checks for result in results), differences


@pytest.mark.parametrize("by", [evaluate, evaluate_fast])
@pytest.mark.parametrize("path", sorted((SHIPPED / "scenarios").glob("*.toml")), ids=lambda path: path.stem)
def test_the_ready_scenarios_come_out_as_their_answers_say(path, by, shipped):
    checks, differences = run(path, shipped, by)

    assert [] == differences
    assert checks >= 5


@pytest.mark.parametrize("by", [evaluate, evaluate_fast])
def test_edges_of_the_rules_on_an_invented_register(by, edges):
    """Clock changes, days without hours, joint and several, requests, notice, leap days, numbers, unknowns."""
    checks, differences = run(HERE / "cases" / "invented.toml", edges, by)

    assert [] == differences
    assert checks > 140


@pytest.mark.parametrize("by", [evaluate, evaluate_fast])
def test_edges_of_the_rules_on_the_shipped_register(by, shipped):
    """Facts learnt later, ambiguous starts, the victim, lapse events, tiers, veto points, two time zones."""
    checks, differences = run(HERE / "cases" / "shipped.toml", shipped, by)

    assert [] == differences
    assert checks > 100


@pytest.mark.parametrize("by", [evaluate, evaluate_fast])
def test_thirty_more_cases_on_a_second_invented_register(by, second):
    """Tokyo, New York, London: notice, chains, two triggers, parliaments, floors and ceilings, last seconds."""
    checks, differences = run(HERE / "cases" / "second.toml", second, by)

    assert [] == differences
    assert checks >= 160


@pytest.mark.parametrize("by", [evaluate, evaluate_fast])
def test_sixty_cases_written_before_the_rules_were_run(by, third):
    """Kyiv, Tokyo, New York: who has left, who decides, day of 25 hours, floors, shares, requests, drafts."""
    checks, differences = run(HERE / "cases" / "third.toml", third, by)

    assert [] == differences
    assert checks >= 390


def test_the_first_case_that_was_ever_worked_out(shipped):
    """A weekend attack: 24 elapsed hours, an adverb without a clock, an open question, a single point."""
    _, differences = run(HERE / "cases" / "weekend.toml", shipped, evaluate)

    assert [] == differences


def test_a_wrong_answer_is_told_with_the_rules_that_led_to_the_right_one(shipped):
    text = (HERE / "cases" / "weekend.toml").read_text(encoding="utf-8")
    reading = read_cases("wrong.toml", text.replace('state = "due"', 'state = "overdue"', 1), shipped)

    (difference,) = check_case(shipped, reading.cases[0]).differences

    assert ("overdue", "due") == (difference.expected, difference.got)
    assert {1, 3, 5} <= {step.rule for step in difference.trace}
