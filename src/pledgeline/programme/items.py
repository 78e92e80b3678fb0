"""A typical item or support case with a public price range."""

from dataclasses import dataclass
from typing import Annotated

from pledgeline.money import Amount
from pledgeline.programme.record_fields import CellKind, cell


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedItem:
    """What one unit of an item cost in public.

    Units:   prices are for one `unit_of_issue` (EA each, RD round, SE set, LT lot); lead times
             are whole months from order to delivery, `None` where no page gives both days.
    A price is `None` only where the programme keeps prices from the reader.
    `price_basis` says what the price is: a budget average, a contract, a sale notice with its
    support, or a quoted figure. None of them is the price a programme paid.
    """

    id: Annotated[str, cell(CellKind.REFERENCE, "item")]
    name: Annotated[str, cell(CellKind.TEXT, needed=True)]
    category: Annotated[str, cell(CellKind.TEXT, needed=True)]
    unit_of_issue: Annotated[str, cell(CellKind.TEXT, needed=True)]
    price_low: Annotated[Amount | None, cell(CellKind.AMOUNT, needed=True)]
    price_high: Annotated[Amount | None, cell(CellKind.AMOUNT, currency="currency", needed=True)]
    price_year: Annotated[str, cell(CellKind.TEXT)]
    price_basis: Annotated[str, cell(CellKind.TEXT, needed=True)]
    lead_time_months_low: Annotated[int | None, cell(CellKind.WHOLE)]
    lead_time_months_high: Annotated[int | None, cell(CellKind.WHOLE)]
    sources: Annotated[tuple[str, ...], cell(CellKind.REFERENCES, "source_ids", needed=True, rows="sources")]
    note: Annotated[str, cell(CellKind.TEXT)]
