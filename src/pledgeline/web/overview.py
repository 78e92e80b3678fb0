"""The overview of a programme as of a day: headline figures, pictures, the newest statements."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may
from pledgeline.evidence import Basis, Standing, Summary, ranked_totals, scope_of, summary_of
from pledgeline.evidence.deciding.marking import shown
from pledgeline.evidence.left_out import LeftOutAs, counts_of_left_out
from pledgeline.exchange.record.own_names import with_own_names
from pledgeline.money import Amount, share_of
from pledgeline.queries.claim_uses import SaidOfRow, claimed_totals, said_of_rows, stamp_of_claims
from pledgeline.records.snapshot import programmes
from pledgeline.web import pictures, words
from pledgeline.web.asked import Asked, ask, part_of, show, visitor
from pledgeline.web.books.asked import books_of_record
from pledgeline.web.books.figures import first_figures
from pledgeline.web.checklist import checklist_of
from pledgeline.web.columns import MixedFigure, Text
from pledgeline.web.formats import percent
from pledgeline.web.parameters import parameters_of
from pledgeline.web.reports import words as report_words
from pledgeline.web.tables import Table
from pledgeline.web.totals import StatedLine, lines_of

NEWEST = 6
MOST_CLAIMED = 3


def programmes_page(request: HttpRequest) -> HttpResponse:
    """Lead to the only programme there is (an invented one does not count), or let the visitor choose."""
    known = programmes(visitor(request))
    real = [programme for programme in known if not programme.invented]
    if len(real) == 1:
        query = parameters_of(request).hand_on()
        return redirect(reverse("web:overview", args=[real[0].slug]) + (f"?{query}" if query else ""))
    return list_of_programmes(request)


def list_of_programmes(request: HttpRequest) -> HttpResponse:
    """List the programmes that the visitor may see."""
    person = visitor(request)
    known = []
    for programme in programmes(person):
        asked = ask(request, programme.slug)
        books = books_of_record(request, asked)
        known.append(
            {
                "programme": with_own_names(programme),
                "checklist": checklist_of(request, programme.slug),
                "summary": headline(asked).summary,
                "of_books": first_figures(books) if books else [],
            }
        )
    may_make = may(person, Act.CHANGE_SETTINGS)
    return render(request, "web/programmes.html", {"known": known, "may_make": may_make})


def overview_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask(request, slug)
    books = books_of_record(request, asked)
    has_books = books is not None
    claims = stamp_of_claims(slug)
    part = part_of(
        request,
        asked,
        books.books.identity if books else None,
        claims,
        context=lambda: {
            "has_books": has_books,
            "of_books": first_figures(books) if books else [],
            **_overview(asked, has_claims=any(claims)),
        },
    )
    return show(
        request,
        "web/overview.html",
        asked,
        has_books=has_books,
        part=part,
        checklist=checklist_of(request, slug),
    )


def _overview(asked: Asked, *, has_claims: bool) -> dict[str, object]:
    newest_day = asked.snapshot.derived(
        "newest day", lambda: max((row.announced_on for row in asked.record.announcements), default=None)
    )
    stated = _newest_totals(asked)
    head = headline(asked)
    return {
        "head": head,
        "decision": _one_decision(head.summary),
        "others": _least_and_most(stated, asked.currency),
        "packages": asked.packages(),
        "stated": stated,
        "newest": _newest(asked, has_claims=has_claims),
        "claimed": _claimed(asked) if has_claims else [],
        "last_day": newest_day,
        "steps": pictures.programme_steps(asked),
        "flow": pictures.programme_flow(asked),
        "map": pictures.partner_map(asked),
    }


def _one_decision(summary: Summary) -> dict[str, object] | None:
    """Say what the share that is committed or paid would be if one partner committed what it has announced."""
    if summary.waiting_most is None or summary.total.minor <= 0:
        return None
    partner, amount = summary.waiting_most
    total, decided = summary.total.minor, summary.decided.minor
    return {
        "partner": partner,
        "amount": amount,
        "now": percent(share_of(decided, total)),
        "then": percent(share_of(decided + amount.minor, total)),
    }


def _claimed(asked: Asked) -> list[tuple[str, str, str, date | None]]:
    """Give the newest totals that reports claim: the claim, the sum as stated, the outlet and its day."""
    return [
        (
            claim.ref,
            report_words.sum_said(claim.fields["amount"]["value"]),
            shown(claim.document.outlet or claim.document.title),
            claim.document.published_on,
        )
        for claim in claimed_totals(asked.programme, asked.day)[:MOST_CLAIMED]
    ]


def _newest(asked: Asked, *, has_claims: bool) -> list[tuple[Standing, SaidOfRow | None]]:
    """Give the newest announcements, each with what reports say of it."""
    rows = asked.public()[:NEWEST]
    ids = [row.announcement.id for row in rows]
    said = said_of_rows(ids, asked.snapshot) if has_claims else {}
    return [(row, said.get(row.announcement.id)) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The figures at the head of the overview. All money is in the currency asked for.

    What is not counted has no sum: it is the same money in other currencies, slips of the press, and
    figures that were replaced.
    """

    summary: Summary
    left_out: int
    left_out_by_kind: dict[LeftOutAs, int]
    apart: Amount
    apart_rows: int
    without_rate: tuple[Standing, ...]


