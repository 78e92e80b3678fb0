"""What nobody asks for: kinds of jobs that are due at times, which rows keep by the database's clock."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from pledgeline.jobs.asking import ask
from pledgeline.jobs.clock import database_time
from pledgeline.jobs.kinds import JobKind
from pledgeline.jobs.models import DueTime


def every_hour(now: datetime) -> datetime:
    """Give the next full hour."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def every_day_at(hour: int, minute: int) -> Callable[[datetime], datetime]:
    """Give the next time that a clock of UTC shows so."""

    def next_due(now: datetime) -> datetime:
        today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return today if today > now else today + timedelta(days=1)

    return next_due


def ask_for_what_is_due(kinds: Mapping[str, JobKind]) -> list[str]:
    """Ask for each kind that is due, and put down when it is due next; give their names.

    Several workers may look at once: one of them finds the time, moves it and asks, in one transaction. A time that
    passed while nobody worked is made up for once.
    """
    asked = []
    with transaction.atomic():
        due = DueTime.objects.select_for_update(skip_locked=True).filter(kind__in=kinds, next_at__lte=Now())
        for row in due.annotate(now=Now()):
            kind = kinds[row.kind]
            if kind.next_due is not None:
                ask(kind.task)
                DueTime.objects.filter(pk=row.pk).update(next_at=kind.next_due(row.now))
                asked.append(row.kind)
    return asked


def put_down(kinds: Mapping[str, JobKind]) -> None:
    """Put down when each kind is due for the first time, where that is not known yet."""
    now = database_time()
    for kind in kinds.values():
        if kind.next_due is not None:
            DueTime.objects.get_or_create(kind=kind.name, defaults={"next_at": kind.next_due(now)})
