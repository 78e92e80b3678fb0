"""Events as data: an object of a file or a request becomes a call of `stages`.

An event says what happened in the words of the field, with amounts in minor units. What cannot be read
is refused like what cannot be entered: with a code and a way out, and nothing is changed. Where files
of different offices call one thing by different names, all of them are listed here, ours first.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from pledgeline.ledger import cash, stages
from pledgeline.ledger.accounts import Account
from pledgeline.ledger.book import Book, Books, Posted, Replayed
from pledgeline.ledger.entries import Draft, Entry, Posting, Private, body_text
from pledgeline.ledger.refusals import Refusal, Refused, or_refusal
from pledgeline.ledger.rules import unknown_contribution
from pledgeline.ledger.state import State, joined, negated
from pledgeline.money import Amount
from pledgeline.money.parsing import LARGEST_MINOR

YEARS = range(1900, 3000)
"""Years that can be meant; another one is a slip of the keyboard."""

LONGEST_KEY = 200
LONGEST_NOTE = 10_000
NOT_IN_BODY = frozenset({"expect", "note", "salt", "recorded_at", "batch"})
"""What is said about an event without being part of it: the same event again may say it differently."""

OTHER_NAMES = {
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
PRICE = ("unit_price", "new_unit_price", "new_price", "price")
PAID_BY = ("paid_by", "funded_by", "funding", "funders", "fund", "payers", "contributions", "shares", "from")
GIVEN = ("given", "contributions", "amounts", "shares", "parts", "gave", "from")
RECEIVED = (
    "received",
    "total_received",
    "received_total",
    "amount_received",
    "to_amount",
    "bought",
    "total",
    "to",
)
FROM_CURRENCY = ("from_currency", "currency_from", "given_currency", "sold_currency", "currency", "from")
TO_CURRENCY = ("to_currency", "currency_to", "received_currency", "bought_currency", "into", "to")
ORIGIN = ("from", "from_contribution", "out", "gives_up", "released")
TARGET = ("to", "to_contribution", "in", "takes_over", "by")
TAKEN_BACK = ("of", "entry", "event", "takes_back")
RESERVED_UNTIL = ("reserved_until", "expires_on", "expires")
ACCOUNTS = [account.value for account in Account]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event that could be read so far that it has a key, a type and its two dates."""

    key: str
    kind: str
    effective_on: date
    recorded_at: datetime
    body: Mapping[str, Any]
    private: tuple[Private, ...] = ()


@or_refusal
def read_event(raw: object) -> Event:
    """Read what every event has. What its type needs is read when it is entered."""
    if not isinstance(raw, Mapping):
        raise Refused("unknown-event", "An event is a JSON object.", "Write it as one, with id and type.")
    fields = Fields(raw)
    key = fields.key("id", "key")
    kind = fields.key("type", "event", "kind")
    kind = OTHER_NAMES.get(kind, kind)
    if kind not in DRAFTS:
        raise Refused(
            "unknown-event",
            f"There is no event “{kind}”.",
            f"The types are {', '.join(sorted(DRAFTS))}.",
        )
    body = {name: value for name, value in raw.items() if name not in NOT_IN_BODY}
    try:
        body_text(body).encode()
    except (ValueError, RecursionError, TypeError):
        raise Refused(
            "not-a-text", "The event has a text that cannot be written as UTF-8.", "Correct the text."
        ) from None
    note = fields.note()
    return Event(
        key=key,
        kind=kind,
        effective_on=fields.day("effective_on"),
        recorded_at=fields.moment("recorded_at"),
        body=body,
        private=(Private(name="note", text=note, salt=fields.salt()),) if note else (),
    )


def enter(book: Books, event: Event) -> Posted | Replayed | Refusal:
    """Enter an event into the books, once."""
    return book.enter(
        key=event.key,
        body=event.body,
        effective_on=event.effective_on,
        recorded_at=event.recorded_at,
        draft=lambda books: draft_of(event.kind, event.body, books, books.state),
        private=event.private,
    )


@or_refusal
def draft_of(kind: str, body: Mapping[str, Any], book: Books, state: State) -> Draft:
    """Make the draft of an event with the books as `state` has them."""
    return given(DRAFTS[kind](Fields(body, book, state)))


def given(answer: Draft | Refusal) -> Draft:
    """Give a draft on, and raise a refusal so that it passes through."""
    if isinstance(answer, Refusal):
        raise Refused(answer.code.removeprefix("ledger."), answer.wrong, answer.way_out)
    return answer


