"""The books of a programme as they lie in the database.

`StoredBooks` reads; `Locked`, got by an action inside a transaction, also writes, and is the only writer
of these books until the transaction ends. Both are checked against the book in memory.
"""

import logging
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.ledger import Account, Balances, Book, Books, Entry, Shortfall, SigningKey, Spot
from pledgeline.ledger import trace as tracing
from pledgeline.ledger.accounts import FLOORED
from pledgeline.ledger.checkpoints import checkpoint_of
from pledgeline.ledger.proofs import Tree
from pledgeline.ledger.verifier import Checkpoint, Peaks, VerificationReport, trial_balance_hash
from pledgeline.money import Amount
from pledgeline.programme.names import look_alikes
from pledgeline.programme.zones import day_end
from pledgeline.records import clock
from pledgeline.records.books import log, sql, sums
from pledgeline.records.books.digests import origin_of
from pledgeline.records.books.standing import NewestState, keep, peaks_of, standing_of, state_of
from pledgeline.records.books.verify import verify_books
from pledgeline.records.books.writing import write
from pledgeline.records.memory import RecentValues
from pledgeline.records.models import BooksRecord, ProgrammeRecord
from pledgeline.records.models.books import PLACES

logger = logging.getLogger(__name__)


class NoBooks(LookupError):
    """The programme keeps no books, or this person may not see them: the same answer for both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which entries are asked for; what is empty does not matter. `text` is looked for in keys and bodies."""

    contribution: str = ""
    line: str = ""
    lot: str = ""
    account: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None
    known_on: datetime | date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A contribution: whose it is, where each minor unit is, the entries that moved it, the lots it bought."""

    contribution: str
    partner: str
    where: dict[Spot, int]
    entries: list[Entry]
    lots: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotTrace:
    """A lot: its line, its units, whose money it was (currency -> contribution -> minor units), unit by unit."""

    lot: str
    line: str
    currency: str
    units: int
    shares: dict[str, dict[str, int]]
    by_unit: list[dict[str, int]]


class BooksRow(NamedTuple):
    """What the row of some books says."""

    number: int
    currencies: str
    public: bool
    size: int
    peaks: bytes
    programme: str
    name: str


_currencies_held = RecentValues(100)

MOST_IN_MIND = 500_000
"""How much of the states of books a process keeps for the next readers. Units: as `Balances.size` counts."""

_states = RecentValues(MOST_IN_MIND, size_of=lambda key, state: state.size)
"""States by the books and the part of them that counts. Whoever reads one never changes it."""

COLUMNS = ("pk", "currencies", "public", "size", "peaks", "programme__slug", "programme__name")


class StoredBooks(Books):
    """The books of a programme, to be read."""

    def __init__(self, row: BooksRow, *, sees_private: bool) -> None:
        self.number = row.number
        self.programme = row.programme
        self.name = row.name
        self.is_public = row.public
        self.currencies = frozenset(row.currencies.split())
        self.sees_private = sees_private
        self._size = row.size
        self._peaks = bytes(row.peaks)
        self._state: Balances | None = None

    # What all books can say

    @property
    def state(self) -> Balances:
        if self._state is None:
            self._state = _states.get(
                self.history, lambda: state_of(*self.history, lambda: sums.state(sums.cut_of(self.number)))
            )
        return self._state

    def __len__(self) -> int:
        return self._size

    @property
    def identity(self) -> Hashable:
        """Stand for these books, as this reader sees them, in keys of what is kept.

        Private texts are not told apart by it: they are erased without a trace in the tree.
        """
        return *self.history, self.sees_private

    @property
    def history(self) -> tuple[int, int, bytes]:
        """Stand for all that was entered, in keys of what no reader's rights change.

        The same size and peaks are the same history.
        """
        return self.number, self._size, self._peaks

    def currencies_held(self) -> tuple[str, ...]:
        """List the currencies in which there ever was money, by code."""
        return _currencies_held.get(
            self.history,
            lambda: tuple(
                code
                for (code,) in sql.rows(
                    "SELECT DISTINCT currency FROM books_spot WHERE books_id = %s ORDER BY currency",
                    (self.number,),
                )
            ),
        )

    def root(self) -> bytes:
        return peaks_of(self._size, self._peaks).root()

    @property
    def last_recorded_at(self) -> datetime | None:
        found = sql.one(
            "SELECT recorded_at FROM books_entry WHERE id = %s",
            (log.first_number(self.number) + self._size - 1,),
        )
        return sql.moment(found[0]) if found else None

    @property
    def clock_is_behind(self) -> bool:
        """Say whether the clock stands behind the newest entry by more than is tolerated."""
        return bool(clock.behind(self.last_recorded_at, clock.now()))

    def entry(self, key: str) -> Entry | None:
        found = log.by_key(self.number, key)
        return found and self._shown(found)

    def taken_back_by(self, key: str) -> str:
        found = sql.one(
            'SELECT t."key" FROM books_entry t JOIN books_entry o ON o.id = t.takes_back_id '
            'WHERE o.books_id = %s AND o."key" = %s',
            (self.number, key),
        )
        return str(found[0]) if found else ""

    def append(self, entry: Entry) -> None:
        raise TypeError("these books were opened for reading")

    def state_at(
        self,
        *,
        as_of: date | None = None,
        known_on: datetime | date | None = None,
        position: int | None = None,
    ) -> Balances:
        if as_of is None and known_on is None and position is None:
            return self.state
        cut = self.cut(as_of=as_of, known_on=known_on, position=position)
        return _states.get((self.history, cut), lambda: sums.state(cut))

    def agreed_at(self, *, as_of: date | None, known_on: datetime | date | None) -> Balances:
        """Give what was agreed by then; of now, with the money and units, as other readers want them too."""
        if as_of is None and known_on is None:
            return self.state
        cut = self.cut(as_of=as_of, known_on=known_on)
        return _states.get(("agreed", self.history, cut), lambda: sums.agreed(cut))

    def shortfalls(self) -> list[Shortfall]:
        """List every floored account on every day on which it was below zero by the dates of its entries."""
        marks = ", ".join(["%s"] * len(FLOORED))
        first = log.first_number(self.number)
        found = sql.rows(
            "SELECT account, contribution, currency, line, lot, day, sofar FROM ("
            "SELECT s.*, d.day, sum(d.minor) OVER (PARTITION BY d.spot_id ORDER BY d.day) AS sofar FROM books_spot s "
            "JOIN (SELECT p.spot_id, p.effective_on AS day, sum(p.amount) AS minor FROM books_posting p "
            "WHERE p.entry_id >= %s AND p.entry_id < %s GROUP BY p.spot_id, p.effective_on) d ON d.spot_id = s.id "
            f"WHERE s.account IN ({marks})) AS days WHERE sofar < 0",
            (first, first + PLACES, *(account.value for account in FLOORED)),
        )
        return sorted(
            (
                Shortfall(
                    spot=Spot(Account(account), contribution, currency, line, lot),
                    on=sql.day(on),
                    balance=Amount(int(minor), currency),
                )
                for account, contribution, currency, line, lot, on, minor in found
            ),
            key=lambda row: (row.spot, row.on),
        )

    # What doors ask

    def moment_of(self, known_on: datetime | date | None) -> datetime | None:
        """Give the moment up to which is known: a day of knowing ends where the programme's day ends."""
        if known_on is None or isinstance(known_on, datetime):
            return known_on
        row = ProgrammeRecord.objects.filter(slug=self.programme).values_list("time_zone", flat=True)
        return day_end(known_on, row.get())

    def cut(
        self,
        *,
        as_of: date | None = None,
        known_on: datetime | date | None = None,
        position: int | None = None,
    ) -> sums.Cut:
        """Find the part of the books that counts."""
        known_by = self.moment_of(known_on)
        return sums.cut_of(self.number, as_of=as_of, known_by=known_by, position=position)

    def balances(
        self, *, as_of: date | None = None, known_on: datetime | date | None = None
    ) -> dict[Spot, int]:
        """Give every balance that is not zero, in the order of the accounts: the trial balance."""
        return self.state_at(as_of=as_of, known_on=known_on).money()

    def journal(
        self, wanted: Filter | None = None, *, start: int = 0, limit: int | None = None
    ) -> list[Entry]:
        """List entries in the order of the log."""
        condition, values = self._condition(wanted or Filter())
        page = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(start)}"
        found = sql.rows(f"SELECT e.id FROM books_entry e WHERE {condition} ORDER BY e.id{page}", values)
        return [self._shown(entry) for entry in log.chosen([number for (number,) in found])]

    def count(self, wanted: Filter | None = None) -> int:
        """Count the entries that a filter lets through."""
        condition, values = self._condition(wanted or Filter())
        found = sql.one(f"SELECT count(*) FROM books_entry e WHERE {condition}", values)
        return int(found[0]) if found else 0

    def _condition(self, wanted: Filter) -> tuple[str, list[object]]:
        """Give a filter as a condition on entries `e`."""
        books = self.number
        words: list[str] = ["e.books_id = %s"]
        values: list[object] = [books]
        places = {name: getattr(wanted, name) for name in ("contribution", "line", "lot", "account")}
        if any(places.values()):
            named = [name for name, value in places.items() if value]
            words.append(
                "e.id IN (SELECT p.entry_id FROM books_spot s JOIN books_posting p ON p.spot_id = s.id "
                f"WHERE s.books_id = %s AND {' AND '.join(f's.{name} = %s' for name in named)})"
            )
            values += [books, *(places[name] for name in named)]
        if wanted.kind:
            words.append("e.kind = %s")
            values.append(wanted.kind)
        if wanted.since is not None:
            words.append("e.effective_on >= %s")
            values.append(sql.written_day(wanted.since))
        cut = self.cut(as_of=wanted.until, known_on=wanted.known_on)
        condition, given = cut.condition("e")
        words.append(condition)
        values += given
        if wanted.text:
            like = (
                "%" + wanted.text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            )
            words.append("(lower(e.\"key\") LIKE %s ESCAPE '\\' OR lower(e.body) LIKE %s ESCAPE '\\')")
            values += [like, like]
        return " AND ".join(words), values

    @property
    def entries(self) -> Iterator[Entry]:
        """Give all entries, one after the other."""
        return (self._shown(entry) for entry in log.entries(self.number, 0, self._size))

    def known(self, *, as_of: date | None = None, known_on: datetime | date | None = None) -> Iterator[Entry]:
        """Give the entries that had happened by a day and were written down by another."""
        return iter(self.journal(Filter(until=as_of, known_on=known_on)))

    def contributions(self, *, as_of: date | None = None) -> dict[str, str]:
        """Give the partner of every contribution, in the order of the keys."""
        if as_of is None:
            return self.state.contributions()
        return sums.agreed(self.cut(as_of=as_of)).contributions()

    def path(
        self, contribution: str, *, as_of: date | None = None, known_on: datetime | date | None = None
    ) -> Path | None:
        """Say where each cent of a contribution is and how it got there; nothing where it is not known then."""
        cut = self.cut(as_of=as_of, known_on=known_on)
        state = sums.agreed(cut)
        if not state.knows(contribution):
            return None
        for spot, minor in sums.money(cut, spots="AND s.contribution = %s", values=(contribution,)).items():
            state.move(spot, minor)
        condition, values = cut.condition("e")
        found = sql.rows(
            "SELECT DISTINCT e.id FROM books_spot s JOIN books_posting p ON p.spot_id = s.id "
            "JOIN books_entry e ON e.id = p.entry_id "
            f"WHERE s.books_id = %s AND s.contribution = %s AND {condition}",
            (self.number, contribution, *values),
        )
        return Path(
            contribution=contribution,
            partner=state.term("partner", contribution),
            where=tracing.where_now(state, contribution),
            entries=[self._shown(entry) for entry in log.chosen([number for (number,) in found])],
            lots=tracing.of_contribution(state, contribution),
        )

    def lot(
        self, lot: str, *, as_of: date | None = None, known_on: datetime | date | None = None
    ) -> LotTrace | None:
        """Say whose money stands behind a lot and each of its units; nothing where there was no such lot then."""
        cut = self.cut(as_of=as_of, known_on=known_on)
        state = sums.state(cut, places="AND ?.lot = %s", values=(lot,))
        shares = tracing.of_lot(state, lot)
        if not state.line_of(lot) and not shares:
            return None
        return LotTrace(
            lot=lot,
            line=state.line_of(lot),
            currency=state.currency_of_lot(lot),
            units=state.units_in_lot(lot),
            shares=shares,
            by_unit=list(tracing.units_of(state, lot)),
        )

    def lots(self) -> dict[str, str]:
        """Give the line of every lot that was delivered, in the order of the keys."""
        found = sql.rows(
            "SELECT DISTINCT lot, line FROM books_spot WHERE books_id = %s AND lot <> '' ORDER BY lot",
            (self.number,),
        )
        return {str(lot): str(line) for lot, line in found}

    def tree(self) -> Tree:
        """Give the tree over all entries, for proofs."""
        first = log.first_number(self.number)
        return Tree(
            bytes(leaf)
            for (leaf,) in sql.streamed(
                "SELECT leaf FROM books_seal WHERE id >= %s AND id < %s ORDER BY id",
                (first, first + self._size),
            )
        )

    def root_of(self, size: int) -> bytes:
        """Give the root of the tree over the first `size` entries.

        Raises:  ValueError for a size that the books never had.
        """
        if size == 0:
            return Peaks().root()
        found = sql.one(
            "SELECT root FROM books_seal WHERE id = %s", (log.first_number(self.number) + size - 1,)
        )
        if found is None or not 0 <= size <= self._size:
            raise ValueError(f"the books have {self._size} entries and never had {size}")
        return bytes(found[0])

    def checkpoint(
        self, *, origin: str = "", keys: Sequence[SigningKey] = (), size: int | None = None
    ) -> str:
        """Write a checkpoint of the first `size` entries, of all when none is given."""
        size = self._size if size is None else size
        cut = sums.cut_of(self.number, position=size - 1)
        balances = {tuple(map(str, spot)): minor for spot, minor in sums.money(cut).items()}
        return checkpoint_of(
            origin=origin or self.origin,
            size=size,
            root=self.root_of(size),
            trial_balance=trial_balance_hash(balances),
            keys=keys,
        )

    def verify(
        self, saved: Iterable[Checkpoint] = (), tell: Callable[[int], None] = lambda _read: None
    ) -> VerificationReport:
        """Compute every hash, sum and floor again from the rows, and hold them against checkpoints.

        `tell` hears how many entries have been read.
        """
        return verify_books(self.number, saved, tell)

    @property
    def origin(self) -> str:
        """Give the name under which checkpoints and exports of these books go."""
        return origin_of(self.programme)

    def in_memory(self) -> Book:
        """Give the same books as a book in memory."""
        book = Book(self.currencies)
        for entry in self.entries:
            book.append(entry)
        return book

    def _shown(self, entry: Entry) -> Entry:
        """Give an entry as this reader may see it: private texts are for the staff."""
        if self.sees_private or not entry.private:
            return entry
        return replace(entry, private=tuple(private.erased() for private in entry.private))


class Locked(StoredBooks):
    """The books of a programme, to be written: nobody else writes until the transaction ends.

    `now` is the time by the clock of the database, read when the books were locked.
    """

    def __init__(
        self, row: BooksRow, *, now: datetime, last_recorded_at: datetime | None, absent: str
    ) -> None:
        super().__init__(row, sees_private=True)
        self.now = now
        self._last_recorded_at = last_recorded_at
        self._absent = {absent} - {""}
        self._standing: NewestState = standing_of(self.number, row.size, self._peaks)

    @property
    def last_recorded_at(self) -> datetime | None:
        return self._last_recorded_at

    @property
    def state(self) -> Balances:
        return self._standing.state

    def entry(self, key: str) -> Entry | None:
        return None if key in self._absent else super().entry(key)

    def look_up(self, keys: Collection[str]) -> None:
        """Learn in one go which of many keys that will be asked for, or of what looks like one, are not here."""
        asked = {twin for key in keys for twin in (key, *look_alikes(key))}
        self._absent |= asked - log.known(self.number, sorted(asked))

    def append(self, entry: Entry) -> None:
        write(self._standing, entry)
        self._absent.discard(entry.key)
        self._last_recorded_at = entry.recorded_at
        self._size = self._standing.peaks.size
        self._peaks = b"".join(self._standing.peaks.hashes)

    def keep(self) -> None:
        """Keep where the books stand for the next one who writes, if the transaction is not taken back.

        Who tells a story is the next one, in the same transaction.
        """
        if clock.told() is not None:
            keep(self._standing)
        transaction.on_commit(lambda: keep(self._standing))


