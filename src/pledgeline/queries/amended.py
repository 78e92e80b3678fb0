"""What an amendment of an order changes: each line as it is and as it is to be, and the difference in money."""

from dataclasses import dataclass

from pledgeline.money import Amount
from pledgeline.programme.amendments import AmendedLine, Amendment
from pledgeline.queries.orders import OrderedLine, ordered_lines
from pledgeline.records.models import Decision, HeldAct, OrderRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAmended:
    """A line of an order, as it is and as it is to be; `place` is where the amendment says so."""

    place: int
    ordered: OrderedLine
    said: AmendedLine

    @property
    def units_now(self) -> int:
        """Give how many units are ordered and not cancelled."""
        units: int = self.ordered.line.units
        return units - self.ordered.cancelled

    @property
    def more_units(self) -> int:
        """Give by how many units it grows; below zero it shrinks."""
        return self.said.units - self.units_now

    @property
    def has_new_price(self) -> bool:
        return self.said.unit_price != int(self.ordered.line.unit_price)

    @property
    def is_changed(self) -> bool:
        return bool(self.more_units) or self.has_new_price

    @property
    def new_price(self) -> Amount:
        return Amount(self.said.unit_price, self.ordered.unit_price.currency)

    @property
    def difference(self) -> Amount:
        """Give what it costs more than now, below zero less: units that had come keep their price."""
        outstanding = self.ordered.outstanding
        minor = (outstanding + self.more_units) * self.said.unit_price
        minor -= outstanding * self.ordered.line.unit_price
        return Amount(minor, self.ordered.unit_price.currency)

    def as_said(self) -> dict[str, object]:
        """Give it by names, for programs and commands: what is, and what is to be."""
        return {
            "line": self.said.line,
            "units": self.units_now,
            "new_units": self.said.units,
            "unit_price": self.ordered.unit_price,
            "new_unit_price": self.new_price,
            "difference": self.difference,
        }


def lines_amended(order: OrderRecord, said: Amendment) -> list[LineAmended]:
    """Give the lines that an amendment names, as far as the order has them."""
    there = {ordered.line.line: ordered for ordered in ordered_lines(order)}
    return [
        LineAmended(place=place, ordered=there[line.line], said=line)
        for place, line in enumerate(said.lines)
        if line.line in there
    ]


def amended_by(held: HeldAct) -> list[LineAmended]:
    """Give what changes by an amendment that waits for approval; nothing of what was decided, or is no amendment.

    Afterwards the history of the order has what was and what is.
    """
    if (held.noun, held.step, held.decision) != ("order", "amend", Decision.WAITING):
        return []
    order = OrderRecord.objects.filter(programme=held.programme, key=held.key, is_newest=True).first()
    said = Amendment.model_validate(held.said["details"])
    return [line for line in lines_amended(order, said) if line.is_changed] if order else []
