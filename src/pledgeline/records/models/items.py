"""The table of items with a public price range."""

from django.db import models
from django.db.models import CheckConstraint

from pledgeline.money import Amount
from pledgeline.programme.items import PricedItem
from pledgeline.records.models.columns import in_bounds, is_a_code
from pledgeline.records.models.links import Link, belongs_to, in_order, linked, points_to
from pledgeline.records.models.rows import Row, unique


class ItemRecord(Row):
    """What one unit of an item cost in public: two ends of a range in one currency."""

    KIND = PricedItem

    price_low_minor = models.BigIntegerField()
    price_high_minor = models.BigIntegerField()
    price_currency = models.CharField(max_length=3)
    sources = linked("SourceRecord", "ItemSource")

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

    def own_fields(self) -> dict[str, object]:
        return {
            "price_low": Amount(self.price_low_minor, self.price_currency),
            "price_high": Amount(self.price_high_minor, self.price_currency),
        }

    @classmethod
    def own_columns(cls, value: PricedItem) -> dict[str, object]:
        low, high = value.price_low, value.price_high
        if low is None or high is None or low.currency != high.currency:
            raise ValueError(f"{value.id} needs two prices in one currency, not {low} and {high}")
        return {
            "price_low_minor": low.minor,
            "price_high_minor": high.minor,
            "price_currency": low.currency,
        }


class ItemSource(Link):
    """One source of the price of an item."""

    row = belongs_to("ItemRecord")
    target = points_to("SourceRecord")

    class Meta(Link.Meta):
        constraints = (in_order("item_source_place"),)
