"""The way out for a price that is finer than a cent: counting the item in lots, with the figures worked out."""

from fractions import Fraction
from math import gcd

from pledgeline.exchange.workbook.layout import OFFERS
from pledgeline.exchange.workbook.texts import shown_number
from pledgeline.money import lot_of
from pledgeline.programme.sentences import Sentence, sentence


def way_out_in_lots(
    price: Fraction, digits: int, *, available: int, lot_size: int, min_order: int
) -> Sentence | None:
    """Say a price of the smallest lot that has one to the minor unit, and what the row says then; None without one.

    What is available is rounded down to whole lots and the least order up; a supplier's own lot becomes as
    many of ours as hold whole ones of theirs. A figure of 0 is one that the row leaves open.

    >>> str(way_out_in_lots(Fraction("0.125"), 2, available=105, lot_size=4, min_order=15)).partition(" On")[2]
    ' this row: Available 10, Lot size 2, Minimum order 2.'
    """
    lot = lot_of(price * 10**digits)
    if lot is None:
        return None
    figures = {
        "available": available // lot if available else None,
        "lot": lot_size // gcd(lot_size, lot) if lot_size else None,
        "min_order": -(-min_order // lot) if min_order else None,
    }
    counts = ", ".join(
        f"{OFFERS.column(name).heading} {figure:,}" for name, figure in figures.items() if figure is not None
    )
    whole = shown_number(price * lot)
    if not counts:
        return sentence("cell.too-many-decimals.workbook.lots", lot=lot, price=whole)
    return sentence("cell.too-many-decimals.workbook.lots-and-counts", lot=lot, price=whole, counts=counts)
