"""What comes against what is wanted: two levels that step over days, the gap between them plain to see.

Days are whole numbers from a first day; whoever knows the calendar writes their names. A step stands on
its day: nothing is drawn as if it had come a little earlier.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pledgeline.charts.frame import (
    SMALL,
    Amounts,
    Frame,
    LegendKey,
    Picture,
    element,
    legend,
    nice_ticks,
    nothing,
    number,
    picture,
    refuse_negative,
    width_of,
    words,
)
from pledgeline.charts.look import LIGHT

Level = tuple[int, int]
"""A day, and the level from that day on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    left: float
    right: float
    top: float
    bottom: float
    first: int
    last: int
    greatest: int

    def x(self, day: int) -> float:
        return self.left + (self.right - self.left) * (day - self.first) / (self.last - self.first)

    def y(self, value: int) -> float:
        return self.bottom - (self.bottom - self.top) * value / self.greatest


def against(
    comes: Sequence[Level],
    wanted: Sequence[Level],
    *,
    frame: Frame,
    amount: Amounts,
    day: Callable[[int], str],
    comes_label: str,
    wanted_label: str,
    empty_label: str,
) -> Picture:
    """Draw what comes as an area and what is wanted as a line, both adding up from the left.

    Shape:   `comes` and `wanted` are in the order of their days.
    Raises:  ValueError for a level below 0: the caller's slip.
    """
    refuse_negative((level for _, level in (*comes, *wanted)), "a level")
    if not comes and not wanted:
        return nothing(empty_label, frame)
    days = [when for when, _ in (*comes, *wanted)]
    first, last = min(0, *days), max(days)
    last = max(last + max((last - first) // 25, 1), first + 1)
    ticks = nice_ticks(max(level for _, level in (*comes, *wanted)), 4)
    labels = [amount(tick) for tick in ticks]
    height = max(min(frame.width * 0.28, 260.0), 170.0)
    plot = _Plot(
        left=max(width_of(text, SMALL) for text in labels) + 10,
        right=frame.width - 12.0,
        top=12.0,
        bottom=12.0 + height,
        first=first,
        last=last,
        greatest=ticks[-1],
    )
    keys = [
        LegendKey(
            sign=element("rect", width=14, height=10, fill=LIGHT["s1"], class_="ch-s1"), text=comes_label
        ),
        LegendKey(sign=_stroke("M0 5H14", "ch-ink-line", LIGHT["ink"], dashed=True), text=wanted_label),
    ]
    drawn, used = legend(keys, x=plot.left, y=plot.bottom + 30, width=plot.right - plot.left)
    body = [
        *_grid(plot, ticks, labels),
        *_days(plot, day),
        _area(plot, comes),
        _stroke(_steps(plot, comes), "ch-s0-line", LIGHT["s0"]),
        _stroke(_steps(plot, wanted), "ch-ink-line", LIGHT["ink"], dashed=True),
        drawn,
    ]
    return picture(body, frame, height=plot.bottom + 30 + used)


def _steps(plot: _Plot, levels: Sequence[Level]) -> str:
    path = [f"M{number(plot.x(plot.first))} {number(plot.y(0))}"]
    for day, level in levels:
        path.append(f"H{number(plot.x(day))}V{number(plot.y(level))}")
    return "".join([*path, f"H{number(plot.right)}"])


def _area(plot: _Plot, levels: Sequence[Level]) -> str:
    closed = f"{_steps(plot, levels)}V{number(plot.y(0))}Z"
    return element("path", d=closed, fill=LIGHT["s1"], fill_opacity=0.75, class_="ch-s1")


def _stroke(path: str, class_: str, colour: str, *, dashed: bool = False) -> str:
    return element(
        "path",
        d=path,
        fill="none",
        stroke=colour,
        stroke_width=1.75,
        stroke_dasharray="5 3" if dashed else None,
        class_=class_,
    )


def _grid(plot: _Plot, ticks: Sequence[int], labels: Sequence[str]) -> Iterator[str]:
    for tick, label in zip(ticks, labels, strict=True):
        y = plot.y(tick)
        yield element(
            "path",
            d=f"M{number(plot.left)} {number(y)}H{number(plot.right)}",
            stroke=LIGHT["grid"],
            class_="ch-grid",
        )
        yield words(label, plot.left - 6, y + 4, anchor="end", size=SMALL, class_="ch-muted")


def _days(plot: _Plot, day: Callable[[int], str]) -> Iterator[str]:
    """Write as many days under the axis as have room, from the first on."""
    span = plot.last - plot.first
    room = plot.right - plot.left
    widest = max(width_of(day(plot.first + span * i // 4), SMALL) for i in range(5)) + 18
    step = nice_step(span, max(int(room / widest), 1))
    for when in range(plot.first, plot.last + 1, step):
        x = plot.x(when)
        text = day(when)
        half = width_of(text, SMALL) / 2
        yield element(
            "path",
            d=f"M{number(x)} {number(plot.bottom)}v5",
            stroke=LIGHT["rule"],
            class_="ch-rule",
        )
        at = min(max(x, plot.left + half - 8), plot.right - half + 8)
        yield words(text, at, plot.bottom + 18, anchor="middle", size=SMALL, class_="ch-muted")


def nice_step(span: int, most: int) -> int:
    """Give a round number of days of which at most `most` fit into `span`.

    >>> nice_step(365, 6), nice_step(3, 8)
    (90, 1)
    """
    for step in (1, 2, 5, 7, 14, 30, 60, 90, 180, 365):
        if span // step + 1 <= most:
            return step
    years = 1
    while span // (365 * years) + 1 > most:
        years += 1
    return 365 * years
