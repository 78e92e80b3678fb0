"""Around midnight: what a form offers, what is refused as the future, and what was known on a day."""

import json
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from typer.testing import CliRunner

from pledgeline.cli import app
from pledgeline.programme.roles import Role
from pledgeline.records.books import Filter, books_of
from tests.exchange.folders import settings as settings_with
from tests.exchange.folders import write_good
from tests.people import a_person
from tests.web.books import PACKAGE, keep, text_of

pytestmark = pytest.mark.django_db


def at(text):
    return time_machine.travel(datetime.fromisoformat(f"{text}+00:00"), tick=False)


MIDNIGHTS = [
    # moment in UTC, zone, the day there, the day after
    ("2026-03-10T21:59:59", "Europe/Kyiv", "2026-03-10", "2026-03-11"),
    ("2026-03-10T22:00:00", "Europe/Kyiv", "2026-03-11", "2026-03-12"),
    ("2026-03-11T03:59:59", "America/New_York", "2026-03-10", "2026-03-11"),
    ("2026-03-11T04:00:00", "America/New_York", "2026-03-11", "2026-03-12"),
]


@pytest.mark.parametrize(("now", "zone", "today", "tomorrow"), MIDNIGHTS)
def test_a_form_offers_the_day_of_the_programme_and_takes_none_after_it(client, now, zone, today, tomorrow):
    keep(PACKAGE, time_zone=zone)
    ada = a_person("ada", Role.FINANCE, programme="harbour")
    fee = {"contribution": "W", "currency": "USD", "amount": "1.00"}
    with at(now):
        client.force_login(ada)
        page = client.get("/p/harbour/books/record/?kind=fee").content.decode()
        assert re.search(rf'name="effective_on" value="{today}"', page)
        later = client.post(
            "/p/harbour/books/record/?kind=fee", {**fee, "key": "a", "effective_on": tomorrow}
        )
        assert f"choose today, {today}" in text_of(later)
        entered = client.post("/p/harbour/books/record/?kind=fee", {**fee, "key": "b", "effective_on": today})
        assert entered.status_code == 302

    assert books_of("harbour").entry("a") is None
    assert books_of("harbour").entry("b").effective_on == date.fromisoformat(today)


PLEDGES = [
    {
        "id": name, "type": "pledge", "contribution": name, "partner": "Northland", "currency": "USD",
        "amount": 100, "effective_on": "2025-08-01", "recorded_at": f"{moment}Z",
    }
    for name, moment in (
        ("K-before", "2025-08-12T20:59:59"), ("K-after", "2025-08-12T21:00:00"),
        ("U-after", "2025-08-13T00:00:00"), ("N-before", "2025-08-13T03:59:59"), ("N-after", "2025-08-13T04:00:00"),
    )
]  # fmt: skip
"""Written down just before and after midnight between 12 and 13 August, in Kyiv, UTC and New York."""


@pytest.mark.parametrize(
    ("zone", "known"),
    [
        ("Europe/Kyiv", ["K-before"]),
        ("UTC", ["K-before", "K-after"]),
        ("America/New_York", ["K-before", "K-after", "U-after", "N-before"]),
    ],
)
def test_what_was_known_on_a_day_is_what_was_written_down_by_its_end_where_the_programme_is(
    client, zone, known
):
    keep(PLEDGES, time_zone=zone)
    books, day = books_of("harbour"), date(2025, 8, 12)
    with at("2025-12-01T12:00:00"):
        page = client.get("/p/harbour/books/contributions.csv?known_on=2025-08-12").content.decode(
            "utf-8-sig"
        )
        journal = client.get("/p/harbour/books/journal.csv?known_on=2025-08-12").content.decode("utf-8-sig")
        shown = text_of(client.get("/p/harbour/books/?known_on=2025-08-12"))

    assert sorted(known) == [line.split(",")[0].strip('"') for line in page.splitlines()[1:]]
    assert known == list(dict.fromkeys(line.split(",")[1].strip('"') for line in journal.splitlines()[1:]))
    assert f"by the end of this day in {zone}" in shown
    assert known == [entry.key for entry in books.known(known_on=day)]
    assert sorted(known) == sorted(books.state_at(known_on=day).contributions())
    assert {spot.contribution for spot in books.balances(known_on=day)} == set(known)
    assert len(known) == books.count(Filter(known_on=day))


def test_a_moment_is_taken_as_it_is_whatever_the_zone():
    keep(PLEDGES, time_zone="Europe/Kyiv")
    moment = datetime(2025, 8, 13, tzinfo=UTC)

    assert ["K-before", "K-after", "U-after"] == [
        entry.key for entry in books_of("harbour").known(known_on=moment)
    ]


@pytest.mark.parametrize(("now", "zone", "today", "tomorrow"), MIDNIGHTS)
def test_the_command_line_takes_the_day_of_the_programme(tmp_path, now, zone, today, tomorrow):
    folder = write_good(tmp_path / "record")
    settings_with("base_currency =", f'time_zone = "{zone}"\nbase_currency =')(folder)
    with at(now):
        result = CliRunner().invoke(app, ["record", "total", "--folder", str(folder), "--json"])

    assert json.loads(result.stdout)["as_of"] == today
