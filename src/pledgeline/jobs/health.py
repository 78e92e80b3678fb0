"""How the queue stands: for `pledgeline status`, `/readyz`, metrics, and pages that wait."""

from dataclasses import asdict, dataclass

from django.db.models import Count, Min
from django.db.models.functions import Now

from pledgeline.jobs.clock import database_time
from pledgeline.jobs.heartbeat import SILENCE
from pledgeline.jobs.models import UNDER_WAY, Job, JobState, WorkerRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How many jobs wait and are being done, by kind; how long the oldest has waited; how many workers are alive.

    Means:   `oldest_waiting_seconds` is 0 where none waits. `left` counts the jobs whose worker is gone and that
             nobody has taken up again.
    """

    waiting: dict[str, int]
    running: dict[str, int]
    left: int
    oldest_waiting_seconds: float
    workers: int

    def told(self) -> dict[str, object]:
        """Give it for programs."""
        return asdict(self)

    @property
    def is_waiting_for_a_worker(self) -> bool:
        """Say whether there is work and nobody to do it."""
        return self.workers == 0 and bool(self.waiting or self.left)


def health() -> Health:
    """Look at the queue."""
    counted: dict[str, dict[str, int]] = {state: {} for state in UNDER_WAY}
    oldest = None
    rows = Job.objects.filter(state__in=UNDER_WAY).order_by()
    for row in rows.values("state", "kind").annotate(number=Count("pk"), first=Min("asked_at")):
        counted[row["state"]][row["kind"]] = row["number"]
        if row["state"] == JobState.WAITING:
            oldest = min(oldest or row["first"], row["first"])
    waited = (database_time() - oldest).total_seconds() if oldest else 0.0
    return Health(
        waiting=counted[JobState.WAITING],
        running=counted[JobState.RUNNING],
        left=rows.filter(state=JobState.RUNNING, lease_until__lt=Now()).count(),
        oldest_waiting_seconds=max(0.0, waited),
        workers=workers_alive(),
    )


def workers_alive() -> int:
    """Count the workers that have given a sign of late."""
    return WorkerRecord.objects.filter(seen_at__gte=Now() - SILENCE).count()