class Fields:
    """The fields of an event, read one by one; each reader takes the first of its names that is there."""

    def __init__(self, raw: Mapping[str, Any], book: Books | None = None, state: State | None = None) -> None:
        self._raw = raw
        self.book = book if book is not None else Book(())
        self.state = state if state is not None else self.book.state

    def has(self, *names: str) -> bool:
        """Say whether one of the names is there and not null."""
        return self._value(names) is not None

    def _value(self, names: Iterable[str]) -> Any:
        return next((self._raw[name] for name in names if self._raw.get(name) is not None), None)

    def _needed(self, names: tuple[str, ...]) -> Any:
        value = self._value(names)
        if value is None:
            raise Refused("missing-field", f"The event does not say its {names[0]}.", f"Add “{names[0]}”.")
        return value

    def key(self, *names: str) -> str:
        """Read a key: a text of visible characters, without blanks at its ends."""
        return key_of(self._needed(names), names[0])

    def any_key(self, *names: str) -> str:
        """Read a key that may be missing."""
        return self.key(*names) if self.has(*names) else ""

    def whole(self, *names: str) -> int:
        """Read a whole number; of `{"currency": "USD", "amount": 100}` it is the amount."""
        value = self._needed(names)
        return whole_of(value.get("amount") if isinstance(value, Mapping) else value, names[0])

    def any_whole(self, *names: str) -> int | None:
        """Read a whole number that may be missing."""
        return self.whole(*names) if self.has(*names) else None

    def day(self, *names: str) -> date:
        """Read a day."""
        value = self._needed(names)
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                day = date.fromisoformat(value)
                if day.year in YEARS:
                    return day
        except ValueError:
            pass
        raise Refused("not-a-day", f"“{_cut(value)}” is no day.", f"Write {names[0]} as 2025-12-31.")

    def any_day(self, *names: str) -> date | None:
        """Read a day that may be missing."""
        return self.day(*names) if self.has(*names) else None

    def moment(self, *names: str) -> datetime:
        """Read a time with its zone, and give it in UTC."""
        value = self._needed(names)
        try:
            if isinstance(value, str) and value.isascii():
                moment = datetime.fromisoformat(value)
                if moment.tzinfo is not None and moment.year in YEARS:
                    return moment.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise Refused(
            "not-a-time",
            f"“{_cut(value)}” is no time with a zone.",
            f"Write {names[0]} as 2025-12-31T12:00:00Z.",
        )

    def note(self) -> str:
        """Read the note; free text, which the books keep beside the entry."""
        return self._free("note")

    def salt(self) -> str:
        """Read the salt under which the note is committed to."""
        return self._free("salt")

    def _free(self, name: str) -> str:
        value = self._value((name,))
        if value is None:
            return ""
        try:
            if isinstance(value, str) and len(value) <= LONGEST_NOTE and "\0" not in value:
                value.encode()
                return value
        except UnicodeEncodeError:
            pass
        raise Refused(
            "not-a-text",
            f"The {name} is no text of at most {LONGEST_NOTE:,} characters.",
            f"Shorten or correct the {name}.",
        )

    # Money

    def currency(self, *names: str) -> str:
        """Read a currency that the books are kept in."""
        value = self._needed(names)
        return self.known_currency(value.get("currency") if isinstance(value, Mapping) else value)

    def known_currency(self, value: object) -> str:
        """Check a currency."""
        if not isinstance(value, str) or value not in self.book.currencies:
            raise Refused(
                "unknown-currency",
                f"“{_cut(value)}” is no currency of these books.",
                f"They are kept in {', '.join(sorted(self.book.currencies)[:12])}.",
            )
        return value

    def amount(self, currency: str, *names: str) -> Amount:
        """Read an amount in a currency that is known."""
        return Amount(self.whole(*(names or ("amount",))), currency)

    def any_amount(self, currency: str, *names: str) -> Amount | None:
        """Read an amount that may be missing."""
        return self.amount(currency, *names) if self.has(*names) else None

    def currency_of(self, contribution: str, account: Account, line: str = "") -> str:
        """Give the currency of the event, or the only one in which the contribution has money there."""
        if self.has("currency"):
            return self.currency("currency")
        if not self.state.knows(contribution):
            raise unknown_contribution(contribution, self.state)
        return self._only(
            self.state.currencies_of(contribution, account, line), self.state.term("currency", contribution)
        )

    def currency_on(self, line: str, lot: str = "") -> str:
        """Give the currency of the event, or the only one on the line or in the lot."""
        if self.has("currency"):
            return self.currency("currency")
        found = self.state.currencies_on(line, lot)
        if not found:
            raise Refused(
                "unknown-lot" if lot else "unknown-line",
                f"No money lies {f'in lot {lot}' if lot else f'on line {line}'}.",
                "Correct the key, or enter what comes before.",
            )
        return self._only(found, "")

    def _only(self, found: list[str], otherwise: str) -> str:
        if len(found) > 1 and otherwise not in found:
            raise Refused(
                "no-currency",
                f"There is money in {' and '.join(found)}, and the event does not say which is meant.",
                "Add “currency”.",
            )
        return otherwise if len(found) != 1 else found[0]

    def shares(self, *names: str) -> dict[str, int | None]:
        """Read who pays, and how much where it says so.

        `{"N": 100}`, `[{"contribution": "N", "amount": 100}]`, `[["N", 100]]`, `["N"]` and `"N"` are read.
        """
        value = self._value(names)
        pairs: list[tuple[object, object]]
        if value is None:
            return {}
        if isinstance(value, str):
            pairs = [(value, None)]
        elif isinstance(value, Mapping):
            pairs = list(value.items())
        elif isinstance(value, list):
            pairs = [_pair(each) for each in value]
        else:
            raise _unclear(value)
        shares: dict[str, int | None] = {}
        for name, part in pairs:
            contribution = key_of(name, "contribution")
            if contribution in shares:
                raise Refused(
                    "unclear-shares", f"{contribution} is named twice.", "Name each contribution once."
                )
            shares[contribution] = None if part is None else whole_of(part, "amount")
        return shares


