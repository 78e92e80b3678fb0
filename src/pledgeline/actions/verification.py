"""Verify the books by a job, one at a time for each programme; what was found is the result of the job.

Verifying large books takes minutes of all that a processor can give. So a result serves the public for a while, if no
entry was added; who has a role in the programme may have it made anew.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.event_files import shortfall_told
from pledgeline.actions.job_askers import in_the_name_of_who_asked
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct, Outcome
from pledgeline.jobs import asking
from pledgeline.jobs.asking import Asker
from pledgeline.jobs.clock import database_time
from pledgeline.jobs.context import JobContext
from pledgeline.jobs.kinds import job
from pledgeline.jobs.models import UNDER_WAY, Job, JobState
from pledgeline.records.books import StoredBooks, books_of

SERVES = timedelta(minutes=10)
"""How long a result is shown to the public instead of another run, if no entry was added."""


log = logging.getLogger("pledgeline.jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a verification found, and when."""

    at: datetime
    size: int
    root: str
    trial_balance: str
    problems: Sequence[str]
    shortfalls: Sequence[dict[str, object]]


@job("verify")
def verify_books(context: JobContext) -> dict[str, object]:
    """Compute every hash, sum and floor of the books of a programme again."""
    books = books_of(context.job.programme, MACHINE)
    at = database_time()
    report = books.verify(tell=lambda read: context.channel.tell({"read": read, "of": len(books)}))
    if not connection.is_usable():  # what was found wrong is that the database went away meanwhile
        raise OperationalError("the database went away")
    slug, outcome = context.job.programme, Outcome.FAILED if report.problems else Outcome.DONE
    with in_the_name_of_who_asked(context.job), transaction.atomic():
        trail.record(
            AuditAct.BOOKS_VERIFIED, "books", slug, programme=slug, outcome=outcome, size=report.size
        )
    if report.problems:
        log.error("the books of %s are not verified: %s", context.job.programme, report.problems[0])
    return {
        "at": at.isoformat(),
        "size": report.size,
        "root": report.root.hex(),
        "trial_balance": report.trial_balance.hex(),
        "problems": list(report.problems),
        "shortfalls": [shortfall_told(shortfall) for shortfall in books.shortfalls()],
    }


@trail.leaves_refusals(AuditAct.VERIFICATION_ASKED, "books", ref="books")
@transaction.atomic
def ask_to_verify(books: StoredBooks, *, asker: Asker) -> None:
    """Have books verified, unless that is under way, or the newest result still serves this reader.

    Raises:  NotNow.
    """
    last = newest(books.programme)
    serves = last is not None and last.root == books.root().hex() and database_time() - last.at < SERVES
    if under_way(books.programme) is None and (books.sees_private or not serves):
        slug = books.programme
        asking.ask(verify_books, programme=slug, asker=asker)
        trail.record(AuditAct.VERIFICATION_ASKED, "books", slug, programme=slug)


def under_way(programme: str) -> Job | None:
    """Give the job that verifies the books of a programme, or waits to."""
    found: Job | None = _jobs(programme).filter(state__in=UNDER_WAY).first()
    return found


def newest(programme: str) -> Verified | None:
    """Give the newest result there is."""
    job = _jobs(programme).filter(state=JobState.DONE).first()
    return None if job is None else Verified(**{**job.result, "at": datetime.fromisoformat(job.result["at"])})


def why_none(programme: str) -> str:
    """Say why the last verification came to nothing, if it did."""
    job = _jobs(programme).exclude(state__in=UNDER_WAY).first()
    return job.said if job is not None else ""


def _jobs(programme: str) -> QuerySet[Job]:
    return Job.objects.filter(kind=verify_books.queue_name, programme=programme)
