"""What cannot be done is answered in our own words, with one next act, in the form in which it was asked for."""

import re
import sqlite3
from typing import Any

import psycopg
import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DataError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from pledgeline.web.errors import is_away

pytestmark = pytest.mark.django_db

FAILURES: dict[str, BaseException] = {
    "forbidden": PermissionDenied("no"),
    "nonsense": SuspiciousOperation("no"),
    "slip": RuntimeError("a slip of the program"),
    "memory": MemoryError(),
}


def sqlite_error(code: int, text: str) -> OperationalError:
    """Give what Django makes of an error of SQLite."""
    cause = sqlite3.OperationalError(text)
    cause.sqlite_errorcode = code
    error = OperationalError(text)
    error.__cause__ = cause
    return error


def postgresql_error(kind: type[Exception], cause: Exception) -> Exception:
    error = kind(str(cause))
    error.__cause__ = cause
    return error


FAILURES["held"] = sqlite_error(sqlite3.SQLITE_BUSY, "database is locked")


def fail(request: HttpRequest, name: str) -> HttpResponse:
    raise FAILURES[name]


urlpatterns = [
    path("fail/<str:name>/", fail),
    path("fail/<str:name>.<str:form>", lambda request, name, form: fail(request, name)),
    path("", include("pledgeline.server.urls")),
]
handler400 = "pledgeline.web.errors.bad_request"
handler403 = "pledgeline.web.errors.permission_denied"
handler404 = "pledgeline.web.errors.page_not_found"
handler500 = "pledgeline.web.errors.server_error"


@pytest.fixture
def client() -> Any:
    """A visitor of the site, with more pages that fail."""
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False, headers={"host": "localhost", "accept": "text/html"})


def acts(page: Any) -> list[str]:
    return re.findall(r'<a class="button primary" href="([^"]+)"', page.content.decode())


@pytest.mark.parametrize(
    ("address", "status", "title", "act"),
    [
        ("/fail/forbidden/", 403, "Your account may not do this", "/account/"),
        ("/fail/nonsense/", 400, "This request could not be read", "/"),
        ("/fail/slip/?a=1", 500, "Something went wrong on our side", "/fail/slip/?a=1"),
        ("/fail/memory/", 503, "This needs more memory than one request may take", "/fail/memory/"),
        ("/fail/held/", 503, "The database does not answer", "/fail/held/"),
        ("/no/such/page/of/ours/", 404, "There is no such page", "/"),
    ],
)
def test_each_says_what_happened_and_one_next_act(client: Client, address, status, title, act):
    page = client.get(address)
    text = page.content.decode()

    assert (status, "text/html; charset=utf-8") == (page.status_code, page["Content-Type"])
    assert f"<h1>{title}</h1>" in text
    assert "pledgeline/theme.css" in text
    assert [act] == acts(page)
    assert "no-store" in page["Cache-Control"]
    assert "slip of the program" not in text
    assert ("5" if status == 503 else "") == page.headers.get("Retry-After", "")


def test_a_form_that_failed_is_not_sent_again_by_a_link(client: Client):
    assert ["/"] == acts(client.post("/fail/slip/"))


@pytest.mark.parametrize("name", ["forbidden", "nonsense", "slip", "memory", "held"])
def test_a_part_of_a_page_gets_one_sentence(client: Client, name):
    answer = client.get(f"/fail/{name}/", headers={"hx-request": "true"})

    assert "text/plain; charset=utf-8" == answer["Content-Type"]
    assert 1 == len(answer.content.decode().splitlines())
    assert b"<" not in answer.content


def test_a_program_that_asks_for_json_gets_a_problem(client: Client):
    """As RFC 9457 has it."""
    asked = (
        client.get("/fail/held/", headers={"accept": "application/json"}),
        client.get("/fail/held.json", headers={"accept": "*/*"}),
    )
    for answer in asked:
        assert (503, "application/problem+json", "5") == (
            answer.status_code,
            answer["Content-Type"],
            answer["Retry-After"],
        )
        assert {"title", "status", "detail"} == answer.json().keys()
        assert 503 == answer.json()["status"]


def test_a_file_that_cannot_be_made_is_one_line_and_a_page_in_a_browser(client: Client):
    line = client.get("/fail/held.csv", headers={"accept": "*/*"})
    page = client.get("/fail/held.csv", headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert "text/plain; charset=utf-8" == line["Content-Type"]
    assert "The database does not answer." in line.content.decode()
    assert "text/html; charset=utf-8" == page["Content-Type"]


def test_a_form_without_its_token_is_refused_in_the_form_that_was_asked_for():
    client = Client(enforce_csrf_checks=True)
    page = client.post("/sign-in/", {"username": "a"})
    part = client.post("/sign-in/", {"username": "a"}, headers={"hx-request": "true"})
    problem = client.post("/sign-in/", {"username": "a"}, headers={"accept": "application/json"})

    assert [403] * 3 == [answer.status_code for answer in (page, part, problem)]
    assert "This form was not accepted" in page.content.decode()
    assert "text/plain; charset=utf-8" == part["Content-Type"]
    assert "application/problem+json" == problem["Content-Type"]


def test_a_database_that_is_away_is_not_waited_for_twice(client: Client, monkeypatch: pytest.MonkeyPatch):
    """The session of the request would be looked up, and kept, once more on the way out."""
    asked = []

    def away(*_args: Any, **_more: Any) -> Any:
        asked.append(1)
        raise FAILURES["held"]

    client.cookies["sessionid"] = "x" * 32
    monkeypatch.setattr("django.contrib.sessions.backends.base.SessionBase.get", away)
    monkeypatch.setattr("django.contrib.sessions.backends.base.SessionBase.__getitem__", away)
    page = client.get("/account/")

    assert 503 == page.status_code
    assert [1] == asked


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (sqlite_error(sqlite3.SQLITE_BUSY, "database is locked"), True),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT, "database is locked"), True),
        (sqlite_error(sqlite3.SQLITE_CANTOPEN, "unable to open database file"), True),
        (sqlite_error(sqlite3.SQLITE_FULL, "database or disk is full"), True),
        (sqlite_error(sqlite3.SQLITE_READONLY, "attempt to write a readonly database"), True),
        (sqlite_error(sqlite3.SQLITE_IOERR_READ, "disk I/O error"), True),
        (sqlite_error(sqlite3.SQLITE_ERROR, "no such table: records_programme"), True),
        (sqlite_error(sqlite3.SQLITE_ERROR, "no such column: naem"), False),
        (sqlite_error(sqlite3.SQLITE_ERROR, 'near "SELCT": syntax error'), False),
        (postgresql_error(OperationalError, psycopg.OperationalError("connection refused")), True),
        (postgresql_error(OperationalError, psycopg.errors.LockNotAvailable("lock timeout")), True),
        (postgresql_error(OperationalError, psycopg.errors.DiskFull("no space left")), True),
        (postgresql_error(InterfaceError, psycopg.InterfaceError("the connection is closed")), True),
        (postgresql_error(ProgrammingError, psycopg.errors.UndefinedTable("no such relation")), True),
        (postgresql_error(ProgrammingError, psycopg.errors.UndefinedColumn("no such column")), False),
        (IntegrityError("twice"), False),
        (DataError("too long"), False),
        (RuntimeError("database is locked"), False),
        (None, False),
    ],
)
def test_whose_fault_an_error_of_the_database_is(error, expected):
    assert expected == is_away(error)
