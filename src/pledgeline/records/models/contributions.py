"""The table of the terms of contributions: what their money may be spent on. What stands of them the books say."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from pledgeline.programme.contributions import Contribution
from pledgeline.records.models.chain import NounVersion, newest_once


class ContributionRecord(NounVersion):
    """One version of the terms of a contribution of the books; the newest holds, and every earlier one stays.

    `party` is the partner whose money it is, where that is a party.
    """

    objects: ClassVar[models.Manager[Self]]
    KIND: ClassVar[type[Contribution]] = Contribution

    party = models.ForeignKey("PartyRecord", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(NounVersion.Meta):
        db_table = "records_contribution"
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
