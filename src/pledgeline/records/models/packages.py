"""The table of packages, as far as they were made public."""

from django.db import models
from django.db.models import CheckConstraint, Q

from pledgeline.programme.packages import ReportedPackage
from pledgeline.records.models.columns import amount_of, in_bounds, is_a_code
from pledgeline.records.models.links import Link, belongs_to, in_order, linked, points_to
from pledgeline.records.models.rows import Row, unique


class PackageRecord(Row):
    """What was said of one package. `currency` may stand without a value, never a value without it."""

    KIND = ReportedPackage

    value_minor = models.BigIntegerField(null=True)
    funders = linked("PartyRecord", "PackageFunder")
    sources = linked("SourceRecord", "PackageSource")

    class Meta(Row.Meta):
        constraints = (
            unique("ref", name="package_ref"),
            CheckConstraint(
                condition=Q(value_minor__isnull=True, currency="")
                | (is_a_code("currency") & (Q(value_minor__isnull=True) | in_bounds("value_minor"))),
                name="package_value_and_currency",
            ),
        )

    def own_fields(self) -> dict[str, object]:
        return {"value": amount_of(self.value_minor, self.currency)}

    @classmethod
    def own_columns(cls, value: ReportedPackage) -> dict[str, object]:
        if value.value is not None and value.value.currency != value.currency:
            raise ValueError(f"{value.id} is worth {value.value} and yet kept in “{value.currency}”")
        return {"value_minor": value.value.minor if value.value is not None else None}


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
