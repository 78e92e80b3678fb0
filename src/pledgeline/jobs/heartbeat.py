"""The signs of life that workers give, so that whoever waits learns whether anybody is at work."""

import os
import socket
from datetime import timedelta

from django.db.models.functions import Now

from pledgeline.jobs.models import WorkerRecord, new_ref

SILENCE = timedelta(seconds=20)
"""A worker that gave no sign for so long is taken for gone."""

FORGOTTEN = timedelta(minutes=5)


class Heartbeat:
    """The row of one worker."""

    def __init__(self, kinds: list[str]) -> None:
        self.ref = new_ref()
        self._about = {"host": socket.gethostname(), "process": os.getpid(), "kinds": kinds}

    def beat(self) -> None:
        """Say that the worker is alive; take the rows of those away that have long been gone."""
        if not WorkerRecord.objects.filter(ref=self.ref).update(seen_at=Now()):
            WorkerRecord.objects.create(ref=self.ref, **self._about)
            WorkerRecord.objects.filter(seen_at__lt=Now() - FORGOTTEN).delete()

    def take_leave(self) -> None:
        """Take the row away: the worker ends by itself."""
        WorkerRecord.objects.filter(ref=self.ref).delete()
