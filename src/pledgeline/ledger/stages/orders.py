"""Orders: money bound to units of a line that are still to come, and what happens to them on the way."""

from collections.abc import Mapping
from datetime import date

from pledgeline.ledger.accounts import Account, Bin
from pledgeline.ledger.entries import AgreedTerm, Draft, Posting
from pledgeline.ledger.refusals import RefusalRaised, or_refusal
from pledgeline.ledger.stages.needed import (
    above_zero,
    available_to,
    price_of,
    require_known,
    require_usable,
    spread,
    units_above_zero,
    unknown_line,
)
from pledgeline.ledger.state import Balances, Shelf, carried, moved
from pledgeline.money import Amount


@or_refusal
def order(
    state: Balances,
    *,
    line: str,
    units: int,
    amount: Amount,
    on: date,
    unit_price: Amount | None = None,
) -> Draft:
    """Units of a line are ordered: allocated -> ordered, over what each contribution has set aside there.

    Money is not ordered against after its last day, nor on a reservation that has expired.
    """
    units_above_zero(units)
    above_zero(amount)
    shares = state.shares(Shelf(Account.ALLOCATED, amount.currency, line))
    if not shares and not state.knows_line(line):
        raise unknown_line(line)
    for contribution in shares:
        require_usable(state, contribution, on)
        until = state.term("reserved_until", contribution, line)
        if until and until < on.isoformat():
            raise RefusalRaised("reservation-expired.on", contribution=contribution, line=line, day=until)
    left = state.units(Bin(Account.ORDERED, line, amount.currency))
    price = str(unit_price.minor) if unit_price is not None else ""
    if left and price != state.term("unit_price", line, amount.currency):
        price = ""
    return Draft(
        kind="order",
        postings=spread(amount, shares, Account.ALLOCATED, Account.ORDERED, line=line),
        goods=carried(line, amount.currency, units, Account.SOURCE, Account.ORDERED),
        terms=(AgreedTerm(name="unit_price", of=line, on=amount.currency, value=price),),
    )


@or_refusal
def amend(
    state: Balances,
    *,
    line: str,
    unit_price: Amount,
    on: date,
    paid_by: Mapping[str, Amount | None] | None = None,
    units: int | None = None,
) -> Draft:
    """The price of what is still to be delivered changes: the line's ordered money becomes units x price.

    A rise is paid by those named, exactly (available -> ordered): one name alone pays all of it, several
    without amounts share it over what they have available. A fall is released over what each has ordered.
    """
    above_zero(unit_price)
    currency = unit_price.currency
    left = state.units(Bin(Account.ORDERED, line, currency))
    shelf = Shelf(Account.ORDERED, currency, line)
    there = state.total(shelf)
    if not left and not there:
        raise unknown_line(line)
    price = str(unit_price.minor)
    if units is None or units == left:
        change = left * unit_price.minor - there
    else:
        old = state.term("unit_price", line, currency)
        if not 0 < units < left or not old:
            if not old:
                raise RefusalRaised("not-enough.units-at-several-prices", line=line, units=left)
            raise RefusalRaised("not-enough.units-to-come", line=line, units=left)
        change, price = units * (unit_price.minor - int(old)), ""
    if change == 0:
        raise RefusalRaised("nothing-to-move.same-price", line=line)
    if change < 0 and paid_by:
        raise RefusalRaised("not-funded-exactly.fall", line=line, amount=Amount(-change, currency))
    if change < 0:
        postings = spread(
            Amount(-change, currency),
            state.shares(shelf),
            Account.ORDERED,
            Account.AVAILABLE,
            line=line,
        )
    else:
        postings = _rise(state, line, Amount(change, currency), paid_by or {}, on)
    term = AgreedTerm(name="unit_price", of=line, on=currency, value=price)
    return Draft(kind="price_change", postings=postings, terms=(term,))


def _rise(
    state: Balances, line: str, amount: Amount, paid_by: Mapping[str, Amount | None], on: date
) -> tuple[Posting, ...]:
    named = {name: part for name, part in paid_by.items() if part is not None}
    for name in paid_by:
        require_known(state, name)
        require_usable(state, name, on)
    if not named and paid_by:
        shares = available_to(state, paid_by, amount.currency)
        return spread(amount, shares, Account.AVAILABLE, Account.ORDERED, line=line)
    others = {part.currency for part in named.values()} - {amount.currency}
    paid = sum(above_zero(part).minor for part in named.values())
    if len(named) != len(paid_by) or others or paid != amount.minor:
        raise RefusalRaised(
            "not-funded-exactly.rise",
            line=line,
            amount=amount,
            paid=Amount(paid, others.pop() if others else amount.currency),
        )
    return tuple(
        posting
        for name in sorted(named)
        for posting in moved(name, named[name], Account.AVAILABLE, Account.ORDERED, line=line)
    )


@or_refusal
def cancel(state: Balances, *, line: str, units: int, currency: str, amount: Amount | None = None) -> Draft:
    """Units are cancelled before delivery: ordered -> available, over what each contribution has there.

    Without an amount it is the price of the units; the last units release all that is left.
    """
    units_above_zero(units)
    amount = price_of(state, line, units, currency) if amount is None else above_zero(amount)
    shares = state.shares(Shelf(Account.ORDERED, amount.currency, line))
    return Draft(
        kind="cancel_units",
        postings=spread(amount, shares, Account.ORDERED, Account.AVAILABLE, line=line),
        goods=carried(line, amount.currency, units, Account.ORDERED, Account.SOURCE),
    )


@or_refusal
def swap(state: Balances, *, line: str, amount: Amount, origin: str, target: str, on: date) -> Draft:
    """On an ordered line one contribution takes over from another.

    `origin` gets its money back (ordered -> available); `target` pays in its place (available -> ordered).
    """
    above_zero(amount)
    if origin == target:
        raise RefusalRaised("unclear-shares.from-itself")
    require_known(state, origin)
    require_known(state, target)
    require_usable(state, target, on)
    return Draft(
        kind="swap",
        postings=(
            *moved(origin, amount, Account.ORDERED, Account.AVAILABLE, line=line),
            *moved(target, amount, Account.AVAILABLE, Account.ORDERED, line=line),
        ),
    )
