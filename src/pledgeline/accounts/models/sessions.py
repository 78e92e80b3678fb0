"""The table of sessions: who is signed in, since when, from where.

The key that a browser holds is kept as a digest only: whoever reads this table, or a copy of it, cannot sign in
with what it says.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class Sessions(models.Manager["Session"]):
    def alive(self, now: datetime) -> models.QuerySet["Session"]:
        """Give the sessions that have neither grown too old nor been idle for too long."""
        return self.exclude(_has_ended(now))

    def ended(self, now: datetime) -> models.QuerySet["Session"]:
        """Give the others, which nobody can go on with."""
        return self.filter(_has_ended(now))


def _has_ended(now: datetime) -> Q:
    idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    # Seen by a clock that was wrong, it would never grow old.
    was_seen_in_time_to_come = Q(seen_at__gte=now + idle)
    return Q(expires_at__lte=now) | Q(seen_at__lte=now - idle) | was_seen_in_time_to_come


class Session(models.Model):
    """One browser of one person, from signing in on. `user` is empty for a visitor who has not signed in."""

    objects: ClassVar[Sessions] = Sessions()

    digest = models.CharField(max_length=64, primary_key=True)
    data = models.TextField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions"
    )
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    address = models.CharField(max_length=64)
    user_agent = models.CharField(max_length=300)

    class Meta:
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        return f"from {self.address} since {self.began_at:%Y-%m-%d %H:%M}"
