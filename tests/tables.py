"""The tables of this version, made once in a run: each worker and each installation begins with a copy.

The migrations take seven seconds of a core, and the same tables come of them each time.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection, connections
from django.db.backends.signals import connection_created
from filelock import FileLock

from pledgeline.operation import versions
from pledgeline.operation.elsewhere import standing_in
from tests.postgresql import TABLES, drop_tables

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
