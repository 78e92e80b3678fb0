"""Write an entry: its row, its parts, the log one further, and the seal that makes the database check it.

SQLite is a part of this process and takes statement after statement. PostgreSQL is far away: it gets the
whole entry in one call of a function that the migrations made, `books_write`, which also may do what the role
that the site works under may not. Both write the same rows, and neither is trusted by the guards.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from django.db import connection
from django.db.backends.utils import CursorWrapper

from pledgeline.ledger import Entry
from pledgeline.ledger.verifier import leaf_hash
from pledgeline.records.books import sql
from pledgeline.records.books.log import first_number
from pledgeline.records.books.standing import NewestState

_Place = TypeVar("_Place", bound=tuple[object, ...])


class EntryRows(NamedTuple):
    """The rows of the parts of an entry, without its number and their own."""

    postings: list[tuple[int, int]]
    goods: list[tuple[int, int]]
    terms: list[tuple[str, str, str, str]]
    private: list[tuple[str, str, str | None, str | None]]


def write(standing: NewestState, entry: Entry) -> None:
    """Write an entry after the newest one, and take it over into `standing`.

    The caller holds the lock of the books, and the entry passed the rules.

    Raises:  IntegrityError where the database finds a broken rule; then the caller's transaction is void,
             and `standing` with it.
    """
    leaf = leaf_hash(entry.leaf_bytes())
    standing.peaks.add(leaf)
    rows = _rows(standing, entry)
    with connection.cursor() as cursor:
        (_one_by_one if sql.is_sqlite() else _at_once)(cursor, standing, entry, rows, leaf)
    standing.take(entry)


def _rows(standing: NewestState, entry: Entry) -> EntryRows:
    _make_places(standing, entry)
    return EntryRows(
        postings=[(standing.spots[posting.spot], posting.amount.minor) for posting in entry.postings],
        goods=[(standing.bins[goods.bin], goods.units) for goods in entry.goods],
        terms=[(term.name, term.of, term.on, term.value) for term in entry.terms],
        private=[
            (
                private.name,
                private.commitment,
                *((None, None) if private.hidden else (private.text, private.salt)),
            )
            for private in entry.private
        ],
    )


def _make_places(standing: NewestState, entry: Entry) -> None:
    """Make the rows of accounts and of places of units that the entry is the first to touch."""
    spots = {posting.spot: None for posting in entry.postings if posting.spot not in standing.spots}
    bins = {goods.bin: None for goods in entry.goods}
    for spot, number in _made(
        "books_spot (books_id, account, contribution, currency, line, lot, balance, changed_by)",
        list(spots),
        standing.books,
    ):
        standing.spots[spot] = number
    for bin_, number in _made(
        "books_bin (books_id, place, line, currency, lot, units, changed_by)",
        [where for where in bins if where not in standing.bins],
        standing.books,
    ):
        standing.bins[bin_] = number


def _made(into: str, places: Sequence[_Place], books: int) -> list[tuple[_Place, int]]:
    """Insert rows of places where nothing lies yet and give their numbers, which follow the order given."""
    made = []
    for start in range(0, len(places), 100):
        some = places[start : start + 100]
        marks = ", ".join([f"(%s, {', '.join(['%s'] * len(some[0]))}, 0, -1)"] * len(some))
        values = [value for place in some for value in (books, *map(str, place))]
        numbers = sql.rows(f"INSERT INTO {into} VALUES {marks} RETURNING id", values)
        made += list(zip(some, sorted(number for (number,) in numbers), strict=True))
    return made


def _one_by_one(
    cursor: CursorWrapper, standing: NewestState, entry: Entry, rows: EntryRows, leaf: bytes
) -> None:
    number = first_number(standing.books) + entry.position
    on = sql.written_day(entry.effective_on)
    cursor.execute(
        'INSERT INTO books_entry (id, books_id, position, "key", kind, effective_on, recorded_at, body, '
        "takes_back_id) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, "
        '(SELECT id FROM books_entry WHERE books_id = %s AND "key" = %s))',
        (
            number,
            standing.books,
            entry.position,
            entry.key,
            entry.kind,
            on,
            sql.written_time(entry.recorded_at),
            entry.body,
            standing.books,
            entry.takes_back,
        ),
    )
    for into, parts in (
        (
            "books_posting (entry_id, number, spot_id, amount, effective_on)",
            [(number, place, *posting, on) for place, posting in enumerate(rows.postings)],
        ),
        (
            "books_goods (entry_id, number, bin_id, units)",
            [(number, place, *goods) for place, goods in enumerate(rows.goods)],
        ),
        (
            "books_term (entry_id, number, name, about, beside, value)",
            [(number, place, *term) for place, term in enumerate(rows.terms)],
        ),
        (
            "books_private (entry_id, name, commitment, text, salt)",
            [(number, *private) for private in rows.private],
        ),
    ):
        _insert(cursor, into, parts)
    cursor.execute(
        "UPDATE books SET size = size + 1, newest_id = %s, peaks = %s WHERE id = %s AND size = %s",
        (number, b"".join(standing.peaks.hashes), standing.books, entry.position),
    )
    cursor.execute(
        "INSERT INTO books_seal (id, leaf, root) VALUES (%s, %s, %s)",
        (number, leaf, standing.peaks.root()),
    )


def _insert(cursor: CursorWrapper, into: str, parts: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, as many at a time as every SQLite takes."""
    for start in range(0, len(parts), 100):
        some = parts[start : start + 100]
        marks = f"({', '.join(['%s'] * len(some[0]))})"
        values = [value for part in some for value in part]
        cursor.execute(f"INSERT INTO {into} VALUES {', '.join([marks] * len(some))}", values)


def _at_once(
    cursor: CursorWrapper, standing: NewestState, entry: Entry, rows: EntryRows, leaf: bytes
) -> None:
    cursor.execute(
        _WRITE,
        (
            first_number(standing.books) + entry.position,
            standing.books,
            entry.position,
            entry.key,
            entry.kind,
            entry.effective_on,
            entry.recorded_at,
            entry.body,
            entry.takes_back,
            *_columns(rows.postings, 2),
            *_columns(rows.goods, 2),
            *_columns(rows.terms, 4),
            *_columns(rows.private, 4),
            b"".join(standing.peaks.hashes),
            leaf,
            standing.peaks.root(),
        ),
    )


_WRITE = f"""SELECT books_write({", ".join(["%s"] * 9)}, {", ".join(["%s::bigint[]"] * 4)},
{", ".join(["%s::text[]"] * 8)}, %s, %s, %s)"""


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[object]]:
    """Give the columns of some rows, empty ones where there are no rows."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in range(width)]
