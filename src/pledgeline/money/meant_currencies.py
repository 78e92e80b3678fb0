"""Which currency somebody meant who wrote it in another way: a small letter, a sign, its English name.

Letters in another order are no hint: HRK is not a slip for KHR.
"""

from datetime import date
from functools import cache

from babel import Locale

from pledgeline.money.currencies import MINOR_DIGITS, is_currency

_SIGNS = {"€": "EUR", "£": "GBP", "₴": "UAH", "SDR": "XDR"}


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
