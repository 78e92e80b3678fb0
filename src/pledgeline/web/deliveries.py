"""Deliveries as reported: public statements on what arrived. Reported is not accepted."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from pledgeline.programme.deliveries import ReportedDelivery
from pledgeline.web.asked import Asked, ask, show
from pledgeline.web.tables import Column, Table


def reported_by(asked: Asked) -> list[ReportedDelivery]:
    """Give the statements of the day and before, and those whose page has no date."""
    return [
        delivery
        for delivery in asked.record.deliveries
        if delivery.first_day is None or delivery.first_day <= asked.day
    ]


def _table(request: HttpRequest, asked: Asked) -> Table:
    return Table(
        request,
        name=f"{asked.programme.slug}-deliveries",
        caption=_("Deliveries as reported"),
        columns=[
            Column(
                name="when", label=_("When"), value=lambda row: row.when, key=lambda row: row.when or None
            ),
            Column(
                name="packages",
                label=_("Packages"),
                value=lambda row: ";".join(row.packages),
                key=lambda row: row.packages or None,
            ),
            Column(name="what", label=_("What was reported"), value=lambda row: row.what),
            Column(name="note", label=_("Note"), value=lambda row: row.note),
            Column(name="sources", label=_("Sources"), value=lambda row: ";".join(row.sources)),
        ],
        rows=reported_by(asked),
        sort="-when",
        row_template="web/rows/delivery.html",
        empty=_("No delivery was reported by this day."),
    )


def deliveries_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask(request, slug)
    return show(
        request,
        "web/deliveries.html",
        asked,
        table=_table(request, asked),
        withheld=asked.snapshot.withheld("deliveries"),
        file_url="web:deliveries-file",
    )


def deliveries_file(request: HttpRequest, slug: str, format_: str) -> HttpResponse:
    return _table(request, ask(request, slug)).file(format_)