def locked(programme: str, *, key: str = "") -> Locked:
    """Lock the books of a programme until the transaction ends, and open them for writing.

    `key` is one that will be asked for: whether it is known comes with the same answer.

    Raises:  NoBooks.
    """
    found = (_opened_here if sql.is_sqlite() else _opened_there)(programme, key)
    if found is None:
        raise NoBooks(f"the programme “{programme}” keeps no books")
    *row, is_known, recorded, now = found
    books = Locked(
        BooksRow(*row),
        now=clock.told() or (clock.now() if now is None else sql.moment(now)),
        last_recorded_at=None if recorded is None else sql.moment(recorded),
        absent="" if is_known else key,
    )
    if lag := clock.behind(books.last_recorded_at, books.now):
        logger.warning("the clock stands %s behind the newest entry of the books of %s", lag, programme)
    return books


def _opened_here(programme: str, key: str) -> sql.Row | None:
    """Ask SQLite, where the transaction itself is the lock. It has no clock."""
    return sql.one(
        "SELECT b.id, b.currencies, b.public, b.size, b.peaks, p.slug, p.name, EXISTS ("
        'SELECT 1 FROM books_entry e WHERE e.books_id = b.id AND e."key" = %s), '
        "(SELECT e.recorded_at FROM books_entry e WHERE e.id = b.newest_id), NULL "
        "FROM books b JOIN records_programmerecord p ON p.id = b.programme_id WHERE p.slug = %s",
        (key, programme),
    )


def _opened_there(programme: str, key: str) -> sql.Row | None:
    """Ask PostgreSQL, which waits for the lock first and then looks at all that was committed, and at its clock."""
    return sql.one("SELECT * FROM books_open(%s, %s)", (programme, key))


def books_of(programme: str, person: Person = None) -> StoredBooks:
    """Open the books of a programme for reading.

    Raises:  NoBooks, also where this person may not see them.
    """
    rows = BooksRecord.objects.visible_to(person).filter(programme__slug=programme)
    row = rows.values_list(*COLUMNS).first()
    if row is None:
        raise NoBooks(f"the programme “{programme}” keeps no books")
    return StoredBooks(BooksRow(*row), sees_private=may(person, Act.SEE_NOTES, row[5]))


def listed(person: Person = None) -> list[StoredBooks]:
    """List the books that a person may see, by programme."""
    rows = BooksRecord.objects.visible_to(person).order_by("programme__slug").values_list(*COLUMNS)
    return [StoredBooks(BooksRow(*row), sees_private=may(person, Act.SEE_NOTES, row[5])) for row in rows]
