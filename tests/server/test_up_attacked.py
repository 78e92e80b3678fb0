"""`pledgeline up` under attack: bodies and readers that never end, a database that is held, too much memory."""

import http.client
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.server.conftest import RunningSite, ended, start
from tests.server.test_up import answer_of, eventually, workers_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as on Linux and macOS")

TOKEN = "abcdefgh" * 4
FORM = {"Cookie": f"csrftoken={TOKEN}", "Content-Type": "application/x-www-form-urlencoded"}
SIGN_IN = f"csrfmiddlewaretoken={TOKEN}&login=nobody&password=wrong"


def asked(port: int, method: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    answer.content = answer.read().decode()  # type: ignore[attr-defined]
    return answer


def begun(port: int, head: str) -> socket.socket:
    """Begin a request that will not be finished."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(head.replace("\n", "\r\n").encode())
    return connection


HEADS = {
    "bodies": f"POST /sign-in/ HTTP/1.1\nHost: localhost\nCookie: csrftoken={TOKEN}\n"
    "Content-Type: application/x-www-form-urlencoded\nContent-Length: 900000\n\na",
    "chunks": f"POST /sign-in/ HTTP/1.1\nHost: localhost\nCookie: csrftoken={TOKEN}\n"
    "Content-Type: application/x-www-form-urlencoded\nTransfer-Encoding: chunked\n\n1\na\n",
    "headers": "GET /p/purl/ HTTP/1.1\nHost: localhost\nX-More: ",
    "readers": "GET /p/illustration/books/books.jsonl HTTP/1.1\nHost: localhost\n\n",
}


def test_what_is_slow_holds_up_nobody(running_site: RunningSite):
    """Eight slow bodies stopped every page, and `/healthz`, for as long as they lasted. Here are fifty of each kind."""
    port = running_site.port
    with ExitStack() as stack:
        for head in HEADS.values():
            for _ in range(50):
                stack.enter_context(closing(begun(port, head)))
        assert [200] * 10 == [
            answer_of(port, path) for path in ("/healthz", "/p/purl/packages/") for _ in range(5)
        ]
        assert 403 == asked(port, "POST", "/sign-in/", SIGN_IN).status  # no cookie: the form itself is read


def test_a_body_after_which_the_connection_is_used_again(running_site: RunningSite):
    """A client that keeps its connection is not broken by what it sent before."""
    connection = http.client.HTTPConnection("127.0.0.1", running_site.port, timeout=30)
    for method, expected in (("PUT", 405), ("PATCH", 405), ("DELETE", 405), ("POST", 403), ("GET", 200)):
        connection.request(method, "/healthz", "x" * 100_000 if method != "GET" else None)
        answer = connection.getresponse()
        answer.read()
        assert expected == answer.status


@contextmanager
def held(environment: dict[str, str]) -> Iterator[None]:
    """Hold the database as another writer does: reading goes on."""
    if address := environment.get("PLEDGELINE_DATABASE_URL"):
        with psycopg.connect(address) as connection:
            connection.execute(
                "LOCK TABLE accounts_session, accounts_user, accounts_failedsignin IN EXCLUSIVE MODE"
            )
            yield
        return
    with closing(
        sqlite3.connect(f"{environment['PLEDGELINE_HOME']}/pledgeline.sqlite3", isolation_level=None)
    ) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


def test_a_database_that_is_held_is_said_within_seconds_and_reading_goes_on(running_site: RunningSite):
    """It was 500 after twenty seconds, with a thread held all the while."""
    name, password = "clerk", "harbour-lantern"
    environment, port = running_site.environment, running_site.port
    fitted = subprocess.run(
        [sys.executable, "-c", FIT_OUT, name, password], env=environment, capture_output=True, text=True
    )
    assert fitted.returncode == 0, fitted.stderr
    form = f"csrfmiddlewaretoken={TOKEN}&login={name}&password={password}"
    with held(environment):
        answer = asked(port, "POST", "/sign-in/", form, **FORM)
        assert 200 == answer_of(port, "/p/purl/packages/")
    assert (503, "5") == (answer.status, answer.headers["Retry-After"])
    assert "The database does not answer" in answer.content  # type: ignore[attr-defined]
    assert 302 == asked(port, "POST", "/sign-in/", form, **FORM).status


FIT_OUT = """
import sys
from pledgeline.cli.database import make_ready
make_ready()
from pledgeline.programme.roles import Role
from pledgeline.actions.people import add_person
add_person(name=sys.argv[1], role=Role.ADMINISTRATOR, by="a test", password=sys.argv[2])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not count what is written to")
def test_a_worker_has_a_limit_of_memory(running_site: RunningSite):
    workers = workers_of(running_site.process)
    eventually(lambda: all(most_data(pid) != "unlimited" for pid in workers))  # one may be just beginning

    assert [str(700 * 2**20)] * 2 == [most_data(pid) for pid in workers]


def most_data(pid: int) -> str:
    """Give how much memory a process may have, as Linux says it."""
    (line,) = [
        line
        for line in Path(f"/proc/{pid}/limits").read_text().splitlines()
        if line.startswith("Max data size")
    ]
    return line.split()[3]


def test_a_limit_that_is_none_is_said_before_anything_is_made(
    bare_environment: dict[str, str], port: int, tmp_path: Path
):
    process = start({**bare_environment, "PLEDGELINE_WORKER_MEMORY_MB": "a lot"}, "--port", str(port))
    said = ended(process)

    assert 2 == process.returncode
    assert "PLEDGELINE_WORKER_MEMORY_MB is “a lot”: write a whole number" in said
    assert not (tmp_path / "home" / "pledgeline.sqlite3").exists()
