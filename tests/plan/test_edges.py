"""What a user would expect where problems are odd: planning.md calls them edge cases."""

from fractions import Fraction

import pytest

from pledgeline.plan import Certainty, explain, plan, validate
from tests.plan.programmes import best, line, money, offer, problem


def codes(of):
    return {finding.code for finding in validate(of)}


def test_nothing_wanted_is_a_plan_of_nothing():
    made = best(problem(lines=[], offers=[], contributions=[]))

    assert made.purchases == ()
    assert made.cost_minor == 0


def test_without_packages_nothing_is_bought():
    of = problem(packages=[], lines=[line("L1")], offers=[offer("O1")], contributions=[money("C1")])

    assert best(of).purchases == ()
    assert "plan.no-packages" in codes(of)


def test_a_donation_needs_no_payer_but_its_stock_and_day_count():
    """Two are given away; the third would come too late."""
    of = problem(
        lines=[line("L1", quantity=3, need_by=9)],
        offers=[offer("O1", price=0, available=2), offer("O2", price=0, lead_days=10)],
        contributions=[],
    )
    made = best(of)

    assert made.fulfilled == {"L1": 2}
    assert made.payments == ()


def test_needed_before_the_first_order():
    of = problem(lines=[line("L1", need_by=-1)], offers=[offer("O1")], contributions=[money("C1")])

    assert best(of).fulfilled == {"L1": 0}
    assert "plan.needed-before-first-order" in codes(of)
    assert explain(of, plan(of), "L1").reason == "TOO_LATE"


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"min_useful": 4}, "plan.min-useful-above-quantity"),
        ({"min_useful": 3, "multiple": 2}, "plan.multiple-does-not-fit"),
        ({"multiple": 5}, "plan.multiple-does-not-fit"),
    ],
)
def test_a_line_that_nothing_can_serve_is_said(terms, code):
    of = problem(lines=[line("L1", quantity=3, **terms)], offers=[offer("O1")], contributions=[money("C1")])

    assert best(of).fulfilled == {"L1": 0}
    assert code in codes(of)


def test_a_minimum_that_is_no_multiple_is_rounded_up():
    """At least 3 in steps of 2: 4 is the first useful amount."""
    of = problem(
        lines=[line("L1", quantity=5, min_useful=3, multiple=2)],
        offers=[offer("O1")],
        contributions=[money("C1", 450)],
    )

    assert best(of).fulfilled == {"L1": 4}


def test_a_lot_above_the_stock_sells_nothing():
    of = problem(
        lines=[line("L1", quantity=9)], offers=[offer("O1", available=4, lot=5)], contributions=[money("C1")]
    )

    assert best(of).fulfilled == {"L1": 0}
    assert "plan.order-above-stock" in codes(of)


def test_a_kit_is_bought_whole_or_not():
    """Three radios and two batteries a kit: four batteries make two kits, and the rest is left."""
    of = problem(
        kits={"K": {"radio": 3, "battery": 2}},
        lines=[line("L1", "K", quantity=5)],
        offers=[offer("O1", "radio", available=7), offer("O2", "battery", available=9)],
        contributions=[money("C1", 10_000)],
    )
    made = best(of)

    assert made.fulfilled == {"L1": 2}
    assert [(purchase.offer, purchase.units) for purchase in made.purchases] == [("O1", 6), ("O2", 4)]


def test_a_kit_with_a_part_that_nobody_offers():
    of = problem(
        kits={"K": {"radio": 1, "battery": 1}},
        lines=[line("L1", "K")],
        offers=[offer("O1", "radio")],
        contributions=[money("C1")],
    )

    assert best(of).purchases == ()
    assert explain(of, plan(of), "L1").reason == "NO_OFFER"
    assert "battery" in str(explain(of, plan(of), "L1").said)


@pytest.mark.parametrize(
    "kits", [{"K": {"J": 1}, "J": {"A": 2}}, {"K": {"K": 1}}, {"K": {"J": 1}, "J": {"K": 1}}]
)
def test_kits_in_kits_are_refused(kits):
    of = problem(kits=kits, lines=[line("L1", "K")], offers=[offer("O1")], contributions=[])

    assert "plan.nested-kit" in codes(of)


