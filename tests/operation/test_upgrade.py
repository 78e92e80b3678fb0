"""A new version renews the tables when it is told to, rehearsed and with a backup kept; an old one refuses."""

from pathlib import Path

import pytest
from django.db import connection

from pledgeline.operation.running import site_lock
from tests.operation.installations import SERVER, Installation
from tests.operation.test_backups import acts, entries, manifest_of, rows_of

pytestmark = pytest.mark.django_db


def backups_of(installation: Installation) -> list[Path]:
    return sorted((installation.home / "backups").glob("*"))


def test_nothing_is_done_where_nothing_waits(first: Installation):
    done = first.run("upgrade")

    assert (0, "The tables are as this version needs them: nothing was to be done.\n") == (
        done.exit_code,
        done.stdout,
    )
    assert not (first.home / "backups").exists()


def test_tables_are_renewed_and_the_way_back_is_kept(first: Installation, second: Installation):
    first.write(2)
    before = rows_of(first)

    done = first.run("upgrade", apps=["later"])

    assert 0 == done.exit_code, done.output
    assert "Waiting: later.0001_mark.\nRenewed the tables: 1 migration, up to" in done.stdout
    (kept,) = backups_of(first)
    assert f"The backup from before lies in {kept}." in done.stdout
    assert before == {name: table["rows"] for name, table in manifest_of(kept)["tables"].items()}
    assert "later_mark" in rows_of(first)
    assert ["tables-renewed"] == acts(first, apps=["later"])[-1:]
    first.write(1, begin=2)
    assert entries(0, 1, 2) == first.keys()
    assert 0 == second.run("restore", kept).exit_code  # by the older program
    assert entries(0, 1) == second.keys()
    assert "later_mark" not in rows_of(second)


@pytest.mark.parametrize(
    "words", [("ledger", "balances"), ("ledger", "list"), ("people", "list"), ("backup", "b.zip")]
)
def test_no_other_command_of_a_newer_version_renews_the_tables(
    first: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
):
    monkeypatch.chdir(tmp_path)

    done = first.run(*words, apps=["later"])

    assert 2 == done.exit_code
    assert "later.0001_mark waits. Stop the site and run `pledgeline upgrade`" in done.stderr
    assert "later_mark" not in rows_of(first)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "words", [("ledger", "balances"), ("people", "list"), ("upgrade",), ("backup", "b.zip")]
)
def test_an_older_version_refuses_a_newer_database(
    first: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
):
    monkeypatch.chdir(tmp_path)
    assert 0 == first.run("upgrade", apps=["later"]).exit_code

    done = first.run(*words)

    assert 2 == done.exit_code
    assert "was made by a newer version than this one, 0.1.0" in done.stderr
    assert "later.0001_mark, unknown here. Install that version again, or restore" in done.stderr


def test_a_rehearsal_that_fails_changes_nothing(first: Installation):
    first.write(1)
    before = rows_of(first)

    done = first.run("upgrade", apps=["later", "broken"])

    assert 1 == done.exit_code
    assert "the rehearsal failed, and nothing was changed: ValueError: this table has rows" in done.stderr
    assert before == rows_of(first)
    assert [] == backups_of(first)
    assert entries(0) == first.keys()


def test_books_that_do_not_verify_are_found_in_the_rehearsal(first: Installation):
    first.write(1)
    with first.entered(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER books_seal_stays{' ON books_seal' if SERVER else ''}")

    done = first.run("upgrade", apps=["later"])

    assert 1 == done.exit_code
    assert "the guard books_seal_stays is not in place" in done.stderr
    assert "later_mark" not in rows_of(first)


def test_nothing_is_renewed_under_a_running_site(first: Installation):
    if SERVER:
        import psycopg

        with psycopg.connect(first.address):
            done = first.run("upgrade", apps=["later"])
    else:
        with first.entered(), site_lock():
            done = first.run("upgrade", apps=["later"])

    assert 2 == done.exit_code
    assert "stop " in done.stderr
    assert "later_mark" not in rows_of(first)


@pytest.mark.skipif(not SERVER, reason="SQLite has no roles")
def test_the_role_of_the_site_gets_its_rights_on_new_tables(first: Installation):
    role = f"site_{first.name}"
    with first.entered(), connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} LOGIN")
    assert 0 == first.run("rights", role).exit_code

    assert 0 == first.run("upgrade", apps=["later"]).exit_code

    with first.entered(), connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'later_mark', 'INSERT')", [role])
        assert (True,) == cursor.fetchone()
        cursor.execute(f"DROP OWNED BY {role}")
        cursor.execute(f"DROP ROLE {role}")


def test_every_migration_of_ours_can_be_rehearsed():
    """PostgreSQL takes back what was done in a transaction, and nothing else."""
    from django.db.migrations.loader import MigrationLoader

    assert [] == [name for name, value in MigrationLoader(None).disk_migrations.items() if not value.atomic]
