"""What several events need: shares of an amount, and the refusals that they have in common."""

from collections.abc import Collection, Mapping
from datetime import date

from pledgeline.ledger.accounts import Account, Bin
from pledgeline.ledger.entries import Posting
from pledgeline.ledger.refusals import Refused
from pledgeline.ledger.rules import unknown_contribution
from pledgeline.ledger.state import Shelf, State, moved
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
        raise Refused(
            "not-above-zero",
            f"{amount} cannot be moved: an amount is above zero, and the event says which way it goes.",
            "Write the amount without a sign, and use the event that moves it the other way.",
        )
    return amount


def units_above_zero(units: int) -> None:
    """Refuse units that are none."""
    if units <= 0:
        raise Refused("not-above-zero", f"{units} units are none.", "Say how many whole units, at least one.")


def require_known(state: State, contribution: str) -> None:
    """Refuse a contribution that nobody has pledged."""
    if not state.knows(contribution):
        raise unknown_contribution(contribution, state)


def line_of(state: State, lot: str) -> str:
    """Give the line of a lot that was delivered."""
    line = state.line_of(lot)
    if not line:
        raise Refused(
            "unknown-lot", f"No lot {lot} was delivered.", "Enter its delivery first, or correct the key."
        )
    return line


def unknown_line(line: str) -> Refused:
    """Say that nothing lies on the line."""
    return Refused(
        "unknown-line",
        f"Nothing is set aside, ordered or to be delivered on line {line} in that currency.",
        "Allocate money to the line first, or correct its key or the currency.",
    )


def nothing(wrong: str) -> Refused:
    """Say that the event would change nothing."""
    return Refused("nothing-to-move", wrong, "Leave the event out, or correct it.")


def unclear(wrong: str, way_out: str) -> Refused:
    """Say that it is not clear who gives what."""
    return Refused("unclear-shares", wrong, way_out)


def require_usable(state: State, contribution: str, on: date) -> None:
    """Refuse money that may no longer be ordered against on that day."""
    use_by = state.term("use_by", contribution)
    if use_by and use_by < on.isoformat():
        raise Refused(
            "past-use-by",
            f"The money of {contribution} could be ordered against until {use_by}.",
            "Have the partner carry it over to a later day, or pay with another contribution.",
        )


def available_to(state: State, contributions: Collection[str], currency: str) -> dict[str, int]:
    """Give what each of those named has available, with those that are none refused."""
    if not contributions:
        raise unclear("Nobody is named.", "Name the contributions that pay.")
    for name in contributions:
        require_known(state, name)
    shares = state.shares(Shelf(Account.AVAILABLE, currency))
    return {name: minor for name, minor in shares.items() if name in contributions}


def price_of(state: State, line: str, units: int, currency: str) -> Amount:
    """Give what units that are still to come cost: at the line's price, and the last of them all that is left."""
    left = state.units(Bin(Account.ORDERED, line, currency))
    if units > left:
        if not state.knows_line(line):
            raise unknown_line(line)
        raise Refused(
            "not-enough",
            f"Of line {line} {left} units are ordered and not delivered.",
            "Correct the number of units, or order more first.",
        )
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
    what: str,
    line: str = "",
    lot: str = "",
) -> tuple[Posting, ...]:
    """Move an amount from where several contributions lie, over what each of them has there."""
    above_zero(amount)
    there = sum(shares.values())
    if amount.minor > there or min(shares.values()) < 0:
        raise Refused(
            "not-enough",
            f"{Amount(there, amount.currency)} is {what}, and the event wants {amount}.",
            "Correct the amount, or bring the money there first.",
        )
    names = sorted(shares)
    parts = split(amount, [shares[name] for name in names])
    return tuple(
        posting
        for name, part in zip(names, parts, strict=True)
        if part
        for posting in moved(name, part, origin, target, line=line, lot=lot)
    )
