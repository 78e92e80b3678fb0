"""The overview of a programme as of a day: headline figures, pictures, the newest statements."""

from collections import Counter
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pledgeline.evidence import Basis, Standing, Why, scope_of, sum_of
from pledgeline.money import Amount
from pledgeline.programme.announcements import Stage
from pledgeline.records.snapshot import programmes
from pledgeline.web import pictures
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.parameters import parameters_of
from pledgeline.web.totals import StatedLine, lines_of

NEWEST = 6


def programmes_page(request: HttpRequest) -> HttpResponse:
    """Lead to the only programme there is (an invented one does not count), or let the visitor choose."""
    known = programmes(visitor(request))
    real = [programme for programme in known if not programme.invented]
    if len(real) == 1:
        query = parameters_of(request).hand_on()
        return redirect(reverse("web:overview", args=[real[0].slug]) + (f"?{query}" if query else ""))
    return render(request, "web/programmes.html", {"programmes": known})


def overview_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask(request, slug)
    newest_day = asked.snapshot.derived(
        "newest day", lambda: max((row.announced_on for row in asked.record.announcements), default=None)
    )
    return show(
        request,
        "web/overview.html",
        asked,
        head=headline(asked),
        packages=[package for package in asked.record.packages if package.announced_on <= asked.day],
        stated=_newest_total(asked),
        newest=asked.public()[:NEWEST],
        last_day=newest_day,
        steps=pictures.programme_steps(asked),
        flow=pictures.programme_flow(asked),
        map=pictures.partner_map(asked),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The figures at the head of the overview. All money is in the currency asked for."""

    total: Amount
    rows: int
    decided: Amount
    again: Amount
    again_by_why: dict[Why, int]
    partners: int
    apart: Amount | None
    silent: int
    without_rate: tuple[Standing, ...]


def headline(asked: Asked) -> Headline:
    """Add the day's figures up, once for a day and a currency."""
    return asked.snapshot.derived(("headline", asked.currency, asked.day), lambda: _headline(asked))


def _headline(asked: Asked) -> Headline:
    told = asked.told()
    decided = (row for row in told.counted if row.announcement.stage is not Stage.ANNOUNCED)
    return Headline(
        total=told.total,
        rows=len(told.counted),
        decided=sum_of(decided, asked.currency),
        again=sum_of((row for row, _why in told.left_out), asked.currency),
        again_by_why=dict(Counter(why for _row, why in told.left_out)),
        partners=len({code for row in told.counted for code in row.announcement.partners}),
        apart=told.apart_total if told.apart else None,
        silent=len(told.without_amount),
        without_rate=told.without_rate,
    )


def _newest_total(asked: Asked) -> StatedLine | None:
    """Give the newest statement of the whole sum; of several on one day, the one nearest to ours."""
    totals = [stated for stated in asked.stated() if scope_of(stated).basis is Basis.TOTAL]
    newest = max((stated.as_of for stated in totals), default=None)
    lines = lines_of(asked, (stated for stated in totals if stated.as_of == newest))
    return min(lines, key=_distance, default=None)


def _distance(line: StatedLine) -> tuple[str, int]:
    assert isinstance(line.difference, Amount)
    return line.difference.currency, abs(line.difference.minor)


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
