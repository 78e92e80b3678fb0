"""What is written is read back; what is not an amount is refused with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.money import MINOR_DIGITS, Amount, NotAnAmount, in_full, in_short, parse_local, parse_plain

amounts = st.builds(Amount, st.integers(-(10**17) + 1, 10**17 - 1), st.sampled_from(sorted(MINOR_DIGITS)))


@given(amounts)
def test_a_plain_decimal_is_read_back(amount):
    assert amount == parse_plain(str(amount.major), amount.currency)


@given(amounts, st.sampled_from(["en", "uk", "de", "fr", "nb", "sv", "pl", "de_CH"]))
def test_what_a_locale_shows_it_reads_back(amount, locale):
    shown = in_full(amount, locale).replace(f"{amount.currency}\u00a0", "")

    assert amount == parse_local(shown, amount.currency, locale)


@pytest.mark.parametrize(
    ("text", "currency", "why"),
    [
        ("1,500", "USD", "separators"),
        ("1 500 000", "USD", "separators"),
        ("1.500.000", "USD", "separators"),
        ("1'500'000.00", "CHF", "separators"),
        ("1\u00a0500", "EUR", "separators"),
        ("", "USD", "not-a-number"),
        ("about 5", "USD", "not-a-number"),
        ("5e8", "USD", "not-a-number"),
        ("1,5", "USD", "not-a-number"),
        ("=SUM(A1)", "USD", "not-a-number"),
        ("NaN", "USD", "not-a-number"),
        ("Infinity", "USD", "not-a-number"),
        ("+5", "USD", "not-a-number"),
        ("٥٠٠", "USD", "not-a-number"),
        (".5", "USD", "not-a-number"),
        ("1.001", "USD", "decimals"),
        ("0.5", "JPY", "decimals"),
        ("0.0001", "KWD", "decimals"),
        ("1000000000000000", "USD", "too-large"),
        ("9" * 5000, "USD", "too-large"),
        ("1." + "0" * 5000, "USD", "decimals"),
        ("0." + "1" * 5000, "USD", "decimals"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(text, currency, why):
    with pytest.raises(NotAnAmount) as refused:
        parse_plain(text, currency)

    assert why == refused.value.why


@given(st.text(max_size=40), st.sampled_from(["USD", "JPY", "KWD"]))
def test_no_text_breaks_the_readers(text, currency):
    for read in (lambda: parse_plain(text, currency), lambda: parse_local(text, currency, "en")):
        try:
            assert read().currency == currency
        except NotAnAmount:
            pass


def test_zeros_after_the_last_digit_are_no_decimals():
    assert Amount(5_00, "USD") == parse_plain("5.000", "USD")
    assert Amount(5, "JPY") == parse_plain("5.00", "JPY")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Amount(4_184_850_000_00, "USD"), "USD 4.18 billion"),
        (Amount(999_999_999_00, "USD"), "USD 1 billion"),
        (Amount(500_000_000_00, "USD"), "USD 500 million"),
        (Amount(57_700_000_00, "DKK"), "DKK 57.7 million"),
        (Amount(12_345, "USD"), "USD 123.45"),
        (Amount(1_500, "JPY"), "JPY 1.5 thousand"),
        (Amount(-2_000_000_00, "EUR"), "−EUR 2 million"),
        (Amount(0, "EUR"), "EUR 0"),
    ],
)
def test_headlines_have_three_digits_and_a_word(amount, shown):
    assert shown == in_short(amount).replace("\u00a0", " ")
