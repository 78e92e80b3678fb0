"""One worker, as a process with processes, and what becomes of jobs that die, eat, listen or do not."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.torture import stage
from tests.torture.jobs import children_of

PATIENCE_SECONDS = 60


def walk() -> dict[str, Any]:
    """Give each kind of job to a worker, and say what came of it."""
    from pledgeline.operation import versions

    versions.migrate()
    worker = stage.Child(_work)
    told = {
        "die": _ended("die"),
        "eat": _ended("eat"),
        "long": _ended("long"),
        "deaf and stopped": _stopped("deaf"),
        "listening and stopped": _stopped("listen"),
        "deleted": _deleted(worker.pid),
        "two long ones of one programme": _share(),
    }
    told["told to end"] = _told_to_end(worker)
    told["killed"] = _killed()
    told["orphan"] = _orphan()
    return told


def _work(parent: int = 0) -> None:
    from pledgeline.jobs.kinds import kinds
    from pledgeline.jobs.worker import Worker

    known = kinds()
    Worker({**known, "long": replace(known["long"], most_seconds=1)}, places=2, parent=parent).run()


def _asked(kind: str, programme: str = "") -> Any:
    from pledgeline.jobs.asking import ask
    from pledgeline.jobs.kinds import kinds

    return ask(kinds()[kind].task, programme=programme)


def _until(job: Any, is_so: Callable[[Any], bool]) -> dict[str, Any]:
    """Wait until something is so of a job, and tell of it."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        job.refresh_from_db()
        if is_so(job):
            break
        time.sleep(0.05)
    code = job.finding["code"] if job.finding else ""
    return {"state": job.state, "code": code, "result": job.result, "attempts": job.attempts}


def _is_over(job: Any) -> bool:
    return not job.is_under_way


def _runs(job: Any) -> bool:
    return bool(job.state == "running")


def _ended(kind: str) -> dict[str, Any]:
    return _until(_asked(kind), _is_over)


def _stopped(kind: str) -> dict[str, Any]:
    from pledgeline.jobs.asking import stop

    job = _asked(kind)
    _until(job, lambda job: job.progress if kind == "listen" else _runs(job))
    stop(job)
    return _until(job, _is_over)


def _deleted(worker: int) -> bool:
    """Say whether the process of a job that was deleted ends."""
    job = _asked("deaf")
    _until(job, _runs)
    job.delete()
    return _none_left(worker)


def _share() -> list[str]:
    """Say which of two jobs of one programme and one of another run together."""
    from pledgeline.jobs.asking import stop

    jobs = [_asked("listen long", programme) for programme in ("a", "a", "b")]
    _until(jobs[0], _runs)
    _until(jobs[2], _runs)
    jobs[1].refresh_from_db()
    states = [job.state for job in jobs]
    for job in jobs:
        stop(job)
    for job in jobs:
        _until(job, _is_over)
    return states


def _told_to_end(worker: stage.Child) -> dict[str, Any]:
    """Tell the worker to end while it has a job that does not: it is handed back."""
    from pledgeline.jobs.models import Job, WorkerRecord

    job = _asked("deaf")
    for process in (*_children(worker), worker.pid):  # as systemd does it: all of them at once
        os.kill(process, signal.SIGTERM)
    worker.answer()
    found = _until(job, lambda _job: True)
    job.refresh_from_db()
    answer = {"state": found["state"], "deaths": job.deaths, "workers": WorkerRecord.objects.count()}
    Job.objects.all().delete()
    return answer


def _killed() -> bool:
    """Say whether the processes of a worker that is killed are gone with it."""
    from pledgeline.jobs.models import Job

    worker = stage.Child(_work)
    _asked("deaf")
    left = _children(worker)
    worker.kill()
    Job.objects.all().delete()
    return bool(left) and _all_gone(left)


def _orphan() -> bool:
    """Say whether a worker ends whose parent was killed."""
    starter = stage.Child(_start_and_wait)
    workers = _children(starter)
    starter.kill()
    return bool(workers) and _all_gone(workers)


def _children(parent: stage.Child) -> list[int]:
    """Wait until a process has others under it, and list them."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not (found := children_of([parent.pid])) and time.monotonic() < until:
        time.sleep(0.05)
    return found


def _start_and_wait() -> None:
    stage.Child(_work, os.getpid())
    time.sleep(600)


def _none_left(worker: int) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while children_of([worker]) and time.monotonic() < until:
        time.sleep(0.05)
    return not children_of([worker])


def _all_gone(processes: list[int]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if not any(_is_alive(process) for process in processes):
            return True
        time.sleep(0.05)
    return False


def _is_alive(process: int) -> bool:
    try:
        return (Path("/proc") / str(process) / "stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
