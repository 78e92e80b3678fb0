"""`pledgeline doctor` finds what is wrong with an installation, and names the way out."""

import json
import os
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from pledgeline.actions.verification import verify_books
from pledgeline.jobs import asking
from pledgeline.operation import checkup
from pledgeline.operation.checkup import files, reach
from pledgeline.operation.checkup.diagnosis import Diagnosis
from pledgeline.records.books import StoredBooks
from tests.operation.installations import SERVER, Installation
from tests.operation.test_backups import backed_up, rows_of
from tests.torture import stage
from tests.working import worked_off

pytestmark = pytest.mark.django_db

Found = dict[str, list[tuple[str | None, str, str | None]]]


@pytest.fixture(autouse=True)
def at_home(settings: Any) -> None:
    """Take away the name that the tests themselves add."""
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]


def examined(installation: Installation, *apps: str) -> tuple[int, Found]:
    done = installation.run("doctor", "--json", apps=apps)
    found: Found = {}
    for diagnosis in json.loads(done.stdout):
        found.setdefault(diagnosis["about"], []).append(
            (diagnosis["severity"], diagnosis["found"], diagnosis["way_out"])
        )
    return done.exit_code, found


@pytest.fixture
def kept(first: Installation, tmp_path: Path) -> Installation:
    """An installation that is looked after: a key, a checkpoint, a backup of today."""
    first.write(1)
    (first.home / "books.key").touch(mode=0o600)
    with first.entered():
        from pledgeline.actions.books import give_checkpoint

        give_checkpoint(stage.SLUG)
    backed_up(first, tmp_path / "b.zip")
    return first


def test_nothing_is_wrong_with_an_installation_that_is_looked_after(kept: Installation):
    before = rows_of(kept)

    code, found = examined(kept)

    assert (0, set()) == (
        code,
        {diagnosis[0] for diagnoses in found.values() for diagnosis in diagnoses} - {None},
    )
    assert {
        "files",
        "keys",
        "space",
        "reach",
        "database",
        "version",
        "clock",
        "guards",
        "backup",
    } <= found.keys()
    assert before == rows_of(kept)


def test_what_is_said_to_people_ends_with_a_count(first: Installation):
    done = first.run("doctor")

    assert 0 == done.exit_code
    assert (
        "warning  backup: no backup was made from here\n         run `pledgeline backup FILE`" in done.stdout
    )
    assert done.stdout.endswith("0 errors, 2 warnings.\n")


