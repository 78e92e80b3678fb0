"""What the function of a job is given: its job, and how it talks with whoever waits for it."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from django_tasks.base import TaskContext

from pledgeline.jobs import claims
from pledgeline.jobs.models import Job


class NoResult(Exception):
    """The job comes to nothing; the message says why and what to do, for people."""


class JobStopped(Exception):
    """The job was stopped and has nothing to give."""


class Channel(Protocol):
    """How a job and its worker talk while it is done."""

    def tell(self, progress: Mapping[str, object]) -> None:
        """Say how far the work is; only the newest counts."""

    def on_stop(self, act: Callable[[], None]) -> None:
        """Say what is to be done when somebody wants the job to end. Without it its process is killed."""


class NoChannel:
    """Nobody listens: the job is done where it was asked for, as tests do it."""

    def tell(self, progress: Mapping[str, object]) -> None: ...

    def on_stop(self, act: Callable[[], None]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class JobContext(TaskContext):
    """A job that is being done.

    What it writes, it writes once, inside of `ending()`. A function that writes nothing just returns its result.
    """

    job: Job
    channel: Channel

    def ending(self) -> AbstractContextManager[claims.Ending]:
        """Write what the job comes to, and that it is done, all or nothing (`claims.ending`)."""
        return claims.ending(self.job)
