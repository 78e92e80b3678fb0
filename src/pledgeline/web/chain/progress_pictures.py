"""The pictures of the page of progress: each drawn wide and narrow, with the table of what it shows."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pledgeline import charts
from pledgeline.money import Amount, in_full, in_short
from pledgeline.queries.progress import AGES, LapsingMoney, UnitLevels
from pledgeline.web import words
from pledgeline.web.asked import Asked
from pledgeline.web.definitions import DEFINITIONS
from pledgeline.web.formats import number
from pledgeline.web.pictures import HALF, NARROW, WIDE, Shown

WEEK, MONTH, QUARTER = 7, 30, 90


def levels(asked: Asked, given: Sequence[UnitLevels]) -> Shown:
    """Draw where ordered units were, day by day: accepted, under way, to ship."""
    since = min((level.on for level in given), default=asked.today).replace(day=1)
    until = max([asked.today, *(level.on for level in given)])
    named = [
        (_("accepted"), [(level.on, level.accepted) for level in given]),
        (_("under way"), [(level.on, level.under_way) for level in given]),
        (_("to ship"), [(level.on, level.to_ship) for level in given]),
    ]
    series = [charts.Series(name=name, points=tuple(points)) for name, points in named]

    def draw(frame: charts.Frame) -> charts.Picture:
        return charts.steps(
            series,
            frame=frame,
            since=since,
            until=until,
            data_until=until,
            amount=number,
            month=lambda day: date_format(day, "M"),
            no_data_label=_("nothing known"),
            no_entries_label=_("nothing known"),
            empty_label=_("Nothing has been ordered yet."),
            entries=months(since, until),  # all is known of every month
        )

    return _shown(
        asked,
        "progress-deliveries",
        _("Units of all items together, of the orders that you may see."),
        (WIDE, NARROW),
        draw,
        header=[_("After"), *(name for name, _points in named), _("Together")],
        lines=[
            [
                date_format(level.on, "j M Y"),
                *(number(part) for part in (level.accepted, level.under_way, level.to_ship)),
                number(level.accepted + level.under_way + level.to_ship),
            ]
            for level in given
        ],
    )


def months(since: date, until: date) -> list[date]:
    """List the first days of all months from `since`, which is one itself, to `until`."""
    found = [since]
    while (following := (found[-1] + timedelta(days=31)).replace(day=1)) <= until:
        found.append(following)
    return found


def ages(asked: Asked, sums: Counter[int]) -> Shown:
    """Draw how many outstanding units have waited how long."""
    groups = [(_age_name(most), sums[most]) for most in (*AGES, 0)]
    return _bars(
        asked,
        "progress-ageing",
        _("Units that are outstanding, by the days since their order was accepted."),
        groups if sums else [],
        amount=number,
        empty=_("Nothing that was ordered is outstanding."),
        header=[_("Days since the order"), _("Units")],
        cell=number,
    )


def _age_name(most: int) -> str:
    if not most:
        return _("more than %(n)s days") % {"n": AGES[-1]}
    place = AGES.index(most)
    if not place:
        return _("up to %(n)s days") % {"n": most}
    return _("%(first)s to %(last)s days") % {"first": AGES[place - 1] + 1, "last": most}


def lapsing(asked: Asked, rows: Sequence[LapsingMoney]) -> Shown:
    """Draw how much money of the programme's currency lapses how soon."""
    code = asked.programme.base_currency
    sums: Counter[str] = Counter()
    for row in rows:
        if row.amount.currency == code:
            sums[_soon_name(row.until, asked.today)] += row.amount.minor
    groups = [(name, sums[name]) for name in _soon_names() if sums[name]]
    others = any(row.amount.currency != code for row in rows)
    note = _("Money in %(currency)s, by its last day.") % {"currency": code}
    if others:
        note = f"{note} {_('What is in other currencies stands in the table alone.')}"
    return _bars(
        asked,
        "progress-lapsing",
        note,
        groups,
        amount=lambda minor: in_short(Amount(minor, code), words.locale()),
        empty=_("No money lapses within these days."),
        header=[_("Last day"), _("Amount")],
        cell=lambda minor: in_full(Amount(minor, code), words.locale()),
    )


def _soon_names() -> tuple[str, ...]:
    return (
        _("its day has passed"),
        _("within 7 days"),
        _("in 8 to 30 days"),
        _("in 31 to 90 days"),
        _("later"),
    )


def _soon_name(until: date, today: date) -> str:
    past, week, month, quarter, later = _soon_names()
    if until < today:
        return past
    for days, name in ((WEEK, week), (MONTH, month), (QUARTER, quarter)):
        if until <= today + timedelta(days=days):
            return name
    return later


# Drawing


def _bars(
    asked: Asked,
    name: str,
    note: str,
    groups: Sequence[tuple[str, int]],
    *,
    amount: Callable[[int], str],
    empty: str,
    header: list[str],
    cell: Callable[[int], str],
) -> Shown:
    bars = [charts.Bar(name=label, value=value) for label, value in groups]

    def draw(frame: charts.Frame) -> charts.Picture:
        return charts.bars(bars, frame=frame, amount=amount, empty_label=empty)

    lines = [[label, cell(value)] for label, value in groups]
    return _shown(asked, name, note, (HALF, NARROW), draw, header=header, lines=lines)


def _shown(
    asked: Asked,
    name: str,
    note: str,
    widths: tuple[int, int],
    draw: Callable[[charts.Frame], charts.Picture],
    *,
    header: list[str],
    lines: list[list[str]],
) -> Shown:
    title: Any = DEFINITIONS[name][0]
    wide, narrow = (
        _drawn(draw, charts.Frame(prefix=f"{name}-{width}", title=str(title), description=note, width=width))
        for width in widths
    )
    return Shown(
        name=name,
        title=title,
        note=note,
        svg=wide,
        narrow=narrow,
        file=asked.at("progress-picture", name.removeprefix("progress-")),
        header=header,
        lines=lines,
    )


def _drawn(draw: Callable[[charts.Frame], charts.Picture], frame: charts.Frame) -> SafeString:
    """Draw a picture. Its texts are escaped by the charts themselves."""
    return mark_safe(draw(frame).svg)
