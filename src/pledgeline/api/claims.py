"""Claims of reports, each with its place, its fields and who decided; and how they stand to each other."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import Field

from pledgeline.api.asking import LONGEST_WORDS, AddressParameters, Listing, read, sorted_by
from pledgeline.api.door import person_of
from pledgeline.api.lists import as_json, in_order, listed, part_in_memory, shown
from pledgeline.api.problems import problem
from pledgeline.api.routes import HERE, programme_at, properties, reading
from pledgeline.api.values import Schema, components, listing, many, plain, text, whole
from pledgeline.exchange.claims import ExportedClaim
from pledgeline.queries.claim_files import exported_claims, links_of_programme
from pledgeline.records.models import ClaimLink

router = Router(tags=["claims"])

DECISION = components.named(
    "ClaimDecision",
    {
        "type": "object",
        "required": ["verdict", "at"],
        "properties": {"verdict": text(), "at": text(format="date-time"), "reason": text(), "by": text()},
    },
)
CLAIM: Schema = {
    "type": "object",
    "required": ["ref"],
    "properties": {
        **{name: text() for name in ("ref", "kind", "role", "state", "exact")},
        "start": whole(),
        "end": whole(),
        "fields": {"type": "object"},
        "report": {"type": "object"},
        "decisions": many(DECISION),
        "uses": many(text()),
        "links": many({"type": "object"}),
    },
}
CLAIM_ROW = components.named("ClaimRow", CLAIM)
LINK: Schema = {
    "type": "object",
    "required": ["key"],
    "properties": {
        **{name: text() for name in ("key", "first", "second", "relation", "rule")},
        "differs_in": many(text()),
    },
}
LINK_ROW = components.named("ClaimLinkRow", LINK)


class ClaimsAsked(Listing):
    ROWS = tuple(properties(CLAIM))

    sort: sorted_by("made", "ref") = "made"  # type: ignore[valid-type]
    kind: str = Field("", max_length=LONGEST_WORDS)
    report: str = Field("", max_length=LONGEST_WORDS)


class ClaimAsked(AddressParameters):
    ROWS = ClaimsAsked.ROWS


class LinksAsked(Listing):
    ROWS = tuple(properties(LINK))

    sort: sorted_by("key", "relation") = "key"  # type: ignore[valid-type]


def claim_json(claim: ExportedClaim) -> dict[str, object]:
    """Write a claim; what is not stated, or not shown, is left out."""
    said = {name: getattr(claim, name) for name in ("ref", "kind", "role", "state", "start", "end", "exact")}
    decisions = [
        _stated({"verdict": done.verdict, "at": plain(done.at), "reason": done.reason, "by": done.by})
        for done in claim.decisions
    ]
    lists = {"decisions": decisions, "uses": list(claim.uses), "links": [dict(link) for link in claim.links]}
    return {
        **_stated(said),
        "fields": {name: dict(kept) for name, kept in claim.fields.items()},
        "report": _stated(claim.report),
        **lists,
    }


def _stated(values: Mapping[str, object]) -> dict[str, object]:
    """Leave out what is not stated, or not shown."""
    return {name: value for name, value in values.items() if value not in ("", None)}


def _claims(request: HttpRequest, slug: str, ref: str = "") -> list[ExportedClaim]:
    return exported_claims(programme_at(request, slug), person_of(request), str, ref=ref)


@router.get(
    f"{HERE}/claims",
    operation_id="list_claims",
    summary="List the claims of reports that hold",
    openapi_extra=reading(ClaimsAsked, listing(CLAIM_ROW)),
)
def list_claims(request: HttpRequest, slug: str) -> HttpResponse:
    asked = read(ClaimsAsked, request)
    found = _claims(request, slug)
    places = {claim.ref: place for place, claim in enumerate(found, start=1)}
    rows = [
        claim
        for claim in found
        if asked.kind in ("", claim.kind) and asked.report in ("", claim.report["ref"])
    ]
    orders = {"made": lambda claim: places[claim.ref], "ref": lambda claim: claim.ref}
    return listed(
        request, part_in_memory(in_order(rows, asked, orders, lambda claim: claim.ref), asked, claim_json)
    )


@router.get(
    f"{HERE}/claims/{{ref}}",
    operation_id="get_claim",
    summary="Read one claim of a report",
    openapi_extra=reading(ClaimAsked, CLAIM_ROW),
)
def get_claim(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    asked = read(ClaimAsked, request)
    found = _claims(request, slug, ref)
    if not found:
        raise problem(404, "no-such.noun", noun="claim", key=ref[:200])
    return as_json(shown(claim_json(found[0]), asked))


@router.get(
    f"{HERE}/claim-links",
    operation_id="list_claim_links",
    summary="List how claims of reports stand to each other, with the rule that says so",
    openapi_extra=reading(LinksAsked, listing(LINK_ROW)),
)
def list_claim_links(request: HttpRequest, slug: str) -> HttpResponse:
    asked = read(LinksAsked, request)
    links = links_of_programme(programme_at(request, slug))
    orders = {"key": _key, "relation": lambda link: link.relation}
    return listed(request, part_in_memory(in_order(links, asked, orders, _key), asked, _link_json))


def _key(link: ClaimLink) -> str:
    return f"{link.first.ref}+{link.second.ref}"


def _link_json(link: ClaimLink) -> dict[str, object]:
    return {
        "key": _key(link),
        "first": link.first.ref,
        "second": link.second.ref,
        "relation": link.relation,
        "rule": link.rule,
        "differs_in": link.differs_in,
    }
