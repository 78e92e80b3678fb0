"""Contributions: where each cent is now, how it got there, and which lots and units it bought."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pledgeline.ledger import Account, Balances, Spot
from pledgeline.ledger import trace as tracing
from pledgeline.ledger.accounts import BEHIND_LOT
from pledgeline.ledger.contributions import all_figures, figures_of
from pledgeline.money import Amount, shares_of_whole
from pledgeline.records.models import PostingRecord, SpotRecord
from pledgeline.web.books.asked import AskedBooks, ask_books, file_name, mark_of, show_books, show_books_table
from pledgeline.web.books.figures import LATER, ahead
from pledgeline.web.books.filters import BooksForm, filters_of
from pledgeline.web.books.journal import journal_table
from pledgeline.web.columns import Amounts, Day, Text
from pledgeline.web.formats import percent
from pledgeline.web.parameters import parameters_of
from pledgeline.web.tables import Table


def contributions_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the contributions, or give those that pass the filters as a file."""
    asked = ask_books(request, slug)
    if format_:
        table: Table = _contributions(request, asked)["table"]
        return table.file(format_)
    return show_books_table(request, "contributions", asked, lambda: _contributions(request, asked))


def _contributions(request: HttpRequest, asked: AskedBooks) -> dict[str, Any]:
    form = filters_of(request, BooksForm, asked=asked, without=["contribution", "lot"])
    rows = all_figures(asked.state())
    keeps = form.keeps("contribution", asked.state().money())
    table = Table(
        request,
        name=file_name(asked, "contributions"),
        caption=_("Contributions"),
        columns=[
            Text("key", _("Contribution"), link=lambda row: asked.at("books-contribution", key=row.key)),
            Text("partner", _("Partner"), key=("partner", "key")),
            Amounts("pledged", _("Pledged in all")),
            Amounts("owed", _("Committed, not received")),
            Amounts("available", _("Available")),
            Amounts("bound", _("Tied up: allocated, ordered, delivered")),
            Amounts("spent", _("Accepted")),
            Day("use_by", _("Use by")),
        ],
        rows=[row for row in rows if keeps(row.key)],
        sort="key",
        empty=_("No contribution passes these filters.")
        if rows
        else _("No contribution had been pledged by this day."),
        mark=mark_of(asked.programme),
        files="books-contributions-file",
    )
    return {"table": table, "filters": form}


# One contribution


@dataclass(frozen=True, slots=True, kw_only=True)
class LotShare:
    """What a contribution paid of a lot: its share of what stands behind the lot now, and of how many units."""

    lot: str
    line: str
    share: Amount
    percent: str
    units: int


def bought(state: Balances, key: str, where: dict[Spot, int]) -> list[LotShare]:
    """List the lots behind which money of a contribution stands."""
    shares: dict[tuple[str, str], int] = {}
    for spot, minor in where.items():
        if spot.account in BEHIND_LOT:
            shares[spot.currency, spot.lot] = shares.get((spot.currency, spot.lot), 0) + minor
    return [
        LotShare(
            lot=lot,
            line=state.line_of(lot),
            share=Amount(minor, code),
            percent=percent(shares_of_whole(tracing.of_lot(state, lot)[code])[key]),
            units=state.units_in_lot(lot),
        )
        for (code, lot), minor in sorted(shares.items())
        if minor
    ]


def key_asked(request: HttpRequest) -> str:
    """Read which contribution, line or lot is meant: keys may hold any sign, so they are no part of the path."""
    return parameters_of(request).text("key")


def contribution_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask_books(request, slug)
    key, state = key_asked(request), asked.state()
    if not state.knows(key):
        if SpotRecord.objects.filter(books_id=asked.books.number, contribution=key).exists():
            return show_books(request, "not_yet", asked, key=key, noun="contribution")
        raise Http404
    where = tracing.where_now(state, key)
    paid_for = bought(state, key, where)
    moves = PostingRecord.objects.filter(
        spot__in=SpotRecord.objects.filter(books_id=asked.books.number, contribution=key)
    )
    return show_books(
        request,
        "contribution",
        asked,
        key=key,
        row=figures_of(state, key),
        currency=state.term("currency", key),
        stages=[(account, Amount(minor, code)) for (code, account), minor in tracing.by_stage(where).items()],
        where=[(spot, Amount(minor, spot.currency)) for spot, minor in where.items()],
        adds_up=adds_up(where),
        rates=_own_rates(state, key, where),
        bought=paid_for,
        bought_sums=_sums_of([payer.share for payer in paid_for]),
        lapses=[
            (group.name, row)
            for group in ahead(asked, state)
            for row in group.rows
            if row.contribution == key
        ],
        later_days=LATER,
        table=journal_table(
            request,
            asked,
            Q(pk__in=moves.values("entry_id")),
            sort="position",
            empty=_("No entry had moved it by this day."),
            contribution=key,
        ),
    )


def _sums_of(amounts: list[Amount]) -> list[Amount]:
    sums: dict[str, int] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return [Amount(minor, code) for code, minor in sorted(sums.items())]


def adds_up(where: Mapping[Spot, int]) -> list[Amount]:
    """Add everything up by currency: always zero, and shown so that it can be seen."""
    sums: dict[str, int] = {}
    for spot, minor in where.items():
        sums[spot.currency] = sums.get(spot.currency, 0) + minor
    return [Amount(minor, code) for code, minor in sorted(sums.items())]


def _own_rates(state: Balances, key: str, where: dict[Spot, int]) -> list[tuple[Amount, Amount]]:
    """Give what was paid for what in the contribution's own trades, where one currency was sold."""
    sold = [
        Amount(minor, spot.currency)
        for spot, minor in where.items()
        if spot.account is Account.FX and minor > 0
    ]
    bought_with = [
        Amount(-minor, spot.currency)
        for spot, minor in where.items()
        if spot.account is Account.FX and minor < 0
    ]
    return [(sold[0], other) for other in bought_with] if len(sold) == 1 and state.knows(key) else []
