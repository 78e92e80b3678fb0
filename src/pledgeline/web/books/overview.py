"""The overview of the books: headline figures, what lapses, where the money went; and the trial balance."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may
from pledgeline.ledger import Account, Spot
from pledgeline.ledger import trace as tracing
from pledgeline.ledger.accounts import ORDER
from pledgeline.money import Amount
from pledgeline.records.books import Filter, one_view
from pledgeline.web.asked import part_of, show, visitor
from pledgeline.web.books import pictures
from pledgeline.web.books.asked import (
    AskedBooks,
    ask_books,
    ask_with_books,
    file_name,
    mark_of,
    show_books,
)
from pledgeline.web.books.contributions import adds_up
from pledgeline.web.books.figures import FIRST, ahead, figures
from pledgeline.web.books.filters import BooksForm, filters_of
from pledgeline.web.books.words import account_name
from pledgeline.web.tables import Column, Table


def books_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the figures of the books; where there are none, say what books are and how to open them."""
    # Who asks is known before the view of the database begins, in which no session can note that it was seen.
    may_record = may(visitor(request), Act.KEEP_BOOKS, slug)
    with one_view():
        asked = ask_with_books(request, slug)
        if not isinstance(asked, AskedBooks):
            return show(request, "web/books/none.html", asked, may_record=may_record)
        part = part_of(
            request, asked, may_record, context=lambda: {"may_record": may_record, **_overview(asked)}
        )
        return show_books(request, "overview", asked, part=part)


def _overview(asked: AskedBooks) -> dict[str, Any]:
    books = asked.books
    state = asked.state()
    rows = figures(asked, state.money())
    newest = books.journal(start=max(len(books) - 1, 0), limit=1)
    return {
        "entries": len(books),
        "figures": rows,
        "first": [row for row in rows if row.name in FIRST],
        "currencies": sorted({spot.currency for spot in state.money()}),
        "ahead": ahead(asked, state),
        "written": newest[0].recorded_at if newest else None,
        "counted": books.count(Filter(until=asked.day, known_on=asked.known_on)),
        "flow": pictures.flow(asked, state),
    }


def flow_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the flow picture as an SVG file of its own."""
    asked = ask_books(request, slug)
    return pictures.as_file(pictures.flow(asked, asked.state()), file_name(asked, "books-flow"))


def _balances(request: HttpRequest, asked: AskedBooks, form: BooksForm, rows: Mapping[Spot, int]) -> Table:
    partners = asked.owners()

    def partner(row: tuple[Spot, int]) -> str:
        return partners.get(row[0].contribution, "")

    columns = [
        Column(
            name="contribution",
            label=_("Contribution"),
            value=lambda row: row[0].contribution,
            key=lambda row: (row[0].contribution, row[0].currency, ORDER[row[0].account], row[0]),
        ),
        Column(name="partner", label=_("Partner"), value=partner, key=partner),
        Column(
            name="stage",
            label=_("Stage"),
            value=lambda row: account_name(row[0].account),
            key=lambda row: (ORDER[row[0].account], row[0]),
        ),
        Column(
            name="line", label=_("Line"), value=lambda row: row[0].line, key=lambda row: row[0].line or None
        ),
        Column(name="lot", label=_("Lot"), value=lambda row: row[0].lot, key=lambda row: row[0].lot or None),
        Column(
            name="amount",
            label=_("Amount"),
            number=True,
            value=lambda row: Amount(row[1], row[0].currency).major,
            key=lambda row: (row[0].currency, row[1]),
        ),
        Column(name="currency", label=_("Currency"), shown=False, value=lambda row: row[0].currency),
    ]
    return Table(
        request,
        name=file_name(asked, "balances"),
        caption=_("Trial balance"),
        columns=columns,
        rows=[row for row in rows.items() if form.passes(row[0])],
        sort="contribution",
        row_template="web/rows/books/balance.html",
        empty=_("No account passes these filters.") if rows else _("Nothing had been entered by this day."),
        per_page=100,
        mark=mark_of(asked.programme),
    )


def balances_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask_books(request, slug)
    form, rows = filters_of(request, BooksForm, asked=asked), _rows(asked)
    return show_books(
        request,
        "balances",
        asked,
        table=_balances(request, asked, form, rows),
        filters=form,
        stages=_by_stage(rows),
        together=adds_up(rows),
        file_url="web:books-balances-file",
    )


def balances_file(request: HttpRequest, slug: str, format_: str) -> HttpResponse:
    asked = ask_books(request, slug)
    form = filters_of(request, BooksForm, asked=asked)
    return _balances(request, asked, form, _rows(asked)).file(format_)


def _rows(asked: AskedBooks) -> Mapping[Spot, int]:
    return asked.books.balances(as_of=asked.until, known_on=asked.known_on)


def _by_stage(balances: Mapping[Spot, int]) -> list[tuple[Account, list[Amount]]]:
    """Add up what all contributions have in each account, by currency."""
    sums = tracing.by_stage(balances)
    return [
        (account, [Amount(minor, code) for (code, each), minor in sums.items() if minor and each is account])
        for account in sorted({account for _code, account in sums}, key=ORDER.__getitem__)
    ]
