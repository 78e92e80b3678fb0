"""An offer: what a supplier sells of an item, at which price, how many, and until when it stands."""

from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator
from typing_extensions import TypeAliasType

from pledgeline.money.parsing import LARGEST_MINOR
from pledgeline.programme.fields import Currency, Day, Key, Note, Units, Unreadable
from pledgeline.programme.nouns import Noun, may_say, says

LONGEST_LEAD_DAYS = 3_650

Price = TypeAliasType("Price", Annotated[int, Field(ge=0, lt=LARGEST_MINOR)])
"""Minor units; zero is a donation: nobody pays, days and stock still count."""

LeadDays = TypeAliasType("LeadDays", Annotated[int, Field(ge=0, le=LONGEST_LEAD_DAYS)])


class Offer(Noun):
    """So many units of an item (no number: any), at a price, delivered so many days after the order.

    It sells in each package nothing, or at least `min_order` and a multiple of `lot`. It stands from `valid_from` to
    `valid_until`, both included.
    """

    NAME: ClassVar[str] = "offer"

    key: Key = says("Id", "offer", "offer id", "ref", "reference", tag="#activity+id")
    item: Key = says("Item", "item id", "what", "equipment", tag="#item+name")
    supplier: Key = says("Supplier", "seller", "company", tag="#org+supplier")
    unit_price: Price = says("Unit price", "price", tag="#value+unit_price")
    currency: Currency = says("Currency", tag="#currency")
    available: Units | None = may_say("Available", "stock", "quantity", tag="#item+num+available")
    lead_days: LeadDays = may_say("Lead days", "lead time", usual=0, tag="#indicator+lead_days")
    lot: Units = may_say("Lot", "lot size", "pack", usual=1, tag="#item+num+lot", seldom=True)
    min_order: Units = may_say("Least order", "minimum order", usual=1, tag="#item+num+min", seldom=True)
    valid_from: Day | None = may_say("Valid from", tag="#date+start", seldom=True)
    valid_until: Day | None = may_say("Valid until", "validity", tag="#date+end")
    terms: Note | None = may_say("Terms", "conditions", tag="#description")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise Unreadable("ends-before-it-begins.offer", at="valid_until", begins=self.valid_from)
        if self.available is not None and self.min_order > self.available:
            raise Unreadable("more-than-all.offer", at="min_order", available=self.available)
        return self

    def stands_on(self, day: date) -> bool:
        """Say whether it is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )
