"""Search over everything that the visitor may see, in all programmes and in the register of guarantees."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from pledgeline.exchange.record.own_names import own_name
from pledgeline.programme.settings import today_of
from pledgeline.queries.search import (
    MOST_OF_A_KIND,
    SHORTEST,
    SearchHit,
    SearchHits,
    search_programme,
    search_register,
    words_of,
)
from pledgeline.records.models import ProgrammeRecord
from pledgeline.web.addresses import address_of
from pledgeline.web.asked import visitor
from pledgeline.web.help.glossary import glossary
from pledgeline.web.help.handbook import find_in_handbook
from pledgeline.web.parameters import LONGEST_WORDS, parameters_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundKind:
    """How a kind of hit is called, one and many, the page that opens one, and whether it goes by title or by key."""

    one: Any
    many: str | Promise
    leads_to: Callable[[str, str], str]
    goes_by_title: bool = False


def _by_key(page: str) -> Callable[[str, str], str]:
    return lambda slug, key: address_of(page, slug, parameters={"key": key})


def _in_path(page: str) -> Callable[[str, str], str]:
    return lambda slug, key: address_of(page, slug, key)


KINDS = {
    "requirement": FoundKind(
        one=_("Requirement"), many=_("Requirements"), leads_to=_by_key("requirements-one")
    ),
    "offer": FoundKind(one=_("Offer"), many=_("Offers"), leads_to=_by_key("offers-one")),
    "order": FoundKind(one=_("Order"), many=_("Orders"), leads_to=_by_key("orders-one")),
    "shipment": FoundKind(one=_("Shipment"), many=_("Shipments"), leads_to=_by_key("shipments-one")),
    "receipt": FoundKind(one=_("Receipt"), many=_("Receipts"), leads_to=_by_key("receipts-one")),
    "package": FoundKind(one=_("Package"), many=_("Packages of the programme"), leads_to=_by_key("formed")),
    "contribution": FoundKind(
        one=_("Contribution"), many=_("Contributions"), leads_to=_by_key("contributions-one")
    ),
    "announcement": FoundKind(
        one=_("Announcement"), many=_("Announcements"), leads_to=_in_path("announcement"), goes_by_title=True
    ),
    "package-reported": FoundKind(
        one=_("Package as reported"), many=_("Packages as reported"), leads_to=_in_path("package")
    ),
    "party": FoundKind(one=_("Partner"), many=_("Partners"), leads_to=_in_path("partner")),
    "source": FoundKind(one=_("Source"), many=_("Sources"), leads_to=_in_path("source"), goes_by_title=True),
    "instrument": FoundKind(
        one=_("Instrument"),
        many=_("Instruments"),
        leads_to=lambda _slug, key: address_of("guarantees-instrument", key),
        goes_by_title=True,
    ),
}

FIELDS = {
    "earmark": _("Earmark"),
    "note": _("Note"),
    "publisher": _("Publisher"),
    "url": _("Address"),
    "summary": _("Summary"),
    "obligations": _("Obligations"),
}
"""What the fields are called in which words were found, where no model says it."""


@never_cache
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what was found in each programme, kind by kind."""
    person = visitor(request)
    text = parameters_of(request).text("q", most=LONGEST_WORDS, label=_("Words"))
    words = words_of(text)
    groups: list[tuple[str, list[object]]] = []
    if words:
        for programme in ProgrammeRecord.objects.visible_to(person).order_by("slug"):
            today = today_of(programme.to_value(), timezone.now())
            found = search_programme(programme, words, person, today)
            groups.append(
                (
                    own_name(programme.slug, programme.short_name),
                    [_group(hit, programme.slug) for hit in found],
                )
            )
        groups.append((str(_("Guarantees")), [_group(hit, "") for hit in search_register(words, person)]))
        groups.append((str(_("Help")), [*_in_glossary(words), *_in_handbook(words)]))
    return render(
        request,
        "web/search.html",
        {
            "words": text,
            "groups": [(name, hits) for name, hits in groups if hits],
            "is_too_short": bool(text) and not words,
            "shortest": SHORTEST,
        },
    )


HANDBOOK = {"one": _("Handbook"), "many": _("Handbook")}
GLOSSARY = {"one": _("Glossary"), "many": _("Glossary")}


def _in_glossary(words: list[str]) -> list[dict[str, object]]:
    """Give the words of the glossary in which all of the words stand."""
    sought = [word.casefold() for word in words]
    hits = [
        {
            "hit": SearchHit(kind="word", key=word.word, excerpt=word.meaning),
            "address": f"{address_of('help-glossary')}#{word.anchor}",
            "where": part.title,
        }
        for part in glossary()
        for word in part.words
        if all(piece in word.word.casefold() for piece in sought)
    ]
    return [{"kind": GLOSSARY, "hits": hits[:MOST_OF_A_KIND], "has_more": False}] if hits else []


def _in_handbook(words: list[str]) -> list[dict[str, object]]:
    """Give the sections of the handbook that have the words, as groups of hits are given."""
    found = find_in_handbook(words, most=MOST_OF_A_KIND)
    hits = [
        {
            "hit": SearchHit(kind="section", key=place.section.title, excerpt=place.excerpt),
            "address": place.address,
            "where": place.chapter.title,
        }
        for place in found[:MOST_OF_A_KIND]
    ]
    return [{"kind": HANDBOOK, "hits": hits, "has_more": len(found) > MOST_OF_A_KIND}] if hits else []


def _group(found: SearchHits, slug: str) -> dict[str, Any]:
    kind = KINDS[found.kind]
    return {
        "kind": kind,
        "has_more": found.has_more,
        "hits": [
            {
                "hit": hit,
                "address": kind.leads_to(slug, hit.key),
                "where": hit.label or FIELDS.get(hit.field, ""),
            }
            for hit in found.hits
        ],
    }
