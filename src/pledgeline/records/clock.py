"""When something was recorded: by one clock, and never before what was recorded already.

What was known on a day can be asked for later, so it must not change: nothing new is recorded at a time that has
passed. The clock is that of the database where that is PostgreSQL, which all who write share; SQLite has none of
its own, and there it is that of the process. A clock that stands behind the newest row was wrong, or is.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import connection
from django.db.models import Max, Model, QuerySet

from pledgeline.jobs.clock import database_time
from pledgeline.ledger import Refusal
from pledgeline.ledger.entries import time_text
from pledgeline.ledger.refusals import refusal_of

TOLERATED = timedelta(minutes=1)
"""What a clock is put right by now and then, and nobody needs to hear of."""

_When = TypeVar("_When", date, datetime)


_told: ContextVar[Callable[[], datetime] | None] = ContextVar("told", default=None)


@contextmanager
def telling(time: Callable[[], datetime]) -> Iterator[None]:
    """Have the clock show the time of a story until the end of a block: of a year that is invented, and of no other."""
    token = _told.set(time)
    try:
        yield
    finally:
        _told.reset(token)


def told() -> datetime | None:
    """Give the time of the story that is being told; nothing where none is."""
    time = _told.get()
    return time() if time is not None else None


def now() -> datetime:
    """Give the time by the clock that the database goes by."""
    if (moment := told()) is not None:
        return moment
    return database_time() if connection.vendor == "postgresql" else datetime.now(UTC)


AnyModel = TypeVar("AnyModel", bound=Model)


def not_before(rows: QuerySet[AnyModel, object], column: str, when: _When) -> _When:
    """Give `when` as the time of a new row beside `rows`, or the time of the newest of them where that is later."""
    newest: _When | None = rows.aggregate(newest=Max(column))["newest"]
    return when if newest is None else max(when, newest)


def behind(newest: datetime | None, clock: datetime) -> timedelta:
    """Say by how much the clock stands behind what was recorded last; by nothing where that is tolerated."""
    lag = newest - clock if newest is not None else timedelta()
    return lag if lag > TOLERATED else timedelta()


def refused(newest: datetime | None, clock: datetime) -> Refusal | None:
    """Refuse an entry by a clock that stands too far behind to be believed.

    An entry gets the time of the one before it where the clock stands behind. Of a clock that is days behind, the
    days between would then change: what was known on them would be more than it was.
    """
    lag, most = behind(newest, clock), timedelta(days=settings.CLOCK_BEHIND_DAYS)
    if newest is None or lag <= most:
        return None
    return refusal_of("clock-behind.newest", clock=_minutes(clock), newest=_minutes(newest))


def _minutes(moment: datetime) -> str:
    return f"{time_text(moment.replace(second=0, microsecond=0))[:16].replace('T', ' ')} UTC"
