"""The deciding page of a report, its decisions, and the form of one claim: text beside cards, and keys for a hand.

Everything works by forms; a script adds keys, and turns a selection into a place in the text.
"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledgeline.actions import claims as actions
from pledgeline.actions.reports import describe
from pledgeline.evidence.comparing.ranks import Standpoint
from pledgeline.evidence.deciding.places import place_of
from pledgeline.evidence.reading.texts import Span
from pledgeline.queries.reports import ShownCandidate, candidates_of, known_index, reprints_of
from pledgeline.records.models import ClaimDecision, ClaimRecord, ClaimState, DocumentRecord, OriginalRecord
from pledgeline.web.parameters import parameters_of
from pledgeline.web.reports import words
from pledgeline.web.reports.cards import cards_of
from pledgeline.web.reports.claim_form import ClaimForm, started
from pledgeline.web.reports.common import ReportRequest, for_deciders, open_to_all, said, title_of
from pledgeline.web.reports.facts import facts_of_document
from pledgeline.web.reports.marked import NOISE, marked_text
from pledgeline.web.reports.versions import shown_version


@open_to_all
def report_page(here: ReportRequest, ref: str) -> HttpResponse:
    """Show a report: its candidates to those who decide, to everybody its claims and the text that may be shown."""
    document = here.document(ref)
    wanted = parameters_of(here.request).number("at", least=1, most=None, label=_("Candidate"))
    if not here.may_decide:
        return _read_only(here, document)
    return _deciding(here, document, wanted)


def _read_only(here: ReportRequest, document: DocumentRecord) -> HttpResponse:
    claims = list(ClaimRecord.objects.filter(document=document, state=ClaimState.HOLDS))
    shows = document.shows_text_to(here.person)
    return here.show(
        "web/reports/report.html",
        document=document,
        title=title_of(document),
        facts=facts_of_document(here, document),
        text=_text_of_claims(document, claims) if shows else "",
        shows=shows,
        claims=[(claim, words.line_of(claim.to_value(), here.asked.programme)) for claim in claims],
        version=shown_version(here, document),
        original=OriginalRecord.objects.filter(document=document).exists(),
    )


def _text_of_claims(document: DocumentRecord, claims: list[ClaimRecord]) -> object:
    marks = [(number, claim.to_value().span) for number, claim in enumerate(claims, start=1)]
    marks += [(NOISE, span) for span in document.noise_spans]
    classes = {number: "m-held" for number, _span in marks} | {NOISE: "m-noise"}
    return marked_text(document.text, marks, classes=classes)


def _deciding(
    here: ReportRequest, document: DocumentRecord, wanted: int | None, wrong: str = ""
) -> HttpResponse:
    candidates = candidates_of(document, known_index(here.asked.snapshot))
    open_ = [candidate.row.number for candidate in candidates if candidate.is_open]
    current = wanted if wanted in open_ else (open_[0] if open_ else 0)
    by_hand = ClaimRecord.objects.filter(document=document, candidate=None).exclude(
        state=ClaimState.WITHDRAWN
    )
    return here.show(
        "web/reports/desk.html",
        status=409 if wrong else 200,
        document=document,
        title=title_of(document),
        facts=facts_of_document(here, document),
        text=_text_of_candidates(document, candidates, current, list(by_hand)),
        cards=cards_of(here, document.ref, document.text, candidates, current),
        number_open=len(open_),
        number=len(candidates),
        by_hand=[(claim, words.line_of(claim.to_value(), here.asked.programme)) for claim in by_hand],
        likenesses=reprints_of(document),
        version=shown_version(here, document),
        original=OriginalRecord.objects.filter(document=document).exists(),
        standpoints=words.STANDPOINTS.items(),
        wrong=wrong,
    )


def _text_of_candidates(
    document: DocumentRecord, candidates: list[ShownCandidate], current: int, by_hand: list[ClaimRecord]
) -> object:
    marks: list[tuple[int, Span]] = [(NOISE, span) for span in document.noise_spans]
    classes = {NOISE: "m-noise"}
    for candidate in candidates:
        number = candidate.row.number
        classes[number] = "m-open" if candidate.is_open else "m-held" if candidate.claim else "m-rejected"
        marks.append((number, Span(candidate.row.start, candidate.row.end)))
    if current:
        classes[current] += " is-current"
    for claim in by_hand:
        classes[-claim.pk] = "m-held"
        marks.append((-claim.pk, Span(claim.start, claim.end)))
    linked = {candidate.row.number for candidate in candidates}
    return marked_text(document.text, marks, classes=classes, linked=linked)


@for_deciders
def decide(here: ReportRequest, ref: str) -> HttpResponse:
    """Accept or reject a candidate, and go on to the next one."""
    document = here.document(ref)
    given = here.request.POST
    verdict = "accept" if "accept" in given else "reject"
    number = given.get(verdict, "")
    if here.request.method != "POST" or not (number.isascii() and number.isdecimal() and len(number) < 9):
        return redirect(here.asked.at("report", ref))
    act = actions.accept if verdict == "accept" else actions.reject
    reason = given.get("reason", "").strip()
    done = act(document, int(number), person=here.person, now=timezone.now(), reason=reason)
    if isinstance(done, list):
        return _deciding(here, document, int(number), said(done[0]))
    return redirect(_next_address(here, document, int(number)))


def _next_address(here: ReportRequest, document: DocumentRecord, number: int) -> str:
    """Lead to the candidate that is shown behind the one that was decided."""
    found = candidates_of(document, known_index(here.asked.snapshot))
    open_ = [shown.row.number for shown in found if shown.is_open]
    if not open_:
        return here.asked.at("report", document.ref)
    later = [other for other in open_ if other > number]
    following = later[0] if later else open_[0]
    return f"{here.asked.at('report', document.ref, at=following)}#c{following}"


@for_deciders
def claim_form_page(here: ReportRequest, ref: str) -> HttpResponse:
    """Show the form of a claim beside the text: of a candidate, of a claim that is there, or of a selection."""
    document = here.document(ref)
    parameters = parameters_of(here.request)
    number = parameters.number("number", least=1, most=None, label=_("Candidate"))
    claim_ref = parameters.text("claim")
    at = parameters.number("from", least=0, most=None, label=_("Place"))
    quoted = parameters.text("words", most=4_000, label=_("Words"))
    chosen = place_of(document.text, quoted, at) if quoted else None
    begun = started(here, document, number, claim_ref, chosen)
    form = ClaimForm(here.request.POST or None, begun=begun, document=document)
    if here.request.method == "POST" and form.is_valid():
        done = actions.make(
            document,
            kind=form.chosen_kind,
            role=form.chosen_role,
            spans=form.spans,
            span=form.span,
            number=number if not claim_ref else None,
            claim_ref=claim_ref,
            person=here.person,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
            asked_with=form.cleaned_data["asked_with"],
        )
        if isinstance(done, ClaimDecision):
            if claim_ref:
                return redirect(here.asked.at("claim", claim_ref))
            return redirect(_next_address(here, document, number or 0))
        form.take(done)
    marks = [(place, span) for place, span in enumerate(form.shown_spans, start=1)]
    return here.show(
        "web/reports/claim_form.html",
        status=400 if form.errors else 200,
        document=document,
        title=title_of(document),
        form=form,
        nothing_there=bool(quoted) and chosen is None,
        text=marked_text(document.text, marks, classes={place: "m-field" for place, _span in marks}),
        claim_ref=claim_ref,
        number=number,
    )


@for_deciders
def describe_page(here: ReportRequest, ref: str) -> HttpResponse:
    """Say anew what a report is, and whether its text may be shown."""
    document, given = here.document(ref), here.request.POST
    if here.request.method == "POST":
        done = describe(
            document,
            standpoint=given.get("standpoint", Standpoint.UNKNOWN),
            may_show="may_show" in given,
            licence=given.get("licence", "").strip()[:2000],
            person=here.person,
        )
        if not isinstance(done, DocumentRecord):
            return _deciding(here, document, None, said(done))
    return redirect(here.asked.at("report", ref))
