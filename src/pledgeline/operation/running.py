"""Who else works on the database: some things are only done while nobody does."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection, connections

from pledgeline.operation.elsewhere import standing_in

if sys.platform != "win32":
    import fcntl

LOCK = "site.lock"
PATIENCE_SECONDS = 2


class InUse(RuntimeError):
    """Somebody else works on the database; the message says the way out."""


def database_file() -> Path:
    """Give the file of the embedded database, there or not."""
    return Path(str(connection.settings_dict["NAME"]))


def is_embedded() -> bool:
    """Say whether the database is a file of SQLite."""
    return connection.vendor == "sqlite"


@contextmanager
def site_lock() -> Iterator[None]:
    """Let whoever wants to be alone know that a site runs in this home, until it ends in whatever way."""
    with _lock_file() as file:
        _lock(file, alone=False)
        yield


@contextmanager
def alone() -> Iterator[None]:
    """Be the only one who works on the database; on SQLite its log of writes is folded in, and gone.

    Raises:  InUse.
    """
    if not is_embedded():
        with _one_connection():
            _wait_until_alone()
            yield
        return
    with _lock_file() as file:
        _lock(file, alone=True)
        connections.close_all()
        _fold_in_alone(database_file())
        yield


def fold_in_log() -> bool:
    """Write what stands in SQLite's log of writes into the database file, and empty the log.

    The file alone is then all there is, should somebody copy it. Says whether that went well: who still reads
    in the database may keep the log from being emptied.

    Raises:  DatabaseError.
    """
    file = database_file()
    if not is_embedded() or not file.is_file():
        return True
    wrapped = connection.wrap_database_errors
    with wrapped, closing(sqlite3.connect(file, timeout=PATIENCE_SECONDS)) as database:
        (is_busy, _, _) = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def _fold_in_alone(file: Path) -> None:
    """Take a file of SQLite out of the mode in which it has a log, which it refuses while anybody has it open."""
    if not file.is_file():
        return
    try:
        with closing(sqlite3.connect(file, timeout=PATIENCE_SECONDS)) as database:
            database.execute("PRAGMA journal_mode = DELETE").fetchall()
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise InUse(
                f"{file} is open in another process: stop the site, and whatever else works on it"
            ) from None
        # A file that is damaged has no log that could be folded in: it is set aside, or refused, as it is.


@contextmanager
def _lock_file() -> Iterator[IO[bytes]]:
    with open(Path(settings.HOME) / LOCK, "ab") as file:
        yield file


def _lock(file: IO[bytes], *, alone: bool) -> None:
    if sys.platform == "win32":  # there, a file that is open can be neither renamed nor replaced
        return
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InUse(
            f"a site runs in {settings.HOME}: stop it first"
            if alone
            else f"{settings.HOME} is being restored or renewed: wait until that is done"
        ) from None


@contextmanager
def _one_connection() -> Iterator[None]:
    """Give up the pool of connections of this process, and work over one."""
    own: Any = connections["default"]
    own.close()
    own.close_pool()
    options = {name: value for name, value in own.settings_dict["OPTIONS"].items() if name != "pool"}
    with standing_in(OPTIONS=options):
        yield


def _wait_until_alone() -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while number := _others():
        if time.monotonic() > until:
            raise InUse(
                f"{number} other connection{'s are' if number > 1 else ' is'} open to the database: stop the site, its "
                "workers and whatever else works on it"
            )
        time.sleep(0.1)


def _others() -> int:
    """Count the connections of others to this PostgreSQL; autovacuum and its like are nobody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND usesysid IS NOT NULL "
            "AND coalesce(backend_type, 'client backend') = 'client backend'"
        )
        return int(cursor.fetchone()[0])
