"""Who does which job: claimed, kept by a lease, taken back, ended.

An attempt is named by the job and the number of the attempt. Whatever is written about an attempt is written only
while the job still runs as that one: a worker that was taken for gone, and wakes, changes nothing. All times are
the database's.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Max, Window
from django.db.models.functions import Now, RowNumber

from pledgeline.jobs import sentences
from pledgeline.jobs.models import Job, JobFile, JobState

LEASE = timedelta(seconds=15)
"""After so long without a sign of its worker a job is taken up again."""

MOST_DEATHS = 2
"""A job whose processes ended so often without a word is not begun again."""

MOST_TRIED = 8
"""How many waiting jobs a worker tries to get, where others reach for them at the same moment."""


class LeaseLost(Exception):
    """The job is not ours any more: what was done of it counts for nothing."""


def claim(worker: str, kinds: Collection[str], *, apart_from: Collection[str] = ()) -> Job | None:
    """Take the job of these kinds whose turn it is, if there is one, for no programme of `apart_from`."""
    for pk in _in_turn(kinds, apart_from):
        with transaction.atomic():
            free = Job.objects.select_for_update(skip_locked=True).filter(pk=pk, state=JobState.WAITING)
            job: Job | None = free.first()
            if job is None:
                continue  # somebody else was quicker
            Job.objects.filter(pk=pk).update(
                state=JobState.RUNNING.value,
                attempts=F("attempts") + 1,
                worker=worker,
                progress={},
                began_at=Now(),
                lease_until=Now() + LEASE,
            )
            job.refresh_from_db()
            return job
    return None


def _in_turn(kinds: Collection[str], apart_from: Collection[str]) -> list[int]:
    """List who may be next: programme after programme, the one that was served longest ago first.

    Within a programme who came first is first.
    """
    waiting = Job.objects.filter(state=JobState.WAITING, kind__in=kinds).exclude(programme__in=apart_from)
    place = Window(RowNumber(), partition_by="programme", order_by="pk")
    rows = list(
        waiting.order_by("pk")
        .annotate(place=place)
        .filter(place__lte=MOST_TRIED)
        .values_list("place", "programme", "pk")
    )
    programmes = {programme for _, programme, _ in rows}
    served = dict(
        Job.objects.filter(programme__in=programmes, kind__in=kinds, began_at__isnull=False)
        .order_by()
        .values_list("programme")
        .annotate(Max("began_at"))
    )
    never = min(served.values(), default=None)
    turn = sorted(rows, key=lambda row: (row[0], row[1] in served, served.get(row[1], never), row[2]))
    return [pk for _, _, pk in turn[:MOST_TRIED]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldJobs:
    """What a worker learns of the jobs that it holds: those that are lost, and those that somebody wants stopped."""

    lost: frozenset[int]
    to_stop: frozenset[int]


def renew(held: Mapping[int, tuple[int, Mapping[str, object] | None]]) -> HeldJobs:
    """Renew the leases of jobs, by their attempt, and write the progress of those that have made some.

    A job whose row is locked is being ended by its own process, or looked at by somebody who stops it: its lease
    can wait, since whoever takes up jobs again passes over it, too.
    """
    columns = ("pk", "attempts", "state", "stop_wanted")
    rows = {row[0]: row for row in Job.objects.filter(pk__in=held).values_list(*columns)}
    ours = {pk for pk, (attempt, _) in held.items() if pk in rows and rows[pk][1] == attempt}
    with transaction.atomic():
        free = Job.objects.select_for_update(skip_locked=True).filter(pk__in=ours, state=JobState.RUNNING)
        for job in free.only("pk", "attempts"):
            attempt, progress = held[job.pk]
            if job.attempts == attempt:
                news = {} if progress is None else {"progress": dict(progress)}
                Job.objects.filter(pk=job.pk).update(lease_until=Now() + LEASE, **news)
    return HeldJobs(
        lost=frozenset(held.keys() - ours | {pk for pk in ours if rows[pk][2] == JobState.WAITING}),
        to_stop=frozenset(pk for pk in ours if rows[pk][3]),
    )


def take_back_lost() -> int:
    """Take up again what workers left that gave no sign until their lease ended; give how many these were."""
    with transaction.atomic():
        lost = Job.objects.select_for_update(skip_locked=True).filter(
            state=JobState.RUNNING, lease_until__lt=Now()
        )
        jobs = list(lost)
        for job in jobs:
            _died(job)
    return len(jobs)


def died(job: Job) -> None:
    """Note that the process of an attempt ended without a word."""
    with transaction.atomic():
        if (mine := _mine(job)) is not None:
            _died(mine)


def hand_back(job: Job) -> None:
    """Put a job back that was broken off because its worker ends."""
    with transaction.atomic():
        if _mine(job) is not None:
            Job.objects.filter(pk=job.pk).update(state=JobState.WAITING.value, lease_until=None)


def break_off(job: Job, state: JobState, code: str, **params: object) -> None:
    """Note that an attempt was ended, and why."""
    with transaction.atomic():
        if _mine(job) is not None:
            _end(job, state, finding={"code": code, "params": params})


@dataclass(slots=True)
class Ending:
    """How a job ends: what it gives, and whether its file is needed any longer."""

    result: object = None
    keeps_file: bool = False


@contextmanager
def ending(job: Job) -> Iterator[Ending]:
    """Write what a job comes to, and that it is done, all or nothing.

    Raises:  LeaseLost, before anything is written, where the job is not this attempt's any more.
    """
    with transaction.atomic():
        if _mine(job) is None:
            raise LeaseLost(str(job))
        end = Ending()
        yield end
        _end(job, JobState.DONE, result=end.result, keeps_file=end.keeps_file)


def _mine(job: Job) -> Job | None:
    """Lock the row of a job, if it still runs as this attempt."""
    rows = Job.objects.select_for_update().filter(pk=job.pk, attempts=job.attempts, state=JobState.RUNNING)
    found: Job | None = rows.first()
    return found


def _died(job: Job) -> None:
    deaths = job.deaths + 1
    Job.objects.filter(pk=job.pk).update(deaths=deaths, state=JobState.WAITING.value, lease_until=None)
    if job.stop_wanted:
        _end(job, JobState.STOPPED, finding={"code": sentences.STOPPED, "params": {}})
    elif deaths >= MOST_DEATHS:
        _end(job, JobState.GIVEN_UP, finding={"code": sentences.GIVEN_UP, "params": {"deaths": deaths}})


def _end(
    job: Job,
    state: JobState,
    *,
    result: object = None,
    finding: dict[str, object] | None = None,
    keeps_file: bool = False,
) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state.value,
        ended_at=Now(),
        lease_until=None,
        result=_storable(result),
        finding=_storable(finding),
    )
    if not keeps_file:
        JobFile.objects.filter(job_id=job.pk).delete()


def _storable(value: object) -> object:
    """Give JSON without what no database keeps in it: NUL, and halves of characters."""
    if isinstance(value, str):
        return "".join(letter for letter in value if letter != "\0" and not "\ud800" <= letter <= "\udfff")
    if isinstance(value, dict):
        return {_storable(key): _storable(part) for key, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list | tuple) else value
