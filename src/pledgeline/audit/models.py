"""The table of what was done. The database itself refuses to change or delete a row (see the first migration)."""

import json
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q

from pledgeline.audit.acts import Actor, Outcome

LONGEST_TEXT = 200
"""Units: characters. The longest reference, name or text of an event."""


class AuditEvent(models.Model):
    """One act: who, what, on what, when, from where, with which outcome.

    `actor_number` and `actor_name` are those of the account as they were; at the command line the name is that
    of the system's user. `noun` and `ref` say what it was done to, `programme` is a slug or empty. `code` says
    why something was refused. `details` is a JSON object of a few more facts, with neither secrets nor private
    notes: a text, so that one search finds what is in it, in any script.
    """

    objects: ClassVar[models.Manager[Self]]

    at = models.DateTimeField()
    act = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10)
    code = models.CharField(max_length=60, blank=True)
    actor = models.CharField(max_length=20)
    actor_number = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=LONGEST_TEXT, blank=True)
    noun = models.CharField(max_length=40, blank=True)
    ref = models.CharField(max_length=LONGEST_TEXT, blank=True)
    programme = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    details = models.TextField(default="{}")

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("at", "id"), name="audit_at"),
            models.Index(fields=("act", "at", "id"), name="audit_act"),
            models.Index(fields=("outcome", "at", "id"), name="audit_outcome"),
            models.Index(fields=("actor_name", "at", "id"), name="audit_actor"),
            models.Index(fields=("programme", "at", "id"), name="audit_programme"),
        )
        constraints = (
            CheckConstraint(condition=Q(outcome__in=Outcome.values), name="audit_outcome_is_known"),
            CheckConstraint(condition=Q(actor__in=Actor.values), name="audit_actor_is_known"),
        )

    @property
    def facts(self) -> dict[str, Any]:
        """Give the details as values."""
        facts: dict[str, Any] = json.loads(self.details)
        return facts

    def __str__(self) -> str:
        return f"{self.act} {self.outcome} {self.at:%Y-%m-%d %H:%M:%S}"
