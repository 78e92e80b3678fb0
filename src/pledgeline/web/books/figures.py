"""The figures at the head of the books, each a sum of balances: nothing here is kept anywhere.

All of them follow from where the money lies on the day. What was pledged in all is what came from the
source; of that, what is not only pledged any more was signed; of that again, what is neither owed any
more nor written off was received. So they add up, whatever events there were.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from pledgeline.ledger import Account, Spot, State
from pledgeline.ledger.trace import Lapsing, lapsing
from pledgeline.money import Amount
from pledgeline.web.books.asked import AskedBooks

SOON, LATER = 30, 90
"""Days ahead that the list of lapsing money looks."""


def _in(*accounts: Account) -> Callable[[Spot], int]:
    return lambda spot: int(spot.account in accounts)


def _pledged(spot: Spot) -> int:
    return -int(spot.account is Account.SOURCE)


def _signed(spot: Spot) -> int:
    return _pledged(spot) - int(spot.account is Account.PLEDGED)


def _received(spot: Spot) -> int:
    never = spot.account is Account.COMMITTED or (spot.account is Account.WRITTEN_OFF and not spot.line)
    return _signed(spot) - int(never)


MEASURES: dict[str, Callable[[Spot], int]] = {
    "books-pledged": _pledged,
    "books-signed": _signed,
    "books-received": _received,
    "books-changed": _in(Account.FX),
    "books-free": _in(Account.AVAILABLE),
    "books-allocated": _in(Account.ALLOCATED),
    "books-ordered": _in(Account.ORDERED),
    "books-delivered": _in(Account.DELIVERED),
    "books-accepted": _in(Account.ACCEPTED),
    "books-returned": _in(Account.RETURNED),
    "books-fees": _in(Account.FEES),
    "books-lapsed": _in(Account.LAPSED),
    "books-lost": lambda spot: int(spot.account is Account.WRITTEN_OFF and bool(spot.line)),
}
"""How often each balance counts in a figure: 1, 0 or -1. The names are those of the definitions.

What was received, less what was changed away, is the sum of the figures from free to lost.
"""

FIRST = ("books-pledged", "books-signed", "books-received")


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
    codes = sorted({spot.currency for spot in money})
    found = []
    for name, counts in MEASURES.items():
        sums = dict.fromkeys(codes, 0)
        for spot, minor in money.items():
            if spot.account.book == "stages":
                sums[spot.currency] += counts(spot) * minor
        given = {code: minor for code, minor in sums.items() if minor}
        found.append(Figure(name=name, sums=sums, together=asked.together(given)))
    return found


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


def ahead(asked: AskedBooks, state: State) -> list[Ahead]:
    """Group what lapses by how soon after the day asked for."""
    day, soon, later = ((asked.day + timedelta(days=days)).isoformat() for days in (0, SOON, LATER))
    rows = lapsing(state, later)
    return [
        Ahead(name="past", rows=[row for row in rows if row.until < day]),
        Ahead(name="soon", rows=[row for row in rows if day <= row.until <= soon]),
        Ahead(name="later", rows=[row for row in rows if soon < row.until]),
    ]
