"""Columns that only tables of the books have."""

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from pledgeline.web.books.asked import AskedBooks
from pledgeline.web.columns import Drawn, Label, Reader, Text

WRAPS_FROM = 28
"""A key of fewer signs stays on one line."""

_ON_ONE_LINE = mark_safe(' class="key"')


class BooksKey(Text):
    """The key of a line or a lot, which leads to its page."""

    empty = "–"

    def __init__(
        self,
        name: str,
        label: Label,
        value: Reader = "",
        *,
        asked: AskedBooks,
        key: Reader | tuple[str, ...] = "",
    ) -> None:
        super().__init__(name, label, value, link=self._page_of(asked, f"books-{name}"), key=key)

    def _page_of(self, asked: AskedBooks, page: str) -> Callable[[object], str]:
        return lambda row: asked.at(page, key=self.value(row))

    def linked(self, address: str, text: Drawn, value: str) -> SafeString:
        return format_html(
            '<a{} href="{}">{}</a>', _ON_ONE_LINE if len(value) < WRAPS_FROM else "", address, text
        )
