"""What an installation keeps is for its own account; what was open before is closed at the next start."""

import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pledgeline.operation import private_files
from pledgeline.server.keys import secret_keys

pytestmark = [
    pytest.mark.any_database,
    pytest.mark.skipif(os.name == "nt", reason="there, rights are inherited from the user's folder"),
]

NOBODY = 65534
READ_SESSIONS = (
    "import sqlite3, sys; "
    "print(sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True)"
    ".execute('SELECT count(*) FROM accounts_session').fetchone())"
)


def command(home: Path, *words: str, umask: int = 0o022) -> subprocess.CompletedProcess[str]:
    """Run a command of an installation as an account whose files everybody may read, as is usual."""
    return subprocess.run(
        [sys.executable, "-m", "pledgeline", *words],
        env={**os.environ, "PLEDGELINE_HOME": str(home), "PLEDGELINE_DATABASE_URL": ""},
        umask=umask,
        capture_output=True,
        text=True,
        check=True,
    )


def rights(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


@pytest.fixture
def home() -> Iterator[Path]:
    """A home in a folder that every account can enter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder / "home"


@pytest.fixture
def kept(home: Path, begin_home: Callable[[Path], None]) -> Path:
    """One in which an installation is kept already."""
    begin_home(home)
    secret_keys(home)
    return home


def test_a_new_installation_is_begun_with_a_word_and_is_for_its_owner_alone(home: Path):
    first, second = (command(home, "ledger", "list", "--json", umask=0) for _ in range(2))

    assert (f"A new database was begun: {home / 'pledgeline.sqlite3'}\n", "") == (first.stderr, second.stderr)
    assert "[]\n" == first.stdout == second.stdout
    assert "0o700" == rights(home)
    assert {"pledgeline.sqlite3": "0o600", "secret-key": "0o600"} == {
        path.name: rights(path) for path in home.iterdir()
    }


def test_what_was_open_is_closed_at_the_next_start_and_said_once(kept: Path):
    home = kept
    (home / "books.key").write_text(f"books {'00' * 32}\n")
    with closing(sqlite3.connect(home / "pledgeline.sqlite3")) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("SELECT count(*) FROM accounts_session").fetchone()
        home.chmod(0o755)
        for path in home.iterdir():
            path.chmod(0o644)
        assert {"-wal", "-shm"} <= {path.name.removeprefix("pledgeline.sqlite3") for path in home.iterdir()}
        first, second = command(home, "ledger", "list"), command(home, "ledger", "list")
        found = {path.name: rights(path) for path in home.iterdir()}

    assert f"pledgeline: {home} and 5 more could be read by other accounts" in first.stderr
    assert 1 == len(first.stderr.splitlines())
    assert "" == second.stderr
    assert "0o700" == rights(home)
    assert {"0o600"} == set(found.values())


def test_a_folder_that_may_be_somebody_elses_keeps_its_rights_and_our_files_are_closed(kept: Path):
    """`PLEDGELINE_HOME=/var/lib`, said by root, must not shut everybody out of `/var/lib`."""
    home = kept
    (home / "postgresql").mkdir(mode=0o755)
    (home / "notes.txt").write_text("theirs")
    for path in home.iterdir():
        path.chmod(0o755)
    home.chmod(0o755)

    command(home, "ledger", "list")

    assert {
        "pledgeline.sqlite3": "0o700",
        "secret-key": "0o700",
        "postgresql": "0o755",
        "notes.txt": "0o755",
    } == {path.name: rights(path) for path in home.iterdir()}
    assert "0o755" == rights(home)


def test_a_folder_of_everybody_keeps_its_rights(tmp_path: Path):
    tmp_path.chmod(0o1777)
    (tmp_path / "pledgeline.sqlite3").touch()
    (tmp_path / "pledgeline.sqlite3").chmod(0o644)

    assert ([tmp_path / "pledgeline.sqlite3"], []) == private_files.close(tmp_path)
    assert "0o1777" == rights(tmp_path)


def test_a_link_is_not_followed_to_files_elsewhere(tmp_path: Path):
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "elsewhere").touch()
    (tmp_path / "elsewhere").chmod(0o644)
    (tmp_path / "home" / "books.key").symlink_to(tmp_path / "elsewhere")

    assert ([], []) == private_files.close(tmp_path / "home")
    assert "0o644" == rights(tmp_path / "elsewhere")


def test_a_file_that_somebody_asks_for_has_the_rights_of_any_new_file(kept: Path, tmp_path: Path):
    (tmp_path / "events.json").write_text('{"events": []}')

    command(
        kept,
        *("ledger", "export", "--events", str(tmp_path / "events.json"), "--out", str(tmp_path / "books")),
        umask=0o027,
    )

    assert "0o640" == rights(tmp_path / "books")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be another account"
)
@pytest.mark.parametrize("was_open", [False, True])
def test_another_account_of_the_machine_reads_nothing(kept: Path, was_open: bool):
    home = kept
    if was_open:
        home.chmod(0o755)
        for path in home.iterdir():
            path.chmod(0o644)
        command(home, "ledger", "list")

    tried = subprocess.run(
        ["/usr/bin/env", "python3", "-c", READ_SESSIONS, str(home / "pledgeline.sqlite3")],
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )

    assert "unable to open database file" in tried.stderr
    assert "" == tried.stdout
