"""A database of the time before the tables began anew, in November 2026: it is set aside whole, and a new one begun.

Nothing in it is changed, and nothing is ever taken over half. The version that made it still reads it.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from pledgeline.operation import running

MARK = ("records", "0001_public_record")
"""The first migration of that time. The tables of today have never been through one of this name."""

_OURS = ("auth_", "books", "django_", "records_")
"""What the names of its tables begin with."""


class CannotBeSetAside(RuntimeError):
    """It stays where it is, and this version does not touch it; the message says what to do."""


def is_earlier() -> bool:
    """Say whether the database is of that time.

    Raises:  DatabaseError.
    """
    if running.is_embedded() and not running.database_file().exists():
        return False  # to look would begin one
    return MARK in MigrationRecorder(connection).applied_migrations()


def set_aside(*, now: datetime) -> str:
    """Set the database aside, and say where it is now.

    Raises:  CannotBeSetAside; running.InUse; OSError.
    """
    with running.alone():
        return str(_move_file(now)) if running.is_embedded() else _rename_schema(now)


def _move_file(now: datetime) -> Path:
    """Move the file of SQLite, whose log of writes is folded in, into a folder of its own."""
    file = running.database_file()
    folder = Path(settings.HOME) / f"before-accounts-{now:%Y-%m-%dT%H-%M-%S}"
    folder.mkdir()
    connections.close_all()
    for ending in ("-wal", "-shm", ""):
        part = file.with_name(file.name + ending)
        if part.exists():
            part.rename(folder / part.name)
    return folder / file.name


def _rename_schema(now: datetime) -> str:
    """Give the schema of PostgreSQL another name, and begin an empty one under its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema()), current_database()")
        schema, database = cursor.fetchone()
        aside = f"pledgeline_before_{now:%Y_%m_%d_%H_%M_%S}"
        by_hand = f"ALTER SCHEMA {schema} RENAME TO {aside}; CREATE SCHEMA {schema};"
        if others := _of_others():
            raise CannotBeSetAside(
                f"the database {database} was made before accounts were kept as now, and holds {others} beside: set "
                "PLEDGELINE_DATABASE_URL to an empty database. The old one stays as it is"
            )
        try:
            with transaction.atomic():
                cursor.execute(f"ALTER SCHEMA {schema} RENAME TO {aside}")
                cursor.execute(f"CREATE SCHEMA {schema}")
        except DatabaseError as error:
            raise CannotBeSetAside(
                f"the database {database} was made before accounts were kept as now, and this role may not set it "
                f"aside ({str(error).splitlines()[0]}). Run any command as its owner, or in psql: {by_hand} Or set "
                "PLEDGELINE_DATABASE_URL to an empty database. The old one stays as it is"
            ) from None
    return f"the schema {aside} of the database {database}"


def _of_others() -> str:
    """Name a table or an extension in the schema that is not ours, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
            "AND relkind IN ('r', 'p', 'v', 'm') UNION ALL "
            "SELECT 'extension ' || extname FROM pg_extension WHERE extnamespace = current_schema()::regnamespace"
        )
        return next((name for (name,) in cursor.fetchall() if not name.startswith(_OURS)), "")
