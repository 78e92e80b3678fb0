"""Deliveries as reported: public statements on what arrived. Reported is not accepted."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pledgeline.programme.deliveries import ReportedDelivery
from pledgeline.queries.record_rows import delivery_key
from pledgeline.web.asked import Asked, ask, show_table
from pledgeline.web.columns import Several, Sources, Text
from pledgeline.web.record_columns import other_columns
from pledgeline.web.reports.excerpts import behind
from pledgeline.web.tables import Table

SHOWN = frozenset("when packages what sources note".split())
"""Fields that have a column of their own."""


def _table(request: HttpRequest, asked: Asked) -> Table:
    withheld = asked.snapshot.withheld("deliveries")
    return Table(
        request,
        name=f"{asked.programme.slug}-deliveries",
        caption=_("Deliveries as reported"),
        columns=[
            Text("when", _("When"), classes="day-cell", template="web/cells/when.html"),
            Several(
                "packages",
                _("Packages"),
                to=lambda id_: asked.at("package", id_),
                empty=_("none named"),
                withheld="packages" in withheld,
            ),
            Text("what", _("What was reported"), sortable=False, classes="what", withheld="what" in withheld),
            Text("note", _("Note"), sortable=False, classes="what", withheld="note" in withheld),
            Sources(),
            *other_columns("reported-delivery", ReportedDelivery, SHOWN),
        ],
        rows=asked.deliveries(),
        sort="-when",
        empty=_("No delivery was reported by this day."),
        files="deliveries-file",
    )


def deliveries_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the deliveries, or give them as a file."""
    asked = ask(request, slug)
    if format_:
        return _table(request, asked).file(format_)
    return show_table(
        request,
        "web/deliveries.html",
        asked,
        lambda: {"table": _table(request, asked)},
        claims_behind=behind(request, asked, "delivery", *map(delivery_key, asked.deliveries())),
    )
