"""What has to be done again and again: backups, checkpoints, the queue of jobs."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from pledgeline.actions.verification import newest
from pledgeline.jobs.health import health
from pledgeline.operation import backups
from pledgeline.operation.checkup.diagnosis import Diagnosis, doubtful, fine, wrong
from pledgeline.records.models import BooksRecord

BACKUP_EVERY = timedelta(hours=36)
CHECKPOINT_EVERY = timedelta(days=31)


def backup(now: datetime) -> Iterator[Diagnosis]:
    """See that a backup was made of late. Only those made from this home are known."""
    way_out = "run `pledgeline backup FILE` every night, and keep the file on another machine"
    known = backups.noted()
    if known is None:
        yield doubtful("backup", "no backup was made from here", way_out)
        return
    made_at, file = known
    said = f"the last backup was made {_age_said(now - made_at)} ago, into {file}"
    yield doubtful("backup", said, way_out) if now - made_at > BACKUP_EVERY else fine("backup", said)


def checkpoints(now: datetime) -> Iterator[Diagnosis]:
    """See that a checkpoint was given of all books that have entries, and of late."""
    for books in BooksRecord.objects.filter(size__gt=0).select_related("programme"):
        slug = books.programme.slug
        way_out = f"run `pledgeline ledger checkpoint --programme {slug}`, and give what it prints to others"
        last = books.checkpoints.order_by("-pk").first()
        if last is None:
            yield doubtful("checkpoints", f"no checkpoint of the books of {slug} was ever given", way_out)
            continue
        said = (
            f"the last checkpoint of the books of {slug} was given {_age_said(now - last.made_at)} ago, "
            f"{books.size - last.size:,} entries before the newest"
        )
        is_old = books.size > last.size and now - last.made_at > CHECKPOINT_EVERY
        yield doubtful("checkpoints", said, way_out) if is_old else fine("checkpoints", said)


def verification(_now: datetime) -> Iterator[Diagnosis]:
    """See what the worker found, which verifies all books each night."""
    for slug in BooksRecord.objects.filter(size__gt=0).values_list("programme__slug", flat=True):
        last = newest(slug)
        if last is not None and last.problems:
            yield wrong(
                "verification",
                f"the books of {slug} were not verified on {last.at:%Y-%m-%d}: {last.problems[0]}",
                f"run `pledgeline ledger verify --programme {slug}` with a checkpoint kept elsewhere",
            )
        elif last is not None:
            yield fine("verification", f"the books of {slug} were verified on {last.at:%Y-%m-%d}")


def jobs(_now: datetime) -> Iterator[Diagnosis]:
    """See that somebody does what waits."""
    queue = health()
    if queue.is_waiting_for_a_worker:
        yield doubtful(
            "jobs",
            f"jobs wait, the oldest for {queue.oldest_waiting_seconds:,.0f} s, and no worker is there",
            "start `pledgeline worker`, or `pledgeline up`",
        )
    else:
        waiting = sum(queue.waiting.values())
        yield fine("jobs", f"jobs that wait: {waiting}; workers: {queue.workers}")


def _age_said(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"
