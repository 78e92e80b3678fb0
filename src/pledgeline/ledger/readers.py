"""One reader for each type of event: its fields become a call of `stages`.

Where files of different offices call one thing by different names, all of them are listed here, ours first.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from pledgeline.ledger import cash, stages
from pledgeline.ledger.accounts import Account
from pledgeline.ledger.book import Books
from pledgeline.ledger.entries import Draft, Entry, Posting
from pledgeline.ledger.fields import Fields, cut, whole_of
from pledgeline.ledger.refusals import Refusal, Refused, or_refusal
from pledgeline.ledger.state import State, joined, negated
from pledgeline.money import Amount

OTHER_TYPES = {
    "sign": "commit",
    "amend": "price_change",
    "cancel": "cancel_units",
    "return": "return_to_partner",
    "reservation": "allocate",
    "takeover": "swap",
}
"""Types of events by the other names that they are known by."""

UNITS = ("qty", "units", "quantity")
COST = ("cost", "amount", "total")
PRICE = ("unit_price", "new_unit_price", "new_price", "price", "unit_cost")
PAID_BY = (
    *("paid_by", "funded_by", "funding", "funders", "fund", "funds", "payers", "payments"),
    *("contributions", "shares", "from"),
)
GIVEN = (
    *("given", "contributions", "amounts", "shares", "parts", "gave", "sold", "paid"),
    *("inputs", "sources", "by_contribution", "from"),
)
GIVEN_BY_ONE = ("amount", "given", "from_amount", "sold", "from")
RECEIVED = (
    *("received", "total_received", "received_total", "amount_received", "received_amount", "to_amount"),
    *("bought", "bought_amount", "proceeds", "total", "amount", "to"),
)
FROM_CURRENCY = (
    *("from_currency", "currency_from", "given_currency", "sold_currency", "sell_currency"),
    *("source_currency", "currency", "from"),
)
TO_CURRENCY = (
    *("to_currency", "currency_to", "received_currency", "bought_currency", "buy_currency"),
    *("target_currency", "into", "to", "received", "currency"),
)
CHARGED = ("contributions", "contribution", "paid_by", "from")
ORIGIN = ("from", "from_contribution", "out", "gives_up", "released", "contribution")
TARGET = ("to", "to_contribution", "in", "takes_over", "by", "contribution")
TAKEN_BACK = ("of", "entry", "event", "takes_back", "corrects", "reverses")
NEW_AMOUNT = ("new_amount", "corrected_amount")
WITHOUT = "without"
"""What a correction calls the fields that should have been left empty."""
RESERVED_UNTIL = ("reserved_until", "expires_on", "expires")
POSTINGS = ("postings", "legs")

FIELDS = frozenset(
    {
        *("id", "key", "type", "event", "kind", "effective_on", "use_by", "stage"),
        *("contribution", "partner", "currency", "amount", "package", "line", "lot"),
        *UNITS, *COST, *PRICE, *PAID_BY, *GIVEN, *GIVEN_BY_ONE, *RECEIVED, *FROM_CURRENCY, *TO_CURRENCY,
        *CHARGED, *ORIGIN, *TARGET, *TAKEN_BACK, *NEW_AMOUNT, *RESERVED_UNTIL, *POSTINGS, WITHOUT,
    }
)  # fmt: skip
"""Every name that a field of some event goes by."""

ACCOUNTS = [account.value for account in Account]


@or_refusal
def draft_of(kind: str, body: Mapping[str, Any], book: Books, state: State) -> Draft:
    """Make the draft of an event with the books as `state` has them."""
    return given(DRAFTS[kind](Fields(body, book, state)))


def given(answer: Draft | Refusal) -> Draft:
    """Give a draft on, and raise a refusal so that it passes through."""
    if isinstance(answer, Refusal):
        raise Refused(answer.code.removeprefix("ledger."), answer.wrong, answer.way_out)
    return answer


def _pledge(of: Fields) -> Draft | Refusal:
    return stages.pledge(
        of.state,
        contribution=of.key("contribution"),
        partner=of.key("partner"),
        amount=of.amount(of.currency("currency")),
        use_by=of.any_day("use_by"),
    )


def _promised(of: Fields) -> tuple[str, Amount]:
    contribution = of.key("contribution")
    return contribution, of.amount(of.currency_of(contribution, Account.SOURCE))


def _revise(of: Fields) -> Draft | Refusal:
    contribution, amount = _promised(of)
    return stages.revise(of.state, contribution=contribution, amount=amount)


def _reduce(of: Fields) -> Draft | Refusal:
    contribution = of.key("contribution")
    currency = of.currency_of(contribution, Account.SOURCE)
    amount = of.any_amount(currency, "amount")
    return stages.reduce(of.state, contribution=contribution, amount=amount, currency=currency)


def _commit(of: Fields) -> Draft | Refusal:
    contribution, amount = _promised(of)
    return stages.sign(of.state, contribution=contribution, amount=amount)


def _receive(of: Fields) -> Draft | Refusal:
    contribution, amount = _promised(of)
    return stages.receive(of.state, contribution=contribution, amount=amount)


def _convert(of: Fields) -> Draft | Refusal:
    one = of.has("contribution") and not of.holds_shares(*GIVEN)
    shares = {of.key("contribution"): of.whole(*GIVEN_BY_ONE)} if one else of.shares(*GIVEN)
    bought = of.currency(*TO_CURRENCY)
    sold = of.currency(*FROM_CURRENCY) if of.has(*FROM_CURRENCY) else _held(of, shares)
    parts = {name: Amount(whole_of(part, "amount"), sold) for name, part in shares.items()}
    return stages.convert(of.state, given=parts, received=of.amount(bought, *RECEIVED))


def _held(of: Fields, names: Collection[str]) -> str:
    """Give the one currency that all those named have available."""
    currencies = {of.currency_of(name, Account.AVAILABLE) for name in names}
    if len(currencies) > 1:
        raise Refused("no-currency", "Those named have money in several currencies.", "Add “currency”.")
    return currencies.pop() if currencies else of.currency("currency")


def _fee(of: Fields) -> Draft | Refusal:
    names = list(of.shares(*CHARGED))
    return stages.fee(of.state, contributions=names, amount=of.amount(_held(of, names)))


def _allocate(of: Fields) -> Draft | Refusal:
    contribution = of.key("contribution")
    return stages.allocate(
        of.state,
        contribution=contribution,
        line=of.key("line"),
        amount=of.amount(of.currency_of(contribution, Account.AVAILABLE)),
        reserved_until=of.any_day(*RESERVED_UNTIL),
        package=of.any_key("package"),
    )


def _release(of: Fields) -> Draft | Refusal:
    contribution, line = of.key("contribution"), of.key("line")
    currency = of.currency_of(contribution, Account.ALLOCATED, line)
    return stages.release(
        of.state,
        contribution=contribution,
        line=line,
        currency=currency,
        amount=of.any_amount(currency, "amount"),
    )


def _order(of: Fields) -> Draft | Refusal:
    line, units = of.key("line"), of.whole(*UNITS)
    currency = of.currency_on(line)
    price = of.any_amount(currency, *PRICE)
    amount = of.any_amount(currency, "amount", "cost", "total")
    if amount is None:
        amount = of.amount(currency, *PRICE) * units
    elif price is not None and price * units != amount:
        price = None
    return stages.order(
        of.state, line=line, units=units, amount=amount, unit_price=price, on=of.day("effective_on")
    )


def _price_change(of: Fields) -> Draft | Refusal:
    line = of.key("line")
    currency = of.currency_on(line)
    shares = of.shares(*PAID_BY, "contribution")
    if len(shares) == 1 and of.has("amount"):
        shares = dict.fromkeys(shares, of.whole("amount"))
    return stages.amend(
        of.state,
        line=line,
        unit_price=of.amount(currency, *PRICE),
        paid_by={name: None if part is None else Amount(part, currency) for name, part in shares.items()},
        units=of.any_whole(*UNITS),
        on=of.day("effective_on"),
    )


def _deliver(of: Fields) -> Draft | Refusal:
    line, lot = of.key("line"), of.key("lot")
    currency = of.currency_on(line)
    return stages.deliver(
        of.state,
        line=line,
        lot=lot,
        units=of.whole(*UNITS),
        currency=currency,
        cost=_cost(of, currency),
    )


def _cost(of: Fields, currency: str) -> Amount | None:
    """Read what units cost together, as a sum or as a price for each; it may be missing."""
    if of.has(*COST) or not of.has(*PRICE):
        return of.any_amount(currency, *COST)
    return of.amount(currency, *PRICE) * of.whole(*UNITS)


def _from_lot(
    function: Callable[..., Draft | Refusal],
) -> Callable[[Fields], Draft | Refusal]:
    def read(of: Fields) -> Draft | Refusal:
        lot = of.key("lot")
        currency = of.currency_on(of.state.line_of(lot), lot)
        return function(of.state, lot=lot, units=of.whole(*UNITS), cost=_cost(of, currency))

    return read


def _refund(of: Fields) -> Draft | Refusal:
    lot = of.key("lot")
    return stages.refund(of.state, lot=lot, amount=of.amount(of.currency_on(of.state.line_of(lot), lot)))


def _cancel_units(of: Fields) -> Draft | Refusal:
    line, units = of.key("line"), of.whole(*UNITS)
    currency = of.currency_on(line)
    return stages.cancel(of.state, line=line, units=units, currency=currency, amount=_cost(of, currency))


def _return_to_partner(of: Fields) -> Draft | Refusal:
    contribution = of.key("contribution")
    origin = Account.LAPSED if of.any_key("from", "stage") == "lapsed" else Account.AVAILABLE
    return stages.return_to_partner(
        of.state,
        contribution=contribution,
        amount=of.amount(of.currency_of(contribution, origin)),
        origin=origin,
    )


def _swap(of: Fields) -> Draft | Refusal:
    line, origin = of.key("line"), of.key(*ORIGIN)
    return stages.swap(
        of.state,
        line=line,
        amount=of.amount(of.currency_on(line)),
        origin=origin,
        target=of.key(*TARGET),
        on=of.day("effective_on"),
    )


def _lapse(of: Fields) -> Draft | Refusal:
    return stages.lapse(of.state, contribution=of.key("contribution"), on=of.day("effective_on"))


def _carry_over(of: Fields) -> Draft | Refusal:
    contribution = of.key("contribution")
    return stages.carry_over(
        of.state,
        contribution=contribution,
        use_by=of.day("use_by"),
        on=of.day("effective_on"),
        amount=of.amount(of.currency_of(contribution, Account.LAPSED)) if of.has("amount") else None,
    )


def _write_off(of: Fields) -> Draft | Refusal:
    if of.has("lot"):
        return _from_lot(stages.write_off_lot)(of)
    contribution = of.key("contribution")
    amount = of.amount(of.currency_of(contribution, Account.COMMITTED))
    return stages.write_off(of.state, contribution=contribution, amount=amount)


def _journal(of: Fields) -> Draft | Refusal:
    return stages.journal([_posting(of, each) for each in _postings_of(of)])


def _postings_of(of: Fields) -> list[Any]:
    value = of.needed(*POSTINGS)
    if not isinstance(value, list):
        raise Refused("missing-field", "The postings are no list.", "Write them as a list of objects.")
    return value


def _posting(of: Fields, raw: object) -> Posting:
    if not isinstance(raw, Mapping):
        raise Refused("missing-field", "A posting is no JSON object.", "Write each posting as one.")
    common = {name: of.raw[name] for name in ("contribution", "currency") if of.has(name)}
    each = Fields({**common, **raw}, of.book, of.state)
    name = each.key("stage", "account")
    if name not in ACCOUNTS:
        raise Refused(
            "unknown-account", f"There is no account “{cut(name)}”.", f"There are {', '.join(ACCOUNTS)}."
        )
    contribution, lot = each.key("contribution"), each.any_key("lot")
    currency = each.currency_of(contribution, Account.SOURCE)
    return Posting(
        account=Account(name),
        contribution=contribution,
        amount=each.amount(currency, "amount", "minor"),
        line=each.any_key("line") or of.state.line_of(lot),
        lot=lot,
    )


def _reverse(of: Fields) -> Draft | Refusal:
    return stages.reverse(of.book.to_take_back(of.key(*TAKEN_BACK)))


NOT_RESTATED = frozenset(
    {
        *("id", "key", "type", "kind", "effective_on", "recorded_at", "note", "expect"),
        *TAKEN_BACK, *NEW_AMOUNT, WITHOUT,
    }
)  # fmt: skip
AMOUNT_IS = {"deliver": "cost", "accept": "cost", "reject": "cost", "convert": "received"}
"""What a new amount of these events is called in them; of the others it is `amount`."""

SAME = (UNITS, COST, PRICE, RESERVED_UNTIL)
"""Names for one field: what a correction says in one of them replaces what was said in another."""


def _correct(of: Fields) -> Draft | Refusal:
    entry = of.book.to_take_back(of.key(*TAKEN_BACK))
    changes = _changes(of.raw, entry)
    if of.has(*NEW_AMOUNT):
        changes["amount"] = of.whole(*NEW_AMOUNT)
    if not changes:
        raise Refused("missing-field", "The correction does not say what should have been.", "Add “amount”.")
    return stages.correct(of.state, entry, _again(of.book, entry, changes))


def _changes(said: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    """Collect what a correction changes; it may stand in an object of its own, as the event it should be.

    A field that should have been left empty has None.
    """
    changes: dict[str, Any] = dict.fromkeys(_left_out(said))
    for name, value in said.items():
        if name in FIELDS - NOT_RESTATED and value is not None:
            changes[name] = value
        elif isinstance(value, Mapping):
            kind = value.get("type", entry.kind)
            if OTHER_TYPES.get(str(kind), kind) not in (entry.kind, "correct"):
                raise _cannot_be_restated(entry, f"is no “{cut(kind)}”")
            changes |= _changes(value, entry)
    return changes


def _left_out(said: Mapping[str, Any]) -> list[str]:
    names = said.get(WITHOUT) or []
    known = FIELDS - NOT_RESTATED
    if not isinstance(names, list) or not all(isinstance(name, str) and name in known for name in names):
        raise Refused(
            "missing-field",
            f"“{cut(names)}” is no list of fields that could be left out.",
            f"Name them as the entry does: “{WITHOUT}”: [“use_by”].",
        )
    return names


def _cannot_be_restated(entry: Entry, why: str) -> Refused:
    return Refused(
        "cannot-be-restated",
        f"{entry.key} ({entry.kind}) {why}.",
        "Reverse it, and enter what should have been.",
    )


def _again(book: Books, entry: Entry, changes: dict[str, Any]) -> Callable[[State], Draft | Refusal]:
    """Make the event of an entry anew, with something changed.

    A correction of a correction takes back the first one and puts a newer figure in the place of what that
    one had corrected.
    """
    body: dict[str, Any] = json.loads(entry.body)
    if entry.kind == "reverse" or (entry.kind == "price_change" and "amount" in changes):
        raise _cannot_be_restated(entry, "has no amount that could be another")
    if entry.kind == "correct":
        first = book.entry(Fields(body).key(*TAKEN_BACK))
        assert first is not None
        earlier = _changes(body, entry)
        if Fields(body).has(*NEW_AMOUNT):
            earlier["amount"] = Fields(body).whole(*NEW_AMOUNT)
        return _over(replace(negated(first), takes_back=""), _again(book, first, changed(earlier, changes)))
    if "amount" in changes and entry.kind in AMOUNT_IS:
        changes = {**changes, AMOUNT_IS[entry.kind]: changes["amount"]}
        del changes["amount"]
    if "amount" in changes and entry.kind == "journal":
        changes = {"postings": _with_amount(entry, body, whole_of(changes["amount"], "amount"))}
    restated = changed(body, changes)

    @or_refusal
    def again(state: State) -> Draft:
        fields = Fields(restated, book, state)
        draft = given(DRAFTS[entry.kind](fields))
        if not changes.keys() & fields.asked:
            raise Refused(
                "missing-field",
                f"Nothing that the correction names belongs to {entry.key} ({entry.kind}).",
                "Add “amount”, or what else should have been.",
            )
        return draft

    return again


def changed(body: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of an event with some of them changed; names for one field replace each other."""
    replaced = {name for names in SAME if changes.keys() & set(names) for name in names}
    return {**{name: value for name, value in body.items() if name not in replaced}, **changes}