def headline(asked: Asked) -> Headline:
    """Add the day's figures up, once for a day and a currency."""
    return asked.snapshot.derived(("headline", asked.currency, asked.day), lambda: _headline(asked))


def _headline(asked: Asked) -> Headline:
    told = asked.told()
    programme = asked.programme
    return Headline(
        summary=summary_of(told, programme.coverage, programme.maximum_rate_age_days),
        left_out=len(told.left_out),
        left_out_by_kind=counts_of_left_out(told, asked.rows()),
        apart=told.apart_total,
        apart_rows=len(told.apart),
        without_rate=told.without_rate,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure of the overview as its file has it; money has a currency."""

    key: str
    value: Amount | int

    @property
    def currency(self) -> str | None:
        return self.value.currency if isinstance(self.value, Amount) else None


def figures_file(request: HttpRequest, slug: str, format_: str) -> HttpResponseBase:
    """Give the figures at the head of the overview as a file."""
    asked = ask(request, slug)
    return _figures(request, asked).file(format_)


def _figures(request: HttpRequest, asked: Asked) -> Table:
    head = headline(asked)
    values: dict[str, Amount | int] = {
        "announced": head.summary.total,
        "decided": head.summary.decided,
        "rows": head.summary.rows,
        "partners": len(head.summary.partners),
        "packages": len(asked.packages()),
        "again": head.left_out,
        "apart": head.apart,
        "silent": head.summary.silent,
        "not_converted": head.summary.not_converted,
    }
    return Table(
        request,
        name=f"{asked.programme.slug}-figures",
        caption=_("Figures"),
        columns=[
            Text("figure", _("Figure"), "key", named=FIGURES.__getitem__),
            MixedFigure("value", _("Value")),
            Text("currency", _("Currency")),
            Text("record", _("Record"), lambda _row: words.reach_on(asked.programme, asked.day)),
        ],
        rows=[FigureRow(key=key, value=value) for key, value in values.items()],
        sort="",
        empty="",
        fixed=True,
    )


FIGURES = {
    "announced": _("Announced, counted once"),
    "decided": _("of it reported as committed or paid"),
    "rows": _("Rows counted"),
    "partners": _("Partners"),
    "packages": _("Packages made public"),
    "again": _("Rows that tell of the same money again"),
    "apart": _("Kept apart"),
    "silent": _("Rows without an amount"),
    "not_converted": _("Rows without a usable rate"),
}


def _newest_totals(asked: Asked) -> list[StatedLine]:
    """Give the newest statements of the whole sum, all of one day, the one to be named first before the others."""
    totals = [stated for stated in asked.stated() if scope_of(stated).basis is Basis.TOTAL]
    newest = max((stated.as_of for stated in totals), default=None)
    of_the_day = (stated for stated in totals if stated.as_of == newest)
    return lines_of(asked, ranked_totals(of_the_day, asked.programme.official_speakers))


def _least_and_most(stated: list[StatedLine], currency: str) -> tuple[Amount, Amount] | tuple[None, None]:
    """Give the range of what was stated in a currency; a total in another one is not converted."""
    amounts = [line.stated.amount for line in stated if line.stated.amount]
    amounts = sorted(amount for amount in amounts if amount.currency == currency)
    return (amounts[0], amounts[-1]) if amounts else (None, None)


def picture_file(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Give a picture of the programme as an SVG file of its own."""
    makers = {
        "steps": pictures.programme_steps,
        "flow": pictures.programme_flow,
        "map": pictures.partner_map,
        "bars": pictures.partner_bars,
    }
    if name not in makers:
        raise Http404
    return pictures.as_file(makers[name](ask(request, slug)), f"{slug}-{name}")
