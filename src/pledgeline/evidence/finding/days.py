"""Days as a report states them, resolved by the day of the report.

A weekday means the last such day up to and including the day of the report; a day without a year is the one
nearest to it; a month without a year is the last one, unless it lies far back and is about to come again; "last
week" runs from Monday to Sunday. Without the day of the report none of them is resolved: nothing is guessed.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from pledgeline.evidence.finding.words import words_of
from pledgeline.evidence.reading.texts import Span

_YEARS = range(1990, 2101)


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A day or an interval at its place. `first` and `last` are None where it could not be resolved.

    `is_period` says that the words before it make it no day of an event: "for 2026", "by December".
    """

    span: Span
    first: date | None
    last: date | None
    is_period: bool = False

    @property
    def is_day(self) -> bool:
        return self.first is not None and self.first == self.last

    @property
    def iso(self) -> str:
        """Write it as ISO 8601 does: a whole month or year by its number, another interval with a slash."""
        if self.first is None or self.last is None:
            return ""
        if (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31):
            return str(self.first.year) if self.first.year == self.last.year else self._interval
        if self.first == self.first.replace(day=1) and self.last == _month_of(self.first)[1]:
            return f"{self.first:%Y-%m}"
        return self._interval

    @property
    def _interval(self) -> str:
        if self.first is None or self.last is None:
            return ""
        return (
            self.first.isoformat()
            if self.first == self.last
            else f"{self.first.isoformat()}/{self.last.isoformat()}"
        )


def _month_of(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


_SPANS = ("this_week", "last_week", "this_month", "last_month", "this_year", "last_year")
_LONG_AGO = 9
"""Units: months. A month without a year that lies further back is the one to come."""


@cache
def _pattern(language: str) -> re.Pattern[str]:
    words = words_of(language)
    dates = words.values["dates"]
    month = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(dates["months"], 1))
    weekday = "|".join(f"(?P<w{number}>{names})" for number, names in enumerate(dates["weekdays"]))
    on, today = "|".join(dates["on"]), "|".join(dates["today"])
    yesterday, tomorrow, earlier = (
        "|".join(dates[name]) for name in ("yesterday", "tomorrow", "before_yesterday")
    )
    year = r"(?P<year>(?:19|20)\d\d)(?!\d)"
    ordinal = r"(?:st|nd|rd|th|er|-го|-е|\.)?"
    day_first = rf"(?P<day>\d{{1,2}}){ordinal}(?:[ ]of)?[ ](?P<month>{month})(?:,?[ ]{year})?"
    month_first = rf"(?P<month_>{re.sub(r'<m', '<n', month)})[ ](?P<day_>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"
    month_first += (
        r"(?:,?[ ](?P<year_>(?:19|20)\d\d)(?!\d)|(?![ ](?:thousand|million|billion|trillion|mn|bn|m|b)\b))"
    )
    if not dates["month_first"]:
        month_first = r"(?!)(?P<month_>)(?P<day_>)(?P<year_>)"
    whole_month = rf"(?P<month__>{re.sub(r'<m', '<o', month)})(?:[ ]|,[ ])(?P<year__>(?:19|20)\d\d)(?!\d)"
    leads = "|".join(sorted(dates["month_leads"], key=len, reverse=True))
    joint = {lead for lead in dates["month_leads"] if lead.endswith(("-", "'"))}
    tight = "|".join(sorted(joint)) or "(?!)"
    followed = r"(?![ ](?:19|20)\d\d(?!\d))" + (r"(?![ ]\d{1,2}(?![\d.,]))" if dates["month_first"] else "")
    alone = rf"(?:(?:{leads})[ ]|(?:{tight}))(?P<month4>{re.sub(r'<m', '<q', month)})(?![\w]){followed}"
    spans = "|".join(rf"(?P<{name}>{'|'.join(dates[name])})(?!\w)" for name in _SPANS)
    numbers = (
        r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?!\d)|(?P<dotted>\d{1,2}\.\d{1,2}\.(?:(?:19|20)\d\d|\d\d))(?!\d)"
    )
    return re.compile(
        rf"(?<![\w])(?:(?:(?:{on})[ ])?(?:(?:{weekday})(?:,|[ ](?:the|den|dem|le))?[ ]?(?:(?:{on}|the|den|dem)[ ])?)?"
        rf"(?:{numbers}|{month_first}|{day_first}|{whole_month})"
        rf"|(?:(?:{on})[ ])?(?P<wday>{re.sub(r'<w', '<v', weekday)})(?:'s)?(?!\w)"
        rf"|(?P<earlier>{earlier})(?!\w)|(?P<today>{today})(?!\w)|(?P<yesterday>{yesterday})(?!\w)|(?P<tomorrow>{tomorrow})(?!\w)"
        rf"|{spans}|{alone}"
        rf"|(?P<only>(?:19|20)\d\d)(?![\d\w-]))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=2)  # every sum of a sentence asks for the same days
def days_in(seen: str, sentence: Span, language: str, published: date | None) -> tuple[StatedDay, ...]:
    """Find the days that a sentence states, in its order."""
    words, days = words_of(language), []
    for match in _pattern(language).finditer(seen, sentence.start, sentence.end):
        first, last = _resolved(match, published, seen, words.language)
        before = seen[max(sentence.start, match.start() - 24) : match.start()].rstrip()
        is_period = match["only"] is not None or any(
            hit.end() == len(before) for hit in words["dates.period"].finditer(before)
        )
        days.append(StatedDay(Span(match.start(), match.end()), first, last, is_period))
    return tuple(days)


def _resolved(
    match: re.Match[str], published: date | None, seen: str, language: str
) -> tuple[date | None, date | None]:
    groups = match.groupdict()
    try:
        if groups["iso"]:
            day = date.fromisoformat(groups["iso"])
            return day, day
        if groups["dotted"]:
            number, month, year = map(int, groups["dotted"].split("."))
            day = date(year if year > 99 else 2000 + year, month, number)
            return day, day
        if groups["only"]:
            return date(int(groups["only"]), 1, 1), date(int(groups["only"]), 12, 31)
        for mark, prefix, day_group, year_group in (
            ("month_", "n", "day_", "year_"),
            ("month", "m", "day", "year"),
        ):
            if groups[mark]:
                month = _number(groups, prefix)
                return _nearest(int(groups[day_group]), month, groups[year_group], published)
        if groups["month__"]:
            return _month_of(date(int(groups["year__"]), _number(groups, "o"), 1))
    except ValueError:
        return None, None
    return (None, None) if published is None else _from_report(match, groups, published, seen, language)


def _from_report(
    match: re.Match[str], groups: dict[str, str | None], published: date, seen: str, language: str
) -> tuple[date, date]:
    """Resolve what is told by its distance from the day of the report."""
    for name, shift in (("earlier", -2), ("today", 0), ("yesterday", -1), ("tomorrow", 1)):
        if groups[name]:
            day = published + timedelta(days=shift)
            return day, day
    for name in _SPANS:
        if groups[name]:
            return _span(name, published)
    if groups["month4"]:
        number = _number(groups, "q")
        back = (published.month - number) % 12
        year = published.year - (number > published.month) + (back > _LONG_AGO)
        return _month_of(date(year, number, 1))
    weekday = _number(groups, "v")
    day = published - timedelta(days=(published.weekday() - weekday) % 7)
    before = seen[max(0, match.start() - 16) : match.start()].rstrip()
    words = words_of(language)
    past = any(hit.end() == len(before) for hit in words["dates.past"].finditer(before))
    if day == published and (past or words["dates.past"].match(seen, match.end() + 1)):
        day -= timedelta(days=7)
    if any(hit.end() == len(before) for hit in words_of(language)["dates.next"].finditer(before)):
        day += timedelta(days=7)
    return day, day


def _span(name: str, published: date) -> tuple[date, date]:
    """Give the week, month or year of the report, or the one before."""
    back = name.startswith("last")
    if name.endswith("week"):
        monday = published - timedelta(days=published.weekday() + 7 * back)
        return monday, monday + timedelta(days=6)
    if name.endswith("month"):
        first = published.replace(day=1)
        return _month_of(first - timedelta(days=1) if back else first)
    return date(published.year - back, 1, 1), date(published.year - back, 12, 31)


def _number(groups: dict[str, str | None], prefix: str) -> int:
    return next(
        int(name.removeprefix(prefix))
        for name, value in groups.items()
        if value and name.startswith(prefix) and name.removeprefix(prefix).isdigit()
    )


def _nearest(
    number: int, month: int, year: str | None, published: date | None
) -> tuple[date | None, date | None]:
    if year:
        day = date(int(year), month, number)
        return day, day
    if published is None:
        return None, None
    days = []
    for near in (published.year - 1, published.year, published.year + 1):
        if number <= monthrange(near, month)[1] and number > 0:
            days.append(date(near, month, number))
    if not days:
        return None, None
    day = min(days, key=lambda day: abs((day - published).days))
    return day, day
