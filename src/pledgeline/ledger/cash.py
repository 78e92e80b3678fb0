"""The cash book: what lies in the bank, what partners owe, what suppliers were paid and are owed.

Only a programme that holds the money itself keeps it. It lies in the same log as the stage book and
balances for itself, so a stage says what money is *for* and the cash book where it *is*; neither is
derived from the other, and an auditor compares the two.
"""

from collections.abc import Callable

from pledgeline.ledger.accounts import Account
from pledgeline.ledger.entries import Draft
from pledgeline.ledger.refusals import Refusal, RefusalRaised, or_refusal
from pledgeline.ledger.rules import unknown_contribution
from pledgeline.ledger.state import Balances, moved
from pledgeline.money import Amount

MOVES: dict[str, tuple[Account, Account]] = {
    "cash_owed": (Account.CONTRIBUTIONS, Account.RECEIVABLE),
    "cash_in": (Account.RECEIVABLE, Account.BANK),
    "cash_fee": (Account.BANK, Account.PROGRAMME_EXPENSE),
    "cash_sold": (Account.BANK, Account.EXCHANGE),
    "cash_bought": (Account.EXCHANGE, Account.BANK),
    "cash_advance": (Account.BANK, Account.SUPPLIER_ADVANCE),
    "cash_invoice": (Account.SUPPLIER_PAYABLE, Account.PROGRAMME_EXPENSE),
    "cash_settle": (Account.SUPPLIER_ADVANCE, Account.SUPPLIER_PAYABLE),
    "cash_paid": (Account.BANK, Account.SUPPLIER_PAYABLE),
    "cash_refund": (Account.PROGRAMME_EXPENSE, Account.BANK),
    "cash_returned": (Account.BANK, Account.CONTRIBUTIONS),
}
"""The events of the cash book: which account goes down, and which goes up.

`contributions` and `supplier_payable` are what we owe, and stand below zero.
"""


def _event(kind: str, origin: Account, target: Account) -> Callable[..., Draft | Refusal]:
    @or_refusal
    def event(state: Balances, *, contribution: str, amount: Amount, line: str = "", lot: str = "") -> Draft:
        if not state.knows(contribution):
            raise unknown_contribution(contribution, state)
        if amount.minor <= 0:
            raise RefusalRaised("not-above-zero.cash", amount=amount)
        return Draft(kind=kind, postings=moved(contribution, amount, origin, target, line=line, lot=lot))

    return event


EVENTS: dict[str, Callable[..., Draft | Refusal]] = {
    kind: _event(kind, origin, target) for kind, (origin, target) in MOVES.items()
}
"""Each event of `MOVES` as a function: of the state, a contribution, an amount, and a line and lot if any."""
