"""An amount: whole minor units and the currency they are in.

A dollar figure without its currency has been told as euros, kroner and Canadian dollars
before; a float loses cents. So an amount is an integer and a code, and two currencies never
add up.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from pledgeline.money.currencies import digits_of


@dataclass(frozen=True, slots=True, repr=False)
class Amount:
    """Money in one currency.

    Units:   `minor` counts minor units of `currency` (cents of USD, fils of KWD, whole JPY).
    Raises:  ValueError for a code that is no ISO 4217 currency; TypeError for a `minor` that
             is no integer.

    >>> Amount(500_00, "USD") + Amount(1, "USD")
    USD 500.01
    >>> Amount(1500, "JPY")
    JPY 1500
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"an amount counts whole minor units, not {self.minor!r}")
        digits_of(self.currency)

    @classmethod
    def rounded(cls, exact: Fraction, currency: str) -> "Amount":
        """Round `exact` major units to the nearest minor unit, a half to the even one.

        >>> Amount.rounded(Fraction(1, 3), "USD")
        USD 0.33
        """
        return cls(round(exact * 10 ** digits_of(currency)), currency)

    @property
    def major(self) -> Decimal:
        """Give the amount in major units, exactly, with as many decimals as the currency has."""
        return Decimal(self.minor).scaleb(-digits_of(self.currency))

    def exact(self) -> Fraction:
        """Give the amount in major units as a fraction, for multiplying with rates."""
        return Fraction(self.minor, 10 ** digits_of(self.currency))

    def _same(self, other: "Amount") -> int:
        if self.currency != other.currency:
            raise ValueError(f"{self} and {other} are in different currencies: convert one of them first")
        return other.minor

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.minor + self._same(other), self.currency)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.minor - self._same(other), self.currency)

    def __neg__(self) -> "Amount":
        return Amount(-self.minor, self.currency)

    def __mul__(self, times: int) -> "Amount":
        return Amount(self.minor * times, self.currency)

    def __lt__(self, other: "Amount") -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: "Amount") -> bool:
        return self.minor <= self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __repr__(self) -> str:
        return f"{self.currency} {self.major}"
