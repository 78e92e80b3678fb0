"""A discrepancy: units of a lot that the recipient did not take over, and what is to become of them."""

from typing import ClassVar

from pledgeline.programme.fields import Key, Note, Units
from pledgeline.programme.nouns import Noun, says

REJECTED, SHORT = "rejected", "short"
"""What can be wrong with units of a lot: they were sent back, or they were not there."""


class Discrepancy(Noun):
    """So many units of one lot that were rejected or short, and why. The acceptance of a receipt opens it."""

    NAME: ClassVar[str] = "discrepancy"

    key: Key = says("Id", "discrepancy", "case")
    receipt: Key = says("Receipt")
    lot: Key = says("Lot")
    what: Key = says("What")
    units: Units = says("Units")
    why: Note = says("Why")
