"""Money taken back: a part or the whole, from its own day on, in every currency; and months without a day."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.evidence import Treatment, Valued, Why, as_of, standings
from pledgeline.money import Amount
from tests.evidence.stories import announced, day, rates


def told(story, on, currency="USD"):
    return as_of(standings(announced(story), rates(), currency), day(on), currency)


def partners_in(at):
    return sorted({code for row in at.counted for code in row.announcement.partners})


WHOLE = """
    A | 2025-08-04 | NOR | NOK 1500.00 | - |
    B | 2025-08-05 | DNK | EUR 100.00  | - |
    W | 2025-09-03 | NOR | -           | - | withdraws A
"""


def test_the_whole_is_gone_from_the_day_it_was_taken_back():
    """NOK 1,500 / 12 x 1.2 = 150 dollars and EUR 100 x 1.2 = 120; from 3 September only the 120."""
    assert Amount(270_00, "USD") == told(WHOLE, "2025-09-02").total
    assert Amount(120_00, "USD") == told(WHOLE, "2025-09-03").total


def test_a_partner_that_took_everything_back_is_none_any_more():
    assert ["DNK", "NOR"] == partners_in(told(WHOLE, "2025-09-02"))
    assert ["DNK"] == partners_in(told(WHOLE, "2025-09-03"))


def test_both_rows_are_left_out_and_say_why():
    at = told(WHOLE, "2025-09-03")

    assert [("A", Why.WITHDRAWN), ("W", Why.WITHDRAWS)] == [
        (row.announcement.id, why) for row, why in at.left_out
    ]


PART = """
    A | 2025-08-04 | NLD | EUR 500.00 | USD 578.00 |
    W | 2025-09-03 | NLD | EUR 100.00 | -          | withdraws A
"""


def test_a_part_is_worth_its_share_of_the_row():
    """A fifth of 578 as reported is 115.60, whatever the rate of 3 September."""
    assert Amount(578_00, "USD") == told(PART, "2025-09-02").total
    assert Amount(462_40, "USD") == told(PART, "2025-09-03").total
    assert Amount(400_00, "EUR") == told(PART, "2025-09-03", "EUR").total


def test_a_part_counts_below_zero_and_is_a_row():
    at = told(PART, "2025-09-03")

    assert [("A", Amount(578_00, "USD")), ("W", Amount(-115_60, "USD"))] == [
        (row.announcement.id, row.value) for row in at.counted
    ]
    assert [Amount(500_00, "EUR"), Amount(-100_00, "EUR")] == [row.stated for row in at.counted]
    assert (Treatment.COUNTED, Why.WITHDRAWS) == at.counted[1].on(day("2025-09-03"))
    assert ("W",) == at.counted[0].withdrawn_by


def test_a_part_may_be_stated_in_the_dollars_of_the_report():
    """289 of 578 dollars is the half: EUR 250 of 500."""
    half = PART.replace("EUR 100.00", "USD 289.00")

    assert Amount(289_00, "USD") == told(half, "2025-09-03").total
    assert Amount(250_00, "EUR") == told(half, "2025-09-03", "EUR").total


def test_parts_that_reach_the_whole_take_the_partner_away():
    both = PART + "V | 2025-10-01 | NLD | EUR 400.00 | - | withdraws A"

    assert ["NLD"] == partners_in(told(both, "2025-09-30"))
    assert [] == partners_in(told(both, "2025-10-01"))
    assert Amount(0, "USD") == told(both, "2025-10-01").total


def test_a_newer_figure_of_the_row_drops_its_parts_too():
    newer = PART + "N | 2025-10-01 | NLD | EUR 450.00 | - | replaces A"

    assert Amount(450_00, "EUR") == told(newer, "2025-10-01", "EUR").total
    assert {"A": Why.REPLACED, "W": Why.WITHDRAWS} == {
        row.announcement.id: why for row, why in told(newer, "2025-10-01").left_out
    }


def test_a_part_of_money_shown_apart_stays_apart():
    apart = """
        A | 2025-08-04 | NLD | EUR 500.00 | - |
        U | 2025-08-05 | NLD | EUR 50.00  | - | unclear A
        W | 2025-08-06 | NLD | EUR 20.00  | - | withdraws U
    """
    at = told(apart, "2025-08-06", "EUR")

    assert (Amount(500_00, "EUR"), Amount(30_00, "EUR")) == (at.total, at.apart_total)


def test_a_part_of_what_cannot_be_converted_cannot_either():
    lost = """
        A | 2025-08-04 | ISL | ISK 1000 | - |
        W | 2025-08-05 | ISL | ISK 400  | - | withdraws A
    """
    at = told(lost, "2025-08-05")

    assert Amount(0, "USD") == at.total
    assert [Valued.NO_RATE, Valued.NO_RATE] == [row.valued for row in at.counted]


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6), st.integers(0, 5))
def test_whatever_is_taken_back_a_sum_never_falls_below_what_is_left(parts, currency):
    """Of 1,000,000 cents; each part is taken a day later, until nothing is left."""
    lines = ["A | 2025-08-01 | NLD | EUR 10000.00 | USD 12345.67 |"]
    left = 1_000_000
    for number, part in enumerate(parts):
        minor = min(part, left)
        if not minor:
            break
        left -= minor
        lines.append(
            f"W{number} | 2025-08-{number + 2:02} | NLD | EUR {minor // 100}.{minor % 100:02} | - | withdraws A"
        )
    at = told("\n".join(lines), "2025-08-31")
    exact = Fraction(left, 1_000_000) * 1_234_567

    assert abs(at.total.minor - exact) <= len(parts)
    assert left * 1 == told("\n".join(lines), "2025-08-31", "EUR").total.minor
    assert (left == 0) == (not at.counted)


@pytest.mark.parametrize("amount", ["-", "NOK 1.00"])
def test_what_is_taken_back_from_nothing_changes_nothing(amount):
    """A database may hold such a row; the reader of a folder refuses it."""
    story = f"""
        A | 2025-08-04 | NOR | NOK 1500.00 | - |
        W | 2025-09-03 | NOR | {amount} | - | withdraws X
    """

    assert Amount(150_00, "USD") == told(story, "2025-12-31").total
