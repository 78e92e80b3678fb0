"""Dated, sourced exchange rates and the one rule by which they convert.

The rule, in full:

1. A rate says what one unit of its *base* cost in a *currency* on a day: one EUR was 1.1684 USD.
2. For a day, the latest rate **on or before** that day is used; markets close at weekends.
3. A rate older than the table's **maximum age** is not used: a gap in the series is said, not bridged.
4. Two currencies are converted directly when one of them is the base, else **over the base**:
   divide by the rate of the one, multiply by the rate of the other.
5. The product is exact; only the result is rounded, to the nearest minor unit, a half to the even one.
6. Where no rate is to be had the answer is a `MissingRate`, which says what was looked for. Never a guess.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from pledgeline.money.amount import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What one unit of `base` cost in `currency` on a day, and who says so.

    Units:   `rate` is units of `currency` for one unit of `base`, above 0.
    """

    day: date
    base: str
    currency: str
    rate: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """An amount in another currency, with the rates that led there (none where nothing was converted)."""

    amount: Amount
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRate:
    """No rate could be used; `newest` is the one that was too old, if there is any."""

    amount: Amount
    to: str
    on: date
    maximum_age_days: int
    newest: Rate | None = None


class Rates:
    """A table of rates, ready to convert by the rule at the head of this module.

    >>> table = Rates([
    ...     Rate(day=date(2025, 8, 4), base="EUR", currency="USD", rate=Decimal("1.1565"), source="S199"),
    ...     Rate(day=date(2025, 8, 4), base="EUR", currency="NOK", rate=Decimal("11.8635"), source="S199"),
    ... ], maximum_age_days=31)
    >>> table.convert(Amount(1_000_000_00, "NOK"), "USD", on=date(2025, 8, 5)).amount
    USD 97483.88
    """

    def __init__(self, rates: Iterable[Rate], *, maximum_age_days: int) -> None:
        self.maximum_age_days = maximum_age_days
        self._series: dict[tuple[str, str], list[Rate]] = {}
        for rate in sorted(rates, key=lambda rate: rate.day):
            self._series.setdefault((rate.base, rate.currency), []).append(rate)
        self._bases = sorted({base for base, _ in self._series})
        self._found: dict[tuple[str, str, date], tuple[Fraction, tuple[Rate, ...]] | Rate | None] = {}

    def currencies(self) -> list[str]:
        """List every currency that some rate names, in the order of the codes."""
        return sorted({code for pair in self._series for code in pair})

    def convert(self, amount: Amount, to: str, *, on: date) -> Converted | MissingRate:
        """Convert `amount` into `to` at the rates of the day `on`."""
        if amount.currency == to:
            return Converted(amount=amount)
        key = (amount.currency, to, on)
        if key not in self._found:
            self._found[key] = self._find(*key)
        found = self._found[key]
        if isinstance(found, tuple):
            factor, legs = found
            return Converted(amount=Amount.rounded(amount.exact() * factor, to), rates=legs)
        return MissingRate(amount=amount, to=to, on=on, maximum_age_days=self.maximum_age_days, newest=found)

    def _find(self, given: str, to: str, on: date) -> tuple[Fraction, tuple[Rate, ...]] | Rate | None:
        """Find the factor and its rates; where there is none, the newest rate that was too old, if any."""
        newest: Rate | None = None
        for base in self._in_order(given, to):
            legs: list[Rate] = []
            factor = Fraction(1)
            for code, sold in ((given, True), (to, False)):
                if code == base:
                    continue
                rate = self._latest(base, code, on)
                if rate is None or (on - rate.day) > timedelta(days=self.maximum_age_days):
                    newest = rate or newest
                    break
                legs.append(rate)
                factor = factor / Fraction(rate.rate) if sold else factor * Fraction(rate.rate)
            else:
                return factor, tuple(legs)
        return newest

    def _in_order(self, one: str, other: str) -> list[str]:
        """Put the bases that convert directly before those that need a crossing."""
        return sorted(self._bases, key=lambda base: base not in (one, other))

    def _latest(self, base: str, currency: str, on: date) -> Rate | None:
        series = self._series.get((base, currency), [])
        place = bisect_right(series, on, key=lambda rate: rate.day)
        return series[place - 1] if place else None
