"""Where the claims of an earlier version of a report stand in this one, as its page says it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from pledgeline.evidence.deciding.anchoring import Anchoring
from pledgeline.evidence.deciding.marking import shown
from pledgeline.queries.report_versions import AnchoredClaim, version_before
from pledgeline.records.models import DocumentRecord
from pledgeline.web.reports import words
from pledgeline.web.reports.common import ReportRequest

FOUND = {
    Anchoring.SAME: _("stands as it did"),
    Anchoring.MOVED: _("stands elsewhere, in the same words"),
    Anchoring.CHANGED: _("reads differently now"),
    Anchoring.LOST: _("was not found again"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAnchor:
    """A claim of the version before, what became of its words, and how its sentence reads now."""

    ref: str
    line: str
    found: Anchoring
    said: object
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownVersion:
    """The version before of a report, and its claims: those first that somebody must look at."""

    ref: str
    claims: list[ShownAnchor]
    to_check: int


def shown_version(here: ReportRequest, document: DocumentRecord) -> ShownVersion | None:
    """Give what the page of a report says of its version before; None where it has none."""
    before = version_before(document, here.asked.programme)
    if before is None:
        return None
    shows = document.shows_text_to(here.person)
    claims = [_shown(here, document, entry, shows=shows) for entry in before.claims]
    order = [Anchoring.LOST, Anchoring.CHANGED, Anchoring.MOVED, Anchoring.SAME]
    return ShownVersion(
        ref=before.document.ref,
        claims=sorted(claims, key=lambda claim: order.index(claim.found)),
        to_check=sum(claim.found in (Anchoring.LOST, Anchoring.CHANGED) for claim in claims),
    )


def _shown(
    here: ReportRequest, document: DocumentRecord, entry: AnchoredClaim, *, shows: bool
) -> ShownAnchor:
    found = entry.anchor.found
    changed = found is Anchoring.CHANGED and shows
    return ShownAnchor(
        ref=entry.claim.ref,
        line=shown(words.line_of(entry.claim.to_value(), here.asked.programme)),
        found=found,
        said=FOUND[found],
        now=shown(entry.sentence.of(document.text)) if changed and entry.sentence else "",
    )