def _pair(each: object) -> tuple[object, object]:
    if isinstance(each, Mapping):
        amount = next((each[name] for name in ("amount", "given", "minor") if name in each), None)
        return each.get("contribution"), amount
    if isinstance(each, list):
        if len(each) != 2:
            raise _unclear(each)
        return each[0], each[1]
    return each, None


def _unclear(value: object) -> Refused:
    return Refused(
        "unclear-shares",
        f"“{_cut(value)}” does not say which contributions are meant.",
        'Write them as {"KEY": AMOUNT}.',
    )


def key_of(value: object, name: str) -> str:
    """Check a key."""
    if (
        isinstance(value, str)
        and 0 < len(value) <= LONGEST_KEY
        and value == value.strip()
        and value.isprintable()
    ):
        return value
    raise Refused(
        "not-a-key",
        f"“{_cut(value)}” cannot be a key.",
        f"Write {name} as a text of visible characters, at most {LONGEST_KEY}, without blanks at its ends.",
    )


def whole_of(value: object, name: str) -> int:
    """Check a whole number."""
    if type(value) is not int:
        raise Refused(
            "not-a-whole-number",
            f"“{_cut(value)}” is no whole number.",
            f"Write {name} as an integer: amounts in minor units, without quotes and decimals.",
        )
    if abs(value) >= LARGEST_MINOR:
        raise Refused("too-large", f"The {name} is larger than any amount of money.", "Count the digits.")
    return value


def _cut(value: object) -> str:
    return repr(value)[:60].encode("ascii", "backslashreplace").decode().strip("'\"")


# One reader for each type of event


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
    sold = of.currency(*FROM_CURRENCY)
    bought = of.currency(*TO_CURRENCY)
    shares = (
        {of.key("contribution"): of.whole("amount", "given", "from_amount", "from")}
        if of.has("contribution")
        else of.shares(*GIVEN)
    )
    parts = {name: Amount(whole_of(part, "amount"), sold) for name, part in shares.items()}
    return stages.convert(of.state, given=parts, received=of.amount(bought, *RECEIVED))


def _fee(of: Fields) -> Draft | Refusal:
    names = list(of.shares("contributions", "contribution", "paid_by", "from"))
    currencies = {of.currency_of(name, Account.AVAILABLE) for name in names}
    if len(currencies) > 1:
        raise Refused("no-currency", "Those named have money in several currencies.", "Add “currency”.")
    currency = currencies.pop() if currencies else of.currency("currency")
    return stages.fee(of.state, contributions=names, amount=of.amount(currency))


def _allocate(of: Fields) -> Draft | Refusal:
    contribution = of.key("contribution")
    return stages.allocate(
        of.state,
        contribution=contribution,
        line=of.key("line"),
        amount=of.amount(of.currency_of(contribution, Account.AVAILABLE)),
        reserved_until=of.any_day(*RESERVED_UNTIL),
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
        cost=of.any_amount(currency, *COST),
    )


