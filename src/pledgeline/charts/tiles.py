"""The partners on a map of tiles: one square for each country, so that small states can be read.

A projected map gives Luxembourg three pixels and must take sides on borders; a grid does neither.
Neighbours lie about where a reader expects them. How much a partner gave is told by the shade and,
not to rely on colour, by the amount in the tile, or by one to five dots where it is too small.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pledgeline.charts.frame import (
    LINE,
    SMALL,
    Amounts,
    Frame,
    LegendKey,
    Picture,
    element,
    hatch,
    legend,
    linked,
    nothing,
    picture,
    refuse_negative,
    shorten,
    width_of,
    words,
)
from pledgeline.charts.look import LIGHT

_DRAWN = """
CAN  .  ISL  .   .  NOR SWE FIN  .  KOR JPN
USA  .   .   .   .   .   .  EST  .   .   .
 .   .   .   .   .  DNK  .  LVA  .  AUS NZL
 .  IRL GBR  .  NLD DEU POL LTU  .   .   .
 .   .   .  BEL LUX CZE SVK UKR  .   .   .
 .   .  FRA CHE LIE AUT HUN ROU MDA  .   .
 .  PRT ESP  .  ITA SVN HRV SRB BGR  .  GEO
 .   .   .   .   .   .  BIH XKX MKD TUR  .
 .   .   .   .  MLT  .  MNE ALB GRC  .  CYP
"""

GRID: dict[str, tuple[int, int]] = {
    code: (column, row)
    for row, line in enumerate(_DRAWN.split("\n")[1:-1])
    for column, code in enumerate(line.split())
    if code != "."
}
_COLUMNS = 1 + max(column for column, _ in GRID.values())
_ROWS = 1 + max(row for _, row in GRID.values())
_WIDE = 760  # px: from here on the key stands beside the map
_CLASSES = 5
_DEEP = 4  # from this class on the words in a tile are light on dark


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A partner: its ISO 3166-1 alpha-3 code or another key, and what it gave; `None`: not known.

    `text` is the amount as short as it can be, for the tile.
    """

    code: str
    name: str
    value: int | None
    text: str = ""
    href: str = ""


def tiles(
    places: Sequence[Tile],
    *,
    frame: Frame,
    amount: Amounts,
    no_amount_label: str,
    absent_label: str,
    elsewhere_label: str,
    empty_label: str,
    recipient: str = "",
    recipient_label: str = "",
) -> Picture:
    """Draw the map; a partner without a place on it (a joint group, an institution) is listed apart.

    Five classes by round bounds, each about three times the one before: sums of states differ by
    powers of ten.

    Raises:  ValueError for a code given twice or a value below 0: the caller's slips.
    """
    prefix, width = frame.prefix, frame.width
    given = {place.code: place for place in places}
    if len(given) < len(places):
        raise ValueError("a code is given twice: add its values up first")
    known = [place.value for place in places if place.value is not None]
    refuse_negative(known, "an amount")
    if not places:
        return nothing(empty_label, frame)
    bounds = class_bounds(max(known, default=0))
    pitch = min((width * 0.62 if width >= _WIDE else width) / _COLUMNS, 58.0)
    body = [hatch(prefix)]
    for code, (column, row) in GRID.items():
        tile = _Tile(x=column * pitch + 1, y=row * pitch + 1, side=pitch - 3, prefix=prefix)
        if code == recipient:
            body.append(tile.recipient(code, given.get(code), recipient_label))
        elif code in given:
            body.append(tile.partner(given[code], bounds, amount, no_amount_label))
        else:
            body.append(tile.absent(code))
    keys = _keys(prefix, bounds, amount, no_amount_label, absent_label)
    if recipient in GRID and recipient_label:
        keys.append(
            LegendKey(
                sign=_sign(class_="ch-recipient-line", stroke="recipient", thick=2.5), text=recipient_label
            )
        )
    wide = width >= _WIDE
    left = _COLUMNS * pitch + 28 if wide else 0.0
    y = 4.0 if wide else _ROWS * pitch + 8
    if wide:
        drawn, used = _column_of(keys, left, y, width - left)
    else:
        drawn, used = legend(keys, x=0, y=y, width=width)
    body.append(drawn)
    apart = [place for place in places if place.code not in GRID]
    drawn, below = _elsewhere(
        apart, elsewhere_label, no_amount_label, amount, left, y + used + 12, width - left
    )
    body.append(drawn)
    height = max(_ROWS * pitch, y + used + (12 + below if apart else 0))
    return picture(body, frame, height=height)


