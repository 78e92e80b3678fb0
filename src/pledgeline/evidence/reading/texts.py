"""The plain text of a report: stored once, never changed, with the places of everything that is found in it.

Rules look at a copy in which every kind of blank is a blank and signs that nobody sees are gone (a zero-width
space inside a word would hide it, a bidi control would show it reversed). What they find is given as places in
the stored text, so that `text[start:end]` is what a person reads there.
"""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

LONGEST_TEXT = 2_000_000
"""Units: characters of one report. The longest that we have met had 120,000."""

_UNSEEN = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_STEERING = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f]|{_UNSEEN.pattern}")
_TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LIKE = str.maketrans(
    dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t",
        " ",
    )
    | dict.fromkeys("\u2019\u02bc\u2018\u00b4\u02b9", "'")
    | dict.fromkeys("\u2010\u2011", "-")
    | dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n")
    | dict.fromkeys(map(chr, [*range(9), *range(14, 32), 127]), " ")
)


class TextTooLong(ValueError):
    """A report is longer than anybody writes one."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text: code points, the end not included."""

    start: int
    end: int

    def meets(self, other: "Span") -> bool:
        return self.start < other.end and self.end > other.start

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Give the same places in order, those that meet or touch as one."""
    places: list[Span] = []
    for span in sorted(spans):
        if places and span.start <= places[-1].end:
            places[-1] = Span(places[-1].start, max(places[-1].end, span.end))
        else:
            places.append(span)
    return places


def meeting(spans: Sequence[Span], part: Span) -> Sequence[Span]:
    """Give those of `merged` places that meet a part of the text."""
    first = bisect_left(spans, part.start, key=lambda span: span.end)
    return spans[first : bisect_left(spans, part.end, key=lambda span: span.start)]


@dataclass(frozen=True, slots=True)
class StoredText:
    """A stored text, and the copy that rules look at.

    `seen` is the copy. `places` says where each of its characters stands in `stored`; it is empty where both are
    of one length. `turned` are bidi controls: text that a person may see in another order than it is stored in.
    """

    stored: str
    seen: str = field(repr=False)
    places: tuple[int, ...] = field(repr=False, default=())
    turned: tuple[int, ...] = ()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.stored.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def visible(self) -> str:
        """Give the stored text with every sign that nobody sees, or that steers a screen, written as its number."""
        return _STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", self.stored)

    def stored_span(self, start: int, end: int) -> Span:
        """Give the place in the stored text of what stands at `start:end` of the copy."""
        if not self.places or end <= start:
            return Span(start, end)
        return Span(self.places[start], self.places[end - 1] + 1)


def text_of(stored: str) -> StoredText:
    """Make a text of what was pasted or read.

    Raises:  TextTooLong.

    >>> text_of("pled\\u200bged").seen
    'pledged'
    """
    if len(stored) > LONGEST_TEXT:
        raise TextTooLong(len(stored))
    seen = stored.translate(_LIKE)
    if not _UNSEEN.search(seen):
        return StoredText(stored, seen)
    places = tuple(place for place, sign in enumerate(seen) if not _UNSEEN.match(sign))
    turned = tuple(match.start() for match in _TURNED.finditer(stored))
    return StoredText(stored, "".join(seen[place] for place in places), places, turned)
