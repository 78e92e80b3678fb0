"""Rates that cannot be right beside their neighbours: turned round, ten times too large, or a slip.

Currencies fall in steps, too, so a jump is asked about and never corrected.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from pledgeline.money.rates import Rate

NEAR_DAYS = 31
JUMP_NEAR, JUMP_FAR = Fraction(5, 4), Fraction(2)
"""A rate is asked about that differs from the one before by more than this factor: within 31 days by a
quarter, farther apart by two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A rate that is far from the one before it in its series.

    `with_other_point` or `turned_round` is what would fit instead, where that can be said: the rate with the
    decimal point elsewhere, or turned round.
    """

    rate: Rate
    before: Rate
    with_other_point: Fraction | None = None
    turned_round: Fraction | None = None


def rate_jumps(rates: Iterable[Rate]) -> list[Jump]:
    """Give the rates that jump, in the order of days within each series.

    A single wrong rate is given once: the one after it is compared with the last that did not jump.
    Where the series stays on the new level only its first rate is given.
    """
    series: dict[tuple[str, str], list[Rate]] = {}
    for rate in sorted(rates, key=lambda rate: rate.day):
        series.setdefault((rate.base, rate.currency), []).append(rate)
    return [jump for of_pair in series.values() for jump in _jumps_in(of_pair)]


def rates_both_ways(rates: Iterable[Rate]) -> list[tuple[Rate, Rate]]:
    """Give the pairs near each other in time that contradict each other: A in B, and B in A.

    The one times the other should be near 1; where it is not, one of them is turned round. Of a pair
    of currencies the first contradiction is given.
    """
    newest: dict[tuple[str, str], Rate] = {}
    contradicting: dict[frozenset[str], tuple[Rate, Rate]] = {}
    for rate in sorted(rates, key=lambda rate: rate.day):
        other = newest.get((rate.currency, rate.base))
        if other is not None and (rate.day - other.day).days <= NEAR_DAYS:
            product = Fraction(rate.rate) * Fraction(other.rate)
            if max(product, 1 / product) > JUMP_NEAR:
                contradicting.setdefault(frozenset((rate.base, rate.currency)), (rate, other))
        newest[rate.base, rate.currency] = rate
    return list(contradicting.values())


def _jumps_in(series: list[Rate]) -> list[Jump]:
    """Walk along one series. The first rate is judged by those after it, as it has none before it."""
    if len(series) > 2 and _is_far(series[1], series[0]) and not _is_far(series[2], series[1]):
        return [_jump(series[0], series[1]), *_jumps_in(series[1:])]
    jumps = []
    level = series[0]
    for place, rate in enumerate(series[1:], start=1):
        if _is_far(rate, level):
            jumps.append(_jump(rate, level))
            following = series[place + 1] if place + 1 < len(series) else None
            if following is None or _is_far(following, rate):
                continue
        level = rate
    return jumps


def _factor(rate: Rate, other: Rate) -> Fraction:
    ratio = Fraction(rate.rate) / Fraction(other.rate)
    return max(ratio, 1 / ratio)


def _is_far(rate: Rate, other: Rate) -> bool:
    near = abs(rate.day - other.day) <= timedelta(days=NEAR_DAYS)
    return _factor(rate, other) > (JUMP_NEAR if near else JUMP_FAR)


def _jump(rate: Rate, before: Rate) -> Jump:
    """Say what would fit: the decimal point first, since ten times is the commoner slip."""
    own, level = Fraction(rate.rate), Fraction(before.rate)
    fitting = [
        own * times
        for times in (Fraction(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))
        if 1 / JUMP_NEAR < own * times / level < JUMP_NEAR
    ]
    if fitting:
        return Jump(rate=rate, before=before, with_other_point=fitting[-1])
    turned = 1 / own if 1 / JUMP_NEAR < 1 / own / level < JUMP_NEAR else None
    return Jump(rate=rate, before=before, turned_round=turned)
