"""Django's tasks interface over our queue: `task.enqueue(...)` puts a job into it, asked for by nobody.

Pages say who asks, and for which programme: `asking.ask`.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task
from django_tasks.exceptions import TaskResultDoesNotExist

from pledgeline.jobs.kinds import JobKind

if TYPE_CHECKING:
    from pledgeline.jobs.models import Job

P = ParamSpec("P")
T = TypeVar("T")

STATUSES = {
    "waiting": TaskResultStatus.READY,
    "running": TaskResultStatus.RUNNING,
    "done": TaskResultStatus.SUCCESSFUL,
}


class JobsBackend(BaseTaskBackend):
    """The queue of `pledgeline.jobs`. Its option `kinds` names the table of what can be done."""

    supports_get_result = True

    @cached_property
    def kinds(self) -> Mapping[str, JobKind]:
        found: Mapping[str, JobKind] = import_string(self.options["kinds"])
        return found

    def enqueue(self, task: Task[P, T], args: Sequence[object], kwargs: dict[str, Any]) -> TaskResult[T]:
        from pledgeline.jobs.asking import ask

        self.validate_task(task)
        if args:
            raise TypeError(f"{task.name} takes its arguments by name")
        return self.result_of(ask(task, **kwargs))

    def get_result(self, result_id: str) -> TaskResult[Any]:
        from pledgeline.jobs.models import Job

        job = Job.objects.filter(ref=result_id, kind__in=self.kinds).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        return self.result_of(job)

    def result_of(self, job: "Job") -> TaskResult[Any]:
        """Give a job as Django's tasks have it."""
        result: TaskResult[Any] = TaskResult(
            task=self.kinds[job.kind].task,
            id=job.ref,
            status=STATUSES.get(job.state, TaskResultStatus.FAILED),
            enqueued_at=job.asked_at,
            started_at=job.began_at,
            last_attempted_at=job.began_at,
            finished_at=job.ended_at,
            args=[],
            kwargs=job.arguments,
            backend=self.alias,
            errors=[],
            worker_ids=[job.worker] * job.attempts,
        )
        object.__setattr__(result, "_return_value", job.result)
        return result
