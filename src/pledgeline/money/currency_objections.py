"""What is wrong with a text that should be a currency, and the way out: said once for all readers.

A hint names what a text says in another way: a small letter, a sign, the currency's English name.
Letters in another order are no hint: HRK is not a slip for KHR.
"""

from datetime import date
from functools import cache

from babel import Locale

from pledgeline.money.currencies import MINOR_DIGITS, PAST_CURRENCIES, is_currency

_SIGNS = {"€": "EUR", "£": "GBP", "₴": "UAH", "SDR": "XDR"}


def currency_objection(text: str, on: date | None = None) -> tuple[str, str]:
    """Say what is wrong with `text`, which is no currency on the day `on`, and the way out.

    >>> currency_objection("HRK", date(2025, 9, 3))[1]
    'Write the amount in EUR, which took its place, or correct the day.'
    >>> currency_objection("usd")[1]
    'Write USD, if that is meant.'
    """
    past = PAST_CURRENCIES.get(text)
    if past is None:
        meant = meant_currency(text, on)
        return (
            f"“{text[:40]}” is no currency of ISO 4217.",
            f"Write {meant}, if that is meant."
            if meant
            else "Write the three capital letters of ISO 4217, for example USD.",
        )
    if on is None:
        return (
            f"{text} was a currency until {past.last_day} and is none today.",
            f"Write the amount in {past.successor}, which took its place.",
        )
    return (
        f"{text} was a currency until {past.last_day}; the day here is {on}.",
        f"Write the amount in {past.successor}, which took its place, or correct the day.",
    )


def meant_currency(text: str, on: date | None = None) -> str:
    """Say which code a text names in another way, or nothing.

    >>> meant_currency("usd"), meant_currency("Euros"), meant_currency("UDS"), meant_currency("???")
    ('USD', 'EUR', '', '')
    """
    letters = text.strip(" .$€£").upper()
    if is_currency(letters, on):
        return letters
    named = text.strip().casefold()
    return (
        _SIGNS.get(text.strip().upper()) or _names().get(named) or _names().get(named.removesuffix("s"), "")
    )


@cache
def _names() -> dict[str, str]:
    named = Locale("en").currencies
    return {str(named[code]).casefold(): code for code in MINOR_DIGITS if code in named}
