"""`pledgeline up` over its whole life: what lies in the home when it ends, and what it does with another version."""

import os
import shutil
import signal
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from tests.operation.installations import SERVER, Installation
from tests.operation.test_backups import backed_up, entries, rows_of
from tests.server.test_up import SOURCES, ended, port, refused, said_until, start

__all__ = ["port"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(os.name == "nt", reason="signals are sent as on Linux and macOS"),
]

only_sqlite = pytest.mark.skipif(bool(SERVER), reason="PostgreSQL keeps its files itself")
ROOT = SOURCES.parent


def environment(installation: Installation, *, is_newer: bool = False) -> dict[str, str]:
    settings = "tests.operation.later_settings" if is_newer else "pledgeline.server.settings"
    return {
        **installation.environment,
        "PYTHONPATH": f"{SOURCES}{os.pathsep}{ROOT}",
        "DJANGO_SETTINGS_MODULE": settings,
    }


def entries_in_a_copy(file: Path, folder: Path) -> list[str]:
    """Copy the one file, as people do, and read what is in the copy."""
    copy = Path(shutil.copyfile(file, folder / "copy.sqlite3"))
    with closing(sqlite3.connect(copy)) as database:
        keys = database.execute(
            "SELECT key FROM books_entry WHERE length(key) < 4 AND key GLOB 'e[0-9]*' ORDER BY id"
        ).fetchall()
    for each in folder.glob("copy.sqlite3*"):
        each.unlink()
    return [key for (key,) in keys]


def look_at_pages(port: int) -> None:
    """Have the workers open the database, as they do for the first page."""
    for _ in range(8):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            answer.read()


@only_sqlite
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_after_a_stop_the_database_file_alone_has_every_entry(
    first: Installation, port: int, tmp_path: Path, end: signal.Signals
):
    process = start(environment(first), "--port", str(port))
    said_until(process, "Pledgeline is at")
    look_at_pages(port)
    first.write(5)
    assert Path(f"{first.file}-wal").stat().st_size > 0

    os.killpg(process.pid, end)
    assert "Stopped." in ended(process)

    assert entries(0, 1, 2, 3, 4) == entries_in_a_copy(first.file, tmp_path)


@only_sqlite
def test_a_stop_says_so_where_the_log_could_not_be_emptied(first: Installation, port: int):
    """Somebody reads in it for long."""
    process = start(environment(first), "--port", str(port))
    said_until(process, "Pledgeline is at")
    with closing(sqlite3.connect(first.file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM books").fetchone()
        first.write(1)
        os.killpg(process.pid, signal.SIGINT)
        said = ended(process)

    assert f"The newest entries stand in {first.file}-wal" in said
    assert "use `pledgeline backup`" in said
    assert 0 == process.returncode


@only_sqlite
def test_after_a_kill_the_next_start_folds_the_log_in(first: Installation, port: int, tmp_path: Path):
    process = start(environment(first), "--port", str(port))
    said_until(process, "Pledgeline is at")
    look_at_pages(port)
    first.write(5)
    os.killpg(process.pid, signal.SIGKILL)
    ended(process)
    assert entries(0, 1, 2, 3, 4) != entries_in_a_copy(first.file, tmp_path)

    process = start(environment(first), "--port", str(port))
    said_until(process, "Pledgeline is at")
    found = entries_in_a_copy(first.file, tmp_path)
    os.killpg(process.pid, signal.SIGINT)
    ended(process)

    assert entries(0, 1, 2, 3, 4) == found


@only_sqlite
def test_a_site_renews_its_own_database_and_keeps_a_backup_from_before(
    first: Installation, second: Installation, port: int
):
    first.write(2)

    process = start(environment(first, is_newer=True), "--port", str(port))
    said = said_until(process, "Pledgeline is at")
    os.killpg(process.pid, signal.SIGINT)
    ended(process)

    assert "Renewed the tables: 1 migration, up to later.0001_mark." in said
    assert "later_mark" in rows_of(first)
    (kept,) = (first.home / "backups").iterdir()
    assert f"The backup from before lies in {kept}." in said
    assert 0 == second.run("restore", kept).exit_code
    assert entries(0, 1) == second.keys()


@only_sqlite
def test_a_newer_site_does_not_start_beside_an_older_one(first: Installation, port: int):
    process = start(environment(first), "--port", str(port))
    said_until(process, "Pledgeline is at")

    said = refused(environment(first, is_newer=True), "--port", str(port + 1))
    os.killpg(process.pid, signal.SIGINT)
    ended(process)

    assert f"a site runs in {first.home}: stop it first" in said
    assert "later_mark" not in rows_of(first)


@pytest.mark.skipif(not SERVER, reason="an embedded database is renewed")
def test_a_site_does_not_renew_a_postgresql_by_itself(first: Installation, port: int):
    said = refused(environment(first, is_newer=True), "--port", str(port))

    assert "run `pledgeline upgrade`" in said
    assert "later_mark" not in rows_of(first)


def test_an_older_site_refuses_a_newer_database(first: Installation, port: int):
    assert 0 == first.run("upgrade", apps=["later"]).exit_code

    said = refused(environment(first), "--port", str(port))

    assert "was made by a newer version than this one" in said


def test_a_backup_is_made_while_a_site_runs_and_none_is_restored(
    first: Installation, port: int, tmp_path: Path
):
    process = start(environment(first), "--port", str(port))
    said_until(process, "Pledgeline is at")
    look_at_pages(port)
    backed_up(first, tmp_path / "b.zip")

    done = first.run("restore", tmp_path / "b.zip", "--replace")
    os.killpg(process.pid, signal.SIGINT)
    ended(process)

    assert 2 == done.exit_code
    assert "stop" in done.stderr
    assert 0 == first.run("restore", tmp_path / "b.zip", "--replace").exit_code
