"""`pledgeline up` as people use it: a process of its own, from nothing to an answer and back."""

import hashlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from pledgeline.web.guarantees.told import pack
from tests.operation.test_earlier import EARLIER
from tests.server.conftest import PATIENCE_SECONDS, SOURCES, RunningSite, ended, said_until, start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as on Linux and macOS")


def refused(environment: dict[str, str], *options: str) -> str:
    """Start, expect a refusal, and give its one line."""
    process = start(environment, *options)
    said = ended(process)
    assert process.returncode == 2, said
    assert said.count("\n") == 1, said
    assert said.startswith("pledgeline: ")
    return said


def test_up_loads_the_record_once_serves_it_and_leaves_nothing(
    bare_environment: dict[str, str], tmp_path: Path, port: int
):
    """A first start, beside tables of before they began anew, that is ended by Ctrl-C; then one that is told to end.

    An address that opened the desk is dead after the next start.
    """
    write_earlier(bare_environment, tmp_path)
    first = r"It was set aside, as it was: .*Loaded the public record of PURL: \d[\d,]+ rows\."
    desks: list[str] = []
    for expected, end in ((first, signal.SIGINT), (r"^(?!.*Loaded)", signal.SIGTERM)):
        process = start(bare_environment, "--port", str(port))
        said = said_until(process, "Pledgeline is at")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/p/purl/", timeout=30) as answer:
            page = answer.read().decode()
        desks.append(urlsplit(desk_of(bare_environment, process)).path)
        codes = [answer_of(port, desk) for desk in desks]
        os.killpg(process.pid, end)
        rest = ended(process)

        assert re.search(expected, said, re.DOTALL)
        assert f"Pledgeline is at http://127.0.0.1:{port}/" in said
        assert "PURL" in page
        assert "Traceback" not in said + rest
        assert "others reach this site" not in said + rest
        assert process.returncode == 0
    assert 2 == len(set(desks))
    assert [404, 200] == codes
    assert not (tmp_path / "home" / "desk-address").exists()


def write_earlier(environment: dict[str, str], folder: Path) -> None:
    """Write a database of the time before the tables began anew."""
    if address := environment.get("PLEDGELINE_DATABASE_URL", ""):
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(EARLIER)
        return
    (folder / "home").mkdir()
    with closing(sqlite3.connect(folder / "home" / "pledgeline.sqlite3")) as database:
        database.executescript(EARLIER)


def desk_of(environment: dict[str, str], process: subprocess.Popen[str]) -> str:
    """Give the address that opens the desk: a log gets only the name of the file in which it lies."""
    path = Path(environment["PLEDGELINE_HOME"]) / "desk-address"
    assert f"open the address in {path}" in said_until(process, "To work in it, or to make the first account")
    assert path.stat().st_mode & 0o777 == 0o600
    return path.read_text(encoding="utf-8").strip()


def test_of_six_who_make_the_first_account_at_once_one_does(environment: dict[str, str], port: int):
    """The six have the page before them; one gets the account, and whoever asks later finds the desk closed."""
    process = start(environment, "--port", str(port))
    desk = desk_of(environment, process)
    browsers = [urllib.request.build_opener(urllib.request.HTTPCookieProcessor()) for _ in range(6)]
    tokens = [
        re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.open(desk).read().decode())[1]  # type: ignore[index]
        for browser in browsers
    ]
    together = threading.Barrier(6)

    def make(number: int) -> str:
        password = "harbour-lantern-otter"
        form = {"name": f"keeper{number}", "password": password, "again": password}
        form["csrfmiddlewaretoken"] = tokens[number]
        together.wait()
        try:
            return browsers[number].open(desk, urlencode(form).encode()).url
        except urllib.error.HTTPError as error:
            return str(error.code)

    with ThreadPoolExecutor(6) as pool:
        ends = list(pool.map(make, range(6)))
    os.killpg(process.pid, signal.SIGINT)
    rest = ended(process)
    people = subprocess.run(
        [sys.executable, "-m", "pledgeline", "people", "list", "--json"],
        env=environment,
        capture_output=True,
        check=True,
    )

    assert 1 == len(json.loads(people.stdout))
    assert 1 == sum(end.endswith("/programmes/") for end in ends)
    assert all(end.endswith(("/programmes/", "/desk/", desk, "404")) for end in ends)
    assert urlsplit(desk).path not in rest
    process = start(environment, "--port", str(port))
    assert "desk" not in said_until(process, "Pledgeline is at")
    os.killpg(process.pid, signal.SIGINT)
    assert "desk" not in ended(process)


def test_a_site_that_others_can_reach_has_no_desk(environment: dict[str, str], port: int):
    planted = {**environment, "PLEDGELINE_DESK": hashlib.sha256(b"open").hexdigest()}
    process = start(planted, "--port", str(port), "--host", "0.0.0.0")
    said = said_until(process, "Pledgeline is at")

    assert 404 == answer_of(port, "/desk/open/")
    os.killpg(process.pid, signal.SIGINT)
    rest = ended(process)
    assert "others reach this site (PLEDGELINE_HOSTS) over plain http" in said + rest
    assert "/desk/[cut]/" in rest
    assert "/desk/open/" not in rest


