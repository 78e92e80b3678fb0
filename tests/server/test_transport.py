"""What travels is protected: over https alone once it was said, with cookies that nobody else can plant."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from pledgeline.server.database import NoSuchDatabase, database
from pledgeline.server.environment import strict_transport, whole_number

SOURCES = Path(__file__).parents[2] / "src"

ASKED = """
import json
from pledgeline.server import wsgi
from django.conf import settings
from django.test import Client
client = Client(headers={"host": "pledge.example", "x-forwarded-proto": "https"})
answer = client.get("/sign-in/")
from pledgeline.actions.people import add_first_person
add_first_person(name="ada", password="harbour-lantern-otter")
client.post("/sign-in/", {"login": "ada", "password": "harbour-lantern-otter"})
entered = {name: [morsel["secure"], morsel["httponly"], morsel["samesite"], morsel["path"], morsel["domain"]]
           for name, morsel in client.cookies.items()}
parts = ("secure", "httponly", "path", "domain")
cookies = {name: [morsel[part] for part in parts] for name, morsel in answer.cookies.items()}
names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME]
secure = [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE]
print(json.dumps([answer.status_code, dict(answer.headers), cookies, names, secure, entered]))
"""


@pytest.fixture
def site(tmp_path, begin_home):
    """Start the site with some variables, ask it for a page as a proxy that speaks https does, and say what came."""
    begin_home(tmp_path / "home")

    def ask(**variables):
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PLEDGELINE_")},
            "PLEDGELINE_HOME": str(tmp_path / "home"), "PLEDGELINE_HOSTS": "pledge.example",
            "PYTHONPATH": str(SOURCES), "DJANGO_SETTINGS_MODULE": "pledgeline.server.settings", **variables,
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=False
        )
        assert 0 == done.returncode, done.stderr
        return [*json.loads(done.stdout.splitlines()[-1]), done.stderr]

    return ask


def test_over_https_browsers_are_told_to_stay_there_and_cookies_are_of_this_host_alone(site):
    status, headers, cookies, names, secure, entered, said = site(PLEDGELINE_HTTPS="1")

    assert (200, "max-age=31536000; includeSubDomains") == (status, headers["Strict-Transport-Security"])
    assert ["__Host-sessionid", "__Host-csrftoken", "__Host-language"] == names
    assert [True] * 3 == secure
    assert {"__Host-csrftoken": [True, True, "/", ""]} == cookies
    assert {
        "__Host-sessionid": [True, True, "Lax", "/", ""],
        "__Host-csrftoken": [True, True, "Strict", "/", ""],
        "__Host-known_browser": [True, True, "Lax", "/", ""],
    } == entered, "of somebody who has signed in"
    assert "plain http" not in said


def test_over_plain_http_nothing_is_promised_and_others_are_warned_of(site):
    _status, headers, _cookies, names, secure, _entered, said = site()

    assert "Strict-Transport-Security" not in headers
    assert ["sessionid", "csrftoken", "language"] == names
    assert [False] * 3 == secure
    assert "others reach this site (PLEDGELINE_HOSTS) over plain http" in said
    assert "set PLEDGELINE_HTTPS=1" in said


def test_the_promise_can_be_chosen(site):
    headers = site(PLEDGELINE_HTTPS="1", PLEDGELINE_HSTS="max-age=300")[1]

    assert "max-age=300" == headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", (31536000, True, False)),
        ("max-age=300", (300, False, False)),
        ("max-age=0", (0, False, False)),
        ("max-age=63072000; includeSubDomains; preload", (63072000, True, True)),
        ("Max-Age=60 ;includesubdomains", (60, True, False)),
    ],
)
def test_the_promise_is_written_as_the_header(said, meant, monkeypatch):
    monkeypatch.setenv("PLEDGELINE_HSTS", said)

    assert meant == strict_transport("PLEDGELINE_HSTS")


@pytest.mark.parametrize(
    "said", ["1", "300", "max-age", "max-age=", "max-age=-1", "max-age=1; forever", "max-age=٣"]
)
def test_a_promise_that_is_none_stops_the_start(said, monkeypatch):
    monkeypatch.setenv("PLEDGELINE_HSTS", said)

    with pytest.raises(ImproperlyConfigured, match="write it as the header, such as max-age=31536000"):
        strict_transport("PLEDGELINE_HSTS")


@pytest.mark.parametrize("said", ["one", "-1", "1.5", "٣", "9" * 10])
def test_a_number_that_is_none_stops_the_start(said, monkeypatch):
    monkeypatch.setenv("PLEDGELINE_CLOCK_BEHIND_DAYS", said)

    with pytest.raises(ImproperlyConfigured, match="write a whole number, such as 1"):
        whole_number("PLEDGELINE_CLOCK_BEHIND_DAYS", 1)


ELSEWHERE = "postgresql://clerk:hidden@db.example.org/aid"


@pytest.mark.parametrize(
    "address",
    [
        f"{ELSEWHERE}?sslmode=verify-full&sslrootcert=system",
        f"{ELSEWHERE}?sslmode=verify-ca",
        f"{ELSEWHERE}?sslmode=require",
        f"{ELSEWHERE}?sslmode=disable",
        "postgresql://clerk@localhost/aid",
        "postgresql://clerk@127.0.0.1:5433/aid",
        "postgresql://clerk@[::1]/aid",
        "postgresql://clerk@/aid",
        "postgresql://clerk@/aid?host=/run/postgresql",
    ],
)
def test_a_database_on_this_machine_or_over_a_way_that_was_chosen_is_used(address, monkeypatch):
    for name in ("PGSSLMODE", "PGHOST", "PGHOSTADDR"):
        monkeypatch.delenv(name, raising=False)

    assert "aid" == database(address, Path())["NAME"]


@pytest.mark.parametrize(
    "address",
    [
        ELSEWHERE,
        f"{ELSEWHERE}?sslmode=prefer",
        f"{ELSEWHERE}?sslmode=allow",
        "postgresql://clerk:hidden@10.0.0.7/aid",
        "postgresql://clerk:hidden@localhost,db.example.org/aid",
        "postgresql://clerk:hidden@localhost/aid?hostaddr=10.0.0.7",
        "postgresql://clerk:hidden@/aid?host=db.example.org",
    ],
)
def test_a_password_is_not_sent_elsewhere_in_a_way_that_nobody_chose(address, monkeypatch):
    for name in ("PGSSLMODE", "PGHOST", "PGHOSTADDR"):
        monkeypatch.delenv(name, raising=False)

    with pytest.raises(NoSuchDatabase, match=r"add \?sslmode=verify-full") as refused:
        database(address, Path())
    assert "hidden" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_libpq_reads_from_the_environment_counts(monkeypatch):
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert "aid" == database(ELSEWHERE, Path())["NAME"]

    monkeypatch.delenv("PGSSLMODE")
    monkeypatch.setenv("PGHOST", "db.example.org")
    with pytest.raises(NoSuchDatabase, match="on another machine"):
        database("postgresql://clerk@/aid", Path())


def test_no_cookie_goes_along_from_other_sites():
    """Tokens of forms never; a session with a link that somebody follows, and with nothing else."""
    assert ("Strict", "Lax", "Lax") == (
        settings.CSRF_COOKIE_SAMESITE,
        settings.SESSION_COOKIE_SAMESITE,
        settings.LANGUAGE_COOKIE_SAMESITE,
    )
