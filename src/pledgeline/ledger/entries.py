"""An entry: what moved, for whom, when it happened and when it was written down.

An entry is a value and is never changed. Its *leaf* is the exact text over which the proof is
computed; whoever holds an export can compute it again without this program.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pledgeline.ledger.accounts import Account, Bin, Spot
from pledgeline.ledger.verifier import canonical, commitment
from pledgeline.money import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A part of an entry: one account of one contribution goes up (above 0) or down (below 0)."""

    account: Account
    contribution: str
    amount: Amount
    line: str = ""
    lot: str = ""

    @property
    def spot(self) -> Spot:
        return Spot(self.account, self.contribution, self.amount.currency, self.line, self.lot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """Units that move with the money: of a line, in a lot, at one of the stages that count units.

    `place` is `source` (where ordered units come from and cancelled ones go), `ordered`, `delivered`
    or `accepted`. The units of an entry add up to zero, as its money does.
    """

    place: Account
    line: str
    currency: str
    lot: str = ""
    units: int

    @property
    def bin(self) -> Bin:
        return Bin(self.place, self.line, self.currency, self.lot)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedTerm:
    """Something that was agreed with an entry and holds until a later one says otherwise.

    `name` is one of `partner`, `currency` and `use_by` (of a contribution), `reserved_until` (of a
    contribution on a line), `package` (of a line), `unit_price` (of a line in a currency), `line` and
    `currency` of a lot.
    """

    name: str
    of: str
    on: str = ""
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    """A free text beside an entry: a note, a person. Only its salted hash enters the proof.

    So it can be erased, or kept from a reader, and the proof stays. With an empty salt the hash hides
    nothing that can be guessed: that is for notes that are public anyway. A text that was erased or is not
    shown leaves its hash in `hidden`.
    """

    name: str
    text: str = ""
    salt: str = ""
    hidden: str = ""

    @property
    def commitment(self) -> str:
        """Give the hash that enters the proof."""
        return self.hidden or commitment(self.text, self.salt)

    def erased(self) -> "Private":
        """Give what stays when the text goes."""
        return Private(name=self.name, hidden=self.commitment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an event would enter: made by `stages`, not yet checked against the rules."""

    kind: str
    postings: tuple[Posting, ...]
    goods: tuple[Goods, ...] = ()
    terms: tuple[AgreedTerm, ...] = ()
    takes_back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A draft that was entered: with its key, its two dates and its place in the log.

    Shape:   `body` is the event as it was submitted, as canonical JSON, without notes and without the
             time of recording: the same key with another body is another event.
    Units:   `position` counts from 0 without gaps, and is the number of the leaf in the tree.
    """

    position: int
    key: str
    kind: str
    effective_on: date
    recorded_at: datetime
    body: str
    postings: tuple[Posting, ...]
    goods: tuple[Goods, ...] = ()
    terms: tuple[AgreedTerm, ...] = ()
    takes_back: str = ""
    private: tuple[Private, ...] = ()

    def leaf(self) -> dict[str, object]:
        """Give what the proof is computed over: amounts as texts, private texts as commitments."""
        return {
            "position": self.position,
            "key": self.key,
            "kind": self.kind,
            "effective_on": self.effective_on.isoformat(),
            "recorded_at": time_text(self.recorded_at),
            "body": self.body,
            "takes_back": self.takes_back,
            "postings": [
                {
                    "account": posting.account.value,
                    "contribution": posting.contribution,
                    "currency": posting.amount.currency,
                    "line": posting.line,
                    "lot": posting.lot,
                    "amount": str(posting.amount.minor),
                }
                for posting in self.postings
            ],
            "goods": [
                {
                    "place": goods.place.value,
                    "line": goods.line,
                    "currency": goods.currency,
                    "lot": goods.lot,
                    "units": str(goods.units),
                }
                for goods in self.goods
            ],
            "terms": [
                {"name": term.name, "of": term.of, "on": term.on, "value": term.value} for term in self.terms
            ],
            "private": {private.name: private.commitment for private in self.private},
        }

    def leaf_bytes(self) -> bytes:
        """Give the leaf as the bytes that are hashed."""
        return canonical(self.leaf())


def moved_by(entry: Entry) -> list[Amount]:
    """Say how much an entry moved on balance, in each currency: the sum of what went up.

    A correction takes back and puts again; what it moved is the difference.
    """
    accounts: dict[Spot, int] = {}
    for posting in entry.postings:
        accounts[posting.spot] = accounts.get(posting.spot, 0) + posting.amount.minor
    sums: dict[str, int] = {}
    for spot, minor in accounts.items():
        sums[spot.currency] = sums.get(spot.currency, 0) + max(minor, 0)
    return [Amount(minor, code) for code, minor in sorted(sums.items())]


def keys_of(entry: Entry, name: str) -> list[str]:
    """List the contributions, lines or lots that an entry names, each once."""
    return sorted({getattr(posting, name) for posting in entry.postings} - {""})


def entry_from_leaf(leaf: Mapping[str, Any], shown: Mapping[str, Any]) -> Entry:
    """Build an entry again from its leaf and the private texts that are shown, as an export holds them.

    Raises:  KeyError, ValueError or TypeError where the leaf is none: whoever reads an export from
             elsewhere runs the verifier first.
    """
    return Entry(
        position=leaf["position"],
        key=leaf["key"],
        kind=leaf["kind"],
        effective_on=date.fromisoformat(leaf["effective_on"]),
        recorded_at=datetime.fromisoformat(leaf["recorded_at"]),
        body=leaf["body"],
        takes_back=leaf["takes_back"],
        postings=tuple(
            Posting(
                account=Account(posting["account"]),
                contribution=posting["contribution"],
                amount=Amount(int(posting["amount"]), posting["currency"]),
                line=posting["line"],
                lot=posting["lot"],
            )
            for posting in leaf["postings"]
        ),
        goods=tuple(
            Goods(
                place=Account(goods["place"]),
                line=goods["line"],
                currency=goods["currency"],
                lot=goods["lot"],
                units=int(goods["units"]),
            )
            for goods in leaf["goods"]
        ),
        terms=tuple(AgreedTerm(**term) for term in leaf["terms"]),
        private=tuple(
            Private(name=name, text=shown[name]["text"], salt=shown[name]["salt"])
            if name in shown
            else Private(name=name, hidden=hidden)
            for name, hidden in leaf["private"].items()
        ),
    )


def time_text(moment: datetime) -> str:
    """Write a time in one way only: in UTC, with a Z.

    >>> time_text(datetime.fromisoformat("2025-08-01T14:00:00+02:00"))
    '2025-08-01T12:00:00Z'
    """
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def body_text(body: Mapping[str, object]) -> str:
    """Write the body of an event in one way only, so that two of them can be compared."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
