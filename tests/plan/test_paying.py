"""Who pays first, and how givers of equal terms share: worked out by hand, and as rules that always hold."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.plan import answer_to_json, check, plan, read_problem
from pledgeline.plan.fair import side_by_side
from pledgeline.plan.plain import solve_plainly
from tests.plan.programmes import line, money, offer, problem

REPORTED = Path(__file__).parent / "reported"


@pytest.mark.parametrize("name", ["use-by-first", "equal-terms-share", "large-sum-many-units"])
def test_what_was_reported_is_answered_as_it_was_worked_out(name):
    case = json.loads((REPORTED / f"{name}.json").read_text(encoding="utf-8"))
    of, _ = read_problem(case)
    made = plan(of)

    assert answer_to_json(made) == case["expected"]
    assert made.is_provably_best()
    assert check(of, made) == []


def paid(givers, packages=({"id": "P1"}, {"id": "P2", "order_day": 20}), price=100, quantity=1):
    """Say who pays for units that can be ordered on day 0 only; the judge says the same."""
    of = problem(
        lines=[line("L1", quantity=quantity, need_by=15)],
        offers=[offer("O1", price=price, available=quantity, lead_days=10, supplier="S1")],
        packages=list(packages),
        contributions=givers,
    )
    made = plan(of)
    assert check(of, made) == []
    assert solve_plainly(of).paid_minor == made.paid_minor
    return made.paid_minor


# ---- the order ----


def test_money_that_lapses_before_the_second_order_may_pay_for_fewer_and_goes_first():
    """C1 for P1 and P2, C2 for P1 alone: that nothing of P2 comes in time is no matter."""
    assert paid([money("C1", 100), money("C2", 100, use_by=19)]) == {"C1": 0, "C2": 100}


def test_money_that_comes_later_may_pay_for_fewer_too():
    """C2 may pay in P2 only, so it is the first, and can pay nothing; C3 outlasts both, as C1 does."""
    givers = [money("C1", 100), money("C2", 100, available_from=1), money("C3", 100, use_by=25)]

    assert paid(givers) == {"C1": 100, "C2": 0, "C3": 0}


def test_of_two_that_lapse_the_earlier_day_goes_first():
    """Both may pay in P1 alone: day 5 before day 19, whatever their ids and earmarks."""
    givers = [money("C1", 60, use_by=19, earmark={"allow": {"item": ["A"]}}), money("C2", 60, use_by=5)]

    assert paid(givers) == {"C1": 40, "C2": 60}


def test_of_equal_reach_the_narrower_earmark_goes_first():
    """All may pay for everything there is: two terms before one, one value before two, an earmark before none."""
    givers = [
        money("C1", 30),
        money("C2", 30, earmark={"deny": {"item": ["X"]}}),
        money("C3", 30, earmark={"allow": {"item": ["A", "X"]}}),
        money("C4", 30, earmark={"allow": {"item": ["A"]}}),
        money("C5", 30, earmark={"allow": {"item": ["A", "X"], "supplier": ["S1"]}}),
    ]

    assert paid(givers) == {"C1": 0, "C2": 10, "C3": 30, "C4": 30, "C5": 30}


def test_of_equal_reach_the_id_decides_where_only_one_has_a_day():
    """As in the shared cases: one package, so that a use-by day after it takes nothing away."""
    assert paid([money("C1", 100), money("C2", 100, use_by=10)], packages=[{"id": "P1"}]) == {
        "C1": 100,
        "C2": 0,
    }


def test_days_keep_to_the_places_of_those_who_have_them():
    """By id A, B, C, D; B, C and D have days 30, 25 and 20, and take their three places in that order."""
    givers = [
        money("A", 30),
        money("B", 30, use_by=30),
        money("C", 30, use_by=25),
        money("D", 30, use_by=20),
    ]

    assert paid(givers) == {"A": 30, "B": 10, "C": 30, "D": 30}


# ---- equal terms ----


def test_equal_shares_divide_in_proportion_as_far_as_the_share_goes():
    """Of 120 half is 60: in proportion C1 would pay 30 and C2 90, so C2 pays 60 and C1 the rest."""
    half = {"max_share": [1, 2]}

    assert paid([money("C1", 100, **half), money("C2", 300, **half)], price=120) == {"C1": 60, "C2": 60}
    assert paid([money("C0", 20), money("C1", 100, **half), money("C2", 300, **half)], price=120) == {
        "C0": 20,
        "C1": 40,
        "C2": 60,
    }


def test_what_rounding_leaves_over_goes_to_the_first_ids():
    """100 in three equal parts: 34, 33, 33."""
    share = {"max_share": [2, 5]}

    assert paid([money("C3", 90, **share), money("C1", 90, **share), money("C2", 90, **share)]) == {
        "C1": 34,
        "C2": 33,
        "C3": 33,
    }


def test_other_shares_are_other_terms():
    """C1 and C2 differ in their share: by id C1 pays all it may, half, and C2 the rest."""
    assert paid([money("C1", 100, max_share=[1, 2]), money("C2", 100, max_share=[2, 3])]) == {
        "C1": 50,
        "C2": 50,
    }
    assert paid([money("C1", 100, max_share=[2, 3]), money("C2", 100, max_share=[1, 2])]) == {
        "C1": 66,
        "C2": 34,
    }


def test_whoever_pays_whole_packages_pays_beside_nobody():
    whole = {"whole_package_only": True}

    assert paid([money("C1", 100, **whole), money("C2", 100, **whole)]) == {"C1": 100, "C2": 0}


def test_nobody_pays_more_than_its_share_of_any_package():
    """Two packages of 100 each, at most half of each: 50 and 50 from either, not 100 from one."""
    half = {"max_share": [1, 2]}
    of = problem(
        lines=[line("L1", quantity=1), line("L2", "B", quantity=1)],
        offers=[offer("O1", price=100, available=1), offer("O2", "B", price=100, available=1)],
        packages=[
            {"id": "P1", "target_minor": 100, "tolerance_minor": 0},
            {"id": "P2", "target_minor": 100, "tolerance_minor": 0},
        ],
        contributions=[money("C1", 300, **half), money("C2", 100, **half)],
    )
    made = plan(of)

    assert check(of, made) == []
    assert made.paid_minor == {"C1": 100, "C2": 100}


@given(
    st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=6),
    st.integers(min_value=0, max_value=10**6),
    st.integers(min_value=0, max_value=100),
)
def test_a_division_adds_up_keeps_the_share_and_is_in_proportion(can_pay, cap, percent):
    """With one package the share is a cap for each: who is below it pays its part to within a unit."""
    most = sum(min(amount, cap) for amount in can_pay)
    total = most * percent // 100

    shares = side_by_side(total, can_pay, [cap * (n + 1) for n in range(len(can_pay))])

    assert sum(shares) == total
    assert all(0 <= share <= min(amount, cap) for share, amount in zip(shares, can_pay, strict=True))
    free = [(share, amount) for share, amount in zip(shares, can_pay, strict=True) if share < cap and amount]
    for share, amount in free:
        for other, beside in free:
            assert (share - 1) * beside < (other + 1) * amount
