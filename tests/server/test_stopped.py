"""What a stopped site leaves behind: one file that holds everything, for whoever copies it."""

import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.server.test_up import (  # noqa: F401
    ended,
    environment,
    port,
    pytestmark,
    said_until,
    start,
)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_the_database_file_alone_is_the_database(environment, port, tmp_path: Path, end):  # noqa: F811
    """Half a megabyte of the newest entries stood beside it, and the copy without them still verified."""
    if environment.get("PLEDGELINE_DATABASE_URL"):
        pytest.skip("the embedded database")
    process = start(environment, "--port", str(port))
    said_until(process, "Pledgeline is at")
    os.killpg(process.pid, end)
    ended(process)

    file = Path(environment["PLEDGELINE_HOME"]) / "pledgeline.sqlite3"
    log = Path(f"{file}-wal")
    assert not log.exists() or log.stat().st_size == 0
    (tmp_path / "copy.sqlite3").write_bytes(file.read_bytes())
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM records_announcementrecord").fetchone()[0] > 50
