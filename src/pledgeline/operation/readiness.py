"""Whether an entry could be made now: what a site is asked before people are sent to it."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from pledgeline.operation import versions
from pledgeline.operation.running import is_embedded

LEAST_FREE_BYTES = 8_000_000
"""SQLite's log of writes grows to 4 MB before it is folded into the file, which may then grow by as much."""

PROBE_BYTES = 65_536
PATIENCE_MS = 2_000
"""How long writing may wait for others who write."""


class NotReady(Exception):
    """A part does not do what it should; the message says why."""


def parts() -> dict[str, str]:
    """Give what is wrong with each part that an entry needs, and nothing where it is as it should be.

    What could not be looked at, because the database does not answer, says so.
    """
    found: dict[str, str] = {}
    looks: dict[str, Callable[[], None]] = {
        "database": _answers,
        "tables": _fit,
        "writing": _takes,
        "space": _has,
    }
    for name, look in looks.items():
        if found.get("database") and name in ("tables", "writing"):
            found[name] = "not looked at: the database does not answer"
            continue
        try:
            look()
            found[name] = ""
        except (NotReady, DatabaseError, OSError) as error:
            found[name] = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return found


def _answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _fit() -> None:
    tables = versions.tables()
    if tables.are_missing:
        raise NotReady("there are no tables yet: start the site with `pledgeline up`")
    if tables.trouble:
        raise NotReady(tables.trouble)


def _takes() -> None:
    """Write something and take it back. Others who write are waited for as long as somebody who asks would."""
    with _little_patience(), transaction.atomic(), connection.cursor() as cursor:
        if not is_embedded():
            cursor.execute(f"SET LOCAL statement_timeout = {PATIENCE_MS}")
        cursor.execute("UPDATE django_content_type SET model = model")
        transaction.set_rollback(True)


def _has() -> None:
    """See that there is room where entries go; how much a PostgreSQL has is not known here."""
    if not is_embedded():
        return
    home = Path(settings.HOME)
    free = shutil.disk_usage(home).free
    if free < LEAST_FREE_BYTES:
        raise NotReady(f"{free:,} bytes are free in {home}, and {LEAST_FREE_BYTES:,} are needed")
    with tempfile.TemporaryFile(dir=home) as probe:  # a quota, or a disk that fails, is not seen by counting
        probe.write(os.urandom(PROBE_BYTES))
        probe.flush()
        os.fsync(probe.fileno())


@contextmanager
def _little_patience() -> Iterator[None]:
    """On SQLite, where a transaction begins by waiting for who writes, wait less."""
    if not is_embedded():
        yield
        return
    _wait(PATIENCE_MS)
    try:
        yield
    finally:
        with suppress(DatabaseError):
            _wait(int(connection.settings_dict["OPTIONS"]["timeout"] * 1000))


def _wait(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
