"""Where the books stand, kept between two entries.

An event asks about balances, units and terms. A process that has just written knows them all; it only has
to be sure that nobody else has written since. Size and peaks of the tree say so exactly: the same hashes
are the same history. What others added is read and taken over; anything else is read anew.

What is kept here decides nothing that the database does not check again when an entry is sealed.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from django.db import connection

from pledgeline.ledger import Account, Entry, Spot, State, Term
from pledgeline.ledger.accounts import Bin
from pledgeline.ledger.verifier import Peaks, leaf_hash
from pledgeline.records.books import log, sql
from pledgeline.records.models.books import PLACES

KEPT = 8
"""How many books a process keeps in mind."""

FOLLOWED = 2_000
"""How many entries of others are taken over one by one; more are read anew."""

HASH_LENGTH = 32


@dataclass(slots=True, kw_only=True)
class Standing:
    """The state after the newest entry, the peaks of the tree, and the numbers of the rows of places."""

    books: int
    peaks: Peaks
    state: State = field(default_factory=State)
    spots: dict[Spot, int] = field(default_factory=dict)
    bins: dict[Bin, int] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """Take over an entry that was written."""
        self.state.take(entry)
        if entry.takes_back:
            agree_again(self.state, self.books)


_kept: OrderedDict[tuple[str, int], Standing] = OrderedDict()
_lock = Lock()


def standing_of(books: int, size: int, peaks: bytes) -> Standing:
    """Give where the books stand, whose row says this size and these peaks. It is the caller's to change.

    The caller holds the lock of the books. What it gets is no longer kept; `keep` gives it back.
    """
    with _lock:
        known = _kept.pop((_database(), books), None)
    if known is not None and size - FOLLOWED <= known.peaks.size <= size:
        followed = _follow(known, size)
        if followed and b"".join(known.peaks.hashes) == peaks:
            return known
    return _read(books, size, peaks)


def keep(standing: Standing) -> None:
    """Keep where the books stand, for the next one who writes."""
    with _lock:
        _kept[_database(), standing.books] = standing
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def _database() -> str:
    settings = connection.settings_dict
    return f"{settings['NAME']} {settings.get('HOST', '')}"


def _follow(known: Standing, size: int) -> bool:
    """Take over what others have added; say whether that is possible without reading all places again."""
    if known.peaks.size == size:
        return True
    first = log.first_number(known.books)
    known.spots.update(_spots(known.books, first + known.peaks.size))
    known.bins.update(_bins(known.books, first + known.peaks.size))
    for entry in log.entries(known.books, known.peaks.size, size):
        known.peaks.add(leaf_hash(entry.leaf_bytes()))
        known.state.take(entry)
        if entry.takes_back:
            return False
    return True


def _spots(books: int, changed_since: int) -> dict[Spot, int]:
    return {
        Spot(Account(account), contribution, currency, line, lot): number
        for number, account, contribution, currency, line, lot in sql.rows(
            "SELECT id, account, contribution, currency, line, lot FROM books_spot "
            "WHERE books_id = %s AND changed_by >= %s",
            (books, changed_since),
        )
    }


def _bins(books: int, changed_since: int) -> dict[Bin, int]:
    return {
        Bin(Account(place), line, currency, lot): number
        for number, place, line, currency, lot in sql.rows(
            "SELECT id, place, line, currency, lot FROM books_bin WHERE books_id = %s AND changed_by >= %s",
            (books, changed_since),
        )
    }


def _read(books: int, size: int, peaks: bytes) -> Standing:
    hashes = (peaks[at : at + HASH_LENGTH] for at in range(0, len(peaks), HASH_LENGTH))
    standing = Standing(books=books, peaks=Peaks(size, hashes))
    for number, account, contribution, currency, line, lot, minor in sql.rows(
        "SELECT id, account, contribution, currency, line, lot, balance FROM books_spot WHERE books_id = %s",
        (books,),
    ):
        spot = Spot(Account(account), contribution, currency, line, lot)
        standing.spots[spot] = number
        standing.state.move(spot, minor)
    for number, place, line, currency, lot, units in sql.rows(
        "SELECT id, place, line, currency, lot, units FROM books_bin WHERE books_id = %s", (books,)
    ):
        bin_ = Bin(Account(place), line, currency, lot)
        standing.bins[bin_] = number
        standing.state.count(bin_, units)
    agree_again(standing.state, books)
    return standing


def agree_again(state: State, books: int, among: str = "", values: tuple[object, ...] = ()) -> None:
    """Put into a state what was agreed in the entries in force, of those that `among` says."""
    first = log.first_number(books)
    stretch = (first, first + PLACES)
    takers = sql.rows(
        "SELECT e.id, e.takes_back_id, e.kind FROM books_entry e WHERE e.takes_back_id IS NOT NULL "
        f"AND e.id >= %s AND e.id < %s {among} ORDER BY e.id DESC",
        (*stretch, *values),
    )
    gone: set[int] = set()
    undone: set[int] = set()
    for number, taken_back, kind in takers:
        if number not in undone:
            gone.add(taken_back)
            if kind == "reverse":
                undone.add(taken_back)
    agreed, ever = [], []
    for number, name, about, beside, value in sql.rows(
        "SELECT t.entry_id, t.name, t.about, t.beside, t.value FROM books_term t "
        "JOIN books_entry e ON e.id = t.entry_id "
        f"WHERE t.entry_id >= %s AND t.entry_id < %s {among} ORDER BY t.entry_id, t.number",
        (*stretch, *values),
    ):
        term = Term(name=name, of=about, on=beside, value=value)
        ever.append(term)
        if number not in gone:
            agreed.append(term)
    state.agree(ever)
    state.forget_terms()
    state.agree(agreed)
