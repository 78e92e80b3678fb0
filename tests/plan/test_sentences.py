"""The sentences say what the plan and its figures say, and no more."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from pledgeline.plan import explain_all, plan, read_problem
from pledgeline.plan.model import Standing
from pledgeline.plan.sentences import verdict, why, why_left

FIRST = date(2026, 3, 1)


def problem_of(**changes):
    """Two pumps at 5.00 are wanted and one is there; 20.00 is given."""
    data = {
        "currency": "USD",
        "packages": [{"id": "P", "order_day": 10}],
        "lines": [{"id": "L", "item": "pump", "quantity": 2, "need_by": 40}],
        "offers": [{"id": "O", "item": "pump", "unit_price_minor": 500, "available": 1, "lead_days": 20}],
        "contributions": [{"id": "C", "amount_minor": 2_000, "currency": "USD"}],
    }
    for name, row in changes.items():
        data[name] = [data[name][0] | row]
    return read_problem(data)[0]


def left(**changes):
    problem = problem_of(**changes)
    return why_left(problem, plan(problem), FIRST)


def test_a_line_that_comes_too_late_is_explained_with_dates():
    problem = problem_of(lines={"need_by": 25})
    (found,) = explain_all(problem, plan(problem))

    assert (
        "The earliest arrival is 2026-03-31 (O in P), 5 days after 2026-03-26, by which it is needed."
        == why(found, FIRST)
    )
    assert "day 30" in why(found)


def test_money_that_is_left_says_why():
    assert {"C": "Every line is fully met."} == left(lines={"quantity": 1})
    assert {} == left(contributions={"amount_minor": 500})
    assert {"C": "It lapses on 2026-03-06, before the first order on 2026-03-11."} == left(
        contributions={"use_by": 5}
    )
    assert {"C": "It comes on 2026-03-21, after the last order on 2026-03-11."} == left(
        contributions={"available_from": 20}
    )
    assert {"C": "Its terms allow none of the lines that wait, as they can be bought in time."} == left(
        contributions={"earmark": {"deny": {"item": ["pump"]}}}
    )
    assert {"C": "None of the lines that wait can be bought in time."} == left(lines={"need_by": 25})
    assert left()["C"].startswith("It could pay for L;")
    assert left(contributions={"amount_minor": 700})["C"].startswith(
        "What is left is less than one unit costs"
    )


def test_best_is_said_only_of_what_is_proven():
    made = plan(problem_of())

    assert verdict(made).startswith("Provably best")
    assert "stopped" in verdict(replace(made, interrupted=True))
    loose = replace(made.scores[1], standing=Standing.BOUNDED, bound=Fraction(9))
    half = replace(made, scores=(made.scores[0], loose, *made.scores[2:]))
    assert verdict(half).startswith("Proven best up to priority 1;")
    none = replace(made, scores=(replace(made.scores[0], standing=Standing.UNKNOWN), *made.scores[1:]))
    assert verdict(none).startswith("Not proven best")
