"""Money told over time: stacked areas that step on the day a figure was announced.

A line drawn from one announcement to the next would show money on days when nobody had promised
any; a step does not. And where the record says nothing, the picture must not look like "no change":
the time after the last data is hatched and named, and months without an entry are hollow in the row
of months under the axis.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pledgeline.charts.frame import (
    LINE,
    SMALL,
    Amounts,
    Frame,
    LegendKey,
    Picture,
    box,
    diamond,
    element,
    halo,
    hatch,
    legend,
    linked,
    muted,
    nice_ticks,
    nothing,
    number,
    picture,
    refuse_negative,
    shorten,
    spread,
    veil,
    width_of,
    words,
)
from pledgeline.charts.look import LIGHT, SERIES_MAX, TONES
from pledgeline.charts.textures import textured, textures

_WIDE = 620  # px: from here on the series are named at the ends of their areas


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One band of the stack.

    Shape:   `points`: day and the level from that day on; before the first the level is 0.
    Units:   whole numbers, 0 or more (minor units of one currency).
    """

    name: str
    points: tuple[tuple[date, int], ...]
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMark:
    """A figure that somebody stated for a day; `label` is its tooltip."""

    day: date
    value: int
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """Where days and values lie on the picture."""

    left: float
    right: float
    top: float
    bottom: float
    first: int
    last: int
    greatest: int

    def x(self, ordinal: int) -> float:
        inside = min(max(ordinal, self.first), self.last)
        return self.left + (self.right - self.left) * (inside - self.first) / (self.last - self.first)

    def y(self, value: int) -> float:
        return self.bottom - (self.bottom - self.top) * (value / self.greatest)


def steps(
    series: Sequence[Series],
    *,
    frame: Frame,
    since: date,
    until: date,
    data_until: date,
    amount: Amounts,
    month: Callable[[date], str],
    no_data_label: str,
    no_entries_label: str,
    empty_label: str,
    marks: Sequence[StatedMark] = (),
    marks_label: str = "",
    entries: Sequence[date] = (),
) -> Picture:
    """Draw levels over time, stacked: the first series lies at the bottom.

    The axis runs from `since` to `until`; the areas end with `data_until`, and what follows is shown
    as a time without data. `entries` are days with an entry in the record that changed no level (an
    announcement without a sum): their months are not hollow. `month` writes the short name of the
    month of a day. Series beyond the eighth share one colour, so the caller groups.

    Raises:  ValueError for a level or a mark below 0, or a span of time that ends before it starts.
    """
    if until < since:
        raise ValueError(f"the time from {since} to {until} ends before it starts")
    refuse_negative((level for line in series for _, level in line.points), "a level")
    refuse_negative((mark.value for mark in marks), "a mark")
    shown = sorted(
        (mark for mark in marks if since <= mark.day <= until), key=lambda mark: (mark.day, mark.value)
    )
    if not shown and not any(line.points for line in series):
        return nothing(empty_label, frame)
    first, last = since.toordinal(), until.toordinal() + 1
    stack = _stacked(series, first, min(max(data_until.toordinal() + 1, first), last))
    wide = frame.width >= _WIDE
    names = [_end_label(line.name, level, frame.width) for line, level in stack.said_at_end(amount)]
    ticks = nice_ticks(max([stack.greatest, *(mark.value for mark in shown)]), 5 if wide else 4)
    axis = [amount(tick) for tick in ticks]
    plot = _plot_of(frame, axis, names, (first, last), greatest=ticks[-1])
    told = {(day.year, day.month) for day in [*entries, *(day for line in series for day, _ in line.points)]}
    row, hollow = _months_row(plot, since, stack.end, told, month, frame.prefix, no_entries_label)
    keys = [
        *([] if wide else _series_keys(stack, amount, frame.prefix)),
        *([LegendKey(sign=diamond(7, 5), text=marks_label)] if shown and marks_label else []),
        *([_key_of_hollow_months(frame.prefix, no_entries_label)] if hollow else []),
    ]
    explained, explained_height = legend(keys, x=plot.left, y=plot.bottom + 50, width=frame.width - plot.left)
    body = [
        *_fillings(stack, frame.prefix),
        *_value_axis(plot, ticks, axis),
        *_areas(plot, stack, amount, frame.prefix),
        *_without_data(plot, stack.end, frame.prefix, no_data_label),
        *(_end_labels(plot, stack, names) if wide else []),
        *row,
        *_time_axis(plot, since, until, month, frame.width),
        *(_mark(plot, mark) for mark in shown),
        explained,
    ]
    return picture(body, frame, height=plot.bottom + 50 + explained_height)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stack:
    """The series added up from below.

    Shape:   `tops[series + 1][day]`: row 0 is the ground, row `i + 1` the top of series `i`;
             `days` are ordinals, and the last stretch ends at `end`.
    """

    series: Sequence[Series]
    days: Sequence[int]
    tops: Sequence[Sequence[int]]
    end: int

    @property
    def greatest(self) -> int:
        return max(self.tops[-1])

    def bands(self) -> Iterator[tuple[Series, str, Sequence[int], Sequence[int]]]:
        """Give each series with its colour, its lower and its upper edge."""
        for index, line in enumerate(self.series):
            yield line, TONES[min(index, SERIES_MAX)], self.tops[index], self.tops[index + 1]

    def said_at_end(self, amount: Amounts) -> list[tuple[Series, str]]:
        """Give each series with its last level in words."""
        return [(line, amount(top[-1] - below[-1])) for line, _, below, top in self.bands()]


