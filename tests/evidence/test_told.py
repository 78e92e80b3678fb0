"""The as-of rule, sentence by sentence, with sums done by hand."""

from hypothesis import given
from hypothesis import strategies as st

from pledgeline.evidence import Treatment, Valued, Why, as_of, standings
from pledgeline.money import Amount
from tests.evidence.stories import announced, day, rates


def told(story, on, currency="USD", **more):
    return as_of(standings(announced(story), rates(**more), currency), day(on), currency)


def ids(rows):
    return [row.announcement.id for row in rows]


STORY = """
    A | 2025-08-04 | NLD         | EUR 500.00  | USD 578.00 |
    B | 2025-08-05 | DNK         | EUR 100.00  | -          |
    C | 2025-08-06 | NLD         | USD 500.00  | -          | conflicts A
    D | 2025-08-07 | DNK+NLD     | USD 700.00  | -          | repeats A;B
    E | 2025-08-10 | DNK         | EUR 150.00  | -          | replaces B
    F | 2025-08-11 | NOR         | NOK 1200.00 | -          | unclear A
    G | 2025-08-12 | SWE         | -           | -          |
"""


def test_before_the_first_announcement_nothing_was_told():
    assert Amount(0, "USD") == told(STORY, "2025-08-03").total


def test_new_money_counts_from_its_day_on():
    """578 as the report says, and 100 EUR x 1.2 = 120."""
    assert Amount(698_00, "USD") == told(STORY, "2025-08-05").total


def test_a_repetition_and_another_figure_are_left_out():
    at = told(STORY, "2025-08-07")

    assert Amount(698_00, "USD") == at.total
    assert [("C", Why.CONFLICTS), ("D", Why.REPEATS)] == [
        (row.announcement.id, why) for row, why in at.left_out
    ]


def test_a_newer_figure_counts_and_drops_the_older_from_its_own_day():
    """Up to the 9th B stands with 120; from the 10th E with 180 instead."""
    assert Amount(698_00, "USD") == told(STORY, "2025-08-09").total
    assert Amount(758_00, "USD") == told(STORY, "2025-08-10").total


def test_unclear_money_is_shown_apart():
    """1,200 NOK / 12 x 1.2 = 120 dollars, beside the total and not in it."""
    at = told(STORY, "2025-08-11")

    assert Amount(758_00, "USD") == at.total
    assert Amount(120_00, "USD") == at.apart_total
    assert ["F"] == ids(at.apart)


def test_an_announcement_without_an_amount_counts_as_nothing_and_is_listed():
    at = told(STORY, "2025-08-12")

    assert Amount(758_00, "USD") == at.total
    assert ["G"] == ids(at.without_amount)


def test_for_dollars_the_figure_of_the_report_comes_first():
    row = standings(announced(STORY), rates(), "USD")[0]

    assert (Amount(578_00, "USD"), Valued.AS_REPORTED) == (row.value, row.valued)


def test_in_its_own_currency_an_amount_stands_as_announced():
    """500 + 150 euros; the report's dollars play no part."""
    at = told(STORY, "2025-08-12", currency="EUR")

    assert Amount(650_00, "EUR") == at.total
    assert Valued.AS_ANNOUNCED == at.counted[0].valued


def test_the_rate_is_that_of_the_announcement_not_of_the_day_asked_for():
    """The dollar moved to 1.50 on the 20th; what was announced on the 10th is still 180."""
    assert Amount(758_00, "USD") == told(STORY, "2025-12-31").total


def test_rates_of_the_day_asked_for_are_another_question():
    """At 1.50: 578 as reported and 150 x 1.5 = 225."""
    rows = standings(announced(STORY), rates(), "USD", rates_of=day("2025-12-31"))

    assert Amount(803_00, "USD") == as_of(rows, day("2025-12-31"), "USD").total


