"""What every chart stands on: elements and their escaping, widths of words, scales, keys.

There is no browser here to measure a word, so `width_of` estimates, rather too wide than too narrow.
Values stay whole numbers until the very last step, where they become a place on the picture.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate

from pledgeline.charts.look import FONT, LIGHT

SIZE = 12.0  # of ordinary words, in px; nothing is smaller than SMALL
SMALL = 11.0
LINE = 16.0  # from one line of words to the next

Amounts = Callable[[int], str]

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_LINKED = re.compile(r"https?://|[/?#.]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What surrounds a chart: its ids on the page, its name, its description in words, its width in px.

    A `mark` is words that stand in the picture itself, below what is drawn, and so go wherever it goes.

    Raises:  ValueError for a prefix that cannot begin an id: the caller's slip.
    """

    prefix: str
    title: str
    description: str
    width: int
    mark: str = ""

    def __post_init__(self) -> None:
        if not _PREFIX.fullmatch(self.prefix):
            raise ValueError(f"{self.prefix!r} cannot begin an id: a letter, then letters, digits, - and _")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One chart, drawn: `svg` goes into a page as it is, or through `standalone` into a file."""

    svg: str
    width: int
    height: int


def escaped(text: str) -> str:
    """Write `text` so that XML reads it back; a character that XML cannot hold becomes U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", text), quote=True)


def number(value: float) -> str:
    """Write a place on the picture: two decimals, none where they are zero."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def element(name: str, *children: str, **attributes: str | float | None) -> str:
    """Write one element. Children are markup already; attributes are escaped here.

    An underscore in an attribute's name is a hyphen, one at its end is dropped, `None` is left out.

    >>> element("path", d="M0 0", stroke_width=1.5, class_="a&b", href=None)
    '<path d="M0 0" stroke-width="1.5" class="a&amp;b"/>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def _attribute(value: str | float) -> str:
    return escaped(value) if isinstance(value, str) else number(value)


def words(
    text: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    size: float = SIZE,
    class_: str = "",
    more: str = "",
    weight: str | None = None,
) -> str:
    """Write a line of words; `more` is markup that follows in the same line, such as a muted amount."""
    return element(
        "text",
        escaped(text),
        more,
        x=x,
        y=y,
        font_size=None if size == SIZE else size,
        text_anchor=None if anchor == "start" else anchor,
        font_weight=weight,
        class_=class_ or None,
        fill=FILL_OF.get(class_, "currentColor"),
    )


FILL_OF = {
    "ch-muted": LIGHT["muted"],
    "ch-on-pale": LIGHT["on-pale"],
    "ch-on-deep": LIGHT["on-deep"],
}


def muted(text: str) -> str:
    """Write words in the quieter colour, to follow others in a line."""
    return element("tspan", escaped(text), class_="ch-muted", fill=LIGHT["muted"])


def linked(markup: str, *, title: str, href: str, by_key: bool = True) -> str:
    """Give markup its tooltip and, where `href` is a path or a web address, its link.

    Anything else in `href` (another scheme) is not linked: it may come from a record that
    somebody else wrote. `by_key=False` keeps a second link to the same place out of the tab order.
    """
    tip = element("title", escaped(title)) if title else ""
    if not _LINKED.match(href):
        return element("g", tip, markup) if tip else markup
    return element("a", tip, markup, href=href, aria_label=title or None, tabindex=None if by_key else "-1")


def picture(body: Iterable[str], frame: Frame, *, height: float) -> Picture:
    """Put a drawn body into its frame, with its name and description for those who cannot see it."""
    prefix, width = frame.prefix, frame.width
    if frame.mark:
        body = [*body, words(frame.mark, 2, height + LINE)]
        height += 1.5 * LINE
    tall = int(height + 0.999)
    svg = element(
        "svg",
        element("title", escaped(frame.title) or " ", id=f"{prefix}-title"),
        element("desc", escaped(frame.description) or " ", id=f"{prefix}-desc"),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        class_="ch",
        id=prefix,
        viewBox=f"0 0 {width} {tall}",
        width=width,
        height=tall,
        role="group",
        aria_labelledby=f"{prefix}-title",
        aria_describedby=f"{prefix}-desc",
        font_family=FONT,
        font_size=SIZE,
    )
    return Picture(svg=svg, width=width, height=tall)


def nothing(text: str, frame: Frame) -> Picture:
    """Draw that there is nothing to draw, in the caller's words."""
    prefix, width, height = frame.prefix, frame.width, 96
    return picture(
        [
            hatch(prefix),
            element(
                "rect",
                x=0.5,
                y=0.5,
                width=width - 1,
                height=height - 1,
                rx=6,
                fill=f"url(#{prefix}-hatch)",
                stroke=LIGHT["grid"],
                class_="ch-grid",
            ),
            halo(shorten(text, width - 24), width / 2, height / 2 + 4, anchor="middle"),
        ],
        frame,
        height=height,
    )


def halo(
    text: str, x: float, y: float, *, anchor: str = "start", more: str = "", turned: bool = False
) -> str:
    """Write words that stay readable over lines and areas: a rim of the background around each letter."""
    return element(
        "text",
        escaped(text),
        more,
        x=x,
        y=y,
        text_anchor=None if anchor == "start" else anchor,
        fill="currentColor",
        stroke=LIGHT["paper"],
        stroke_width=4,
        stroke_linejoin="round",
        paint_order="stroke",
        class_="ch-paper-line",
        transform=f"rotate(-90 {number(x)} {number(y)})" if turned else None,
    )