def _stacked(series: Sequence[Series], first: int, end: int) -> _Stack:
    levels = [_levels(line, first, end) for line in series]
    days = sorted({day for level in levels for day in level} | {first})
    tops = [[0] * len(days)]
    for level in levels:
        now, row = 0, []
        for below, day in zip(tops[-1], days, strict=True):
            now = level.get(day, now)
            row.append(below + now)
        tops.append(row)
    return _Stack(series=series, days=days, tops=tops, end=end)


def _levels(series: Series, first: int, end: int) -> dict[int, int]:
    """Give the level from each day on, with what was before `first` moved to `first`."""
    levels: dict[int, int] = {}
    for day, level in sorted(series.points, key=lambda point: point[0]):
        if day.toordinal() < end:
            levels[max(day.toordinal(), first)] = level
    return levels


def _areas(plot: _Plot, stack: _Stack, amount: Amounts, prefix: str) -> Iterator[str]:
    for line, tone, below, top in stack.bands():
        if below == top or plot.x(stack.end) <= plot.left:
            continue
        outline = _outline(plot, below, top, stack.days, stack.end)
        area = element(
            "path",
            d=outline,
            fill=LIGHT[tone],
            stroke=LIGHT["paper"],
            stroke_width=0.75,
            class_=f"ch-{tone} ch-paper-line ch-area",
        )
        area += textured(prefix, tone, "path", d=outline)
        yield linked(area, title=f"{line.name}: {amount(top[-1] - below[-1])}", href=line.href, by_key=False)


def _outline(plot: _Plot, below: Sequence[int], top: Sequence[int], days: Sequence[int], end: int) -> str:
    """Walk the top to the right and the bottom back to the left, in steps, where the band has a height."""
    start = next(i for i, (low, high) in enumerate(zip(below, top, strict=True)) if high > low)
    edges = [plot.x(day) for day in [*days[start:], end]]
    there = _steps_along(edges, [plot.y(value) for value in top[start:]])
    back = _steps_along(edges[::-1], [plot.y(value) for value in below[start:]][::-1])
    return f"M{number(edges[0])} {number(plot.y(top[start]))}{there}{back}Z"


def _steps_along(edges: Sequence[float], heights: Sequence[float]) -> str:
    """Write a walk over flat stretches, `heights[i]` between `edges[i]` and `edges[i + 1]`."""
    walk = []
    flat = groupby(zip(edges[1:], heights, strict=True), key=lambda step: number(step[1]))
    for height, stretch in flat:
        walk.append(f"V{height}H{number(list(stretch)[-1][0])}")
    return "".join(walk)


def _fillings(stack: _Stack, prefix: str) -> list[str]:
    return [hatch(prefix), veil(prefix), textures(prefix, (tone for _, tone, _, _ in stack.bands()))]


