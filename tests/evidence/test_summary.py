"""One sentence for a day, which of several stated totals is named first, and how far a record reaches."""

from datetime import date
from decimal import Decimal

import pytest

from pledgeline.evidence import as_of, ranked_totals, standings, summary_of
from pledgeline.money import Amount
from pledgeline.programme.coverage import Coverage, Reach
from pledgeline.programme.stated_totals import Precision, StatedTotal
from tests.evidence.stories import announced, day, rates

STORY = """
    A | 2025-08-04 | NLD     | EUR 500.00 | USD 578.00 |             |    | committed
    B | 2025-08-05 | DNK+NOR | NOK 120.00 | -          |             |    |
    C | 2025-08-06 | NLD     | USD 500.00 | -          | conflicts A |    |
    D | 2025-08-07 | SWE     | -          | -          |             |    | paid
    E | 2025-08-08 | ISL     | ISK 100    | -          |             |    |
"""
COVERAGE = Coverage(thin_after=date(2026, 2, 28), ends_on=date(2026, 9, 30), searched_on=date(2026, 11, 28))


def summary(on):
    told = as_of(standings(announced(STORY), rates(), "USD"), day(on), "USD")
    return summary_of(told, COVERAGE, 31)


def test_the_figures_of_the_sentence():
    """578 as reported and 120 NOK / 12 x 1.2 = 12 dollars; Sweden names no sum, Iceland's króna has no rate."""
    said = summary("2025-12-31")

    assert (Amount(590_00, "USD"), Amount(578_00, "USD")) == (said.total, said.decided)
    assert ("DNK", "ISL", "NLD", "NOR", "SWE") == said.partners
    assert (4, 1, 1) == (said.rows, said.silent, said.not_converted)
    assert (day("2025-08-01"), day("2025-08-01")) == (said.rates_from, said.rates_until)
    assert ("S1",) == said.sources


def test_the_one_decision_that_would_change_most_is_that_of_the_partner_with_most_that_is_only_announced():
    """Norway 240 NOK / 12 x 1.2 = 24 dollars; Denmark's 30 are paid, and what both announced is nobody's alone."""
    story = """
    A | 2025-08-04 | DNK     | USD 30.00  | - | | | paid
    B | 2025-08-05 | DNK+NOR | USD 90.00  | - | | |
    C | 2025-08-06 | NOR     | NOK 240.00 | - | | |
    D | 2025-08-07 | DNK     | USD 20.00  | - | | |
    """
    told = as_of(standings(announced(story), rates(), "USD"), day("2025-08-31"), "USD")

    assert ("NOR", Amount(24_00, "USD")) == summary_of(told, None, 31).waiting_most
    assert summary("2025-08-04").waiting_most is None


@pytest.mark.parametrize(
    ("on", "reach"),
    [
        ("2025-12-31", Reach.FULL),
        ("2026-02-28", Reach.FULL),
        ("2026-03-01", Reach.THIN),
        ("2026-09-30", Reach.THIN),
        ("2026-10-01", Reach.ENDED),
    ],
)
def test_how_far_the_record_reaches(on, reach):
    assert reach == summary(on).reach


def test_before_anything_was_announced_nothing_is_said_of_rates():
    said = summary("2025-08-01")

    assert (0, None, None, ()) == (said.rows, said.rates_from, said.rates_until, said.sources)


def stated(value, said_by, as_of="2025-12-31"):
    return StatedTotal(
        as_of=day(as_of),
        measure="total_contributed_usd",
        value=Decimal(value),
        unit="USD",
        said_by=said_by,
        sources=("S1",),
        note="",
    )


@pytest.mark.parametrize(
    ("said_by", "precision"),
    [
        ("Zelensky", Precision.EXACT),
        ("Zelensky ('more than')", Precision.FLOOR),
        ("Newsroom Worldwide ('over')", Precision.FLOOR),
        ("Shmyhal (at least, in one meeting)", Precision.FLOOR),
        ("Rutte as told by Censor.NET ('at least', paid by allies)", Precision.FLOOR),
        ("Politico and UNITED24 Media ('around', for 2025)", Precision.ABOUT),
        ("Zelensky ('almost')", Precision.ABOUT),
        ("Rutte (NATO)", Precision.EXACT),
        ("The Overseer (somebody)", Precision.EXACT),
        ("Somerset (overtaken)", Precision.EXACT),
        ("Rutte (two thirds)", Precision.EXACT),
    ],
)
def test_how_a_figure_was_meant(said_by, precision):
    assert precision == stated(1, said_by).precision


def test_an_official_speaker_comes_first_then_the_exact_figure_then_the_order_of_the_record():
    said = [
        stated(5, "Politico ('around')"),
        stated(4, "Rutte ('more than')"),
        stated(418, "Babel"),
        stated(43, "Zelensky"),
        stated(42, "Sybiha"),
        stated(41, "Rutte as told by UNN"),
    ]

    assert [43, 42, 4, 418, 41, 5] == [
        int(total.value) for total in ranked_totals(said, ("Zelensky", "Sybiha", "Rutte"))
    ]


def test_without_official_speakers_the_exact_figure_comes_first():
    said = [stated(5, "B (over)"), stated(6, "B (around)"), stated(7, "B"), stated(8, "A")]

    assert [7, 8, 6, 5] == [int(total.value) for total in ranked_totals(said, ())]


def test_the_newest_day_comes_before_who_said_it():
    said = [stated(43, "Zelensky"), stated(5, "A paper (over)", as_of="2026-01-01")]

    assert [5, 43] == [int(total.value) for total in ranked_totals(said, ("Zelensky",))]
