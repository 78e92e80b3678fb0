"""The text of a report as HTML, written in one pass: a page of a hundred thousand characters is made at once.

Every piece says where it begins, so that a selection in the browser is a place in the stored text. Signs that nobody
sees are shown by their numbers. Nothing of the text is ever HTML.
"""

from collections.abc import Collection, Iterable, Mapping

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pledgeline.evidence.deciding.marking import pieces
from pledgeline.evidence.reading.texts import Span

NOISE = 0
"""The key of what is no part of the report. Candidates are numbered from 1, and decided ones below 0."""


def marked_text(
    text: str,
    marks: Iterable[tuple[int, Span]],
    *,
    classes: Mapping[int, str],
    linked: Collection[int] = (),
    start: int = 0,
    end: int | None = None,
) -> SafeString:
    """Write a text, or a part of it, with its marks; `linked` have a card that is led to."""
    hidden = escape(_("a sign that nobody sees"))
    written: list[str] = []
    named: set[int] = set()
    for piece in pieces(text, marks, start=start, end=end):
        if piece.is_hidden:
            inner = f'<span class="hidden-sign" data-at="{piece.start}" data-sign title="{hidden}">{piece.name}</span>'
        else:
            inner = f'<span data-at="{piece.start}">{escape(piece.text)}</span>'
        for key in reversed(piece.marks):
            place = ""
            if key not in named:
                named.add(key)
                place = f' id="m{key}"'
            if key in linked and len(piece.marks) == 1:
                inner = f'<a href="#c{key}" tabindex="-1">{inner}</a>'
            inner = f'<mark class="{classes[key]}" data-n="{key}"{place}>{inner}</mark>'
        written.append(inner)
    return mark_safe("".join(written))
