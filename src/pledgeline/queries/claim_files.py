"""Claims as they leave the house: what somebody may see of them, for files, commands and programs."""

from collections.abc import Callable

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.exchange.claims import ExportedClaim, ExportedDecision
from pledgeline.queries.reports import visible_claims, with_whole_reports
from pledgeline.records.models import ClaimLink, ClaimRecord, ClaimState, DocumentRecord, ProgrammeRecord


def exported_claims(
    programme: ProgrammeRecord, person: Person, address: Callable[[str], str], *, ref: str = ""
) -> list[ExportedClaim]:
    """Give the claims that hold, or the one of a number, in the order in which they were made.

    `address` gives the page of each.
    """
    rows = visible_claims(person, programme).filter(state=ClaimState.HOLDS).prefetch_related("decisions")
    found = list(rows.filter(ref=ref) if ref else rows)
    with_whole_reports(found)
    links = _links(programme)
    names_people = may(person, Act.SEE_UNPUBLISHED, programme.slug)
    return [
        exported_claim(row, person, address(row.ref), links.get(row.pk, []), names_people=names_people)
        for row in found
    ]


def exported_claim(
    row: ClaimRecord, person: Person, address: str, links: list[dict[str, object]], *, names_people: bool
) -> ExportedClaim:
    """Give one claim as somebody may see it."""
    document = row.document
    return ExportedClaim(
        ref=row.ref,
        address=address,
        kind=row.kind,
        role=row.role,
        state=row.state,
        start=row.start,
        end=row.end,
        exact=document.text[row.start : row.end] if document.shows_text_to(person) else "",
        fields=row.fields,
        report=report_said(document),
        decisions=tuple(
            ExportedDecision(
                verdict=decision.verdict,
                at=decision.at,
                reason=decision.reason if names_people else "",
                by=decision.by_name if names_people else "",
            )
            for decision in row.decisions.all()
        ),
        uses=tuple(f"{use.noun} {use.key}" for use in row.uses.all()),
        links=tuple(links),
    )


def report_said(document: DocumentRecord) -> dict[str, str]:
    """Give the facts of a report as text; "" for what it does not state."""
    day = document.published_on
    return {
        "ref": document.ref,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "address": document.address,
        "language": document.language,
        "published_on": day.isoformat() if day else "",
        "sha256": document.sha256,
        "reader": document.reader,
    }


def links_of_programme(programme: ProgrammeRecord) -> list[ClaimLink]:
    """Give how the claims of a programme that hold stand to each other, without texts."""
    held = {"first__state": ClaimState.HOLDS, "second__state": ClaimState.HOLDS}
    links = ClaimLink.objects.filter(first__programme=programme, **held)
    links = links.select_related("first__document", "second__document")
    return list(links.defer("first__document__text", "second__document__text"))


def _links(programme: ProgrammeRecord) -> dict[int, list[dict[str, object]]]:
    found: dict[int, list[dict[str, object]]] = {}
    for link in links_of_programme(programme):
        for own, other in ((link.first, link.second), (link.second, link.first)):
            said = {
                "claim": other.ref,
                "relation": link.relation,
                "rule": link.rule,
                "differs_in": link.differs_in,
            }
            found.setdefault(own.pk, []).append(said)
    return found
