"""The overview of a programme as of a day: headline figures, pictures, the newest statements."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pledgeline.evidence import Basis, Comparison, Standing, Why, sum_of
from pledgeline.programme.announcements import Stage
from pledgeline.records.snapshot import programmes
from pledgeline.web import pictures
from pledgeline.web.asked import Asked, ask, show, visitor
from pledgeline.web.totals import ComparisonLine, line_of

NEWEST = 6


def programmes_page(request: HttpRequest) -> HttpResponse:
    """Lead to the only programme there is, or let the visitor choose."""
    known = programmes(visitor(request))
    if len(known) == 1:
        return redirect("web:overview", slug=known[0].slug)
    return render(request, "web/programmes.html", {"programmes": known})


def overview_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask(request, slug)
    told = asked.told()
    told_again = [row for row, _why in told.left_out]
    return show(
        request,
        "web/overview.html",
        asked,
        told=told,
        decided=sum_of(
            (row for row in told.counted if row.announcement.stage is not Stage.ANNOUNCED), asked.currency
        ),
        again=sum_of(told_again, asked.currency),
        again_by_why=_count(told.left_out),
        partners=len({code for row in told.counted for code in row.announcement.partners}),
        packages=[package for package in asked.record.packages if package.announced_on <= asked.day],
        stated=_newest_total(asked),
        newest=_newest(asked),
        last_day=max((row.announced_on for row in asked.record.announcements), default=None),
        steps=pictures.programme_steps(asked),
        flow=pictures.programme_flow(asked),
        map=pictures.partner_map(asked),
    )


def _count(left_out: tuple[tuple[Standing, Why], ...]) -> dict[Why, int]:
    counts: dict[Why, int] = {}
    for _row, why in left_out:
        counts[why] = counts.get(why, 0) + 1
    return counts


def _newest(asked: Asked) -> list[Standing]:
    """Give the newest statements of the day or before, whatever their treatment."""
    public = [row for row in asked.rows() if row.announcement.announced_on <= asked.day]
    return sorted(public, key=lambda row: (row.announcement.announced_on, row.announcement.id))[
        : -NEWEST - 1 : -1
    ]


def _newest_total(asked: Asked) -> ComparisonLine | None:
    """Give the newest statement of the whole sum; of several on one day, the one nearest to ours."""
    totals = [
        one for one in asked.comparisons() if one.basis is Basis.TOTAL and one.stated.as_of <= asked.day
    ]
    if not totals:
        return None
    day = max(one.stated.as_of for one in totals)
    return line_of(asked, min((one for one in totals if one.stated.as_of == day), key=_distance))


def _distance(one: Comparison) -> tuple[str, int]:
    assert one.stated.amount is not None
    difference = one.difference
    return one.stated.amount.currency, abs(getattr(difference, "minor", 0))


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
