"""The table of deliveries as reported."""

from collections.abc import Hashable
from typing import Any

from django.db import models

from pledgeline.programme.deliveries import ReportedDelivery
from pledgeline.records.models.links import Link, belongs_to, in_order, linked, points_to
from pledgeline.records.models.rows import Row, digest_of, unique


class DeliveryRecord(Row):
    """One statement on what arrived. It has no id of its own: day, packages and text name it."""

    KIND = ReportedDelivery
    KEY = ("digest",)

    digest = models.CharField(max_length=64)
    when = models.CharField(max_length=10)
    packages = linked("PackageRecord", "DeliveryPackage")
    sources = linked("SourceRecord", "DeliverySource")

    class Meta(Row.Meta):
        constraints = (unique("digest", name="delivery_when_packages_what"),)

    @staticmethod
    def key_of(value: Any) -> str:
        return " ".join(filter(None, (value.when, "+".join(value.packages), value.what)))

    @classmethod
    def identity_of(cls, value: ReportedDelivery) -> Hashable:
        return value.when, value.packages, value.what

    @classmethod
    def own_columns(cls, value: ReportedDelivery) -> dict[str, Any]:
        return {"digest": digest_of(value.when, value.packages, value.what)}


class DeliveryPackage(Link):
    """One package that a delivery belongs to."""

    row = belongs_to("DeliveryRecord")
    target = points_to("PackageRecord")

    class Meta(Link.Meta):
        constraints = (in_order("delivery_package_place"),)


class DeliverySource(Link):
    """One source of a delivery."""

    row = belongs_to("DeliveryRecord")
    target = points_to("SourceRecord")

    class Meta(Link.Meta):
        constraints = (in_order("delivery_source_place"),)
