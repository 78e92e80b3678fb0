"""A receipt: what the recipient counted of a shipment, lot by lot."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator
from typing_extensions import TypeAliasType

from pledgeline.money.parsing import LARGEST_MINOR
from pledgeline.programme.fields import Day, Key, Note, Unreadable
from pledgeline.programme.nouns import Noun, Parts, may_say, once, says

Count = TypeAliasType("Count", Annotated[int, Field(ge=0, lt=LARGEST_MINOR)])
"""Units; none, too."""


class CountedLot(Noun):
    """What became of a lot: units that are taken over, that are sent back, and that were not there, and why."""

    NAME: ClassVar[str] = "counted-lot"
    KEY: ClassVar[str] = "lot"

    lot: Key = says("Lot", "batch")
    accepted: Count = may_say("Accepted", usual=0)
    rejected: Count = may_say("Rejected", usual=0)
    why_rejected: Note | None = may_say("Why rejected")
    short: Count = may_say("Short", "missing", usual=0)
    why_short: Note | None = may_say("Why short")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for units, why, name in (
            (self.rejected, self.why_rejected, "why_rejected"),
            (self.short, self.why_short, "why_short"),
        ):
            if units and not (why and why.strip()):
                raise Unreadable("no-why.lot", at=name, lot=self.lot)
        return self

    @property
    def units(self) -> int:
        """Give how many were shipped, by this count."""
        return self.accepted + self.rejected + self.short


class Receipt(Noun):
    """The count of one shipment, on the day and at the place where it was handed over."""

    NAME: ClassVar[str] = "receipt"

    key: Key = says("Id", "receipt", "receipt id", "ref", "reference")
    shipment: Key = says("Shipment")
    received_on: Day = says("Received on", "day of receipt")
    place: Key = says("Place")
    counted_by: Key = says("Counted by")
    lots: Parts[CountedLot] = says("Lots")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        once(self.lots, at="lots")
        return self
