"""Decide on what reports claim: accept, reject, edit, make by hand, confirm, withdraw. Each decision is kept for ever.

Where a programme wants two people, what one has accepted waits until another one confirms it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from pledgeline.accounts.rights import Act, Person, account_of, may, username_of
from pledgeline.actions.changes import NothingDone
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.evidence.comparing.meeting import ClaimIndex
from pledgeline.evidence.deciding.claims import MONEY_KINDS, ClaimField, StatedClaim, StatedKind
from pledgeline.evidence.finding.candidates import MoneyRole
from pledgeline.evidence.reading.texts import Span
from pledgeline.programme.findings import Finding
from pledgeline.queries.reports import all_money_claims, reader_for, refused_here, refused_report
from pledgeline.records.models import (
    CandidateRecord,
    ClaimDecision,
    ClaimLink,
    ClaimRecord,
    ClaimState,
    DocumentRecord,
    ProgrammeRecord,
    Verdict,
)

NOUN = "claim"
LONGEST_REASON = 2_000


def accept(
    document: DocumentRecord, number: int, *, person: Person, now: datetime, reason: str = ""
) -> ClaimDecision | list[Finding]:
    """Accept a candidate as it is proposed; one that is a claim already is left as it is."""

    def decided(programme: ProgrammeRecord) -> ClaimDecision:
        candidate = _candidate(document, number)
        if live := _live_claim(candidate):
            return _last_of(live)
        claim = _new_claim(programme, document, candidate.to_value(), candidate)
        return _noted(Verdict.ACCEPT, claim, {}, person, now, reason)

    return _decide(document, f"{document.ref}/{number}", person, decided)


def reject(
    document: DocumentRecord, number: int, *, person: Person, now: datetime, reason: str = ""
) -> ClaimDecision | list[Finding]:
    """Reject a candidate: it stays, with who rejected it."""

    def decided(_programme: ProgrammeRecord) -> ClaimDecision:
        candidate = _candidate(document, number)
        if live := _live_claim(candidate):
            raise NothingDone(refused_report("accepted", ref=live.ref))
        last = candidate.decisions.order_by("-pk").first()
        if last is not None and last.verdict == Verdict.REJECT:
            return last
        return ClaimDecision.objects.create(
            document=document,
            candidate=candidate,
            verdict=Verdict.REJECT,
            before=_said(candidate.to_value()),
            reason=reason[:LONGEST_REASON],
            by_name=username_of(person),
            by_account=account_of(person),
            at=now,
        )

    return _decide(document, f"{document.ref}/{number}", person, decided)


def make(
    document: DocumentRecord,
    *,
    kind: StatedKind,
    spans: Mapping[ClaimField, Span],
    person: Person,
    now: datetime,
    role: MoneyRole | None = None,
    span: Span | None = None,
    number: int | None = None,
    claim_ref: str = "",
    reason: str = "",
    asked_with: str = "",
) -> ClaimDecision | list[Finding]:
    """Make a claim from places in the text: a new one, one of the candidate `number`, or an edit of a claim.

    Every value is read from its place; where one cannot be read nothing is done, and the field says why.
    """

    def decided(programme: ProgrammeRecord) -> ClaimDecision:
        if asked_with:
            before = ClaimDecision.objects.filter(document=document, asked_with=asked_with).first()
            if before is not None:
                return before
        value, wrong = reader_for(document, programme.to_value()).claim(kind, spans, span=span, role=role)
        if value is None:
            raise NothingDone(*(refused_here(document.ref, problem) for problem in wrong))
        if claim_ref:
            claim = _held(document, claim_ref)
            _must_be_unused(claim)
            before_value = _said(claim.to_value())
            claim.take_over(value)
            claim.state = _first_state(programme)
            claim.save()
            return _noted(Verdict.EDIT, claim, before_value, person, now, reason, asked_with)
        candidate = _candidate(document, number) if number is not None else None
        if candidate is not None and (live := _live_claim(candidate)):
            raise NothingDone(refused_report("accepted", ref=live.ref))
        claim = _new_claim(programme, document, value, candidate)
        before_value = _said(candidate.to_value()) if candidate is not None else {}
        verdict = Verdict.EDIT if candidate is not None else Verdict.MAKE
        return _noted(verdict, claim, before_value, person, now, reason, asked_with)

    return _decide(document, claim_ref or document.ref, person, decided)


def confirm(
    claim: ClaimRecord, *, person: Person, now: datetime, reason: str = ""
) -> ClaimDecision | list[Finding]:
    """Let a claim hold that another person has accepted."""

    def decided(_programme: ProgrammeRecord) -> ClaimDecision:
        held = _held(claim.document, claim.ref)
        if held.state != ClaimState.WAITS:
            raise NothingDone(refused_report("not-waiting", ref=claim.ref))
        last = held.decisions.order_by("-pk").first()
        if last is not None and last.by_account == account_of(person):
            raise NothingDone(refused_report("same-person", ref=claim.ref))
        held.state = ClaimState.HOLDS
        held.save(update_fields=["state"])
        return _noted(Verdict.CONFIRM, held, _said(held.to_value()), person, now, reason)

    return _decide(claim.document, claim.ref, person, decided)


def withdraw(
    claim: ClaimRecord, *, person: Person, now: datetime, reason: str
) -> ClaimDecision | list[Finding]:
    """Take a claim back, with a reason. One that stands behind a row is not taken away from it."""

    def decided(_programme: ProgrammeRecord) -> ClaimDecision:
        held = _held(claim.document, claim.ref)
        if not reason.strip():
            raise NothingDone(refused_report("no-reason", ref=claim.ref, at="reason"))
        _must_be_unused(held)
        held.state = ClaimState.WITHDRAWN
        held.save(update_fields=["state"])
        return _noted(Verdict.WITHDRAW, held, _said(held.to_value()), person, now, reason)

    return _decide(claim.document, claim.ref, person, decided)


def _decide(
    document: DocumentRecord, ref: str, person: Person, decided: Callable[[ProgrammeRecord], ClaimDecision]
) -> ClaimDecision | list[Finding]:
    """Do it in one transaction that holds the programme, with its event; or leave the event of a refusal."""
    slug = document.programme.slug
    try:
        with transaction.atomic():
            programme = ProgrammeRecord.objects.select_for_update().get(pk=document.programme_id)
            if not may(person, Act.EDIT_RECORD, slug):
                raise NothingDone(refused_report("no-right", ref=ref))
            last = (
                ClaimDecision.objects.filter(document=document)
                .order_by("-pk")
                .values_list("pk", flat=True)
                .first()
            )
            decision = decided(programme)
            if decision.pk > (last or 0):
                said = decision.claim.ref if decision.claim is not None else ref
                trail.record(
                    AuditAct.CLAIM_DECIDED,
                    NOUN,
                    said,
                    programme=slug,
                    verdict=decision.verdict,
                    report=document.ref,
                )
            return decision
    except NothingDone as refused:
        trail.refused(AuditAct.CLAIM_DECIDED, NOUN, ref, code=refused.findings[0].code, programme=slug)
        return refused.findings


def _candidate(document: DocumentRecord, number: int) -> CandidateRecord:
    found = CandidateRecord.objects.filter(document=document, number=number).first()
    if found is None:
        raise NothingDone(refused_report("unknown-candidate", ref=document.ref))
    return found


def _live_claim(candidate: CandidateRecord) -> ClaimRecord | None:
    return ClaimRecord.objects.filter(candidate=candidate).exclude(state=ClaimState.WITHDRAWN).first()


def _last_of(claim: ClaimRecord) -> ClaimDecision:
    return claim.decisions.order_by("-pk")[0]


def _held(document: DocumentRecord, ref: str) -> ClaimRecord:
    found = ClaimRecord.objects.filter(document=document, ref=ref).exclude(state=ClaimState.WITHDRAWN).first()
    if found is None:
        raise NothingDone(refused_report("unknown-claim", ref=ref))
    return found


def _must_be_unused(claim: ClaimRecord) -> None:
    use = claim.uses.first()
    if use is not None:
        raise NothingDone(refused_report("used", ref=claim.ref, noun=use.noun, key=use.key))


def _first_state(programme: ProgrammeRecord) -> ClaimState:
    return ClaimState.WAITS if programme.two_people_decide else ClaimState.HOLDS


def _new_claim(
    programme: ProgrammeRecord,
    document: DocumentRecord,
    value: StatedClaim,
    candidate: CandidateRecord | None,
) -> ClaimRecord:
    claim = ClaimRecord(
        programme=programme,
        ref=f"CL{ClaimRecord.objects.filter(programme=programme).count() + 1}",
        document=document,
        candidate=candidate,
        state=_first_state(programme),
    )
    claim.take_over(value)
    claim.save()
    return claim


def _said(value: StatedClaim) -> dict[str, object]:
    """Write what a claim says so that it can be kept in a decision."""
    return {
        "kind": value.kind.value,
        "start": value.span.start,
        "end": value.span.end,
        "role": value.role.value if value.role else "",
        "fields": value.fields_json(),
    }


def _noted(
    verdict: Verdict,
    claim: ClaimRecord,
    before: Mapping[str, object],
    person: Person,
    now: datetime,
    reason: str,
    asked_with: str = "",
) -> ClaimDecision:
    decision = ClaimDecision.objects.create(
        document=claim.document,
        candidate=claim.candidate,
        claim=claim,
        verdict=verdict,
        before=dict(before),
        after={} if verdict == Verdict.WITHDRAW else _said(claim.to_value()),
        reason=reason.strip()[:LONGEST_REASON],
        by_name=username_of(person),
        by_account=account_of(person),
        at=now,
        asked_with=asked_with,
    )
    _link_anew(claim)
    return decision


def _link_anew(claim: ClaimRecord) -> None:
    """Compare a claim with all that hold, and keep how they stand to each other."""
    ClaimLink.objects.filter(Q(first=claim) | Q(second=claim)).delete()
    if claim.state != ClaimState.HOLDS or claim.kind not in MONEY_KINDS:
        return
    money = all_money_claims(claim.programme.slug)
    own = next(other for other in money if other.id == f"claim {claim.ref}")
    met = ClaimIndex(money).encounters(own)
    refs = [encounter.other.removeprefix("claim ") for encounter in met]
    others = {row.ref: row for row in ClaimRecord.objects.filter(programme=claim.programme, ref__in=refs)}
    ClaimLink.objects.bulk_create(
        ClaimLink(
            first=min(claim, others[ref], key=lambda row: row.pk),
            second=max(claim, others[ref], key=lambda row: row.pk),
            relation=encounter.relation.value,
            rule=encounter.rule.value,
            differs_in=list(encounter.differs_in),
        )
        for ref, encounter in zip(refs, met, strict=True)
    )
