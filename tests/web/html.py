"""The text of a page, however its template is indented."""

import re

BLOCKS = (
    "article|aside|caption|col|colgroup|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-4]|header|hr"
    "|legend|li|main|nav|ol|optgroup|option|p|section|select|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
"""Elements beside whose tags a space says nothing."""

_SPACE = re.compile(r"[ \t\r\n\f]+")
_BESIDE = re.compile(rf"[ ]?(</?(?:{BLOCKS})\b(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>)[ ]?")


def flat(answer):
    """Give a page in one line, without the spaces that a browser does not show either."""
    page = _SPACE.sub(" ", answer.content.decode())
    return _BESIDE.sub(r"\1", page)
