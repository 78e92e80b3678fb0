"""Amounts side by side: one bar for each, with what is left out beside it and a stated figure as a mark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pledgeline.charts.frame import (
    Amounts,
    Frame,
    LegendKey,
    Picture,
    box,
    diamond,
    element,
    hatch,
    legend,
    linked,
    muted,
    nothing,
    picture,
    refuse_negative,
    shorten,
    width_of,
    words,
)
from pledgeline.charts.look import LIGHT

_WIDE = 520  # px: from here on name and amount stand beside their bar, not above it
_THICK = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One amount; `rest` is what belongs to it and is not counted, `reference` what somebody stated."""

    name: str
    value: int
    rest: int = 0
    reference: int | None = None
    href: str = ""


def bars(
    given: Sequence[Bar],
    *,
    frame: Frame,
    amount: Amounts,
    empty_label: str,
    value_label: str = "",
    rest_label: str = "",
    reference_label: str = "",
) -> Picture:
    """Draw one bar under the other, in the caller's order, all to one scale.

    Units:   values are whole numbers, 0 or more (minor units of one currency).
    Raises:  ValueError for a value below 0: the caller's slip.
    """
    prefix, width = frame.prefix, frame.width
    refuse_negative((value for bar in given for value in (bar.value, bar.rest, bar.reference or 0)), "a bar")
    if not given:
        return nothing(empty_label, frame)
    wide = width >= _WIDE
    names = min(max(width_of(bar.name) for bar in given), width * 0.3) + 10 if wide else 0.0
    said = max(width_of(_said(bar, amount)) for bar in given) + 10 if wide else 0.0
    greatest = max(max(bar.value + bar.rest, bar.reference or 0) for bar in given) or 1
    room = max(width - names - said - 8, 40.0)
    pitch = 26.0 if wide else 40.0
    body = [hatch(prefix)]
    for index, bar in enumerate(given):
        y = index * pitch + (5 if wide else 20)
        inside = "".join(_bar(bar, names, y, room / greatest, prefix))
        if wide:
            name = words(shorten(bar.name, names - 8), names - 8, y + _THICK - 3, anchor="end")
            inside += _amount(bar, _end(bar, names, room / greatest, amount), y + _THICK - 3, amount)
        else:
            name = words(shorten(bar.name, width - width_of(_said(bar, amount)) - 12), 0, y - 5)
            inside += _amount(bar, width, y - 5, amount, anchor="end")
        body.append(
            linked(name + inside, title=_tip(bar, amount, rest_label, reference_label), href=bar.href)
        )
    drawn, used = legend(
        _keys(given, prefix, value_label, rest_label, reference_label),
        x=names,
        y=len(given) * pitch + 8,
        width=width - names,
    )
    return picture([*body, drawn], frame, height=len(given) * pitch + 8 + used)


def _said(bar: Bar, amount: Amounts) -> str:
    return amount(bar.value) + (f" + {amount(bar.rest)}" if bar.rest else "")


def _tip(bar: Bar, amount: Amounts, rest_label: str, reference_label: str) -> str:
    parts = [f"{bar.name}: {amount(bar.value)}"]
    if bar.rest:
        parts.append(f"{rest_label}: {amount(bar.rest)}")
    if bar.reference is not None:
        parts.append(f"{reference_label}: {amount(bar.reference)}")
    return "; ".join(parts)


def _bar(bar: Bar, x: float, y: float, scale: float, prefix: str) -> Iterator[str]:
    long, rest = bar.value * scale, bar.rest * scale
    yield element(
        "rect",
        x=x,
        y=y,
        width=max(long, 1.0),
        height=_THICK,
        fill=LIGHT["s0"],
        class_="ch-s0 ch-bar",
    )
    if bar.rest:
        yield element(
            "rect",
            x=x + long,
            y=y + 0.5,
            width=max(rest, 1.0),
            height=_THICK - 1,
            fill=f"url(#{prefix}-hatch)",
            stroke=LIGHT["rule"],
            class_="ch-rule ch-rest",
        )
    if bar.reference is not None:
        yield diamond(max(x + bar.reference * scale, 6.0), y + _THICK / 2)


def _end(bar: Bar, x: float, scale: float, amount: Amounts) -> float:
    """Say where the amount may begin: after the bar, or after the mark where that would stand in it."""
    end = x + max(bar.value * scale + bar.rest * scale, 1.0)
    if bar.reference is not None:
        at = x + bar.reference * scale
        if end - 7 < at < end + width_of(_said(bar, amount)) + 14:
            end = at + 7
    return end + 6


def _amount(bar: Bar, x: float, y: float, amount: Amounts, *, anchor: str = "start") -> str:
    more = muted(f" + {amount(bar.rest)}") if bar.rest else ""
    return words(amount(bar.value), x, y, anchor=anchor, more=more)


def _keys(
    given: Sequence[Bar], prefix: str, value_label: str, rest_label: str, reference_label: str
) -> list[LegendKey]:
    """Explain only the signs that occur, and the plain bar only where there is something beside it."""
    keys = []
    if any(bar.rest for bar in given) and rest_label:
        hatched = box("ch-rest", f"url(#{prefix}-hatch)", rule=True)
        keys.append(LegendKey(sign=hatched, text=rest_label))
    if any(bar.reference is not None for bar in given) and reference_label:
        keys.append(LegendKey(sign=diamond(7, 5), text=reference_label))
    if keys and value_label:
        keys.insert(0, LegendKey(sign=box("ch-s0", LIGHT["s0"]), text=value_label))
    return keys
