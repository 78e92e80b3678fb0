"""Whether the database still keeps what was read and decided of reports: the migration installs the guards.

A text, a candidate, a decision and a use are never changed or deleted. Of a document only what is said about its
licence and its standpoint may be said anew; a claim goes on by decisions, and is never deleted.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = {
    "records_document": "document",
    "records_candidate": "candidate",
    "records_claim": "claim",
    "records_claimdecision": "decision",
    "records_claimuse": "use",
}

_GOES_ON = "claim"

WANTED = {
    "sqlite": {
        f"reports_{name}_{what}"
        for name in TABLES.values()
        for what in ("deletion", "replacement", *(() if name == _GOES_ON else ("change",)))
    },
    "postgresql": {
        f"reports_{name}_{what}"
        for name in TABLES.values()
        for what in ("stays", "whole", *(() if name == _GOES_ON else ("same",)))
    },
}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """List the guards that are gone or switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'reports_%'")
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE tgname LIKE 'reports_%' AND tgenabled = 'O' AND c.relnamespace = current_schema()::regnamespace"
            )
        there = {name for (name,) in cursor.fetchall()}
    return sorted(WANTED[connection.vendor] - there)
