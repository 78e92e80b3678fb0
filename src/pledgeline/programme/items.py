"""A typical item or support case with a public price range."""

from dataclasses import dataclass

from pledgeline.money import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedItem:
    """What one unit of an item cost in public.

    Units:   prices are for one `unit_of_issue` (EA each, RD round, SE set, LT lot); lead times
             are whole months from order to delivery, `None` where no page gives both days.
    A price is `None` only where the programme keeps prices from the reader.
    `price_basis` says what the price is: a budget average, a contract, a sale notice with its
    support, or a quoted figure. None of them is the price a programme paid.
    """

    id: str
    name: str
    category: str
    unit_of_issue: str
    price_low: Amount | None
    price_high: Amount | None
    price_year: str
    price_basis: str
    lead_time_months_low: int | None
    lead_time_months_high: int | None
    sources: tuple[str, ...]
    note: str
