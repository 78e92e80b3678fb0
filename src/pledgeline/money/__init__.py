"""Amounts, currencies, rates and splitting: money that is never a float and never without its currency."""

from pledgeline.money.amount import Amount
from pledgeline.money.currencies import MINOR_DIGITS, PAST_CURRENCIES, PastCurrency, digits_of, is_currency
from pledgeline.money.display import in_full, in_short
from pledgeline.money.lots import SIZES, lot_of
from pledgeline.money.meant_currencies import meant_currency
from pledgeline.money.parsing import NotAnAmount, parse_local, parse_plain, parse_typed
from pledgeline.money.rates import Converted, MissingRate, Rate, Rates
from pledgeline.money.shares import (
    in_percent,
    most_share_of,
    share_of,
    shares_of_whole,
    term_in_percent,
)
from pledgeline.money.signs import currencies_meant
from pledgeline.money.splitting import split, split_whole

__all__ = [
    "MINOR_DIGITS",
    "PAST_CURRENCIES",
    "SIZES",
    "Amount",
    "Converted",
    "MissingRate",
    "NotAnAmount",
    "PastCurrency",
    "Rate",
    "Rates",
    "currencies_meant",
    "digits_of",
    "in_full",
    "in_percent",
    "in_short",
    "is_currency",
    "lot_of",
    "meant_currency",
    "most_share_of",
    "parse_local",
    "parse_plain",
    "parse_typed",
    "share_of",
    "shares_of_whole",
    "split",
    "split_whole",
    "term_in_percent",
]
