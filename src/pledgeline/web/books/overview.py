"""The overview of the books: headline figures, what lapses, where the money went; and the trial balance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
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
    show_books_table,
)
from pledgeline.web.books.columns import BooksKey
from pledgeline.web.books.contributions import adds_up
from pledgeline.web.books.figures import FIRST, MEASURES, ahead, figures
from pledgeline.web.books.filters import BooksForm, filters_of
from pledgeline.web.books.opening import OpenForm
from pledgeline.web.books.words import account_name
from pledgeline.web.columns import Money, Text
from pledgeline.web.definitions import DEFINITIONS
from pledgeline.web.tables import Table


def books_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the figures of the books; where there are none, say what books are and how to open them."""
    # Who asks is known before the view of the database begins, in which no session can note that it was seen.
    may_record = may(visitor(request), Act.KEEP_BOOKS, slug)
    with one_view():
        asked = ask_with_books(request, slug)
        if not isinstance(asked, AskedBooks):
            form = OpenForm(None, asked=asked) if may_record else None
            return show(
                request,
                "web/books/none.html",
                asked,
                may_record=may_record,
                sees_books=may(visitor(request), Act.SEE_BOOKS, slug),
                form=form,
            )
        part = part_of(
            request, asked, may_record, context=lambda: {"may_record": may_record, **_overview(asked)}
        )
        return show_books(request, "overview", asked, part=part)


def _overview(asked: AskedBooks) -> dict[str, object]:
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


def figures_file(request: HttpRequest, slug: str, format_: str) -> HttpResponseBase:
    """Give the figures at the head of the books as a file, a row for each currency."""
    asked = ask_books(request, slug)
    rows = [
        (figure.name, amount) for figure in figures(asked, asked.state().money()) for amount in figure.cells
    ]
    table = Table(
        request,
        name=file_name(asked, "figures"),
        caption=_("Figures"),
        columns=[
            Text(
                "figure",
                _("Figure"),
                lambda row: MEASURES[row[0]],
                named=lambda key: DEFINITIONS[f"books-{WORDS.get(key, key)}"][0],
            ),
            Money("amount", _("Amount"), lambda row: row[1]),
            Text("currency", _("Currency"), lambda row: row[1].currency),
        ],
        rows=rows,
        sort="",
        empty="",
        mark=mark_of(asked.programme),
        fixed=True,
    )
    return table.file(format_)


WORDS = {measure: name.removeprefix("books-") for name, measure in MEASURES.items()}
"""The name of the definition of each measure."""


def flow_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the flow picture as an SVG file of its own."""
    asked = ask_books(request, slug)
    return pictures.as_file(pictures.flow(asked, asked.state()), file_name(asked, "books-flow"))


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceLine:
    """What lies in one account of a contribution."""

    spot: Spot
    partner: str
    minor: int

    @property
    def amount(self) -> Amount:
        return Amount(self.minor, self.spot.currency)

    @property
    def order(self) -> int:
        return ORDER[self.spot.account]


def balances_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the trial balance, or give what passes the filters as a file."""
    asked = ask_books(request, slug)
    if format_:
        table: Table = _balances(request, asked)["table"]
        return table.file(format_)
    return show_books_table(request, "balances", asked, lambda: _balances(request, asked))


def _balances(request: HttpRequest, asked: AskedBooks) -> dict[str, Any]:
    form, rows, owners = filters_of(request, BooksForm, asked=asked), _rows(asked), asked.owners()
    table = Table(
        request,
        name=file_name(asked, "balances"),
        caption=_("Trial balance"),
        columns=[
            Text(
                "contribution",
                _("Contribution"),
                "spot.contribution",
                key=("spot.contribution", "spot.currency", "order", "spot"),
                link=lambda row: asked.at("books-contribution", key=row.spot.contribution),
            ),
            Text("partner", _("Partner"), key="partner"),
            Text(
                "stage",
                _("Stage"),
                "spot.account",
                named=account_name,
                key=("order", "spot"),
                template="web/books/_stage.html",
            ),
            BooksKey("line", _("Line"), "spot.line", asked=asked),
            BooksKey("lot", _("Lot"), "spot.lot", asked=asked),
            Money("amount", _("Amount")),
            Text("currency", _("Currency"), "spot.currency", shown=False),
        ],
        rows=[
            BalanceLine(spot=spot, partner=owners.get(spot.contribution, ""), minor=minor)
            for spot, minor in rows.items()
            if form.passes(spot)
        ],
        sort="contribution",
        empty=_("No account passes these filters.") if rows else _("Nothing had been entered by then."),
        per_page=100,
        mark=mark_of(asked.programme),
        files="books-balances-file",
    )
    return {"table": table, "filters": form, "stages": _by_stage(rows), "together": adds_up(rows)}


def _rows(asked: AskedBooks) -> Mapping[Spot, int]:
    return asked.books.balances(as_of=asked.until, known_on=asked.known_on)


def _by_stage(balances: Mapping[Spot, int]) -> list[tuple[Account, list[Amount]]]:
    """Add up what all contributions have in each account, by currency."""
    sums = tracing.by_stage(balances)
    return [
        (account, [Amount(minor, code) for (code, at), minor in sums.items() if minor and at is account])
        for account in sorted({account for _code, account in sums}, key=ORDER.__getitem__)
    ]
