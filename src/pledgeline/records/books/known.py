"""What was known at a moment, as a place in the log.

Where entries were written down in the order of their times, and in the site they are, the question is
answered by one row of an index. Whether they were is a fact about entries that cannot change, so a process
finds it out once and then looks at new entries only. The root that was sealed with the last entry looked at
says that these are still the same books.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from pledgeline.records.books import sql
from pledgeline.records.books.log import first_number
from pledgeline.records.models.books import PLACES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """How far the log was looked at, and whether it is in the order of its times up to there."""

    last: int
    root: bytes
    in_order: bool


_looked: dict[tuple[str, int], _Looked] = {}


def newest_known(books: int, moment: datetime) -> int | None:
    """Give the number of the last entry that was written down by a moment, one below the first where none was.

    Nothing where the entries were not written down in the order of their times: then each has to be looked at.
    """
    looked = _look(books)
    if looked is None:
        return first_number(books) - 1
    if not looked.in_order:
        return None
    found = sql.one(
        "SELECT id FROM books_entry WHERE books_id = %s AND recorded_at <= %s AND id <= %s "
        "ORDER BY recorded_at DESC, id DESC LIMIT 1",
        (books, sql.written_time(moment), looked.last),
    )
    return int(found[0]) if found else first_number(books) - 1


def _look(books: int) -> _Looked | None:
    """Look at the entries that are new; nothing where there is none at all."""
    settings: dict[str, Any] = connection.settings_dict
    key = (f"{settings['NAME']} {settings.get('HOST', '')}", books)
    known = _looked.get(key)
    if known is not None and _root(known.last) != known.root:
        known = None
    condition, values = "books_id = %s", [books]  # all of them, from an index in which they stand by time
    if known is not None:
        condition, values = "id >= %s AND id < %s", [known.last, first_number(books) + PLACES]
    last, in_order = 0, known is None or known.in_order
    by_time = sql.streamed(f"SELECT id FROM books_entry WHERE {condition} ORDER BY recorded_at, id", values)
    for (number,) in by_time:
        in_order = in_order and number > last
        last = max(last, number)
    if last == 0:
        return None
    if known is None or known.last != last:
        known = _looked[key] = _Looked(last=last, root=_root(last), in_order=in_order)
    return known


def _root(number: int) -> bytes:
    found = sql.one("SELECT root FROM books_seal WHERE id = %s", (number,))
    return bytes(found[0]) if found else b""
