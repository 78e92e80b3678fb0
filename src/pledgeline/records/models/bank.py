"""The tables of bank statements: what an account held before and after, and each entry, until a person answers it."""

import hashlib
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, UniqueConstraint

from pledgeline.programme.bank_refs import bank_name, is_charge
from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.records.models.columns import one_of
from pledgeline.records.models.programmes import ProgrammeRecord

OPEN, ENTERED, SET_ASIDE = "open", "entered", "set-aside"


class BankStatement(models.Model):
    """One statement of an account, in one currency. Where a file does not say its balances, they are empty.

    `ref` is what the bank calls it, and `number` tells those apart that a bank calls the same in other years.
    """

    objects: ClassVar[models.Manager[Self]]

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.PROTECT, related_name="+")
    account = models.CharField(max_length=LONGEST_KEY)
    ref = models.CharField(max_length=LONGEST_KEY)
    number = models.PositiveIntegerField(default=1)
    currency = models.CharField(max_length=3)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    opening_minor = models.BigIntegerField(null=True)
    closing_minor = models.BigIntegerField(null=True)
    file_name = models.TextField()
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "records_bank_statement"
        ordering = ("-pk",)
        constraints = (
            UniqueConstraint(
                fields=("programme", "account", "currency", "ref", "number"), name="bank_statement_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.account} {self.ref}"

    @property
    def bank_name(self) -> str:
        """Give what the bank calls it; nothing where the bank has no name for it."""
        return bank_name(self.ref)


class BankEntry(models.Model):
    """One entry of an account: above zero what came in, below zero what went out.

    `ref` is what the bank calls it; several may share it, and are told apart by day, amount and, where these agree
    too, by `number`. `event` is the event of the books that it was entered as.
    """

    objects: ClassVar[models.Manager[Self]]

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="entries")
    account = models.CharField(max_length=LONGEST_KEY)
    ref = models.CharField(max_length=LONGEST_KEY)
    booked_on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    number = models.PositiveIntegerField(default=1)
    party = models.TextField()
    text = models.TextField()
    state = models.CharField(max_length=20, default=OPEN)
    event = models.CharField(max_length=LONGEST_KEY)
    contribution = models.CharField(max_length=LONGEST_KEY)
    answered_by = models.TextField()
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField()

    class Meta:
        db_table = "records_bank_entry"
        ordering = ("booked_on", "pk")
        constraints = (
            UniqueConstraint(
                fields=("programme", "account", "currency", "ref", "booked_on", "amount_minor", "number"),
                name="bank_entry_once",
            ),
            one_of("state", [OPEN, ENTERED, SET_ASIDE], name="bank_entry_state"),
            models.CheckConstraint(condition=~Q(amount_minor=0), name="bank_entry_moves_money"),
        )

    def __str__(self) -> str:
        return f"{self.account} {self.ref}"

    @property
    def bank_name(self) -> str:
        """Give what the bank calls it; nothing where the bank has no name for it."""
        return bank_name(self.ref)

    @property
    def is_charge(self) -> bool:
        """Say whether it is what the bank took off another entry."""
        return is_charge(self.ref)

    @property
    def event_key(self) -> str:
        """Give what the keys of the events begin with that an entry is entered as: it follows from what it is."""
        said = (self.account, self.currency, self.ref, self.booked_on, self.amount_minor, self.number)
        return f"bank-{hashlib.sha256(repr(tuple(map(str, said))).encode()).hexdigest()[:24]}"
