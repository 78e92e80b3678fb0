"""Money to the last minor unit: no rounding leaves out a plan that can be paid, however large the sums."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.plan import check, plan, read_problem
from pledgeline.plan.exact_rows import add_exactly
from pledgeline.plan.program import Builder
from tests.plan.inventing import (
    best_of_large,
    invent_large,
    invent_large_to_the_cent,
    invent_to_the_cent,
)
from tests.plan.programmes import line, money, offer, problem
from tests.plan.test_proof import judged


@given(
    st.lists(st.integers(-(10**15), 10**15), min_size=1, max_size=3), st.integers(-(3 * 10**15), 3 * 10**15)
)
def test_a_row_in_digits_allows_what_the_row_allows(numbers, most):
    """All points of numbers between 0 and 2 are tried, each with the smallest carries that its rows allow."""
    built = Builder()
    columns = [built.column(2.0) for _ in numbers]
    add_exactly(built, (dict(zip(columns, numbers, strict=True)), most))

    for point in product(range(3), repeat=len(numbers)):
        allowed = sum(number * units for number, units in zip(numbers, point, strict=True)) <= most
        assert _is_allowed(built, list(point)) == allowed
    assert all(abs(value) <= 10**5 for terms, _, _ in built.rows for _, value in terms)


def _is_allowed(built, values):
    for carry, (terms, _, upper) in enumerate(built.rows[:-1], len(values)):
        over = sum(int(value) * values[column] for column, value in terms if column != carry)
        least = -(-(over - int(upper)) // 10**4)
        values.append(max(least, int(built.lower[carry])))
        if values[carry] > built.upper[carry]:
            return False
    terms, _, upper = built.rows[-1]
    return sum(value * values[column] for column, value in terms) <= upper


@pytest.mark.parametrize("size", [10**2, 10**6, 10**9, 10**12, 10**15])
def test_the_last_minor_unit_pays_for_the_earlier_offer(size):
    """Of 120 units 79 may cost two more and come 5 days earlier: the money is there for 79 and not for 80."""
    of = problem(
        lines=[line("L", quantity=120)],
        offers=[
            offer("O1", price=size, available=120, lead_days=10),
            offer("O2", price=size + 2, available=120, lead_days=5),
        ],
        contributions=[money("C", 120 * size + 2 * 79)],
    )
    made = plan(of)

    assert {purchase.offer: purchase.units for purchase in made.purchases} == {"O1": 41, "O2": 79}
    assert made.is_provably_best()


@pytest.mark.parametrize("size", [10**6, 10**12, 10**15])
@pytest.mark.parametrize(("tolerance", "units"), [(0, 7), (1, 8)])
def test_a_package_is_held_to_its_value_to_the_cent(size, tolerance, units):
    """Ten units, some at a price of one more: seven of them make the value, an eighth is one too much."""
    of = problem(
        lines=[line("L", quantity=10)],
        offers=[offer("O1", price=size, lead_days=10), offer("O2", price=size + 1, lead_days=5)],
        contributions=[money("C", 20 * size)],
        packages=[
            {
                "id": "P1",
                "order_day": 0,
                "target_minor": 10 * size + 7,
                "tolerance_minor": tolerance,
            }
        ],
    )
    made = plan(of)

    assert sum(purchase.units for purchase in made.purchases if purchase.offer == "O2") == units
    assert made.is_provably_best()


@pytest.mark.parametrize("seed", [191, 666, 738])
def test_large_sums_are_as_good_as_all_ways_tried(seed):
    _agrees_with_all_ways(invent_large(seed))


@pytest.mark.parametrize("seed", [360, 528, 584, 630, 666, 784, 932, 1196, 1354, 1446, 3000])
def test_money_to_the_cent_is_as_good_as_all_ways_tried(seed):
    _agrees_with_all_ways(invent_large_to_the_cent(seed))


def _agrees_with_all_ways(data):
    of = read_problem(data)[0]
    made = plan(of)
    units, days, cost = best_of_large(data)
    share = of.lines[0].weight / of.lines[0].quantity

    assert check(of, made) == []
    assert made.is_provably_best()
    assert [score.value for score in made.scores] == [share * units, share * days, Fraction(cost)]


@pytest.mark.parametrize("seed", range(60))
def test_terms_to_the_cent_are_planned_as_the_plain_planner_does(seed):
    of = read_problem(invent_to_the_cent(seed))[0]
    made = plan(of)

    assert {score.name: score.value for score in made.scores} == judged(of)
