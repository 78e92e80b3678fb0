"""An amount is whole minor units of one currency."""

from fractions import Fraction

import iso4217
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.money import MINOR_DIGITS, Amount

currencies = st.sampled_from(sorted(MINOR_DIGITS))
minors = st.integers(-(10**18), 10**18)


def test_the_currency_table_is_the_published_one():
    """Every currency that a separately published table gives minor units, with the same digits.

    The special drawing right is there too: ISO gives it no minor unit, and aid is stated in it.
    """
    published = {
        currency.code: currency.exponent for currency in iso4217.Currency if currency.exponent is not None
    }

    assert published | {"XDR": 2} == MINOR_DIGITS
    assert iso4217.Currency("XDR").exponent is None


def test_all_four_kinds_of_minor_unit_exist():
    assert [0, 2, 3, 4] == [MINOR_DIGITS[code] for code in ("JPY", "USD", "KWD", "UYW")]


def test_two_currencies_never_add_up():
    with pytest.raises(ValueError, match="different currencies"):
        Amount(1, "USD") + Amount(1, "EUR")


def test_two_currencies_are_never_compared():
    with pytest.raises(ValueError, match="different currencies"):
        Amount(1, "USD") < Amount(1, "EUR")


@pytest.mark.parametrize("minor", [1.0, "1", True, None])
def test_only_whole_numbers_are_money(minor):
    with pytest.raises(TypeError):
        Amount(minor, "USD")


@pytest.mark.parametrize("code", ["usd", "XXX", "XAU", "", "US", "EURO"])
def test_only_currencies_are_money(code):
    with pytest.raises(ValueError, match="not a currency"):
        Amount(1, code)


@given(minors, minors, currencies)
def test_adding_and_taking_away_again_changes_nothing(one, other, currency):
    a, b = Amount(one, currency), Amount(other, currency)

    assert a == a + b - b
    assert Amount(0, currency) == a + -a


@given(minors, currencies)
def test_major_units_lose_nothing(minor, currency):
    amount = Amount(minor, currency)

    assert amount == Amount.rounded(amount.exact(), currency)
    assert Fraction(amount.major) == amount.exact()


def test_a_half_goes_to_the_even_minor_unit():
    assert [Amount(0, "USD"), Amount(2, "USD"), Amount(2, "USD")] == [
        Amount.rounded(Fraction(half, 1000), "USD") for half in (5, 15, 25)
    ]
