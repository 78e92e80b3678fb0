"""An order: the lines of a package that one supplier is to deliver, each at the price that was agreed."""

from typing import ClassVar, Self

from pydantic import model_validator

from pledgeline.programme.fields import Currency, Key, Units
from pledgeline.programme.nouns import Noun, Parts, may_say, once, says
from pledgeline.programme.offers import Price


class OrderLine(Noun):
    """A line of the package, as the books call it, with the units and the price of a unit that were agreed."""

    NAME: ClassVar[str] = "order-line"
    KEY: ClassVar[str] = "line"

    line: Key = says("Line")
    units: Units = says("Units", "quantity", "qty")
    unit_price: Price = says("Unit price", "price")


class Order(Noun):
    """Lines of one package, ordered from one supplier in one currency. A line is ordered as a whole, in one order."""

    NAME: ClassVar[str] = "order"

    key: Key = says("Id", "order", "order id", "ref", "reference")
    package: Key = says("Package")
    supplier: Key = says("Supplier", "seller", "company")
    contract: Key | None = may_say("Contract", "number of the contract")
    delivery_point: Key = says("Delivery point", "deliver to")
    currency: Currency = says("Currency")
    lines: Parts[OrderLine] = says("Lines")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        once(self.lines, at="lines")
        return self
