"""Promises: what a partner says it will give, until the money is there or never comes."""

from datetime import date

from pledgeline.ledger.accounts import Account
from pledgeline.ledger.entries import AgreedTerm, Draft, Posting
from pledgeline.ledger.refusals import RefusalRaised, or_refusal
from pledgeline.ledger.stages.needed import above_zero, require_known
from pledgeline.ledger.state import Balances, moved
from pledgeline.money import Amount


@or_refusal
def pledge(
    state: Balances, *, contribution: str, partner: str, amount: Amount, use_by: date | None = None
) -> Draft:
    """A partner promises money: source -> pledged. Nothing is signed and nothing is received.

    A second pledge under the same key adds to the first. `use_by` is the last day on which the money may
    be ordered against.
    """
    above_zero(amount)
    if state.knows(contribution):
        owner, currency = state.term("partner", contribution), state.term("currency", contribution)
        if owner != partner:
            raise RefusalRaised(
                "another-partner.owner", contribution=contribution, owner=owner, partner=partner
            )
        if currency != amount.currency:
            raise RefusalRaised(
                "another-currency.first",
                contribution=contribution,
                first=currency,
                currency=amount.currency,
            )
    terms = [
        AgreedTerm(name="partner", of=contribution, value=partner),
        AgreedTerm(name="currency", of=contribution, value=amount.currency),
    ]
    if use_by is not None:
        terms.append(AgreedTerm(name="use_by", of=contribution, value=use_by.isoformat()))
    return Draft(
        kind="pledge",
        postings=moved(contribution, amount, Account.SOURCE, Account.PLEDGED),
        terms=tuple(terms),
    )


@or_refusal
def revise(state: Balances, *, contribution: str, amount: Amount) -> Draft:
    """A partner changes the sum of its promise to `amount`: source <-> pledged, by the difference.

    What was signed stays; less than that takes a `reduce`.
    """
    above_zero(amount)
    require_known(state, contribution)
    promised = -state.total_of(contribution, Account.SOURCE, amount.currency)
    change = amount.minor - promised
    unsigned = state.total_of(contribution, Account.PLEDGED, amount.currency)
    if change == 0:
        raise RefusalRaised("nothing-to-move.same-pledge", contribution=contribution, amount=amount)
    if unsigned + change < 0:
        raise RefusalRaised(
            "below-signed.amount",
            contribution=contribution,
            signed=Amount(promised - unsigned, amount.currency),
            amount=amount,
        )
    ends = (Account.SOURCE, Account.PLEDGED) if change > 0 else (Account.PLEDGED, Account.SOURCE)
    return Draft(kind="revise", postings=moved(contribution, Amount(abs(change), amount.currency), *ends))


@or_refusal
def reduce(state: Balances, *, contribution: str, currency: str, amount: Amount | None = None) -> Draft:
    """A partner takes back a promise that it has not paid: pledged, then committed -> source.

    Without an amount everything unpaid is taken back. Money that was received is not: that is returned.
    """
    require_known(state, contribution)
    unpaid = {
        account: state.total_of(contribution, account, currency)
        for account in (Account.PLEDGED, Account.COMMITTED)
    }
    whole = sum(unpaid.values())
    left = whole if amount is None else above_zero(amount).minor
    if left > whole or left == 0:
        raise RefusalRaised("not-enough.unpaid", contribution=contribution, there=Amount(whole, currency))
    postings: list[Posting] = []
    for account, minor in unpaid.items():
        part = min(left, minor)
        left -= part
        if part:
            postings += moved(contribution, Amount(part, currency), account, Account.SOURCE)
    return Draft(kind="reduce", postings=tuple(postings))


@or_refusal
def sign(state: Balances, *, contribution: str, amount: Amount) -> Draft:
    """The promise, or a part of it, is signed: pledged -> committed. It is owed from now on."""
    require_known(state, contribution)
    return Draft(
        kind="commit",
        postings=moved(contribution, above_zero(amount), Account.PLEDGED, Account.COMMITTED),
    )


@or_refusal
def receive(state: Balances, *, contribution: str, amount: Amount) -> Draft:
    """The money, or a part of it, has arrived: committed -> available."""
    require_known(state, contribution)
    return Draft(
        kind="receive",
        postings=moved(contribution, above_zero(amount), Account.COMMITTED, Account.AVAILABLE),
    )


@or_refusal
def write_off(state: Balances, *, contribution: str, amount: Amount) -> Draft:
    """Signed money will never come: committed -> written off. It stays visible what became of the promise."""
    require_known(state, contribution)
    return Draft(
        kind="write_off",
        postings=moved(contribution, above_zero(amount), Account.COMMITTED, Account.WRITTEN_OFF),
    )
