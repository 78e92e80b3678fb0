"""A package of the programme: what is bought together, and what its steps have to be told.

A plan that is accepted forms it; nobody writes one down. A part of it can be split off, and another package taken in:
the units of its lines move with the money that is reserved for them.
"""

from typing import ClassVar, Self

from pydantic import model_validator

from pledgeline.programme.contributions import YesNo
from pledgeline.programme.fields import Currency, Day, Key, Units
from pledgeline.programme.nouns import Noun, Parts, may_say, once, says
from pledgeline.programme.offers import Price
from pledgeline.programme.receipts import Count


class FormedLine(Noun):
    """A line of a package, as the books call it: so many units of an offer for a requirement.

    Of a line whose units were all moved to another package none are left.
    """

    NAME: ClassVar[str] = "package-line"
    KEY: ClassVar[str] = "line"

    line: Key = says("Line", tag="#activity+id")
    requirement: Key = says("Requirement", tag="#activity+requirement")
    offer: Key = says("Offer", tag="#activity+offer")
    units: Count = says("Units", tag="#item+num")
    unit_price: Price = says("Unit price", tag="#value+unit_price")
    currency: Currency = says("Currency", tag="#currency")


class ProgrammePackage(Noun):
    """Lines that are ordered together, and the day until which their money is reserved."""

    NAME: ClassVar[str] = "package"

    key: Key = says("Id", "package")
    reserved_until: Day = says("Reserved until")
    lines: Parts[FormedLine] = says("Lines")


class PackagedLine(FormedLine):
    """A line of a package as a sheet has it: with the package, and the day until which its money is reserved."""

    NAME: ClassVar[str] = "packaged-line"

    package: Key = says("Package", tag="#activity+package")
    reserved_until: Day = says("Reserved until", tag="#date+reserved")


class SplitLine(Noun):
    """How many units of a line go into the other package."""

    NAME: ClassVar[str] = "split-line"
    KEY: ClassVar[str] = "line"

    line: Key = says("Line")
    units: Units = says("Units")


class Split(Noun):
    """A new package, and the units that go into it."""

    NAME: ClassVar[str] = "split"

    into: Key = says("New package")
    lines: Parts[SplitLine] = says("Lines")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        once(self.lines, at="lines")
        return self


class Merge(Noun):
    """The package that takes all lines of another one in."""

    NAME: ClassVar[str] = "merge"

    into: Key = says("Package")


class Closure(Noun):
    """What becomes of money that is left: it is available again, or goes back to the partners whose it is."""

    NAME: ClassVar[str] = "closure"

    return_money: YesNo = may_say("Return what is left", usual=False)
