"""What machines that look around are told: where they may go, which pages there are, what the data is.

All of it is about what everybody sees: nobody learns here that a programme exists which is not published.
"""

import json
from collections.abc import Iterator
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from pledgeline.programme.settings import Programme
from pledgeline.records.books import NoBooks, books_of
from pledgeline.records.register import seen_register
from pledgeline.records.snapshot import Snapshot, UnknownProgramme, programmes, snapshot
from pledgeline.web.downloads import TYPES

OF_ONE = ("/account/", "/people/", "/audit/", "/desk/", "/invitation/", "/search/", "/language/")
"""What is of use to nobody but the visitor."""

TABLES = ("announcements", "partners", "packages", "deliveries", "totals", "items", "sources")
BOOKS = ("books-journal", "books-balances", "books-contributions", "books-lines", "books-lots")
GUARANTEES = (
    "guarantees",
    "guarantees-obligations",
    "guarantees-matrix",
    "guarantees-coverage",
    "guarantees-funding",
    "guarantees-vetoes",
    "guarantees-scenarios",
)

MOST_ADDRESSES = 50_000
"""What one sitemap may hold."""


def robots_file(request: HttpRequest) -> HttpResponse:
    """Say where machines need not look, and where the list of pages is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in OF_ONE), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('web:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap_file(request: HttpRequest) -> HttpResponse:
    """List the pages that everybody sees."""
    paths = [path for _number, path in zip(range(MOST_ADDRESSES), _paths(), strict=False)]
    places = "\n".join(f"<url><loc>{escape(request.build_absolute_uri(path))}</loc></url>" for path in paths)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{places}\n</urlset>\n'
    )
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _paths() -> Iterator[str]:
    yield from map(reverse, (f"web:{name}" for name in GUARANTEES))
    for id_ in sorted(seen_register().register.by_id):
        yield reverse("web:guarantees-instrument", args=[id_])
    for programme in programmes(None):
        slug = programme.slug
        yield from (reverse(f"web:{name}", args=[slug]) for name in ("overview", *TABLES, "rules"))
        if _has_public_books(slug):
            yield from (reverse(f"web:{name}", args=[slug]) for name in ("books", *BOOKS))
        record = snapshot(slug, None).record
        for name, rows in (
            ("announcement", record.announcements),
            ("package", record.packages),
            ("source", record.sources),
        ):
            yield from (reverse(f"web:{name}", args=[slug, row.id]) for row in rows)


def dataset_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Describe the data of a programme by the words of schema.org, as JSON-LD."""
    try:
        found = snapshot(slug, None)
    except UnknownProgramme as error:
        raise Http404(str(error)) from error
    text = json.dumps(_dataset(request, found), ensure_ascii=False, indent=1)
    return HttpResponse(text, content_type="application/ld+json")


def _dataset(request: HttpRequest, found: Snapshot) -> dict[str, object]:
    programme, absolute = found.programme, request.build_absolute_uri
    days = [row.announced_on for row in found.record.announcements]
    said: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": absolute(reverse("web:overview", args=[programme.slug])),
        "name": programme.name,
        "alternateName": programme.short_name,
        "description": programme.about,
        "url": absolute(reverse("web:overview", args=[programme.slug])),
        "isAccessibleForFree": True,
        "distribution": list(_distributions(request, programme)),
    }
    if days:
        said["temporalCoverage"] = f"{min(days).isoformat()}/{max(days).isoformat()}"
    if programme.licence is not None:
        said["license"] = programme.licence.address
    return said


def _distributions(request: HttpRequest, programme: Programme) -> Iterator[dict[str, str]]:
    slug = programme.slug
    names = ("overview", *TABLES, *(("books", *BOOKS) if _has_public_books(slug) else ()))
    for name in names:
        for format_, kind in TYPES.items():
            path = reverse(f"web:{name}-file", kwargs={"slug": slug, "format_": format_})
            yield {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": kind.partition(";")[0],
                "contentUrl": request.build_absolute_uri(path),
            }


def _has_public_books(slug: str) -> bool:
    try:
        books_of(slug, None)
    except NoBooks:
        return False
    return True
