"""Who pays: exact, the most restricted first, and a proof where the money does not reach."""

from pledgeline.plan.canon import canonical
from pledgeline.plan.pay import OUTSIDE, MoneyGap, Settlement, Spend, settle, shared
from tests.plan.programmes import line, money, offer, problem

OF = canonical(
    problem(
        lines=[line("L1", quantity=9), line("L2", "B", quantity=9)],
        offers=[offer("O1"), offer("O2", "B")],
        contributions=[
            money("C1", 500),
            money("C2", 200, earmark={"allow": {"item": ["A"]}}),
            money("C3", 100, earmark={"allow": {"item": ["A"]}}),
        ],
    )
)
A, B = Spend(OUTSIDE, 0b11), Spend(OUTSIDE, 0b10)


def test_restricted_money_goes_first_and_is_shared():
    """A costs 150: the money for A covers it, two thirds and one third."""
    found = settle(OF, {A: 150})

    assert isinstance(found, Settlement)
    assert shared(OF, found) == {"C1": 0, "C2": 100, "C3": 50}


def test_free_money_makes_up_the_rest_to_the_cent():
    found = settle(OF, {A: 301, B: 499})

    assert isinstance(found, Settlement)
    assert found.totals == (300, 500)


def test_a_shortfall_names_the_tight_set():
    """B costs 501 and only C1 may pay: A is not part of the proof."""
    found = settle(OF, {A: 10, B: 501})

    assert isinstance(found, MoneyGap)
    assert (found.classes, found.groups, found.missing) == (frozenset({B}), frozenset({1}), 1)


def test_a_shortfall_through_rerouting_names_all_that_take_part():
    found = settle(OF, {A: 302, B: 499})

    assert isinstance(found, MoneyGap)
    assert (found.classes, found.groups, found.missing) == (frozenset({A, B}), frozenset({0, 1}), 1)
