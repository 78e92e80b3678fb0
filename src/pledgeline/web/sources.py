"""Sources: every page a figure came from, and one page with all that was read on it."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from pledgeline.programme.sources import Source
from pledgeline.web.asked import Asked, ask, show, show_table
from pledgeline.web.columns import Day, Text, Whole
from pledgeline.web.parameters import parameters_of
from pledgeline.web.record_columns import other_columns, other_facts
from pledgeline.web.tables import Table
from pledgeline.web.totals import lines_of


def _uses(asked: Asked) -> Counter[str]:
    """Count the rows of every kind that each source stands behind; rates count once a currency."""
    record = asked.record
    uses: Counter[str] = Counter()
    for rows in (
        record.announcements,
        record.packages,
        record.deliveries,
        record.stated_totals,
        record.items,
    ):
        for row in rows:
            uses.update(row.sources)
    uses.update(source for source, _currency in {(rate.source, rate.currency) for rate in record.rates})
    return uses


SHOWN = frozenset("id publisher title published_on accessed_as url".split())
"""Fields that have a column, and a place on the page, of their own."""


def _table(request: HttpRequest, asked: Asked) -> Table:
    uses: Counter[str] = asked.snapshot.derived("uses", lambda: _uses(asked))

    def page(source: Source) -> str:
        return asked.at("source", source.id)

    return Table(
        request,
        name=f"{asked.programme.slug}-sources",
        caption=_("Sources"),
        columns=[
            Text("id", _("Number"), link=page),
            Text("publisher", _("Publisher"), folded=True),
            Text("title", _("Title in our words"), folded=True, classes="what", link=page, quiet=True),
            Day("published", _("Published on"), "published_on", empty=_("no date")),
            Text("accessed", _("Read as"), "accessed_as"),
            Whole("uses", _("Rows that cite it"), lambda source: uses[source.id]),
            Text("address", _("Address"), "url", shown=False),
            *other_columns("source", Source, SHOWN),
        ],
        rows=_searched(request, asked),
        sort="id",
        empty=_("No source has these words."),
        files="sources-file",
    )


def _searched(request: HttpRequest, asked: Asked) -> list[object]:
    needle = parameters_of(request).words()
    return [
        source
        for source in asked.record.sources
        if needle in f"{source.id} {source.publisher} {source.title} {source.url}".casefold()
    ]


def sources_page(request: HttpRequest, slug: str, format_: str = "") -> HttpResponseBase:
    """Show the sources, or give those with the words looked for as a file."""
    asked = ask(request, slug)
    if format_:
        return _table(request, asked).file(format_)

    def context() -> dict[str, Any]:
        return {"table": _table(request, asked), "words": parameters_of(request).text("q")}

    return show_table(request, "web/sources.html", asked, context)


def source_page(request: HttpRequest, slug: str, id_: str) -> HttpResponse:
    asked = ask(request, slug)
    source = asked.source(id_)
    if source is None:
        raise Http404
    record = asked.record
    rates = [rate for rate in record.rates if rate.source == id_]
    return show(
        request,
        "web/source.html",
        asked,
        source=source,
        other_facts=other_facts("source", source, SHOWN),
        announcements=[row for row in asked.rows() if id_ in row.announcement.sources],
        packages=[package for package in record.packages if id_ in package.sources],
        deliveries=[delivery for delivery in record.deliveries if id_ in delivery.sources],
        totals=lines_of(asked, (stated for stated in record.stated_totals if id_ in stated.sources)),
        items=[item for item in record.items if id_ in item.sources],
        rates=rates,
        rate_days=(min(rate.day for rate in rates), max(rate.day for rate in rates)) if rates else None,
        rate_currencies=sorted({rate.currency for rate in rates}),
    )
