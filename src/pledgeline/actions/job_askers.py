"""Jobs and the people who asked for them: in whose name a job does what it does, what follows it, how it is stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django_tasks.base import Task

from pledgeline.accounts.models import User
from pledgeline.accounts.rights import Person, account_of, username_of
from pledgeline.accounts.roles import MACHINE
from pledgeline.audit import trail
from pledgeline.audit.acts import Actor, AuditAct
from pledgeline.audit.callers import Caller, called_by
from pledgeline.jobs import asking
from pledgeline.jobs.asking import Asker
from pledgeline.jobs.models import Job, JobFile


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


def asker_behind(person: Person) -> Asker:
    """Name a person for what they ask for: an account, or whoever sits at the desk."""
    return Asker(name=username_of(person), account=account_of(person))


def person_behind(job: Job) -> Person:
    """Give the person who asked for a job, as the rights are now: an account, or whoever sat at the desk."""
    if job.asked_by_account:
        return User.objects.filter(pk=job.asked_by_account, is_active=True).first()
    return MACHINE if job.asked_by == MACHINE.name else None


def own_job(asker: Asker, programme: str, ref: str, kind: str) -> Job | None:
    """Give a job that somebody asked for themselves; nothing where it is another's, or of another kind."""
    jobs = Job.objects.filter(ref=ref, programme=programme, kind=kind)
    own: Job | None = jobs.filter(asked_by=asker.name, asked_by_account=asker.account).first()
    return own


@transaction.atomic
def answer_look(
    look: Job, task: Task[..., Any], *, act: AuditAct, asker: Asker, **arguments: Any
) -> Job | None:
    """Ask for the job that answers a look at a file, and hand the file on to it; nothing where that was asked before.

    Raises:  NotNow.
    """
    file = JobFile.objects.select_for_update().filter(job=look).first()
    if file is None:
        return None
    made = asking.ask(task, programme=look.programme, asker=asker, **arguments)
    JobFile.objects.filter(pk=file.pk).update(job=made)
    Job.objects.filter(pk=look.pk).update(result={**look.result, "answered_by": made.ref})
    trail.record(act, "job", made.ref, programme=look.programme, file=file.name)
    return made


@trail.leaves_refusals(AuditAct.JOB_STOPPED, "job", ref="job")
@transaction.atomic
def stop_job(job: Job) -> None:
    """Ask a job to end."""
    asking.stop(job)
    trail.record(AuditAct.JOB_STOPPED, "job", job.ref, programme=job.programme, kind=job.kind)
