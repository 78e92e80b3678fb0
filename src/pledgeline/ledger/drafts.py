"""One function for each type of event: what it says becomes a call of `stages`."""

from collections.abc import Callable, Mapping
from typing import Any

from pledgeline.ledger import cash, stages
from pledgeline.ledger.accounts import Account
from pledgeline.ledger.book import Books
from pledgeline.ledger.corrections import correction, taking_back
from pledgeline.ledger.currencies_meant import currency_held, currency_of, currency_on
from pledgeline.ledger.entries import Draft, Posting
from pledgeline.ledger.refusals import Refusal, RefusalRaised, given, or_refusal
from pledgeline.ledger.schema import BooksEvent
from pledgeline.ledger.schema import models as said
from pledgeline.ledger.state import Balances
from pledgeline.ledger.twins import require_no_twins
from pledgeline.money import Amount

DraftOf = Callable[[Any, Balances], Draft | Refusal]


@or_refusal
def draft_of(event: BooksEvent, book: Books, state: Balances) -> Draft:
    """Make the draft of an event with the books as `state` has them.

    Raises:  nothing: what is refused is the answer.
    """
    require_kept(event, book)
    if isinstance(event, said.Reverse):
        return taking_back(book, event.of)
    if isinstance(event, said.Correct):
        return given(correction(book, state, event, plain_draft))
    return given(plain_draft(event, state))


@or_refusal
def plain_draft(event: BooksEvent, state: Balances) -> Draft:
    """Make the draft of an event that says something of its own."""
    require_no_twins(event, state)
    return given(DRAFTS[type(event)](event, state))


def require_kept(event: BooksEvent, book: Books) -> None:
    """Refuse a currency that the books are not kept in."""
    for name in ("currency", "from_currency", "to_currency"):
        code = getattr(event, name, None)
        if code is not None and code not in book.currencies:
            raise RefusalRaised(
                "unknown-currency.of-an-event",
                currency=code,
                kept=", ".join(sorted(book.currencies)[:12]),
                at=f"/{name}",
            )


def _pledge(event: said.Pledge, state: Balances) -> Draft | Refusal:
    return stages.pledge(
        state,
        contribution=event.contribution,
        partner=event.partner,
        amount=Amount(event.amount, event.currency),
        use_by=event.use_by,
    )


def _revise(event: said.Revise, state: Balances) -> Draft | Refusal:
    return stages.revise(state, contribution=event.contribution, amount=_promised(event, state))


def _promised(event: said.SumOfContribution, state: Balances) -> Amount:
    """Give the amount of an event in its currency, or in that in which the contribution was pledged."""
    return Amount(event.amount, currency_of(state, event.currency, event.contribution, Account.SOURCE))


def _reduce(event: said.Reduce, state: Balances) -> Draft | Refusal:
    currency = currency_of(state, event.currency, event.contribution, Account.SOURCE)
    return stages.reduce(
        state, contribution=event.contribution, amount=_any(event.amount, currency), currency=currency
    )


def _any(minor: int | None, currency: str) -> Amount | None:
    return None if minor is None else Amount(minor, currency)


def _commit(event: said.Commit, state: Balances) -> Draft | Refusal:
    return stages.sign(state, contribution=event.contribution, amount=_promised(event, state))


def _receive(event: said.Receive, state: Balances) -> Draft | Refusal:
    return stages.receive(state, contribution=event.contribution, amount=_promised(event, state))


def _convert(event: said.Convert, state: Balances) -> Draft | Refusal:
    sold = event.from_currency or currency_held(state, None, list(event.given))
    return stages.convert(
        state,
        given={name: Amount(minor, sold) for name, minor in event.given.items()},
        received=Amount(event.received, event.to_currency),
    )


def _fee(event: said.Fee, state: Balances) -> Draft | Refusal:
    currency = currency_held(state, event.currency, event.contributions)
    return stages.fee(state, contributions=event.contributions, amount=Amount(event.amount, currency))


def _allocate(event: said.Allocate, state: Balances) -> Draft | Refusal:
    currency = currency_of(state, event.currency, event.contribution, Account.AVAILABLE)
    return stages.allocate(
        state,
        contribution=event.contribution,
        line=event.line,
        amount=Amount(event.amount, currency),
        reserved_until=event.reserved_until,
        package=event.package or "",
    )


def _release(event: said.Release, state: Balances) -> Draft | Refusal:
    currency = currency_of(state, event.currency, event.contribution, Account.ALLOCATED, event.line)
    return stages.release(
        state,
        contribution=event.contribution,
        line=event.line,
        currency=currency,
        amount=_any(event.amount, currency),
    )


def _order(event: said.PlaceOrder, state: Balances) -> Draft | Refusal:
    currency = currency_on(state, event.currency, event.line)
    price = Amount(event.unit_price, currency)
    amount = _any(event.amount, currency) or price * event.qty
    return stages.order(
        state,
        line=event.line,
        units=event.qty,
        amount=amount,
        unit_price=price if price * event.qty == amount else None,
        on=event.effective_on,
    )


