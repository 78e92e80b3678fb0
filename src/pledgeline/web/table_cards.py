"""Tables that are cards on a narrow screen: each cell says what it is, and of many rows the first are shown.

A template says a heading once, in the head of its table; here it is written into the cells below. The style sheet shows
it where the head is not seen, and the box that shows the rest.
"""

import re

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

SHOWN = 12
"""Rows that a narrow screen shows at first, as the style sheet says; a few more are shown with them."""
A_FEW = 3

CHOSEN_FROM = '<input type="checkbox" name='
"""A table of rows to choose from is not cut either: nobody sends a mark that they have not seen."""

_HEADING = re.compile(r"<t[hd]\b([^>]*)>(.*?)</t[hd]>", re.DOTALL)
_MARK = re.compile(r'<span[^>]* aria-hidden="true">.*?</span>', re.DOTALL)
_OPENING = re.compile(r"<(tr|th|td)\b([^>]*)>")
_SPAN = re.compile(r'\bcolspan="(\d+)"')


def as_cards(html: str, *, is_read_whole: bool = False) -> SafeString:
    """Write into each cell the heading of its column, and behind a long table the box that shows all of it.

    What is read as a document `is_read_whole`: its tables are not cut.

    >>> as_cards("<table><thead><tr><th>Lot</th></tr></thead><tr><td>L-1</td></tr></table>")
    '<table><thead><tr><th>Lot</th></tr></thead><tr><td data-label="Lot">L-1</td></tr></table>'
    """
    *tables, rest = html.split("</table>")
    return mark_safe("".join((*(_card_table(table, is_read_whole) for table in tables), rest)))


def _card_table(html: str, is_read_whole: bool) -> str:
    """Write a table, and what stands before it, up to the mark that ends it."""
    head, end, rows = html.partition("</thead>")
    if not end:
        return f"{html}</table>"
    headings: list[str] = []
    for attributes, text in _HEADING.findall(head.rpartition("<tr")[2]):
        headings += [" ".join(strip_tags(_MARK.sub("", text)).split()).replace('"', "&quot;")] * _width(
            attributes
        )
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

    more = "" if is_read_whole or CHOSEN_FROM in rows else _more(rows.count("<tr"))
    return f"{head}{end}{_OPENING.sub(labelled, rows)}</table>{more}"


def _more(count: int) -> str:
    if count <= SHOWN + A_FEW:
        return ""
    text = ngettext("Show all %(n)s rows", "Show all %(n)s rows", count) % {"n": count}
    return format_html('<label class="rows-more button"><input type="checkbox"> {}</label>', text)


def _width(attributes: str) -> int:
    span = _SPAN.search(attributes)
    return int(span[1]) if span else 1