@pytest.mark.skipif(os.name == "nt", reason="there, rights are inherited from the user's folder")
def test_files_that_are_open(kept: Installation):
    kept.home.chmod(0o755)
    (kept.home / "books.key").chmod(0o640)

    code, found = examined(kept)

    assert 1 == code
    assert [
        ("error", f"{path} is open to other accounts of this machine", f"chmod go= {path}")
        for path in (kept.home, kept.home / "books.key")
    ] == found["files"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a file away")
def test_files_of_another_account(kept: Installation):
    os.chown(kept.home / "secret-key", 65534, 65534)

    code, found = examined(kept)

    assert ("warning", 0) == (found["owner"][0][0], code)
    assert f"{kept.home / 'secret-key'} belongs to nobody" in found["owner"][0][1]
    assert "sudo -u nobody" in str(found["owner"][0][2])


@pytest.mark.parametrize(
    ("free", "severity"), [(7_999_999, "error"), (999_999_999, "warning"), (2_000_000_000, None)]
)
def test_a_disk_that_is_nearly_full(
    kept: Installation, monkeypatch: pytest.MonkeyPatch, free: int, severity: str | None
):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(files.shutil, "disk_usage", lambda _: usage(free))

    assert severity == examined(kept)[1]["space"][0][0]


def test_tables_of_another_version(kept: Installation):
    code, found = examined(kept, "later")
    assert (1, "error") == (code, found["version"][0][0])
    assert "`pledgeline upgrade`" in str(found["version"][0][2])

    assert 0 == kept.run("upgrade", apps=["later"]).exit_code
    code, found = examined(kept)
    assert (1, "error") == (code, found["version"][0][0])
    assert "was made by a newer version" in found["version"][0][1]


def test_no_database_yet(second: Installation):
    if SERVER:
        code, found = examined(second)
        assert (1, "there are no tables yet") == (code, found["version"][0][1])
    else:
        code, found = examined(second)
        assert (1, "there is no database yet") == (code, found["database"][0][1])
        assert not second.file.exists()


def test_a_database_that_does_not_answer(kept: Installation, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pledgeline.operation.readiness.parts", lambda: {"database": "connection refused"})

    code, found = examined(kept)

    assert 1 == code
    assert "the database does not answer: connection refused" == found["database"][0][1]
    assert "version" not in found


def test_a_clock_that_was_set_back(kept: Installation, monkeypatch: pytest.MonkeyPatch):
    earlier = datetime.now(UTC) - timedelta(days=2)
    monkeypatch.setattr("pledgeline.operation.checkup.database.timezone.now", lambda: earlier)

    code, found = examined(kept)

    assert (1, "error") == (code, found["clock"][0][0])
    assert "the clock of this machine was set back" in found["clock"][0][1]


@pytest.mark.skipif(not SERVER, reason="the clock of SQLite is the machine's")
@pytest.mark.parametrize(("apart", "severity"), [(3, "warning"), (60, "error")])
def test_clocks_that_are_apart(
    kept: Installation, monkeypatch: pytest.MonkeyPatch, apart: int, severity: str
):
    monkeypatch.setattr(
        "pledgeline.operation.checkup.database.timezone.now",
        lambda: datetime.now(UTC) + timedelta(seconds=apart),
    )

    found = examined(kept)[1]["clock"][0]

    assert (severity, f"the clocks of this machine and of the database are {apart} s apart") == found[:2]


def test_a_guard_that_is_gone(kept: Installation):
    with kept.entered(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER books_seal_stays{' ON books_seal' if SERVER else ''}")

    code, found = examined(kept)

    assert (1, "error") == (code, found["guards"][0][0])
    assert "the guard books_seal_stays is not in place" in found["guards"][0][1]


def test_a_backup_and_a_checkpoint_that_are_old(kept: Installation):
    kept.write(1, begin=1)
    with kept.entered():
        found = {
            diagnosis.about: diagnosis
            for diagnosis in checkup.check_up(datetime.now(UTC) + timedelta(days=40))
        }

    assert "the last backup was made 40 days ago" in found["backup"].found
    assert "given 40 days ago, 1 entries before the newest" in found["checkpoints"].found
    assert {"warning"} == {str(found[about].severity) for about in ("backup", "checkpoints")}


def test_what_the_night_found(kept: Installation, monkeypatch: pytest.MonkeyPatch):
    with kept.entered():
        asking.ask(verify_books, programme=stage.SLUG)
        worked_off()
        fine = of_the_night()
        report = stage.stored().verify()
        monkeypatch.setattr(
            StoredBooks, "verify", lambda *_, **__: report._replace(problems=("entry 2 was changed",))
        )
        asking.ask(verify_books, programme=stage.SLUG)
        worked_off()
        wrong = of_the_night()

    assert (None, True) == (fine.severity, "were verified on" in fine.found)
    assert "error" == str(wrong.severity)
    assert wrong.found.startswith(f"the books of {stage.SLUG} were not verified on ")
    assert wrong.found.endswith(": entry 2 was changed")


def of_the_night() -> Diagnosis:
    return next(
        diagnosis for diagnosis in checkup.check_up(datetime.now(UTC)) if diagnosis.about == "verification"
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"ALLOWED_HOSTS": ["localhost", "127.0.0.1"], "HTTPS": False, "DEBUG": True}, [None]),
        ({"HTTPS": True}, [None]),
        ({"HTTPS": True, "TRUSTED_PROXIES": ()}, ["warning", None]),
        ({"HTTPS": False}, ["error"]),
        ({"HTTPS": True, "ALLOWED_HOSTS": ["*"]}, ["warning", None]),
        ({"HTTPS": True, "DEBUG": True}, ["error", None]),
    ],
)
def test_how_the_site_is_reached(settings: Any, said: dict[str, Any], expected: list[str | None]):
    usual = {"ALLOWED_HOSTS": ["pledge.example.org", "localhost"], "TRUSTED_PROXIES": ("127.0.0.1",)}
    for name, value in {**usual, **said}.items():
        setattr(settings, name, value)

    assert expected == [
        diagnosis.severity and str(diagnosis.severity) for diagnosis in reach.site(datetime.now(UTC))
    ]
