"""How the books talk to the database: plain statements, the same on both.

The books are written and read row by row in great numbers, and the object mapper would take longer for it
than the database does. Days and times have one form on each database; both forms are made and read here.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import RLock
from typing import Any

from django.db import connection, transaction

Row = tuple[Any, ...]
"""What the database gives for one row; what stands in it is known to whoever wrote the statement."""

AT_ONCE = 5_000
"""How many rows of a large answer are fetched together."""


def rows(statement: str, values: Sequence[Any] = ()) -> list[Row]:
    """Give all rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found


def one(statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """Give the first row of a statement."""
    found = rows(statement, values)
    return found[0] if found else None


def streamed(statement: str, values: Sequence[Any] = ()) -> Iterator[Row]:
    """Give the rows of a large answer without holding all of them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        while found := cursor.fetchmany(AT_ONCE):
            yield from found


def run(statement: str, values: Sequence[Any] = ()) -> None:
    """Carry a statement out."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def one_view() -> Iterator[None]:
    """Show the database to many statements as it is to the first; writers neither wait nor are waited for.

    On SQLite this is not what `atomic` begins: that keeps other writers out.
    """
    if connection.in_atomic_block:
        yield
    elif is_sqlite():
        run("BEGIN")
        try:
            yield
        finally:
            if connection.connection.in_transaction:
                run("ROLLBACK")
    else:
        with transaction.atomic():
            run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def in_turn() -> Iterator[None]:
    """Begin a transaction that writes the books; those who write in this process queue up before it.

    SQLite has writers sleep and try again: of two hundred some are never lucky and fail after their patience.
    PostgreSQL queues them, but each would hold one of the few connections of the process meanwhile.
    """
    with _turn, transaction.atomic():
        yield


_turn = RLock()


def forget_what_was_erased() -> None:
    """Have SQLite fold its log of writes into the file and empty it: the log holds rows as they were.

    PostgreSQL clears up by itself (autovacuum); the role of the site may not hurry it.
    """
    if is_sqlite():
        rows("PRAGMA wal_checkpoint(TRUNCATE)")


def count_rows_anew() -> None:
    """Let PostgreSQL look at how much there is, after much was entered at once.

    It would do so by itself within minutes; until then it goes by the empty tables of before, and a page that
    takes a fifth of a second takes three.
    """
    if not is_sqlite():
        run(
            "ANALYZE books_seal, books_entry, books_spot, books_posting, books_bin, books_goods, books_term, "
            "books_private"
        )


def is_sqlite() -> bool:
    """Say which of the two databases this is."""
    return bool(connection.vendor == "sqlite")


def file() -> str:
    """Give the file of SQLite; empty where the database is in memory, or is another."""
    return str(rows("PRAGMA database_list")[0][2]) if is_sqlite() else ""


def written_time(moment: datetime) -> Any:
    """Give a time as a statement takes it."""
    return connection.ops.adapt_datetimefield_value(moment)


def written_day(day: date) -> Any:
    """Give a day as a statement takes it."""
    return connection.ops.adapt_datefield_value(day)


def day(value: str | date) -> date:
    """Read a day."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def moment(value: str | datetime) -> datetime:
    """Read a time."""
    found: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