def class_bounds(greatest: int) -> list[int]:
    """Give the lower bounds of the classes above the first: 1, 3, 10, 30 ... up to `greatest`.

    >>> class_bounds(1_200)
    [30, 100, 300, 1000]
    >>> class_bounds(0)
    []
    """
    bounds = [1]
    while bounds[-1] <= greatest:
        bounds.append(bounds[-1] * 3 if len(bounds) % 2 else bounds[-2] * 10)
    return bounds[:-1][-(_CLASSES - 1) :]


def _class_of(value: int, bounds: Sequence[int]) -> int:
    """Give the class from 1 to 5; the greatest value always has the deepest shade."""
    return _CLASSES - len(bounds) + sum(1 for bound in bounds if value >= bound)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tile:
    """One square of the grid; in px."""

    x: float
    y: float
    side: float
    prefix: str

    def square(self, *, fill: str, class_: str, **more: str | float) -> str:
        return element(
            "rect",
            x=self.x,
            y=self.y,
            width=self.side,
            height=self.side,
            rx=3,
            fill=fill,
            class_=f"ch-tile {class_}".strip(),
            **more,
        )

    def line(self, text: str, class_: str, *, at: float, size: float, weight: str | None = None) -> str:
        return words(
            text,
            self.x + self.side / 2,
            self.y + at,
            anchor="middle",
            size=size,
            class_=class_,
            weight=weight,
        )

    def absent(self, code: str) -> str:
        """A country that is no partner: there, but quiet."""
        square = self.square(fill=LIGHT["void"], class_="ch-void ch-grid", stroke=LIGHT["grid"])
        return square + self.line(code, "ch-muted", at=self.side / 2 + 4, size=SMALL)

    def partner(self, place: Tile, bounds: Sequence[int], amount: Amounts, no_amount_label: str) -> str:
        if place.value is None:
            square = self.square(
                fill=f"url(#{self.prefix}-hatch)", class_="ch-rule", stroke=LIGHT["rule"], stroke_width=1
            )
            backed = element(
                "rect",
                x=self.x + self.side / 2 - 14,
                y=self.y + self.side / 2 - 8,
                width=28,
                height=16,
                rx=2,
                fill=LIGHT["paper"],
                class_="ch-paper",
            )
            code = self.line(place.code, "", at=self.side / 2 + 4, size=SMALL, weight="600")
            return linked(square + backed + code, title=f"{place.name}: {no_amount_label}", href=place.href)
        level = _class_of(place.value, bounds)
        ink = "on-deep" if level >= _DEEP else "on-pale"
        inside = self.square(fill=LIGHT[f"t{level}"], class_=f"ch-t{level}")
        fits = self.side >= 40 and width_of(place.text, SMALL) <= self.side - 2
        if place.text and fits:
            inside += self.line(place.code, f"ch-{ink}", at=self.side / 2 - 3, size=12, weight="600")
            inside += self.line(place.text, f"ch-{ink}", at=self.side / 2 + 13, size=SMALL)
        else:
            inside += self.line(place.code, f"ch-{ink}", at=self.side / 2 + 1.5, size=SMALL, weight="600")
            inside += _dots(self.x + self.side / 2, self.y + self.side - 6, level, ink)
        return linked(inside, title=f"{place.name}: {amount(place.value)}", href=place.href)

    def recipient(self, code: str, place: Tile | None, label: str) -> str:
        """The country that the goods go to: outlined, whether or not it is a partner too."""
        square = self.square(
            fill=LIGHT["paper"],
            class_="ch-paper ch-recipient-line",
            stroke=LIGHT["recipient"],
            stroke_width=2.5,
        )
        inside = square + self.line(code, "", at=self.side / 2 + 4, size=12, weight="700")
        name = place.name if place else code
        return linked(inside, title=f"{name}: {label}" if label else name, href=place.href if place else "")


