"""The one clock that all machines of a site share: the database's."""

from datetime import UTC, datetime

from django.db import connection

_ASKING = {
    "sqlite": "SELECT STRFTIME('%Y-%m-%d %H:%M:%f', 'NOW')",
    "postgresql": "SELECT STATEMENT_TIMESTAMP()",
}


def database_time() -> datetime:
    """Ask the database what time it is."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKING[connection.vendor])
        (said,) = cursor.fetchone()
    return datetime.fromisoformat(said).replace(tzinfo=UTC) if isinstance(said, str) else said.astimezone(UTC)
