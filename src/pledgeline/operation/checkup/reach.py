"""Who reaches the site, over what, and over what the site reaches its database."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import connection

from pledgeline.operation.checkup.diagnosis import Diagnosis, doubtful, fine, wrong
from pledgeline.operation.running import is_embedded

HERE = {"", "localhost", "127.0.0.1", "::1", "[::1]"}
"""Names and addresses of this machine."""


def site(_now: datetime) -> Iterator[Diagnosis]:
    """See what is said of the way to the site; it is the settings of this command's environment that are read."""
    if set(settings.ALLOWED_HOSTS) <= HERE:
        yield fine("reach", "the site answers to names of this machine only")
        return
    if settings.DEBUG:
        yield wrong("reach", "errors are shown to visitors", "unset PLEDGELINE_DEBUG")
    if "*" in settings.ALLOWED_HOSTS:
        yield doubtful(
            "reach",
            "the site answers to whatever name it is called by",
            "set PLEDGELINE_HOSTS to the names that it has",
        )
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        yield doubtful(
            "reach",
            "no proxy is trusted, so that all visitors behind one count as one, in the log and for limits",
            "set PLEDGELINE_TRUSTED_PROXIES to the address of the server in front, such as 127.0.0.1",
        )
    if settings.HTTPS:
        yield fine("reach", f"the site answers to {', '.join(settings.ALLOWED_HOSTS)}, over https")
    else:
        yield wrong(
            "reach",
            "others reach the site over plain http: passwords and sessions can be read on the way",
            "put a server that speaks https in front of it and set PLEDGELINE_HTTPS=1",
        )


def connection_to_database(_now: datetime) -> Iterator[Diagnosis]:
    """See that what goes to a PostgreSQL on another machine is encrypted, and that it is the right one."""
    said = connection.settings_dict
    if is_embedded() or said["HOST"] in HERE or said["HOST"].startswith("/"):
        yield fine("connection", "the database is on this machine")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        (is_encrypted,) = cursor.fetchone()
    if not is_encrypted:
        yield wrong(
            "connection",
            f"what goes to the database at {said['HOST']} can be read on the way",
            "add ?sslmode=verify-full to PLEDGELINE_DATABASE_URL",
        )
    elif said["OPTIONS"].get("sslmode") not in ("verify-ca", "verify-full"):
        yield doubtful(
            "connection",
            f"the way to the database at {said['HOST']} is encrypted, and nobody looks who answers there",
            "say sslmode=verify-full in PLEDGELINE_DATABASE_URL, with sslrootcert",
        )
    else:
        yield fine("connection", f"the way to the database at {said['HOST']} is encrypted and checked")
