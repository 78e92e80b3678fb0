"""Write an entry: its row, its parts, the log one further, and the seal that makes the database check it."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from pledgeline.ledger import Entry
from pledgeline.ledger.state import Bin
from pledgeline.ledger.verifier import leaf_hash
from pledgeline.records.books import sql
from pledgeline.records.books.log import first_number
from pledgeline.records.books.standing import Standing


def write(standing: Standing, entry: Entry) -> None:
    """Write an entry after the newest one, and take it over into `standing`.

    The caller holds the lock of the books, and the entry passed the rules.

    Raises:  IntegrityError where the database finds a broken rule; then the caller's transaction is void,
             and `standing` with it.
    """
    number = first_number(standing.books) + entry.position
    leaf = leaf_hash(entry.leaf_bytes())
    standing.peaks.add(leaf)
    with sql.together(), connection.cursor() as cursor:
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
                sql.written_day(entry.effective_on),
                sql.written_time(entry.recorded_at),
                entry.body,
                standing.books,
                entry.takes_back,
            ),
        )
        on = sql.written_day(entry.effective_on)
        _insert(
            cursor,
            "books_posting (entry_id, number, spot_id, amount, effective_on)",
            [
                (number, place, _spot(cursor, standing, each.spot), each.amount.minor, on)
                for place, each in enumerate(entry.postings)
            ],
        )
        _insert(
            cursor,
            "books_goods (entry_id, number, bin_id, units)",
            [
                (
                    number,
                    place,
                    _bin(cursor, standing, Bin(each.place, each.line, each.currency, each.lot)),
                    each.units,
                )
                for place, each in enumerate(entry.goods)
            ],
        )
        _insert(
            cursor,
            "books_term (entry_id, number, name, about, beside, value)",
            [
                (number, place, each.name, each.of, each.on, each.value)
                for place, each in enumerate(entry.terms)
            ],
        )
        _insert(
            cursor,
            "books_private (entry_id, name, commitment, text, salt)",
            [
                (
                    number,
                    each.name,
                    each.commitment,
                    *((None, None) if each.hidden else (each.text, each.salt)),
                )
                for each in entry.private
            ],
        )
        cursor.execute(
            "UPDATE books SET size = size + 1, newest_id = %s, peaks = %s WHERE id = %s AND size = %s",
            (number, b"".join(standing.peaks.hashes), standing.books, entry.position),
        )
        cursor.execute(
            "INSERT INTO books_seal (id, leaf, root) VALUES (%s, %s, %s)",
            (number, leaf, standing.peaks.root()),
        )
    standing.take(entry)


def _insert(cursor: Any, into: str, parts: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows, as many at a time as every SQLite takes."""
    for start in range(0, len(parts), 100):
        some = parts[start : start + 100]
        marks = f"({', '.join(['%s'] * len(some[0]))})"
        values = [value for part in some for value in part]
        cursor.execute(f"INSERT INTO {into} VALUES {', '.join([marks] * len(some))}", values)


def _spot(cursor: Any, standing: Standing, spot: Any) -> int:
    number = standing.spots.get(spot)
    if number is None:
        cursor.execute(
            "INSERT INTO books_spot (books_id, account, contribution, currency, line, lot, balance, changed_by) "
            "VALUES (%s, %s, %s, %s, %s, %s, 0, -1) RETURNING id",
            (standing.books, spot.account.value, *spot[1:]),
        )
        number = standing.spots[spot] = int(cursor.fetchone()[0])
    return number


def _bin(cursor: Any, standing: Standing, place: Bin) -> int:
    number = standing.bins.get(place)
    if number is None:
        cursor.execute(
            "INSERT INTO books_bin (books_id, place, line, currency, lot, units, changed_by) "
            "VALUES (%s, %s, %s, %s, %s, 0, -1) RETURNING id",
            (standing.books, place.place.value, place.line, place.currency, place.lot),
        )
        number = standing.bins[place] = int(cursor.fetchone()[0])
    return number
