"""The table of acts that wait for the approval of a second person, and of those on which somebody has decided."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from pledgeline.money import Amount
from pledgeline.programme.approvals import APPROVERS, Approvable
from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.records.models.columns import RefField, both_or_none, in_bounds, is_a_code, one_of
from pledgeline.records.models.programmes import ProgrammeRecord


class Decision(models.TextChoices):
    """What has become of an act that was held."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OUTDATED = "outdated"


class HeldAct(models.Model):
    """An act that somebody wants to take, with all that it was told: nothing of it is done before it is approved.

    `noun`, `key` and `step` say what it is; `said` is what else it was told. `stamp` stands for the noun as it was
    when the act was asked for. `amount` is what it is about; `compared` is that in the programme's currency, with the
    `rates` that led there, and nothing where there was no rate.
    """

    objects: ClassVar[models.Manager[Self]]

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.PROTECT, related_name="+")
    ref = RefField()
    what = models.CharField(max_length=20)
    noun = models.CharField(max_length=20)
    key = models.CharField(max_length=LONGEST_KEY)
    step = models.CharField(max_length=20)
    said = models.JSONField(default=dict)
    stamp = models.CharField(max_length=64)
    amount_minor = models.BigIntegerField()
    amount_currency = models.CharField(max_length=3)
    compared_minor = models.BigIntegerField(null=True)
    compared_currency = models.CharField(max_length=3, null=True)
    rates = models.JSONField(default=list)
    role = models.CharField(max_length=20)
    asked_by = models.TextField()
    asked_account = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    asked_with = models.CharField(max_length=200)
    decision = models.CharField(max_length=20, default=Decision.WAITING)
    decided_by = models.TextField()
    decided_account = models.CharField(max_length=40)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField()

    class Meta:
        db_table = "records_held_act"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("programme", "decision"), name="held_act_decision"),)
        constraints = (
            one_of("what", [what.value for what in Approvable], name="held_act_what"),
            one_of("role", sorted(role.value for role in APPROVERS), name="held_act_role"),
            one_of("decision", Decision.values, name="held_act_decided"),
            both_or_none("compared_minor", "compared_currency", name="held_act_compared"),
            CheckConstraint(
                condition=is_a_code("amount_currency") & in_bounds("amount_minor"), name="held_act_amount"
            ),
            CheckConstraint(
                condition=Q(decision=Decision.WAITING, decided_at=None)
                | (~Q(decision=Decision.WAITING) & Q(decided_at__isnull=False)),
                name="held_act_is_decided_once",
            ),
            CheckConstraint(
                condition=~Q(decision=Decision.APPROVED)
                | Q(asked_account="")
                | ~Q(decided_account=models.F("asked_account")),
                name="held_act_four_eyes",
            ),
            UniqueConstraint(
                fields=("programme", "noun", "key", "step"),
                condition=Q(decision=Decision.WAITING) & ~Q(noun="contribution"),
                name="held_act_waits_once",
            ),
            UniqueConstraint(
                fields=("programme", "asked_with"), condition=~Q(asked_with=""), name="held_act_is_asked_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} {self.noun} {self.key}"

    @property
    def amount(self) -> Amount:
        return Amount(self.amount_minor, self.amount_currency)

    @property
    def compared(self) -> Amount | None:
        if self.compared_minor is None or self.compared_currency is None:
            return None
        return Amount(self.compared_minor, self.compared_currency)
