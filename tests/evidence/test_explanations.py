"""An explanation moves our figure towards the stated one, the best fit first; a floor that is reached needs none."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.evidence import Possibility, PossibilityKind, compare
from pledgeline.evidence.explanations import ranked_explanations
from pledgeline.money import Amount
from pledgeline.programme.record import PublicRecord
from tests.evidence.stories import announced, rates, said


def beside(*stated, story):
    return compare(PublicRecord(announcements=announced(story), stated_totals=stated), rates())


def usd(minor):
    return Amount(minor, "USD")


TRADE = """
    A | 2025-08-04 | NLD | USD 1500.00 | - |             |    | committed
    B | 2025-08-05 | DEU | USD 708.00  | - |             |    |
    C | 2025-08-06 | LVA | -           | - |             |    |
    D | 2025-08-07 | LVA | USD 4.90    | - | conflicts C |    |
    E | 2025-08-08 | DNK | USD 18.70   | - | repeats B   |    |
"""


def by(total, speaker):
    return replace(total, said_by=speaker)


def test_a_floor_that_ours_reaches_agrees_and_is_not_explained():
    """2,208 counted; "more than 2,000" is true."""
    stated = by(said("2025-08-10", "total_contributed_usd", "2000"), "Zelensky ('more than')")
    (one,) = beside(stated, story=TRADE)

    assert (usd(2_208_00), True, ()) == (one.ours, one.agrees, one.explanations)


@pytest.mark.parametrize("speaker", ["Zelensky", "Zelensky ('around')", "Zelensky ('almost')"])
def test_a_figure_that_is_no_floor_is_explained(speaker):
    stated = by(said("2025-08-10", "total_contributed_usd", "2000"), speaker)
    (one,) = beside(stated, story=TRADE)

    assert not one.agrees


def test_a_floor_that_ours_does_not_reach_is_explained():
    stated = by(said("2025-08-10", "total_contributed_usd", "2222"), "Rutte (over, as of today)")
    (one,) = beside(stated, story=TRADE)

    assert not one.agrees
    assert (PossibilityKind.REPEATED, usd(18_70), True) == (
        one.explanations[0].kind,
        one.explanations[0].moves,
        one.explanations[0].fits,
    )


def test_what_would_lead_farther_away_than_we_are_is_no_explanation():
    """2,200 stated and 2,208 counted: without the 708 that were only announced it would be 700 too few."""
    (one,) = beside(said("2025-08-10", "total_contributed_usd", "2200.00"), story=TRADE)

    assert PossibilityKind.ONLY_ANNOUNCED not in {explanation.kind for explanation in one.explanations}


def test_rounding_alone_does_not_make_a_small_row_explain_a_large_difference():
    """2,231.70 less 2,208 is 23.70: rounded to the hundred, 4.90 of it explain nothing, 18.70 not all of it."""
    ranked = ranked_explanations(
        [
            Possibility(kind=PossibilityKind.CONFLICT, moves=usd(4_90)),
            Possibility(kind=PossibilityKind.REPEATED, moves=usd(18_70)),
            Possibility(kind=PossibilityKind.MISSING_SHARES, moves=usd(22_70)),
        ],
        usd(23_70),
        50_00,
    )

    assert [
        (PossibilityKind.MISSING_SHARES, True),
        (PossibilityKind.REPEATED, False),
        (PossibilityKind.CONFLICT, False),
    ] == [(explanation.kind, explanation.fits) for explanation in ranked]
    assert [usd(1_00), usd(5_00), usd(18_80)] == [explanation.leaves for explanation in ranked]


def test_a_number_of_partners_is_not_raised_by_partners_that_are_counted_already():
    """Four stated, three counted; Latvia's silence is one of the three."""
    (one,) = beside(said("2025-08-10", "number_of_partners", "4", "countries"), story=TRADE)

    assert 3 == one.ours
    assert () == one.explanations


def test_a_smaller_number_may_leave_out_the_partners_without_a_sum():
    (one,) = beside(said("2025-08-10", "number_of_partners", "2", "countries"), story=TRADE)
    silent = next(each for each in one.explanations if each.kind is PossibilityKind.NO_AMOUNT)

    assert (-1, 0, True, ("C",)) == (silent.moves, silent.leaves, silent.fits, silent.rows)
    assert one.explanations[0].fits


