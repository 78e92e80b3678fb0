"""The books in memory: entries in the order in which they came, and everything that follows from them.

Plain on purpose. It is the judge of the database and the core of the command line: nothing is stored
beside the entries but the current state, and any other day is added up again.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from pledgeline.ledger.accounts import Spot
from pledgeline.ledger.checkpoints import checkpoint_of
from pledgeline.ledger.entries import Draft, Entry, Private, body_text
from pledgeline.ledger.keys import SigningKey
from pledgeline.ledger.proofs import Tree
from pledgeline.ledger.refusals import Refusal, RefusalRaised, given, or_refusal, refusal_of
from pledgeline.ledger.rules import checked
from pledgeline.ledger.state import Balances
from pledgeline.ledger.twins import twin_id_refused
from pledgeline.ledger.verifier import leaf_hash, trial_balance_hash
from pledgeline.money import MINOR_DIGITS, Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The event was entered, as this entry."""

    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """The same event was entered before, as this entry; nothing happened now."""

    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """An account that, by the dates of its entries, was below zero at the end of a day.

    A fact that is typed in late may say so; the books record it and name it.
    """

    spot: Spot
    on: date
    balance: Amount


class Books(ABC):
    """The books of one programme, wherever they are kept: what may be entered is decided here, once.

    `state` is what the books say now; `currencies` are those that they are kept in.
    """

    currencies: frozenset[str]

    @property
    @abstractmethod
    def state(self) -> Balances:
        """Give what the books say now."""

    @abstractmethod
    def __len__(self) -> int:
        """Count the entries."""

    @abstractmethod
    def root(self) -> bytes:
        """Give the root of the tree over all entries."""

    @property
    @abstractmethod
    def last_recorded_at(self) -> datetime | None:
        """Give the time at which the newest entry was recorded; nothing where there is none."""

    @abstractmethod
    def entry(self, key: str) -> Entry | None:
        """Give the entry with a key."""

    @abstractmethod
    def taken_back_by(self, key: str) -> str:
        """Give the key of the entry that took this one back, or nothing."""

    @abstractmethod
    def append(self, entry: Entry) -> None:
        """Append an entry that was checked before."""

    @abstractmethod
    def state_at(
        self,
        *,
        as_of: date | None = None,
        known_on: datetime | date | None = None,
        position: int | None = None,
    ) -> Balances:
        """Add up what the books said as of a day and known on another; all of it when none is given.

        `known_on` is a moment, or a day and then its end in UTC; `position` the last place in the log.
        """

    @abstractmethod
    def shortfalls(self) -> list[Shortfall]:
        """List every floored account on every day on which it was below zero by the dates of its entries."""

    def enter(
        self,
        *,
        key: str,
        body: Mapping[str, object],
        effective_on: date,
        recorded_at: datetime,
        draft: Callable[["Books"], Draft | Refusal],
        private: tuple[Private, ...] = (),
    ) -> Posted | Replayed | Refusal:
        """Enter an event once: check its key, ask for its draft, check the rules, append.

        The same key with the same body gives the first answer again; a refused event leaves its key
        free. `draft` is asked only when the key is new. Recorded times never go back, or what was known at
        a moment would change later: an entry that says an earlier time than the newest one gets that of the newest.
        """
        text = body_text(body)
        allowed = self._foreseen(key, text, draft)
        if not isinstance(allowed, Draft):
            return allowed
        entry = Entry(
            position=len(self),
            key=key,
            kind=allowed.kind,
            effective_on=effective_on,
            recorded_at=max(recorded_at, self.last_recorded_at or recorded_at),
            body=text,
            postings=allowed.postings,
            goods=allowed.goods,
            terms=allowed.terms,
            takes_back=allowed.takes_back,
            private=private,
        )
        self.append(entry)
        return Posted(entry=entry)

    def foresee(
        self, *, key: str, body: Mapping[str, object], draft: Callable[["Books"], Draft | Refusal]
    ) -> Draft | Replayed | Refusal:
        """Say what `enter` would enter, and enter nothing."""
        return self._foreseen(key, body_text(body), draft)

    def _foreseen(
        self, key: str, text: str, draft: Callable[["Books"], Draft | Refusal]
    ) -> Draft | Replayed | Refusal:
        known = self.entry(key)
        if known is not None:
            return Replayed(entry=known) if known.body == text else _key_used(known)
        twin = twin_id_refused(key, lambda twin: self.entry(twin) is not None)
        if twin is not None:
            return twin
        wanted = draft(self)
        return wanted if isinstance(wanted, Refusal) else self._allowed(wanted)

    @or_refusal
    def _allowed(self, draft: Draft) -> Draft:
        if draft.takes_back:
            self.to_take_back(draft.takes_back)
        return given(checked(draft, self.state, self.currencies))

    def to_take_back(self, key: str) -> Entry:
        """Give an entry that may be taken back.

        Raises:  RefusalRaised where there is none, or where it was taken back before.
        """
        entry = self.entry(key)
        if entry is None:
            raise RefusalRaised("unknown-entry.key", key=key)
        taker = self.taken_back_by(key)
        if taker:
            raise RefusalRaised("taken-back-before.chain", key=key, taker=taker)
        return entry


