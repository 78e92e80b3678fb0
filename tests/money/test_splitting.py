"""Shares add up to the amount again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.money import Amount, split

weights = st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(any)


@given(st.integers(-(10**17), 10**17), weights)
def test_nothing_is_lost_and_nobody_is_more_than_one_unit_off(minor, weights):
    shares = split(Amount(minor, "USD"), weights)

    assert minor == sum(share.minor for share in shares)
    whole = sum(weights)
    for share, weight in zip(shares, weights, strict=True):
        assert 0 <= share.minor - minor * weight // whole <= 1


@given(st.integers(0, 10**9), weights)
def test_who_has_no_weight_gets_nothing(minor, weights):
    for share, weight in zip(split(Amount(minor, "JPY"), weights), weights, strict=True):
        assert weight or not share


def test_the_cent_left_over_goes_to_the_largest_remainder():
    """100 cents by 1 : 2 : 4 are 14.29, 28.57 and 57.14: the cent goes to the second."""
    assert [14, 29, 57] == [share.minor for share in split(Amount(100, "USD"), [1, 2, 4])]


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1], [-1, 3]])
def test_weights_that_do_not_say_how_to_divide_are_refused(weights):
    with pytest.raises(ValueError, match="cannot split"):
        split(Amount(1, "USD"), weights)
