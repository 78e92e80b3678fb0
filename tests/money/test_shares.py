"""Shares in tenths of a per cent: parts of a whole add up to it, and what is not all is never shown as all."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.money import in_percent, most_share_of, share_of, shares_of_whole, term_in_percent

PARTS = st.dictionaries(st.text(min_size=1, max_size=4), st.integers(0, 10**18), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("parts", "shares"),
    [
        ({"a": 1, "b": 1, "c": 1}, {"a": 334, "b": 333, "c": 333}),
        ({"c": 1, "b": 1, "a": 1}, {"a": 334, "b": 333, "c": 333}),  # the order of giving changes nothing
        # 489.5, 310.3 and 200.2 of a thousand: one is left over, for the largest remainder
        ({"NL": 4895, "NO": 3103, "SE": 2002}, {"NL": 490, "NO": 310, "SE": 200}),
        # 489.4, 310.4 and 200.2: the remainders .4 and .4 are equal, the larger part comes first
        ({"NL": 4894, "NO": 3104, "SE": 2002}, {"NL": 490, "NO": 310, "SE": 200}),
        ({"a": 1, "b": 10**15}, {"a": 0, "b": 1000}),
        ({"a": 7, "b": 0}, {"a": 1000, "b": 0}),
        ({"a": 0, "b": 0}, {"a": 0, "b": 0}),
        ({}, {}),
    ],
)
def test_a_whole_is_divided_by_the_largest_remainders(parts, shares):
    assert shares_of_whole(parts) == shares


@given(PARTS)
def test_the_parts_of_a_whole_add_up_to_it(parts):
    assert sum(shares_of_whole(parts).values()) == (1000 if any(parts.values()) else 0)


@given(PARTS)
def test_a_share_is_less_than_a_tenth_of_a_per_cent_from_the_exact_one(parts):
    whole = sum(parts.values())
    for name, share in shares_of_whole(parts).items():
        assert not whole or abs(share - Fraction(parts[name] * 1000, whole)) < 1


@given(PARTS, st.randoms())
def test_the_order_of_the_parts_changes_nothing(parts, random):
    names = list(parts)
    random.shuffle(names)

    assert shares_of_whole({name: parts[name] for name in names}) == shares_of_whole(parts)


def test_a_part_below_zero_is_no_part_of_a_whole():
    with pytest.raises(ValueError, match="below zero"):
        shares_of_whole({"a": 5, "b": -1})


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_what_is_not_all_is_never_shown_as_all_and_what_is_something_at_most_as_nothing(part, whole):
    share = share_of(min(part, whole), whole)

    assert (share == 1000) == (part >= whole)
    assert share * whole <= min(part, whole) * 1000 < (share + 1) * whole


@pytest.mark.parametrize(
    ("got", "most", "whole", "share"),
    [
        (1, Fraction(4, 3), 4, 334),  # a bound of 33.33 is not passed by 33.4
        (1, 1, 3, 333),  # what is reached is shown as it is
        (3, 5, 4, 1000),  # no plan covers more than all
        (2, 1, 4, 500),  # a bound below what is there binds nothing
        (0, 0, 0, None),
    ],
)
def test_a_bound_is_rounded_up_between_what_is_there_and_all(got, most, whole, share):
    assert most_share_of(got, most, whole) == share


def test_shares_are_written_with_their_tenth():
    assert [in_percent(tenths) for tenths in (0, 1, 489, 1000, None)] == [
        "0.0\u00a0%", "0.1\u00a0%", "48.9\u00a0%", "100.0\u00a0%", "–",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("share", "written"),
    [
        ("1", "100"),
        ("0.5", "50"),
        ("0.3333", "33.33"),
        ("0.123456", "12.3456"),
        ("0.005", "0.5"),
        ("0.1", "10"),
    ],
)
def test_a_share_that_is_a_term_is_written_as_it_was_set(share, written):
    assert term_in_percent(Fraction(share)) == f"{written}\u00a0%"
