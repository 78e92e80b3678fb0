"""The table of exchange rates."""

from typing import Any, Self

from django.db import models
from django.db.models import CheckConstraint, F, Q

from pledgeline.money import Rate
from pledgeline.records.models.columns import ExactDecimalField, is_a_code
from pledgeline.records.models.programmes import ProgrammeRecord
from pledgeline.records.models.rows import Row, unique


class RateRecord(Row):
    """What one unit of `base` cost in `currency` on a day."""

    KEY = ("day", "base", "currency")

    day = models.DateField()
    base = models.CharField(max_length=3)
    currency = models.CharField(max_length=3)
    rate = ExactDecimalField()
    source = models.TextField()

    class Meta(Row.Meta):
        constraints = (
            unique("day", "base", "currency", name="rate_day_base_currency"),
            CheckConstraint(
                condition=is_a_code("base") & is_a_code("currency") & ~Q(base=F("currency")),
                name="rate_between_two_currencies",
            ),
            CheckConstraint(condition=~Q(rate="") & ~Q(rate__startswith="-"), name="rate_not_negative"),
        )

    @staticmethod
    def key_of(value: Any) -> str:
        return f"{value.day} {value.base}/{value.currency}"

    def to_value(self) -> Rate:
        return Rate(day=self.day, base=self.base, currency=self.currency, rate=self.rate, source=self.source)

    @classmethod
    def from_value(cls, value: Rate, *, programme: ProgrammeRecord, place: int) -> Self:
        return cls(
            programme=programme,
            place=place,
            day=value.day,
            base=value.base,
            currency=value.currency,
            rate=value.rate,
            source=value.source,
        )
