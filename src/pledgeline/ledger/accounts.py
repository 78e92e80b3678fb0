"""The accounts: where a cent of a contribution can be, and how low each may go.

Two books lie in one log. In the *stage book* an account is a stage on the way from a promise to
an accepted item; money of a contribution moves from stage to stage. The *cash book*, for programmes
that hold the cash themselves, says what lies in the bank and what is owed. Each balances for itself.
"""

from enum import StrEnum
from typing import NamedTuple

from pledgeline.programme.sentences import Sentence, sentence


class Account(StrEnum):
    """A stage of the stage book, or an account of the cash book."""

    SOURCE = "source"
    PLEDGED = "pledged"
    COMMITTED = "committed"
    AVAILABLE = "available"
    ALLOCATED = "allocated"
    ORDERED = "ordered"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    LAPSED = "lapsed"
    RETURNED = "returned"
    WRITTEN_OFF = "written_off"
    FEES = "fees"
    FX = "fx"

    BANK = "bank"
    RECEIVABLE = "receivable"
    SUPPLIER_ADVANCE = "supplier_advance"
    SUPPLIER_PAYABLE = "supplier_payable"
    PROGRAMME_EXPENSE = "programme_expense"
    CONTRIBUTIONS = "contributions"
    EXCHANGE = "exchange"

    @property
    def book(self) -> str:
        """Give the book that the account lies in: `stages` or `cash`."""
        return "cash" if self in CASH else "stages"

    @property
    def is_floored(self) -> bool:
        """Say whether the account may never fall below zero."""
        return self in FLOORED

    @property
    def spoken(self) -> str:
        """Give the name as it is written in a sentence."""
        return self.value.replace("_", " ")


CASH = frozenset(
    {
        Account.BANK,
        Account.RECEIVABLE,
        Account.SUPPLIER_ADVANCE,
        Account.SUPPLIER_PAYABLE,
        Account.PROGRAMME_EXPENSE,
        Account.CONTRIBUTIONS,
        Account.EXCHANGE,
    }
)

ORDER = {account: number for number, account in enumerate(Account)}
"""Where each account stands: the stages in the order of the chain, then the cash book."""

STAGES = tuple(account for account in Account if account not in CASH)
"""The stages in the order in which money walks through them; `source` is where it comes from."""

FLOORED = frozenset(
    {
        Account.PLEDGED,
        Account.COMMITTED,
        Account.AVAILABLE,
        Account.ALLOCATED,
        Account.ORDERED,
        Account.DELIVERED,
        Account.ACCEPTED,
        Account.LAPSED,
        Account.BANK,
        Account.RECEIVABLE,
        Account.SUPPLIER_ADVANCE,
    }
)
"""Accounts that never fall below zero. What is owed, spent, returned or exchanged has no floor."""

_LINE = frozenset({"line"})
_LOT = frozenset({"line", "lot"})
NEEDS: dict[Account, frozenset[str]] = {
    Account.ALLOCATED: _LINE,
    Account.ORDERED: _LINE,
    Account.DELIVERED: _LOT,
    Account.ACCEPTED: _LOT,
}
"""What a posting has to name beside its contribution; the other accounts need nothing more."""

MAY_NAME: dict[Account, frozenset[str]] = {
    **NEEDS,
    Account.WRITTEN_OFF: _LOT,
    Account.SUPPLIER_ADVANCE: _LINE,
    Account.SUPPLIER_PAYABLE: _LINE,
    Account.PROGRAMME_EXPENSE: _LOT,
}
"""What a posting may name; money in an account that is not here belongs to no line and no lot."""

BOUND = (Account.ORDERED, Account.DELIVERED, Account.ACCEPTED)
"""Stages in which money stands behind units of a line; units are counted in the same three."""

BEHIND_LOT = (Account.DELIVERED, Account.ACCEPTED)
"""Stages in which money stands behind a lot: what the lot cost, as far as it was not given back."""


class Spot(NamedTuple):
    """One account of one contribution, with the line and the lot where it has them."""

    account: Account
    contribution: str
    currency: str
    line: str = ""
    lot: str = ""

    @property
    def said(self) -> Sentence:
        """Name the account where it stands in a sentence."""
        whose = {"contribution": self.contribution, "stage": self.account.value}
        if self.line and self.lot:
            return sentence("ledger.spot.line-and-lot", line=self.line, lot=self.lot, **whose)
        if self.lot:
            return sentence("ledger.spot.lot", lot=self.lot, **whose)
        if self.line:
            return sentence("ledger.spot.line", line=self.line, **whose)
        return sentence("ledger.spot", **whose)

    def __str__(self) -> str:
        return str(self.said)


class Bin(NamedTuple):
    """Where units lie: at a stage, of a line, in a lot."""

    place: Account
    line: str
    currency: str
    lot: str = ""
