"""The events of a contribution's life, one function each, from the pledge to the accepted item.

Each function is asked with the books as they are (`state`) and answers with what it would enter, or with
a refusal that names the way out. Nothing is written here, and what is not refused here still has to pass
`rules`. Floors are tested there, on the entry as a whole; here is refused what the rules cannot see: what
may not be split, what was never delivered, what lapsed.

An amount that several contributions bear is split by largest remainder over what each of them has left
where the money comes from, ties to the earlier key, so no share is ever larger than what is there.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from pledgeline.ledger.accounts import Account
from pledgeline.ledger.entries import Draft, Entry, Posting, Term
from pledgeline.ledger.refusals import Refusal, Refused, or_refusal
from pledgeline.ledger.rules import unknown_contribution
from pledgeline.ledger.state import Bin, Shelf, State, carried, joined, moved, negated
from pledgeline.money import Amount, split

# Promises


@or_refusal
def pledge(
    state: State, *, contribution: str, partner: str, amount: Amount, use_by: date | None = None
) -> Draft:
    """A partner promises money: source -> pledged. Nothing is signed and nothing is received.

    A second pledge under the same key adds to the first. `use_by` is the last day on which the money may
    be ordered against.
    """
    _above_zero(amount)
    if state.knows(contribution):
        owner, currency = state.term("partner", contribution), state.term("currency", contribution)
        if owner != partner:
            raise Refused(
                "another-partner",
                f"{contribution} is a contribution of {owner}, not of {partner}.",
                "Pledge under a key of its own.",
            )
        if currency != amount.currency:
            raise Refused(
                "another-currency",
                f"{contribution} was pledged in {currency}, not in {amount.currency}.",
                "Pledge under a key of its own; money that was received can be converted.",
            )
    terms = [
        Term(name="partner", of=contribution, value=partner),
        Term(name="currency", of=contribution, value=amount.currency),
    ]
    if use_by is not None:
        terms.append(Term(name="use_by", of=contribution, value=use_by.isoformat()))
    return Draft(
        kind="pledge",
        postings=moved(contribution, amount, Account.SOURCE, Account.PLEDGED),
        terms=tuple(terms),
    )


@or_refusal
def revise(state: State, *, contribution: str, amount: Amount) -> Draft:
    """A partner changes the sum of its promise to `amount`: source <-> pledged, by the difference.

    What was signed stays; less than that takes a `reduce`.
    """
    _above_zero(amount)
    _known(state, contribution)
    promised = -state.total_of(contribution, Account.SOURCE, amount.currency)
    change = amount.minor - promised
    unsigned = state.total_of(contribution, Account.PLEDGED, amount.currency)
    if change == 0:
        raise _nothing(f"{contribution} is pledged with {amount} already.")
    if unsigned + change < 0:
        raise Refused(
            "below-signed",
            f"Of {contribution} {Amount(promised - unsigned, amount.currency)} is signed, more than {amount}.",
            "Reduce the contribution by what the partner takes back of what it signed.",
        )
    ends = (Account.SOURCE, Account.PLEDGED) if change > 0 else (Account.PLEDGED, Account.SOURCE)
    return Draft(kind="revise", postings=moved(contribution, Amount(abs(change), amount.currency), *ends))


@or_refusal
def reduce(state: State, *, contribution: str, amount: Amount | None = None, currency: str = "") -> Draft:
    """A partner takes back a promise that it has not paid: pledged, then committed -> source.

    Without an amount everything unpaid is taken back. Money that was received is not: that is returned.
    """
    _known(state, contribution)
    currency = amount.currency if amount else currency or state.term("currency", contribution)
    unpaid = {
        account: state.total_of(contribution, account, currency)
        for account in (Account.PLEDGED, Account.COMMITTED)
    }
    whole = sum(unpaid.values())
    left = whole if amount is None else _above_zero(amount).minor
    if left > whole or left == 0:
        raise Refused(
            "not-enough",
            f"Of {contribution} {Amount(whole, currency)} is promised and unpaid.",
            "Take back no more than that; what was received is returned to the partner instead.",
        )
    postings: list[Posting] = []
    for account, minor in unpaid.items():
        part = min(left, minor)
        left -= part
        if part:
            postings += moved(contribution, Amount(part, currency), account, Account.SOURCE)
    return Draft(kind="reduce", postings=tuple(postings))


@or_refusal
def sign(state: State, *, contribution: str, amount: Amount) -> Draft:
    """The promise, or a part of it, is signed: pledged -> committed. It is owed from now on."""
    _known(state, contribution)
    return Draft(
        kind="commit",
        postings=moved(contribution, _above_zero(amount), Account.PLEDGED, Account.COMMITTED),
    )


@or_refusal
def receive(state: State, *, contribution: str, amount: Amount) -> Draft:
    """The money, or a part of it, has arrived: committed -> available."""
    _known(state, contribution)
    return Draft(
        kind="receive",
        postings=moved(contribution, _above_zero(amount), Account.COMMITTED, Account.AVAILABLE),
    )


# Free money


@or_refusal
def convert(state: State, *, given: Mapping[str, Amount], received: Amount) -> Draft:
    """The bank changes money of one or more contributions in one trade: available -> fx -> available.

    What was received is split by the amounts given. The pair in `fx` is the contribution's own rate.
    """
    _above_zero(received)
    if not given:
        raise _unclear("Nobody's money is named.", "Name the contributions and what each gives.")
    sold = {amount.currency for amount in given.values()}
    if len(sold) != 1 or received.currency in sold:
        raise _unclear(
            "A trade changes one currency into another.",
            "Say what was given in one, and received in the other.",
        )
    names = sorted(given)
    parts = split(received, [_above_zero(given[name]).minor for name in names])
    postings: list[Posting] = []
    for name, part in zip(names, parts, strict=True):
        _known(state, name)
        postings += moved(name, given[name], Account.AVAILABLE, Account.FX)
        if part:
            postings += moved(name, part, Account.FX, Account.AVAILABLE)
    return Draft(kind="convert", postings=tuple(postings))


@or_refusal
def fee(state: State, *, contributions: Collection[str], amount: Amount) -> Draft:
    """A bank or an agent charges a fee: available -> fees, over what each of those named has available."""
    shares = _available(state, contributions, amount.currency)
    return Draft(
        kind="fee",
        postings=_spread(amount, shares, Account.AVAILABLE, Account.FEES, what="available to those named"),
    )


@or_refusal
def allocate(
    state: State, *, contribution: str, line: str, amount: Amount, reserved_until: date | None = None
) -> Draft:
    """Money is set aside for a line: available -> allocated. With a day it is a reservation that expires."""
    _known(state, contribution)
    terms: tuple[Term, ...] = ()
    if reserved_until is not None or state.term("reserved_until", contribution, line):
        value = reserved_until.isoformat() if reserved_until else ""
        terms = (Term(name="reserved_until", of=contribution, on=line, value=value),)
    return Draft(
        kind="allocate",
        postings=moved(contribution, _above_zero(amount), Account.AVAILABLE, Account.ALLOCATED, line=line),
        terms=terms,
    )


@or_refusal
def release(
    state: State, *, contribution: str, line: str, currency: str, amount: Amount | None = None
) -> Draft:
    """Money that was set aside is free again: allocated -> available; all of it where no amount is named."""
    _known(state, contribution)
    there = state.shares(Shelf(Account.ALLOCATED, currency, line)).get(contribution, 0)
    if amount is None and there <= 0:
        raise Refused(
            "not-enough",
            f"Nothing of {contribution} is set aside for line {line} in {currency}.",
            "Correct the line or the contribution.",
        )
    amount = Amount(there, currency) if amount is None else _above_zero(amount)
    return Draft(
        kind="release",
        postings=moved(contribution, amount, Account.ALLOCATED, Account.AVAILABLE, line=line),
    )


@or_refusal
def return_to_partner(
    state: State, *, contribution: str, amount: Amount, origin: Account = Account.AVAILABLE
) -> Draft:
    """Money goes back to the partner: available (or lapsed) -> returned."""
    _known(state, contribution)
    return Draft(
        kind="return_to_partner",
        postings=moved(contribution, _above_zero(amount), origin, Account.RETURNED),
    )


@or_refusal
def lapse(state: State, *, contribution: str, on: date) -> Draft:
    """The last day on which the money may be used has passed.

    What is promised and unpaid ends (pledged, committed -> source); what is free or only set aside lapses
    (available, allocated -> lapsed), until it is carried over or returned. What is ordered stays bound.
    """
    _known(state, contribution)
    use_by = state.term("use_by", contribution)
    if not use_by or on.isoformat() <= use_by:
        raise Refused(
            "not-lapsed-yet",
            f"{contribution} may be used {f'until {use_by}' if use_by else 'without a last day'}.",
            "Wait for that day to pass; to give money back earlier, return it to the partner.",
        )
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
        raise _nothing(f"Nothing of {contribution} is unpaid, free or set aside.")
    return Draft(kind="lapse", postings=tuple(postings))


@or_refusal
def carry_over(
    state: State, *, contribution: str, use_by: date, on: date, amount: Amount | None = None
) -> Draft:
    """The partner lets lapsed money be used up to a later day: lapsed -> available."""
    _known(state, contribution)
    if use_by < on:
        raise Refused(
            "past-use-by",
            f"The new last day, {use_by}, is before the day of carrying over, {on}.",
            "Name the later day that the partner agreed to.",
        )
    if amount is None:
        amounts = [
            Amount(minor, spot.currency)
            for spot, minor in state.money().items()
            if spot.contribution == contribution and spot.account is Account.LAPSED
        ]
    else:
        amounts = [_above_zero(amount)]
    if not amounts:
        raise _nothing(f"Nothing of {contribution} has lapsed.")
    postings: list[Posting] = []
    for each in amounts:
        postings += moved(contribution, each, Account.LAPSED, Account.AVAILABLE)
    term = Term(name="use_by", of=contribution, value=use_by.isoformat())
    return Draft(kind="carry_over", postings=tuple(postings), terms=(term,))


# Orders


@or_refusal
def order(
    state: State,
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
    _units_above_zero(units)
    _above_zero(amount)
    shares = state.shares(Shelf(Account.ALLOCATED, amount.currency, line))
    if not shares and not state.knows_line(line):
        raise _unknown_line(line)
    for contribution in shares:
        _usable(state, contribution, on)
        until = state.term("reserved_until", contribution, line)
        if until and until < on.isoformat():
            raise Refused(
                "reservation-expired",
                f"The reservation of {contribution} for line {line} expired on {until}.",
                "Release it and allocate again, or order without it after its release.",
            )
    left = state.units(Bin(Account.ORDERED, line, amount.currency))
    price = str(unit_price.minor) if unit_price is not None else ""
    if left and price != state.term("unit_price", line, amount.currency):
        price = ""
    return Draft(
        kind="order",
        postings=_spread(
            amount, shares, Account.ALLOCATED, Account.ORDERED, line=line, what=f"set aside for line {line}"
        ),
        goods=carried(line, amount.currency, units, Account.SOURCE, Account.ORDERED),
        terms=(Term(name="unit_price", of=line, on=amount.currency, value=price),),
    )


@or_refusal
def amend(
    state: State,
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
    _above_zero(unit_price)
    currency = unit_price.currency
    left = state.units(Bin(Account.ORDERED, line, currency))
    shelf = Shelf(Account.ORDERED, currency, line)
    there = state.total(shelf)
    if not left and not there:
        raise _unknown_line(line)
    price = str(unit_price.minor)
    if units is None or units == left:
        change = left * unit_price.minor - there
    else:
        old = state.term("unit_price", line, currency)
        if not 0 < units < left or not old:
            raise Refused(
                "not-enough",
                f"Of line {line} {left} units are still to be delivered{'' if old else ', at several prices'}.",
                "Say the price of all of them.",
            )
        change, price = units * (unit_price.minor - int(old)), ""
    if change == 0:
        raise _nothing(f"Line {line} has exactly that price already.")
    if change < 0:
        postings = _spread(
            Amount(-change, currency),
            state.shares(shelf),
            Account.ORDERED,
            Account.AVAILABLE,
            line=line,
            what=f"ordered on line {line}",
        )
    else:
        postings = _rise(state, line, Amount(change, currency), paid_by or {}, on)
    term = Term(name="unit_price", of=line, on=currency, value=price)
    return Draft(kind="price_change", postings=postings, terms=(term,))


def _rise(
    state: State, line: str, amount: Amount, paid_by: Mapping[str, Amount | None], on: date
) -> tuple[Posting, ...]:
    named = {name: part for name, part in paid_by.items() if part is not None}
    for name in paid_by:
        _known(state, name)
        _usable(state, name, on)
    if not named and paid_by:
        shares = _available(state, paid_by, amount.currency)
        return _spread(
            amount, shares, Account.AVAILABLE, Account.ORDERED, line=line, what="available to those named"
        )
    others = {part.currency for part in named.values()} - {amount.currency}
    paid = sum(_above_zero(part).minor for part in named.values())
    if len(named) != len(paid_by) or others or paid != amount.minor:
        raise Refused(
            "not-funded-exactly",
            f"The rise on line {line} costs {amount}; those named pay "
            f"{Amount(paid, others.pop() if others else amount.currency)}.",
            "Name who pays how much, so that it adds up to the rise.",
        )
    return tuple(
        posting
        for name in sorted(named)
        for posting in moved(name, named[name], Account.AVAILABLE, Account.ORDERED, line=line)
    )


@or_refusal
def cancel(state: State, *, line: str, units: int, currency: str, amount: Amount | None = None) -> Draft:
    """Units are cancelled before delivery: ordered -> available, over what each contribution has there.

    Without an amount it is the price of the units; the last units release all that is left.
    """
    _units_above_zero(units)
    amount = _price_of(state, line, units, currency) if amount is None else _above_zero(amount)
    shares = state.shares(Shelf(Account.ORDERED, amount.currency, line))
    return Draft(
        kind="cancel_units",
        postings=_spread(
            amount, shares, Account.ORDERED, Account.AVAILABLE, line=line, what=f"ordered on line {line}"
        ),
        goods=carried(line, amount.currency, units, Account.ORDERED, Account.SOURCE),
    )


@or_refusal
def swap(state: State, *, line: str, amount: Amount, origin: str, target: str, on: date) -> Draft:
    """On an ordered line one contribution takes over from another.

    `origin` gets its money back (ordered -> available); `target` pays in its place (available -> ordered).
    """
    _above_zero(amount)
    if origin == target:
        raise _unclear("One contribution cannot take over from itself.", "Name two contributions.")
    _known(state, origin)
    _known(state, target)
    _usable(state, target, on)
    return Draft(
        kind="swap",
        postings=(
            *moved(origin, amount, Account.ORDERED, Account.AVAILABLE, line=line),
            *moved(target, amount, Account.AVAILABLE, Account.ORDERED, line=line),
        ),
    )


# Deliveries


@or_refusal
def deliver(
    state: State, *, line: str, lot: str, units: int, currency: str, cost: Amount | None = None
) -> Draft:
    """A lot arrives: ordered -> delivered, over what each contribution has ordered on the line.

    Without a cost it is the price of the units; the last units take all that is left on the line.
    """
    _units_above_zero(units)
    cost = _price_of(state, line, units, currency) if cost is None else _above_zero(cost)
    owner = state.line_of(lot)
    if owner and (owner, state.currency_of_lot(lot)) != (line, cost.currency):
        raise Refused(
            "lot-is-taken",
            f"Lot {lot} belongs to line {owner}, in {state.currency_of_lot(lot)}.",
            "Give this delivery a lot of its own.",
        )
    if owner and state.units_in_lot(lot) > 0:
        raise Refused(
            "lot-is-taken",
            f"Lot {lot} was delivered before, and {state.units_in_lot(lot)} units of it are still there.",
            "Give this delivery a lot of its own, or correct the earlier one.",
        )
    shares = state.shares(Shelf(Account.ORDERED, cost.currency, line))
    return Draft(
        kind="deliver",
        postings=_spread(
            cost,
            shares,
            Account.ORDERED,
            Account.DELIVERED,
            line=line,
            lot=lot,
            what=f"ordered on line {line}",
        ),
        goods=carried(line, cost.currency, units, Account.ORDERED, Account.DELIVERED, lot),
        terms=(
            Term(name="line of lot", of=lot, value=line),
            Term(name="currency of lot", of=lot, value=cost.currency),
        ),
    )


@or_refusal
def accept(state: State, *, lot: str, units: int, cost: Amount | None = None) -> Draft:
    """The recipient takes units of a lot over: delivered -> accepted. The money behind them is spent."""
    return _out_of_lot(state, "accept", lot, units, cost, Account.ACCEPTED)


@or_refusal
def reject(state: State, *, lot: str, units: int, cost: Amount | None = None) -> Draft:
    """The recipient sends units of a lot back: delivered -> ordered. The supplier owes them again."""
    return _out_of_lot(state, "reject", lot, units, cost, Account.ORDERED)


@or_refusal
def write_off_lot(state: State, *, lot: str, units: int, cost: Amount | None = None) -> Draft:
    """Units of a lot are lost before they were accepted, and nobody replaces them: delivered -> written off."""
    return _out_of_lot(state, "write_off", lot, units, cost, Account.WRITTEN_OFF)


@or_refusal
def write_off(state: State, *, contribution: str, amount: Amount) -> Draft:
    """Signed money will never come: committed -> written off. It stays visible what became of the promise."""
    _known(state, contribution)
    return Draft(
        kind="write_off",
        postings=moved(contribution, _above_zero(amount), Account.COMMITTED, Account.WRITTEN_OFF),
    )


@or_refusal
def refund(state: State, *, lot: str, amount: Amount) -> Draft:
    """The supplier gives money back for a lot: accepted (else delivered) -> available.

    It goes back along the lot's shares, never more than the lot still costs.
    """
    _above_zero(amount)
    line = _line_of(state, lot)
    accepted = Shelf(Account.ACCEPTED, amount.currency, line, lot)
    origin = Account.ACCEPTED if state.total(accepted) else Account.DELIVERED
    shares = state.shares(accepted._replace(account=origin))
    return Draft(
        kind="refund",
        postings=_spread(
            amount, shares, origin, Account.AVAILABLE, line=line, lot=lot, what=f"{origin} in lot {lot}"
        ),
    )


def _out_of_lot(state: State, kind: str, lot: str, units: int, cost: Amount | None, target: Account) -> Draft:
    _units_above_zero(units)
    line = _line_of(state, lot)
    currency = cost.currency if cost else state.currency_of_lot(lot)
    shelf = Shelf(Account.DELIVERED, currency, line, lot)
    there = state.units(Bin(Account.DELIVERED, line, currency, lot))
    if units > there:
        raise Refused(
            "not-enough",
            f"Of lot {lot} {there} units are delivered and neither accepted nor sent back.",
            "Correct the number of units.",
        )
    cost = Amount(first_of(units, there, state.total(shelf)), currency) if cost is None else _above_zero(cost)
    return Draft(
        kind=kind,
        postings=_spread(
            cost,
            state.shares(shelf),
            Account.DELIVERED,
            target,
            line=line,
            lot=lot,
            what=f"delivered in lot {lot}",
        ),
        goods=carried(line, currency, units, Account.DELIVERED, target, lot),
    )


# Anything else, and taking back


@or_refusal
def journal(postings: Collection[Posting]) -> Draft:
    """Move money freely, for what no other event says; only the rules hold."""
    return Draft(kind="journal", postings=tuple(postings))


def reverse(entry: Entry) -> Draft:
    """Take an entry back: every posting and every unit the other way round. Once for each entry."""
    return negated(entry)


def correct(state: State, entry: Entry, again: Callable[[State], Draft | Refusal]) -> Draft | Refusal:
    """Take an entry back and put what should have been in its place, in one entry.

    `again` makes the event anew with the books as they would be without the old one.
    """
    undone = negated(entry)
    new = again(state.after(undone))
    return new if isinstance(new, Refusal) else joined("correct", undone, new)


# What several events need


def first_of(units: int, whole: int, minor: int) -> int:
    """Give what the first `units` of `whole` units cost together when `minor` is split evenly over all.

    >>> [first_of(units, 3, 100) for units in (1, 2, 3)]
    [34, 67, 100]
    """
    each, over = divmod(minor, whole)
    return each * units + min(units, over)


def _above_zero(amount: Amount) -> Amount:
    if amount.minor <= 0:
        raise Refused(
            "not-above-zero",
            f"{amount} cannot be moved: an amount is above zero, and the event says which way it goes.",
            "Write the amount without a sign, and use the event that moves it the other way.",
        )
    return amount


def _units_above_zero(units: int) -> None:
    if units <= 0:
        raise Refused("not-above-zero", f"{units} units are none.", "Say how many whole units, at least one.")


def _known(state: State, contribution: str) -> None:
    if not state.knows(contribution):
        raise unknown_contribution(contribution, state)


def _line_of(state: State, lot: str) -> str:
    line = state.line_of(lot)
    if not line:
        raise Refused(
            "unknown-lot", f"No lot {lot} was delivered.", "Enter its delivery first, or correct the key."
        )
    return line


def _unknown_line(line: str) -> Refused:
    return Refused(
        "unknown-line",
        f"Nothing is set aside, ordered or to be delivered on line {line} in that currency.",
        "Allocate money to the line first, or correct its key or the currency.",
    )


def _nothing(wrong: str) -> Refused:
    return Refused("nothing-to-move", wrong, "Leave the event out, or correct it.")


def _unclear(wrong: str, way_out: str) -> Refused:
    return Refused("unclear-shares", wrong, way_out)


def _usable(state: State, contribution: str, on: date) -> None:
    use_by = state.term("use_by", contribution)
    if use_by and use_by < on.isoformat():
        raise Refused(
            "past-use-by",
            f"The money of {contribution} could be ordered against until {use_by}.",
            "Have the partner carry it over to a later day, or pay with another contribution.",
        )


def _available(state: State, contributions: Collection[str], currency: str) -> dict[str, int]:
    if not contributions:
        raise _unclear("Nobody is named.", "Name the contributions that pay.")
    for name in contributions:
        _known(state, name)
    shares = state.shares(Shelf(Account.AVAILABLE, currency))
    return {name: minor for name, minor in shares.items() if name in contributions}


def _price_of(state: State, line: str, units: int, currency: str) -> Amount:
    """Give what units that are still to come cost: at the line's price, and the last of them all that is left."""
    left = state.units(Bin(Account.ORDERED, line, currency))
    if units > left:
        if not state.knows_line(line):
            raise _unknown_line(line)
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


def _spread(
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
    _above_zero(amount)
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
