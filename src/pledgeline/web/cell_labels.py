"""Tables whose cells say what they are: on a narrow screen each row is a card, and its head is not seen.

A template says a heading once, in the head of its table; here it is written into the cells below.
"""

import re

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

_HEAD_AND_ROWS = re.compile(r"(<thead\b.*?</thead>)(.*?)(?=<thead\b|\Z)", re.DOTALL)
_HEADING = re.compile(r"<t[hd]\b([^>]*)>(.*?)</t[hd]>", re.DOTALL)
_OPENING = re.compile(r"<(tr|th|td)\b([^>]*)>")
_SPAN = re.compile(r'\bcolspan="(\d+)"')


def with_labels(html: str) -> SafeString:
    """Write into each cell the heading of its column, for the style sheet to show.

    >>> with_labels("<thead><tr><th>Lot</th></tr></thead><tr><td>L-1</td></tr>")
    '<thead><tr><th>Lot</th></tr></thead><tr><td data-label="Lot">L-1</td></tr>'
    """
    return mark_safe(_HEAD_AND_ROWS.sub(_labelled, html))  # noqa: S308 — what was safe, and its own headings


def _labelled(part: re.Match[str]) -> str:
    head, rows = part.groups()
    headings: list[str] = []
    for attributes, text in _HEADING.findall(head.rpartition("<tr")[2]):
        headings += [" ".join(strip_tags(text).split()).replace('"', "&quot;")] * _width(attributes)
    column = 0

    def labelled(tag: re.Match[str]) -> str:
        nonlocal column
        name, attributes = tag.groups()
        if name == "tr":
            column = 0
            return tag[0]
        label = headings[column] if column < len(headings) else ""
        column += _width(attributes)
        return f'<{name}{attributes} data-label="{label}">' if label else tag[0]

    return head + _OPENING.sub(labelled, rows)


def _width(attributes: str) -> int:
    span = _SPAN.search(attributes)
    return int(span[1]) if span else 1
