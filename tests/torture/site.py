"""The site under a crowd while all around it fails: `site [sqlite|postgresql] [MINUTES] [CLIENTS] [KILLS]`.

A hundred people read pages, keep books and have files read over HTTP, within the limits that every installation
begins with. Meanwhile processes of the site are killed, now and then all of it; the disk fills; the clock jumps;
PostgreSQL restarts. What was acknowledged has to be there in the end, once; the site has to answer within five
seconds after each blow; no page may take two seconds in the median. Whoever is told to come back later is counted:
a siege in which many are proves nothing.

The disk fills where this may mount a small one (root, on Linux), the clock jumps where a C compiler is there;
what was left out is said.
"""

import contextlib
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
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tests.postgresql import start_postgresql
from tests.torture import stage
from tests.torture.blows import JUMPS, Blow, Missed, full, jumped, kill_one, power_cut, wrong_clock
from tests.torture.visitors import (
    BOOKS,
    REFUSED,
    SIGN_IN,
    Seen,
    Visitor,
    enter_pledges,
    hand_in_files,
    read_pages,
)

DISK_MEGABYTES = 600
ANSWERS_AGAIN_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 60.0
SLOWEST_MEDIAN_SECONDS = 2.0
"""Of a page. To look at a password is slow on purpose, and a jump of the clock has everybody sign in at once."""

MOST_REFUSED = 0.05
"""Share of all answers. The crowd does nothing that the limits are there to stop."""

JOBS_END_SECONDS = 60
LATEST = 2
"""A siege that has lasted so many times as long as it was to last is given up: the site was hardly there."""


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

    def answers_within(self, seconds: float) -> float | None:
        """Give after how long a page came that needs the database; None where none did in that time."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if self._answers():
                return time.monotonic() - began
            time.sleep(0.05)
        return None

    def _answers(self) -> bool:
        with contextlib.suppress(OSError, http.client.HTTPException):
            return Visitor(self.port, Seen(), timeout=5).ask("GET", BOOKS).status == 200
        return False

    def time(self) -> datetime | None:
        """Give the time that the site writes into its log; nothing where it writes none.

        The date of an answer would not do: the server keeps it until a later one comes, and not an earlier.
        """
        began = self.log.stat().st_size
        with contextlib.suppress(OSError, http.client.HTTPException):
            Visitor(self.port, Seen(), timeout=3).ask("GET", "/healthz")
        with self.log.open("rb") as log:
            log.seek(began)
            written = [
                line[:19] for line in log.read().decode(errors="replace").splitlines() if "/healthz" in line
            ]
        with contextlib.suppress(ValueError, IndexError):
            return datetime.fromisoformat(written[-1]).replace(tzinfo=UTC)
        return None

    def end(self) -> str:
        """End it as Ctrl-C does, and say what was wrong with that."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGINT)
        wrong = ""
        try:
            code = self.process.wait(timeout=30)
            wrong = f"the site ended with {code}" if code else ""
        except subprocess.TimeoutExpired:
            wrong = "the site did not end on Ctrl-C"
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        return wrong


class Return(NamedTuple):
    """How the site came back after blows: when they were over, and after how long a page came."""

    blows: tuple[str, ...]
    over_at: float
    page_seconds: float | None


