"""The conversion rule, sentence by sentence."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pledgeline.money import Amount, Converted, MissingRate, Rate, Rates
from pledgeline.programme.objections import missing_rate


def table(text: str, maximum_age_days: int = 31) -> Rates:
    """Read a table of `day base currency rate`, one a line."""
    rows = [line.split() for line in text.strip().splitlines()]
    return Rates(
        [
            Rate(day=date.fromisoformat(day), base=base, currency=code, rate=Decimal(rate), source="S1")
            for day, base, code, rate in rows
        ],
        maximum_age_days=maximum_age_days,
    )


ECB = table(
    """
    2025-08-01  EUR  USD  1.1404
    2025-08-04  EUR  USD  1.1565
    2025-08-04  EUR  DKK  7.4629
    2025-08-04  EUR  JPY  170.55
    """
)


def test_the_latest_rate_on_or_before_the_day_is_used():
    """3 August was a Sunday: Friday's rate. 100 x 1.1404 = 114.04; on Monday 115.65."""
    assert Amount(114_04, "USD") == ECB.convert(Amount(100_00, "EUR"), "USD", on=date(2025, 8, 3)).amount
    assert Amount(115_65, "USD") == ECB.convert(Amount(100_00, "EUR"), "USD", on=date(2025, 8, 4)).amount


def test_a_crossing_goes_over_the_base():
    """580,000,000 DKK / 7.4629 x 1.1565 = 89,880,609.4146... USD."""
    outcome = ECB.convert(Amount(580_000_000_00, "DKK"), "USD", on=date(2025, 8, 5))

    assert isinstance(outcome, Converted)
    assert Amount(89_880_609_41, "USD") == outcome.amount
    assert ["DKK", "USD"] == [rate.currency for rate in outcome.rates]


def test_minor_units_of_the_target_are_kept():
    """12.34 EUR x 170.55 = 2104.587 JPY, which has no decimals: 2105."""
    assert Amount(2105, "JPY") == ECB.convert(Amount(12_34, "EUR"), "JPY", on=date(2025, 8, 4)).amount


def test_the_same_currency_needs_no_rate():
    outcome = ECB.convert(Amount(5, "NZD"), "NZD", on=date(1999, 1, 1))

    assert Converted(amount=Amount(5, "NZD")) == outcome


def test_a_rate_before_the_first_day_is_missing_not_guessed():
    outcome = ECB.convert(Amount(5, "EUR"), "USD", on=date(2025, 7, 31))

    assert isinstance(outcome, MissingRate)
    assert outcome.newest is None
    assert "no rate from EUR to USD on or before 2025-07-31" in str(missing_rate(outcome))


def test_a_rate_may_be_as_old_as_the_maximum_age_and_no_older():
    assert isinstance(ECB.convert(Amount(5, "EUR"), "USD", on=date(2025, 9, 4)), Converted)
    outcome = ECB.convert(Amount(5, "EUR"), "USD", on=date(2025, 9, 5))

    assert isinstance(outcome, MissingRate)
    assert "32 days older, and 31 days are allowed" in str(missing_rate(outcome))


def test_an_unknown_currency_is_missing():
    assert isinstance(ECB.convert(Amount(5, "EUR"), "UAH", on=date(2025, 8, 4)), MissingRate)
    assert isinstance(ECB.convert(Amount(5, "UAH"), "EUR", on=date(2025, 8, 4)), MissingRate)


def test_a_direct_rate_is_preferred_to_a_crossing():
    both = table(
        """
        2025-08-04  EUR  USD  2
        2025-08-04  EUR  GBP  1
        2025-08-04  GBP  USD  3
        """
    )

    assert Amount(3_00, "USD") == both.convert(Amount(1_00, "GBP"), "USD", on=date(2025, 8, 4)).amount


@given(st.integers(0, 10**15), st.sampled_from(["USD", "DKK", "JPY"]))
def test_there_and_back_again_is_off_by_the_rounding_only(minor, code):
    there = ECB.convert(Amount(minor, "EUR"), code, on=date(2025, 8, 4)).amount
    back = ECB.convert(there, "EUR", on=date(2025, 8, 4)).amount

    assert abs(back.minor - minor) <= 100
