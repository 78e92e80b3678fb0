"""Write an exact number of any size, and read it back.

Python refuses to write or read whole numbers of more than 4,300 digits, because that takes it long. The score of
some thousand partly served lines of different quantities has more. `Decimal` is quick at any size, and exact.
"""

import re
from decimal import Decimal
from fractions import Fraction

_WHOLE_OR_FRACTION = re.compile(r"(-?[0-9]+)(?:/([0-9]+))?")
_SHORT = 1_000


def to_text(exact: Fraction) -> str:
    """Write a fraction as `str` does, however many digits it has.

    >>> to_text(Fraction(-2, 6)), to_text(Fraction(7)), len(to_text(Fraction(10**5000)))
    ('-1/3', '7', 5001)
    """
    top = f"{Decimal(exact.numerator):f}"
    return top if exact.denominator == 1 else f"{top}/{Decimal(exact.denominator):f}"


def from_text(text: str | float | Fraction) -> Fraction:
    """Read what `to_text` wrote, or any other short form of a number.

    Raises:  what `Fraction` raises.

    >>> from_text("-1/3"), from_text("0.5"), from_text(2) == from_text(to_text(Fraction(2)))
    (Fraction(-1, 3), Fraction(1, 2), True)
    """
    if not isinstance(text, str) or len(text) < _SHORT:
        return Fraction(text)
    parts = _WHOLE_OR_FRACTION.fullmatch(text)
    if parts is None:
        raise ValueError("this is no whole number and no fraction of two whole numbers")
    return Fraction(int(Decimal(parts[1])), int(Decimal(parts[2] or "1")))