def test_a_dropped_row_stays_dropped_when_its_successor_is_replaced():
    chain = """
        A | 2025-08-04 | NLD | USD 1.00 | - |
        B | 2025-08-05 | NLD | USD 2.00 | - | replaces A
        C | 2025-08-06 | NLD | USD 4.00 | - | replaces B
    """

    assert [1_00, 2_00, 4_00] == [
        told(chain, on).total.minor for on in ("2025-08-04", "2025-08-05", "2025-08-06")
    ]


def test_a_row_replaced_on_its_own_day_never_counts():
    same_day = """
        A | 2025-08-04 | NLD | USD 1.00 | - |
        B | 2025-08-04 | NLD | USD 2.00 | - | replaces A
    """

    assert Amount(2_00, "USD") == told(same_day, "2025-08-04").total


def test_an_unclear_row_that_was_replaced_is_no_longer_apart():
    cleared = """
        A | 2025-08-04 | NLD | USD 1.00 | - | unclear Z
        B | 2025-08-06 | NLD | USD 1.00 | - | replaces A
    """
    at = told(cleared, "2025-08-06")

    assert (Amount(1_00, "USD"), Amount(0, "USD")) == (at.total, at.apart_total)


def test_a_reported_dollar_figure_alone_is_enough():
    """No amount in the partner's currency: 60 dollars as reported are 50 euros at 1.2."""
    only = "A | 2025-08-04 | SWE | - | USD 60.00 |"

    assert Amount(60_00, "USD") == told(only, "2025-08-04").total
    assert Amount(50_00, "EUR") == told(only, "2025-08-04", currency="EUR").total


def test_a_missing_rate_adds_nothing_and_is_listed():
    old = "A | 2025-12-31 | NOR | NOK 12.00 | - |"
    at = told(old, "2025-12-31", maximum_age_days=31)

    assert Amount(0, "USD") == at.total
    assert ["A"] == ids(at.without_rate)
    assert [] == ids(at.without_amount)


def test_joint_sums_stand_in_a_line_of_their_own():
    joint = """
        A | 2025-08-04 | DNK+NOR | USD 5.00 | - |
        B | 2025-08-04 | DNK     | USD 2.00 | - |
    """

    assert {"DNK+NOR": Amount(5_00, "USD"), "DNK": Amount(2_00, "USD")} == told(joint, "2025-08-04").by(
        lambda row: "+".join(row.partners)
    )


row_texts = st.lists(
    st.tuples(
        st.integers(1, 28),
        st.sampled_from(["NLD", "DNK", "DNK+NLD"]),
        st.integers(1, 10**9),
        st.sampled_from(["", "replaces", "repeats", "conflicts", "unclear"]),
    ),
    max_size=12,
)


@given(row_texts, st.integers(1, 28), st.data())
def test_every_public_row_has_exactly_one_place(rows, on, data):
    """Counted, apart and left out are all rows public on the day, each once; later rows are in none."""
    lines = []
    for number, (when, partners, minor, relation) in enumerate(rows):
        earlier = [i for i in range(number) if rows[i][0] <= when]
        if relation and not earlier:
            relation = ""
        related = f"{relation} R{data.draw(st.sampled_from(earlier))}" if relation else ""
        lines.append(
            f"R{number} | 2025-08-{when:02} | {partners} | USD {minor // 100}.{minor % 100:02} | - | {related}"
        )
    story = announced("\n".join(lines)) if lines else ()
    at = as_of(standings(story, rates(), "USD"), day(f"2025-08-{on:02}"), "USD")
    placed = [*ids(at.counted), *ids(at.apart), *ids(row for row, _why in at.left_out)]

    assert sorted(placed) == sorted(row.id for row in story if row.announced_on <= day(f"2025-08-{on:02}"))
    assert at.total.minor == sum(row.value.minor for row in at.counted)
    for row in at.counted:
        assert (Treatment.COUNTED, Why.NEW if row.announcement.relation == "" else Why.REPLACES) == row.on(
            at.day
        )
        assert not any(
            other.relation == "replaces"
            and row.announcement.id in other.relates_to
            and other.announced_on <= at.day
            for other in story
        )