def _over(undone: Draft, again: Callable[[State], Draft | Refusal]) -> Callable[[State], Draft | Refusal]:
    def both(state: State) -> Draft | Refusal:
        new = again(state.after(undone))
        return new if isinstance(new, Refusal) else joined("correct", undone, new)

    return both


def _with_amount(entry: Entry, body: Mapping[str, Any], minor: int) -> list[dict[str, Any]]:
    """Put another amount into a journal whose postings all are of one amount."""
    if len({abs(posting.amount.minor) for posting in entry.postings}) != 1:
        raise Refused(
            "cannot-be-restated",
            f"The postings of {entry.key} are of several amounts.",
            "Give the “postings” that should have been.",
        )
    return [
        {**each, "amount": minor if posting.amount.minor > 0 else -minor}
        for each, posting in zip(Fields(body).needed(*POSTINGS), entry.postings, strict=True)
    ]


def _cash(function: Callable[..., Draft | Refusal]) -> Callable[[Fields], Draft | Refusal]:
    def read(of: Fields) -> Draft | Refusal:
        contribution = of.key("contribution")
        amount = of.amount(of.currency_of(contribution, Account.SOURCE))
        return function(
            of.state, contribution=contribution, amount=amount, line=of.any_key("line"), lot=of.any_key("lot")
        )

    return read


DRAFTS: dict[str, Callable[[Fields], Draft | Refusal]] = {
    "pledge": _pledge,
    "revise": _revise,
    "reduce": _reduce,
    "commit": _commit,
    "receive": _receive,
    "convert": _convert,
    "fee": _fee,
    "allocate": _allocate,
    "release": _release,
    "order": _order,
    "price_change": _price_change,
    "cancel_units": _cancel_units,
    "swap": _swap,
    "deliver": _deliver,
    "accept": _from_lot(stages.accept),
    "reject": _from_lot(stages.reject),
    "refund": _refund,
    "return_to_partner": _return_to_partner,
    "lapse": _lapse,
    "carry_over": _carry_over,
    "write_off": _write_off,
    "correct": _correct,
    "reverse": _reverse,
    "journal": _journal,
    **{name: _cash(function) for name, function in cash.EVENTS.items()},
}
"""Every type of event, with its reader."""
