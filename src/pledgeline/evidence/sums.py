"""What was counted on many days, quickly.

`told.as_of` looks at every row for every day. A list of stated totals asks for a hundred days, so
here each counted row becomes two events, money in on the day it was announced and money out on the
day it was dropped, added up once in order. `told.as_of` stays the judge: a test compares the two.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from itertools import accumulate

from pledgeline.evidence.told import Standing, Treatment
from pledgeline.money import Amount


class Sums:
    """The counted money of all rows, and of each partner's own rows, on any day."""

    def __init__(self, rows: Iterable[Standing], currency: str) -> None:
        self._currency = currency
        events: dict[str, dict[date, int]] = {"": {}}
        for row in rows:
            announced = row.announcement.announced_on
            if row.value is None or row.on(announced)[0] is not Treatment.COUNTED:
                continue
            keys = ["", *row.announcement.partners] if len(row.announcement.partners) == 1 else [""]
            for key in keys:
                days = events.setdefault(key, {})
                days[announced] = days.get(announced, 0) + row.value.minor
                if row.dropped_on is not None:
                    days[row.dropped_on] = days.get(row.dropped_on, 0) - row.value.minor
        self._levels = {key: _levels(days) for key, days in events.items()}

    def on(self, day: date, partner: str = "") -> Amount:
        """Give the counted sum on `day`: of all rows, or of the rows of one partner alone."""
        days, levels = self._levels.get(partner, ([], []))
        place = bisect_right(days, day)
        return Amount(levels[place - 1] if place else 0, self._currency)


def _levels(events: dict[date, int]) -> tuple[list[date], list[int]]:
    days = sorted(events)
    return days, list(accumulate(events[day] for day in days))
