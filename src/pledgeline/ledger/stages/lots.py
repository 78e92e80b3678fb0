"""Lots: goods that came, and what the recipient and the supplier do about them."""

from pledgeline.ledger.accounts import Account, Bin
from pledgeline.ledger.entries import AgreedTerm, Draft
from pledgeline.ledger.refusals import RefusalRaised, or_refusal
from pledgeline.ledger.stages.needed import above_zero, first_of, line_of, price_of, spread, units_above_zero
from pledgeline.ledger.state import Balances, Shelf, carried
from pledgeline.money import Amount


@or_refusal
def deliver(
    state: Balances, *, line: str, lot: str, units: int, currency: str, cost: Amount | None = None
) -> Draft:
    """A lot arrives: ordered -> delivered, over what each contribution has ordered on the line.

    Without a cost it is the price of the units; the last units take all that is left on the line.
    """
    units_above_zero(units)
    cost = price_of(state, line, units, currency) if cost is None else above_zero(cost)
    owner = state.line_of(lot)
    if owner and (owner, state.currency_of_lot(lot)) != (line, cost.currency):
        raise RefusalRaised(
            "lot-is-taken.other-line", lot=lot, line=owner, currency=state.currency_of_lot(lot)
        )
    if owner and state.units_in_lot(lot) > 0:
        raise RefusalRaised("lot-is-taken.units-there", lot=lot, units=state.units_in_lot(lot))
    shares = state.shares(Shelf(Account.ORDERED, cost.currency, line))
    return Draft(
        kind="deliver",
        postings=spread(cost, shares, Account.ORDERED, Account.DELIVERED, line=line, lot=lot),
        goods=carried(line, cost.currency, units, Account.ORDERED, Account.DELIVERED, lot),
        terms=(
            AgreedTerm(name="line of lot", of=lot, value=line),
            AgreedTerm(name="currency of lot", of=lot, value=cost.currency),
        ),
    )


@or_refusal
def accept(state: Balances, *, lot: str, units: int, cost: Amount | None = None) -> Draft:
    """The recipient takes units of a lot over: delivered -> accepted. The money behind them is spent."""
    return _out_of_lot(state, "accept", lot, units, cost, Account.ACCEPTED)


@or_refusal
def reject(state: Balances, *, lot: str, units: int, cost: Amount | None = None) -> Draft:
    """The recipient sends units of a lot back: delivered -> ordered. The supplier owes them again."""
    return _out_of_lot(state, "reject", lot, units, cost, Account.ORDERED)


@or_refusal
def write_off_lot(state: Balances, *, lot: str, units: int, cost: Amount | None = None) -> Draft:
    """Units of a lot are lost before they were accepted, and nobody replaces them: delivered -> written off."""
    return _out_of_lot(state, "write_off", lot, units, cost, Account.WRITTEN_OFF)


@or_refusal
def refund(state: Balances, *, lot: str, amount: Amount) -> Draft:
    """The supplier gives money back for a lot: accepted (else delivered) -> available.

    It goes back along the lot's shares, never more than the lot still costs. Of a lot that is accepted in
    part, a refund is of the accepted part first: what goes beyond it is a second event.
    """
    above_zero(amount)
    line = line_of(state, lot)
    accepted = Shelf(Account.ACCEPTED, amount.currency, line, lot)
    spent = state.total(accepted)
    open_ = state.total(accepted._replace(account=Account.DELIVERED))
    if spent and open_ and spent < amount.minor <= spent + open_:
        raise _to_be_split(lot, amount, spent, open_)
    origin = Account.ACCEPTED if spent else Account.DELIVERED
    shares = state.shares(accepted._replace(account=origin))
    return Draft(
        kind="refund",
        postings=spread(amount, shares, origin, Account.AVAILABLE, line=line, lot=lot),
    )


def _to_be_split(lot: str, amount: Amount, spent: int, open_: int) -> RefusalRaised:
    """Say how a refund is split that is of an accepted part of a lot and of one that is not accepted yet."""
    return RefusalRaised(
        "refund-to-be-split.in-two",
        lot=lot,
        accepted=Amount(spent, amount.currency),
        delivered=Amount(open_, amount.currency),
        amount=amount,
        rest=Amount(amount.minor - spent, amount.currency),
        at="/amount",
    )


def _out_of_lot(
    state: Balances, kind: str, lot: str, units: int, cost: Amount | None, target: Account
) -> Draft:
    units_above_zero(units)
    line = line_of(state, lot)
    currency = cost.currency if cost else state.currency_of_lot(lot)
    shelf = Shelf(Account.DELIVERED, currency, line, lot)
    there = state.units(Bin(Account.DELIVERED, line, currency, lot))
    if units > there:
        raise RefusalRaised("not-enough.units-in-lot", lot=lot, units=there)
    cost = Amount(first_of(units, there, state.total(shelf)), currency) if cost is None else above_zero(cost)
    return Draft(
        kind=kind,
        postings=spread(cost, state.shares(shelf), Account.DELIVERED, target, line=line, lot=lot),
        goods=carried(line, currency, units, Account.DELIVERED, target, lot),
    )
