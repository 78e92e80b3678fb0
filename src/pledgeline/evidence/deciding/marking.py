"""The stored text in pieces, in one pass: each says which claims it belongs to, and signs that nobody sees are shown.

A sign that turns the order of writing, or has no width, would let a text be read as something else than it is. Here
it is a piece of its own, named by its number.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pledgeline.evidence.reading.texts import Span

_HIDDEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufffb\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A part of a text that is shown in one way: `marks` are the keys of what it belongs to."""

    start: int
    text: str
    marks: tuple[int, ...] = ()
    is_hidden: bool = False

    @property
    def name(self) -> str:
        """Name a sign that nobody sees, by its number."""
        return f"U+{ord(self.text):04X}"


def pieces(
    text: str, marks: Iterable[tuple[int, Span]], *, start: int = 0, end: int | None = None
) -> list[TextPiece]:
    """Cut a text, or a part of it, where a mark begins or ends and around every sign that nobody sees.

    Shape:   the texts of all pieces, joined, are the text again.
    """
    stop = len(text) if end is None else min(end, len(text))
    changes: dict[int, tuple[list[int], list[int]]] = {}
    for key, span in marks:
        left, right = max(span.start, start), min(span.end, stop)
        if left < right:
            changes.setdefault(left, ([], []))[0].append(key)
            changes.setdefault(right, ([], []))[1].append(key)
    found: list[TextPiece] = []
    here: dict[int, None] = {}
    place = start
    for cut in (*sorted(changes), stop):
        if place < cut:
            found.extend(_without_hidden(text, place, cut, tuple(here)))
        begun, ended = changes.get(cut, ((), ()))
        for key in ended:
            here.pop(key, None)
        here.update(dict.fromkeys(begun))
        place = max(place, cut)
    return found


def _without_hidden(text: str, start: int, end: int, marks: tuple[int, ...]) -> Iterator[TextPiece]:
    place = start
    for match in _HIDDEN.finditer(text, start, end):
        if match.start() > place:
            yield TextPiece(place, text[place : match.start()], marks)
        yield TextPiece(match.start(), match[0], marks, is_hidden=True)
        place = match.end()
    if place < end:
        yield TextPiece(place, text[place:end], marks)


def shown(text: str) -> str:
    """Write a short text, such as a title, with every sign that nobody sees named.

    >>> shown("pled\\u200bged")
    'pled[U+200B]ged'
    """
    return _HIDDEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)
