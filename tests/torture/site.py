"""The site under a crowd while all around it fails: `site [sqlite|postgresql] [MINUTES] [CLIENTS] [KILLS]`.

A hundred people read pages and enter pledges over HTTP. Meanwhile workers are killed, now and then the whole
program; the disk fills; the clock jumps; PostgreSQL restarts. What was acknowledged has to be there in the end,
once; the site has to answer within five seconds after each blow; no page may take two seconds in the median.

The disk fills where this may mount a small one (root, on Linux), the clock jumps where libfaketime is there;
what was left out is said.
"""

import contextlib
import getpass
import http.client
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.postgresql import start_postgresql
from tests.torture import stage
from tests.torture.kills import kill_all, start_again
from tests.torture.visitors import Seen, Visitor, enter_pledges, read_pages

DISK_MEGABYTES = 400
ANSWERS_AGAIN_SECONDS = 5.0
SLOWEST_MEDIAN_SECONDS = 2.0
JUMPS = ("-2d", "-1h", "+70s", "+20m")
WRITERS = 5
"""One of so many people enters pledges; the others read."""

_FAKETIME = (
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
)


class Site:
    """`pledgeline up`, started again by whoever watches it, as a service manager would."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port: int = trial.getsockname()[1]
        self.environment, self.log = environment, log
        self.process = self._begin()

    def _begin(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "pledgeline", "up", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def watch(self, done: threading.Event) -> None:
        """Start it again whenever it has ended."""
        while not done.wait(0.1):
            if self.process.poll() is not None:
                self.process = self._begin()

    def workers(self) -> list[int]:
        """Give the processes below the program, their processes included."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True)
        return [int(pid) for pid in found.stdout.split()]

    def answers_within(self, seconds: float) -> float | None:
        """Give after how long a page came; None where none did in that time."""
        began = time.monotonic()
        while (took := time.monotonic() - began) < seconds:
            with contextlib.suppress(OSError, http.client.HTTPException):
                visitor = Visitor(self.port)
                if visitor.ask("GET", f"/{stage.SLUG}/").status == 200:
                    return time.monotonic() - began
            time.sleep(0.05)
        return None if took else 0.0

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=30)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


# ---- blows ----


class Blow(NamedTuple):
    """Something that happens to the site, and how long it lasts until all is as it should be."""

    name: str
    strike: Callable[[], None]


def fill(disk: Path, seconds: float) -> None:
    """Leave no byte on the disk for a while."""
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 2**16)
    time.sleep(seconds)
    filler.unlink()


def jump(clock: Path, by: str, seconds: float) -> None:
    """Let the clock of the site be wrong for a while."""
    clock.write_text(by)
    time.sleep(seconds)
    clock.write_text("+0")


def restart_postgresql(data: Path) -> None:
    """Let the server go as in a power cut, and start it again."""
    kill_all(data / "postmaster.pid")
    user = data.owner()
    start_again(data, user if user != getpass.getuser() else None)


# ---- the whole ----


def besieged(vendor: str, minutes: float, clients: int, kills: int, seed: int = 1) -> dict[str, Any]:
    """Let the crowd work for `minutes` and strike `kills` workers, and say what was wrong."""
    with _ground() as (folder, has_disk):
        address = start_postgresql(folder) if vendor == "postgresql" else ""
        home = folder / "home"
        environment, clock = _surroundings(home, address, folder)
        session = stage.call("site:prepared", home=home, address=address)
        site = Site(environment, folder / "site.log")
        try:
            return _siege(site, session, folder, address, clock, has_disk, minutes, clients, kills, seed)
        finally:
            site.end()


def _siege(
    site: Site,
    session: str,
    folder: Path,
    address: str,
    clock: Path | None,
    has_disk: bool,
    minutes: float,
    clients: int,
    kills: int,
    seed: int,
) -> dict[str, Any]:
    chance, seen, done = random.Random(seed), Seen(), threading.Event()
    wrong: list[str] = []
    if site.answers_within(60) is None:
        return {"wrong": [f"the site did not start: {(folder / 'site.log').read_text()[-500:]}"]}
    crowd = [
        threading.Thread(
            target=enter_pledges if number % WRITERS == 0 else read_pages,
            args=(site.port, session, random.Random(seed * 1000 + number), seen, done)
            + ((f"p{number}",) if number % WRITERS == 0 else ()),
        )
        for number in range(clients)
    ]
    crowd.append(threading.Thread(target=site.watch, args=(done,)))
    for thread in crowd:
        thread.start()
    struck, slowest = _strike(site, folder, address, clock, has_disk, minutes, kills, chance, wrong)
    done.set()
    for thread in crowd:
        thread.join()
    found = stage.call("site:found", home=folder / "home", address=address)
    wrong += found["problems"]
    entered = Counter(found["keys"])
    lost = seen.acknowledged - entered.keys()
    wrong += [f"{len(lost)} acknowledged and not there: {sorted(lost)[:3]}"] if lost else []
    twice = [name for name, number in entered.items() if number > 1]
    wrong += [f"{len(twice)} entered twice: {twice[:3]}"] if twice else []
    medians = {page: statistics.median(took) for page, took in seen.seconds.items()}
    wrong += [
        f"{page or 'overview'}: {took:.1f} s in the median"
        for page, took in medians.items()
        if took > SLOWEST_MEDIAN_SECONDS
    ]
    failed = {status: number for status, number in seen.statuses.items() if status in ("500", "502", "504")}
    wrong += [f"{number} answers were {status}" for status, number in failed.items()]
    left_out = ["full disk"] * (not has_disk) + ["clock"] * (clock is None)
    return {
        "wrong": wrong,
        "struck": dict(struck),
        "left_out": left_out,
        "acknowledged": len(seen.acknowledged),
        "lost": len(lost),
        "answers": dict(seen.statuses),
        "slowest_median_ms": round(1000 * max(medians.values(), default=0)),
        "slowest_return_ms": round(1000 * slowest),
    }