def test_a_kit_is_complete_on_the_day_of_its_last_part():
    """Radios on day 5, batteries on day 30: one kit, 30 share-days."""
    of = problem(
        kits={"K": {"radio": 1, "battery": 1}},
        lines=[line("L1", "K")],
        offers=[offer("O1", "radio"), offer("O2", "battery", lead_days=30)],
        contributions=[money("C1")],
    )

    assert best(of).score("share-days").value == 30


def test_a_substitute_counts_by_its_ratio_and_a_fraction_is_lost():
    """Three halves make one whole."""
    of = problem(
        substitutes=[{"item": "A", "by": "B", "ratio": [1, 2]}],
        lines=[line("L1", quantity=2)],
        offers=[offer("O1", "B", available=3)],
        contributions=[money("C1")],
    )
    made = best(of)

    assert made.fulfilled == {"L1": 1}
    assert [(purchase.offer, purchase.units) for purchase in made.purchases] == [("O1", 2)]


def test_a_chain_of_substitutes_goes_one_step():
    """B stands in for A and C for B: C does not stand in for A."""
    of = problem(
        substitutes=[{"item": "A", "by": "B"}, {"item": "B", "by": "C"}],
        lines=[line("L1")],
        offers=[offer("O1", "C")],
        contributions=[money("C1")],
    )

    assert best(of).fulfilled == {"L1": 0}
    assert "plan.substitute-chain" in codes(of)


@pytest.mark.parametrize(
    "earmark",
    [
        {"allow": {"item": []}},
        {"allow": {"item": ["A"]}, "deny": {"item": ["A"]}},
        {"allow": {"category": ["armour"]}},
        {"deny": {"line": ["L1"]}},
        {"deny": {"package": ["P1"]}},
        {"deny": {"supplier": [""]}},
    ],
)
def test_money_whose_earmark_excludes_all_pays_nothing(earmark):
    of = problem(lines=[line("L1")], offers=[offer("O1")], contributions=[money("C1", earmark=earmark)])
    made = best(of)

    assert made.paid_minor == {"C1": 0}
    assert explain(of, made, "L1").reason == "MONEY"
    assert explain(of, made, "L1").facts["left_but_excluded"] == ["C1"]


def test_an_unreachable_package_floor_leaves_the_package_empty():
    of = problem(
        packages=[{"id": "P1", "order_day": 0, "target_minor": 5000, "tolerance_minor": 100}],
        lines=[line("L1", quantity=3)],
        offers=[offer("O1")],
        contributions=[money("C1")],
    )
    made = best(of)

    assert made.purchases == ()
    assert "plan.floor-above-money" in codes(of)
    assert explain(of, made, "L1").reason == "PACKAGE"


def test_a_giver_of_whole_packages_pays_all_of_one_or_nothing():
    """350 would cover three units; the giver's 300 pay the whole package, the other 50 stay."""
    of = problem(
        lines=[line("L1", quantity=5)],
        offers=[offer("O1")],
        contributions=[money("C1", 300, whole_package_only=True), money("C2", 50)],
    )
    made = best(of)

    assert made.fulfilled == {"L1": 3}
    assert made.paid_minor == {"C1": 300, "C2": 0}


def test_a_whole_package_giver_below_the_floor_pays_nothing():
    of = problem(
        packages=[{"id": "P1", "order_day": 0, "target_minor": 400, "tolerance_minor": 0}],
        lines=[line("L1", quantity=5)],
        offers=[offer("O1")],
        contributions=[money("C1", 300, whole_package_only=True)],
    )

    assert best(of).purchases == ()


def test_who_pays_whole_packages_and_at_most_half_of_one_pays_nothing():
    """The two terms can only be kept by paying nothing, though 300 would pay all three units."""
    of = problem(
        lines=[line("L1", quantity=3)],
        offers=[offer("O1")],
        contributions=[
            money("C1", 300, whole_package_only=True, max_share=[1, 2], earmark={"allow": {"line": ["L1"]}}),
            money("C2", 200),
        ],
    )
    made = best(of)

    assert made.fulfilled == {"L1": 2}
    assert made.paid_minor == {"C1": 0, "C2": 200}


def test_shares_that_add_up_to_less_than_one_buy_nothing():
    of = problem(
        lines=[line("L1", quantity=5)],
        offers=[offer("O1")],
        contributions=[money("C1", max_share=[1, 2]), money("C2", max_share=[1, 3])],
    )
    made = best(of)

    assert made.purchases == ()
    assert explain(of, made, "L1").reason == "PACKAGE"