def _plot_of(
    frame: Frame,
    axis: Sequence[str],
    names: Sequence[tuple[str, str]],
    days: tuple[int, int],
    *,
    greatest: int,
) -> _Plot:
    """Leave room for the figures of the axis, and where it is wide for a name at the end of each band."""
    wide = frame.width >= _WIDE
    margin = max((width_of(f"{name}  {level}") for name, level in names), default=0.0) + 26 if wide else 8.0
    height = max(min(frame.width * 0.34, 330.0), 190.0, LINE * len(names) if wide else 0.0)
    return _Plot(
        left=max(width_of(text, SMALL) for text in axis) + 8,
        right=frame.width - margin,
        top=12,
        bottom=12 + height,
        first=days[0],
        last=days[1],
        greatest=greatest,
    )


def _end_label(name: str, said: str, width: int) -> tuple[str, str]:
    return shorten(name, width * 0.27 - width_of(f"  {said}")), said


def _end_labels(plot: _Plot, stack: _Stack, names: Sequence[tuple[str, str]]) -> list[str]:
    """Name each band at its end, moved apart where bands are thin; the first series is the lowest."""
    bands = list(stack.bands())
    middles = [(plot.y(top[-1]) + plot.y(below[-1])) / 2 for _, _, below, top in bands]
    downwards = spread(middles[::-1], [LINE] * (len(middles) - 1), plot.top + 4, plot.bottom - 2)
    drawn = []
    for (line, tone, _, _), (name, level), middle, place in zip(
        bands, names, middles, downwards[::-1], strict=True
    ):
        leader = element(
            "path",
            d=f"M{number(plot.x(stack.end) + 2)} {number(middle)}H{number(plot.right + 3)}"
            f"L{number(plot.right + 12)} {number(place)}h4",
            fill="none",
            stroke=LIGHT[tone],
            stroke_width=1.25,
            class_=f"ch-{tone}-line",
        )
        label = words(name, plot.right + 20, place + 4, more=muted(f"\u00a0 {level}"))
        drawn.append(leader + linked(label, title=f"{line.name}: {level}", href=line.href))
    return drawn[::-1]


def _series_keys(stack: _Stack, amount: Amounts, prefix: str) -> list[LegendKey]:
    return [
        LegendKey(
            sign=box(f"ch-{tone}", LIGHT[tone]) + textured(prefix, tone, "rect", width=14, height=10, rx=2),
            text=line.name,
            quiet=level,
            href=line.href,
        )
        for (line, tone, _, _), (_, level) in zip(stack.bands(), stack.said_at_end(amount), strict=True)
    ]


def _key_of_hollow_months(prefix: str, label: str) -> LegendKey:
    area = element("rect", width=20, height=10, rx=2, fill=LIGHT["other"], class_="ch-other")
    thinned = element("rect", width=20, height=10, rx=2, fill=f"url(#{prefix}-veil)", fill_opacity=0.5)
    return LegendKey(sign=area + thinned, text=label, sign_wide=20)


def _mark(plot: _Plot, mark: StatedMark) -> str:
    sign = diamond(plot.x(mark.day.toordinal()), plot.y(mark.value))
    return linked(sign, title=mark.label, href=mark.href)


def _value_axis(plot: _Plot, ticks: Sequence[int], labels: Sequence[str]) -> Iterator[str]:
    for tick, label in zip(ticks, labels, strict=True):
        y = plot.y(tick)
        yield element(
            "path",
            d=f"M{number(plot.left)} {number(y)}H{number(plot.right)}",
            stroke=LIGHT["rule" if tick == 0 else "grid"],
            class_="ch-rule" if tick == 0 else "ch-grid",
        )
        yield words(label, plot.left - 6, y + 4, anchor="end", size=SMALL, class_="ch-muted")


def _without_data(plot: _Plot, end: int, prefix: str, label: str) -> Iterator[str]:
    """Hatch the time after the last data and say what the hatching means, upright where it is narrow."""
    start, high = plot.x(end), plot.bottom - plot.top
    room = plot.right - start
    if room < 1:
        return
    band = element(
        "rect", x=start, y=plot.top, width=room, height=high, fill=f"url(#{prefix}-hatch)", fill_opacity=0.6
    )
    middle = start + room / 2
    if width_of(label) + 12 <= room:
        band += halo(label, middle, plot.top + 20, anchor="middle")
    elif room >= LINE + 2 and width_of(label) + 12 <= high:
        band += halo(label, middle + 4, plot.top + 10 + width_of(label) / 2, anchor="middle", turned=True)
    yield linked(band, title=label, href="")


