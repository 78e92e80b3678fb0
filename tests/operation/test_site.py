"""`pledgeline up` over its whole life: what lies in the home when it ends, and what it does with another version."""

import os
import shutil
import signal
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.operation.installations import SERVER, Installation, Maker
from tests.operation.test_backups import backed_up, entries, rows_of
from tests.server.conftest import SOURCES, ended, free_port, port, said_until, start
from tests.server.test_up import refused
from tests.tables import restored_by_copying

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
    for path in folder.glob("copy.sqlite3*"):
        path.unlink()
    return [key for (key,) in keys]


def look_at_pages(port: int) -> None:
    """Have the workers open the database, as they do for the first page."""
    for _ in range(8):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
            answer.read()


@pytest.fixture(scope="module")
def told(maker: Maker, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What came of a site that was started, backed up, ended, killed and renewed: starting one takes long."""
    first, port, folder = maker.installed(), free_port(), tmp_path_factory.mktemp("life")
    process = start(environment(first), "--port", str(port))
    said_until(process, "Pledgeline is at")
    look_at_pages(port)
    first.write(5)
    found: dict[str, Any] = {"where": first}
    if not SERVER:
        found["written beside the file"] = Path(f"{first.file}-wal").stat().st_size
        found["newer beside it"] = refused(environment(first, is_newer=True), "--port", str(port + 1))
    backed_up(first, folder / "b.zip")
    found["restored beside it"] = first.run("restore", folder / "b.zip", "--replace")
    os.killpg(process.pid, signal.SIGTERM)
    found["ended"] = ended(process)
    if not SERVER:
        found["tables"] = rows_of(first)
        found["after a stop"] = entries_in_a_copy(first.file, folder)
    with restored_by_copying():
        found["restored then"] = first.run("restore", folder / "b.zip", "--replace")
    if not SERVER:
        found |= killed_and_renewed(first, port, folder)
        found["renewed tables"] = rows_of(first)
    return found


def killed_and_renewed(first: Installation, port: int, folder: Path) -> dict[str, Any]:
    """Kill the site, start a newer one, and end that while somebody reads in its database."""
    process = start(environment(first), "--port", str(port))
    said_until(process, "Pledgeline is at")
    look_at_pages(port)
    first.write(3, begin=5)
    os.killpg(process.pid, signal.SIGKILL)
    ended(process)
    found: dict[str, Any] = {"after a kill": entries_in_a_copy(first.file, folder)}
    process = start(environment(first, is_newer=True), "--port", str(port))
    found["renewing"] = said_until(process, "Pledgeline is at")
    found["after a start"] = entries_in_a_copy(first.file, folder)
    with closing(sqlite3.connect(first.file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM books").fetchone()
        first.write(1, begin=8)
        os.killpg(process.pid, signal.SIGINT)
        found["ended while somebody reads"] = ended(process), process.returncode
    return found


@only_sqlite
def test_after_a_stop_the_database_file_alone_has_every_entry(told: dict[str, Any]):
    assert told["written beside the file"] > 0
    assert "Stopped." in told["ended"]
    assert entries(0, 1, 2, 3, 4) == told["after a stop"]


@only_sqlite
def test_a_stop_says_so_where_the_log_could_not_be_emptied(told: dict[str, Any]):
    """Somebody reads in it for long."""
    said, code = told["ended while somebody reads"]

    assert f"The newest entries stand in {told['where'].file}-wal" in said
    assert "use `pledgeline backup`" in said
    assert 0 == code


@only_sqlite
def test_after_a_kill_the_next_start_folds_the_log_in(told: dict[str, Any]):
    assert entries(*range(8)) != told["after a kill"]
    assert entries(*range(8)) == told["after a start"]


@only_sqlite
def test_a_site_renews_its_own_database_and_keeps_a_backup_from_before(
    told: dict[str, Any], second: Installation
):
    (kept,) = (told["where"].home / "backups").iterdir()

    assert "Renewed the tables: 1 migration, up to later.0001_mark." in told["renewing"]
    assert f"The backup from before lies in {kept}." in told["renewing"]
    assert "later_mark" in told["renewed tables"]
    assert 0 == second.run("restore", kept).exit_code
    assert entries(*range(8)) == second.keys()


@only_sqlite
def test_a_newer_site_does_not_start_beside_an_older_one(told: dict[str, Any]):
    assert f"a site runs in {told['where'].home}: stop it first" in told["newer beside it"]
    assert "later_mark" not in told["tables"]


@pytest.mark.skipif(not SERVER, reason="an embedded database is renewed")
def test_a_site_does_not_renew_a_postgresql_by_itself(first: Installation, port: int):
    said = refused(environment(first, is_newer=True), "--port", str(port))

    assert "run `pledgeline upgrade`" in said
    assert "later_mark" not in rows_of(first)


def test_an_older_site_refuses_a_newer_database(first: Installation, port: int):
    assert 0 == first.run("upgrade", apps=["later"]).exit_code

    said = refused(environment(first), "--port", str(port))

    assert "was made by a newer version than this one" in said


def test_a_backup_is_made_while_a_site_runs_and_none_is_restored(told: dict[str, Any]):
    assert 2 == told["restored beside it"].exit_code
    assert "stop" in told["restored beside it"].stderr
    assert 0 == told["restored then"].exit_code
