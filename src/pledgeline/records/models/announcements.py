"""The table of announcements."""

from django.db import models

from pledgeline.money import Amount
from pledgeline.programme.announcements import Announcement, Relation, Stage
from pledgeline.records.models.columns import amount_of, both_or_none, one_of
from pledgeline.records.models.links import Link, belongs_to, in_order, linked, points_to
from pledgeline.records.models.rows import Row, unique

REPORTED = "USD"


class AnnouncementRecord(Row):
    """One public statement of one contribution."""

    KIND = Announcement

    partners = linked("PartyRecord", "AnnouncementPartner")
    month_only = models.BooleanField(default=False)
    reported_usd_minor = models.BigIntegerField(null=True)
    sources = linked("SourceRecord", "AnnouncementSource")
    relates_to = linked("self", "AnnouncementRelation")

    class Meta(Row.Meta):
        constraints = (
            unique("ref", name="announcement_ref"),
            both_or_none("amount_minor", "amount_currency", name="announcement_amount_and_currency"),
            one_of("stage", [stage.value for stage in Stage], name="announcement_stage"),
            one_of("relation", [relation.value for relation in Relation], name="announcement_relation"),
        )

    def own_fields(self) -> dict[str, object]:
        return {
            "month_only": self.month_only,
            "reported_usd": amount_of(self.reported_usd_minor, REPORTED),
        }

    @classmethod
    def own_columns(cls, value: Announcement) -> dict[str, object]:
        return {"month_only": value.month_only, "reported_usd_minor": _dollars(value.reported_usd)}


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