@pytest.mark.skipif(os.name == "nt", reason="there, a process never learns that its parent is gone")
def test_killed_while_a_worker_begins_it_leaves_none(environment: dict[str, str], port: int):
    """It asked who its parent is when that was gone, and served on for ever: nobody could start the site again."""
    process = start(environment, "--port", str(port))
    said_until(process, "Pledgeline is at")
    first = workers_of(process)
    kill(process, first)
    eventually(lambda: workers_of(process) - first)
    process.kill()

    ended(process)


def workers_of(process: subprocess.Popen[str], *, of_the_queue: bool = False) -> set[int]:
    """Give the processes that answer, or the one beside them that works on the queue."""
    said = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,args="], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    rows = [line.split(None, 2) for line in said.splitlines()]
    ours = {int(row[0]): row[2] for row in rows if len(row) == 3 and int(row[1]) == process.pid}
    return {pid for pid, line in ours.items() if ("pledgeline worker" in line) is of_the_queue}


def kill(process: subprocess.Popen[str], workers: set[int]) -> None:
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
    for _ in range(200):
        if not workers & workers_of(process):
            return
        time.sleep(0.05)
    raise AssertionError("a worker survives")


def answer_of(port: int, path: str = "/healthz", *, patiently: bool = False) -> int:
    """Ask once; or, patiently, until there is an answer."""
    until = time.monotonic() + (PATIENCE_SECONDS if patiently else 0)
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as answer:
            return int(answer.code)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_a_worker_that_dies_is_replaced_and_the_site_goes_on(environment: dict[str, str], port: int):
    """One, then all, then again and again: as a system short of memory does it, which kills without warning."""
    process = start(environment, "--port", str(port))
    said_until(process, "Pledgeline is at")
    first = workers_of(process)
    assert len(first) == 2

    kill(process, {max(first)})
    assert [200] * 5 == [answer_of(port) for _ in range(5)]
    for _ in range(4):
        kill(process, workers_of(process))
        assert answer_of(port, patiently=True) == 200
    assert process.poll() is None
    assert not first & workers_of(process)
    os.killpg(process.pid, signal.SIGINT)
    said = ended(process)

    assert "Stopped." in said
    assert "Traceback" not in said
    assert process.returncode == 0


def test_ctrl_c_that_reaches_the_workers_first_ends_the_site(environment: dict[str, str], port: int):
    """The terminal tells them all; on a busy machine the workers are gone before `up` has heard of it."""
    process = start(environment, "--port", str(port))
    said_until(process, "Pledgeline is at")
    workers = workers_of(process)
    process.send_signal(signal.SIGSTOP)
    os.killpg(process.pid, signal.SIGINT)
    eventually(lambda: not all(is_at_work(pid) for pid in workers))
    process.send_signal(signal.SIGCONT)
    said = ended(process)

    assert said.endswith("Stopped.\n")
    assert "Beginning anew" not in said
    assert process.returncode == 0


def is_at_work(pid: int) -> bool:
    """Say whether a process still does something, and does not only wait for its parent to hear that it has ended."""
    said = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], stdout=subprocess.PIPE, text=True).stdout
    return bool(said) and not said.startswith("Z")


def test_ctrl_c_while_the_workers_begin_anew_ends_the_site(environment: dict[str, str], port: int):
    process = start(environment, "--port", str(port))
    said_until(process, "Pledgeline is at")
    with killing(process):
        said_until(process, "Beginning anew")
    os.killpg(process.pid, signal.SIGINT)
    said = ended(process)

    assert said.endswith("Stopped.\n")
    assert process.returncode == 0


@contextmanager
def killing(process: subprocess.Popen[str]) -> Iterator[None]:
    """Kill every worker as soon as it is there."""
    is_enough = threading.Event()

    def kill_all() -> None:
        while not is_enough.wait(0.1):
            for pid in workers_of(process):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_all)
    killer.start()
    try:
        yield
    finally:
        is_enough.set()
        killer.join()


def test_the_queue_is_worked_on_beside_the_site_whatever_ends_the_worker(
    environment: dict[str, str], port: int
):
    """Killed, it is replaced; and when `up` is killed, it and all others end, though nobody tells them."""
    process = start(environment, "--port", str(port))
    said_until(process, "Pledgeline is at")
    (first,) = eventually(lambda: workers_of(process, of_the_queue=True))
    os.kill(first, signal.SIGKILL)
    (second,) = eventually(lambda: workers_of(process, of_the_queue=True) - {first})
    assert "Starting another" in said_until(process, "Starting another")

    process.kill()
    ended(process)
    assert not is_there(second)


def eventually(find: Callable[[], Any]) -> Any:
    until = time.monotonic() + PATIENCE_SECONDS
    while not (found := find()):
        assert time.monotonic() < until, "it never came"
        time.sleep(0.05)
    return found


