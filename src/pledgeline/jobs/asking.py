"""Ask for a job, stop it: what pages and actions do with the queue.

What waits and what is stored is bounded, for each programme and each person: one that leans on the button, or
sends one large file after the other, holds up itself.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django_tasks.base import Task

from pledgeline.jobs import sentences
from pledgeline.jobs.models import Job, JobFile, JobState, new_ref

MEGABYTE = 1_000_000


class NotNow(ValueError):
    """The job cannot be asked for; the message says why and what to do, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks: the name that is shown, and the account, where there is one."""

    name: str
    account: str = ""


NOBODY = Asker(name="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that is handed in; with what its programme and this person keep already, elsewhere than here.

    Units:   bytes.
    """

    name: str
    content: bytes
    programme_keeps: int = 0
    person_keeps: int = 0


@transaction.atomic
def ask(
    task: Task[..., Any],
    *,
    programme: str = "",
    asker: Asker = NOBODY,
    upload: Upload | None = None,
    **arguments: object,
) -> Job:
    """Put a job into the queue, with the file that it is about.

    Raises:  NotNow where as many wait, or as much is stored, as may.
    """
    _must_not_be_full(programme, asker)
    if upload is not None:
        _must_fit(upload, programme, asker)
    job: Job = Job.objects.create(
        ref=new_ref(),
        kind=task.queue_name,
        programme=programme,
        arguments=arguments,
        asked_by=asker.name,
        asked_by_account=asker.account,
    )
    if upload is not None:
        JobFile.keep(job, upload.name[:200], upload.content)
    return job


def _must_not_be_full(programme: str, asker: Asker) -> None:
    waiting = Job.objects.filter(state=JobState.WAITING)
    if programme and waiting.filter(programme=programme).count() >= settings.JOBS_PER_PROGRAMME:
        raise NotNow(
            _("%(n)s jobs of this programme wait already: stop one, or come back when some are done.")
            % {"n": settings.JOBS_PER_PROGRAMME}
        )
    if asker.account and waiting.filter(asked_by_account=asker.account).count() >= settings.JOBS_PER_PERSON:
        raise NotNow(
            _("%(n)s jobs of yours wait already: stop one, or come back when some are done.")
            % {"n": settings.JOBS_PER_PERSON}
        )


def _must_fit(upload: Upload, programme: str, asker: Asker) -> None:
    size = len(upload.content)
    most = settings.UPLOADS_MB_PER_PROGRAMME
    if programme and size + upload.programme_keeps + _stored(job__programme=programme) > most * MEGABYTE:
        raise NotNow(
            _(
                "With this file the uploads of this programme would take more than %(n)s MB: delete one that is "
                "not needed any more, and upload it again."
            )
            % {"n": most}
        )
    most = settings.UPLOADS_MB_PER_PERSON
    kept = _stored(job__asked_by_account=asker.account) if asker.account else 0
    if asker.account and size + upload.person_keeps + kept > most * MEGABYTE:
        raise NotNow(
            _(
                "With this file your uploads would take more than %(n)s MB: delete one that is not needed any "
                "more, and upload it again."
            )
            % {"n": most}
        )


def _stored(**whose: str) -> int:
    return JobFile.objects.filter(**whose).aggregate(sum=Sum("size_bytes"))["sum"] or 0


@transaction.atomic
def stop(job: Job) -> None:
    """Ask a job to end. One that waits is ended at once; one at work ends within seconds."""
    row = Job.objects.select_for_update().filter(pk=job.pk).first()
    if row is None:
        return
    if row.state == JobState.WAITING:
        finding = {"code": sentences.STOPPED_IN_TIME, "params": {}}
        Job.objects.filter(pk=row.pk).update(state=JobState.STOPPED.value, ended_at=Now(), finding=finding)
        JobFile.objects.filter(job=row).delete()
    Job.objects.filter(pk=row.pk).update(stop_wanted=True)
