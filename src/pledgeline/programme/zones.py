"""Days and moments: which day it is where a programme counts its days, and when that day ends.

A day without a zone is two days: at 22:30 in London it is tomorrow in Kyiv. Whoever turns a moment into a day,
or a day into a moment, names the zone and does it here.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_TICK = timedelta(microseconds=1)


@lru_cache(maxsize=1000)
def zone(name: str) -> ZoneInfo:
    """Give the IANA time zone `name`."""
    return ZoneInfo(name)


def is_zone(name: str) -> bool:
    """Say whether `name` is an IANA time zone, in its own spelling.

    >>> is_zone("Europe/Kyiv"), is_zone("europe/kyiv"), is_zone("+02:00")
    (True, False, False)
    """
    return name in available_timezones()


def zone_names() -> list[str]:
    """List the IANA time zones."""
    return sorted(available_timezones())


@lru_cache(maxsize=100_000)
def day_start(day: date, zone_name: str) -> datetime:
    """Give the first moment of a local day, in UTC."""
    return datetime.combine(day, time(), zone(zone_name)).astimezone(UTC)


@lru_cache(maxsize=100_000)
def day_end(day: date, zone_name: str) -> datetime:
    """Give the last moment of a local day, in UTC.

    >>> day_end(date(2026, 12, 31), "Europe/Kyiv").isoformat(timespec="seconds")
    '2026-12-31T21:59:59+00:00'
    """
    return day_start(day + timedelta(days=1), zone_name) - _TICK


def local_day(moment: datetime, zone_name: str) -> date:
    """Give the day that a calendar on the wall shows at `moment` in that zone.

    >>> local_day(datetime(2025, 8, 12, 21, 30, tzinfo=UTC), "Europe/Kyiv").isoformat()
    '2025-08-13'
    """
    return moment.astimezone(zone(zone_name)).date()
