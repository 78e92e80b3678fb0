"""Ask a running site for its pages, as fast as it answers: `python -m tests.bench site [--beside CHECKOUT]`.

Each site is one that `pledgeline up` starts: two workers of four threads, on SQLite, with what is shipped and a plan
of the shipped sample. With `--beside` another checkout is measured too, in turns, so that whatever else the machine
does falls on both. Requests a second depend on what else it does; what a request takes of the processor, by the
kernel's account of the workers, depends on it least, and is what the goal is held against.

`--seconds N` is how long each page is asked for (5), `--packed` asks as a browser does, for packed answers.
"""

import argparse
import contextlib
import http.client
import http.cookiejar
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
CLIENTS = (1, 8, 32, 100)
SLOWEST_SECONDS = 2.0
"""The median answer at most, however many ask."""
LARGEST_PAGE = 1_000_000
"""Units: bytes."""
FASTER = 2.0
"""How many times less of the processor a page takes than in the state that it is measured beside."""
ROUNDS, IN_A_ROUND = 5, 40
PATIENCE_SECONDS = 120
PAGES = {
    "overview": "{programmes}purl/",
    "announcements": "{programmes}purl/announcements/",
    "announcements, filtered": "{programmes}purl/announcements/?partner=NLD&stage=committed&sort=-amount",
    "books": "{programmes}illustration/books/",
    "guarantees": "/guarantees/",
}
"""Pages by what they are called; a checkout may have its programmes elsewhere than another."""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a page that was asked for by some clients at once."""

    per_second: float
    median_seconds: float


@dataclass(frozen=True, slots=True)
class Site:
    """A site that runs, the process that serves it, and somebody who sits at its desk."""

    name: str
    port: int
    process: subprocess.Popen[str]
    desk: urllib.request.OpenerDirector
    cookies: http.cookiejar.CookieJar
    programmes: str

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """Add up what the workers took of the processor so far."""
        ticks = 0
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(fields[1]) == self.process.pid:
                    ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Ask:
    """A page of a site that is asked for, and with which headers."""

    site: Site
    path: str
    headers: dict[str, str]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python3 do.py bench site")
    parser.add_argument("--beside", type=Path, help="another checkout with an environment of its own")
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--packed", action="store_true")
    options = parser.parse_args(arguments)
    headers = {"Accept-Encoding": "gzip"} if options.packed else {}
    checkouts = {"this": HERE} | ({"beside": options.beside.resolve()} if options.beside else {})
    with tempfile.TemporaryDirectory(prefix="pledgeline-bench-") as folder, contextlib.ExitStack() as stack:
        sites = [
            stack.enter_context(running(name, checkout, Path(folder) / name))
            for name, checkout in checkouts.items()
        ]
        pages = {
            name: [Ask(site, path.format(programmes=site.programmes), headers) for site in sites]
            for name, path in PAGES.items()
        }
        pages["a plan"] = [Ask(site, a_plan(site), {**headers, **at_desk(site)}) for site in sites]
        missed = [name for name, asks in pages.items() if not _measured(name, asks, options.seconds)]
    if missed:
        print(f"missed: {', '.join(missed)}")
    return 1 if missed else 0


def _measured(page: str, asks: list[Ask], seconds: float) -> bool:
    """Print what comes of a page; say whether this site reaches its goals."""
    good = True
    took: dict[str, list[float]] = {ask.site.name: [] for ask in asks}
    for _ in range(ROUNDS):
        for ask in asks:
            took[ask.site.name].append(cpu_ms(ask))
    cpu = {name: statistics.median(value) for name, value in took.items()}
    for ask in asks:
        name, size = ask.site.name, answer_size(ask)
        good &= size <= LARGEST_PAGE or name != "this"
        print(f"{page}, {name}: {size:,} bytes, {cpu[name]:.1f} ms of the processor")
    if "beside" in cpu:
        print(f"  {cpu['beside'] / cpu['this']:.1f} times less")
        good &= cpu["beside"] >= FASTER * cpu["this"]
    for clients in CLIENTS:
        loads = {ask.site.name: load(ask, clients, seconds) for ask in asks}
        good &= loads["this"].median_seconds < SLOWEST_SECONDS
        told = (
            f"{name} {value.per_second:5.0f} a second, median {value.median_seconds * 1000:6.1f} ms"
            for name, value in loads.items()
        )
        print(f"  {clients:>3} clients: {'; '.join(told)}")
        sys.stdout.flush()
    return good


def cpu_ms(ask: Ask) -> float:
    """Say what a request takes of the processor, asked one after the other. Units: milliseconds."""
    before = ask.site.cpu_seconds()
    for _ in range(IN_A_ROUND):
        answer_size(ask)
    return (ask.site.cpu_seconds() - before) / IN_A_ROUND * 1000


def answer_size(ask: Ask) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", ask.site.port, timeout=60)
    with contextlib.closing(connection):
        connection.request("GET", ask.path, headers=ask.headers)
        answer = connection.getresponse()
        content = answer.read()
    if answer.status != 200:
        sys.exit(f"{ask.site.name}: {ask.path} answers {answer.status}")
    return len(content)


@contextlib.contextmanager
def running(name: str, checkout: Path, home: Path) -> Iterator[Site]:
    """Start a site of a checkout in a new home, and end it."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    environment = {
        **os.environ,
        "PLEDGELINE_HOME": str(home),
        "PLEDGELINE_DATABASE_URL": "",
        "PLEDGELINE_RATE_LIMITS": "0",
    }
    process = subprocess.Popen(
        [str(checkout / ".venv" / "bin" / "python"), "-m", "pledgeline", "up", "--port", str(port)],
        env={**environment, "PYTHONPATH": str(checkout / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        # Its desk stands in a file, or in the last line that it says.
        last = next((line for line in process.stdout if re.search(r"/(desk|first)[/-]\S+", line)), "")
        if not last:
            sys.exit(f"the site of {checkout} did not start")
        address = home / "desk-address"
        cookies = http.cookiejar.CookieJar()
        desk = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
        desk.open(address.read_text().strip() if address.exists() else last.split()[-1], timeout=60).close()
        with desk.open(f"http://127.0.0.1:{port}/", timeout=60) as first:
            programmes = urllib.parse.urlsplit(first.url).path.removesuffix("purl/")
        yield Site(name, port, process, desk, cookies, programmes)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def at_desk(site: Site) -> dict[str, str]:
    """Give the header that says who sits at the desk of a site."""
    return {"Cookie": "; ".join(f"{cookie.name}={cookie.value}" for cookie in site.cookies)}


def a_plan(site: Site) -> str:
    """Have the shipped sample planned, as somebody does it at the desk, and give the path of the plan."""

    def page(path: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        data = urllib.parse.urlencode(fields).encode() if fields else None
        with site.desk.open(f"{site.address}{path}", data, timeout=60) as answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read().decode()

    def token(text: str) -> dict[str, str]:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
        return {"csrfmiddlewaretoken": found[1]} if found else {}

    def awaited(path: str, sign: Callable[[str, str], bool]) -> tuple[str, str]:
        """Ask again until it has come: a worker reads the workbook, and another makes the plan."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            answer = page(path)
            if sign(*answer):
                return answer
            time.sleep(1)
        sys.exit(f"{site.name}: {path} shows no plan after {PATIENCE_SECONDS} seconds")

    start = page(f"{site.programmes}purl/plan/new/")[1]
    looked_at, _ = page(f"{site.programmes}purl/plan/sample/", {"sample": "purl-size", **token(start)})
    handed_in, text = awaited(looked_at, lambda at, _: "/plan/input/" in at)
    path, _ = page(handed_in, {"mode": "fast", "budget": "30", **token(text)})
    return awaited(path, lambda _, text: "plan-verdict" in text)[0]


def load(ask: Ask, clients: int, seconds: float) -> Load:
    """Have some clients ask for a page for so long, each again as soon as it is answered."""
    return (wrk if shutil.which("wrk") else threads)(ask, clients, seconds)


def wrk(ask: Ask, clients: int, seconds: float) -> Load:
    """Use the program of this name."""
    command = ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--timeout", "30s", "--latency"]
    for name, value in ask.headers.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run(
        [*command, f"{ask.site.address}{ask.path}"], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        sys.exit(f"{ask.path} failed under load:\n{said}")
    requests, took = re.search(r"(\d+) requests in ([\d.]+)s", said).groups()  # type: ignore[union-attr]
    value, unit = re.search(r"50%\s+([\d.]+)(us|ms|s)", said).groups()  # type: ignore[union-attr]
    median = float(value) * {"us": 1e-6, "ms": 1e-3, "s": 1.0}[unit] if int(requests) else float("inf")
    return Load(int(requests) / float(took), median)


def threads(ask: Ask, clients: int, seconds: float) -> Load:
    """The same without it, by threads of this process, which takes more of the processor from the site."""
    times: list[float] = []
    began = time.monotonic()

    def again_and_again() -> None:
        while time.monotonic() < began + seconds:
            asked_at = time.monotonic()
            answer_size(ask)
            times.append(time.monotonic() - asked_at)

    asking = [threading.Thread(target=again_and_again) for _ in range(clients)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    return Load(len(times) / (time.monotonic() - began), statistics.median(times))