def _price_change(event: said.PriceChange, state: Balances) -> Draft | Refusal:
    currency = currency_on(state, event.currency, event.line)
    payers = event.paid_by or {}
    parts: Mapping[str, int | None] = payers if isinstance(payers, dict) else dict.fromkeys(payers)
    return stages.amend(
        state,
        line=event.line,
        unit_price=Amount(event.unit_price, currency),
        paid_by={name: _any(minor, currency) for name, minor in parts.items()},
        units=event.qty,
        on=event.effective_on,
    )


def _cancel_units(event: said.CancelUnits, state: Balances) -> Draft | Refusal:
    currency = currency_on(state, event.currency, event.line)
    return stages.cancel(
        state, line=event.line, units=event.qty, currency=currency, amount=_any(event.cost, currency)
    )


def _swap(event: said.Swap, state: Balances) -> Draft | Refusal:
    return stages.swap(
        state,
        line=event.line,
        amount=Amount(event.amount, currency_on(state, event.currency, event.line)),
        origin=event.origin,
        target=event.target,
        on=event.effective_on,
    )


def _deliver(event: said.Deliver, state: Balances) -> Draft | Refusal:
    currency = currency_on(state, event.currency, event.line)
    return stages.deliver(
        state,
        line=event.line,
        lot=event.lot,
        units=event.qty,
        currency=currency,
        cost=_any(event.cost, currency),
    )


def _from_lot(function: Callable[..., Draft | Refusal]) -> DraftOf:
    def draft(event: said.FromLot, state: Balances) -> Draft | Refusal:
        currency = currency_on(state, event.currency, state.line_of(event.lot), event.lot)
        return function(state, lot=event.lot, units=event.qty, cost=_any(event.cost, currency))

    return draft


def _refund(event: said.Refund, state: Balances) -> Draft | Refusal:
    currency = currency_on(state, event.currency, state.line_of(event.lot), event.lot)
    return stages.refund(state, lot=event.lot, amount=Amount(event.amount, currency))


def _return_to_partner(event: said.ReturnToPartner, state: Balances) -> Draft | Refusal:
    origin = Account(event.origin or Account.AVAILABLE)
    return stages.return_to_partner(
        state,
        contribution=event.contribution,
        amount=Amount(event.amount, currency_of(state, event.currency, event.contribution, origin)),
        origin=origin,
    )


def _lapse(event: said.Lapse, state: Balances) -> Draft | Refusal:
    return stages.lapse(state, contribution=event.contribution, on=event.effective_on)


def _carry_over(event: said.CarryOver, state: Balances) -> Draft | Refusal:
    amount = None
    if event.amount is not None:
        currency = currency_of(state, event.currency, event.contribution, Account.LAPSED)
        amount = Amount(event.amount, currency)
    return stages.carry_over(
        state, contribution=event.contribution, use_by=event.use_by, on=event.effective_on, amount=amount
    )


def _write_off(event: said.WriteOff, state: Balances) -> Draft | Refusal:
    currency = currency_of(state, event.currency, event.contribution, Account.COMMITTED)
    return stages.write_off(state, contribution=event.contribution, amount=Amount(event.amount, currency))


def _journal(event: said.Journal, state: Balances) -> Draft | Refusal:
    return stages.journal([_posting(event, posting, state) for posting in event.postings])


def _posting(event: said.Journal, posting: said.JournalPosting, state: Balances) -> Posting:
    contribution = posting.contribution or event.contribution
    if contribution is None:
        raise RefusalRaised("missing-field.of-a-posting")
    currency = currency_of(state, posting.currency or event.currency, contribution, Account.SOURCE)
    lot = posting.lot or ""
    return Posting(
        account=posting.stage,
        contribution=contribution,
        amount=Amount(posting.amount, currency),
        line=posting.line or state.line_of(lot),
        lot=lot,
    )


def _cash(function: Callable[..., Draft | Refusal]) -> DraftOf:
    def draft(event: said.SumOfContribution, state: Balances) -> Draft | Refusal:
        return function(
            state,
            contribution=event.contribution,
            amount=_promised(event, state),
            line=getattr(event, "line", None) or "",
            lot=getattr(event, "lot", None) or "",
        )

    return draft


DRAFTS: dict[type[BooksEvent], DraftOf] = {
    said.Pledge: _pledge,
    said.Revise: _revise,
    said.Reduce: _reduce,
    said.Commit: _commit,
    said.Receive: _receive,
    said.Convert: _convert,
    said.Fee: _fee,
    said.Allocate: _allocate,
    said.Release: _release,
    said.PlaceOrder: _order,
    said.PriceChange: _price_change,
    said.CancelUnits: _cancel_units,
    said.Swap: _swap,
    said.Deliver: _deliver,
    said.Accept: _from_lot(stages.accept),
    said.Reject: _from_lot(stages.reject),
    said.WriteOffLot: _from_lot(stages.write_off_lot),
    said.Refund: _refund,
    said.ReturnToPartner: _return_to_partner,
    said.Lapse: _lapse,
    said.CarryOver: _carry_over,
    said.WriteOff: _write_off,
    said.Journal: _journal,
    **{said.CASH[kind]: _cash(function) for kind, function in cash.EVENTS.items()},
}
"""Every event that says something of its own, with the function that drafts it."""
