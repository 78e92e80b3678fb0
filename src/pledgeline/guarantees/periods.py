"""The periods of a promise that comes again: "each year until 2026", "2024/25", and how records name them."""

from dataclasses import replace
from datetime import date

from pledgeline.guarantees.durations import Duration, parse_duration
from pledgeline.guarantees.instruments import Obligation

_A_YEAR = parse_duration("P1Y")
_MOST_PERIODS = 1200


def periods_of(
    obligation: Obligation, first_day: date, today: date
) -> list[tuple[date | None, date | None, str, frozenset[str], bool]]:
    """List the periods of an obligation that have begun by `today`, or else its first one.

    Shape:   start, end, label, other names of the period, whether it comes again.
    Means:   a recurrence with only an end is counted back from it to `first_day`, because the text does
             not say with which period it began.
    """
    period = obligation.period
    if period is None:
        return []
    step = period.recurrence
    per_year = (obligation.money and obligation.money.per == "year") or (
        obligation.quantity and obligation.quantity.per == "year"
    )
    if step is None and per_year and period.start and period.end and period.end > _A_YEAR.after(period.start):
        step = _A_YEAR
    if step is None or (obligation.money and obligation.money.per == "total"):
        label = period.label or _label(period.start, period.end)
        return [(period.start, period.end, label, _aliases(period.start, period.end, label), False)]
    found: list[tuple[date | None, date | None, str, frozenset[str], bool]] = []
    if period.start is not None:
        for number in range(_MOST_PERIODS):
            start = _times(step, number).after(period.start)
            if (period.end and start > period.end) or (found and start > today):
                break
            end = _day_before(_times(step, number + 1).after(period.start))
            if period.end is not None:
                end = min(end, period.end)
            found.append(_one(start, end))
        return found
    assert period.end is not None
    after_end = date.fromordinal(period.end.toordinal() + 1)
    for number in range(_MOST_PERIODS):
        end = _day_before(_times(step, -number).after(after_end))
        start = _times(step, -number - 1).after(after_end)
        if end < first_day:
            break
        found.insert(0, _one(start, end))
    return [days for days in found if days[0] is not None and days[0] <= today] or found[:1]


def _one(start: date, end: date) -> tuple[date | None, date | None, str, frozenset[str], bool]:
    label = _label(start, end)
    return start, end, label, _aliases(start, end, label), True


def _times(step: Duration, number: int) -> Duration:
    return replace(step, months=step.months * number, days=step.days * number)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _label(start: date | None, end: date | None) -> str:
    if start is None or end is None:
        return str((start or end or date.min).year)
    if start.year == end.year:
        is_whole = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
        return str(start.year) if is_whole else f"{start}/{end}"
    is_one_year = end == _day_before(_A_YEAR.after(start))
    return f"{start.year}/{end.year % 100:02}" if is_one_year else f"{start.year}-{end.year}"


def _aliases(start: date | None, end: date | None, label: str) -> frozenset[str]:
    names = {label}
    if start and end:
        names |= {str(start), f"{start}/{end}", str(start.year)}
        names |= {f"{start.year}/{end.year % 100:02}", f"{start.year}/{end.year}", f"{start.year}-{end.year}"}
    elif start or end:
        names |= {str(start or end), str((start or end or date.min).year)}
    return frozenset(names)
