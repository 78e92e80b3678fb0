"""The tables of the queue: what was asked for, the files that belong to it, who works, and what is due when.

Every time in them is the database's: the clocks of two machines, or of a process that stood still, decide
nothing.
"""

import secrets
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q
from django.db.models.functions import Now

from pledgeline.jobs import sentences


class JobState(StrEnum):
    """How far a job is. GIVEN_UP: the processes that did it were killed, again and again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    GIVEN_UP = "given-up"
    STOPPED = "stopped"


UNDER_WAY = (JobState.WAITING, JobState.RUNNING)
WITHOUT_RESULT = (JobState.FAILED, JobState.GIVEN_UP, JobState.STOPPED)


def new_ref() -> str:
    """Make a name for an address that nobody can guess, of 128 bits."""
    return secrets.token_hex(16)


class Job(models.Model):
    """Something to be done once.

    `attempts` counts how often it was begun, and tells the attempts apart: what an earlier one still wants to
    write is refused. `deaths` counts the attempts that ended without a word. `lease_until` is when a worker that
    does not renew it is taken for gone. `result` is what the job gives, or a reference to it; `finding` says why
    there is none, as a code and its parameters.
    """

    objects: ClassVar[models.Manager["Job"]] = models.Manager()
    file: "JobFile"

    ref = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=40)
    programme = models.CharField(max_length=60, default="")
    arguments = models.JSONField(default=dict)
    asked_by = models.TextField(default="")
    asked_by_account = models.CharField(max_length=40, default="")
    asked_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, default=JobState.WAITING.value)
    stop_wanted = models.BooleanField(default=False)
    progress = models.JSONField(default=dict)
    attempts = models.PositiveIntegerField(default=0)
    deaths = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=32, default="")
    lease_until = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    result: Any = models.JSONField(null=True)
    finding: Any = models.JSONField(null=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (
            models.Index(fields=("state", "kind", "programme"), name="job_queue"),
            models.Index(fields=("programme", "kind", "began_at"), name="job_served"),
        )
        constraints = (
            CheckConstraint(
                condition=Q(state__in=[state.value for state in JobState]), name="job_state_is_known"
            ),
            CheckConstraint(
                condition=~Q(state=JobState.RUNNING.value) | Q(lease_until__isnull=False),
                name="job_running_has_a_lease",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def said(self) -> str:
        """Say why there is no result, in the reader's language."""
        return sentences.sentence(self.finding["code"], self.finding["params"]) if self.finding else ""


class JobFile(models.Model):
    """A file of a job, kept in the database: what is to be read, or what was written to be downloaded.

    It goes with its job's end, unless the job says that somebody still needs it; then after a day.
    """

    objects: ClassVar[models.Manager["JobFile"]] = models.Manager()

    job = models.OneToOneField(Job, on_delete=models.CASCADE, related_name="file")
    name = models.TextField()
    content = models.BinaryField()
    size_bytes = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, job: Job, name: str, content: bytes) -> None:
        cls.objects.create(job=job, name=name, content=content, size_bytes=len(content))


class WorkerRecord(models.Model):
    """A worker that is at work, and when it last gave a sign. It takes its row away when it ends."""

    objects: ClassVar[models.Manager["WorkerRecord"]] = models.Manager()

    ref = models.CharField(max_length=32, unique=True)
    host = models.TextField()
    process = models.PositiveIntegerField()
    kinds = models.JSONField()
    began_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.host} {self.process}"


class DueTime(models.Model):
    """When a kind of job that nobody asks for is due next."""

    objects: ClassVar[models.Manager["DueTime"]] = models.Manager()

    kind = models.CharField(max_length=40, primary_key=True)
    next_at = models.DateTimeField()

    class Meta:
        ordering = ("kind",)

    def __str__(self) -> str:
        return self.kind
