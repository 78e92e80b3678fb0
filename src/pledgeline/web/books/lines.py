"""Lines and lots: what was ordered and delivered, and whose money stands behind each unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pledgeline.ledger import Account, Balances
from pledgeline.ledger import trace as tracing
from pledgeline.ledger.accounts import BEHIND_LOT, Bin
from pledgeline.money import Amount, shares_of_whole
from pledgeline.money.shares import WHOLE
from pledgeline.records.models import PostingRecord, SpotRecord
from pledgeline.web.books.asked import AskedBooks, ask_books, file_name, mark_of, show_books, show_books_table
from pledgeline.web.books.columns import BooksKey
from pledgeline.web.books.contributions import key_asked
from pledgeline.web.books.filters import BooksForm, filters_of
from pledgeline.web.books.journal import journal_table
from pledgeline.web.columns import Column, Money, Ordinal, PlainMoney, Text, Whole
from pledgeline.web.formats import percent
from pledgeline.web.tables import Table

ON_A_LINE = (Account.ALLOCATED, Account.ORDERED, Account.DELIVERED, Account.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLine:
    """One line in one currency: its money by stage, its units by place, its price while units are to come.

    `package` is empty where none was named.
    """

    line: str
    package: str
    currency: str
    money: dict[Account, int]
    units: dict[Account, int]
    price: Amount | None

    def amount(self, account: Account) -> Amount:
        return Amount(self.money.get(account, 0), self.currency)

    @property
    def allocated(self) -> Amount:
        return self.amount(Account.ALLOCATED)

    @property
    def ordered(self) -> Amount:
        return self.amount(Account.ORDERED)

    @property
    def delivered(self) -> Amount:
        return self.amount(Account.DELIVERED)

    @property
    def accepted(self) -> Amount:
        return self.amount(Account.ACCEPTED)

    @property
    def units_ordered(self) -> int:
        return self.units.get(Account.ORDERED, 0)

    @property
    def units_delivered(self) -> int:
        return self.units.get(Account.DELIVERED, 0)

    @property
    def units_accepted(self) -> int:
        return self.units.get(Account.ACCEPTED, 0)


def line_lines(state: Balances) -> list[LineLine]:
    """Add money and units up by line and currency."""
    money: dict[tuple[str, str], dict[Account, int]] = {}
    units: dict[tuple[str, str], dict[Account, int]] = {}
    for spot, minor in state.money().items():
        if spot.line and spot.account in ON_A_LINE:
            there = money.setdefault((spot.line, spot.currency), {})
            there[spot.account] = there.get(spot.account, 0) + minor
    for place, number in state.bins().items():
        if place.place in ON_A_LINE:
            lie = units.setdefault((place.line, place.currency), {})
            lie[place.place] = lie.get(place.place, 0) + number
    return [
        LineLine(
            line=line,
            package=state.term("package", line),
            currency=currency,
            money=money.get((line, currency), {}),
            units=units.get((line, currency), {}),
            price=_price(state, line, currency),
        )
        for line, currency in sorted({*money, *units})
    ]


def _price(state: Balances, line: str, currency: str) -> Amount | None:
    text = state.term("unit_price", line, currency)
    return Amount(int(text), currency) if text else None


def lines_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the lines, or give those that pass the filters as a file."""
    asked = ask_books(request, slug)
    if format_:
        table: Table = _lines(request, asked)["table"]
        return table.file(format_)
    return show_books_table(request, "lines", asked, lambda: _lines(request, asked))


