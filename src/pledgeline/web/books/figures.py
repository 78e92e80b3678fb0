"""The figures at the head of the books, each a sum of balances: nothing here is kept anywhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from pledgeline.ledger import Balances, Spot, contributions
from pledgeline.ledger.contributions import summed
from pledgeline.ledger.trace import Lapsing, lapsing
from pledgeline.money import Amount
from pledgeline.web.books.asked import AskedBooks

SOON, LATER = 30, 90
"""Days ahead that the list of lapsing money looks."""


MEASURES = {
    "books-pledged": "pledged",
    "books-signed": "committed",
    "books-received": "received",
    "books-changed": "changed",
    "books-free": "available",
    "books-allocated": "allocated",
    "books-ordered": "ordered",
    "books-delivered": "delivered",
    "books-accepted": "accepted",
    "books-returned": "returned",
    "books-fees": "fees",
    "books-lapsed": "lapsed",
    "books-lost": "lost",
}
"""The figures by the names of their definitions, and what each measures of a contribution."""

FIRST = ("books-pledged", "books-signed", "books-received")
IN_SHORT = (*FIRST, "books-accepted")
"""What a page of the record says of the books."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: what it is in each currency, and together in the one asked for where rates allow."""

    name: str
    sums: dict[str, int]
    together: Amount | None

    @property
    def amounts(self) -> list[Amount]:
        """Give the sums that are not zero, in the order of the currencies."""
        return [Amount(minor, code) for code, minor in self.sums.items() if minor]

    @property
    def cells(self) -> list[Amount]:
        """Give the sum in every currency of the books."""
        return [Amount(minor, code) for code, minor in self.sums.items()]


def figures(asked: AskedBooks, money: Mapping[Spot, int]) -> list[Figure]:
    """Add the balances up, figure by figure."""
    money = contributions.alike(money)
    codes = sorted({spot.currency for spot in money})
    found = []
    for name, measure in MEASURES.items():
        given = {amount.currency: amount.minor for amount in summed(money, contributions.MEASURES[measure])}
        sums = dict.fromkeys(codes, 0) | given
        found.append(Figure(name=name, sums=sums, together=asked.together(given)))
    return found


def first_figures(asked: AskedBooks) -> list[Figure]:
    """Give the figures of the books that a page of the record shows; none where nothing was entered yet."""
    if not len(asked.books):
        return []
    return [figure for figure in figures(asked, asked.state().money()) if figure.name in IN_SHORT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Money that can soon not be used any more, by when: its day has passed, within 30 days, within 90."""

    name: str
    rows: list[Lapsing]

    @property
    def amounts(self) -> list[Amount]:
        sums: dict[str, int] = {}
        for row in self.rows:
            sums[row.amount.currency] = sums.get(row.amount.currency, 0) + row.amount.minor
        return [Amount(minor, code) for code, minor in sorted(sums.items())]


def ahead(asked: AskedBooks, state: Balances) -> list[Ahead]:
    """Group what lapses by how soon after the day asked for."""
    day, soon, later = ((asked.day + timedelta(days=days)).isoformat() for days in (0, SOON, LATER))
    rows = lapsing(state, later)
    return [
        Ahead(name="past", rows=[row for row in rows if row.until < day]),
        Ahead(name="soon", rows=[row for row in rows if day <= row.until <= soon]),
        Ahead(name="later", rows=[row for row in rows if soon < row.until]),
    ]
