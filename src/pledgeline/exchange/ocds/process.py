"""A package of the programme as a contracting process: what an export is written from, from planning to receipt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from pledgeline.money import Amount

CONTENTS, PRICE = "packages.contents", "items.price"
DELIVERED_ON, DELIVERED_TO, DELIVERED_WHAT = (
    "packages.delivery_reported_on",
    "deliveries.packages",
    "deliveries.what",
)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Somebody who takes part: an id that is the same in the whole file, and the name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessLine:
    """So many units of an item at a price: of the package, or of an order."""

    line: str
    item: str
    units: int
    unit_price: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """What a contribution has on the lines of the package: set aside for them, or spent on them."""

    contribution: str
    partner: Organisation
    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedUnits:
    """What was counted of one lot."""

    lot: str
    item: str
    accepted: int
    rejected: int
    short: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessReceipt:
    """A receipt that was accepted."""

    key: str
    accepted_at: datetime
    received_on: date
    lots: tuple[CountedUnits, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What was spent of a contribution on a lot that was accepted."""

    contribution: str
    partner: Organisation
    lot: str
    on: date
    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessOrder:
    """An order that was accepted; `bound` is what the books have on its lines now, where it is of one currency."""

    key: str
    contract: str
    supplier: Organisation
    accepted_at: datetime
    accepted_on: date
    lines: tuple[ProcessLine, ...]
    bound: Amount | None
    receipts: tuple[ProcessReceipt, ...] = ()
    spent: tuple[Spent, ...] = ()
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """One package, with the books as they were after `entries` of them, the last one entered at `entered_at`.

    `withheld` are the fields that the programme keeps from the public, as `kind.field`.
    """

    ocid: str
    key: str
    programme: str
    recipient: Organisation
    formed_at: datetime
    lines: tuple[ProcessLine, ...]
    orders: tuple[ProcessOrder, ...]
    funding: tuple[Funding, ...]
    entries: int
    entered_at: datetime | None
    is_cancelled: bool = False
    withheld: frozenset[str] = frozenset()

    def shows(self, *fields: str) -> bool:
        """Say whether everybody may see what all these fields say."""
        return not self.withheld.intersection(fields)

    @property
    def is_all_ordered(self) -> bool:
        return {line.line for line in self.lines} <= {
            line.line for order in self.orders for line in order.lines
        }

    @property
    def partners(self) -> Iterator[Organisation]:
        """Give whoever pays, once for each contribution and lot."""
        yield from (funding.partner for funding in self.funding)
        yield from (spent.partner for order in self.orders for spent in order.spent)