def _lines(request: HttpRequest, asked: AskedBooks) -> dict[str, Any]:
    form = filters_of(request, BooksForm, asked=asked, without=["lot"], stages=ON_A_LINE)
    rows = line_lines(asked.state())
    keeps = form.keeps("line", asked.state().money())
    table = Table(
        request,
        name=file_name(asked, "lines"),
        caption=_("Lines"),
        columns=[
            BooksKey("line", _("Line"), asked=asked, key=("line", "currency")),
            Text(
                "package",
                _("Package"),
                key=lambda row: (row.package, row.line) if row.package else None,
                empty="–",
                link=lambda row: asked.at("books-lines", package=row.package),
            ),
            Text("currency", _("Currency"), shown=False),
            Whole("units_ordered", _("Units ordered")),
            Whole("units_delivered", _("Units waiting for acceptance")),
            Whole("units_accepted", _("Units accepted")),
            Money("price", _("Unit price")),
            Money("allocated", _("Allocated"), zero_is_empty=True),
            Money("ordered", _("Ordered"), zero_is_empty=True),
            Money("delivered", _("Delivered"), zero_is_empty=True),
            Money("accepted", _("Accepted"), zero_is_empty=True),
        ],
        rows=[row for row in rows if keeps(row.line)],
        sort="line",
        empty=_("No line passes these filters.")
        if rows
        else _("No money had been put on a line by this day."),
        mark=mark_of(asked.programme),
        files="books-lines-file",
    )
    return {"table": table, "filters": form}


def line_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask_books(request, slug)
    key, state = key_asked(request), asked.state()
    spots = SpotRecord.objects.filter(books_id=asked.books.number, line=key)
    if not key or not spots.exists():
        raise Http404
    rows = [row for row in line_lines(state) if row.line == key]
    lots = [row for row in lot_lines(asked, state) if row.line == key]
    if not rows and not lots and not state.knows_line(key):
        return show_books(request, "not_yet", asked, key=key, noun="line")
    payers: dict[tuple[str, str], dict[Account, int]] = {}
    for spot, minor in state.money().items():
        if spot.line == key and spot.account in ON_A_LINE:
            there = payers.setdefault((spot.contribution, spot.currency), {})
            there[spot.account] = there.get(spot.account, 0) + minor
    moves = PostingRecord.objects.filter(spot__in=spots)
    return show_books(
        request,
        "line",
        asked,
        key=key,
        package=state.term("package", key),
        rows=rows,
        lots=lots,
        payers=[
            (contribution, [Amount(there.get(account, 0), code) for account in ON_A_LINE])
            for (contribution, code), there in sorted(payers.items())
        ],
        accounts=ON_A_LINE,
        table=journal_table(
            request,
            asked,
            Q(pk__in=moves.values("entry_id")),
            sort="position",
            empty=_("No entry had moved it by this day."),
        ),
    )


# Lots


@dataclass(frozen=True, slots=True, kw_only=True)
class LotLine:
    """One lot: its line, its units by place, what stands behind it now."""

    lot: str
    line: str
    delivered: int
    accepted: int
    cost: Amount
    payers: int

    @property
    def units(self) -> int:
        return self.delivered + self.accepted


def lot_lines(asked: AskedBooks, state: Balances) -> list[LotLine]:
    """List the lots that had arrived, also those that were sent back since."""
    costs: dict[str, dict[str, int]] = {}
    for spot, minor in state.money().items():
        if spot.account in BEHIND_LOT:
            shares = costs.setdefault(spot.lot, {})
            shares[spot.contribution] = shares.get(spot.contribution, 0) + minor
    rows = []
    for lot in asked.books.lots():
        line, currency = state.line_of(lot), state.currency_of_lot(lot)
        if line:
            rows.append(
                LotLine(
                    lot=lot,
                    line=line,
                    delivered=state.units(Bin(Account.DELIVERED, line, currency, lot)),
                    accepted=state.units(Bin(Account.ACCEPTED, line, currency, lot)),
                    cost=Amount(sum(costs.get(lot, {}).values()), currency),
                    payers=sum(bool(minor) for minor in costs.get(lot, {}).values()),
                )
            )
    return rows


