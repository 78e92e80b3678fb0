"""A report that was read in again in a corrected version: where the claims of the version before stand in it now."""

from dataclasses import dataclass

from pledgeline.evidence.deciding.anchoring import Anchor, Versions
from pledgeline.evidence.reading.texts import Span
from pledgeline.programme.settings import Programme
from pledgeline.queries.reports import reader_for
from pledgeline.records.models import ClaimRecord, ClaimState, DocumentRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchoredClaim:
    """A claim of the version before, where it stands in this one, and the sentence there; None where it was lost."""

    claim: ClaimRecord
    anchor: Anchor
    sentence: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionBefore:
    """The report of the same address that was read in last before this one, and its claims that hold."""

    document: DocumentRecord
    claims: tuple[AnchoredClaim, ...]


def version_before(document: DocumentRecord, programme: Programme) -> VersionBefore | None:
    """Give the version before of a report, found by its address; None where there is none.

    The claims stay with the version that a person read: what changed in this one is said, and nothing is carried over.
    """
    if not document.address:
        return None
    same = DocumentRecord.objects.filter(programme=document.programme_id, address=document.address)
    before = same.filter(pk__lt=document.pk).order_by("-pk").first()
    if before is None:
        return None
    versions = Versions(before.text, document.text)
    reader, reader_now = reader_for(before, programme), reader_for(document, programme)
    anchored = []
    for claim in ClaimRecord.objects.filter(document=before, state=ClaimState.HOLDS):
        said = claim.to_value()
        parts = [reader.sentence_of(said.span), *(stated.span for stated in said.fields.values())]
        anchor = versions.anchor_claim(said.span, parts)
        sentence = reader_now.sentence_of(anchor.span) if anchor.span else None
        anchored.append(AnchoredClaim(claim=claim, anchor=anchor, sentence=sentence))
    return VersionBefore(document=before, claims=tuple(anchored))
