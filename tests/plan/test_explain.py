"""Why is my line not funded? Each reason, as a coordinator would ask for it."""

import pytest

from pledgeline.plan import LineLimit, LineReason, explain, plan
from pledgeline.plan.excuse import excuse
from tests.plan.programmes import line, money, offer, problem


def why(of, name, deep=False):
    found = explain(of, plan(of), name, deep=deep)
    return found


def said(found):
    return str(found.said).replace("\u00a0", " ")


def test_a_met_line_is_said_to_be_met():
    of = problem(lines=[line("L1")], offers=[offer("O1")], contributions=[money("C1")])

    assert why(of, "L1", deep=True).reason is LineReason.MET
    assert why(of, "L1", deep=True).binding is None


def test_nobody_offers_it():
    of = problem(lines=[line("L1", "howitzer")], offers=[offer("O1")], contributions=[money("C1")])

    assert said(why(of, "L1")) == "Nobody offers howitzer."


def test_it_comes_too_late_by_so_many_days():
    of = problem(lines=[line("L1", need_by=2)], offers=[offer("O1")], contributions=[money("C1")])
    found = why(of, "L1", deep=True)

    assert found.reason is LineReason.TOO_LATE
    assert found.facts["days_late"] == 3
    assert found.binding == ("DATE",)


def test_the_stock_is_gone_and_who_took_it():
    of = problem(
        lines=[line("L1", quantity=2), line("L2", priority=2)],
        offers=[offer("O1", available=2)],
        contributions=[money("C1")],
    )
    found = why(of, "L2", deep=True)

    assert found.reason is LineReason.NO_STOCK
    assert found.facts["taken_by"] == [["L1", 1, 2]]
    assert "2 went to L1 (priority 1)" in said(found)
    assert found.binding == ("STOCK",)


def test_more_units_would_reach_the_minimum_order():
    """Two are wanted, the supplier sells from five: three more units would do."""
    of = problem(
        lines=[line("L1", quantity=2)], offers=[offer("O1", min_order=5)], contributions=[money("C1")]
    )
    found = why(of, "L1", deep=True)

    assert found.reason is LineReason.ORDER
    assert found.facts["short"] == 3
    assert found.binding == ("ORDER",)


def test_what_is_left_is_less_than_useful():
    of = problem(
        lines=[line("L1", quantity=4, min_useful=4)],
        offers=[offer("O1", available=3)],
        contributions=[money("C1")],
    )
    found = why(of, "L1", deep=True)

    assert found.reason is LineReason.ORDER
    assert found.facts["short"] == 1
    assert found.binding == ("STOCK", "ORDER")


def test_money_is_used_up_by_others_and_what_is_left_excludes_this_line():
    """The 300 without terms went to tier 1; 500 for B is left."""
    of = problem(
        lines=[line("L1", quantity=3), line("L2", priority=2)],
        offers=[offer("O1")],
        contributions=[money("C1", 300), money("C2", 500, earmark={"allow": {"item": ["B"]}})],
    )
    found = why(of, "L2", deep=True)

    assert found.reason is LineReason.MONEY
    assert found.facts["contributions"] == ["C1"]
    assert found.facts["used_by"] == ["L1"]
    assert found.facts["left_but_excluded_minor"] == 500
    assert said(found) == (
        "All USD 3 that may pay for it (C1) is used, by 1 other requirement; 1 more unit costs USD 1, and USD 1 is "
        "missing. USD 5 of C2 is left, but it is only for item B."
    )
    assert found.binding == ("MONEY",)


@pytest.mark.parametrize(
    ("terms", "said_of_it"),
    [
        ({"earmark": {"allow": {"category": ["air"]}}}, "is only for category air"),
        ({"earmark": {"allow": {"item": ["B", "C", "D", "E"]}}}, "is only for item B, C, D or 1 more"),
        ({"earmark": {"allow": {"line": []}}}, "is only for no requirement"),
        ({"earmark": {"deny": {"supplier": ["S1", "S2"]}}}, "is not for supplier S1 or S2"),
        ({"available_from": 1}, "comes after the last order that would arrive in time"),
        ({"use_by": -1}, "lapses before anything that would come in time is ordered"),
        (
            {"use_by": -1, "earmark": {"deny": {"package": ["P1"]}}},
            "is not for package P1 and lapses before anything that would come in time is ordered",
        ),
    ],
)
def test_whoever_has_money_left_reads_which_term_keeps_it_out(terms, said_of_it):
    of = problem(
        lines=[line("L1")],
        offers=[offer("O1", supplier="S1")],
        contributions=[money("C1", 500, partner="Norway", **terms)],
    )

    assert said(why(of, "L1")) == (
        "No contribution may pay for this requirement; 1 more unit costs USD 1. "
        f"USD 5 of C1 Norway is left, but it {said_of_it}."
    )