def _from_lot(
    function: Callable[..., Draft | Refusal],
) -> Callable[[Fields], Draft | Refusal]:
    def read(of: Fields) -> Draft | Refusal:
        lot = of.key("lot")
        currency = of.currency_on(of.state.line_of(lot), lot)
        return function(of.state, lot=lot, units=of.whole(*UNITS), cost=of.any_amount(currency, *COST))

    return read


def _refund(of: Fields) -> Draft | Refusal:
    lot = of.key("lot")
    return stages.refund(of.state, lot=lot, amount=of.amount(of.currency_on(of.state.line_of(lot), lot)))


def _cancel_units(of: Fields) -> Draft | Refusal:
    line, units = of.key("line"), of.whole(*UNITS)
    currency = of.currency_on(line)
    amount = of.any_amount(currency, *COST)
    if amount is None and of.has(*PRICE):
        amount = of.amount(currency, *PRICE) * units
    return stages.cancel(of.state, line=line, units=units, currency=currency, amount=amount)


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
    value = of._needed(("postings", "legs"))
    if not isinstance(value, list):
        raise Refused("missing-field", "The postings are no list.", "Write them as a list of objects.")
    return value


def _posting(of: Fields, raw: object) -> Posting:
    if not isinstance(raw, Mapping):
        raise Refused("missing-field", "A posting is no JSON object.", "Write each posting as one.")
    each = Fields(raw, of.book, of.state)
    name = each.key("stage", "account")
    if name not in ACCOUNTS:
        raise Refused(
            "unknown-account", f"There is no account “{_cut(name)}”.", f"There are {', '.join(ACCOUNTS)}."
        )
    contribution, lot = each.key("contribution"), each.any_key("lot")
    source = each if each.has("currency") else of
    currency = source.currency_of(contribution, Account.SOURCE)
    return Posting(
        account=Account(name),
        contribution=contribution,
        amount=each.amount(currency, "amount", "minor"),
        line=each.any_key("line") or of.state.line_of(lot),
        lot=lot,
    )


def _reverse(of: Fields) -> Draft | Refusal:
    return stages.reverse(of.book.to_take_back(of.key(*TAKEN_BACK)))


NOT_RESTATED = (
    frozenset({"id", "key", "type", "kind", "effective_on", "new_amount", *TAKEN_BACK}) | NOT_IN_BODY
)
AMOUNT_IS = {"deliver": "cost", "accept": "cost", "reject": "cost", "convert": "received"}
"""What a new amount of these events is called in them; of the others it is `amount`."""


def _correct(of: Fields) -> Draft | Refusal:
    entry = of.book.to_take_back(of.key(*TAKEN_BACK))
    changes = {
        name: value for name, value in of._raw.items() if name not in NOT_RESTATED and value is not None
    }
    if of.has("new_amount"):
        changes["amount"] = of._raw["new_amount"]
    if not changes:
        raise Refused("missing-field", "The correction does not say what should have been.", "Add “amount”.")
    return stages.correct(of.state, entry, _again(of.book, entry, changes))


def _again(book: Books, entry: Entry, changes: dict[str, Any]) -> Callable[[State], Draft | Refusal]:
    """Make the event of an entry anew, with something changed.

    A correction of a correction takes back the first one and puts a newer figure in the place of what that
    one had corrected.
    """
    body: dict[str, Any] = json.loads(entry.body)
    if entry.kind == "reverse" or (entry.kind == "price_change" and "amount" in changes):
        raise Refused(
            "cannot-be-restated",
            f"{entry.key} ({entry.kind}) has no amount that could be another.",
            "Reverse it, and enter what should have been.",
        )
    if entry.kind == "correct":
        first = book.entry(Fields(body).key(*TAKEN_BACK))
        assert first is not None
        earlier = {name: value for name, value in body.items() if name not in NOT_RESTATED}
        if "new_amount" in body:
            earlier["amount"] = body["new_amount"]
        return _over(replace(negated(first), takes_back=""), _again(book, first, {**earlier, **changes}))
    if "amount" in changes and entry.kind in AMOUNT_IS:
        changes = {**changes, AMOUNT_IS[entry.kind]: changes["amount"]}
        del changes["amount"]
    if "amount" in changes and entry.kind == "journal":
        changes = {"postings": _with_amount(entry, body, whole_of(changes["amount"], "amount"))}
    restated = {**body, **changes}
    return lambda state: draft_of(entry.kind, restated, book, state)


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
        for each, posting in zip(Fields(body)._needed(("postings", "legs")), entry.postings, strict=True)
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
