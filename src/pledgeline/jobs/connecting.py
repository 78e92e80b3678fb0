"""How a worker and its children reach the database: each over one connection of its own.

A pool would keep threads beside the work, and a process that is forked must not have any. A connection is opened
when it is first used, after the fork.
"""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_NAME = "pledgeline.jobs"


def connect_alone(*, is_patient: bool) -> None:
    """Leave the connections that were inherited or are pooled, and use one.

    Who `is_patient` waits for another writer of SQLite as long as the site does. A worker is not: while it waits it
    hears nobody.
    """
    let_go()
    connections["default"].settings_dict["OPTIONS"].pop("pool", None)
    if is_patient:
        connection_created.disconnect(dispatch_uid=_NAME)
    else:
        connection_created.connect(_wait_two_seconds, dispatch_uid=_NAME)


def _wait_two_seconds(connection: BaseDatabaseWrapper, **_: object) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 2000")


def let_go() -> None:
    """Close all connections, before a fork or after an error."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()
