"""A worker: takes jobs from the queue, each into a process of its own, and stands by them until they end.

The worker itself does nothing that takes long, so that it renews its leases every second, and hears at once that
a job is to be stopped, that its process is gone, or that the worker is to end. It may lose the database: the
processes go on, and what they write is refused if somebody else took the job up meanwhile.
"""

import logging
import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from django.db import DatabaseError

from pledgeline.jobs import child, claims, heartbeat, schedule, sentences
from pledgeline.jobs.connecting import connect_alone, let_go
from pledgeline.jobs.kinds import JobKind
from pledgeline.jobs.models import Job, JobState

LOOK_SECONDS = 0.25
EVERY_SECONDS = {"begin": 0.5, "renew": 1.0, "tidy": 3.0}

STOP_SECONDS = 60.0
"""So long a job that hears that it should stop may take to finish what it has."""

GRACE_SECONDS = 3.0
"""So long the jobs of a worker that is to end may take to end by themselves; then they are handed back."""

HURRY_SECONDS = 1.0
"""Two signals closer together are one: Ctrl-C reaches this process, and the one that passes it on."""

PAUSE_SECONDS = 5.0
"""So long nothing new is begun after a process could not be started."""

_PROCESSES = (
    multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")
)

log = logging.getLogger("pledgeline.jobs")


@dataclass(slots=True)
class Running:
    """A job that is being done, and its process."""

    job: Job
    kind: JobKind
    process: BaseProcess
    pipe: Connection
    ends_by: float
    progress: Mapping[str, object] | None = None
    hears_stop: bool = False
    is_stopping: bool = False


