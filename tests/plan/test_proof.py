"""What is called proven is so: weights far apart, by the same factor, and beside the plain planner."""

import json
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.plan import Certainty, plan, read_problem
from pledgeline.plan import making as making_module
from pledgeline.plan.digits import BASE, WIDEST, in_digits
from pledgeline.plan.duality import most_by_duality
from pledgeline.plan.plain import solve_plainly
from pledgeline.plan.solver import Matrix
from tests.plan.inventing import invent, invent_wide
from tests.plan.programmes import best, line, money, offer, problem

PROOFS = Path(__file__).with_name("proofs")


def read(name):
    of, findings = read_problem(json.loads((PROOFS / name).read_text(encoding="utf-8")))
    assert findings == []
    return of


def proven(made):
    return {score.name: score.value for score in made.scores if score.standing is Certainty.PROVEN}


def judged(of):
    """Give the values of the plain planner, by the names of the objectives."""
    answer = solve_plainly(of)
    tiers = {f"tier {tier}": value for tier, value in answer.tier_scores.items()}
    return tiers | {"share-days": answer.share_days, "cost": Fraction(answer.cost_minor)}


def test_a_unit_that_is_affordable_is_bought_beside_a_weight_of_a_million():
    """R-2 gets all of its 3: two are a gift, the third costs USD 1,000 of the 3,000 that are left."""
    made = best(read("one-more-was-affordable.json"))

    assert made.fulfilled == {"R-1": 1, "R-2": 3}
    assert made.score("tier 1").value == 1_000_001
    assert made.is_provably_best()


def test_a_donation_is_taken_before_money_is_spent():
    made = best(read("donation-left.json"))

    assert [purchase.offer for purchase in made.purchases] == ["o0"]
    assert made.cost_minor == 0
    assert made.is_provably_best()


@pytest.mark.parametrize("heavy", [10**6, 10**9, 10**12])
@pytest.mark.parametrize("light", [Fraction(1), Fraction(1, 10**6), Fraction(1, 10**12)])
def test_however_light_a_line_is_its_units_are_bought_where_they_can_be(heavy, light):
    """Money for six: two for the heavy line, four of five for the light one."""
    of = problem(
        lines=[
            line("L1", quantity=2, weight=heavy),
            line("L2", "B", quantity=5, weight=[light.numerator, light.denominator]),
        ],
        offers=[offer("O1"), offer("O2", "B")],
        contributions=[money("C1", 699)],
    )
    made = best(of)

    assert made.fulfilled == {"L1": 2, "L2": 4}
    assert made.score("tier 1").value == heavy + light * Fraction(4, 5)
    assert made.is_provably_best()


def test_the_day_of_a_light_line_counts_too():
    """Two offers at one price, one 25 days later: the early one is taken, and that is proven."""
    of = problem(
        lines=[line("L1", weight=10**7), line("L2", "B", weight=1)],
        offers=[offer("O1"), offer("O2", "B", lead_days=30), offer("O3", "B")],
        contributions=[money("C1", 200)],
    )
    made = best(of)

    assert [purchase.offer for purchase in made.purchases] == ["O1", "O3"]
    assert made.score("share-days").value == 5 * 10**7 + 5
    assert made.is_provably_best()


def test_what_differs_in_the_thirteenth_digit_is_told_apart():
    """One unit can be paid: the line that weighs one part in 10^12 more gets it, whichever comes first by id."""
    for first, second in ((10**12, 10**12 - 1), (10**12 - 1, 10**12)):
        of = problem(
            lines=[line("L1", weight=first), line("L2", weight=second)],
            offers=[offer("O1")],
            contributions=[money("C1", 100)],
        )
        made = best(of)

        assert made.score("tier 1").value == 10**12
        assert made.is_provably_best()


@pytest.mark.parametrize("seed", range(60))
def test_weights_far_apart_are_planned_as_the_plain_planner_does(seed):
    of, _ = read_problem(invent_wide(seed))
    made = best(of)

    assert {score.name: score.value for score in made.scores} == judged(of)


@pytest.mark.parametrize("seed", range(60))
def test_what_a_merged_model_calls_proven_is_so(seed, monkeypatch):
    """Lines merged as in a large programme: where it is not sure it says within its bound."""
    monkeypatch.setattr(making_module, "_SMALL_LINES", 0)
    of, _ = read_problem(invent_wide(seed))
    values = judged(of)

    for name, value in proven(best(of)).items():
        assert values[name] == value


def test_what_follows_lines_that_are_held_is_not_called_proven(monkeypatch):
    """A line of weight 0 was bought for; to leave it would cost nothing less in its tier, and save 66."""
    monkeypatch.setattr(making_module, "_SMALL_LINES", 0)
    of, _ = read_problem(invent(1016))
    made = best(of)

    assert made.score("cost").value > 0
    assert made.score("cost").standing is Certainty.GIVEN_EARLIER


@pytest.mark.parametrize("factor", [Fraction(10**6), Fraction(1, 10**6), Fraction(7)])
def test_all_weights_by_one_factor_are_the_same_question(factor):
    for seed in range(20):
        of, _ = read_problem(invent(seed))
        scaled = replace(
            of,
            lines=tuple(replace(requirement, weight=requirement.weight * factor) for requirement in of.lines),
        )

        assert plan(scaled).purchases == plan(of).purchases


@given(st.lists(st.integers(-(10**40), 10**40), max_size=6))
def test_digits_add_up_to_the_numbers_again(numbers):
    levels = in_digits(numbers)
    again = [0] * len(numbers)
    for digits in levels:
        again = [before * BASE + digit for before, digit in zip(again, digits, strict=True)]

    assert again == numbers
    assert all(abs(digit) <= WIDEST for digits in levels for digit in digits)


@given(
    st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=3),
    st.lists(st.integers(-9, 9), min_size=3, max_size=3),
    st.lists(st.floats(-20, 20), min_size=3, max_size=3),
    st.lists(st.integers(0, 6), min_size=3, max_size=3),
)
def test_no_point_exceeds_a_bound_by_duality_whatever_a_solver_proposes(rows, worth, duals, limits):
    """All points with three numbers between 0 and 3 are tried."""
    matrix = Matrix(
        col_lower=np.zeros(3),
        col_upper=np.full(3, 3.0),
        is_integer=np.ones(3, dtype=np.bool_),
        row_lower=np.full(len(rows), -6.0),
        row_upper=np.array(limits[: len(rows)], dtype=np.float64),
        starts=np.arange(0, 3 * len(rows) + 1, 3, dtype=np.int32),
        columns=np.array([0, 1, 2] * len(rows), dtype=np.int32),
        values=np.array(rows, dtype=np.float64).ravel(),
    )
    bound = most_by_duality(matrix, dict(enumerate(worth)), np.array(duals[: len(rows)]))
    reached = [
        sum(w * x for w, x in zip(worth, point, strict=True))
        for point in product(range(4), repeat=3)
        if all(
            -6 <= sum(a * x for a, x in zip(row, point, strict=True)) <= limit
            for row, limit in zip(rows, limits, strict=False)
        )
    ]

    assert bound is not None
    assert all(value <= bound for value in reached)
