"""How far a public record reaches: a sum of a month that nobody has searched well is not a small sum."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Reach(StrEnum):
    """What a record can say of a day."""

    FULL = "full"
    THIN = "thin"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the makers of a record say of its reach.

    The record is *thin* after `thin_after`: pages of later days were hard to find, and more is missing
    from it than before. Nothing at all was found of days after `ends_on`, when it was last searched
    for on `searched_on`.
    """

    thin_after: date
    ends_on: date
    searched_on: date

    def on(self, day: date) -> Reach:
        """Say how well a figure as of `day` is covered.

        >>> coverage = Coverage(thin_after=date(2026, 2, 28), ends_on=date(2026, 9, 30), searched_on=date(2026, 11, 28))
        >>> coverage.on(date(2026, 2, 28)), coverage.on(date(2026, 3, 1)), coverage.on(date(2026, 10, 1))
        (<Reach.FULL: 'full'>, <Reach.THIN: 'thin'>, <Reach.ENDED: 'ended'>)
        """
        if day <= self.thin_after:
            return Reach.FULL
        return Reach.THIN if day <= self.ends_on else Reach.ENDED
