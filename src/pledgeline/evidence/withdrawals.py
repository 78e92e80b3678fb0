"""Money taken back: how much of which announcement, and from which day the whole of it is gone.

A withdrawal is a row of its own with the relation `withdraws`. Without an amount it takes back the
whole of the rows that it names. With one it takes back a part of one row: the amount is what is
taken back, in the currency in which that row was announced or reported. The part is kept as a share
of the row, so that the parts of a row are worth what the row is worth, in any currency and at any
rate, and a row whose parts reach the whole of it is gone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pledgeline.programme.announcements import Announcement, Relation

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One row that takes money back, from one row: a share above 0, 1 for the whole."""

    by: Announcement
    share: Fraction


def share_taken(row: Announcement, source: Announcement) -> Fraction | None:
    """Say which share of `source` the withdrawal `row` takes back; `None` where that cannot be said.

    The two are compared in the currency of the withdrawal: with the amount as announced, or with
    the dollar figure of the report.
    """
    taken = row.amount or row.reported_usd
    if taken is None:
        return WHOLE
    for whole in (source.amount, source.reported_usd):
        if whole is not None and whole.currency == taken.currency:
            return Fraction(taken.minor, whole.minor)
    return None


def withdrawals_by_row(rows: Iterable[Announcement]) -> dict[str, list[Withdrawal]]:
    """List, for each row from which money is taken back, what is taken, earliest first."""
    rows = tuple(rows)
    known = {row.id: row for row in rows}
    taken: dict[str, list[Withdrawal]] = {}
    for row in sorted(rows, key=lambda row: row.announced_on):
        if row.relation is Relation.WITHDRAWS:
            for source in (known[ref] for ref in row.relates_to if ref in known):
                share = share_taken(row, source)
                if share is not None:
                    taken.setdefault(source.id, []).append(Withdrawal(by=row, share=share))
    return taken


def gone_on(taken: Iterable[Withdrawal]) -> date | None:
    """Give the day on which the shares taken back reach the whole, if they do."""
    so_far = Fraction(0)
    for withdrawal in taken:
        so_far += withdrawal.share
        if so_far >= WHOLE:
            return withdrawal.by.announced_on
    return None