@dataclass
class Siege:
    """A site, the crowd before it, and what has happened to it."""

    site: Site
    seen: Seen
    chance: random.Random
    others: list[Blow]
    struck: Counter[str] = field(default_factory=Counter)
    returns: list[Return] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def go_on(self, minutes: float, kills: int) -> None:
        """Strike until the time is over and so many processes were killed."""
        began, pause, number = time.monotonic(), 60 * minutes / max(1, kills), 0
        killed = 0
        while (took := time.monotonic() - began) < 60 * minutes or killed < kills:
            if took > LATEST * 60 * minutes:
                self.wrong.append(f"only {killed} processes could be killed in all that time")
                return
            next_at = time.monotonic() + pause
            kind = kill_one(self.site.process.pid, self.chance)
            killed += bool(kind)
            if kind:
                self.struck[kind] += 1
            other = self.others[number // 5 % len(self.others)] if number % 5 == 4 else None
            self._strike(kind or "nothing", other)
            number += 1
            time.sleep(max(0.0, next_at - time.monotonic()))

    def _strike(self, killed: str, other: Blow | None) -> None:
        names = (killed, other.name) if other else (killed,)
        try:
            with other.strike() if other else nullcontext():
                if other is None or other.can_read_meanwhile:
                    self._note_return((*names, "going on") if other else names)
            if other:
                self.struck[other.name] += 1
                self._note_return(names)
        except Missed as missed:
            self.wrong.append(str(missed))

    def _note_return(self, names: tuple[str, ...]) -> None:
        over_at = time.monotonic()
        took = self.site.answers_within(LONGEST_WAIT_SECONDS)
        self.returns.append(Return(names, over_at, took))
        if took is None or took > ANSWERS_AGAIN_SECONDS:
            said = "no page for a minute" if took is None else f"the first page after {took:.1f} s"
            self.wrong.append(f"after {', '.join(names)}: {said}")

    def slowest_pages(self) -> dict[str, float]:
        """Give for each kind of blow how long it took at most until a page came."""
        slowest: dict[str, float] = defaultdict(float)
        for recovery in self.returns:
            name = " ".join(recovery.blows[1:] or recovery.blows)
            slowest[name] = max(
                slowest[name],
                recovery.page_seconds if recovery.page_seconds is not None else LONGEST_WAIT_SECONDS,
            )
        return {name: round(took, 1) for name, took in slowest.items()}

    def slowest_entries(self) -> dict[str, float]:
        """Give for each kind of blow how long it took at most until somebody was told of an entry asked for since."""
        slowest: dict[str, float] = defaultdict(float)
        for recovery in self.returns:
            told = [
                pledge.told_at for pledge in self.seen.pledges.values() if pledge.asked_at >= recovery.over_at
            ]
            if recovery.blows[-1] != "going on" and told:
                name = " ".join(recovery.blows[1:] or recovery.blows)
                slowest[name] = max(slowest[name], min(told) - recovery.over_at)
        return {name: round(took, 1) for name, took in slowest.items()}


def besieged(
    vendor: str, minutes: float, clients: int, kills: int, *, address: str = "", seed: int = 1
) -> dict[str, Any]:
    """Let the crowd work for `minutes` and kill `kills` processes meanwhile, and say what was wrong.

    `address` is that of a database which somebody else runs, and which is not killed.
    """
    with _ground() as (folder, has_disk):
        others = []
        if vendor == "postgresql" and not address:
            address = start_postgresql(folder)
            others = [Blow("database", lambda: power_cut(folder / "postgresql"), False)]
        home = folder / "home"
        environment, clock = _surroundings(home, address, folder)
        people = _people(clients)
        stage.call("after_siege:prepared", *people, home=home, address=address)
        site = Site(environment, folder / "site.log")
        chance = random.Random(seed)
        others += [Blow("whole program", lambda: _killed(site), False)]
        if has_disk:
            others += [Blow("full disk", lambda: full(folder), True)]
        if clock:
            others += [Blow("clock", lambda: jumped(clock, chance.choice(JUMPS), site.time), True)]
        siege = Siege(site, Seen(), chance, others)
        try:
            if site.answers_within(60) is None:
                siege.wrong.append(f"the site did not start: {site.log.read_text()[-500:]}")
            else:
                _let_work(siege, people, minutes, kills, seed)
                _wait_for_jobs(home, address)
        finally:
            wrong = site.end()
        siege.wrong += [wrong] if wrong else []
        kept = folder / "kept"
        kept.mkdir()
        for number, note in enumerate(siege.seen.checkpoints):
            (kept / f"{number}.txt").write_text(note, encoding="utf-8")
        found = stage.call("after_siege:found", kept, home=home, address=address)
        left_out = ["full disk"] * (not has_disk) + ["clock"] * (clock is None)
        return _told(siege, found) | {"left_out": left_out}


@contextlib.contextmanager
def _killed(site: Site) -> Iterator[None]:
    site.process.kill()
    site.process.wait()
    yield


def _people(clients: int) -> list[str]:
    """Name the crowd by what they do: one of five keeps books, one reads signed in, one hands in files."""
    work = ("keeper", "reader", "public", "public", "public")
    return [f"{work[number % len(work)] if number else 'planner'}-{number}" for number in range(clients)]


def _let_work(siege: Siege, people: list[str], minutes: float, kills: int, seed: int) -> None:
    done, site, seen = threading.Event(), siege.site, siege.seen
    crowd = []
    for number, name in enumerate(people):
        work = {"keeper": enter_pledges, "planner": hand_in_files}.get(name.partition("-")[0], read_pages)
        who = "" if name.startswith("public") else name
        given = (site.port, seen, random.Random(seed * 1000 + number), done, who)
        crowd.append(threading.Thread(target=work, args=given))
    crowd.append(threading.Thread(target=site.watch, args=(done,)))
    for thread in crowd:
        thread.start()
    try:
        siege.go_on(minutes, kills)
    finally:
        done.set()
        for thread in crowd:
            thread.join()


def _wait_for_jobs(home: Path, address: str) -> None:
    """Let the worker of the queue do what waits."""
    until = time.monotonic() + JOBS_END_SECONDS
    while time.monotonic() < until and stage.call("after_siege:under_way", home=home, address=address):
        time.sleep(1)


def _told(siege: Siege, found: dict[str, Any]) -> dict[str, Any]:
    """Hold what people were told against what is there, and give the figures."""
    seen, wrong = siege.seen, [*siege.wrong, *found["wrong"]]
    entered = Counter(found["pledges"])
    lost = seen.pledges.keys() - entered.keys()
    wrong += [f"{len(lost)} pledges were acknowledged and are not there: {sorted(lost)[:3]}"] if lost else []
    twice = [key for key, number in entered.items() if number > 1]
    wrong += [f"{len(twice)} pledges were entered twice: {twice[:3]}"] if twice else []
    lost_jobs = seen.jobs - set(found["jobs"])
    wrong += [f"{len(lost_jobs)} jobs were acknowledged and are lost"] if lost_jobs else []
    medians = {page: statistics.median(took) for page, took in seen.seconds.items()}
    wrong += [
        f"{page}: {took:.1f} s in the median"
        for page, took in medians.items()
        if took > SLOWEST_MEDIAN_SECONDS and page != SIGN_IN
    ]
    wrong += [f"{number} answers were {what}" for what, number in seen.odd.items()]
    requests = sum(seen.answers.values())
    refused = sum(seen.answers[status] for status in REFUSED)
    cut = sum(number for kind, number in seen.answers.items() if not kind.isdigit())
    if refused > MOST_REFUSED * requests:
        wrong.append(f"{refused} of {requests} requests were refused: that is no siege")
    if not (seen.pledges and seen.jobs and seen.checkpoints):
        wrong.append("nobody was told that a pledge is entered, or a file handed in, or got a checkpoint")
    return {
        "wrong": wrong,
        "struck": dict(siege.struck),
        "signed in": seen.sign_ins,
        "pledges acknowledged": len(seen.pledges),
        "lost": len(lost) + len(lost_jobs),
        "files handed in": len(seen.jobs),
        "jobs": found["states"],
        "checkpoints kept": len(seen.checkpoints),
        "requests": requests,
        "refused": f"{refused} ({100 * refused / max(1, requests):.1f} %)",
        "cut off": f"{cut} ({100 * cut / max(1, requests):.1f} %)",
        "answers": dict(seen.answers),
        "median ms": {
            page: round(1000 * took) for page, took in sorted(medians.items(), key=lambda item: -item[1])
        },
        "slowest page after, s": siege.slowest_pages(),
        "slowest entry after, s": siege.slowest_entries(),
    }


def _surroundings(home: Path, address: str, folder: Path) -> tuple[dict[str, str], Path | None]:
    """Give the environment of the site, and the file that says by how much its clock is wrong."""
    environment = stage.environment(home, address)
    built = wrong_clock(folder)
    if built is None:
        return environment, None
    library, clock = built
    return environment | {"LD_PRELOAD": str(library), "WRONG_CLOCK": str(clock)}, clock


@contextlib.contextmanager
def _ground() -> Iterator[tuple[Path, bool]]:
    """Give a folder, and say whether it is a small disk of its own."""
    with tempfile.TemporaryDirectory(prefix="pledgeline-torture-", ignore_cleanup_errors=True) as name:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m,mode=755", "tmpfs", name]
        may_mount = sys.platform == "linux" and os.geteuid() == 0
        has_disk = may_mount and not subprocess.run(mount, capture_output=True).returncode
        try:
            yield Path(name), has_disk
        finally:
            if has_disk:
                subprocess.run(["umount", "-l", name], check=True)


def command(arguments: list[str]) -> int:
    """Besiege one database or both, and say what came out."""
    vendors = [argument for argument in arguments if argument in ("sqlite", "postgresql")] or [
        "sqlite",
        "postgresql",
    ]
    numbers = [float(argument) for argument in arguments if argument not in vendors]
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
