"""Which database: the embedded one in the home folder, or a PostgreSQL by its address.

SQLite is opened so that readers never wait for a writer (WAL), a writer that cannot start says so
at once instead of half-way through (IMMEDIATE), what was acknowledged outlives a power cut (FULL), what
is deleted is overwritten, and references are checked.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from pledgeline.server.home import DATABASE

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
)


class NoSuchDatabase(ValueError):
    """The address cannot be used; the message says why, in one line and without the password."""


def database(address: str, folder: Path) -> dict[str, Any]:
    """Give Django's settings for the database at `address`, or for the embedded one where it is empty.

    Raises:  NoSuchDatabase.

    >>> database("postgresql://clerk@db.example.org/purl", Path("var"))["HOST"]
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
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": port or "",
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}, **options},
    }
