"""Which database the tests run on: SQLite, or a real PostgreSQL that is started for them.

`PLEDGELINE_TEST_DATABASE` is `sqlite` (as it is without it) or `postgresql`. The PostgreSQL comes from
a wheel and lives in a temporary folder; `PLEDGELINE_TEST_DATABASE_URL` names a running one instead.

What PostgreSQL could do otherwise is tried on both: tables, guards, locks, jobs, actions, readings. The doors ask
the database through those rooms, and run on the embedded one, but for what is marked `both_databases`.

This is a plugin and no `conftest.py` because the settings read the environment when they are
imported, which happens before any `conftest.py` is. The controller of `-n 2` starts the server;
its workers inherit the address, and each makes a database of its own.
"""

import atexit
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.postgresql import NotHere, drop_tables, hurry, start_postgresql, version_of

WANTED = os.environ.get("PLEDGELINE_TEST_DATABASE", "sqlite")


def _prepare() -> str:
    """Set the environment that the settings read, and say what was chosen."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return ""
    folder = Path(tempfile.mkdtemp(prefix="pledgeline-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["PLEDGELINE_HOME"] = str(folder)
    os.environ["PLEDGELINE_RATE_LIMITS"] = "0"  # a run of tests asks more often than an office
    os.environ.pop("PLEDGELINE_DATABASE_URL", None)
    if WANTED == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    if WANTED != "postgresql":
        sys.exit(f"PLEDGELINE_TEST_DATABASE is “{WANTED}”: set it to sqlite or postgresql")
    address = os.environ.get("PLEDGELINE_TEST_DATABASE_URL", "")
    started = not address
    if started:
        try:
            address = start_postgresql(folder)
        except NotHere as refused:
            sys.exit(str(refused))
        hurry(address)
    else:
        atexit.register(drop_tables, address)
    os.environ["PLEDGELINE_DATABASE_URL"] = address
    return f"PostgreSQL {version_of(address)}, {'started for this run' if started else 'already running'}"


CHOSEN = _prepare()

DOORS = {"api", "cli", "web"}
"""Rooms that leave the database to those below them: their tests run on the embedded one, unless they say otherwise."""

TESTS = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the tests of doors to the embedded database; none that commits, or is marked to run on both."""
    for item in items:
        if not item.path.is_relative_to(TESTS) or item.path.relative_to(TESTS).parts[0] not in DOORS:
            continue
        stored = item.get_closest_marker("django_db")
        commits = stored is not None and stored.kwargs.get("transaction")
        if not commits and not item.get_closest_marker("both_databases"):
            item.add_marker("any_database")


def pytest_report_header() -> str:
    return f"database: {CHOSEN}"


@pytest.fixture(scope="session", autouse=True)
def what_was_done_goes_with_the_test() -> Iterator[None]:
    """Let the tables be emptied after a test that committed: the database refuses to empty those that it guards."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", _flush_without_guards)
        yield


@pytest.fixture(autouse=True)
def versions_go_with_the_test() -> Iterator[None]:
    """Let no register be remembered with versions that are taken back: the next test gives their numbers again."""
    yield
    register = sys.modules.get("pledgeline.records.register")
    remembered = register._newest if register is not None else {}
    for programmes, (newest, _seen) in list(remembered.items()):
        if newest is not None:
            del remembered[programmes]


@pytest.fixture(scope="session", autouse=True)
def passwords_are_hashed_quickly() -> Iterator[None]:
    """Let no test wait half a second for each password: that they are hashed slowly is tried by itself."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def contexts_are_kept_of_pages_alone() -> Iterator[None]:
    """Let an answer have the context of its page: that of each of its parts would be copied, and nobody asks for it."""
    from django.test import client

    keep = client.store_rendered_templates

    def keep_of_page(store: Any, signal: Any, sender: Any, template: Any, context: Any, **more: Any) -> None:
        if context.template is template:
            keep(store, signal, sender, template, context, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "store_rendered_templates", keep_of_page)
        yield


def _flush_without_guards(operations: Any, statements: list[str]) -> None:
    from django.db import transaction

    with transaction.atomic(), operations.connection.cursor() as cursor:
        if operations.connection.vendor == "postgresql":
            cursor.execute(
                "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE NOT tgisinternal"
            )
            tables = [table for (table,) in cursor.fetchall()]
            off, on = (
                [f"ALTER TABLE {table} {turn} TRIGGER USER" for table in tables]
                for turn in ("DISABLE", "ENABLE")
            )
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            guards = dict(cursor.fetchall())
            off, on = [f"DROP TRIGGER {name}" for name in guards], list(guards.values())
        for statement in (*off, *statements, *on):
            cursor.execute(statement)
