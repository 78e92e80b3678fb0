"""Money that has arrived and is bound to no order: changed, charged, set aside, freed, returned, lapsed."""

from collections.abc import Collection, Mapping
from datetime import date

from pledgeline.ledger.accounts import Account
from pledgeline.ledger.entries import AgreedTerm, Draft, Posting
from pledgeline.ledger.refusals import RefusalRaised, or_refusal
from pledgeline.ledger.stages.needed import above_zero, available_to, require_known, spread
from pledgeline.ledger.state import Balances, Shelf, moved
from pledgeline.money import Amount, split


@or_refusal
def convert(state: Balances, *, given: Mapping[str, Amount], received: Amount) -> Draft:
    """The bank changes money of one or more contributions in one trade: available -> fx -> available.

    What was received is split by the amounts given. The pair in `fx` is the contribution's own rate.
    """
    above_zero(received)
    if not given:
        raise RefusalRaised("unclear-shares.nobody-gives")
    sold = {amount.currency for amount in given.values()}
    if len(sold) != 1 or received.currency in sold:
        raise RefusalRaised("unclear-shares.no-trade")
    names = sorted(given)
    parts = split(received, [above_zero(given[name]).minor for name in names])
    postings: list[Posting] = []
    for name, part in zip(names, parts, strict=True):
        require_known(state, name)
        postings += moved(name, given[name], Account.AVAILABLE, Account.FX)
        if part:
            postings += moved(name, part, Account.FX, Account.AVAILABLE)
    return Draft(kind="convert", postings=tuple(postings))


@or_refusal
def fee(state: Balances, *, contributions: Collection[str], amount: Amount) -> Draft:
    """A bank or an agent charges a fee: available -> fees, over what each of those named has available."""
    shares = available_to(state, contributions, amount.currency)
    return Draft(
        kind="fee",
        postings=spread(amount, shares, Account.AVAILABLE, Account.FEES),
    )


@or_refusal
def allocate(
    state: Balances,
    *,
    contribution: str,
    line: str,
    amount: Amount,
    reserved_until: date | None = None,
    package: str = "",
) -> Draft:
    """Money is set aside for a line: available -> allocated. With a day it is a reservation that expires.

    A line is of one package, which every allocation to it may name.
    """
    require_known(state, contribution)
    known = state.term("package", line)
    if package and known not in ("", package):
        raise RefusalRaised("another-package.known", line=line, known=known, package=package)
    terms: tuple[AgreedTerm, ...] = (AgreedTerm(name="package", of=line, value=package),) if package else ()
    if reserved_until is not None or state.term("reserved_until", contribution, line):
        value = reserved_until.isoformat() if reserved_until else ""
        terms += (AgreedTerm(name="reserved_until", of=contribution, on=line, value=value),)
    return Draft(
        kind="allocate",
        postings=moved(contribution, above_zero(amount), Account.AVAILABLE, Account.ALLOCATED, line=line),
        terms=terms,
    )


@or_refusal
def release(
    state: Balances, *, contribution: str, line: str, currency: str, amount: Amount | None = None
) -> Draft:
    """Money that was set aside is free again: allocated -> available; all of it where no amount is named."""
    require_known(state, contribution)
    there = state.shares(Shelf(Account.ALLOCATED, currency, line)).get(contribution, 0)
    if amount is None and there <= 0:
        raise RefusalRaised(
            "not-enough.nothing-set-aside", contribution=contribution, line=line, currency=currency
        )
    amount = Amount(there, currency) if amount is None else above_zero(amount)
    return Draft(
        kind="release",
        postings=moved(contribution, amount, Account.ALLOCATED, Account.AVAILABLE, line=line),
    )


@or_refusal
def return_to_partner(
    state: Balances, *, contribution: str, amount: Amount, origin: Account = Account.AVAILABLE
) -> Draft:
    """Money goes back to the partner: available (or lapsed) -> returned."""
    require_known(state, contribution)
    return Draft(
        kind="return_to_partner",
        postings=moved(contribution, above_zero(amount), origin, Account.RETURNED),
    )


@or_refusal
def lapse(state: Balances, *, contribution: str, on: date) -> Draft:
    """The last day on which the money may be used has passed.

    What is promised and unpaid ends (pledged, committed -> source); what is free or only set aside lapses
    (available, allocated -> lapsed), until it is carried over or returned. What is ordered stays bound.
    """
    require_known(state, contribution)
    use_by = state.term("use_by", contribution)
    if not use_by:
        raise RefusalRaised("not-lapsed-yet.without-a-day", contribution=contribution)
    if on.isoformat() <= use_by:
        raise RefusalRaised("not-lapsed-yet.until", contribution=contribution, last=use_by)
    ends = {
        Account.PLEDGED: Account.SOURCE,
        Account.COMMITTED: Account.SOURCE,
        Account.AVAILABLE: Account.LAPSED,
        Account.ALLOCATED: Account.LAPSED,
    }
    postings: list[Posting] = []
    for spot, minor in state.money().items():
        if spot.contribution == contribution and spot.account in ends:
            amount = Amount(minor, spot.currency)
            postings += moved(contribution, amount, spot.account, ends[spot.account], line=spot.line)
    if not postings:
        raise RefusalRaised("nothing-to-move.nothing-to-lapse", contribution=contribution)
    return Draft(kind="lapse", postings=tuple(postings))


@or_refusal
def carry_over(
    state: Balances, *, contribution: str, use_by: date, on: date, amount: Amount | None = None
) -> Draft:
    """The partner lets lapsed money be used up to a later day: lapsed -> available."""
    require_known(state, contribution)
    if use_by < on:
        raise RefusalRaised("past-use-by.new-last-day", last=use_by, day=on)
    if amount is None:
        amounts = [
            Amount(minor, spot.currency)
            for spot, minor in state.money().items()
            if spot.contribution == contribution and spot.account is Account.LAPSED
        ]
    else:
        amounts = [above_zero(amount)]
    if not amounts:
        raise RefusalRaised("nothing-to-move.nothing-lapsed", contribution=contribution)
    postings: list[Posting] = []
    for lapsed in amounts:
        postings += moved(contribution, lapsed, Account.LAPSED, Account.AVAILABLE)
    term = AgreedTerm(name="use_by", of=contribution, value=use_by.isoformat())
    return Draft(kind="carry_over", postings=tuple(postings), terms=(term,))