def _strike(
    site: Site,
    folder: Path,
    address: str,
    clock: Path | None,
    has_disk: bool,
    minutes: float,
    kills: int,
    chance: random.Random,
    wrong: list[str],
) -> tuple[Counter[str], float]:
    """Strike until the time is over; give how often with what, and the longest that the site was away after."""
    ends = time.monotonic() + 60 * minutes
    pause = 60 * minutes / max(1, kills)
    struck: Counter[str] = Counter()
    slowest = 0.0
    others: list[Blow] = [Blow("whole program", site.process.kill)]
    others += [Blow("full disk", lambda: fill(folder, 3))] if has_disk else []
    others += [Blow("clock", lambda: jump(clock, chance.choice(JUMPS), 3))] if clock else []
    others += [Blow("database", lambda: restart_postgresql(folder / "postgresql"))] if address else []
    number = 0
    while time.monotonic() < ends or struck["worker"] < kills:
        next_at = time.monotonic() + pause
        workers = site.workers()
        if workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
                struck["worker"] += 1
        blows = ["worker"]
        if number % 5 == 4:
            blow = others[number // 5 % len(others)]
            blow.strike()
            struck[blow.name] += 1
            blows.append(blow.name)
        took = site.answers_within(4 * ANSWERS_AGAIN_SECONDS)
        if took is None or took > ANSWERS_AGAIN_SECONDS:
            wrong.append(
                f"after {' and '.join(blows)} no page within {ANSWERS_AGAIN_SECONDS:g} s (blow {number}): {took}"
            )
        slowest = max(slowest, took or 4 * ANSWERS_AGAIN_SECONDS)
        number += 1
        time.sleep(max(0.0, next_at - time.monotonic()))
    return struck, slowest


def _surroundings(home: Path, address: str, folder: Path) -> tuple[dict[str, str], Path | None]:
    """Give the environment of the site, and the file that says by how much its clock is wrong."""
    environment = stage.environment(home, address)
    library = next((each for each in _FAKETIME if Path(each).exists()), None)
    if library is None:
        return environment, None
    clock = folder / "clock"
    clock.write_text("+0")
    settings = {
        "LD_PRELOAD": library,
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DISABLE_SHM": "1",
    }
    return environment | settings, clock


@contextlib.contextmanager
def _ground() -> Iterator[tuple[Path, bool]]:
    """Give a folder, and say whether it is a small disk of its own."""
    with tempfile.TemporaryDirectory(prefix="pledgeline-torture-", ignore_cleanup_errors=True) as name:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m,mode=755", "tmpfs", name]
        has_disk = not subprocess.run(mount, capture_output=True).returncode if _may_mount() else False
        try:
            yield Path(name), has_disk
        finally:
            if has_disk:
                subprocess.run(["umount", "-l", name], check=True)


def _may_mount() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0


# ---- in processes of their own, with the database of the site ----


def prepared() -> str:
    """Make the books, and give the session of somebody who keeps them."""
    from django.test import Client

    from pledgeline.accounts.roles import Role
    from tests.people import a_person, publish_all

    stage.make_books()
    publish_all(stage.SLUG)
    client = Client()
    client.force_login(a_person("keeper", Role.BOOKKEEPER))
    return client.cookies["sessionid"].value


def found() -> dict[str, Any]:
    """Say what the books hold in the end, and whether they stand."""
    books = stage.stored()
    return {
        "problems": list(books.verify().problems),
        "keys": [entry.key for entry in books.entries],
    }


def command(arguments: list[str]) -> int:
    """Besiege one database or both, and say what came out."""
    vendors = [each for each in arguments if each in ("sqlite", "postgresql")] or ["sqlite", "postgresql"]
    numbers = [float(each) for each in arguments if each not in vendors]
    minutes, clients, kills = (*numbers, *(10.0, 100.0, 100.0)[len(numbers) :])
    failed = False
    for vendor in vendors:
        answer = besieged(vendor, minutes, int(clients), int(kills))
        wrong = answer.pop("wrong")
        failed = failed or bool(wrong)
        print(f"{vendor}: {'WRONG' if wrong else 'ok'}", flush=True)
        for name, figure in answer.items():
            print(f"    {name.replace('_', ' ')}: {figure}", flush=True)
        for problem in wrong[:20]:
            print(f"    ! {problem}", flush=True)
    return 1 if failed else 0
