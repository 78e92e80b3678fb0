"""Say a price that is finer than a cent: of a lot, exactly, instead of one unit, rounded.

A syringe for USD 0.0235 is no USD 0.02: that is 15 % off, and a million of them cost 3,500 dollars more than
was planned. A hundred of them cost USD 2.35, to the cent.
"""

from fractions import Fraction

SIZES = {10: "tens", 100: "hundreds", 1_000: "thousands", 10_000: "ten thousands"}
"""The lots in which things are counted, and the word for counting in them."""


def lot_of(price_minor: Fraction) -> int | None:
    """Give the smallest usual lot whose price is a whole number of minor units; None where none has one.

    >>> lot_of(Fraction(235, 100)), lot_of(Fraction(1, 3)), lot_of(Fraction(125, 10))
    (100, None, 10)
    """
    return next((lot for lot in SIZES if (price_minor * lot).denominator == 1), None)
