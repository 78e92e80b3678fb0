"""What a supplier sets for all its offers together: how much it delivers, and a charge for each contract."""

import pytest

from pledgeline.plan import (
    Payment,
    answer_to_json,
    charges_of,
    explain,
    plan,
    read_problem,
    validate,
)
from tests.plan.brute import solve
from tests.plan.inventing import invent_tiny
from tests.plan.programmes import best, line, money, offer, problem


def test_the_capacity_of_a_supplier_is_shared_by_its_offers():
    """Two items, two of each wanted, three units in all."""
    of = problem(
        lines=[line("L1", quantity=2), line("L2", "B", quantity=2, priority=2)],
        offers=[offer("O1", supplier="S1"), offer("O2", "B", supplier="S1")],
        contributions=[money("C1")],
        suppliers=[{"id": "S1", "capacity": 3}],
    )
    made = best(of)

    assert made.fulfilled == {"L1": 2, "L2": 1}
    assert explain(of, made, "L2", deep=True).binding == ("STOCK",)


def test_a_charge_is_due_once_in_each_package_and_is_a_part_of_the_cost():
    of = problem(
        packages=[{"id": "P1", "order_day": 0}, {"id": "P2", "order_day": 10}],
        lines=[line("L1", quantity=2)],
        offers=[offer("O1", supplier="S1")],
        contributions=[money("C1", 300, use_by=5), money("C2", 300, available_from=5)],
        suppliers=[{"id": "S1", "charge_minor": 150}],
    )
    made = best(of)

    assert charges_of(of, made.purchases) == {("S1", "P1"): 150, ("S1", "P2"): 150}
    assert made.cost_minor == 500
    assert made.paid_minor == {"C1": 250, "C2": 250}


def test_a_dearer_unit_without_a_charge_may_be_the_cheaper_plan():
    of = problem(
        lines=[line("L1", quantity=2)],
        offers=[offer("O1", price=100, supplier="S1"), offer("O2", price=120, supplier="S2")],
        contributions=[money("C1")],
        suppliers=[{"id": "S1", "charge_minor": 50}],
    )

    assert [purchase.offer for purchase in best(of).purchases] == ["O2"]


@pytest.mark.parametrize(
    ("earmark", "pays"),
    [
        ({}, True),
        ({"allow": {"supplier": ["S1"]}}, True),
        ({"allow": {"package": ["P1"]}}, True),
        ({"deny": {"item": ["A"]}}, True),
        ({"allow": {"item": ["A"]}}, False),
        ({"allow": {"line": ["L1"]}}, False),
        ({"deny": {"supplier": ["S1"]}}, False),
    ],
)
def test_a_charge_is_for_no_item_and_no_line(earmark, pays):
    of = problem(
        lines=[line("L1")],
        offers=[offer("O1", price=0, supplier="S1")],
        contributions=[money("C1", earmark=earmark)],
        suppliers=[{"id": "S1", "charge_minor": 50}],
    )
    made = best(of)

    assert made.fulfilled == {"L1": int(pays)}
    if pays:
        assert made.payments == (
            Payment(contribution="C1", line="", offer="", package="P1", minor=50, supplier="S1"),
        )


def test_money_lifted_for_a_line_pays_the_charge_too():
    of = problem(
        lines=[line("L1")],
        offers=[offer("O1", supplier="S1")],
        contributions=[],
        suppliers=[{"id": "S1", "charge_minor": 50}],
    )

    assert explain(of, plan(of), "L1", deep=True).binding == ("MONEY",)


def test_a_supplier_that_sells_nothing_is_looked_at():
    of = problem(lines=[], offers=[], contributions=[], suppliers=[{"id": "S9"}])

    assert [finding.code for finding in validate(of)] == ["plan.supplier-sells-nothing"]


def test_a_judge_that_shares_no_code_agrees():
    """Every purchase and every payment is tried, unit by unit and cent by cent."""
    for seed in range(120):
        data = invent_tiny(seed)
        wanted = solve(data)
        got = answer_to_json(plan(read_problem(data)[0]))
        assert {key: got[key] for key in wanted} == wanted