class Book(Books):
    """Books in memory.

    `currencies` are those that the books are kept in: every one of ISO 4217 unless fewer are named.
    """

    def __init__(self, currencies: Collection[str] = MINOR_DIGITS.keys()) -> None:
        self.currencies = frozenset(currencies)
        self.tree = Tree()
        self.entries: list[Entry] = []
        self._state = Balances()
        self._by_key: dict[str, Entry] = {}
        self._taken_back_by: dict[str, str] = {}

    @property
    def state(self) -> Balances:
        return self._state

    def root(self) -> bytes:
        return self.tree.root()

    def append(self, entry: Entry) -> None:
        """Append an entry that was checked before: by `enter`, or by the books it comes from.

        Raises:  ValueError for a position that leaves a gap, a key that is there, or a time that has passed.
        """
        if entry.position != len(self.entries) or entry.key in self._by_key:
            raise ValueError(f"entry {entry.key} cannot be number {entry.position} of these books")
        if self.last_recorded_at is not None and entry.recorded_at < self.last_recorded_at:
            raise ValueError(f"entry {entry.key} was recorded before the one that it follows")
        self.entries.append(entry)
        self._by_key[entry.key] = entry
        self.tree.append(leaf_hash(entry.leaf_bytes()))
        self.state.take(entry)
        if entry.takes_back:
            self._taken_back_by[entry.takes_back] = entry.key
            self.state.forget_terms()
            for valid in in_force(self.entries):
                self.state.agree(valid.terms)

    # Asking

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def last_recorded_at(self) -> datetime | None:
        return self.entries[-1].recorded_at if self.entries else None

    def entry(self, key: str) -> Entry | None:
        return self._by_key.get(key)

    def taken_back_by(self, key: str) -> str:
        return self._taken_back_by.get(key, "")

    def known(
        self,
        *,
        as_of: date | None = None,
        known_on: datetime | date | None = None,
        position: int | None = None,
    ) -> Iterator[Entry]:
        """Give the entries that had happened by a day and were written down by another.

        `known_on` is a moment, or a day and then its end in UTC; `position` the last place in the log.
        """
        for entry in self.entries[: None if position is None else position + 1]:
            if as_of is not None and entry.effective_on > as_of:
                continue
            if known_on is not None and not _written_by(entry, known_on):
                continue
            yield entry

    def state_at(
        self,
        *,
        as_of: date | None = None,
        known_on: datetime | date | None = None,
        position: int | None = None,
    ) -> Balances:
        if as_of is None and known_on is None and position is None:
            return self.state
        entries = list(self.known(as_of=as_of, known_on=known_on, position=position))
        state = Balances(entries)
        state.forget_terms()
        for entry in in_force(entries):
            state.agree(entry.terms)
        return state

    def shortfalls(self) -> list[Shortfall]:
        days: dict[Spot, dict[date, int]] = {}
        for entry in self.entries:
            for posting in entry.postings:
                if posting.account.is_floored:
                    on = days.setdefault(posting.spot, {})
                    on[entry.effective_on] = on.get(entry.effective_on, 0) + posting.amount.minor
        found = []
        for spot, moves in sorted(days.items()):
            balance = 0
            for day in sorted(moves):
                balance += moves[day]
                if balance < 0:
                    found.append(Shortfall(spot=spot, on=day, balance=Amount(balance, spot.currency)))
        return found

    # Vouching

    def trial_balance_hash(self, size: int | None = None) -> bytes:
        """Hash the balances after the first `size` entries."""
        state = self.state if size is None else Balances(self.entries[:size])
        return trial_balance_hash({tuple(map(str, spot)): minor for spot, minor in state.money().items()})

    def checkpoint(self, *, origin: str, keys: Sequence[SigningKey] = (), size: int | None = None) -> str:
        """Write a checkpoint of the first `size` entries, of all when none is given."""
        return checkpoint_of(
            origin=origin,
            size=len(self) if size is None else size,
            root=self.tree.root(size),
            trial_balance=self.trial_balance_hash(size),
            keys=keys,
        )


_Name = TypeVar("_Name", str, int)


def in_force(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Give those of `entries` that hold: what none of the others takes back."""
    entries = list(entries)
    gone = gone_by(
        (earlier.key, earlier.takes_back, earlier.kind) for earlier in reversed(entries) if earlier.takes_back
    )
    return (entry for entry in entries if entry.key not in gone)


def gone_by(takers: Iterable[tuple[_Name, _Name, str]]) -> set[_Name]:
    """Give what is taken back by entries of which each says its name, which one it takes back, and its kind.

    Means:   The newest entry comes first. What was reversed takes nothing back. Where a correction is corrected,
             what the first one had replaced stays replaced; where a taking back is corrected, so does the
             figure that it had restored.
    """
    gone: set[_Name] = set()
    undone: set[_Name] = set()
    for name, taken_back, kind in takers:
        if name not in undone:
            gone.add(taken_back)
            if kind == "reverse" and name not in gone:
                undone.add(taken_back)
    return gone


def _written_by(entry: Entry, known_on: datetime | date) -> bool:
    if isinstance(known_on, datetime):
        return entry.recorded_at <= known_on
    return entry.recorded_at.date() <= known_on


def _key_used(known: Entry) -> Refusal:
    return refusal_of("key-used.by-another-event", key=known.key, type=known.kind)
