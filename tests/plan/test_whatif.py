"""What more money would buy, which money is idle, and what a change of a row changes."""

from fractions import Fraction

import pytest

from pledgeline.plan import (
    NotAChange,
    compare,
    freeing,
    idle_money,
    marginal,
    plan,
    read_problem,
    with_changes,
    with_money,
)
from tests.plan.programmes import line, money, offer, problem

OF = problem(
    lines=[line("L1", quantity=4), line("L2", "B", quantity=4, priority=2)],
    offers=[offer("O1", available=2), offer("O2", "B")],
    contributions=[money("C1", 100), money("C2", 300, earmark={"allow": {"item": ["A"]}})],
)


def test_money_is_worth_what_it_buys_with_its_terms():
    """A is sold out: 200 more for A buys nothing, 200 more without terms buys two B."""
    made = plan(OF)
    found = {hope.like: hope for hope in marginal(OF, made, 200)}

    assert found[""].confirmed.lines == {"L2": 2}
    assert found[""].confirmed.tiers == {"tier 1": 0, "tier 2": Fraction(1, 2)}
    assert found["C2"].confirmed.is_better() is False


def test_only_the_best_are_confirmed():
    found = marginal(OF, plan(OF), 200, confirm=1)

    assert [hope.like for hope in found] == ["", "C2"]
    assert found[1].confirmed is None


def test_signatures_may_be_named():
    assert [hope.like for hope in marginal(OF, plan(OF), 200, signatures=["C2"])] == ["C2"]


def test_idle_money_and_the_change_that_would_free_it():
    made = plan(OF)

    assert idle_money(OF, made) == {"C2": 100}
    assert [(change.change, change.gained.lines) for change in freeing(OF, made, "C2")] == [
        ("without allow.item", {"L2": 1})
    ]


@pytest.mark.parametrize(
    ("terms", "change"),
    [
        ({"use_by": -1}, "without use_by"),
        ({"available_from": 9}, "without available_from"),
        ({"max_share": [1, 2]}, "without max_share"),
        ({"earmark": {"deny": {"line": ["L1"]}}}, "without deny.line"),
    ],
)
def test_each_term_may_be_the_one_that_idles_money(terms, change):
    of = problem(lines=[line("L1")], offers=[offer("O1")], contributions=[money("C1", **terms)])

    assert [one.change for one in freeing(of, plan(of), "C1")] == [change]


def test_a_giver_of_whole_packages_may_be_asked_for_less():
    of = problem(
        lines=[line("L1", quantity=2)],
        offers=[offer("O1")],
        contributions=[money("C1", 150, whole_package_only=True), money("C2", 50)],
    )

    assert [change.change for change in freeing(of, plan(of), "C1")] == ["without whole_package_only"]


def test_two_plans_are_compared_line_by_line():
    before, after = plan(OF), plan(with_money(OF, 100))
    difference = compare(before, after)

    assert difference.lines == {"L2": 1}
    assert difference.cost_minor == 100
    assert compare(before, before).is_none()


def test_a_row_is_changed_added_and_removed():
    data = {"currency": "USD", "lines": [line("L1"), line("L2")], "rates": {"EUR": [1, 1]}}
    changed = with_changes(
        data,
        [
            {"list": "lines", "id": "L1", "set": {"quantity": 7}},
            {"list": "lines", "id": "L2", "set": None},
            {"list": "offers", "id": "O1", "set": {"item": "A", "unit_price_minor": 5}},
            {"list": "rates", "id": "EUR", "set": [11, 10]},
            {"list": "categories", "id": "A", "set": "air"},
        ],
    )
    read, findings = read_problem(changed)

    assert findings == []
    assert [(requirement.id, requirement.quantity) for requirement in read.lines] == [("L1", 7)]
    assert read.offers[0].unit_price_minor == 5
    assert read.rates == {"EUR": Fraction(11, 10)}
    assert data["lines"][0]["quantity"] == 1


@pytest.mark.parametrize(
    "changes",
    [
        {},
        [1],
        [{"list": "lines", "id": "L1"}],
        [{"list": "wishes", "id": "L1", "set": {}}],
        [{"list": "lines", "id": "L1", "set": 3}],
    ],
)
def test_a_change_that_says_nothing_is_refused(changes):
    with pytest.raises(NotAChange):
        with_changes({"lines": []}, changes)
