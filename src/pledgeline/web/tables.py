"""A table that sorts, pages and exports, from one list of columns.

Rows are values in memory, already read as of the day: what a column shows, what it is sorted
by and what a file holds come from the same place, so that an export never differs from the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from pledgeline.actions.long_files import not_long
from pledgeline.web.columns import Cell, Column, Label
from pledgeline.web.downloads import as_table
from pledgeline.web.parameters import parameters_of

PER_PAGE = 50

FORMATS = ("csv", "xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The head of a column as the page shows it."""

    label: Label
    number: bool
    sort: str
    direction: str


class Table:
    """Rows under columns, in the order and on the page that the request asks for.

    `rows` may be a function that gives them in an order of columns already, from a database that holds more than
    one wants in memory. `files` names the address of its files, which has the keywords of the page's own. `mark` is
    said in every row of a file. A table beside another is `fixed`: the address does not speak of it.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        name: str,
        caption: Label,
        columns: Sequence[Column],
        rows: Iterable[Any] | Callable[[str], Sequence[Any]],
        sort: str,
        empty: Label,
        row_classes: Callable[[Any], str] | None = None,
        files: str = "",
        per_page: int = PER_PAGE,
        mark: str = "",
        fixed: bool = False,
    ) -> None:
        self.name, self.caption, self.empty = name, caption, empty
        self._request, self._parameters = request, parameters_of(request)
        self.columns, self.row_classes, self.files, self.mark = columns, row_classes, files, mark
        self.shown = [column for column in columns if column.shown]
        sortable = {column.name: column.sort_key for column in columns if column.sortable}
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
        for column in self.shown:
            direction = ""
            if self.sort.removeprefix("-") == column.name:
                direction = "descending" if self.sort.startswith("-") else "ascending"
            turned = f"-{column.name}" if direction == "ascending" else column.name
            headings.append(
                Heading(
                    label=column.label,
                    number=column.is_number,
                    sort=turned if column.sortable else "",
                    direction=direction,
                )
            )
        return headings

    @property
    def pages(self) -> list[int | str]:
        """List the page numbers to offer, with gaps."""
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1))

    @property
    def exports(self) -> list[tuple[str, str]]:
        """Give the files that hold all rows: the name of the format, and the address."""
        return exports(self._request, self.files) if self.files else []

    def _wanted(self, sortable: Mapping[str, Any]) -> str:
        orders: dict[str, Label] = {}
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
        rows = ([column.in_file(row) for column in self.columns] for row in self.rows)
        return table_file(
            format_, name=self.name, title=str(self.caption), header=header, rows=rows, mark=self.mark
        )


def exports(request: HttpRequest, files: str) -> list[tuple[str, str]]:
    """Give the files of a table beside this page: the name of the format, and the address."""
    match = request.resolver_match
    assert match is not None  # whoever is shown a page has asked for an address
    return [
        (format_.upper(), reverse(f"web:{files}", kwargs={**match.kwargs, "format_": format_}))
        for format_ in FORMATS
    ]


def table_file(
    format_: str, *, name: str, title: str, header: list[str], rows: Iterable[list[Cell]], mark: str = ""
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
