"""A moment is a day only somewhere: around midnight, in both directions, and when clocks are changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgeline.programme.settings import today_of
from pledgeline.programme.zones import day_end, day_start, is_zone, local_day
from tests.builders import a_programme

ZONES = ["UTC", "Europe/Kyiv", "Europe/Brussels", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu"]


@pytest.mark.parametrize(
    ("now", "zone", "today"),
    [
        ("2025-08-12T20:59:59+00:00", "Europe/Kyiv", "2025-08-12"),
        ("2025-08-12T21:00:00+00:00", "Europe/Kyiv", "2025-08-13"),  # summer, three hours ahead
        ("2025-12-31T21:59:59+00:00", "Europe/Kyiv", "2025-12-31"),
        ("2025-12-31T22:00:00+00:00", "Europe/Kyiv", "2026-01-01"),  # winter, two hours ahead
        ("2025-08-13T00:30:00+03:00", "Europe/Brussels", "2025-08-12"),
        ("2025-08-13T03:59:59+00:00", "America/New_York", "2025-08-12"),
        ("2025-08-13T04:00:00+00:00", "America/New_York", "2025-08-13"),
        ("2025-08-12T23:59:59+00:00", "UTC", "2025-08-12"),
    ],
)
def test_today_of_a_programme_is_the_day_of_its_zone(now, zone, today):
    programme = a_programme(time_zone=zone)

    assert today_of(programme, datetime.fromisoformat(now)) == date.fromisoformat(today)


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2025-03-30", 23), ("2025-10-26", 25), ("2025-08-12", 24)],
)
def test_a_day_is_as_long_as_the_clocks_there_make_it(day, hours):
    day = date.fromisoformat(day)
    lasts = day_end(day, "Europe/Kyiv") - day_start(day, "Europe/Kyiv") + timedelta(microseconds=1)

    assert lasts == timedelta(hours=hours)


@given(st.integers(0, 3_500_000_000), st.sampled_from(ZONES))
def test_every_moment_lies_in_its_day_and_days_leave_no_gap(seconds, zone):
    moment = datetime.fromtimestamp(seconds, UTC)
    day = local_day(moment, zone)

    assert day_start(day, zone) <= moment <= day_end(day, zone)
    assert day_end(day, zone) + timedelta(microseconds=1) == day_start(day + timedelta(days=1), zone)


@pytest.mark.parametrize(
    "name", ["", "europe/kyiv", "Europe/Kiew", "EET+2", "+02:00", "../etc/passwd", "Europe", "UTC ", "Kyiv"]
)
def test_what_the_list_does_not_have_is_no_zone(name):
    assert not is_zone(name)


def test_the_list_has_the_zones_of_the_field():
    assert all(map(is_zone, ZONES))
