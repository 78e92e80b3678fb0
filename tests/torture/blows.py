"""What happens to a site under siege: its processes are killed, its disk fills, its clock jumps, its database dies.

Each says whether it really came about: a blow that misses proves nothing.
"""

import contextlib
import errno
import getpass
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tests.torture.jobs import children_of
from tests.torture.kills import kill_all, start_again

LASTS_SECONDS = 3
JUMPS = (-2 * 86_400, -3_600, 70, 1_200)
"""Units: seconds."""

NOTICED = timedelta(seconds=30)
NOTICED_WITHIN = 10
"""Units: seconds. A busy site may take a while to say what time it is."""
VICTIMS = ("page worker", "page worker", "queue worker", "job")


class Missed(RuntimeError):
    """A blow did not come about; the message says which."""


class Blow(NamedTuple):
    """Something that happens to the site for a while, and whether pages are to be answered meanwhile."""

    name: str
    strike: Callable[[], contextlib.AbstractContextManager[None]]
    can_read_meanwhile: bool


def kill_one(parent: int, chance: random.Random) -> str:
    """Kill one of the processes below `up`, and say what it did; nothing where none is there."""
    below = children_of([parent])
    queue = [pid for pid in below if b"worker" in _arguments(pid)]
    living = {
        "page worker": [pid for pid in below if pid not in queue],
        "queue worker": queue,
        "job": children_of(queue),
    }
    there = [kind for kind in VICTIMS if living[kind]]
    if not there:
        return ""
    kind = chance.choice(there)
    with contextlib.suppress(ProcessLookupError):
        os.kill(chance.choice(living[kind]), signal.SIGKILL)
        return kind
    return ""


def _arguments(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


@contextlib.contextmanager
def full(disk: Path) -> Iterator[None]:
    """Leave no byte on the disk for a while."""
    filler = disk / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 2**16)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise Missed(f"the disk did not fill: {error}") from error
    try:
        yield
        time.sleep(LASTS_SECONDS)
    finally:
        filler.unlink()


def wrong_clock(folder: Path) -> tuple[Path, Path] | None:
    """Build the library that makes a clock wrong, and give it and the file that says by how much; None without cc."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    library, clock = folder / "wrong_clock.so", folder / "clock"
    source = Path(__file__).with_name("wrong_clock.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    clock.write_bytes(bytes(8))
    return library, clock


def _set(clock: Path, by: int) -> None:
    with clock.open("r+b", buffering=0) as file:  # in place: who has it mapped must never see it shorter
        file.write(by.to_bytes(8, sys.byteorder, signed=True))


@contextlib.contextmanager
def jumped(clock: Path, by: int, told: Callable[[], datetime | None]) -> Iterator[None]:
    """Let the clock of the site be wrong by so many seconds; `told` gives what the site says the time is."""
    _set(clock, by)
    try:
        yield
        began = time.monotonic()
        is_wrong = False
        while (lasts := time.monotonic() - began) < LASTS_SECONDS or (
            not is_wrong and lasts < NOTICED_WITHIN
        ):
            if (said := told()) is not None:
                is_wrong = is_wrong or abs(said - datetime.now(UTC)) > NOTICED
            time.sleep(0.2)
        if not is_wrong:
            raise Missed(f"the clock did not jump by {by} s")
    finally:
        _set(clock, 0)


@contextlib.contextmanager
def power_cut(data: Path) -> Iterator[None]:
    """Let PostgreSQL go as in a power cut, and start it again."""
    user, postmaster = data.owner(), data / "postmaster.pid"
    before = postmaster.read_text("utf-8")
    kill_all(postmaster)
    yield
    start_again(data, user if user != getpass.getuser() else None)
    if postmaster.read_text("utf-8") == before:
        raise Missed("PostgreSQL was not restarted")
