"""PostgreSQL in a backup: each table as COPY writes it, all as they were at one moment.

The tables themselves are not in it: the migrations make them. So no program of PostgreSQL's is needed, and what
restores is what made them, guards included.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from pledgeline.operation.backups.archive import BLOCK, Archive, Progress, Writer
from pledgeline.operation.backups.manifest import Manifest, TableInBackup

FOLDER = "tables/"


@contextmanager
def held_still(*, may_change: bool) -> Iterator[None]:
    """See the database as it is at one moment; people go on working, and nobody waits.

    What is changed meanwhile, where it may be, is taken back at the end.
    """
    with transaction.atomic():
        _run(
            f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, {'READ WRITE' if may_change else 'READ ONLY'}"
        )
        _run("SET CONSTRAINTS ALL IMMEDIATE")  # a table with references still to be checked cannot be altered
        yield
        transaction.set_rollback(True)


def table_facts() -> dict[str, TableInBackup]:
    """Give all tables with their rows and columns."""
    columns: dict[str, list[str]] = {}
    for table, column in _rows(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace "
        "AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY c.relname, a.attnum"
    ):
        columns.setdefault(table, []).append(column)
    return {
        table: TableInBackup(rows=_rows(f"SELECT count(*) FROM {_quoted(table)}")[0][0], columns=tuple(names))
        for table, names in columns.items()
    }


def sequences() -> dict[str, int]:
    """Give the last number that every sequence gave, where it gave any: no number is given twice, ever."""
    return dict(
        _rows(
            "SELECT sequencename, last_value FROM pg_sequences "
            "WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY 1"
        )
    )


def write(writer: Writer, tables: dict[str, TableInBackup], progress: Progress) -> None:
    """Write every table into an archive."""
    whole, done = sum(table.rows for table in tables.values()), 0
    for name, table in tables.items():
        writer.add(f"{FOLDER}{name}", _copied(name, table))
        done += table.rows
        progress("writing", done, whole)


def _copied(name: str, table: TableInBackup) -> Iterator[bytes]:
    with connection.cursor() as cursor, cursor.copy(f"COPY {_place(name, table)} TO STDOUT") as copy:
        block = bytearray()
        for row in copy:
            block += row
            if len(block) >= BLOCK:
                yield bytes(block)
                block.clear()
        yield bytes(block)


def load(archive: Archive, progress: Progress) -> None:
    """Fill the tables, which migrations have made, with what is in an archive; what migrations left in them goes.

    To be called in a transaction. Guards look away while rows come in that were entered elsewhere, and
    references are checked at once when all are there.
    """
    manifest = archive.manifest
    names = ", ".join(map(_quoted, manifest.tables))
    guarded = [
        _quoted(table)
        for (table,) in _rows(
            "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        )
    ]
    references = _rows(
        "SELECT r.conname, c.relname, pg_get_constraintdef(r.oid) FROM pg_constraint r "
        "JOIN pg_class c ON c.oid = r.conrelid "
        "WHERE r.contype = 'f' AND c.relnamespace = current_schema()::regnamespace"
    )
    _run("SET CONSTRAINTS ALL IMMEDIATE")  # a table with references still to be checked cannot be emptied
    _run(f"TRUNCATE {names}")
    for table in guarded:
        _run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for name, table, _definition in references:
        _run(f"ALTER TABLE {_quoted(table)} DROP CONSTRAINT {_quoted(name)}")
    _fill(archive, manifest, progress)
    for name, table, definition in references:
        _run(f"ALTER TABLE {_quoted(table)} ADD CONSTRAINT {_quoted(name)} {definition}")
    for table in guarded:
        _run(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    for name, last in manifest.sequences.items():
        _run("SELECT setval(%s::regclass, %s)", (_quoted(name), last))
    _run(f"ANALYZE {names}")


def has_tables() -> bool:
    """Say whether anything has been made in the schema that we work in."""
    return bool(_rows("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1"))


def set_aside(name: str) -> None:
    """Move all tables and functions into a new schema of that name, where they stay as they are."""
    _run(f"CREATE SCHEMA {_quoted(name)}")
    for (table,) in _rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"):
        _run(f"ALTER TABLE {_quoted(table)} SET SCHEMA {_quoted(name)}")
    for (function,) in _rows(
        "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace "
        "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    ):
        _run(f"ALTER FUNCTION {function} SET SCHEMA {_quoted(name)}")


def _fill(archive: Archive, manifest: Manifest, progress: Progress) -> None:
    whole, done = sum(part.bytes for part in manifest.parts.values()), 0
    for name, table in manifest.tables.items():
        with connection.cursor() as cursor, cursor.copy(f"COPY {_place(name, table)} FROM STDIN") as copy:
            for block in archive.blocks(f"{FOLDER}{name}"):
                copy.write(block)
                done += len(block)
                progress("restoring", done, whole)


def _place(name: str, table: TableInBackup) -> str:
    return f"{_quoted(name)} ({', '.join(map(_quoted, table.columns))})"


def _quoted(name: str) -> str:
    return f'"{name.replace(chr(34), chr(34) * 2)}"'


def _rows(statement: str, values: Iterable[str | int | None] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, tuple(values) or None)
        found: list[tuple[object, ...]] = cursor.fetchall()
    return found


def _run(statement: str, values: Iterable[str | int | None] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, tuple(values) or None)
