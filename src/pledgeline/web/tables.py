"""A table that sorts, pages and exports, from one list of columns.

Rows are values in memory, already read as of the day: what a column shows, what it is sorted
by and what a file holds come from the same place, so that an export never differs from the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from pledgeline.actions.long_files import must_not_be_long, not_long
from pledgeline.web.basis import basis_of, file_stem, lasting_address
from pledgeline.web.columns import Cell, Column, CurrencyOf, Label, Money
from pledgeline.web.downloads import About, as_table
from pledgeline.web.parameters import parameters_of

PER_PAGE = 50

STREAMED = 5_000
"""Rows from which on a file is sent while it is written; a shorter one is sent whole, with its size and its tag."""

FORMATS = ("csv", "xlsx", "json")


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
    one wants in memory; or they come in one order (`comes_in`), and in that one no more of them are asked for than
    are shown. `files` names the address of its files, which has the keywords of the page's own. `mark` is
    said in every row of a file. A table beside another is `fixed`: the address does not speak of it; without a `sort`
    its rows stay as they come.
    """

    def __init__(
        self,
        request: HttpRequest,
        *,
        name: str,
        caption: Label,
        columns: Sequence[Column],
        rows: Iterable[object] | Callable[[str], Sequence[object]],
        sort: str,
        comes_in: str = "",
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
        if callable(rows):
            self.rows = rows(self.sort)
        elif self.sort == comes_in and isinstance(rows, Sequence):
            self.rows = rows
        else:
            self.rows = self._sorted(rows, sortable) if self.sort else list(rows)

    @cached_property
    def page(self) -> Page[Any]:
        """Give the part of the rows that a page shows; a file has all of them."""
        paginator = Paginator(self.rows, self.per_page)
        number = self._parameters.number(
            "page", least=1, most=paginator.num_pages, label=_("Page of the table")
        )
        self._parameters.turns = (number or 1, paginator.num_pages)
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

    def _wanted(self, sortable: Mapping[str, object]) -> str:
        orders: dict[str, Label] = {}
        for column in self.columns:
            if column.name in sortable:
                orders[column.name] = column.label
                orders[f"-{column.name}"] = _("%(column)s, descending") % {"column": column.label}
        return self._parameters.choice("sort", orders, label=_("Order of the table"))

    def _sorted(self, rows: Iterable[object], sortable: Mapping[str, Callable[[object], Any]]) -> list[Any]:
        key = sortable[self.sort.removeprefix("-")]
        return _sorted(rows, key, reverse=self.sort.startswith("-"))

    def file(self, format_: str) -> HttpResponseBase:
        """Give all rows, not only this page, as a file: with headings for people, with keys for programs."""
        columns = self.file_columns
        cells = [column.in_file if format_ == "xlsx" else column.keyed for column in columns]
        return table_file(
            self._request,
            format_,
            name=self.name,
            title=self.caption,
            header={column.name: column.label for column in columns},
            rows=([cell(row) for cell in cells] for row in self.rows),
            mark=self.mark,
            count=len(self.rows),
        )

    @property
    def file_columns(self) -> list[Column]:
        """Give the columns of the files: those of the table, and the currencies that no column of it has."""
        names = {column.name for column in self.columns}
        columns: list[Column] = []
        for column in self.columns:
            columns.append(column)
            if isinstance(column, Money) and not names & {"currency", f"{column.name}_currency"}:
                columns.append(CurrencyOf(column))
        return columns


def exports(request: HttpRequest, files: str) -> list[tuple[str, str]]:
    """Give the files of a table beside this page: the name of the format, and the address."""
    match = request.resolver_match
    assert match is not None  # whoever is shown a page has asked for an address
    return [
        (format_.upper(), reverse(f"web:{files}", kwargs={**match.kwargs, "format_": format_}))
        for format_ in FORMATS
    ]


def table_file(
    request: HttpRequest,
    format_: str,
    *,
    name: str,
    title: Label,
    header: Mapping[str, Label],
    rows: Iterable[Sequence[Cell]],
    mark: str = "",
    count: int | None = None,
) -> HttpResponseBase:
    """Give rows as a file; a mark stands in a column of its own, so it goes where rows go.

    `header` has the heading of each column by its key. With a `count` it is known how many rows there are.

    Raises:  IsLong where a job is to write it.
    """
    if mark:
        header, rows = {**header, "mark": _("Mark")}, ([*row, mark] for row in rows)
    are_lines = format_ != "xlsx"
    if count is None:
        rows = list(not_long(rows, are_lines=are_lines))
    else:
        must_not_be_long(count, are_lines=are_lines)
    about = About(name=name, title=str(title), address=lasting_address(request), basis=basis_of(request))
    return as_table(
        file_stem(request, name), about, header, rows, format_, is_streamed=(count or 0) > STREAMED
    )


def _sorted(rows: Iterable[object], key: Callable[[object], Any], *, reverse: bool) -> list[Any]:
    """Sort, keeping rows without a value at the end in both directions."""
    known: list[Any] = []
    unknown: list[object] = []
    for row in rows:
        (unknown if key(row) is None else known).append(row)
    return sorted(known, key=key, reverse=reverse) + unknown
