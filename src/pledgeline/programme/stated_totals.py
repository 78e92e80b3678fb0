"""A total, a number, a need or a share that somebody stated. Conflicting statements both stay."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pledgeline.money import Amount, is_currency


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTotal:
    """One statement.

    `measure` says of what (`total_contributed_usd`, `partner_total_usd:NOR`); `unit` is a
    currency, a currency per time, `ratio`, `countries` or `packages`.
    """

    as_of: date
    measure: str
    value: Decimal
    unit: str
    said_by: str
    sources: tuple[str, ...]
    note: str

    @property
    def amount(self) -> Amount | None:
        """Give the value as money where the unit is a currency, or a currency per time."""
        code = self.unit.partition(" ")[0]
        if not is_currency(code, self.as_of):
            return None
        return Amount.rounded(Fraction(self.value), code)
