"""A total, a number, a need or a share that somebody stated. Conflicting statements both stay."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pledgeline.money import Amount, is_currency
from pledgeline.programme.record_fields import CellKind, cell


class Precision(StrEnum):
    """How a figure was meant: as it stands, roughly, or as a floor below which the truth does not lie."""

    EXACT = "exact"
    ABOUT = "about"
    FLOOR = "floor"


_QUALIFIERS = {
    Precision.FLOOR: ("more than", "over", "at least", "not less than", "no less than", "above"),
    Precision.ABOUT: ("around", "about", "almost", "nearly", "approximately", "roughly", "some", "up to"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTotal:
    """One statement.

    `measure` says of what (`total_contributed_usd`, `partner_total_usd:NOR`); `unit` is a
    currency, a currency per time, `ratio`, `countries` or `packages`. `said_by` names the speaker; in
    brackets after the name stands how the figure was qualified, and what else is to be known:
    `Rutte ('more than')`.
    """

    as_of: Annotated[date, cell(CellKind.DAY, needed=True)]
    measure: Annotated[str, cell(CellKind.TEXT, needed=True)]
    value: Annotated[Decimal, cell(CellKind.NUMBER, needed=True)]
    unit: Annotated[str, cell(CellKind.TEXT, needed=True)]
    said_by: Annotated[str, cell(CellKind.TEXT, needed=True)]
    sources: Annotated[tuple[str, ...], cell(CellKind.REFERENCES, "source_ids", needed=True, rows="sources")]
    note: Annotated[str, cell(CellKind.TEXT, is_long=True)]

    @property
    def speaker(self) -> str:
        """Give who said it, without what stands in brackets after the name."""
        return self.said_by.partition("(")[0].strip()

    @property
    def precision(self) -> Precision:
        """Say how the figure was meant: by the words that begin the brackets after the name, quoted or not.

        >>> from dataclasses import replace
        >>> said = StatedTotal(as_of=date(2025, 12, 3), measure="total_contributed_usd", value=Decimal(4),
        ...     unit="USD", said_by="Rutte ('more than')", sources=(), note="")
        >>> said.precision.value, replace(said, said_by="Politico (around, for 2025)").precision.value
        ('floor', 'about')
        """
        words = self.said_by.partition("(")[2].lstrip("'‘“\"").casefold()
        for precision, qualifiers in _QUALIFIERS.items():
            for qualifier in qualifiers:
                if words.startswith(qualifier) and not words[len(qualifier) :][:1].isalpha():
                    return precision
        return Precision.EXACT

    @property
    def amount(self) -> Amount | None:
        """Give the value as money where the unit is a currency, or a currency per time."""
        code = self.unit.partition(" ")[0]
        if not is_currency(code, self.as_of):
            return None
        return Amount.rounded(Fraction(self.value), code)
