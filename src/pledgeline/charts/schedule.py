"""Who owes what by when: a line for each duty from what opened it to when it falls due.

Times are whole minutes on one axis; what they mean, and how a tick is called, is the caller's. A duty
without a number of hours has no end: it fades out, because an end would be invented.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pledgeline.charts.frame import (
    SMALL,
    Frame,
    LegendKey,
    Picture,
    diamond,
    element,
    halo,
    hatch,
    legend,
    linked,
    nothing,
    number,
    picture,
    shorten,
    width_of,
    words,
)
from pledgeline.charts.look import LIGHT

_WIDE = 520  # px: from here on the name stands beside its line, not above it
_THICK = 9.0

Axis = Callable[[int], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySpan:
    """One duty. `due` is empty where no number is named; `due_until` differs where only a window is known."""

    name: str
    opens: int
    due: int | None = None
    due_until: int | None = None
    said: str = ""
    group: str = ""
    tone: str = "s0"
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened, as a mark across all lines."""

    name: str
    at: int


def schedule(
    spans: Sequence[DutySpan],
    *,
    happenings: Sequence[Happening],
    ticks: Sequence[tuple[int, str]],
    now: int,
    frame: Frame,
    banner: str,
    now_label: str,
    due_label: str,
    open_label: str,
    empty_label: str,
) -> Picture:
    """Draw the duties under each other, in the caller's order, with a heading where the group changes.

    `banner` is written into the picture: what it shows must not travel without saying what it is.

    Units:   minutes, on an axis that begins and ends with the first and last thing drawn.
    """
    if not spans:
        return nothing(empty_label, frame)
    width, prefix = frame.width, frame.prefix
    wide = width >= _WIDE
    names = min(max(width_of(span.name) for span in spans), width * 0.42) + 10 if wide else 0.0
    pitch = 22.0 if wide else 36.0
    places = [at for span in spans for at in (span.opens, span.due, span.due_until) if at is not None]
    low = min([*places, now, *(happening.at for happening in happenings)])
    high = max([*places, now, *(happening.at for happening in happenings), low + 60])
    left, right = names + 6, width - 12.0
    scale = (right - left) / (high - low)

    def x(at: int) -> float:
        return left + (at - low) * scale

    marks = _names_of(happenings, x, right)
    top = 24.0 + 15.0 * len({row for _each, row in marks}) + 18.0
    body = [hatch(prefix), words(shorten(banner, width * 0.92), 0, 14, weight="700")]
    rows: list[str] = []
    y = top
    for group, members in groupby(spans, key=lambda span: span.group):
        if group:
            rows.append(words(group, 0, y + 13, size=SMALL, class_="ch-muted", weight="600"))
            y += 20
        for span in members:
            rows.append(_row(span, y, names, x, right, prefix, wide, width))
            y += pitch
    bottom = y + 2
    body += [_tick(x(at), label, top, bottom) for at, label in _apart(ticks, x, low, high)]
    body += list(_happenings(marks, x, right, bottom))
    body.append(_line(x(now), 24.0, bottom, dashed=True))
    body += rows
    body.append(
        halo(
            now_label, min(x(now), right - 4), bottom + 14, anchor="middle" if x(now) < right - 60 else "end"
        )
    )
    keys = [LegendKey(sign=diamond(7, 5), text=due_label)]
    if any(span.due is None for span in spans):
        keys.append(_key_of_open_ends(prefix, open_label))
    drawn, used = legend(keys, x=0, y=bottom + 24, width=width)
    return picture([*body, drawn], frame, height=bottom + 24 + used)


def _key_of_open_ends(prefix: str, label: str) -> LegendKey:
    sign = element(
        "rect", width=14, height=10, fill=f"url(#{prefix}-hatch)", stroke=LIGHT["rule"], class_="ch-rule"
    )
    return LegendKey(sign=sign, text=label)


def _row(
    each: DutySpan, y: float, names: float, x: Axis, right: float, prefix: str, wide: bool, width: int
) -> str:
    middle = y + (_THICK / 2 + 4 if wide else _THICK / 2 + 18)
    name = (
        words(shorten(each.name, names - 8), names - 8, middle + 4, anchor="end")
        if wide
        else halo(shorten(each.name, width - 4), 0, y + 11)
    )
    start = x(each.opens)
    end = x(each.due) if each.due is not None else right
    bar = element(
        "rect",
        x=start,
        y=middle - _THICK / 2,
        width=max(end - start, 2.0),
        height=_THICK,
        rx=2,
        fill=LIGHT[each.tone] if each.due is not None else f"url(#{prefix}-hatch)",
        stroke=None if each.due is not None else LIGHT["rule"],
        class_=f"ch-{each.tone}" if each.due is not None else "ch-rule",
    )
    parts = [name, bar]
    if each.due is not None:
        until = x(each.due_until) if each.due_until is not None else end
        if until > end + 1:
            parts.append(
                element(
                    "rect",
                    x=end,
                    y=middle - _THICK / 2,
                    width=until - end,
                    height=_THICK,
                    fill=f"url(#{prefix}-hatch)",
                    stroke=LIGHT["rule"],
                    class_="ch-rule",
                )
            )
        parts.append(diamond(end, middle))
    return linked(
        "".join(parts), title=f"{each.name}: {each.said}" if each.said else each.name, href=each.href
    )


def _names_of(happenings: Sequence[Happening], x: Axis, right: float) -> list[tuple[Happening, int]]:
    """Give each happening a line for its name, so that names that stand close do not cover each other."""
    ends: list[float] = []
    placed = []
    for happening in sorted(happenings, key=lambda happening: happening.at):
        at, wide = x(happening.at), width_of(happening.name, SMALL) + 14
        begins = at - wide if at + wide > right else at
        row = next((number for number, end in enumerate(ends) if end <= begins), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = begins + wide
        placed.append((happening, row))
    return placed


def _happenings(marks: list[tuple[Happening, int]], x: Axis, right: float, bottom: float) -> Iterator[str]:
    for happening, row in marks:
        at = x(happening.at)
        yield element(
            "path", d=f"M{number(at)} {number(27 + 15 * row)}V{number(bottom)}", stroke=LIGHT["recipient"],
            stroke_width=1.5, class_="ch-recipient-line",
        )  # fmt: skip
        is_left = at + width_of(happening.name, SMALL) + 14 > right
        yield words(
            happening.name,
            at - 4 if is_left else at + 4,
            36 + 15 * row,
            size=SMALL,
            anchor="end" if is_left else "start",
        )


def _apart(ticks: Sequence[tuple[int, str]], x: Axis, low: int, high: int) -> list[tuple[int, str]]:
    """Leave out ticks whose names would touch."""
    kept: list[tuple[int, str]] = []
    for at, label in ticks:
        if not low <= at <= high:
            continue
        if (
            not kept
            or x(at) - x(kept[-1][0]) > (width_of(label, SMALL) + width_of(kept[-1][1], SMALL)) / 2 + 10
        ):
            kept.append((at, label))
    return kept


def _tick(at: float, label: str, top: float, bottom: float) -> str:
    line = element(
        "path", d=f"M{number(at)} {number(top - 4)}V{number(bottom)}", stroke=LIGHT["grid"], class_="ch-grid"
    )
    return line + words(label, at, top - 7, size=SMALL, anchor="middle", class_="ch-muted")


def _line(at: float, top: float, bottom: float, *, dashed: bool) -> str:
    return element(
        "path",
        d=f"M{number(at)} {number(top)}V{number(bottom)}",
        stroke=LIGHT["ink"],
        stroke_dasharray="4 3" if dashed else None,
        class_="ch-ink-line",
    )