class Worker:
    """Does jobs of some kinds: so many long ones at once, and one quick one beside them.

    No programme has all the places for long jobs, where there are several: another one's turn comes at once.
    With a `parent` it ends when that process is no longer its parent.
    """

    def __init__(self, kinds: Mapping[str, JobKind], *, places: int, parent: int = 0) -> None:
        self.kinds = kinds
        self.places = {True: places, False: 1}
        self.parent = parent
        self.running: list[Running] = []
        self.is_ending = False
        self.is_hurried = False
        self._asked_at = 0.0
        self._next = dict.fromkeys(EVERY_SECONDS, 0.0)
        self._heartbeat = heartbeat.Heartbeat(sorted(kinds))
        self._trouble = ""

    def run(self) -> None:
        """Work until somebody wants the end, or the parent is gone."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._hear_the_end)
        connect_alone(is_patient=False)
        try:
            while not self.is_ending and not self._is_orphan():
                self._try(self._turn)
                self._wait()
        finally:
            self._finish()

    def _hear_the_end(self, *_: object) -> None:
        """Note that the end is wanted; asked once more a while later, somebody is in a hurry."""
        now = time.monotonic()
        self.is_hurried = self.is_ending and now > self._asked_at + HURRY_SECONDS
        self._asked_at = self._asked_at if self.is_ending else now
        self.is_ending = True

    def _is_orphan(self) -> bool:
        return bool(self.parent) and os.name != "nt" and os.getppid() != self.parent

    def _try(self, act: Callable[[], None]) -> None:
        """Do something with the database; without it say so once, and go on."""
        try:
            act()
        except DatabaseError as error:
            if (trouble := f"{type(error).__name__}: {error}".splitlines()[0]) != self._trouble:
                log.error("the database cannot be used (%s): trying again", trouble)
            self._trouble = trouble
            let_go()
        else:
            self._trouble = ""

    def _turn(self) -> None:
        self._see_to_processes()
        if self._is_time("renew") and self.running:
            self._renew()
        if self._is_time("tidy"):  # after the own leases: a machine that slept takes nothing away from itself
            self._tidy()
        if self._is_time("begin"):
            self._begin()

    def _is_time(self, what: str) -> bool:
        now = time.monotonic()
        if now < self._next[what]:
            return False
        self._next[what] = now + EVERY_SECONDS[what]
        return True

    def _wait(self) -> None:
        """Wait a moment, or until a process ends."""
        sentinels = [run.process.sentinel for run in self.running]
        if sentinels:
            wait(sentinels, timeout=LOOK_SECONDS)
        else:
            time.sleep(LOOK_SECONDS)

    def _tidy(self) -> None:
        self._heartbeat.beat()
        schedule.put_down(self.kinds)
        schedule.ask_for_what_is_due(self.kinds)
        if lost := claims.take_back_lost():
            log.warning("%s jobs were left by workers that are gone: they are taken up again", lost)

    # What is being done

    def _see_to_processes(self) -> None:
        for run in list(self.running):
            self._listen(run)
            if not run.process.is_alive():
                self._next["begin"] = 0.0
                self.running.remove(run)
                self._has_ended(run)
            elif time.monotonic() > run.ends_by:
                self._kill(run)
                if run.is_stopping:
                    claims.break_off(run.job, JobState.STOPPED, sentences.STOPPED)
                else:
                    minutes = run.kind.most_seconds // 60
                    claims.break_off(run.job, JobState.FAILED, sentences.TOOK_TOO_LONG, minutes=minutes)

    def _listen(self, one: Running) -> None:
        try:
            while one.pipe.poll():
                said = one.pipe.recv()
                if said == child.HEARS_STOP:
                    one.hears_stop = True
                else:
                    one.progress = said
        except (EOFError, OSError):
            pass  # it has ended, and its process says how

    def _has_ended(self, one: Running) -> None:
        if one.process.exitcode:
            log.warning("%s: its process ended with %s", one.job, one.process.exitcode)
            claims.died(one.job)

    def _renew(self) -> None:
        held = {}
        for run in self.running:
            held[run.job.pk] = (run.job.attempts, run.progress)
            run.progress = None
        found = claims.renew(held)
        for run in list(self.running):
            if run.job.pk in found.lost:
                log.warning("%s is not ours any more: its process is ended", run.job)
                self._kill(run)
            elif run.job.pk in found.to_stop and not run.is_stopping:
                self._stop(run)

    def _stop(self, one: Running) -> None:
        if one.hears_stop:
            one.is_stopping = True
            one.ends_by = min(one.ends_by, time.monotonic() + STOP_SECONDS)
            with suppress(OSError):  # it has just ended
                one.pipe.send(child.STOP)
        else:
            self._kill(one)
            claims.break_off(one.job, JobState.STOPPED, sentences.STOPPED)

    def _kill(self, one: Running) -> None:
        self.running.remove(one)
        one.process.kill()
        one.process.join()

    # What comes next

    def _begin(self) -> None:
        for is_long, places in self.places.items():
            names = [kind.name for kind in self.kinds.values() if kind.is_long is is_long]
            while names and (job := self._next_job(names, is_long, places)) is not None:
                self._start(job)

    def _next_job(self, names: list[str], is_long: bool, places: int) -> Job | None:
        beside = [run.job.programme for run in self.running if run.kind.is_long is is_long]
        if len(beside) >= places:
            return None
        share = max(1, places - 1)
        full = [programme for programme, number in Counter(beside).items() if number >= share]
        return claims.claim(self._heartbeat.ref, names, apart_from=full)

    def _start(self, job: Job) -> None:
        kind = self.kinds[job.kind]
        let_go()  # a process that is forked must not have our connection
        ours, theirs = _PROCESSES.Pipe()
        attempt = (job.pk, job.attempts, theirs, os.getpid())
        process = _PROCESSES.Process(target=child.main, args=attempt, daemon=True)
        try:
            process.start()
        except OSError as error:  # no memory, no process
            log.error("%s: no process could be started (%s)", job, error)
            claims.hand_back(job)
            self._next["begin"] = time.monotonic() + PAUSE_SECONDS
            return
        finally:
            theirs.close()
        log.info("%s begins, attempt %s", job, job.attempts)
        ends_by = time.monotonic() + kind.most_seconds
        self.running.append(Running(job=job, kind=kind, process=process, pipe=ours, ends_by=ends_by))

    # The end

    def _finish(self) -> None:
        """Let jobs end that are about to, hand the others back, and take leave."""
        until = time.monotonic() + GRACE_SECONDS
        while self.running and time.monotonic() < until and not self.is_hurried:
            self._try(self._see_to_processes)
            self._wait()
        for run in list(self.running):
            self._kill(run)
            self._try(partial(claims.hand_back, run.job))
        self._try(self._heartbeat.take_leave)
