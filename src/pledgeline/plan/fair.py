"""Who pays how much where givers of equal terms may each pay at most a share of a package.

They pay side by side: all the same part of what each can pay. Whom its share of some package keeps below
that stays there, and the others go on with a larger part. Minor units that are left over by rounding go to
the largest remainders, ties by id, as far as the shares let them.
"""

from collections.abc import Sequence
from fractions import Fraction


def side_by_side(total: int, can_pay: Sequence[int], together: Sequence[int]) -> list[int]:
    """Divide `total` among givers whose terms are equal.

    Shape:   one amount for each giver, in their order, which is by id.
    Units:   minor units; `together[k]` is the most that any k + 1 of them could pay if their money had no end.
    Means:   no k of them pay more than that: as their terms are equal, it is only asked of those who pay the
             most.

    >>> side_by_side(100, [100, 300], [60, 120])
    [40, 60]
    """
    quotas = _quotas(total, can_pay, together)
    paid = [int(quota) for quota in quotas]
    turns = sorted(range(len(paid)), key=lambda g: (paid[g] - quotas[g], g))
    left = total - sum(paid)
    while left:
        before = left
        for g in turns:
            if left and paid[g] < can_pay[g]:
                paid[g] += 1
                if _is_within(paid, together):
                    left -= 1
                else:
                    paid[g] -= 1
        if left == before:
            raise ValueError(f"{total} cannot be divided among {list(can_pay)} within {list(together)}")
    return paid


def _quotas(total: int, can_pay: Sequence[int], together: Sequence[int]) -> list[Fraction]:
    """Divide exactly: those who have the most are the first whom their shares keep down."""
    order = sorted(range(len(can_pay)), key=lambda g: -can_pay[g])
    limits = [min(limit, total) for limit in together[:-1]] + [total]
    quotas = [Fraction(0)] * len(can_pay)
    first = settled = 0
    while first < len(order) and can_pay[order[first]]:
        money, lowest, last = 0, None, first
        for place in range(first, len(order)):
            money += can_pay[order[place]]
            part = Fraction(limits[place] - settled, money)
            if lowest is None or part <= lowest:
                lowest, last = part, place
        assert lowest is not None
        for g in order[first : last + 1]:
            quotas[g] = lowest * can_pay[g]
        first, settled = last + 1, limits[last]
    return quotas


def _is_within(paid: Sequence[int], together: Sequence[int]) -> bool:
    so_far = 0
    for amount, limit in zip(sorted(paid, reverse=True), together, strict=True):
        so_far += amount
        if so_far > limit:
            return False
    return True
