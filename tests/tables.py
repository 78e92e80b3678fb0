"""The tables of this version, made once in a run: each worker and each installation begins with a copy.

The migrations take seven seconds of a core, and the same tables come of them each time.
"""

import os
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection, connections
from django.db.backends.signals import connection_created
from django.db.migrations.recorder import MigrationRecorder
from filelock import FileLock

from pledgeline.operation import versions
from pledgeline.operation.elsewhere import standing_in
from tests.postgresql import TABLES, drop_tables, programs

SERVER = os.environ.get("PLEDGELINE_DATABASE_URL", "")


def made_tables() -> Path | str:
    """Give the file that has all tables and no row, or on PostgreSQL the name of the database."""
    shared = Path(os.environ["PLEDGELINE_HOME"])
    file = shared / f"{TABLES}.sqlite3"
    done = shared / "tables-are-made"
    with FileLock(shared / "tables.lock"):
        if not done.exists():
            if SERVER:
                make_anew()
            with standing_in(NAME=TABLES if SERVER else str(file), OPTIONS=options()):
                versions.migrate()
            done.touch()
    return TABLES if SERVER else file


def make_anew() -> None:
    drop_tables(SERVER)
    with psycopg.connect(SERVER, autocommit=True) as there:
        there.execute(f"CREATE DATABASE {TABLES}")


def options() -> dict[str, Any]:
    """Give the options of the database without a pool, which would hold on to it, and without care for a power cut."""
    own = connections["default"].settings_dict["OPTIONS"]
    if SERVER:
        return {name: value for name, value in own.items() if name != "pool"}
    return {**own, "init_command": f"{own['init_command']} PRAGMA synchronous=OFF"}


def copy_where_one_would_migrate() -> None:
    """Do what `versions.migrate` does, to an embedded database that is empty."""
    connection.ensure_connection()
    with closing(sqlite3.connect(made_tables())) as made:
        made.backup(connection.connection)


@contextmanager
def restored_by_copying() -> Iterator[None]:
    """Have a PostgreSQL that is restored given a copy of the tables of this version, and migrated from there."""
    migrate_to = versions.migrate_to

    def copy_and_migrate(names: Iterable[str]) -> None:
        made, wanted = set(migrations_made()) if SERVER else set(), set(names)
        if made and made <= wanted:
            with connection.cursor() as cursor:
                cursor.execute(statements_of_tables())
            if made == wanted:
                return
            for name in made:
                MigrationRecorder(connection).record_applied(*name.split("."))
        migrate_to(wanted)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "migrate_to", copy_and_migrate)
        yield


@cache
def migrations_made() -> tuple[str, ...]:
    """Name the migrations that the tables on PostgreSQL have been through."""
    made_tables()
    with psycopg.connect(SERVER, dbname=TABLES) as there:
        rows = there.execute("SELECT app || '.' || name FROM django_migrations").fetchall()
    return tuple(name for (name,) in rows)


@cache
def statements_of_tables() -> str:
    """Give what makes all tables on PostgreSQL, with their guards."""
    command = [programs() / "pg_dump", "--schema-only", "--no-owner", "--no-privileges"]
    said = subprocess.run(
        [*command, "--dbname", urlsplit(SERVER)._replace(path=f"/{TABLES}").geturl()],
        check=True,
        capture_output=True,
        text=True,
    )
    for_psql = ("SELECT pg_catalog.set_config('search_path'", "\\")
    return "\n".join(line for line in said.stdout.splitlines() if not line.startswith(for_psql))


def begin_with_them() -> None:
    """Let the database of the tests, which is about to be made, begin with these tables."""
    made = made_tables()
    if SERVER:
        connections["default"].settings_dict["TEST"]["TEMPLATE"] = made
    else:
        connection_created.connect(copy_them, dispatch_uid=TABLES)


def copy_them(connection: Any, **_: Any) -> None:
    if connection.is_in_memory_db():
        connection_created.disconnect(dispatch_uid=TABLES)
        copy_where_one_would_migrate()
