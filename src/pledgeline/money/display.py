"""Show amounts the way a locale writes them, always with the ISO code.

The code stands instead of a symbol: `$` is the sign of some twenty currencies, and that slip
is the commonest one in the public record. The digits are ISO 4217's, not CLDR's, which differ
for 13 codes.
"""

from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel.numbers import format_compact_decimal, format_decimal

from pledgeline.money.amount import Amount
from pledgeline.money.currencies import digits_of

NO_BREAK = "\u00a0"


@lru_cache(maxsize=20_000)
def in_full(amount: Amount, locale: str = "en") -> str:
    """Write every minor unit; whole major units are written without decimals. A true minus stands before all.

    >>> in_full(Amount(578_000_000_00, "USD"))
    'USD\\xa0578,000,000'
    >>> in_full(Amount(-5, "USD"))
    '−USD\\xa00.05'
    >>> in_full(Amount(12_50, "EUR"), "uk")
    'EUR\\xa012,50'
    """
    digits = digits_of(amount.currency)
    shown = 0 if amount.minor % 10**digits == 0 else digits
    pattern = "#,##0" + ("." + "0" * shown if shown else "")
    text = format_decimal(abs(amount.major), format=pattern, locale=locale)
    return f"{_minus(amount)}{amount.currency}{NO_BREAK}{text}"


@lru_cache(maxsize=20_000)
def in_short(amount: Amount, locale: str = "en") -> str:
    """Write three leading digits and a word of size, for headlines and charts.

    >>> in_short(Amount(4_180_000_000_00, "USD"))
    'USD\\xa04.18\\xa0billion'
    """
    major = abs(amount.major)
    if major < 1000:
        return in_full(amount, locale)
    major = major.quantize(Decimal(1).scaleb(major.adjusted() - 2), rounding=ROUND_HALF_EVEN)
    size = next((power for power in (12, 9, 6, 3) if major >= 10**power), 0)
    scaled = major.scaleb(-size).normalize()
    decimals = max(0, -scaled.as_tuple().exponent)  # type: ignore[operator]
    text = format_compact_decimal(major, format_type="long", locale=locale, fraction_digits=decimals)
    return f"{_minus(amount)}{amount.currency}{NO_BREAK}{text.replace(' ', NO_BREAK)}"


def _minus(amount: Amount) -> str:
    return "−" if amount.minor < 0 else ""
