"""The table of items with a public price range."""

from typing import Self

from django.db import models
from django.db.models import CheckConstraint

from pledgeline.money import Amount
from pledgeline.programme.items import PricedItem
from pledgeline.records.models.columns import (
    LONGEST_REF,
    in_bounds,
    is_a_code,
)
from pledgeline.records.models.links import Link, belongs_to, in_order, linked, points_to
from pledgeline.records.models.programmes import ProgrammeRecord
from pledgeline.records.models.rows import Row, unique


class ItemRecord(Row):
    """What one unit of an item cost in public: two ends of a range in one currency."""

    ref = models.CharField(max_length=LONGEST_REF)
    name = models.TextField()
    category = models.TextField()
    unit_of_issue = models.TextField()
    price_low_minor = models.BigIntegerField()
    price_high_minor = models.BigIntegerField()
    price_currency = models.CharField(max_length=3)
    price_year = models.TextField()
    price_basis = models.TextField()
    lead_time_months_low = models.BigIntegerField(null=True)
    lead_time_months_high = models.BigIntegerField(null=True)
    sources = linked("SourceRecord", "ItemSource")
    note = models.TextField()

    class Meta(Row.Meta):
        constraints = (
            unique("ref", name="item_ref"),
            CheckConstraint(
                condition=is_a_code("price_currency")
                & in_bounds("price_low_minor")
                & in_bounds("price_high_minor"),
                name="item_prices_are_amounts",
            ),
        )

    def to_value(self) -> PricedItem:
        return PricedItem(
            id=self.ref,
            name=self.name,
            category=self.category,
            unit_of_issue=self.unit_of_issue,
            price_low=Amount(self.price_low_minor, self.price_currency),
            price_high=Amount(self.price_high_minor, self.price_currency),
            price_year=self.price_year,
            price_basis=self.price_basis,
            lead_time_months_low=self.lead_time_months_low,
            lead_time_months_high=self.lead_time_months_high,
            sources=self.lists["sources"],
            note=self.note,
        )

    @classmethod
    def from_value(cls, value: PricedItem, *, programme: ProgrammeRecord, place: int) -> Self:
        low, high = value.price_low, value.price_high
        if low is None or high is None or low.currency != high.currency:
            raise ValueError(f"{value.id} needs two prices in one currency, not {low} and {high}")
        return cls(
            programme=programme,
            place=place,
            ref=value.id,
            name=value.name,
            category=value.category,
            unit_of_issue=value.unit_of_issue,
            price_low_minor=low.minor,
            price_high_minor=high.minor,
            price_currency=low.currency,
            price_year=value.price_year,
            price_basis=value.price_basis,
            lead_time_months_low=value.lead_time_months_low,
            lead_time_months_high=value.lead_time_months_high,
            note=value.note,
        ).holding(sources=value.sources)


class ItemSource(Link):
    """One source of the price of an item."""

    row = belongs_to("ItemRecord")
    target = points_to("SourceRecord")

    class Meta(Link.Meta):
        constraints = (in_order("item_source_place"),)