def test_a_larger_number_may_count_those_of_the_two_weeks_after():
    story = TRADE + "    F | 2025-08-20 | EST | USD 1.00 | - |\n    G | 2025-08-21 | NLD | USD 1.00 | - |"
    (one,) = beside(said("2025-08-10", "number_of_partners", "4", "countries"), story=story)

    assert [(PossibilityKind.JUST_AFTER, 1, True, ("F",))] == [
        (each.kind, each.moves, each.fits, each.rows) for each in one.explanations
    ]


def test_an_older_total_stated_again_is_recognised():
    """1,500 of 4 August told again on the 10th, when 2,208 are counted: 708 have come since."""
    first = by(said("2025-08-04", "total_contributed_usd", "1500"), "Zelensky")
    again = by(said("2025-08-10", "total_contributed_usd", "1500"), "A paper")
    _, one = beside(first, again, story=TRADE)
    best = one.explanations[0]

    assert (PossibilityKind.OLDER_TOTAL, first, usd(-708_00), True) == (
        best.kind,
        best.statement,
        best.moves,
        best.fits,
    )


@pytest.mark.parametrize(
    "first",
    [
        said("2025-08-04", "total_contributed_usd", "1501"),
        said("2025-08-04", "total_contributed_eur", "1500", "EUR"),
        said("2025-01-04", "total_contributed_usd", "1500"),
        said("2025-08-11", "total_contributed_usd", "1500"),
    ],
)
def test_another_figure_measure_or_time_is_not_an_older_total(first):
    _, one = beside(first, said("2025-08-10", "total_contributed_usd", "1500"), story=TRADE)

    assert PossibilityKind.OLDER_TOTAL not in {explanation.kind for explanation in one.explanations}


def test_a_sum_in_another_currency_is_recognised():
    """EUR 500 at 1.2 are 600 dollars; "500 million dollars" is the euro figure."""
    story = "A | 2025-08-04 | NLD | EUR 500.00 | - |"
    (one,) = beside(said("2025-08-10", "partner_total_usd:NLD", "500"), story=story)
    best = one.explanations[0]

    assert (PossibilityKind.OTHER_CURRENCY, "EUR", usd(-100_00), True) == (
        best.kind,
        best.currency,
        best.moves,
        best.fits,
    )


@pytest.mark.parametrize(("stated", "currency"), [("6000", "NOK"), ("610", ""), ("590", "")])
def test_only_a_currency_in_which_our_sum_is_near_is_named(stated, currency):
    """600 dollars are NOK 6,000 at 12 to the euro."""
    story = "A | 2025-08-04 | NOR | NOK 6000.00 | - |"
    (one,) = beside(said("2025-08-10", "partner_total_usd:NOR", stated), story=story)
    named = [each.currency for each in one.explanations if each.kind is PossibilityKind.OTHER_CURRENCY]

    assert ([currency] if currency else []) == named


moved = st.integers(-(10**6), 10**6)


@given(st.lists(moved, max_size=12), moved.filter(bool), st.integers(0, 10**5), st.booleans())
def test_every_explanation_leads_nearer_and_the_best_come_first(moves, difference, rounding, is_floor):
    ranked = ranked_explanations(
        [Possibility(kind=PossibilityKind.CONFLICT, moves=usd(move)) for move in moves],
        usd(difference),
        rounding,
        is_floor=is_floor,
    )

    lefts = []
    for explanation in ranked:
        left = difference - explanation.moves.minor
        assert abs(left) < abs(difference)
        assert (explanation.moves.minor > 0) == (difference > 0)
        assert explanation.leaves == usd(left)
        lefts.append((not explanation.fits, abs(left)))
    assert sorted(lefts) == lefts
    assert len(ranked) <= 3


def test_how_far_ours_lies_above_a_floor_is_no_difference():
    reached = by(said("2025-08-10", "total_contributed_usd", "2000"), "Zelensky ('more than')")
    missed = by(said("2025-08-10", "total_contributed_usd", "2300"), "Zelensky ('more than')")
    partners = by(said("2025-08-10", "number_of_partners", "2", "countries"), "Zelensky ('more than')")

    assert [(None, True), (usd(92_00), False), (None, True)] == [
        (each.difference, each.agrees) for each in beside(reached, missed, partners, story=TRADE)
    ]


