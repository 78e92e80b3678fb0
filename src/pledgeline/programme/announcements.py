"""One public statement of one contribution: announced, not booked.

The same money is announced many times, in several currencies and by several mouths. A statement
therefore carries its relation to others; whether it counts on a day is decided in
`evidence.told`, in one place.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pledgeline.money import Amount


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

    id: str
    partners: tuple[str, ...]
    announced_on: date
    amount: Amount | None
    reported_usd: Amount | None
    package: str
    stage: Stage
    earmark: str
    title: str
    sources: tuple[str, ...]
    relation: Relation
    relates_to: tuple[str, ...]
    note: str
    month_only: bool = False

    @property
    def first_day(self) -> date:
        """Give the earliest day on which it can have become public."""
        return self.announced_on.replace(day=1) if self.month_only else self.announced_on
