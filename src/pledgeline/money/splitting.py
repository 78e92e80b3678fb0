"""Divide an amount into shares that add up to it again.

A package of USD 100 paid by three partners is not USD 33.33 three times: a cent
would vanish, and an auditor would find it. Everything that divides money does so here.
"""

from pledgeline.money.amount import Amount


def split(amount: Amount, weights: list[int]) -> list[Amount]:
    """Divide `amount` in proportion to `weights`, losing nothing.

    Every share is rounded down; the minor units left over go, one each, to the largest
    remainders, the earlier share first on a tie (Hamilton's method).

    Shape:   one share per weight, in the order of the weights.
    Units:   minor units of `amount.currency`; a weight is a pure number, 0 or more.
    Raises:  ValueError when the weights do not say how to divide: the caller's slip.
    Source:  https://en.wikipedia.org/wiki/Largest_remainder_method

    >>> split(Amount(100_00, "USD"), [1, 1, 1])
    [USD 33.34, USD 33.33, USD 33.33]
    """
    if sum(weights) <= 0 or min(weights) < 0:
        raise ValueError(f"cannot split {amount} by weights {weights}: need one above 0, none below")
    return [Amount(share, amount.currency) for share in split_whole(amount.minor, weights)]


def split_whole(number: int, weights: list[int]) -> list[int]:
    """Divide a whole number, of units for example, in the same way.

    >>> split_whole(7, [1, 1, 0])
    [4, 3, 0]
    """
    whole = sum(weights)
    shares, remainders = zip(*(divmod(number * weight, whole) for weight in weights), strict=True)
    left = number - sum(shares)
    lucky = set(sorted(range(len(weights)), key=lambda i: -remainders[i])[:left])
    return [share + (i in lucky) for i, share in enumerate(shares)]
