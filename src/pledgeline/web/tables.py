"""A table that sorts, pages and exports, from one list of columns.

Rows are values in memory, already read as of the day: what a column shows, what it is sorted
by and what a file holds come from the same place, so that an export never differs from the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _

from pledgeline.actions.long_files import not_long
from pledgeline.web.downloads import as_table
from pledgeline.web.parameters import parameters_of

Value = str | int | Decimal | date | None
Text = str | Promise

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    `value` gives what a file holds; `key` what the column is sorted by (`None`: not sortable).
    `shown` is false for columns that only files have, such as a note too long for the page.
    """

    name: str
    label: Text
    value: Callable[[Any], Value]
    key: Callable[[Any], Any] | None = None
    number: bool = False
    shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The head of a column as the page shows it."""

    label: Text
    number: bool
    sort: str
    direction: str


class Table:
    """Rows under columns, in the order and on the page that the request asks for.

    `row_template` draws one `<tr>`; it gets `row` and the page's own context. `rows` may be a function that
    gives them in an order of columns already, from a database that holds more than one wants in memory.
    `mark` is said in every row of a file. A table beside another is `fixed`: the address does not speak of it.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        name: str,
        caption: Text,
        columns: Sequence[Column],
        rows: Iterable[Any] | Callable[[str], Sequence[Any]],
        sort: str,
        row_template: str,
        empty: Text,
        per_page: int = PER_PAGE,
        mark: str = "",
        fixed: bool = False,
    ) -> None:
        self.name, self.caption, self.empty = name, caption, empty
        self._parameters = parameters_of(request)
        self.columns, self.row_template, self.mark = columns, row_template, mark
        sortable = {column.name: column.key for column in columns if column.key}
        self.sort = ("" if fixed else self._wanted(sortable)) or sort
        self.per_page = per_page
        self.rows = rows(self.sort) if callable(rows) else self._sorted(rows, sortable)

    @cached_property
    def page(self) -> Page[Any]:
        """Give the part of the rows that a page shows; a file has all of them."""
        paginator = Paginator(self.rows, self.per_page)
        number = self._parameters.number(
            "page", least=1, most=paginator.num_pages, label=_("Page of the table")
        )
        return paginator.page(number or 1)

    @property
    def headings(self) -> list[Heading]:
        """Give the heads of the shown columns; `sort` is what a click on the head asks for."""
        headings = []
        for column in self.columns:
            if not column.shown:
                continue
            direction = ""
            if self.sort.removeprefix("-") == column.name:
                direction = "descending" if self.sort.startswith("-") else "ascending"
            turned = f"-{column.name}" if direction == "ascending" else column.name
            headings.append(
                Heading(
                    label=column.label,
                    number=column.number,
                    sort=turned if column.key else "",
                    direction=direction,
                )
            )
        return headings

    @property
    def pages(self) -> list[int | str]:
        """List the page numbers to offer, with gaps."""
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1))

    def _wanted(self, sortable: Mapping[str, Any]) -> str:
        orders: dict[str, Text] = {}
        for column in self.columns:
            if column.name in sortable:
                orders[column.name] = column.label
                orders[f"-{column.name}"] = _("%(column)s, descending") % {"column": column.label}
        return self._parameters.choice("sort", orders, label=_("Order of the table"))

    def _sorted(self, rows: Iterable[Any], sortable: Mapping[str, Callable[[Any], Any]]) -> list[Any]:
        key = sortable[self.sort.removeprefix("-")]
        return _sorted(rows, key, reverse=self.sort.startswith("-"))

    def file(self, format_: str) -> HttpResponse:
        """Give all rows, not only this page, as a CSV file or a workbook."""
        header = [str(column.label) for column in self.columns]
        rows = ([column.value(row) for column in self.columns] for row in self.rows)
        return table_file(
            format_, name=self.name, title=str(self.caption), header=header, rows=rows, mark=self.mark
        )


def table_file(
    format_: str, *, name: str, title: str, header: list[str], rows: Iterable[list[Value]], mark: str = ""
) -> HttpResponse:
    """Give rows as a CSV file or a workbook; a mark stands in a column of its own, so it goes where rows go.

    Raises:  IsLong where a job is to write it.
    """
    if mark:
        header, rows = [*header, str(_("Mark"))], ([*row, mark] for row in rows)
    return as_table(name, title, header, not_long(rows, are_lines=format_ == "csv"), format_)


def _sorted(rows: Iterable[Any], key: Callable[[Any], Any], *, reverse: bool) -> list[Any]:
    """Sort, keeping rows without a value at the end in both directions."""
    known: list[Any] = []
    unknown: list[Any] = []
    for row in rows:
        (unknown if key(row) is None else known).append(row)
    return sorted(known, key=key, reverse=reverse) + unknown
