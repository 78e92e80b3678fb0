"""An amendment of an order that was accepted: other prices, or other numbers of units, for what is still to come."""

from typing import ClassVar, Self

from pydantic import model_validator

from pledgeline.programme.fields import Key, Units
from pledgeline.programme.nouns import Noun, Parts, once, says
from pledgeline.programme.offers import Price


class AmendedLine(Noun):
    """A line of the order as it is to be: how many units in all, and the price of those that are still to come."""

    NAME: ClassVar[str] = "amended-line"
    KEY: ClassVar[str] = "line"

    line: Key = says("Line")
    units: Units = says("Units")
    unit_price: Price = says("Unit price")


class Amendment(Noun):
    """The lines that change; the others stay as they are."""

    NAME: ClassVar[str] = "amendment"

    lines: Parts[AmendedLine] = says("Lines")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        once(self.lines, at="lines")
        return self
