"""From a unit to the money, and from the money to the units.

All of it follows from the postings, which carry contribution, line and lot: nothing is stored for it.
The shares of a lot add up to what the lot cost, and the shares of its units to the shares of the lot,
to the last minor unit.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from pledgeline.ledger.accounts import BEHIND_LOT, ORDER, Account, Spot
from pledgeline.ledger.entries import Entry
from pledgeline.ledger.stages.needed import first_of
from pledgeline.ledger.state import Balances
from pledgeline.money import Amount, split


def of_lot(state: Balances, lot: str) -> dict[str, dict[str, int]]:
    """Say whose money stands behind a lot.

    Shape:   currency -> contribution -> minor units; what is zero is left out.
    Means:   what was delivered or accepted in the lot and was not refunded, sent back or written off.
    """
    found: dict[str, dict[str, int]] = {}
    for spot, minor in state.money().items():
        if spot.lot == lot and spot.account in BEHIND_LOT:
            shares = found.setdefault(spot.currency, {})
            shares[spot.contribution] = shares.get(spot.contribution, 0) + minor
    return {
        currency: {name: minor for name, minor in sorted(shares.items()) if minor}
        for currency, shares in sorted(found.items())
        if any(shares.values())
    }


def of_contribution(state: Balances, contribution: str) -> dict[str, dict[str, int]]:
    """Say which lots a contribution paid for.

    Shape:   currency -> lot -> minor units; what is zero is left out.
    """
    found: dict[str, dict[str, int]] = {}
    for spot, minor in state.money().items():
        if spot.contribution == contribution and spot.account in BEHIND_LOT:
            lots = found.setdefault(spot.currency, {})
            lots[spot.lot] = lots.get(spot.lot, 0) + minor
    return {
        currency: {lot: minor for lot, minor in sorted(lots.items()) if minor}
        for currency, lots in sorted(found.items())
        if any(lots.values())
    }


def where_now(state: Balances, contribution: str) -> dict[Spot, int]:
    """Say where every minor unit of a contribution is."""
    return {spot: minor for spot, minor in state.money().items() if spot.contribution == contribution}


def by_stage(money: Mapping[Spot, int]) -> dict[tuple[str, Account], int]:
    """Add balances up by currency and account, in the order of the codes and of the chain."""
    sums: dict[tuple[str, Account], int] = {}
    for spot, minor in money.items():
        key = (spot.currency, spot.account)
        sums[key] = sums.get(key, 0) + minor
    return dict(sorted(sums.items(), key=lambda item: (item[0][0], ORDER[item[0][1]])))


def how_it_got_there(entries: Iterable[Entry], contribution: str) -> list[Entry]:
    """List the entries that moved money of a contribution, in the order of the log."""
    return [
        entry for entry in entries if any(posting.contribution == contribution for posting in entry.postings)
    ]


def units_of(state: Balances, lot: str) -> Iterator[dict[str, int]]:
    """Say for every unit of a lot whose money it was: what an item on a truck cost each partner.

    The cost of the lot is split evenly over its units, the first ones taking what is left over; then each
    unit, in order, over what remains of the lot's shares. So both add up: a unit to its cost, and a
    contribution over all units to its share of the lot.

    Shape:   one mapping a unit, contribution -> minor units. A lot was paid in one currency.
    """
    units = state.units_in_lot(lot)
    remaining = dict(lot_shares(state, lot))
    whole = sum(remaining.values())
    for number in range(units):
        cost = first_of(number + 1, units, whole) - first_of(number, units, whole)
        shares = _shares_of(cost, remaining, state.currency_of_lot(lot))
        for name, minor in shares.items():
            remaining[name] -= minor
        yield {name: minor for name, minor in shares.items() if minor}


def _shares_of(cost: int, remaining: dict[str, int], currency: str) -> dict[str, int]:
    if not cost:
        return {}
    parts = split(Amount(cost, currency), list(remaining.values()))
    return dict(zip(remaining, (part.minor for part in parts), strict=True))


def lot_shares(state: Balances, lot: str) -> dict[str, int]:
    """Give the shares of a lot in the currency it was paid in, in the order of the keys."""
    return of_lot(state, lot).get(state.currency_of_lot(lot), {})


def own_rate(state: Balances, contribution: str, currency: str) -> Fraction | None:
    """Give what a contribution paid in its own currency for one minor unit of another: its `fx` pair.

    Exact, from the contribution's own trades; nothing where it never bought that currency, or bought it
    with several others.
    """
    sold = {
        spot.currency: minor
        for spot, minor in where_now(state, contribution).items()
        if spot.account is Account.FX and minor > 0
    }
    bought = -state.total_of(contribution, Account.FX, currency)
    if bought <= 0 or len(sold) != 1:
        return None
    return Fraction(next(iter(sold.values())), bought)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsing:
    """Money that can soon not be used any more: of a contribution after its last day, or a reservation."""

    contribution: str
    line: str
    until: str
    amount: Amount


def lapsing(state: Balances, by: str) -> list[Lapsing]:
    """List what is free or set aside and may be used no longer than the day `by` (as ISO text).

    Means:   `line` is empty for money that is free; for money set aside the earlier of its two days counts.
    """
    found = []
    for spot, minor in state.money().items():
        if spot.account not in (Account.AVAILABLE, Account.ALLOCATED):
            continue
        days = [state.term("use_by", spot.contribution)]
        if spot.account is Account.ALLOCATED:
            days.append(state.term("reserved_until", spot.contribution, spot.line))
        until = min((day for day in days if day), default="")
        if until and until <= by:
            amount = Amount(minor, spot.currency)
            found.append(Lapsing(contribution=spot.contribution, line=spot.line, until=until, amount=amount))
    return sorted(found, key=lambda row: (row.until, row.contribution, row.line))
