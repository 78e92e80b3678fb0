"""One public statement of one contribution: announced, not booked.

The same money is announced many times, in several currencies and by several mouths. A statement
therefore carries its relation to others; whether it counts on a day is decided in
`evidence.told`, in one place.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pledgeline.money import Amount
from pledgeline.programme.record_fields import CellKind, cell


class Stage(StrEnum):
    """How far the money had come, as stated: said by a leader, decided, or transferred."""

    ANNOUNCED = "announced"
    COMMITTED = "committed"
    PAID = "paid"


class Relation(StrEnum):
    """What a statement is to the statements it relates to."""

    NEW = ""
    REPLACES = "replaces"
    REPEATS = "repeats"
    CONFLICTS = "conflicts"
    UNCLEAR = "unclear"
    WITHDRAWS = "withdraws"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What a partner, or several together, was reported to give.

    `partners` holds one code, or several where only a joint sum is public. `amount` is as
    announced, `None` where no sum was stated; `reported_usd` is the dollar figure of the
    report, never one of ours. `announced_on` is the day the statement became public; where only the
    month is known (`month_only`) it is the last day of that month, by which it was public for sure.
    Of a row that withdraws money the amount is what is taken back, `None` for the whole.
    """

    id: Annotated[str, cell(CellKind.REFERENCE)]
    partners: Annotated[tuple[str, ...], cell(CellKind.PARTIES, "partner", needed=True)]
    announced_on: Annotated[date, cell(CellKind.DAY, needed=True, month_too=True)]
    amount: Annotated[Amount | None, cell(CellKind.AMOUNT, currency="currency")]
    reported_usd: Annotated[Amount | None, cell(CellKind.AMOUNT, "amount_usd_as_reported", few=True)]
    package: Annotated[str, cell(CellKind.TEXT, rows="packages")]
    stage: Annotated[Stage, cell(CellKind.WORD)]
    earmark: Annotated[str, cell(CellKind.TEXT, "earmark_text", is_long=True)]
    title: Annotated[str, cell(CellKind.TEXT, needed=True)]
    sources: Annotated[tuple[str, ...], cell(CellKind.REFERENCES, "source_ids", needed=True, rows="sources")]
    relation: Annotated[Relation, cell(CellKind.WORD, few=True)]
    relates_to: Annotated[tuple[str, ...], cell(CellKind.REFERENCES, rows="announcements")]
    note: Annotated[str, cell(CellKind.TEXT, is_long=True)]
    month_only: bool = False

    @property
    def first_day(self) -> date:
        """Give the earliest day on which it can have become public."""
        return self.announced_on.replace(day=1) if self.month_only else self.announced_on