def test_money_of_several_that_is_left_is_told_apart_by_what_keeps_it_out():
    """C1 and C2 come too late, C3 is for something else: only of C3 it is an earmark."""
    of = problem(
        lines=[line("L1")],
        offers=[offer("O1")],
        contributions=[
            money("C1", 500, available_from=1),
            money("C2", 300, available_from=2),
            money("C3", 700, earmark={"allow": {"item": ["B"]}}),
        ],
    )

    assert said(why(of, "L1")) == (
        "No contribution may pay for this requirement; 1 more unit costs USD 1. "
        "USD 8 of C1, C2 is left, but it comes after the last order that would arrive in time. "
        "USD 7 of C3 is left, but it is only for item B."
    )


def test_terms_that_only_together_exclude_a_line_are_said_so():
    """Each of the two offers agrees with one of the two terms."""
    of = problem(
        lines=[line("L1")],
        offers=[offer("O1", supplier="S1", source="new"), offer("O2", supplier="S2", source="stock")],
        contributions=[money("C1", 500, earmark={"allow": {"supplier": ["S1"], "source": ["stock"]}})],
    )

    assert said(why(of, "L1")).endswith("but it may not pay for this requirement, by its terms together.")


def test_what_is_left_is_less_than_one_unit_costs():
    of = problem(lines=[line("L1", quantity=3)], offers=[offer("O1")], contributions=[money("C1", 250)])
    found = why(of, "L1")

    assert (found.facts["left_minor"], found.facts["step_costs_minor"], found.facts["missing_minor"]) == (
        50,
        100,
        50,
    )


def test_a_tight_set_is_found_through_other_givers():
    """C1 could pay for L2, but its money is needed for L1, which C2's is not enough for."""
    of = problem(
        lines=[line("L1", quantity=3), line("L2", "B", priority=2)],
        offers=[offer("O1"), offer("O2", "B")],
        contributions=[money("C1", 200), money("C2", 100, earmark={"allow": {"item": ["A"]}})],
    )
    found = why(of, "L2")

    assert found.facts["contributions"] == ["C1", "C2"] or found.facts["contributions"] == ["C2", "C1"]
    assert found.facts["missing_minor"] == 100


@pytest.mark.parametrize(
    "package",
    [
        {"id": "P1", "order_day": 0, "max_lines": 1},
        {"id": "P1", "order_day": 0, "target_minor": 100, "tolerance_minor": 50},
    ],
)
def test_the_package_is_full(package):
    of = problem(
        packages=[package],
        lines=[line("L1"), line("L2", priority=2)],
        offers=[offer("O1")],
        contributions=[money("C1")],
    )
    found = why(of, "L2", deep=True)

    assert found.reason is LineReason.PACKAGE
    assert found.binding == ("PACKAGE",)


def test_two_limits_at_once_are_named_as_a_pair():
    of = problem(lines=[line("L1", need_by=2)], offers=[offer("O1")], contributions=[])

    assert why(of, "L1", deep=True).binding == ("MONEY+DATE",)


def test_an_unknown_line_is_a_slip_of_the_caller():
    of = problem(lines=[line("L1")], offers=[offer("O1")], contributions=[])

    with pytest.raises(KeyError):
        explain(of, plan(of), "L9")


def test_a_limit_is_lifted_for_one_line_alone():
    """One unit in stock, wanted twice: L2's excuse gives nothing to L1."""
    of = problem(
        lines=[line("L1", quantity=2), line("L2", priority=2)],
        offers=[offer("O1", available=1)],
        contributions=[money("C1")],
    )
    lifted = plan(excuse(of, "L2", frozenset({LineLimit.STOCK})))

    assert lifted.fulfilled == {"L1": 1, "L2": 1}