def _dots(x: float, y: float, count: int, ink: str) -> str:
    left = x - (count - 1) * 2.5
    return "".join(
        element("circle", cx=left + 5 * i, cy=y, r=1.6, fill=LIGHT[ink], class_=f"ch-{ink}")
        for i in range(count)
    )


def _sign(*, class_: str, stroke: str, thick: float) -> str:
    return element(
        "rect",
        x=1,
        y=-1,
        width=12,
        height=12,
        rx=2,
        fill="none",
        stroke=LIGHT[stroke],
        stroke_width=thick,
        class_=class_,
    )


def _keys(
    prefix: str, bounds: Sequence[int], amount: Amounts, no_amount_label: str, absent_label: str
) -> list[LegendKey]:
    """Name the classes from the greatest down, then what has no amount."""
    keys = []
    for level in range(_CLASSES, _CLASSES - len(bounds) - 1, -1):
        index = level - (_CLASSES - len(bounds)) - 1
        ink = "on-deep" if level >= _DEEP else "on-pale"
        square = element(
            "rect", y=-2, width=28, height=14, rx=2, fill=LIGHT[f"t{level}"], class_=f"ch-t{level}"
        )
        text = (
            f"≥ {amount(bounds[index])}" if index >= 0 else f"< {amount(bounds[0])}" if bounds else amount(0)
        )
        keys.append(LegendKey(sign=square + _dots(14, 5, level, ink), text=text, sign_wide=28))
    if no_amount_label:
        hatched = element(
            "rect",
            width=14,
            height=11,
            rx=2,
            fill=f"url(#{prefix}-hatch)",
            stroke=LIGHT["rule"],
            class_="ch-rule",
        )
        keys.append(LegendKey(sign=hatched, text=no_amount_label))
    if absent_label:
        blank = element(
            "rect",
            width=14,
            height=11,
            rx=2,
            fill=LIGHT["void"],
            stroke=LIGHT["grid"],
            class_="ch-void ch-grid",
        )
        keys.append(LegendKey(sign=blank, text=absent_label))
    return keys


def _column_of(keys: Sequence[LegendKey], x: float, y: float, width: float) -> tuple[str, float]:
    """Draw one key under the other; give the markup and its height."""
    drawn, used = "", 0.0
    for key in keys:
        part, height = legend([key], x=x, y=y + used, width=width)
        drawn, used = drawn + part, used + height
    return drawn, used


def _elsewhere(
    places: Sequence[Tile],
    label: str,
    no_amount_label: str,
    amount: Amounts,
    x: float,
    y: float,
    width: float,
) -> tuple[str, float]:
    """List the partners without a place on the map; give the markup and its height."""
    if not places:
        return "", 0.0
    head = words(shorten(label, width), x, y + 12, weight="600")
    keys = [
        LegendKey(
            sign=element(
                "rect", x=3, y=1, width=8, height=8, rx=4, fill=LIGHT["rule"], class_="ch-rule-fill"
            ),
            text=place.name,
            quiet=no_amount_label if place.value is None else amount(place.value),
            href=place.href,
        )
        for place in places
    ]
    drawn, used = legend(keys, x=x, y=y + LINE + 4, width=width)
    return head + drawn, used + LINE + 4
