"""Partners: who told what, and one partner opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pledgeline.evidence import Standing, Treatment, Why, scope_of, sum_of
from pledgeline.money import Amount
from pledgeline.programme.announcements import Stage
from pledgeline.programme.names import name_key
from pledgeline.programme.parties import JOINT, Party, find_parties
from pledgeline.records.books import StoredBooks
from pledgeline.records.parties import parties, party_of
from pledgeline.web import pictures, words
from pledgeline.web.announcements import announcements_table
from pledgeline.web.asked import Asked, ask, books_for, show, show_table
from pledgeline.web.columns import Day, Money, Text, Whole
from pledgeline.web.tables import Table
from pledgeline.web.totals import lines_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLine:
    """One partner, or one group of which only joint sums are public, as of the day.

    Units:   all money is in the currency asked for; `counted_rows` and `left_out_rows` are numbers of rows.
    """

    code: str
    name: str
    counted: Amount
    counted_rows: int
    without_amount: int
    paid_or_committed: Amount
    left_out_rows: int
    first_on: object
    last_on: object

    @property
    def is_joint(self) -> bool:
        return JOINT in self.code


def partner_lines(asked: Asked) -> list[PartnerLine]:
    """Add the rows public on the day up by partner, joint groups apart: their shares are not public."""
    key = ("partner lines", asked.currency, asked.day, words.locale())
    return asked.snapshot.derived(key, lambda: _partner_lines(asked))


def _partner_lines(asked: Asked) -> list[PartnerLine]:
    groups: dict[str, list[tuple[Standing, Treatment]]] = {}
    for row in asked.rows():
        treatment, _why = row.on(asked.day)
        if treatment is not Treatment.NOT_YET:
            groups.setdefault(JOINT.join(row.announcement.partners), []).append((row, treatment))
    lines = []
    for code, members in groups.items():
        counted = [row for row, treatment in members if treatment is Treatment.COUNTED]
        days = [row.announcement.announced_on for row, _treatment in members]
        lines.append(
            PartnerLine(
                code=code,
                name=words.party_name(asked.programme, code),
                counted=sum_of(counted, asked.currency),
                counted_rows=len(counted),
                without_amount=sum(row.value is None for row in counted),
                paid_or_committed=sum_of(
                    (row for row in counted if row.announcement.stage is not Stage.ANNOUNCED), asked.currency
                ),
                left_out_rows=sum(treatment is Treatment.LEFT_OUT for _row, treatment in members),
                first_on=min(days),
                last_on=max(days),
            )
        )
    return lines


def _table(request: HttpRequest, asked: Asked) -> Table:
    currency = {"currency": asked.currency}

    def page(line: PartnerLine) -> str:
        return asked.at("partner", line.code)

    return Table(
        request,
        name=f"{asked.programme.slug}-partners",
        caption=_("Partners"),
        columns=[
            Text("code", _("Code"), shown=False),
            Text(
                "partner",
                _("Partner"),
                "name",
                key=("is_joint", "name"),
                link=page,
                note=lambda line: _("joint sum") if line.is_joint else "",
            ),
            Money("counted", _("Counted, %(currency)s") % currency, link=page, quiet=True),
            Money("committed", _("of which committed or paid, %(currency)s") % currency, "paid_or_committed"),
            Whole("rows", _("Rows counted"), "counted_rows"),
            Whole("silent", _("without an amount"), "without_amount"),
            Whole("left_out", _("Rows left out"), "left_out_rows"),
            Day("first", _("First announced"), "first_on"),
            Day("last", _("Last announced"), "last_on"),
            Text(
                "record",
                _("Record"),
                lambda _line: words.reach_on(asked.programme, asked.day),
                shown=False,
            ),
        ],
        rows=partner_lines(asked),
        sort="-counted",
        empty=_("No partner had announced anything by this day."),
        per_page=100,
        files="partners-file",
    )


def partners_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the partners, or give them as a file."""
    asked = ask(request, slug)
    if format_:
        return _table(request, asked).file(format_)

    def context() -> dict[str, Any]:
        return {
            "table": _table(request, asked),
            "map": pictures.partner_map(asked),
            "bars": pictures.partner_bars(asked),
        }

    return show_table(request, "web/partners.html", asked, context)


