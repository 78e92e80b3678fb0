"""The table of invitations: a link with which somebody makes the account that is meant for them.

The link is shown once, to whoever invites; kept is a digest of what it carries.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

VALID_FOR = timedelta(days=7)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Give what a link carries: 256 bits of chance."""
    return secrets.token_urlsafe(32)


class Invitations(models.Manager["Invitation"]):
    def open_at(self, now: datetime) -> models.QuerySet["Invitation"]:
        """Give those that can be accepted."""
        return self.filter(used_at=None, expires_at__gt=now)


class Invitation(models.Model):
    """A role that waits for somebody. `name` is what whoever invites calls them; their own name they choose.

    A withdrawn invitation is deleted; one that was accepted stays, and says who came of it.
    """

    objects: ClassVar[Invitations] = Invitations()

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=30)
    programme = models.CharField(max_length=60, blank=True)
    party = models.CharField(max_length=200, blank=True)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"
