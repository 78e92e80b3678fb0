"""The database: whether it answers and takes entries, its version, its clock, its guards."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from pledgeline.audit import guards
from pledgeline.operation import readiness, versions
from pledgeline.operation.checkup.diagnosis import Diagnosis, doubtful, fine, wrong
from pledgeline.operation.running import is_embedded
from pledgeline.records.books import damage
from pledgeline.records.clock import now as database_time
from pledgeline.records.guards import reports
from pledgeline.records.models import BooksRecord

SAME = timedelta(seconds=1)
APART = timedelta(seconds=10)


def answers(_now: datetime) -> Iterator[Diagnosis]:
    """See that the database answers, and that something could be entered."""
    found = readiness.parts()
    if found["database"]:
        yield wrong(
            "database",
            f"the database does not answer: {found['database']}",
            "see that it runs, and that PLEDGELINE_DATABASE_URL and PLEDGELINE_HOME name it",
        )
    elif found["tables"]:
        yield fine("database", "the database answers")
    elif found["writing"]:
        yield wrong(
            "writing",
            f"nothing can be entered: {found['writing']}",
            "see who holds the database, whether its disk lets write, and whether this account may",
        )
    else:
        yield fine("database", "the database answers and takes entries")


def version(_now: datetime) -> Iterator[Diagnosis]:
    """See that program and tables belong together."""
    tables = versions.tables()
    if tables.are_missing:
        yield wrong("version", "there are no tables yet", "start the site with `pledgeline up`")
    elif tables.trouble:
        sentence, _, way_out = tables.trouble.partition(". ")
        yield wrong("version", sentence, way_out)
    else:
        yield fine("version", f"version {versions.program_version()}, and the tables are as it needs them")


def clock(_now: datetime) -> Iterator[Diagnosis]:
    """See that the clock of this machine agrees with that of the database, and with what was entered."""
    newest = max(
        BooksRecord.objects.filter(newest__isnull=False).values_list("newest__entry__recorded_at", flat=True),
        default=None,
    )
    here = timezone.now()
    if newest is not None and newest > here + SAME:
        yield wrong(
            "clock",
            f"the newest entry was recorded {_said(newest - here)} from now: the clock of this machine was set back",
            "set the clock, and let it be kept by NTP",
        )
        return
    apart = timedelta() if is_embedded() else _apart()
    if apart > APART:
        yield wrong(
            "clock",
            f"the clocks of this machine and of the database are {_said(apart)} apart",
            "let both be kept by NTP",
        )
    elif apart > SAME:
        yield doubtful(
            "clock",
            f"the clocks of this machine and of the database are {_said(apart)} apart",
            "let both be kept by NTP",
        )
    else:
        yield fine("clock", "the clock agrees with the database")


def _apart() -> timedelta:
    before = timezone.now()
    there = database_time()
    return abs(there - (before + (timezone.now() - before) / 2))


def _said(time: timedelta) -> str:
    return f"{time.total_seconds():,.0f} s"


def guards_in_place(_now: datetime) -> Iterator[Diagnosis]:
    """See that the database refuses what it should."""
    problems = damage.definitions()
    problems += [f"the guard {name} of what was done is not in place" for name in guards.missing(connection)]
    problems += [f"the guard {name} of reports is not in place" for name in reports.missing(connection)]
    for problem in problems:
        yield wrong(
            "guards",
            problem,
            "somebody took it away: run `pledgeline ledger verify` with a checkpoint kept elsewhere, and restore",
        )
    if not problems:
        yield fine("guards", "the guards of the books, of reports, and of what was done, are in place")
