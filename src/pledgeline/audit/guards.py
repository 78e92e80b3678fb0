"""Whether the database still keeps what was done: the guards are installed by the first migration."""

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_auditevent'"
_POSTGRESQL = (
    "SELECT tgname FROM pg_trigger "
    "WHERE tgrelid = 'audit_auditevent'::regclass AND tgenabled = 'O' AND NOT tgisinternal"
)
_WANTED = {
    "sqlite": {"audit_no_change", "audit_no_deletion", "audit_no_replacement"},
    "postgresql": {"audit_stays", "audit_whole"},
}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """List the guards that are gone or switched off."""
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)
        there = {name for (name,) in cursor.fetchall()}
    return sorted(_WANTED[connection.vendor] - there)
