"""Shares in per cent, worked out in whole tenths: the same figure at every door, and parts that add up to 100.0.

Two different questions, with one rule each. *How is a whole divided?* (who pays a package, whose money stands behind
a lot): the parts are given their tenths by the largest remainders, so that they add up to 100.0 exactly. *How much
of something is there?* (how far a line is met, how much of a contribution is used): rounded down, so that 99.97 is
never shown as all, and a bound is rounded up, so that it is never passed.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor

from babel.numbers import format_decimal

from pledgeline.money.splitting import split_whole

WHOLE = 1000
"""Tenths of a per cent in a whole."""


def shares_of_whole(parts: Mapping[str, int]) -> dict[str, int]:
    """Say how a whole is divided among its parts.

    Every share is rounded down; the tenths left over go to the largest remainders, of equal ones to the larger part,
    then by name, so that the order in which parts are given changes nothing. A group's share is the sum of those of
    its members.

    Shape:   one share per part.
    Units:   tenths of a per cent; together 1000. Where all parts are zero, or there is none, nothing is divided:
             every share is 0.
    Raises:  ValueError where a part is below zero: what is owed back is no part of a whole.

    >>> shares_of_whole({"NL": 1, "NO": 1, "SE": 1})
    {'NL': 334, 'NO': 333, 'SE': 333}
    """
    if any(part < 0 for part in parts.values()):
        raise ValueError("a part of a whole is not below zero")
    if not any(parts.values()):
        return dict.fromkeys(parts, 0)
    order = sorted(parts, key=lambda name: (-parts[name], name))
    shares = dict(zip(order, split_whole(WHOLE, [parts[name] for name in order]), strict=True))
    return {name: shares[name] for name in parts}


def share_of(part: Fraction | int, whole: Fraction | int, *, up: bool = False) -> int | None:
    """Say how much of something there is, rounded down; a bound is rounded `up`.

    Units:   tenths of a per cent; None where the whole is zero: there is nothing of which it could be a share.

    >>> share_of(9997, 10000), share_of(1, 3, up=True), share_of(0, 0)
    (999, 334, None)
    """
    if not whole:
        return None
    tenths = Fraction(part) * WHOLE / Fraction(whole)
    return -floor(-tenths) if up else floor(tenths)


def most_share_of(got: Fraction | int, most: Fraction | int, whole: Fraction | int) -> int | None:
    """Say of a bound how much of a whole it is: never less than what is there, never more than all.

    >>> most_share_of(1, Fraction(4, 3), 4), most_share_of(1, 1, 3)
    (334, 333)
    """
    if most <= got:
        return share_of(got, whole)
    return share_of(min(most, whole), whole, up=True)


def in_percent(tenths: int | None, locale: str = "en") -> str:
    r"""Write a share: always with its tenth, so that figures under each other can be added up.

    >>> in_percent(489), in_percent(1000), in_percent(None), in_percent(489, "uk")
    ('48.9\xa0%', '100.0\xa0%', '–', '48,9\xa0%')
    """
    if tenths is None:
        return "–"
    return f"{format_decimal(Decimal(tenths).scaleb(-1), '0.0', locale)}\u00a0%"


def term_in_percent(share: Fraction) -> str:
    r"""Write a share that somebody set as a term: as it was set, to at most six decimals.

    >>> term_in_percent(Fraction(1, 2)), term_in_percent(Fraction(333333, 1000000)), term_in_percent(Fraction(1, 200))
    ('50\xa0%', '33.3333\xa0%', '0.5\xa0%')
    """
    written = Decimal(floor(share * 10**8)).scaleb(-6)
    return f"{written.normalize():f}\u00a0%"
