"""The process of one job: it goes second, may take so much memory and no more, and ends with its worker.

It speaks with the worker through a pipe, from a thread of its own. A pipe that is closed at the other end says that
the worker is gone; on Linux the system ends the process then, whatever it is doing.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Lock, Thread

NICE = 5
SOONER_TO_DIE = "500"
"""How much sooner than others a system that is short of memory ends the process of a job."""

TELL_SECONDS = 0.5
HEARS_STOP = "hears stop"
STOP = "stop"


def main(pk: int, attempts: int, pipe: Connection, worker: int) -> None:
    """Do the attempt of a job."""
    _end_with(worker)
    for number in (signal.SIGINT, signal.SIGTERM):  # they may reach all processes: the worker decides
        signal.signal(number, signal.SIG_IGN)
    _go_second()
    import django

    django.setup()
    from django.conf import settings

    from pledgeline.jobs.connecting import connect_alone
    from pledgeline.jobs.doing import do
    from pledgeline.jobs.models import Job

    _take_no_more_than(settings.JOB_MEMORY_MB)
    connect_alone(is_patient=True)
    job = Job.objects.filter(pk=pk, attempts=attempts).first()
    if job is not None:
        do(job, PipeChannel(pipe))


class PipeChannel:
    """The job's end of the pipe: tells the newest progress twice a second, and hears whether to stop."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._news: Mapping[str, object] | None = None
        self._act: Callable[[], None] | None = None
        self._sending = Lock()
        Thread(target=self._talk, daemon=True).start()

    def tell(self, progress: Mapping[str, object]) -> None:
        self._news = progress

    def on_stop(self, act: Callable[[], None]) -> None:
        self._act = act
        self._send(HEARS_STOP)

    def _send(self, message: object) -> None:
        with self._sending:
            self._pipe.send(message)

    def _talk(self) -> None:
        try:
            while True:
                if self._pipe.poll(TELL_SECONDS) and self._pipe.recv() == STOP and self._act is not None:
                    self._act()
                news, self._news = self._news, None
                if news is not None:
                    self._send(dict(news))
        except (EOFError, OSError):  # the worker is gone, and somebody else takes this up
            os._exit(1)


def _end_with(worker: int) -> None:
    """End when the worker does, however it ends."""
    if sys.platform == "linux":
        kill_when_the_parent_dies = 1
        ctypes.CDLL(None).prctl(kill_when_the_parent_dies, signal.SIGKILL)
    if os.name != "nt" and os.getppid() != worker:
        os._exit(1)  # it was gone before that was said


def _go_second() -> None:
    with suppress(AttributeError, OSError):
        os.nice(NICE)
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write(SOONER_TO_DIE)


def _take_no_more_than(megabytes: int) -> None:
    """Have the system refuse memory beyond a bound; Windows has no such bound."""
    with suppress(ImportError):
        import resource

        most = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
