"""The table of stated totals."""

from collections.abc import Hashable
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q

from pledgeline.programme.stated_totals import StatedTotal
from pledgeline.records.models.columns import plain
from pledgeline.records.models.links import Link, belongs_to, in_order, linked, points_to
from pledgeline.records.models.rows import Row, digest_of, unique


class StatedTotalRecord(Row):
    """One statement of a total. Conflicting statements both stay, so the value is part of its name."""

    KIND = StatedTotal
    KEY = ("digest",)

    digest = models.CharField(max_length=64)
    sources = linked("SourceRecord", "StatedTotalSource")

    class Meta(Row.Meta):
        constraints = (
            unique("digest", name="stated_total_as_of_measure_said_by_value"),
            CheckConstraint(condition=~Q(value=""), name="stated_total_has_a_value"),
        )

    @staticmethod
    def key_of(value: Any) -> str:
        parts = (value.as_of.isoformat(), value.measure, value.said_by, plain(value.value))
        return " ".join(filter(None, parts))

    @classmethod
    def identity_of(cls, value: StatedTotal) -> Hashable:
        return value.as_of, value.measure, value.said_by, value.value

    @classmethod
    def own_columns(cls, value: StatedTotal) -> dict[str, Any]:
        return {
            "digest": digest_of(value.as_of.isoformat(), value.measure, value.said_by, plain(value.value))
        }


class StatedTotalSource(Link):
    """One source of a stated total."""

    row = belongs_to("StatedTotalRecord")
    target = points_to("SourceRecord")

    class Meta(Link.Meta):
        constraints = (in_order("stated_total_source_place"),)