def test_the_same_number_stated_in_another_currency_is_named_with_the_statement():
    """EUR 500 at 1.2 are 600 dollars. "580 euros" beside "580 dollars" of the next day: dollars were meant."""
    story = "A | 2025-08-04 | NLD | EUR 500.00 | - |"
    euros = said("2025-08-10", "total_contributed_eur", "580", "EUR")
    dollars = said("2025-08-11", "total_contributed_usd", "580")
    one, _ = beside(euros, dollars, story=story)
    best = one.explanations[0]

    assert (PossibilityKind.SAME_NUMBER, "USD", dollars, Amount(100_00, "EUR"), Amount(-20_00, "EUR")) == (
        best.kind,
        best.currency,
        best.statement,
        best.moves,
        best.leaves,
    )


@pytest.mark.parametrize(
    "other",
    [
        said("2025-08-11", "total_contributed_usd", "581"),
        said("2025-08-25", "total_contributed_usd", "580"),  # 15 days later
        said("2025-08-11", "partner_total_usd:NLD", "580"),
        said("2025-08-11", "number_of_partners", "580", "countries"),
    ],
)
def test_another_number_time_or_measure_is_not_the_same_number(other):
    story = "A | 2025-08-04 | NLD | EUR 500.00 | - |"
    one, _ = beside(said("2025-08-10", "total_contributed_eur", "580", "EUR"), other, story=story)

    assert PossibilityKind.SAME_NUMBER not in {explanation.kind for explanation in one.explanations}


def test_a_number_of_those_who_paid_is_not_explained_by_those_who_only_promised():
    story = """
        A | 2025-08-04 | NLD | USD 1.00 | - | | | paid
        B | 2025-08-12 | EST | USD 1.00 | - | | | committed
        C | 2025-08-13 | LVA | USD 1.00 | - | | | paid
    """
    (one,) = beside(said("2025-08-10", "number_of_partners_paid", "3", "countries"), story=story)

    assert [(PossibilityKind.JUST_AFTER, 1, ("C",))] == [
        (each.kind, each.moves, each.rows) for each in one.explanations
    ]


@pytest.mark.parametrize(("older", "comes_first"), [(-60, True), (-50, True), (-49, False)])
def test_a_figure_found_again_comes_first_where_it_explains_half(older, comes_first):
    """Of a difference of 100; the conflict leaves 45."""
    ranked = ranked_explanations(
        [
            Possibility(kind=PossibilityKind.CONFLICT, moves=usd(-55)),
            Possibility(kind=PossibilityKind.OLDER_TOTAL, moves=usd(older)),
        ],
        usd(-100),
        0,
    )

    assert comes_first == (ranked[0].kind is PossibilityKind.OLDER_TOTAL)


def test_rounding_comes_before_a_figure_found_again():
    ranked = ranked_explanations(
        [
            Possibility(kind=PossibilityKind.OLDER_TOTAL, moves=usd(9)),
            Possibility(kind=PossibilityKind.ROUNDING, moves=usd(10)),
        ],
        usd(10),
        10,
    )

    assert [PossibilityKind.ROUNDING, PossibilityKind.OLDER_TOTAL] == [
        explanation.kind for explanation in ranked
    ]


def test_a_speaker_may_still_count_what_was_taken_back():
    """1,000 and 90, of which 250 and the whole 90 were taken back: 750 are left, and 1,090 were stated."""
    story = """
        A | 2025-08-04 | NLD | USD 1000.00 | - |
        B | 2025-08-04 | NOR | USD 90.00   | - |
        V | 2025-08-06 | NLD | USD 250.00  | - | withdraws A |
        W | 2025-08-07 | NOR | -           | - | withdraws B |
    """
    (one,) = beside(said("2025-08-10", "total_contributed_usd", "1090"), story=story)
    best = one.explanations[0]

    assert (usd(750_00), usd(340_00)) == (one.ours, one.difference)
    assert (PossibilityKind.TAKEN_BACK, ("V", "B"), usd(340_00), True) == (
        best.kind,
        best.rows,
        best.moves,
        best.fits,
    )


def test_what_was_taken_back_explains_no_smaller_figure():
    story = (
        "A | 2025-08-04 | NLD | USD 1000.00 | - |\n    V | 2025-08-06 | NLD | USD 250.00 | - | withdraws A |"
    )
    (one,) = beside(said("2025-08-10", "total_contributed_usd", "700"), story=story)

    assert PossibilityKind.TAKEN_BACK not in {explanation.kind for explanation in one.explanations}
