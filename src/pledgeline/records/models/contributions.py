"""The table of the terms of contributions: what their money may be spent on. What stands of them the books say."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from pledgeline.programme.contributions import Contribution
from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.records.models.chain import NounRecord, newest_once
from pledgeline.records.models.programmes import ProgrammeRecord


class ContributionRecord(NounRecord):
    """One version of the terms of a contribution of the books; the newest holds, and every earlier one stays.

    `party` is the partner whose money it is, where that is a party.
    """

    objects: ClassVar[models.Manager[Self]]
    KIND = Contribution

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY)
    version = models.PositiveIntegerField(default=1)
    is_newest = models.BooleanField(default=True)
    party = models.ForeignKey("PartyRecord", on_delete=models.PROTECT, null=True, related_name="+")
    partner = models.CharField(max_length=LONGEST_KEY)
    currency = models.CharField(max_length=3)
    pays_for = models.JSONField(default=list)
    never_pays_for = models.JSONField(default=list)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    largest_share = models.PositiveSmallIntegerField(null=True)
    whole_packages_only = models.BooleanField(default=False)
    agreement = models.CharField(max_length=LONGEST_KEY)
    note = models.TextField()
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "records_contribution"
        ordering = ("key", "version")
        constraints = (
            UniqueConstraint(fields=("programme", "key", "version"), name="contribution_version"),
            newest_once("contribution"),
            CheckConstraint(
                condition=Q(largest_share=None) | Q(largest_share__gte=1, largest_share__lte=100),
                name="contribution_share",
            ),
            CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="contribution_days",
            ),
        )

    def __str__(self) -> str:
        return self.key
