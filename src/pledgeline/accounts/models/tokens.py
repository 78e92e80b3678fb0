"""The tables of tokens, with which a program acts for a person, and of the answers that it got.

A token is shown once, to whoever makes it; kept is a digest. An answer is kept for a day, so that a program that does
not know whether its request arrived can send it again and gets the same answer.
"""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

MOST_TOKENS = 20
"""So many tokens one person has at a time."""

LONGEST_LIFE_DAYS = 366

LONGEST_REPEAT_KEY = 200
"""Units: characters of the key by which a request is known when it comes again."""

ANSWERS_KEPT = timedelta(days=1)


class Scope(TextChoices):
    """What a token is for: to read what its person may see, or to do what they may do as well."""

    READ = "read", _("read")
    WRITE = "write", _("read and write")


class Tokens(models.Manager["ApiToken"]):
    def valid_at(self, now: datetime) -> models.QuerySet["ApiToken"]:
        """Give those that let somebody in: not expired, of a person who can sign in."""
        return self.filter(expires_at__gt=now, person__is_active=True)


class ApiToken(models.Model):
    """A token of a person. `programme` is the slug of the only programme that it is for, empty for every one."""

    objects: ClassVar[Tokens] = Tokens()

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    scope = models.CharField(max_length=10)
    programme = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (CheckConstraint(condition=Q(scope__in=Scope.values), name="token_scope_is_known"),)

    def __str__(self) -> str:
        return self.name


class KeptAnswer(models.Model):
    """What a program was answered under a key; `digest` stands for the request that it was the answer to."""

    objects: ClassVar[models.Manager[Self]]

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=LONGEST_REPEAT_KEY)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField()
    body = models.TextField()
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (UniqueConstraint(fields=("person", "key"), name="answer_is_given_once"),)

    def __str__(self) -> str:
        return f"{self.status} to {self.key}"
