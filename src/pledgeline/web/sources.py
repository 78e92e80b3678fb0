"""Sources: every page a figure came from, and one page with all that was read on it."""

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from pledgeline.web.asked import Asked, ask, show
from pledgeline.web.parameters import parameters_of
from pledgeline.web.tables import Column, Table
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


def _table(request: HttpRequest, asked: Asked) -> Table:
    uses: Counter[str] = asked.snapshot.derived("uses", lambda: _uses(asked))
    return Table(
        request,
        name=f"{asked.programme.slug}-sources",
        caption=_("Sources"),
        columns=[
            Column(
                name="id", label=_("Number"), value=lambda source: source.id, key=lambda source: source.id
            ),
            Column(
                name="publisher",
                label=_("Publisher"),
                value=lambda source: source.publisher,
                key=lambda source: source.publisher.casefold(),
            ),
            Column(
                name="title",
                label=_("Title in our words"),
                value=lambda source: source.title,
                key=lambda source: source.title.casefold(),
            ),
            Column(
                name="published",
                label=_("Published on"),
                value=lambda source: source.published_on,
                key=lambda source: source.published_on,
            ),
            Column(
                name="accessed",
                label=_("Read as"),
                value=lambda source: source.accessed_as,
                key=lambda source: source.accessed_as,
            ),
            Column(
                name="uses",
                label=_("Rows that rest on it"),
                number=True,
                value=lambda source: uses[source.id],
                key=lambda source: uses[source.id],
            ),
            Column(name="address", label=_("Address"), shown=False, value=lambda source: source.url),
        ],
        rows=_searched(request, asked),
        sort="id",
        row_template="web/rows/source.html",
        empty=_("No source has these words."),
    )


def _searched(request: HttpRequest, asked: Asked) -> list[object]:
    needle = parameters_of(request).words()
    return [
        source
        for source in asked.record.sources
        if needle in f"{source.id} {source.publisher} {source.title} {source.url}".casefold()
    ]


def sources_page(request: HttpRequest, slug: str) -> HttpResponse:
    asked = ask(request, slug)
    template = "web/_table.html" if getattr(request, "htmx", False) else "web/sources.html"
    return show(
        request,
        template,
        asked,
        table=_table(request, asked),
        uses=asked.snapshot.derived("uses", lambda: _uses(asked)),
        words=parameters_of(request).text("q"),
        file_url="web:sources-file",
    )


def sources_file(request: HttpRequest, slug: str, format_: str) -> HttpResponse:
    return _table(request, ask(request, slug)).file(format_)


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
        announcements=[row for row in asked.rows() if id_ in row.announcement.sources],
        packages=[package for package in record.packages if id_ in package.sources],
        deliveries=[delivery for delivery in record.deliveries if id_ in delivery.sources],
        totals=lines_of(asked, (stated for stated in record.stated_totals if id_ in stated.sources)),
        items=[item for item in record.items if id_ in item.sources],
        rates=rates,
        rate_days=(min(rate.day for rate in rates), max(rate.day for rate in rates)) if rates else None,
        rate_currencies=sorted({rate.currency for rate in rates}),
    )
