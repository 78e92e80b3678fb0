"""When something was: a moment with its offset, or only a local day; and when something is due.

A newspaper says "on Saturday"; a clock of 24 hours then starts at some moment of that Saturday.
Choosing midnight would invent a fact, so a day gives a window, and so does what is counted from it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from pledgeline.guarantees.durations import Duration
from pledgeline.programme.sentences import Sentence, sentence
from pledgeline.programme.zones import day_end, day_start, local_day, zone

__all__ = ["Moment", "Window", "count_from", "day_end", "day_start", "local_day", "zone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The span in which something happened or falls due. A known moment has both ends equal."""

    earliest: datetime
    latest: datetime

    @property
    def is_exact(self) -> bool:
        return self.earliest == self.latest

    def later_of(self, other: "Window") -> "Window":
        """Give the window of what has begun only when both have."""
        return Window(
            earliest=max(self.earliest, other.earliest),
            latest=max(self.latest, other.latest),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something was: `at` a moment with an offset, or `on` a local day and no more."""

    at: datetime | None = None
    on: date | None = None

    def window(self, zone_name: str) -> Window:
        """Give the span of the moment, in UTC; a day is read in the zone of the instrument."""
        if self.at is not None:
            exact = self.at.astimezone(UTC)
            return Window(earliest=exact, latest=exact)
        if self.on is None:
            raise ValueError("a moment needs `at` or `on`")
        return Window(earliest=day_start(self.on, zone_name), latest=day_end(self.on, zone_name))

    @property
    def said(self) -> Sentence | date:
        """Give what a sentence speaks of: a day, or the moment to the minute."""
        if self.at is not None:
            return sentence("guarantees.when.minute", at=self.at)
        return self.on or date.min

    def __str__(self) -> str:
        return self.at.isoformat(timespec="minutes") if self.at else str(self.on)


def count_from(start: Window, within: Duration, zone_name: str) -> Window:
    """Give when a clock that starts at `start` runs out.

    Hours are elapsed time. Days, months and years end with the local day. A duration that names
    both goes forward on the calendar first and then lets the hours elapse.
    """
    return Window(
        earliest=_count(start.earliest, within, zone_name), latest=_count(start.latest, within, zone_name)
    )


def _count(start: datetime, within: Duration, zone_name: str) -> datetime:
    if within.is_elapsed:
        return start + within.elapsed
    local = start.astimezone(zone(zone_name))
    day = within.after(local.date())
    if not within.seconds:
        return day_end(day, zone_name)
    moved = datetime.combine(day, local.timetz().replace(tzinfo=None), zone(zone_name))
    return moved.astimezone(UTC) + within.elapsed
