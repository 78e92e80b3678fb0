"""A shipment: the lots of one order that leave together."""

from typing import Annotated, ClassVar, Self

from pydantic import BeforeValidator, Field, model_validator
from typing_extensions import TypeAliasType

from pledgeline.programme.fields import Day, Key, Units, Unreadable, read_key
from pledgeline.programme.nouns import MOST_PARTS, Noun, Parts, may_say, once, says


def read_serials(value: object) -> tuple[str, ...]:
    """Read serial numbers: a list of texts, each once."""
    if not isinstance(value, list | tuple) or len(value) > MOST_PARTS:
        raise Unreadable("no-list.field", most=str(MOST_PARTS))
    serials = tuple(read_key(serial) for serial in value)
    again = next((serial for place, serial in enumerate(serials) if serial in serials[:place]), "")
    if again:
        raise Unreadable("twice.part", key=again)
    return serials


Serials = TypeAliasType(
    "Serials",
    Annotated[tuple[str, ...], Field(json_schema_extra={"each": "Key"}), BeforeValidator(read_serials)],
)


class ShippedLot(Noun):
    """So many units of a line of the order, under the name of a lot; each unit has a serial number, or none has."""

    NAME: ClassVar[str] = "shipped-lot"
    KEY: ClassVar[str] = "lot"

    line: Key = says("Line")
    lot: Key = says("Lot", "batch")
    units: Units = says("Units", "quantity", "qty")
    serials: Serials = may_say("Serial numbers", "serials", usual=())

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.serials and len(self.serials) != self.units:
            raise Unreadable("not-as-many.serials", at="serials", serials=len(self.serials), units=self.units)
        return self


class Shipment(Noun):
    """Lots of one order that leave on a day for the point where they are handed over."""

    NAME: ClassVar[str] = "shipment"

    key: Key = says("Id", "shipment", "shipment id", "ref", "reference")
    order: Key = says("Order")
    dispatched_on: Day = says("Dispatched on", "day of dispatch")
    handover_point: Key = says("Handover point")
    lots: Parts[ShippedLot] = says("Lots")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        once(self.lots, at="lots")
        return self
