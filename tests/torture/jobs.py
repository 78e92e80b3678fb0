"""Sites that enqueue and workers are killed at random while jobs run: `torture jobs [--short | JOBS KILLS] [PART ...]`.

Each job is done once, or given up with a reason; none twice, none lost. A site notes each job that it was told is in
the queue; a job writes its effect into a table where twice would stand twice.
"""

import contextlib
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.torture import stage

SETTINGS = "tests.torture.job_settings"
PROGRAMMES = ("a", "b", "c", "")
LEASE = timedelta(seconds=3)
"""Shorter than in earnest, so that work of the dead is taken up again while others are killed."""


def kill_all_kinds(folder: str, jobs: int, kills: int, workers: int, seed: int) -> dict[str, Any]:
    """Have jobs done while sites, workers and processes of jobs are killed, so many of each."""
    from pledgeline.jobs import claims
    from pledgeline.jobs.models import UNDER_WAY, Job
    from pledgeline.operation import versions
    from tests.torture.job_kinds import make_table

    versions.migrate()
    make_table()
    claims.LEASE = LEASE
    chance = random.Random(seed)
    notes = [Path(folder) / f"site-{number}.txt" for number in range(2)]
    site = [_site(note, jobs // 2) for note in notes]
    worker = [stage.Child(_work) for _ in range(workers)]
    killed: Counter[str] = Counter()
    began = time.monotonic()
    try:
        while True:
            time.sleep(chance.random() * 0.4)
            missing = [kind for kind in ("site", "worker", "process") if killed[kind] < kills]
            kind = chance.choice(missing) if missing else ""
            if kind == "site":
                place = chance.randrange(len(site))
                site[place].kill()
                site[place] = _site(notes[place], jobs // 2)
                killed[kind] += 1
            elif kind == "worker":
                place = chance.randrange(len(worker))
                worker[place].kill()
                worker[place] = stage.Child(_work)
                killed[kind] += 1
            elif kind == "process":
                killed[kind] += _kill_one_of([process.pid for process in worker], chance)
            queued = sum(_noted(note) >= jobs // 2 for note in notes) == len(notes)
            is_busy = Job.objects.filter(state__in=UNDER_WAY).exists()
            if queued and not is_busy:
                if not missing:
                    break
                jobs += 2 * len(notes)  # all done, and kills are left: more work for them
                for place, note in enumerate(notes):
                    site[place].kill()
                    site[place] = _site(note, jobs // 2)
            if time.monotonic() - began > 60 + 4 * (jobs + 3 * kills):
                break
    finally:
        for process in (*site, *worker):
            process.kill()
    return {"killed": dict(killed), **_inspect(notes)}


def _site(note: Path, number: int) -> stage.Child:
    return stage.Child(_enqueue, str(note), number)


def _enqueue(note: str, number: int) -> None:
    """Put jobs into the queue until so many are noted, and look at it as pages do; then only look."""
    from pledgeline.jobs.asking import Asker, ask
    from pledgeline.jobs.health import health
    from pledgeline.jobs.models import Job
    from tests.torture.job_kinds import effect

    chance = random.Random()
    with open(note, "a", buffering=1, encoding="utf-8") as file:
        while True:
            if _noted(Path(note)) < number:
                asker = Asker(name="torture", account="")
                job = ask(
                    effect, programme=chance.choice(PROGRAMMES), asker=asker, seconds=chance.random() * 0.3
                )
                file.write(f"{job.ref}\n")
            health()
            list(Job.objects.values_list("state", "progress")[:20])
            time.sleep(chance.random() * 0.2)


def _work() -> None:
    from pledgeline.jobs.kinds import kinds
    from pledgeline.jobs.worker import Worker

    Worker(kinds(), places=3).run()


def _noted(note: Path) -> int:
    return note.read_text("utf-8").count("\n") if note.exists() else 0


def _kill_one_of(parents: list[int], chance: random.Random) -> int:
    """Kill the process of a job that one of the workers does, if there is any; say how many were killed."""
    children = children_of(parents)
    if not children:
        return 0
    with contextlib.suppress(ProcessLookupError):
        os.kill(chance.choice(children), signal.SIGKILL)
        return 1
    return 0


def children_of(parents: list[int]) -> list[int]:
    """List the processes that were started by one of these."""
    processes = [process for process in Path("/proc").iterdir() if process.name.isdigit()]
    return [int(process.name) for process in processes if _parent_of(process) in parents]


def _parent_of(process: Path) -> int:
    try:
        return int((process / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


def _inspect(notes: list[Path]) -> dict[str, Any]:
    """Hold the queue against the notes and the effects."""
    from django.db import connection

    from pledgeline.jobs import sentences
    from pledgeline.jobs.models import Job, JobState

    with connection.cursor() as cursor:
        cursor.execute("SELECT job FROM torture_effect")
        effects = Counter(job for (job,) in cursor.fetchall())
    jobs = {job.ref: job for job in Job.objects.all()}
    noted = [ref for note in notes for ref in note.read_text("utf-8").split()]
    wrong = [f"{ref} was acknowledged and is lost" for ref in noted if ref not in jobs]
    for job in jobs.values():
        wanted = 1 if job.state == JobState.DONE else 0
        if effects[job.ref] != wanted:
            wrong.append(f"{job} is {job.state}, and its effect stands {effects[job.ref]} times")
        if job.state not in (JobState.DONE, JobState.GIVEN_UP):
            wrong.append(f"{job} is {job.state}")
        if job.state == JobState.GIVEN_UP and (job.finding["code"] != sentences.GIVEN_UP or job.deaths < 2):
            wrong.append(f"{job} was given up without a reason")
    return {
        "wrong": wrong,
        "jobs": len(jobs),
        "done": sum(job.state == JobState.DONE for job in jobs.values()),
        "given up": sum(job.state == JobState.GIVEN_UP for job in jobs.values()),
        "attempts": sum(job.attempts for job in jobs.values()),
    }


def _part(vendor: str, workers: int) -> Callable[[Any, int, int], Any]:
    def run(ground: Any, jobs: int, kills: int) -> Any:
        home = ground.new_folder()
        return stage.call(
            "jobs:kill_all_kinds",
            home,
            jobs,
            kills,
            workers,
            1,
            home=home,
            address=ground.address(vendor),
            settings=SETTINGS,
        )

    return run


PARTS = {"postgresql": _part("postgresql", 3), "sqlite": _part("sqlite", 1)}


def main(arguments: list[str]) -> int:
    from tests.torture.parts import Ground, end_servers

    jobs, kills = (20, 2) if "--short" in arguments else (500, 200)
    numbers = [int(argument) for argument in arguments if argument.isdigit()]
    jobs, kills = numbers if len(numbers) == 2 else (jobs, kills)
    wanted = [argument for argument in arguments if argument != "--short" and not argument.isdigit()] or list(
        PARTS
    )
    if set(wanted) - PARTS.keys() or len(numbers) not in (0, 2):
        usage = "usage: do.py torture jobs [--short | JOBS KILLS] [PART ...]; parts:"
        print(f"{usage} {', '.join(PARTS)}", file=sys.stderr)
        return 2
    failed = False
    with tempfile.TemporaryDirectory(prefix="pledgeline-torture-", ignore_cleanup_errors=True) as folder:
        ground = Ground(Path(folder))
        for part in wanted:
            began = time.monotonic()
            found = PARTS[part](ground, jobs, kills)
            failed = failed or bool(found["wrong"])
            said = ", ".join(f"{figure} {name}" for name, figure in found.items() if name != "wrong")
            outcome = "WRONG" if found["wrong"] else "ok"
            print(f"{part:11} {time.monotonic() - began:6.0f} s  {outcome}: {said}", flush=True)
            for problem in found["wrong"][:10]:
                print(f"    {problem}", flush=True)
        end_servers(Path(folder))
    return 1 if failed else 0
