"""The table of announcements."""

from typing import Self

from django.db import models

from pledgeline.money import Amount
from pledgeline.programme.announcements import Announcement, Relation, Stage
from pledgeline.records.models.columns import (
    LONGEST_REF,
    amount_of,
    both_or_none,
    one_of,
)
from pledgeline.records.models.links import Link, belongs_to, in_order, linked, points_to
from pledgeline.records.models.programmes import ProgrammeRecord
from pledgeline.records.models.rows import Row, unique

REPORTED = "USD"


class AnnouncementRecord(Row):
    """One public statement of one contribution."""

    ref = models.CharField(max_length=LONGEST_REF)
    partners = linked("PartyRecord", "AnnouncementPartner")
    announced_on = models.DateField()
    month_only = models.BooleanField(default=False)
    amount_minor = models.BigIntegerField(null=True)
    amount_currency = models.CharField(max_length=3, null=True)
    reported_usd_minor = models.BigIntegerField(null=True)
    package = models.TextField()
    stage = models.CharField(max_length=20)
    earmark = models.TextField()
    title = models.TextField()
    sources = linked("SourceRecord", "AnnouncementSource")
    relation = models.CharField(max_length=20)
    relates_to = linked("self", "AnnouncementRelation")
    note = models.TextField()

    class Meta(Row.Meta):
        constraints = (
            unique("ref", name="announcement_ref"),
            both_or_none("amount_minor", "amount_currency", name="announcement_amount_and_currency"),
            one_of("stage", [stage.value for stage in Stage], name="announcement_stage"),
            one_of("relation", [relation.value for relation in Relation], name="announcement_relation"),
        )

    def to_value(self) -> Announcement:
        return Announcement(
            id=self.ref,
            partners=self.lists["partners"],
            announced_on=self.announced_on,
            month_only=self.month_only,
            amount=amount_of(self.amount_minor, self.amount_currency),
            reported_usd=amount_of(self.reported_usd_minor, REPORTED),
            package=self.package,
            stage=Stage(self.stage),
            earmark=self.earmark,
            title=self.title,
            sources=self.lists["sources"],
            relation=Relation(self.relation),
            relates_to=self.lists["relates_to"],
            note=self.note,
        )

    @classmethod
    def from_value(cls, value: Announcement, *, programme: ProgrammeRecord, place: int) -> Self:
        return cls(
            programme=programme,
            place=place,
            ref=value.id,
            announced_on=value.announced_on,
            month_only=value.month_only,
            amount_minor=value.amount.minor if value.amount is not None else None,
            amount_currency=value.amount.currency if value.amount is not None else None,
            reported_usd_minor=_dollars(value.reported_usd),
            package=value.package,
            stage=value.stage.value,
            earmark=value.earmark,
            title=value.title,
            relation=value.relation.value,
            note=value.note,
        ).holding(partners=value.partners, sources=value.sources, relates_to=value.relates_to)


def _dollars(amount: Amount | None) -> int | None:
    """Give the cents of a reported dollar figure.

    Raises:  ValueError when it is in another currency: the caller's slip.
    """
    if amount is None:
        return None
    if amount.currency != REPORTED:
        raise ValueError(f"{amount} is no dollar figure")
    return amount.minor


class AnnouncementPartner(Link):
    """One partner of an announcement."""

    row = belongs_to("AnnouncementRecord")
    target = points_to("PartyRecord")

    class Meta(Link.Meta):
        constraints = (in_order("announcement_partner_place"),)


class AnnouncementSource(Link):
    """One source of an announcement."""

    row = belongs_to("AnnouncementRecord")
    target = points_to("SourceRecord")

    class Meta(Link.Meta):
        constraints = (in_order("announcement_source_place"),)


class AnnouncementRelation(Link):
    """One announcement that another relates to."""

    row = belongs_to("AnnouncementRecord")
    target = points_to("AnnouncementRecord")

    class Meta(Link.Meta):
        constraints = (in_order("announcement_relation_place"),)