def test_a_share_is_rounded_down_to_the_cent():
    """Half of 101 is 50: the other 51 need another giver."""
    of = problem(
        lines=[line("L1")],
        offers=[offer("O1", price=101)],
        contributions=[money("C1", max_share=[1, 2]), money("C2", 51)],
    )

    assert best(of).paid_minor == {"C1": 50, "C2": 51}


def test_a_fee_of_everything_leaves_nothing():
    of = problem(lines=[line("L1")], offers=[offer("O1")], contributions=[money("C1", fee_bps=10_000)])

    assert best(of).purchases == ()
    assert "plan.fee-takes-all" in codes(of)


def test_fee_and_rate_are_rounded_down_once():
    """JPY 1,000 less 1.5 % at 2/3: 656.67, so 656 can be paid."""
    of = problem(
        rates={"JPY": [2, 3]},
        lines=[line("L1", quantity=700)],
        offers=[offer("O1", price=1, available=None)],
        contributions=[money("C1", 1000, "JPY", fee_bps=150)],
    )

    assert best(of).cost_minor == 656


@pytest.mark.parametrize("currency", ["JPY", "KWD", "UYW"])
def test_currencies_with_other_decimals_are_counted_in_their_minor_units(currency):
    of = problem(
        currency=currency,
        lines=[line("L1", quantity=7)],
        offers=[offer("O1", price=3)],
        contributions=[money("C1", 10, currency)],
    )

    assert best(of).paid_minor == {"C1": 9}


def test_amounts_of_ten_to_the_fifteen_are_exact():
    """Three cost one more than there is."""
    of = problem(
        lines=[line("L1", quantity=3)],
        offers=[offer("O1", price=3_333_333_333_333_334)],
        contributions=[money("C1", 10_000_000_000_000_001)],
    )
    made = best(of)

    assert made.fulfilled == {"L1": 2}
    assert made.is_provably_best()


def test_a_missing_cent_is_seen():
    of = problem(
        lines=[line("L1", quantity=3)],
        offers=[offer("O1", price=3_333_333_334)],
        contributions=[money("C1", 10_000_000_001)],
    )

    assert best(of).fulfilled == {"L1": 2}


def test_quantities_beyond_counting_are_refused():
    of = problem(lines=[line("L1", quantity=10**10)], offers=[offer("O1")], contributions=[])

    assert "plan.too-many-units" in codes(of)


def test_ties_go_to_the_first_line_and_the_first_offer():
    """Three equal lines, two equal offers, money for two."""
    of = problem(
        lines=[line(name) for name in ("L3", "L1", "L2")],
        offers=[offer("O2"), offer("O1")],
        contributions=[money("C1", 200)],
    )
    made = best(of)

    assert [(purchase.line, purchase.offer) for purchase in made.purchases] == [("L1", "O1"), ("L2", "O1")]


def test_a_lower_tier_may_help_to_reach_a_minimum_order():
    """Tier 1 wants one, the order takes three: tier 2's lines make it possible."""
    of = problem(
        lines=[line("L1"), line("L2", priority=2, quantity=2)],
        offers=[offer("O1", min_order=3)],
        contributions=[money("C1", 300)],
    )

    assert best(of).fulfilled == {"L1": 1, "L2": 2}


def test_the_most_restricted_money_is_spent_first():
    of = problem(
        lines=[line("L1"), line("L2", "B")],
        offers=[offer("O1"), offer("O2", "B", available=0)],
        contributions=[money("C1"), money("C2", 70, earmark={"allow": {"line": ["L1"]}})],
    )

    assert best(of).paid_minor == {"C1": 30, "C2": 70}


def test_equal_terms_share_in_proportion_by_largest_remainder():
    """100 over 70, 70 and 60: 35, 35 and 30."""
    of = problem(
        lines=[line("L1")],
        offers=[offer("O1")],
        contributions=[money("C1", 70), money("C2", 70), money("C3", 60)],
    )

    assert best(of).paid_minor == {"C1": 35, "C2": 35, "C3": 30}


def test_tiers_say_their_value_their_bound_and_that_it_is_proven():
    of = problem(lines=[line("L1", quantity=3)], offers=[offer("O1")], contributions=[money("C1", 200)])
    tier = best(of).score("tier 1")

    assert (tier.value, tier.bound, tier.standing) == (Fraction(2, 3), Fraction(2, 3), Certainty.PROVEN)
