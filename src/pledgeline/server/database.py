"""Which database: the embedded one in the home folder, or a PostgreSQL by its address.

SQLite is opened so that readers never wait for a writer (WAL), a writer that cannot start says so
at once instead of half-way through (IMMEDIATE), what was acknowledged outlives a power cut (FULL), what
is deleted is overwritten, and references are checked. The way to a PostgreSQL elsewhere is encrypted, or
somebody has said that it need not be.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pledgeline.server.home import DATABASE

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
)

LOCAL = ("", "localhost", "127.0.0.1", "::1")
"""Hosts that are this machine, beside sockets, which are named by their folder."""


class NoSuchDatabase(ValueError):
    """The address cannot be used; the message says why, in one line and without the password."""


def database(address: str, folder: Path) -> dict[str, Any]:
    """Give Django's settings for the database at `address`, or for the embedded one where it is empty.

    Raises:  NoSuchDatabase.

    >>> database("postgresql://clerk@db.example.org/purl?sslmode=verify-full", Path("var"))["HOST"]
    'db.example.org'
    """
    return _postgresql(address) if address else _embedded(folder)


def _embedded(folder: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(folder / DATABASE),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"init_command": SQLITE_PRAGMAS, "transaction_mode": "IMMEDIATE", "timeout": 20},
    }


PATIENCE_SECONDS = 5
"""So long may a page wait for a database that somebody holds, or that is away."""


def wait_briefly(chosen: dict[str, Any]) -> None:
    """Let the connections that are made from now on give up soon: a thread that waits is one less for everybody.

    For processes that serve pages. A command waits longer, as it may follow a long one.
    """
    options = chosen["OPTIONS"]
    if chosen["ENGINE"].endswith("sqlite3"):
        options["timeout"] = PATIENCE_SECONDS
        return
    options["pool"]["timeout"] = PATIENCE_SECONDS
    options.setdefault("connect_timeout", PATIENCE_SECONDS)
    options["options"] = f"{options.get('options', '')} -c lock_timeout={PATIENCE_SECONDS}s".strip()


def _postgresql(address: str) -> dict[str, Any]:
    way_out = "PLEDGELINE_DATABASE_URL must look like postgresql://user:password@host:5432/name"
    try:
        parts = urlsplit(address)
        port = parts.port
        options = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError as error:
        raise NoSuchDatabase(f"the database address cannot be read: {way_out}") from error
    if parts.scheme not in ("postgresql", "postgres"):
        raise NoSuchDatabase(f"“{parts.scheme}” is no kind of database that is known here: {way_out}")
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise NoSuchDatabase(f"the database address names no database: {way_out}")
    host = options.pop("host", "") or unquote(parts.hostname or "")
    _must_be_said_how_safe(host, options)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port or "",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}, **options},
    }


SAID = ("disable", "require", "verify-ca", "verify-full")
"""Ways of connecting that are what they say; `allow` and `prefer` give in to whoever is between."""


def _must_be_said_how_safe(host: str, options: dict[str, str]) -> None:
    """Refuse to send a password and the books over a network in a way that nobody has chosen.

    Left to itself, libpq encrypts if the server offers it, and goes on in plain text if somebody between says that it
    does not. On this machine there is nobody between.

    Raises:  NoSuchDatabase.
    """
    host = options.get("hostaddr") or host or os.environ.get("PGHOSTADDR") or os.environ.get("PGHOST", "")
    hosts = host.split(",")
    mode = options.get("sslmode") or os.environ.get("PGSSLMODE", "")
    if mode in SAID or all(name.startswith("/") or name in LOCAL for name in hosts):
        return
    said = (
        f"says sslmode={mode[:20]}, which anybody between can turn into plain text"
        if mode
        else "does not say sslmode"
    )
    raise NoSuchDatabase(
        f"the database is on another machine ({host}), and its address {said}: add ?sslmode=verify-full (with "
        "&sslrootcert=FILE, or =system, for the certificate of who signs for the server); sslmode=require encrypts and "
        "does not look who answers, sslmode=disable is for a network that is safe by itself"
    )
