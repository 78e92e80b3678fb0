"""The sentences say what the plan and its figures say, and no more."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from pledgeline.plan import explain_all, plan, read_problem
from pledgeline.plan.model import Certainty, Line, Package
from pledgeline.plan.reason import LineReason
from pledgeline.plan.sentences import verdict, why, why_left
from pledgeline.programme.sentences import dated

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
    return left_in(problem)


def left_in(problem):
    """Say why money is left, with dates."""
    return {name: str(dated(sentence, FIRST)) for name, sentence in why_left(problem, plan(problem)).items()}


def test_a_line_that_comes_too_late_is_explained_with_dates():
    problem = problem_of(lines={"need_by": 25})
    (found,) = explain_all(problem, plan(problem))

    assert (
        "The earliest arrival is 2026-03-31 (O in P), 5 days after 2026-03-26, by which it is needed."
        == why(found, FIRST)
    )
    assert "day 30" in why(found)


def test_money_that_is_left_says_why():
    assert {"C": "Every requirement is fully met."} == left(lines={"quantity": 1})
    assert {} == left(contributions={"amount_minor": 500})
    assert {"C": "It lapses on 2026-03-06, before the first order on 2026-03-11."} == left(
        contributions={"use_by": 5}
    )
    assert {"C": "It comes on 2026-03-21, after the last order on 2026-03-11."} == left(
        contributions={"available_from": 20}
    )
    assert {
        "C": "Its terms allow none of the requirements that wait, as they can be bought in time."
    } == left(contributions={"earmark": {"deny": {"item": ["pump"]}}})
    assert {"C": "None of the requirements that wait can be bought in time."} == left(lines={"need_by": 25})
    assert left()["C"].startswith("It could pay for L;")
    assert left(contributions={"amount_minor": 700})["C"].startswith(
        "What is left is less than one unit costs"
    )


def test_money_that_nothing_can_be_bought_with_says_what_the_lines_say():
    """The reason of the money and that of the line are one rule: nobody offers it, or it comes too late."""
    assert {"C": "Nobody offers what the requirements that wait need."} == left(offers={"item": "hose"})
    assert {"C": "Nobody offers what the requirements that wait need."} == left(
        offers={"item": "hose"}, contributions={"earmark": {"allow": {"item": ["pump"]}}}
    )
    assert {"C": "None of the requirements that wait can be bought in time."} == left(
        lines={"need_by": 25}, contributions={"earmark": {"allow": {"item": ["pump"]}}}
    )
    both = replace(
        problem_of(lines={"need_by": 25}),
        lines=(*problem_of(lines={"need_by": 25}).lines, Line(id="M", item="hose", quantity=1)),
    )
    assert {
        "C": "Of the requirements that wait nobody offers 1, and 1 cannot be bought in time: none is left that money "
        "could buy."
    } == left_in(both)
    assert [LineReason.TOO_LATE, LineReason.NO_OFFER] == [
        reason.reason for reason in explain_all(both, plan(both))
    ]
    empty = replace(problem_of(), packages=())
    assert {"C": "There is no package to order the requirements that wait with."} == left_in(empty)


def test_a_kit_of_which_nobody_offers_a_part_is_no_line_that_money_could_pay_for():
    of = replace(problem_of(lines={"item": "station"}), kits={"station": {"pump": 1, "hose": 2}})

    assert ["Nobody offers hose."] == [str(reason.said) for reason in explain_all(of, plan(of))]
    assert {"C": "Nobody offers what the requirements that wait need."} == left_in(of)


def test_money_that_only_comes_too_late_says_so_and_not_that_its_terms_exclude():
    """A second order on day 30 would still come after day 40; the money comes on day 20."""
    of = replace(
        problem_of(contributions={"available_from": 20}),
        packages=(Package(id="P", order_day=10), Package(id="Q", order_day=30)),
    )
    assert {"C": "It comes after the last order that would arrive in time."} == left_in(of)
    lapsed = replace(
        problem_of(contributions={"use_by": 7}),
        packages=(Package(id="P", order_day=10), Package(id="O", order_day=5)),
        lines=(Line(id="L", item="pump", quantity=2, need_by=40),),
        offers=(replace(problem_of().offers[0], available=0, supplier="S"),),
    )
    assert left_in(lapsed)["C"].startswith("It could pay for L;")


def test_what_is_only_given_needs_no_money():
    assert {
        "C": "What the requirements that wait could still have is given free of charge: no money pays for it."
    } == left(offers={"unit_price_minor": 0})


def test_best_is_said_only_of_what_is_proven():
    made = plan(problem_of())

    assert str(verdict(made)).startswith("Provably best")
    assert "stopped" in str(verdict(replace(made, interrupted=True)))
    loose = replace(made.scores[1], standing=Certainty.BOUNDED, bound=Fraction(9))
    half = replace(made, scores=(made.scores[0], loose, *made.scores[2:]))
    assert str(verdict(half)).startswith("Proven best up to priority 1;")
    none = replace(made, scores=(replace(made.scores[0], standing=Certainty.UNKNOWN), *made.scores[1:]))
    assert str(verdict(none)).startswith("Not proven best")
