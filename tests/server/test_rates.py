"""How often a visitor may ask for what is dear, and what is said to who asks more often."""

import sqlite3
import threading
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver

from pledgeline.server import rates
from pledgeline.server.rates import Counts, takes_a_core
from pledgeline.web import dear
from pledgeline.web.dear import ALL, NAMES, SCENARIOS

SCENARIO = "/guarantees/scenarios/weekend-attack/"
NOON = 1_795_953_600.0
"""The beginning of a minute."""


@pytest.fixture
def counted(settings, tmp_path, monkeypatch):
    """Count anew, from the beginning of a minute; three scenarios are allowed in it."""
    settings.RATE_LIMITS = True
    monkeypatch.setattr(rates, "counts", Counts(tmp_path / "counts.sqlite3"))
    monkeypatch.setattr(rates.time, "time", lambda: NOON + 20)
    few = dear.Allowance(name="scenarios", about="Scenarios", per_minute=3)
    monkeypatch.setattr(dear, "_READ", {**dear._READ, "guarantees-scenario": few})


def ask(client: Client, address: str = "192.0.2.7", path: str = SCENARIO, **more):
    return client.get(path, REMOTE_ADDR=address, **more)


@pytest.mark.django_db
def test_the_fourth_scenario_of_a_minute_is_too_many_and_the_next_minute_begins_anew(
    client, counted, monkeypatch
):
    assert [200, 200, 200, 429] == [ask(client).status_code for _ in range(4)]

    page = ask(client)
    text = page.content.decode()

    assert "40" == page["Retry-After"]
    assert "<h1>You have asked for this too often</h1>" in text
    assert "Load the page again in 40 seconds." in text
    assert f'href="{SCENARIO}"' in text
    monkeypatch.setattr(rates.time, "time", lambda: NOON + 60)
    assert 200 == ask(client).status_code


@pytest.mark.django_db
def test_one_visitor_is_no_other_and_a_page_is_not_counted(client, counted):
    for _ in range(4):
        ask(client)

    assert 429 == ask(client).status_code
    assert 200 == ask(client, address="192.0.2.8").status_code
    assert 200 == ask(client, path="/guarantees/").status_code
    assert 200 == ask(client, path="/guarantees/scenarios/").status_code


@pytest.mark.django_db
def test_whoever_is_signed_in_is_counted_alone_wherever_they_sit(client, counted, django_user_model):
    for _ in range(4):
        ask(client)
    client.force_login(django_user_model.objects.create(username="planner"))

    assert [200, 200, 200, 429] == [ask(client).status_code for _ in range(4)]
    assert 429 == ask(client, address="192.0.2.9").status_code


@pytest.mark.django_db
def test_a_header_of_the_visitor_makes_nobody_else_of_them(client, counted):
    answers = [ask(client, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}").status_code for n in range(4)]

    assert [200, 200, 200, 429] == answers


@pytest.mark.django_db
def test_without_the_setting_nobody_is_refused(client, counted, settings):
    settings.RATE_LIMITS = False

    assert [200] * 5 == [ask(client).status_code for _ in range(5)]


@pytest.mark.django_db
def test_where_counts_cannot_be_kept_nobody_is_refused(client, counted, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(rates, "counts", Counts(tmp_path / "no" / "such" / "folder"))

    assert [200] * 5 == [ask(client).status_code for _ in range(5)]
    assert "Requests are not counted" in caplog.text


def test_processes_count_together(tmp_path: Path):
    """Two workers, each with its own connection, and four threads in each."""
    workers = [Counts(tmp_path / "counts.sqlite3") for _ in range(2)]

    def count(worker: Counts) -> None:
        for _ in range(50):
            worker.add("exports address:192.0.2.7", now=NOON)

    threads = [threading.Thread(target=count, args=(worker,)) for worker in workers * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert 401 == workers[0].add("exports address:192.0.2.7", now=NOON)


def test_counts_of_past_minutes_are_not_kept(tmp_path: Path):
    counts = Counts(tmp_path / "counts.sqlite3")
    for number in range(50):
        counts.add(f"exports address:192.0.2.{number}", now=NOON)
    counts.add("exports address:192.0.2.1", now=NOON + 60)

    with sqlite3.connect(tmp_path / "counts.sqlite3") as connection:
        assert [("exports address:192.0.2.1", 1)] == connection.execute(
            "SELECT name, number FROM counts"
        ).fetchall()


# ---- what is counted ----


def routes() -> dict[str, str]:
    """Give the addresses of the pages by their names."""
    named = get_resolver().namespace_dict["web"][1].reverse_dict
    return {name: named.getlist(name)[0][0][0][0] for name in named if isinstance(name, str)}


def test_every_name_that_is_counted_is_that_of_an_address():
    assert set() == NAMES - routes().keys()


def test_every_file_is_counted():
    """A new export is seen here, and gets an allowance. Pictures and short texts cost no more than a page."""
    light = {
        "favicon",
        "picture",
        "partner-picture",
        "plan-picture",
        "books-flow",
        "progress-picture",
        "guarantees-funding-picture",
    }
    light |= {
        "books-inclusion",
        "books-checkpoint",
        "books-verifier",
        "books-keys",
        "checkpoints",
        "rights-file",
        "robots",
    }
    files = {name for name, route in routes().items() if "." in route or "format_" in route}

    assert set() == files - NAMES - light


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", SCENARIO, True),
        ("GET", "/guarantees/scenarios/written.csv", True),
        ("GET", "/p/purl/announcements.xlsx", True),
        ("GET", "/p/purl/announcements/", False),
        ("GET", "/p/purl/plan/new/", False),
        ("POST", "/p/purl/plan/new/", True),
        ("POST", "/sign-in/", False),
        ("GET", "/healthz", False),
        ("GET", "/no/such/page/at/all/", False),
        ("GET", "/\xff\xfe/", False),
    ],
)
def test_what_waits_for_its_turn(method, path, expected):
    assert expected == takes_a_core({"REQUEST_METHOD": method, "PATH_INFO": path})


def test_an_office_of_fifty_is_not_hindered():
    """Everybody opens a scenario and a file of it in the same minute."""
    assert all(allowance.per_minute >= 100 for allowance in ALL if allowance.name in ("scenarios", "exports"))
    assert SCENARIOS.per_minute >= 3 * 50