def _months_row(
    plot: _Plot,
    since: date,
    end: int,
    with_entry: set[tuple[int, int]],
    month: Callable[[date], str],
    prefix: str,
    label: str,
) -> tuple[list[str], bool]:
    """Draw the row of months: full where the record has an entry, hollow where it has none.

    A month without an entry also thins out the areas above it: they are carried on, not told.

    Shape:   the markup, and whether any month is hollow.
    """
    drawn, any_hollow = [], False
    months = list(_month_starts(since, end))
    single = (plot.right - plot.left) / max(len(months), 1) >= 8

    def same(day: date) -> tuple[bool, date | None]:
        return (day.year, day.month) in with_entry, day if single else None

    for (filled, _), run in groupby(months, key=same):
        inside = list(run)
        left = plot.x(inside[0].toordinal())
        right = plot.x(min(_after(inside[-1]), end))
        cell = _month_cell(left + 0.75, plot.bottom + 5, right - left - 1.5, filled=filled)
        if not filled:
            any_hollow = True
            names = dict.fromkeys(f"{month(day)} {day.year}" for day in (inside[0], inside[-1]))
            thinned = element(
                "rect",
                x=left,
                y=plot.top,
                width=right - left,
                height=plot.bottom - plot.top,
                fill=f"url(#{prefix}-veil)",
                fill_opacity=0.5,
                pointer_events="none",
            )
            cell = linked(thinned + cell, title=f"{' – '.join(names)}: {label}", href="")
        drawn.append(cell)
    return drawn, any_hollow


def _month_cell(x: float, y: float, width: float, *, filled: bool) -> str:
    return element(
        "rect",
        x=x,
        y=y,
        width=max(width, 0.5),
        height=5,
        rx=1.5,
        fill=LIGHT["rule"] if filled else "none",
        stroke=None if filled else LIGHT["rule"],
        class_="ch-rule-fill" if filled else "ch-rule",
    )


def _time_axis(
    plot: _Plot, since: date, until: date, month: Callable[[date], str], width: int
) -> Iterator[str]:
    """Name as many months as there is room for, the year under the first and under each January."""
    months = [day for day in _month_starts(since, until.toordinal() + 1) if day >= since]
    widest = max((width_of(month(day), SMALL) for day in months[:12]), default=0.0) + 10
    per_month = (plot.right - plot.left) / max(len(months), 1)
    every = next((step for step in (1, 2, 3, 6) if per_month * step >= widest), None)
    if every is None:
        yield from _years(plot, months)
        return
    year = None
    for day in months:
        if (day.month - 1) % every:
            continue
        x = plot.x(day.toordinal())
        yield element(
            "path",
            d=f"M{number(x)} {number(plot.bottom)}v14",
            stroke=LIGHT["rule"],
            class_="ch-rule",
        )
        if x + width_of(month(day), SMALL) > width:
            continue
        yield words(month(day), x, plot.bottom + 25, size=SMALL, class_="ch-muted")
        if day.year != year:
            yield words(str(day.year), x, plot.bottom + 39, size=SMALL, weight="600")
        year = day.year


def _years(plot: _Plot, months: Sequence[date]) -> Iterator[str]:
    starts = [day for day in months if day.month == 1]
    room = (plot.right - plot.left) / max(len(months), 1) * 12
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000) if room * step >= 40)
    for day in starts:
        if day.year % every == 0:
            x = plot.x(day.toordinal())
            yield element(
                "path", d=f"M{number(x)} {number(plot.bottom)}v14", stroke=LIGHT["rule"], class_="ch-rule"
            )
            yield words(str(day.year), x, plot.bottom + 25, size=SMALL, class_="ch-muted")


def _month_starts(since: date, end: int) -> Iterator[date]:
    """Give the first days of the months that touch the time from `since` to before `end`."""
    day = since.replace(day=1)
    while day.toordinal() < end:
        yield day
        if day.year == date.max.year and day.month == 12:
            return
        day = date.fromordinal(_after(day))


def _after(start: date) -> int:
    """Give the ordinal of the first day after the month that starts on `start`."""
    if start.month == 12:
        return start.toordinal() + 31
    return start.replace(month=start.month + 1).toordinal()
