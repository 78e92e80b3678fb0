"""The table of packages, as far as they were made public."""

from typing import Self

from django.db import models
from django.db.models import CheckConstraint, Q

from pledgeline.programme.packages import ReportedPackage
from pledgeline.records.models.columns import (
    LONGEST_REF,
    amount_of,
    in_bounds,
    is_a_code,
)
from pledgeline.records.models.links import Link, belongs_to, in_order, linked, points_to
from pledgeline.records.models.programmes import ProgrammeRecord
from pledgeline.records.models.rows import Row, unique


class PackageRecord(Row):
    """What was said of one package. `currency` may stand without a value, never a value without it."""

    ref = models.CharField(max_length=LONGEST_REF)
    number = models.BigIntegerField(null=True)
    announced_on = models.DateField()
    value_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    funders = linked("PartyRecord", "PackageFunder")
    contents = models.TextField()
    delivery_reported_on = models.DateField(null=True)
    sources = linked("SourceRecord", "PackageSource")
    note = models.TextField()

    class Meta(Row.Meta):
        constraints = (
            unique("ref", name="package_ref"),
            CheckConstraint(
                condition=Q(value_minor__isnull=True, currency="")
                | (is_a_code("currency") & (Q(value_minor__isnull=True) | in_bounds("value_minor"))),
                name="package_value_and_currency",
            ),
        )

    def to_value(self) -> ReportedPackage:
        return ReportedPackage(
            id=self.ref,
            number=self.number,
            announced_on=self.announced_on,
            value=amount_of(self.value_minor, self.currency),
            currency=self.currency,
            funders=self.lists["funders"],
            contents=self.contents,
            delivery_reported_on=self.delivery_reported_on,
            sources=self.lists["sources"],
            note=self.note,
        )

    @classmethod
    def from_value(cls, value: ReportedPackage, *, programme: ProgrammeRecord, place: int) -> Self:
        if value.value is not None and value.value.currency != value.currency:
            raise ValueError(f"{value.id} is worth {value.value} and yet kept in “{value.currency}”")
        return cls(
            programme=programme,
            place=place,
            ref=value.id,
            number=value.number,
            announced_on=value.announced_on,
            value_minor=value.value.minor if value.value is not None else None,
            currency=value.currency,
            contents=value.contents,
            delivery_reported_on=value.delivery_reported_on,
            note=value.note,
        ).holding(funders=value.funders, sources=value.sources)


class PackageFunder(Link):
    """One partner who pays for a package."""

    row = belongs_to("PackageRecord")
    target = points_to("PartyRecord")

    class Meta(Link.Meta):
        constraints = (in_order("package_funder_place"),)


class PackageSource(Link):
    """One source of a package."""

    row = belongs_to("PackageRecord")
    target = points_to("SourceRecord")

    class Meta(Link.Meta):
        constraints = (in_order("package_source_place"),)
