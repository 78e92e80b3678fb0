"""`/readyz` says ready only where an entry could be made, and says no more to strangers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from pledgeline.operation import readiness
from pledgeline.server import health
from tests.operation.installations import SERVER, Installation

pytestmark = pytest.mark.django_db

only_sqlite = pytest.mark.skipif(bool(SERVER), reason="how much room a PostgreSQL has is not known here")


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    health.forget()
    yield
    health.forget()


def asked(token: str = "") -> tuple[int, dict[str, Any]]:
    headers = {"host": "localhost", **({"authorization": f"Bearer {token}"} if token else {})}
    answer = Client(headers=headers).get("/readyz")
    said: dict[str, Any] = answer.json()
    return answer.status_code, said


def test_a_new_installation_is_ready(first: Installation):
    with first.entered():
        assert (200, {"ready": True}) == asked()


@pytest.mark.parametrize(
    ("apps", "before", "words"),
    [
        (["later"], [], "the tables are of an older version"),
        ([], ["later"], "the database was made by a newer version"),
    ],
)
def test_tables_of_another_version_are_not_ready(
    first: Installation, settings: Any, apps: list[str], before: list[str], words: str
):
    settings.METRICS_TOKEN = "for those who watch"
    if before:
        assert 0 == first.run("upgrade", apps=before).exit_code

    with first.entered(*apps):
        assert (503, {"ready": False}) == asked()
        status, said = asked("for those who watch")

    assert (503, "ok", "ok") == (status, said["parts"]["database"], said["parts"]["writing"])
    assert words in said["parts"]["tables"]


def test_a_database_without_tables_is_not_ready(second: Installation):
    with second.entered():
        assert "there are no tables yet" in readiness.parts()["tables"]
        assert 503 == asked()[0]


def test_a_database_that_does_not_answer_is_not_ready(first: Installation, settings: Any):
    settings.METRICS_TOKEN = "for those who watch"
    with first.entered():
        from django.db import connection

        connection.close()
        connection.settings_dict["NAME"] = "no_such_database" if SERVER else str(first.home / "no" / "such")
        assert (503, {"ready": False}) == asked()
        _, said = asked("for those who watch")

    assert {"tables", "writing"} == {name for name, why in said["parts"].items() if "not looked at" in why}
    assert said["parts"]["database"] not in ("", "ok")


def test_a_database_that_only_lets_read_is_not_ready(first: Installation):
    """A disk that turned read-only, a replica."""
    with first.entered():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY" if SERVER else "PRAGMA query_only = ON"
            )
        assert "read" in readiness.parts()["writing"]
        assert 503 == asked()[0]


@only_sqlite
def test_a_database_that_another_has_locked_is_not_ready_and_nobody_waits_for_long(
    first: Installation, monkeypatch: pytest.MonkeyPatch
):
    import sqlite3

    monkeypatch.setattr(readiness, "PATIENCE_MS", 50)
    with first.entered(), closing(sqlite3.connect(first.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "database is locked" == readiness.parts()["writing"]
        other.execute("ROLLBACK")
        assert "" == readiness.parts()["writing"]
        from django.db import connection

        with connection.cursor() as cursor:
            assert (20_000,) == cursor.execute("PRAGMA busy_timeout").fetchone()


@only_sqlite
def test_a_disk_that_is_nearly_full_is_not_ready(first: Installation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(readiness.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 7_999_999}))

    with first.entered():
        assert "7,999,999 bytes are free" in readiness.parts()["space"]
        assert (503, {"ready": False}) == asked()


def fill(path: Path) -> None:
    with open(path, "wb") as file:
        while True:
            file.write(b"x" * 100_000)


@only_sqlite
@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is made as on Linux")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a disk")
def test_a_full_disk_is_not_ready_and_one_with_room_again_is(first: Installation, tmp_path: Path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.call(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(disk)]):
        pytest.skip("nothing can be mounted here")
    try:
        for path in first.home.iterdir():
            (disk / path.name).write_bytes(path.read_bytes())
        there = Installation(disk, first.name)
        with there.entered():
            assert (200, {"ready": True}) == asked()
            with pytest.raises(OSError, match="No space left"):
                fill(disk / "filler")
            health.forget()
            assert (503, {"ready": False}) == asked()
            (disk / "filler").unlink()
            health.forget()
            assert (200, {"ready": True}) == asked()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("token", ["", "wrong", "ключ"])
def test_strangers_hear_no_more_than_ready_or_not(first: Installation, settings: Any, token: str):
    with first.entered():
        for wanted in ("", "for those who watch"):
            settings.METRICS_TOKEN = wanted
            assert {"ready"} == asked(token)[1].keys()


def test_looking_leaves_nothing(first: Installation):
    from tests.operation.test_backups import rows_of

    before, files = rows_of(first), {path.name for path in first.home.iterdir()}
    with first.entered():
        asked()

    assert before == rows_of(first)
    assert files == {path.name for path in first.home.iterdir()}


def test_what_is_wrong_is_logged_once(
    first: Installation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(health, "KNOWN_SECONDS", -1)
    found = [{"space": "full"}, {"space": "full"}, {"space": ""}, {"space": ""}]
    monkeypatch.setattr(health.readiness, "parts", lambda: found.pop(0))
    caplog.set_level("INFO", "pledgeline.health")

    assert [503, 503, 200, 200] == [asked()[0] for _ in range(4)]
    said = [record.getMessage() for record in caplog.records if record.name == "pledgeline.health"]
    assert ["not ready: space: full", "ready again"] == said
