"""A database of the time before the tables began anew: every command sets it aside whole, or leaves it alone."""

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from pledgeline.operation import versions
from tests.operation.installations import SERVER, Installation
from tests.tables import copy_where_one_would_migrate

pytestmark = pytest.mark.django_db

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no file to be moved")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no schemas")

EARLIER = """
CREATE TABLE django_migrations (id integer PRIMARY KEY, app varchar(255), name varchar(255), applied timestamp);
INSERT INTO django_migrations VALUES (1, 'records', '0001_public_record', '2026-11-22 23:06:00');
INSERT INTO django_migrations VALUES (2, 'records', '0013_programme_time_zone', '2026-11-28 21:47:00');
CREATE TABLE auth_user (id integer PRIMARY KEY, username varchar(150));
INSERT INTO auth_user VALUES (1, 'olena');
CREATE TABLE books_entry (id integer PRIMARY KEY, body text);
INSERT INTO books_entry VALUES (1, 'a pledge of before');
"""


@pytest.fixture
def earlier(second: Installation, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """An installation of that time; new tables are copied, where that can be done."""
    if SERVER:
        with psycopg.connect(second.address, autocommit=True) as there:
            there.execute(EARLIER)
    else:
        monkeypatch.setattr(versions, "migrate", copy_where_one_would_migrate)
        with closing(sqlite3.connect(second.file)) as there:
            there.executescript(f"PRAGMA journal_mode = WAL; {EARLIER}")
    return second


def asides(installation: Installation) -> list[Path]:
    return sorted(installation.home.glob("before-accounts-*"))


def bodies(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as there:
        return [body for (body,) in there.execute("SELECT body FROM books_entry ORDER BY id")]


@on_sqlite
@pytest.mark.parametrize("words", [("people", "list"), ("ledger", "list"), ("upgrade",), ("record", "total")])
def test_every_command_moves_the_file_and_begins_a_new_one(earlier, words):
    done = earlier.run(*words)
    (folder,) = asides(earlier)

    assert f"It was set aside, as it was: {folder / earlier.file.name}" in done.stderr
    assert ["a pledge of before"] == bodies(folder / earlier.file.name)
    assert "set aside" not in earlier.run("people", "list").stderr
    assert 0 == earlier.run("people", "add", "ada", "--role", "reader").exit_code
    assert 1 == len(asides(earlier))


@on_sqlite
def test_what_stands_in_the_log_of_writes_goes_along(earlier):
    """As a killed site leaves it: the newest entry is in -wal alone."""
    with closing(sqlite3.connect(earlier.file)) as there:
        there.execute("INSERT INTO books_entry VALUES (2, 'the newest')")
        there.commit()
        parts = [Path(f"{earlier.file}{ending}") for ending in ("", "-wal", "-shm")]
        left = {part: part.read_bytes() for part in parts}
    for part, content in left.items():
        part.write_bytes(content)

    assert 0 == earlier.run("people", "list").exit_code
    (folder,) = asides(earlier)
    assert ["a pledge of before", "the newest"] == bodies(folder / earlier.file.name)


@on_sqlite
def test_while_an_earlier_program_runs_nothing_is_moved(earlier):
    with closing(sqlite3.connect(earlier.file)) as running:
        running.execute("SELECT * FROM books_entry").fetchall()
        refused = earlier.run("people", "list")

    assert 2 == refused.exit_code
    assert "is open in another process: stop the site" in refused.stderr
    assert [] == asides(earlier)
    assert ["a pledge of before"] == bodies(earlier.file)


def rows(address: str, statement: str) -> list[tuple]:
    with psycopg.connect(address, autocommit=True) as there:
        done = there.execute(statement)
        return done.fetchall() if done.description else []


SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'pledgeline_before%'"


@on_postgresql
def test_the_schema_gets_another_name_and_a_new_one_is_begun(earlier):
    done = earlier.run("people", "list")
    ((schema,),) = rows(earlier.address, SCHEMAS)

    assert 0 == done.exit_code, done.stderr
    assert f"It was set aside, as it was: the schema {schema} of the database {earlier.name}" in done.stderr
    assert [("a pledge of before",)] == rows(earlier.address, f"SELECT body FROM {schema}.books_entry")
    assert "set aside" not in earlier.run("people", "list").stderr
    assert 0 == earlier.run("people", "add", "ada", "--role", "reader").exit_code
    assert [("ada",)] == rows(earlier.address, "SELECT username FROM accounts_user")


@on_postgresql
def test_a_database_with_tables_of_others_stays_as_it_is(earlier):
    rows(earlier.address, "CREATE TABLE payroll (id int)")
    refused = earlier.run("people", "list")

    assert 2 == refused.exit_code
    assert "holds payroll beside: set PLEDGELINE_DATABASE_URL to an empty database" in refused.stderr
    assert [] == rows(earlier.address, SCHEMAS)
    assert [(1,)] == rows(earlier.address, "SELECT count(*) FROM books_entry")


@on_postgresql
def test_a_role_that_may_not_rename_it_says_who_may(earlier):
    name = f"site_{uuid.uuid4().hex[:12]}"
    rows(
        earlier.address,
        f"CREATE ROLE {name} LOGIN PASSWORD 'x'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}",
    )
    refused = Installation(earlier.home, earlier.name).run_as(name, "people", "list")

    assert 2 == refused.exit_code
    assert (
        "Run any command as its owner, or in psql: ALTER SCHEMA public RENAME TO pledgeline_before_"
        in refused.stderr
    )
    assert [] == rows(earlier.address, SCHEMAS)
    assert [(1,)] == rows(earlier.address, "SELECT count(*) FROM books_entry")
