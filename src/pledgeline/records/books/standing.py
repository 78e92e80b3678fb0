"""Where the books stand, kept between two entries.

An event asks about balances, units and terms. A process that has just written knows them all; it only has
to be sure that nobody else has written since. Size and peaks of the tree say so exactly: the same hashes
are the same history. What others changed is read and taken over; anything else is read anew.

What is kept here decides nothing that the database does not check again when an entry is sealed.

Whoever reads gets a state of its own, which is never changed: the one before it, with what was entered since. So an
entry into large books costs their next reader what has changed, and not all that there is.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple

from django.db import connection

from pledgeline.ledger import Account, AgreedTerm, Balances, Entry, Spot
from pledgeline.ledger.accounts import Bin
from pledgeline.ledger.book import gone_by
from pledgeline.ledger.verifier import Peaks
from pledgeline.records.books import log, sql
from pledgeline.records.models.books import PLACES

KEPT = 8
"""How many books a process keeps in mind."""

FOLLOWED = 2_000
"""After how many entries of others all places are read anew."""

_HASH_LENGTH = 32


@dataclass(slots=True, kw_only=True)
class NewestState:
    """The state after the newest entry, the peaks of the tree, and the numbers of the rows of places."""

    books: int
    peaks: Peaks
    state: Balances = field(default_factory=Balances)
    spots: dict[Spot, int] = field(default_factory=dict)
    bins: dict[Bin, int] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """Take over an entry that was written."""
        self.state.take(entry)
        if entry.takes_back:
            agree_again(self.state, self.books)


class Seen(NamedTuple):
    """The state that readers were given last, and the peaks of the tree that it follows from."""

    peaks: Peaks
    state: Balances


_kept: OrderedDict[tuple[str, int], NewestState] = OrderedDict()
_seen: OrderedDict[tuple[str, int], Seen] = OrderedDict()
_lock = Lock()


def standing_of(books: int, size: int, peaks: bytes) -> NewestState:
    """Give where the books stand, whose row says this size and these peaks. It is the caller's to change.

    The caller holds the lock of the books. What it gets is no longer kept; `keep` gives it back.
    """
    with _lock:
        known = _kept.pop((_database(), books), None)
    if known is not None and size - FOLLOWED <= known.peaks.size <= size and _follow(known, size, peaks):
        return known
    return _read(books, size, peaks)


def keep(standing: NewestState) -> None:
    """Keep where the books stand, for the next one who writes."""
    with _lock:
        _kept[_database(), standing.books] = standing
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def state_of(books: int, size: int, peaks: bytes, read: Callable[[], Balances]) -> Balances:
    """Give the state of the books, whose row says this size and these peaks, to somebody who only reads it.

    `read` reads it whole, where what was seen last is no beginning of it, or too much has come since.
    """
    key = (_database(), books)
    with _lock:
        known = _seen.get(key)
    state = _added_to(known, books, size) if known is not None else None
    if state is None:
        state = read()
    with _lock:
        _seen[key] = Seen(peaks_of(size, peaks), state)
        _seen.move_to_end(key)
        while len(_seen) > KEPT:
            _seen.popitem(last=False)
    return state


def _added_to(known: Seen, books: int, size: int) -> Balances | None:
    """Give a state with what was entered since another, where that is possible without reading all of it."""
    if not known.peaks.size < size <= known.peaks.size + FOLLOWED or not _is_addition(
        known.peaks, books, size
    ):
        return None
    state = known.state.copy()
    since = log.first_number(books) + known.peaks.size
    for _, spot, minor in _changed_spots(books, since):
        state.move(spot, minor - state.balance(spot))
    for _, bin_, units in _changed_bins(books, since):
        state.count(bin_, units - state.units(bin_))
    state.agree(_added_terms(books, known.peaks.size, size))
    return state


def _database() -> str:
    settings = connection.settings_dict
    return f"{settings['NAME']} {settings.get('HOST', '')}"


def _follow(known: NewestState, size: int, peaks: bytes) -> bool:
    """Take over what others have added; say whether that is possible without reading all places again."""
    if known.peaks.size in (0, size):
        return known.peaks.size == size and b"".join(known.peaks.hashes) == peaks
    if not _is_addition(known.peaks, known.books, size):
        return False
    _take_places(known, log.first_number(known.books) + known.peaks.size)
    known.state.agree(_added_terms(known.books, known.peaks.size, size))
    known.peaks = peaks_of(size, peaks)
    return True


def _is_addition(known: Peaks, books: int, size: int) -> bool:
    """Say whether books of a size are what is known and something added.

    The root under the newest entry that is known says whether it is the same history so far. What was taken
    back changes which terms hold, and is no addition.
    """
    first = log.first_number(books)
    sealed = sql.one("SELECT root FROM books_seal WHERE id = %s", (first + known.size - 1,))
    if sealed is None or bytes(sealed[0]) != known.root():
        return False
    taken_back = sql.one(
        "SELECT 1 FROM books_entry e WHERE e.id >= %s AND e.id < %s AND e.takes_back_id IS NOT NULL",
        (first + known.size, first + size),
    )
    return not taken_back


def _added_terms(books: int, known: int, size: int) -> Iterator[AgreedTerm]:
    first = log.first_number(books)
    for name, about, beside, value in sql.rows(
        "SELECT t.name, t.about, t.beside, t.value FROM books_term t "
        "WHERE t.entry_id >= %s AND t.entry_id < %s ORDER BY t.entry_id, t.number",
        (first + known, first + size),
    ):
        yield AgreedTerm(name=name, of=about, on=beside, value=value)


def _take_places(standing: NewestState, since: int) -> None:
    """Take over what lies in the accounts and places of units that an entry changed from number `since` on."""
    for number, spot, minor in _changed_spots(standing.books, since):
        standing.spots[spot] = number
        standing.state.move(spot, minor - standing.state.balance(spot))
    for number, bin_, units in _changed_bins(standing.books, since):
        standing.bins[bin_] = number
        standing.state.count(bin_, units - standing.state.units(bin_))


def _changed_spots(books: int, since: int) -> Iterator[tuple[int, Spot, int]]:
    for number, account, contribution, currency, line, lot, minor in sql.rows(
        "SELECT id, account, contribution, currency, line, lot, balance FROM books_spot "
        "WHERE books_id = %s AND changed_by >= %s",
        (books, since),
    ):
        yield number, Spot(Account(account), contribution, currency, line, lot), minor


def _changed_bins(books: int, since: int) -> Iterator[tuple[int, Bin, int]]:
    for number, place, line, currency, lot, units in sql.rows(
        "SELECT id, place, line, currency, lot, units FROM books_bin WHERE books_id = %s AND changed_by >= %s",
        (books, since),
    ):
        yield number, Bin(Account(place), line, currency, lot), units


def _read(books: int, size: int, peaks: bytes) -> NewestState:
    standing = NewestState(books=books, peaks=peaks_of(size, peaks))
    _take_places(standing, -1)
    agree_again(standing.state, books)
    return standing


def peaks_of(size: int, hashes: bytes) -> Peaks:
    """Read the peaks of a tree as the row of the books has them."""
    return Peaks(size, (hashes[at : at + _HASH_LENGTH] for at in range(0, len(hashes), _HASH_LENGTH)))


def agree_again(state: Balances, books: int, among: str = "", values: sql.Row = ()) -> None:
    """Put into a state what was agreed in the entries in force, of those that `among` says."""
    first = log.first_number(books)
    stretch = (first, first + PLACES)
    takers = sql.rows(
        "SELECT e.id, e.takes_back_id, e.kind FROM books_entry e WHERE e.takes_back_id IS NOT NULL "
        f"AND e.id >= %s AND e.id < %s {among} ORDER BY e.id DESC",
        (*stretch, *values),
    )
    gone = gone_by(takers)
    agreed, ever = [], []
    for number, name, about, beside, value in sql.rows(
        "SELECT t.entry_id, t.name, t.about, t.beside, t.value FROM books_term t "
        "JOIN books_entry e ON e.id = t.entry_id "
        f"WHERE t.entry_id >= %s AND t.entry_id < %s {among} ORDER BY t.entry_id, t.number",
        (*stretch, *values),
    ):
        term = AgreedTerm(name=name, of=about, on=beside, value=value)
        ever.append(term)
        if number not in gone:
            agreed.append(term)
    state.agree(ever)
    state.forget_terms()
    state.agree(agreed)
