"""Change what is recorded, bit by bit: every change has to be found, or refused by the database."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from tests.torture import stage

TABLES = (
    "books books_spot books_bin books_seal books_entry books_posting books_goods books_term books_private "
    "books_checkpoint books_total"
).split()


def bits(most: int, seed: int) -> dict[str, Any]:
    """Change every bit of every recorded field, or `most` of them by chance, one at a time."""
    from django.db import DatabaseError, connection, transaction

    from pledgeline.records.books.verify import _Verification

    number = _small_books()
    if _Verification(number, []).run().problems:
        return {"wrong": ["the books do not verify before anything is changed"]}
    changes = list(_changes(connection))
    if most and most < len(changes):
        changes = random.Random(seed).sample(changes, most)
    found = refused = 0
    silent = []
    with transaction.atomic():
        _take_guards_down(connection)
        for table, where, keys, column, value in changes:
            mark = transaction.savepoint()
            try:
                with connection.cursor() as cursor:
                    cursor.execute(
                        f'UPDATE {table} SET "{column}" = {_place(connection, value)} WHERE {where}',
                        (value, *keys),
                    )
                if _Verification(number, []).run().problems:
                    found += 1
                else:
                    silent.append(f"{table}.{column} of {keys}: {value!r:.60}")
            except (DatabaseError, ValueError):
                refused += 1
            transaction.savepoint_rollback(mark)
        transaction.set_rollback(True)
    return {
        "wrong": silent[:20],
        "silent": len(silent),
        "changed": len(changes),
        "found": found,
        "refused": refused,
    }


def _small_books() -> int:
    """Make books with something in every table."""
    from pledgeline.actions.books import give_checkpoint, post, replay_into
    from pledgeline.ledger.event_files import event_file_of
    from tests.ledger.stories import DELIVERED, events_of

    stage.make_books()
    replay_into(stage.SLUG, event_file_of(events_of(DELIVERED)[:-1], "story"), today=stage.TODAY)
    give_checkpoint(stage.SLUG)
    today = date(2026, 1, 1)
    post(
        stage.SLUG,
        {**events_of(DELIVERED)[-1], "id": "last", "note": "as agreed"},
        today=today,
        by="a clerk",
    )
    post(
        stage.SLUG,
        {"id": "back", "type": "reverse", "of": "last", "effective_on": "2025-07-02"},
        today=today,
    )
    return int(stage.stored().number)


def _changes(connection: Any) -> Iterator[tuple[str, str, tuple[Any, ...], str, Any]]:
    for table in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            columns = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
        key = [name for name in columns if name in KEYS[table]]
        for row in rows:
            named = dict(zip(columns, row, strict=True))
            where = " AND ".join(f'"{name}" = %s' for name in key)
            for column, value in named.items():
                for other in _flipped(value):
                    yield table, where, tuple(named[name] for name in key), column, other


KEYS = {
    **{table: {"id"} for table in TABLES},
    **{table: {"entry_id", "number"} for table in ("books_posting", "books_goods", "books_term")},
    "books_private": {"entry_id", "name"},
    "books_total": {"until", "spot_id", "effective_on"},
}


def _flipped(value: Any) -> Iterator[Any]:
    """Give the value with each of its bits changed."""
    if value is None:
        return
    if isinstance(value, bool):
        yield from (not value, *(int(value) ^ (1 << bit) for bit in range(1, 8)))
    elif isinstance(value, int):
        yield from (value ^ (1 << bit) for bit in range(63))
    elif isinstance(value, datetime):
        yield from (value + timedelta(microseconds=1 << bit) for bit in range(40))
    elif isinstance(value, date):
        yield from (date.fromordinal(value.toordinal() ^ (1 << bit)) for bit in range(19))
    else:
        content = value.encode() if isinstance(value, str) else bytes(value)
        for place in range(len(content) * 8):
            other = bytearray(content)
            other[place // 8] ^= 1 << place % 8
            yield bytes(other) if not isinstance(value, str) else _Text(other)


class _Text(bytes):
    """Bytes of a text, which may no longer be one."""


def _place(connection: Any, value: Any) -> str:
    if not isinstance(value, _Text):
        return "%s"
    return "CAST(%s AS TEXT)" if connection.vendor == "sqlite" else "convert_from(%s, 'UTF8')"


def _take_guards_down(connection: Any) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'books%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
