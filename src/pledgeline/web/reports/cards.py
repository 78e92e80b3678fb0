"""The cards of candidates, written as one text: five hundred of them would keep a template busy for a second."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pledgeline.evidence.deciding.claims import ClaimField, StatedClaim
from pledgeline.evidence.deciding.marking import shown
from pledgeline.queries.reports import ShownCandidate
from pledgeline.web.reports import words
from pledgeline.web.reports.common import ReportRequest, shown_encounter

LONGEST_EXCERPT = 120


def cards_of(
    here: ReportRequest, ref: str, text: str, candidates: Sequence[ShownCandidate], current: int
) -> SafeString:
    """Write the cards in their order; the current one is named."""
    settings = here.asked.programme
    edit = escape(here.asked.at("report-claim", ref))
    join = "&amp;" if "?" in edit else "?"
    names = {
        "accept": escape(_("Accept")),
        "reject": escape(_("Reject")),
        "edit": escape(_("Edit")),
        "elsewhere": escape(_("from another sentence")),
        "left": escape(_("not in the words:")),
        "rejected": escape(_("rejected")),
        "fields": {name: str(escape(label)) for name, label in words.FIELDS.items()},
    }
    written = []
    for candidate in candidates:
        row, claim = candidate.row, candidate.row.to_value()
        line = escape(shown(words.line_of(claim, settings)))
        head = f'<p class="claim-line"><a href="#m{row.number}">{line}</a></p>'
        if not candidate.is_open:
            done = _done(here, candidate, names)
            written.append(f'<article class="claim-card is-done" id="c{row.number}">{head}{done}</article>')
            continue
        here_class = " is-current" if row.number == current else ""
        written.append(
            f'<article class="claim-card is-open{here_class}" id="c{row.number}" data-n="{row.number}" tabindex="-1">'
            f"{head}{_met(here, candidate)}{_fields(claim, text, row.left_out, names)}"
            f'<p class="acts"><button class="button primary" name="accept" value="{row.number}">'
            f"{names['accept']}</button> "
            f'<button class="button" name="reject" value="{row.number}">{names["reject"]}</button> '
            f'<a class="button" data-edit href="{edit}{join}number={row.number}">{names["edit"]}</a></p></article>'
        )
    return mark_safe("".join(written))


def _done(here: ReportRequest, candidate: ShownCandidate, names: dict[str, Any]) -> str:
    if candidate.claim is None:
        return f'<p class="why">{names["rejected"]}</p>'
    href = escape(here.asked.at("claim", candidate.claim.ref))
    state = escape(words.STATES[candidate.claim.state])
    return f'<p class="why"><a href="{href}">{escape(candidate.claim.ref)}</a>: {state}</p>'


def _met(here: ReportRequest, candidate: ShownCandidate) -> str:
    if not candidate.met:
        return ""
    lines = []
    for met in candidate.met[:4]:
        said = shown_encounter(here.asked, met)
        differs = f" ({escape(said.differs)})" if said.differs else ""
        lines.append(
            f'<li class="met met-{said.relation}"><strong>{escape(said.relation_said)}</strong> '
            f'<a href="{escape(said.href)}">{escape(said.name)}</a>: {escape(said.rule_said)}{differs}</li>'
        )
    return f'<ul class="mets">{"".join(lines)}</ul>'


def _fields(claim: StatedClaim, text: str, left_out: Sequence[str], names: dict[str, Any]) -> str:
    rows = []
    for name, field in claim.fields.items():
        words_there = escape(shown(field.span.of(text)[:LONGEST_EXCERPT]))
        own = "" if field.is_own else f" <em>{names['elsewhere']}</em>"
        rows.append(
            f'<li data-from="{field.span.start}" data-to="{field.span.end}"><span>{names["fields"][name]}</span> '
            f"“{words_there}”{own}</li>"
        )
    if left_out:
        listed = ", ".join(names["fields"][ClaimField(name)] for name in left_out)
        rows.append(f'<li class="left-out">{names["left"]} {listed}</li>')
    return f'<ul class="claim-fields">{"".join(rows)}</ul>' if rows else ""