def hatch(prefix: str) -> str:
    """Define the pattern that means "nothing is known here": thin slanted lines."""
    return element(
        "defs",
        element(
            "pattern",
            element("rect", width=7, height=7, fill=LIGHT["void"], class_="ch-void"),
            element("path", d="M0 0V7", stroke=LIGHT["rule"], stroke_width=1.2, class_="ch-rule"),
            id=f"{prefix}-hatch",
            width=7,
            height=7,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ),
    )


def veil(prefix: str) -> str:
    """Define the pattern that thins out what it lies on: slanted lines in the colour of the background."""
    return element(
        "defs",
        element(
            "pattern",
            element("path", d="M0 0V6", stroke=LIGHT["paper"], stroke_width=4, class_="ch-paper-line"),
            id=f"{prefix}-veil",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ),
    )


def diamond(x: float, y: float, half: float = 5.0) -> str:
    """Draw the mark of a figure that somebody stated."""
    return element(
        "path",
        d=f"M{number(x)} {number(y - half)}l{number(half)} {number(half)}l{number(-half)} {number(half)}"
        f"l{number(-half)} {number(-half)}Z",
        fill=LIGHT["paper"],
        stroke=LIGHT["ink"],
        stroke_width=1.5,
        class_="ch-paper ch-ink-line",
    )


def width_of(text: str, size: float = SIZE) -> float:
    """Estimate how wide `text` is in px, for a wide face, so that it rarely is wider."""
    return sum(_width_of_character(character) for character in text) * size


def _width_of_character(character: str) -> float:
    if character in "ijlI.,:;'|!()[] \u00a0\u202f":
        return 0.38
    if character in "mwMW@%…—":
        return 0.98
    if unicodedata.east_asian_width(character) in "WF":
        return 1.05
    if unicodedata.combining(character):
        return 0.0
    return 0.72 if character.isupper() else 0.63


def shorten(text: str, room: float, size: float = SIZE) -> str:
    """Cut `text` to what fits into `room` px, with an ellipsis for what is missing.

    >>> shorten("North Macedonia", 70.0)
    'North M…'
    >>> shorten("Norway", 70.0)
    'Norway'
    """
    if width_of(text, size) <= room:
        return text
    widths = accumulate(_width_of_character(character) * size for character in text)
    fits = sum(1 for used in widths if used + width_of("…", size) <= room)
    return text[: max(fits, 1)].rstrip() + "…"


def nice_ticks(greatest: int, most: int) -> list[int]:
    """Give round values from 0 to the first at or above `greatest`, not many more than `most` steps.

    >>> nice_ticks(437, 5)
    [0, 100, 200, 300, 400, 500]
    >>> nice_ticks(0, 5)
    [0, 1]
    """
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            count = max(-(-greatest // step), 1)
            if count <= most:
                return [step * i for i in range(count + 1)]
        power *= 10


def spread(wanted: Sequence[float], apart: Sequence[float], low: float, high: float) -> list[float]:
    """Move places as little as needed until each is at least `apart` from the one before it.

    Neighbours that are too close are gathered into one group that sits around its mean
    (the pool-adjacent-violators method); then all are kept between `low` and `high`, where
    `low` wins if there is not enough room.

    Shape:   one place per place wanted, in their order; `apart[i]` is the least distance from
             place `i` to place `i + 1`, so it is one shorter.

    >>> spread([10.0, 12.0, 50.0], [10.0, 10.0], 0.0, 100.0)
    [6.0, 16.0, 50.0]
    """
    if not wanted:
        return []
    offsets = [0.0, *accumulate(apart)]
    groups: list[tuple[float, int]] = []
    for place, offset in zip(wanted, offsets, strict=True):
        mean, size = place - offset, 1
        while groups and groups[-1][0] > mean:
            before, members = groups.pop()
            mean, size = (before * members + mean * size) / (members + size), members + size
        groups.append((mean, size))
    level = [mean for mean, size in groups for _ in range(size)]
    return [max(min(at, high - offsets[-1]), low) + offset for at, offset in zip(level, offsets, strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendKey:
    """One entry of a legend: a sign drawn into a box of `sign_wide` by 10 px, and what it means."""

    sign: str
    text: str
    quiet: str = ""
    href: str = ""
    sign_wide: float = 14.0


def legend(keys: Sequence[LegendKey], *, x: float, y: float, width: float) -> tuple[str, float]:
    """Draw keys in as many lines as they need; give the markup and its height in px."""
    drawn: list[str] = []
    left, top = x, y
    for key in keys:
        quiet_wide = width_of(f"  {key.quiet}") if key.quiet else 0.0
        indent = key.sign_wide + 6
        text = shorten(key.text, max(width - indent - quiet_wide, 24))
        wide = indent + width_of(text) + quiet_wide
        if left > x and left + wide > x + width:
            left, top = x, top + LINE + 4
        more = muted(f"\u00a0 {key.quiet}") if key.quiet else ""
        sign = element("g", key.sign, transform=f"translate({number(left)} {number(top + 3)})")
        label = words(text, left + indent, top + 12, more=more)
        title = f"{key.text} {key.quiet}".strip() if key.href or text != key.text else ""
        drawn.append(linked(sign + label, title=title, href=key.href))
        left += wide + 18
    return "".join(drawn), top + LINE + 4 - y if keys else 0.0


def box(class_: str, fill: str, *, rule: bool = False) -> str:
    """Draw the sign of a filled area for a legend."""
    return element(
        "rect",
        width=14,
        height=10,
        rx=2,
        fill=fill,
        stroke=LIGHT["rule"] if rule else None,
        class_=f"{class_} ch-rule".strip() if rule else class_,
    )


def refuse_negative(values: Iterable[int], what: str) -> None:
    """Stop a chart whose lengths would have no meaning."""
    least = min(values, default=0)
    if least < 0:
        raise ValueError(f"{what} of {least}: lengths start at 0")
