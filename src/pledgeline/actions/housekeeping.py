"""What nobody asks for: books are verified each night, reservations expire, and what is over is cleared away."""

from contextlib import suppress
from datetime import timedelta

from django.db.models.functions import Now

from pledgeline.accounts.models import ApiToken, KeptAnswer, Session
from pledgeline.accounts.models.tokens import ANSWERS_KEPT
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.books import expire_reservations
from pledgeline.actions.verification import under_way, verify_books
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.jobs import asking
from pledgeline.jobs.clock import database_time
from pledgeline.jobs.context import JobContext
from pledgeline.jobs.kinds import job
from pledgeline.jobs.models import UNDER_WAY, Job, JobFile
from pledgeline.programme.settings import today_of
from pledgeline.records.books import listed
from pledgeline.records.models import PlanInput, ProgrammeRecord

JOBS_KEPT = timedelta(days=30)
FILES_KEPT = timedelta(days=1)
INPUTS_KEPT = timedelta(days=30)
"""How long an upload is kept from which nothing was planned."""


@job("verify-all")
def verify_all_books(context: JobContext) -> None:
    """Have the books of every programme verified, each by a job of its own."""
    waiting = [books.programme for books in listed(MACHINE) if under_way(books.programme) is None]
    with context.ending() as end:
        for programme in waiting:
            with suppress(asking.NotNow):  # its queue is full: there is another night
                asking.ask(verify_books, programme=programme)
        end.result = {"asked": waiting}


@job("expire")
def expire_all_reservations(context: JobContext) -> dict[str, object]:
    """Set free what is reserved for longer than agreed, in the books of every programme."""
    now = database_time()
    rows = ProgrammeRecord.objects.filter(books__isnull=False)
    made = {row.slug: expire_reservations(row.slug, today=today_of(row.to_value(), now)) for row in rows}
    return {slug: number for slug, number in made.items() if number}


@job("clear")
def clear_away(context: JobContext) -> None:
    """Delete what is over: sessions, tokens, answers to programs, files, old jobs, uploads that nothing came of.

    The job of a run of the planner stays as long as the run, and of each programme the newest verification.
    """
    ended = Job.objects.exclude(state__in=UNDER_WAY)
    newest = ended.filter(kind=verify_books.queue_name).order_by("programme", "-pk")
    kept: dict[str, int] = {}
    for programme, pk in newest.values_list("programme", "pk"):
        kept.setdefault(programme, pk)
    with context.ending():
        old = ended.filter(ended_at__lt=Now() - JOBS_KEPT, plan_run__isnull=True).exclude(
            pk__in=kept.values()
        )
        over = {
            "sessions": Session.objects.ended(database_time()),
            "files": JobFile.objects.filter(job__in=ended.filter(ended_at__lt=Now() - FILES_KEPT)),
            "jobs": old,
            "tokens": ApiToken.objects.filter(expires_at__lt=Now()),
            "answers": KeptAnswer.objects.filter(made_at__lt=Now() - ANSWERS_KEPT),
            "inputs": PlanInput.objects.filter(runs__isnull=True, saved_at__lt=Now() - INPUTS_KEPT),
        }
        gone = {name: rows.delete()[0] for name, rows in over.items()}
        trail.record(AuditAct.CLEARED_AWAY, rows=gone)
