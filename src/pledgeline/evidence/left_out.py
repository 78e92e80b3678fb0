"""What the rows that are left out of a total are: four kinds with a name, and what belongs to none of them.

They are counted and never added up: their sum would be the same money in several currencies, and slips of the press.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from pledgeline.evidence.told import Standing, Told, Why
from pledgeline.programme.announcements import Announcement


class LeftOutAs(StrEnum):
    """What a row that is left out is."""

    JOINTLY = "announced-jointly"
    OTHER_CURRENCY = "other-currency"
    SUPERSEDED = "superseded"
    PRESS_ERROR = "press-error"
    SAID_AGAIN = "said-again"
    TAKEN_BACK = "taken-back"


def left_out_as(row: Announcement, why: Why, by_id: Mapping[str, Announcement]) -> LeftOutAs:
    """Say what a row is that is left out for a reason, from the rows that it relates to."""
    match why:
        case Why.REPLACED:
            return LeftOutAs.SUPERSEDED
        case Why.CONFLICTS:
            return LeftOutAs.PRESS_ERROR
        case Why.WITHDRAWN | Why.WITHDRAWS:
            return LeftOutAs.TAKEN_BACK
    others = [by_id[ref] for ref in row.relates_to if ref in by_id]
    if len(row.partners) > 1 or any(len(other.partners) > 1 for other in others) or len(others) > 1:
        return LeftOutAs.JOINTLY
    currencies = {other.amount.currency for other in others if other.amount is not None}
    if row.amount is not None and currencies and row.amount.currency not in currencies:
        return LeftOutAs.OTHER_CURRENCY
    return LeftOutAs.SAID_AGAIN


def counts_of_left_out(told: Told, rows: Iterable[Standing]) -> dict[LeftOutAs, int]:
    """Count the rows that a day leaves out by what they are, in the order of the kinds."""
    by_id = {row.announcement.id: row.announcement for row in rows}
    counts = Counter(left_out_as(row.announcement, why, by_id) for row, why in told.left_out)
    return {kind: counts[kind] for kind in LeftOutAs if counts[kind]}
