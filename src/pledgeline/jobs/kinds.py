"""What there is to do: a table that the settings name, made of functions declared with Django's `@task`.

The queue of a task is its kind. A worker takes only what stands in the table: one of an older version leaves
the kinds of a newer one alone, and no name in a row is ever imported.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar

import django_tasks
from django_tasks.base import Task

from pledgeline.jobs.context import JobContext

P = ParamSpec("P")
T = TypeVar("T")


def job(kind: str) -> Callable[[Callable[Concatenate[JobContext, P], T]], Task[P, T]]:
    """Declare the function of a kind of job: Django's `@task`, with the context that our worker gives."""
    return django_tasks.task(queue_name=kind, takes_context=True)  # type: ignore[return-value]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """A kind of job.

    `is_long` says that one may take minutes: it waits for one of a worker's places for long work, and what is
    quick has a place of its own. After `most_seconds` a job is ended. `next_due` makes of it what nobody asks
    for: it gives the time after the one given at which it is to be done again.
    """

    task: Task[..., Any]
    most_seconds: int
    is_long: bool = False
    next_due: Callable[[datetime], datetime] | None = None

    @property
    def name(self) -> str:
        return self.task.queue_name


def table(*kinds: JobKind) -> Mapping[str, JobKind]:
    """Put kinds under their names."""
    return {kind.name: kind for kind in kinds}


def kinds() -> Mapping[str, JobKind]:
    """Give the kinds of this site."""
    found: Mapping[str, JobKind] = django_tasks.task_backends["default"].kinds  # type: ignore[attr-defined]
    return found