def _by_stage(rows: Iterable[Standing], currency: str) -> list[tuple[Stage, Amount, int]]:
    rows = list(rows)
    stages = []
    for stage in Stage:
        some = [row for row in rows if row.announcement.stage is stage]
        stages.append((stage, sum_of(some, currency), len(some)))
    return stages


def _by_currency(rows: Iterable[Standing]) -> list[Amount]:
    """Add up what was announced in each currency, without converting."""
    sums: dict[str, Amount] = {}
    for row in rows:
        amount = row.stated
        if amount is not None:
            sums[amount.currency] = sums.get(amount.currency, Amount(0, amount.currency)) + amount
    return [sums[code] for code in sorted(sums)]


def partner_page(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    asked = ask(request, slug)
    mine = _rows_of(asked, code)
    party, books = party_of(asked.programme, code), books_for(request, slug)
    name = words.party_name(asked.programme, code)
    public = [(row, *row.on(asked.day)) for row in mine]
    counted = [row for row, treatment, _why in public if treatment is Treatment.COUNTED]
    joint = [
        row
        for row in asked.rows()
        if len(row.announcement.partners) > 1
        and code in row.announcement.partners
        and row.on(asked.day)[0] is not Treatment.NOT_YET
    ]
    return show(
        request,
        "web/partner.html",
        asked,
        has_books=books is not None,
        code=code,
        name=name,
        other_names=_other_names(party, name),
        booked=_contributions_of(party, books, asked.day),
        total=sum_of(counted, asked.currency),
        counted=counted,
        silent=[row for row in counted if row.value is None],
        stages=_by_stage(counted, asked.currency),
        currencies=_by_currency(counted),
        again=[row for row, _treatment, why in public if why in (Why.REPEATS, Why.CONFLICTS)],
        joint=joint,
        stated=lines_of(
            asked, (stated for stated in asked.record.stated_totals if scope_of(stated).partner == code)
        ),
        packages=[
            package
            for package in asked.record.packages
            if code in package.funders and package.announced_on <= asked.day
        ],
        table=_announced_by(request, asked, mine),
        picture=pictures.partner_steps(asked, code),
    )


def _announced_by(request: HttpRequest, asked: Asked, mine: list[Standing]) -> Table:
    public = [row for row in mine if row.on(asked.day)[0] is not Treatment.NOT_YET]
    return announcements_table(request, asked, public, files="partner-file")


def partner_file(request: HttpRequest, slug: str, code: str, format_: str) -> HttpResponseBase:
    """Give the announcements of a partner as a file."""
    asked = ask(request, slug)
    return _announced_by(request, asked, _rows_of(asked, code)).file(format_)


def _other_names(party: Party | None, shown: str) -> list[str]:
    """List the names of a party beside the one that the page shows."""
    return [name for name in party.names if name_key(name) != name_key(shown)] if party else []


def _contributions_of(party: Party | None, books: StoredBooks | None, day: date) -> list[str]:
    """List the contributions in the books whose partner can only be this party."""
    if party is None or books is None:
        return []
    partners = books.contributions(as_of=day)
    matches = find_parties(set(partners.values()), parties())
    return [key for key, name in partners.items() if matches[name].party == party]


def partner_picture(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    asked = ask(request, slug)
    _rows_of(asked, code)
    return pictures.as_file(pictures.partner_steps(asked, code), f"{slug}-{code}")


def _rows_of(asked: Asked, code: str) -> list[Standing]:
    """Give the rows of a partner or of a joint group.

    Raises:  Http404 where the record never names it.
    """
    mine = [row for row in asked.rows() if JOINT.join(row.announcement.partners) == code]
    if not mine and not any(code in row.announcement.partners for row in asked.rows()):
        raise Http404
    return mine
