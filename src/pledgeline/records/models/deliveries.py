"""The table of deliveries as reported."""

from collections.abc import Hashable
from typing import Any, Self

from django.db import models

from pledgeline.programme.deliveries import ReportedDelivery
from pledgeline.records.models.programmes import ProgrammeRecord
from pledgeline.records.models.rows import Row, digest_of, unique


class DeliveryRecord(Row):
    """One statement on what arrived. It has no id of its own: day, packages and text name it."""

    KEY = ("digest",)

    digest = models.CharField(max_length=64)
    when = models.CharField(max_length=10)
    packages = models.JSONField(default=list)
    what = models.TextField()
    sources = models.JSONField(default=list)
    note = models.TextField()

    class Meta(Row.Meta):
        constraints = (unique("digest", name="delivery_when_packages_what"),)

    @staticmethod
    def key_of(value: Any) -> str:
        return " ".join(filter(None, (value.when, "+".join(value.packages), value.what)))

    @classmethod
    def identity_of(cls, value: Any) -> Hashable:
        return value.when, value.packages, value.what

    def to_value(self) -> ReportedDelivery:
        return ReportedDelivery(
            when=self.when,
            packages=tuple(self.packages),
            what=self.what,
            sources=tuple(self.sources),
            note=self.note,
        )

    @classmethod
    def from_value(cls, value: ReportedDelivery, *, programme: ProgrammeRecord, place: int) -> Self:
        return cls(
            programme=programme,
            place=place,
            digest=digest_of(value.when, value.packages, value.what),
            when=value.when,
            packages=list(value.packages),
            what=value.what,
            sources=list(value.sources),
            note=value.note,
        )
