"""Jobs and the people who asked for them: in whose name a job does what it does, and how it is stopped."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from pledgeline.accounts.models import User
from pledgeline.accounts.rights import Person
from pledgeline.accounts.roles import MACHINE
from pledgeline.audit import trail
from pledgeline.audit.acts import Actor, AuditAct
from pledgeline.audit.callers import Caller, called_by
from pledgeline.jobs import asking
from pledgeline.jobs.models import Job


@contextmanager
def in_the_name_of_who_asked(job: Job) -> Iterator[None]:
    """Say for the audit trail who is behind what a job does; one that nobody asked for is the program's own."""
    kind = Actor.PROGRAM
    if job.asked_by:
        kind = Actor.PERSON if job.asked_by_account else Actor.DESK
    number = int(job.asked_by_account) if job.asked_by_account else None
    caller = Caller(kind=kind, number=number, name=job.asked_by, request_id=f"job-{job.ref}")
    with called_by(lambda: caller):
        yield


def person_behind(job: Job) -> Person:
    """Give the person who asked for a job, as the rights are now: an account, or whoever sat at the desk."""
    if job.asked_by_account:
        return User.objects.filter(pk=job.asked_by_account, is_active=True).first()
    return MACHINE if job.asked_by == MACHINE.name else None


@trail.leaves_refusals(AuditAct.JOB_STOPPED, "job", ref="job")
@transaction.atomic
def stop_job(job: Job) -> None:
    """Ask a job to end."""
    asking.stop(job)
    trail.record(AuditAct.JOB_STOPPED, "job", job.ref, programme=job.programme, kind=job.kind)
