"""Jobs that do what the torture and the tests of workers need: write once, die, eat memory, listen or not."""

import os
import random
import signal
import time
from threading import Event

from django.db import connection

from pledgeline.jobs.context import JobContext
from pledgeline.jobs.kinds import JobKind, job, table


def make_table() -> None:
    """Make a table in which an effect that is written twice stands twice."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE torture_effect (job TEXT NOT NULL)")


@job("effect")
def effect(context: JobContext, seconds: float) -> None:
    """Work a while, and write an effect. The transaction takes a moment, so that kills meet it, too."""
    time.sleep(seconds)
    with context.ending() as end, connection.cursor() as cursor:
        cursor.execute("INSERT INTO torture_effect (job) VALUES (%s)", [context.job.ref])
        time.sleep(random.random() * 0.05)
        end.result = context.job.attempts


@job("die")
def die(context: JobContext) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@job("eat")
def eat(context: JobContext) -> int:
    return len(bytearray(10**11))


@job("deaf")
def deaf(context: JobContext) -> None:
    time.sleep(600)


@job("listen")
def listen(context: JobContext) -> str:
    """Work until somebody wants the end, and give what there is."""
    ended = Event()
    context.channel.on_stop(ended.set)
    context.channel.tell({"step": "listening"})
    assert ended.wait(600)
    return "as far as it came"


@job("listen long")
def listen_long(context: JobContext) -> str:
    return listen.call(context)  # type: ignore[arg-type]


@job("long")
def long(context: JobContext) -> None:
    time.sleep(600)


KINDS = table(
    JobKind(task=effect, most_seconds=60, is_long=True),
    JobKind(task=die, most_seconds=60),
    JobKind(task=eat, most_seconds=60),
    JobKind(task=deaf, most_seconds=600),
    JobKind(task=listen, most_seconds=600),
    JobKind(task=listen_long, most_seconds=600, is_long=True),
    JobKind(task=long, most_seconds=600),
)
