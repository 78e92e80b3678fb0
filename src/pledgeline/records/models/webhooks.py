"""The tables of webhooks: addresses of other offices that are told of what happens, and what was sent to them.

What happened is read from the audit trail, which has each act in its transaction: nothing is told that was not done,
and nothing that was done is forgotten.
"""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from pledgeline.programme.webhook_fields import LONGEST_ADDRESS
from pledgeline.programme.webhooks import DeliveryState
from pledgeline.records.models.programmes import ProgrammeRecord


class Webhook(models.Model):
    """An address that is told of some kinds of events of a programme.

    What it is told is what its `role` sees, for its `party` where the role is for one; without a role, what everybody
    sees. `secret` is sealed: it signs, so it has to be read again. `since` is the event of the trail up
    to which all were looked at.
    """

    objects: ClassVar[models.Manager["Webhook"]] = models.Manager()

    ref = models.CharField(max_length=32, unique=True)
    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.CASCADE, related_name="webhooks")
    address = models.CharField(max_length=LONGEST_ADDRESS)
    kinds = models.JSONField()
    role = models.CharField(max_length=20, blank=True)
    party = models.CharField(max_length=60, blank=True)
    secret = models.TextField()
    since = models.BigIntegerField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.programme} to {self.address}"


class WebhookDelivery(models.Model):
    """An event for an address: its body as it is sent each time, and how far that is."""

    objects: ClassVar[models.Manager["WebhookDelivery"]] = models.Manager()

    ref = models.CharField(max_length=40, unique=True)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    body = models.TextField()
    state = models.CharField(max_length=10, default=DeliveryState.WAITING.value)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("state", "next_at"), name="webhook_due"),)
        constraints = (
            UniqueConstraint(fields=("webhook", "event"), name="webhook_event_is_told_once"),
            CheckConstraint(
                condition=Q(state__in=[state.value for state in DeliveryState]),
                name="webhook_delivery_state_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class WebhookAttempt(models.Model):
    """One sending: when, what was answered, or a code that says why nothing was."""

    objects: ClassVar[models.Manager["WebhookAttempt"]] = models.Manager()

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=60, blank=True)
    milliseconds = models.PositiveIntegerField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.status or self.code}"
