"""ISO 8601 durations, and what it means to add one to a day or to a moment.

"24 hours" and "one day" are different promises. Hours are elapsed time: a change to summer time
does not stretch them and a weekend does not stop them. Days, months and years belong to the
calendar and end with a local day. So a duration keeps the two parts apart.

Source:  Regulation (EEC, Euratom) 1182/71 and Council of Europe ETS 76, without their weekend shift.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from pledgeline.programme.sentences import Sentence, sentence

LONGEST_YEARS = 1000
"""No text promises for longer; more is a slip of the pen, and would run off the calendar."""

_FORM = re.compile(
    r"P(?=\d|T\d)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?"
)


class NotDuration(ValueError):
    """A text is no duration; `said` is the sentence for whoever wrote it."""

    def __init__(self, text: str, said: Sentence) -> None:
        super().__init__(f"no duration of ISO 8601: {text!r}")
        self.said = said


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration:
    """A length of time as a text states it.

    Units:   `months` (twelve to a year) and `days` are calendar parts; `seconds` is elapsed time.
    """

    text: str
    months: int
    days: int
    seconds: int

    @property
    def is_elapsed(self) -> bool:
        """Say whether only hours, minutes and seconds are named."""
        return not self.months and not self.days

    @property
    def elapsed(self) -> timedelta:
        return timedelta(seconds=self.seconds)

    def rough(self) -> timedelta:
        """Give a length for comparing two durations: a month counts 30 days, twelve months 365."""
        years, months = divmod(self.months, 12)
        return timedelta(days=years * 365 + months * 30 + self.days, seconds=self.seconds)

    def after(self, day: date) -> date:
        """Give the day that lies this many months and days after `day`.

        The day itself is not counted; a month that has no such day gives its last one.

        >>> parse_duration("P6M").after(date(2025, 8, 31))
        datetime.date(2026, 2, 28)
        """
        months = day.year * 12 + day.month - 1 + self.months
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(day.day, last)) + timedelta(days=self.days)

    def __str__(self) -> str:
        return self.text


def parse_duration(text: str) -> Duration:
    """Read an ISO 8601 duration.

    Raises:  NotDuration when `text` is none, or is longer than `LONGEST_YEARS`.

    >>> parse_duration("PT24H").elapsed
    datetime.timedelta(days=1)
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise NotDuration(text, sentence("guarantees.bad-duration.form", text=text))
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    duration = Duration(
        text=text,
        months=years * 12 + months,
        days=weeks * 7 + days,
        seconds=hours * 3600 + minutes * 60 + seconds,
    )
    too_long = (
        duration.months > LONGEST_YEARS * 12
        or duration.days > LONGEST_YEARS * 366
        or duration.seconds > LONGEST_YEARS * 366 * 86400
    )
    if too_long:
        raise NotDuration(text, sentence("guarantees.bad-duration.too-long", text=text, years=LONGEST_YEARS))
    return duration


def in_words(duration: Duration) -> Sentence:
    """Write a duration in words.

    >>> str(in_words(parse_duration("PT24H"))), str(in_words(parse_duration("P1Y6M")))
    ('24 hours', '1 year and 6 months')
    """
    return sentence("guarantees.length.whole", parts=tuple(_units(duration)))


def repeated(duration: Duration) -> Sentence:
    """Say how often something comes again, after “every”: a single unit goes without its number.

    >>> str(repeated(parse_duration("P1Y"))), str(repeated(parse_duration("P1Y6M")))
    ('year', 'year and 6 months')
    """
    first, *rest = _units(duration)
    if first.params["count"] == 1:
        first = sentence("guarantees.length.single", unit=first.params["unit"])
    return sentence("guarantees.length.whole", parts=(first, *rest))


def _units(duration: Duration) -> list[Sentence]:
    years, months = divmod(duration.months, 12)
    hours, rest = divmod(duration.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    counted = {
        "year": years,
        "month": months,
        "day": duration.days,
        "hour": hours,
        "minute": minutes,
        "second": seconds,
    }
    return [
        sentence("guarantees.length.units", count=count, unit=unit)
        for unit, count in counted.items()
        if count
    ]