def is_there(pid: int) -> bool:
    return not subprocess.run(["ps", "-p", str(pid)], stdout=subprocess.DEVNULL).returncode


def test_a_site_whose_workers_never_answer_ends_and_says_so(
    environment: dict[str, str], port: int, tmp_path: Path
):
    """Beginning anew for ever would hide that it is broken."""
    broken = tmp_path / "sitecustomize.py"
    broken.write_text("import sys\nsys.modules['pledgeline.server.embedded'] = None\n")
    way = os.pathsep.join([str(tmp_path), environment["PYTHONPATH"]])
    process = start({**environment, "PYTHONPATH": way}, "--port", str(port))

    said = ended(process)

    assert process.returncode != 0, said


def test_an_address_made_to_take_all_memory_is_refused_by_a_running_site(running_site: RunningSite):
    """272 characters for two keys of 90,000 parts, and the most that is unpacked."""
    workers = workers_of(running_site.process)
    endless = ".".join(["a"] * 90_000)
    texts = [f"{endless}=1\n[{endless}]", ".".join(["a"] * 29_000) + "=1", "a=" + "[" * 300 + "1," * 29_000]

    codes = [answer_of(running_site.port, f"/guarantees/scenarios/written/?s={pack(text)}") for text in texts]

    assert [400, 400, 400] == codes
    assert workers == workers_of(running_site.process)


def commanded(environment: dict[str, str], *words: str) -> None:
    """Run a command beside the site."""
    done = subprocess.run(
        [sys.executable, "-m", "pledgeline", *words],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def pages(port: int, path: str) -> list[str]:
    """Ask thirty times, one connection each, so that every worker has its turns."""
    found = []
    for _ in range(30):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            found.append(answer.read().decode())
    return found


def test_what_another_process_changes_is_on_the_next_page_of_every_worker(
    running_site: RunningSite, tmp_path: Path
):
    """Both workers have kept both pages; then the command line loads a record and enters a pledge."""
    record = tmp_path / "record"
    shutil.copytree(SOURCES / "pledgeline" / "data" / "purl", record)
    settings = (record / "programme.toml").read_text(encoding="utf-8")
    renamed = re.sub(r'(?m)^name = ".*"', 'name = "Renamed beside the site"', settings)
    (record / "programme.toml").write_text(renamed, encoding="utf-8")
    events = tmp_path / "pledge.json"
    pledge = {
        "id": "late",
        "type": "pledge",
        "contribution": "late",
        "partner": "Latecomer",
        "currency": "USD",
    }
    pledge |= {"amount": 100, "effective_on": "2026-01-31", "expect": "ok"}
    pledge["recorded_at"] = "2026-01-31T12:00:00Z"
    events.write_text(json.dumps({"title": "A pledge", "currencies": {"USD": 2}, "events": [pledge]}))
    environment, port = running_site.environment, running_site.port
    books = "/p/illustration/books/"
    assert not [page for page in pages(port, "/p/purl/") if "Renamed beside the site" in page]
    (before,) = {re.search(r"(\d+) entries in the log", page)[1] for page in pages(port, books)}

    commanded(environment, "record", "load", str(record))
    assert all("Renamed beside the site" in page for page in pages(port, "/p/purl/"))
    commanded(environment, "ledger", "replay", str(events), "--programme", "illustration")
    assert all(f"{int(before) + 1} entries in the log" in page for page in pages(port, books))


def test_a_port_that_is_taken_is_said_with_the_way_out(bare_environment: dict[str, str], tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        said = refused(bare_environment, "--port", str(port))

    assert f"cannot listen on 127.0.0.1 port {port}" in said
    assert "choose another with --port" in said
    assert not (tmp_path / "home").exists()


def test_an_address_that_is_not_ours_is_said(bare_environment: dict[str, str]):
    assert "leave --host out" in refused(bare_environment, "--host", "no-such-host.invalid")


def test_a_home_that_cannot_be_written_to_is_said(
    bare_environment: dict[str, str], tmp_path: Path, port: int
):
    (tmp_path / "home").touch()

    assert "set PLEDGELINE_HOME to a folder" in refused(bare_environment, "--port", str(port))


@pytest.mark.parametrize(
    ("address", "way_out"),
    [
        ("mysql://host/name", "PLEDGELINE_DATABASE_URL must look like postgresql://"),
        ("postgresql://127.0.0.1:1/name?connect_timeout=2", "check PLEDGELINE_DATABASE_URL"),
    ],
)
def test_a_database_that_cannot_be_used_is_said(
    bare_environment: dict[str, str], port: int, address: str, way_out: str
):
    assert way_out in refused({**bare_environment, "PLEDGELINE_DATABASE_URL": address}, "--port", str(port))


def test_a_database_file_that_is_none_is_said(bare_environment: dict[str, str], tmp_path: Path, port: int):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "pledgeline.sqlite3").write_text("this is no database" * 100)

    assert "the database cannot be used" in refused(
        {**bare_environment, "PLEDGELINE_DATABASE_URL": ""}, "--port", str(port)
    )