def lots_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the lots, or give those that pass the filters as a file."""
    asked = ask_books(request, slug)
    if format_:
        table: Table = _lots(request, asked)["table"]
        return table.file(format_)
    return show_books_table(request, "lots", asked, lambda: _lots(request, asked))


def _lots(request: HttpRequest, asked: AskedBooks) -> dict[str, Any]:
    form = filters_of(request, BooksForm, asked=asked, without=["lot"], stages=BEHIND_LOT)
    rows = lot_lines(asked, asked.state())
    keeps = form.keeps("lot", asked.state().money())
    table = Table(
        request,
        name=file_name(asked, "lots"),
        caption=_("Lots"),
        columns=[
            BooksKey("lot", _("Lot"), asked=asked),
            BooksKey("line", _("Line"), asked=asked, key=("line", "lot")),
            Whole("delivered", _("Units waiting for acceptance")),
            Whole("accepted", _("Units accepted")),
            Money("cost", _("Money behind it"), zero_is_empty=True),
            Text("currency", _("Currency"), "cost.currency", shown=False),
            Whole("payers", _("Contributions")),
        ],
        # a lot that was sent back has no money behind it, and is one of its line all the same
        rows=[row for row in rows if keeps(row.lot) or form.given == {"line": row.line}],
        sort="lot",
        empty=_("No lot passes these filters.") if rows else _("No lot had been delivered by this day."),
        mark=mark_of(asked.programme),
        files="books-lots-file",
    )
    return {"table": table, "filters": form}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit of a lot: its number, and what each contribution paid of it, in minor units of `currency`."""

    number: int
    paid: Mapping[str, int]
    currency: str

    @property
    def cost(self) -> Amount:
        return Amount(sum(self.paid.values()), self.currency)

    def paid_by(self, contribution: str) -> Amount:
        return Amount(self.paid.get(contribution, 0), self.currency)


class UnitLines(Sequence[UnitLine]):
    """The units of a lot, worked out as far as they are asked for: a lot of cartridges has a million."""

    def __init__(self, state: Balances, lot: str) -> None:
        self._state, self._lot = state, lot

    def __len__(self) -> int:
        return self._state.units_in_lot(self._lot)

    def __iter__(self) -> Iterator[UnitLine]:
        currency = self._state.currency_of_lot(self._lot)
        for number, paid in enumerate(tracing.units_of(self._state, self._lot), start=1):
            yield UnitLine(number=number, paid=paid, currency=currency)

    def __getitem__(self, part: Any) -> Any:
        if isinstance(part, slice):
            start, stop, step = part.indices(len(self))
            return list(islice(self, start, stop, step))
        return next(islice(self, range(len(self))[part], None))


def _units(request: HttpRequest, asked: AskedBooks, key: str) -> Table:
    """Put the units of a lot into a table: what each cost, and whose money it was."""
    state = asked.state()
    currency = state.currency_of_lot(key)

    def paid_by(contribution: str) -> Column:
        return PlainMoney(
            f"of {contribution}", f"{contribution}, {currency}", lambda unit: unit.paid_by(contribution)
        )

    return Table(
        request,
        name=file_name(asked, "units"),
        caption=_("Unit by unit"),
        columns=[
            Ordinal("unit", _("Unit"), "number"),
            PlainMoney("cost", _("Cost, %(currency)s") % {"currency": currency}),
            Text("currency", _("Currency"), shown=False),
            *map(paid_by, sorted(tracing.lot_shares(state, key))),
        ],
        rows=UnitLines(state, key),
        sort="unit",
        comes_in="unit",
        empty=_("No unit of the lot is here: it was sent back, lost, or not yet delivered by this day."),
        per_page=20,
        mark=mark_of(asked.programme),
        files="books-units-file",
    )


def lot_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask_books(request, slug)
    key, state = key_asked(request), asked.state()
    spots = SpotRecord.objects.filter(books_id=asked.books.number, lot=key)
    if not key or not spots.exists():
        raise Http404
    if not state.line_of(key):
        return show_books(request, "not_yet", asked, key=key, noun="lot")
    row = next(row for row in lot_lines(asked, state) if row.lot == key)
    moves = PostingRecord.objects.filter(spot__in=spots)
    return show_books(
        request,
        "lot",
        asked,
        key=key,
        row=row,
        shares=[
            (name, Amount(minor, code), percent(tenths))
            for code, shares in tracing.of_lot(state, key).items()
            for (name, minor), tenths in zip(shares.items(), shares_of_whole(shares).values(), strict=True)
        ],
        whole=percent(WHOLE),
        table=_units(request, asked, key),
        history=journal_table(
            request, asked, Q(pk__in=moves.values("entry_id")), sort="position", fixed=True
        ).rows,
    )


def units_file(request: HttpRequest, slug: str, format_: str) -> HttpResponseBase:
    asked = ask_books(request, slug)
    key = key_asked(request)
    if not asked.state().line_of(key):
        raise Http404
    return _units(request, asked, key).file(format_)
