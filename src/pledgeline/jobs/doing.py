"""Do one job, and write how it ended: whatever happens, it has an end, or its process has one."""

import logging
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django_tasks import task_backends

from pledgeline.jobs import claims, sentences
from pledgeline.jobs.context import Channel, JobContext, JobStopped, NoChannel, NoResult
from pledgeline.jobs.kinds import kinds
from pledgeline.jobs.models import Job, JobState

log = logging.getLogger("pledgeline.jobs")


def do(job: Job, channel: Channel | None = None) -> None:
    """Do a job that was claimed.

    Raises:  OperationalError, InterfaceError where the database is away: the worker has it begun again.
    """
    backend: Any = task_backends["default"]
    context = JobContext(task_result=backend.result_of(job), job=job, channel=channel or NoChannel())
    try:
        result = kinds()[job.kind].task.call(context, **job.arguments)
        if Job.objects.filter(pk=job.pk, state=JobState.RUNNING).exists():
            with context.ending() as end:
                end.result = result
    except claims.LeaseLost:
        log.warning("%s was taken up by somebody else meanwhile: nothing was written", job)
    except JobStopped:
        claims.break_off(job, JobState.STOPPED, sentences.STOPPED)
    except NoResult as error:
        claims.break_off(job, JobState.FAILED, sentences.NO_RESULT, why=str(error))
    except MemoryError:
        claims.break_off(job, JobState.FAILED, sentences.TOO_LITTLE_MEMORY, megabytes=settings.JOB_MEMORY_MB)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # a process without a window: the page must say what happened
        log.exception("%s broke off", job)
        said = f"{type(error).__name__}: {error}"[:500]
        claims.break_off(job, JobState.FAILED, sentences.BROKE_OFF, error=said)
