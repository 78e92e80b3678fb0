"""What several events need: shares of an amount, and the refusals that they have in common."""

from collections.abc import Collection, Mapping
from datetime import date

from pledgeline.ledger.accounts import Account, Bin
from pledgeline.ledger.entries import Posting
from pledgeline.ledger.refusals import RefusalRaised
from pledgeline.ledger.rules import unknown_contribution
from pledgeline.ledger.state import Balances, Shelf, moved
from pledgeline.money import Amount, split


def first_of(units: int, whole: int, minor: int) -> int:
    """Give what the first `units` of `whole` units cost together when `minor` is split evenly over all.

    >>> [first_of(units, 3, 100) for units in (1, 2, 3)]
    [34, 67, 100]
    """
    each, over = divmod(minor, whole)
    return each * units + min(units, over)


def above_zero(amount: Amount) -> Amount:
    """Give the amount on, if it is above zero."""
    if amount.minor <= 0:
        raise RefusalRaised("not-above-zero.amount", amount=amount)
    return amount


def units_above_zero(units: int) -> None:
    """Refuse units that are none."""
    if units <= 0:
        raise RefusalRaised("not-above-zero.units", units=str(units))


def require_known(state: Balances, contribution: str) -> None:
    """Refuse a contribution that nobody has pledged."""
    if not state.knows(contribution):
        raise unknown_contribution(contribution, state)


def line_of(state: Balances, lot: str) -> str:
    """Give the line of a lot that was delivered."""
    line = state.line_of(lot)
    if not line:
        raise RefusalRaised("unknown-lot.not-delivered", lot=lot)
    return line


def unknown_line(line: str) -> RefusalRaised:
    """Say that nothing lies on the line."""
    return RefusalRaised("unknown-line.nothing-there", line=line)


def require_usable(state: Balances, contribution: str, on: date) -> None:
    """Refuse money that may no longer be ordered against on that day."""
    use_by = state.term("use_by", contribution)
    if use_by and use_by < on.isoformat():
        raise RefusalRaised("past-use-by.last-day", contribution=contribution, last=use_by)


def available_to(state: Balances, contributions: Collection[str], currency: str) -> dict[str, int]:
    """Give what each of those named has available, with those that are none refused."""
    if not contributions:
        raise RefusalRaised("unclear-shares.nobody-pays")
    for name in contributions:
        require_known(state, name)
    shares = state.shares(Shelf(Account.AVAILABLE, currency))
    return {name: minor for name, minor in shares.items() if name in contributions}


def price_of(state: Balances, line: str, units: int, currency: str) -> Amount:
    """Give what units that are still to come cost: at the line's price, and the last of them all that is left."""
    left = state.units(Bin(Account.ORDERED, line, currency))
    if units > left:
        if not state.knows_line(line):
            raise unknown_line(line)
        raise RefusalRaised("not-enough.units-ordered", line=line, units=left)
    whole = state.total(Shelf(Account.ORDERED, currency, line))
    price = state.term("unit_price", line, currency)
    if units == left or not price:
        return Amount(first_of(units, left, whole), currency)
    return Amount(units * int(price), currency)


def spread(
    amount: Amount,
    shares: Mapping[str, int],
    origin: Account,
    target: Account,
    *,
    line: str = "",
    lot: str = "",
) -> tuple[Posting, ...]:
    """Move an amount from where several contributions lie, over what each of them has there."""
    above_zero(amount)
    there = sum(shares.values())
    if amount.minor > there or min(shares.values()) < 0:
        raise RefusalRaised(
            "not-enough.money",
            there=Amount(there, amount.currency),
            stage=origin.value,
            line=line,
            lot=lot,
            wanted=amount,
        )
    names = sorted(shares)
    parts = split(amount, [shares[name] for name in names])
    return tuple(
        posting
        for name, part in zip(names, parts, strict=True)
        if part
        for posting in moved(name, part, origin, target, line=line, lot=lot)
    )
