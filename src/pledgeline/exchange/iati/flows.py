"""From entries of the books to transactions as IATI knows them.

A programme reports what it was given and what it did with it. What it was pledged, promised and paid is incoming:
13, 11 and 1, and money that goes back to a partner is incoming below zero. What is ordered is an outgoing
commitment, 2. What is spent is an expenditure, 4: what the recipient took over, what was lost, and fees. What lies
between, and what was changed from one currency into another, is no transaction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pledgeline.ledger import Account, Entry, Spot
from pledgeline.money import Amount


class Flow(StrEnum):
    """The kinds of transactions that are reported, by their codes."""

    PLEDGE = "13"
    COMMITMENT = "11"
    RECEIPT = "1"
    ORDER = "2"
    EXPENDITURE = "4"

    @property
    def is_incoming(self) -> bool:
        return self in (Flow.PLEDGE, Flow.COMMITMENT, Flow.RECEIPT)


def counts(flow: Flow, spot: Spot) -> int:
    """Say how often what moves in an account counts in a kind of transaction: 1, 0 or -1.

    Of money that is written off that of a line was lost, and other money never came.
    """
    account, of_line = spot.account, bool(spot.line)
    never_came = account is Account.WRITTEN_OFF and not of_line
    lost = account is Account.WRITTEN_OFF and of_line
    match flow:
        case Flow.PLEDGE:
            return -int(account is Account.SOURCE)
        case Flow.COMMITMENT:
            return -int(account in (Account.SOURCE, Account.PLEDGED))
        case Flow.RECEIPT:
            before = (Account.SOURCE, Account.PLEDGED, Account.COMMITTED, Account.RETURNED)
            return -int(account in before or never_came)
        case Flow.ORDER:
            return int(account in (Account.ORDERED, Account.DELIVERED, Account.ACCEPTED) or lost)
        case Flow.EXPENDITURE:
            return int(account in (Account.ACCEPTED, Account.FEES) or lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """What an entry comes to in one kind of transaction, for one contribution in one currency."""

    flow: Flow
    entry: Entry
    contribution: str
    line: str
    amount: Amount


def transactions_of(entry: Entry) -> Iterator[Transaction]:
    """Give the transactions of an entry; a correction gives the difference, which may be below zero."""
    sums: dict[tuple[Flow, str, str, str], int] = {}
    for posting in entry.postings:
        spot = posting.spot
        for flow in Flow:
            if times := counts(flow, spot):
                key = (flow, spot.contribution, "" if flow.is_incoming else spot.line, spot.currency)
                sums[key] = sums.get(key, 0) + times * posting.amount.minor
    for (flow, contribution, line, currency), minor in sums.items():
        if minor:
            yield Transaction(
                flow=flow, entry=entry, contribution=contribution, line=line, amount=Amount(minor, currency)
            )
