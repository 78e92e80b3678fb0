"""A currency of the past is money on days up to its last day; a hint never turns letters round."""

from datetime import date, timedelta

import iso4217
import pytest
from babel.core import get_global

from pledgeline.money import MINOR_DIGITS, PAST_CURRENCIES, Amount, is_currency
from pledgeline.programme.findings import way_out_of
from pledgeline.programme.objections import currency_objection


@pytest.mark.parametrize(
    ("code", "last_day", "successor"),
    [
        ("HRK", "2022-12-31", "EUR"),  # Council Decision (EU) 2022/1211: the euro from 1 January 2023
        ("BGN", "2025-12-31", "EUR"),  # Council Decision (EU) 2025/1407: the euro from 1 January 2026
        ("DEM", "2001-12-31", "EUR"),
        ("LTL", "2014-12-31", "EUR"),
        ("ROL", "2005-06-30", "RON"),
        ("TRL", "2004-12-31", "TRY"),
        ("BYR", "2016-06-30", "BYN"),
        ("ZMK", "2012-12-31", "ZMW"),
    ],
)
def test_a_past_currency_is_money_up_to_its_last_day(code, last_day, successor):
    last = date.fromisoformat(last_day)

    assert is_currency(code, last)
    assert not is_currency(code, last + timedelta(days=1))
    assert not is_currency(code)
    objection = currency_objection(code, last + timedelta(days=1))
    assert last_day in str(objection)
    assert f"Write the amount in {successor}" in way_out_of(objection)


def test_an_amount_of_the_past_is_whole_minor_units_too():
    assert [Amount(1_50, "HRK"), Amount(150, "ITL")] == [Amount(150, "HRK"), Amount(150, "ITL")]
    assert ["HRK 1.50", "ITL 150"] == [repr(Amount(1_50, "HRK")), repr(Amount(150, "ITL"))]


def test_no_currency_of_today_is_one_of_the_past():
    assert set() == MINOR_DIGITS.keys() & PAST_CURRENCIES.keys()
    assert set() == PAST_CURRENCIES.keys() & {currency.code for currency in iso4217.Currency}


def test_what_took_the_place_is_a_currency_of_the_day_after():
    """Also where it is itself one of the past by now, as ZWN, ZWR and ZWL."""
    for past in PAST_CURRENCIES.values():
        assert is_currency(past.successor, past.last_day + timedelta(days=1)), past


def test_each_past_currency_was_one_where_a_separate_table_says_so():
    """CLDR says from when to when a country used it; it counts the weeks beside the successor too.

    Four are dated otherwise there, by the end of old notes or the name of a state.
    """
    ends: dict[str, list[date]] = {}
    for periods in get_global("territory_currencies").values():
        for code, _, end, _ in periods:
            ends.setdefault(code, []).append(date(*end) if end else date.max)
    for past in PAST_CURRENCIES.values():
        if (
            past.code in ("AON", "UAK", "YUM", "ZWD")
            or past.code not in ends
            or max(ends[past.code]) == date.max
        ):
            continue
        assert abs(max(ends[past.code]) - past.last_day) < timedelta(days=550), past


@pytest.mark.parametrize("code", ["UDS", "RUE", "KHR ", "SUD", "ZZZ", "XAU", "XXX", ""])
def test_letters_in_another_order_are_no_hint(code):
    way_out = way_out_of(currency_objection(code))

    assert way_out in (
        "Write the three capital letters of ISO 4217, for example USD.",
        "Write KHR, if that is meant.",
    )
    assert (code == "KHR ") == ("KHR" in way_out)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("usd", "USD"),
        ("Euros", "EUR"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("$", ""),
        ("SDR", "XDR"),
        ("us dollar", "USD"),
    ],
)
def test_the_same_code_said_in_another_way_is_a_hint(text, code):
    """`$` is the sign of some twenty currencies."""
    assert way_out_of(currency_objection(text)) == (
        f"Write {code}, if that is meant."
        if code
        else "Write the three capital letters of ISO 4217, for example USD."
    )
