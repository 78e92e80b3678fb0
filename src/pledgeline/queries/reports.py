"""Reports, their candidates and claims, as pages, files and programs read them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.db.models import Max, QuerySet

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.evidence.comparing.meeting import ClaimIndex, Encounter, JoinedIndex
from pledgeline.evidence.comparing.record_rows import announced_claims, stated_claims
from pledgeline.evidence.comparing.sketches import Likeness, reprints
from pledgeline.evidence.deciding.claims import MONEY_KINDS, candidate_of
from pledgeline.evidence.deciding.intake import ReadBytes
from pledgeline.evidence.deciding.places import find_words
from pledgeline.evidence.deciding.proposals import ProposedReport, read_report
from pledgeline.evidence.deciding.reading_fields import FieldNotRead, FieldReader
from pledgeline.evidence.finding.candidates import Candidate, Extraction, Facts
from pledgeline.evidence.finding.names import Names, names_of
from pledgeline.evidence.finding.words import data
from pledgeline.evidence.linking.claims import MoneyClaim, claims_of
from pledgeline.evidence.linking.rules import LinkRelation, told_sums
from pledgeline.evidence.reading.texts import Span, StoredText, text_of
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import at_field
from pledgeline.programme.sentences import Param, sentence
from pledgeline.programme.settings import Programme
from pledgeline.records.models import (
    CandidateRecord,
    ClaimDecision,
    ClaimRecord,
    ClaimState,
    DocumentRecord,
    ProgrammeRecord,
)
from pledgeline.records.snapshot import Snapshot

STATED = ("title", "outlet", "author", "published_on", "language")
"""The facts of a report of which is said where the text states them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What whoever reads a report in says of it; what is left empty is taken from the text, or is not stated."""

    file_name: str = ""
    title: str = ""
    outlet: str = ""
    author: str = ""
    address: str = ""
    language: str = ""
    published_on: date | None = None
    standpoint: str = "unknown"
    may_show: bool = False
    licence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedOver:
    """A report as it would be read in: its facts, where the text states them, and what is proposed."""

    read: ReadBytes
    report: ProposedReport
    described: Described
    stated: Mapping[str, list[int]]


def refused_here(ref: str, problem: FieldNotRead) -> Finding:
    """Make the finding that a field of a claim cannot be read, at that field."""
    place = at_field(Place(file=f"report {ref}"), problem.field)
    return Finding(place=place, said=sentence(f"reports.{problem.code}"))


def refused_report(code: str, *, ref: str = "", at: str = "", **params: Param) -> Finding:
    """Make the finding that something cannot be done with a report or a claim."""
    return Finding(
        place=at_field(Place(file=f"report {ref}"), at), said=sentence(f"reports.{code}", **params)
    )


def names_for(programme: Programme) -> Names:
    """Give the names that reports have for everybody, and for the programme and its parties."""
    return _names(programme.slug, programme.short_name, programme.name, tuple(programme.parties.items()))


@lru_cache(maxsize=16)
def _names(slug: str, short_name: str, name: str, parties: tuple[tuple[str, str], ...]) -> Names:
    shipped = data("programmes.toml")
    own: dict[str, object] = {"donors": {code: [called] for code, called in parties}}
    if short_name not in {entry["id"] for entry in shipped["programmes"]}:
        own["programmes"] = [{"id": short_name, "names": [name, short_name]}]
    return names_of([shipped, own])


def look_over(read: ReadBytes, described: Described, programme: Programme) -> LookedOver:
    """Say what a report would be read in as. Nothing is kept."""
    text, markup = text_of(read.text), read.facts
    facts = Facts(
        published=described.published_on or _day_of(markup.get("published", "")),
        title=described.title or markup.get("title", ""),
        language=described.language or markup.get("language", "")[:2],
        outlet=described.outlet or markup.get("outlet", ""),
        author=described.author or markup.get("author", ""),
    )
    report = read_report(text, facts, names_for(programme))
    described = replace(
        described,
        title=described.title or report.facts.title,
        outlet=described.outlet or report.facts.outlet,
        author=described.author or report.facts.author,
        published_on=described.published_on or report.facts.published,
        language=report.facts.language,
        address=described.address or markup.get("address", ""),
    )
    return LookedOver(
        read=read,
        report=report,
        described=described,
        stated=_stated(text, described, report.facts, programme),
    )


def _day_of(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        return None


def _stated(
    text: StoredText, described: Described, facts: Facts, programme: Programme
) -> dict[str, list[int]]:
    """Give the places at which a text states the facts of its report itself."""
    places: dict[str, list[int]] = {}
    for name in ("title", "outlet", "author"):
        found = facts.stated.get(name) or find_words(text.stored, getattr(described, name))
        if found is not None:
            places[name] = [found.start, found.end]
    if described.published_on is not None:
        reader = FieldReader(text, names_for(programme), language=described.language)
        for day in reader.days():
            if day.first == day.last == described.published_on:
                span = text.stored_span(day.span.start, day.span.end)
                places["published_on"] = [span.start, span.end]
                break
    return places


def documents_of(programme: ProgrammeRecord) -> list[DocumentRecord]:
    """Give the reports of a programme, the newest first, without their texts."""
    return list(DocumentRecord.objects.filter(programme=programme).defer("text").order_by("-pk"))


def reprints_of(document: DocumentRecord) -> list[Likeness]:
    """Name the other reports of the programme that are the same text, or nearly."""
    others = DocumentRecord.objects.filter(programme=document.programme_id).exclude(pk=document.pk)
    return reprints(document.sketch, dict(others.values_list("ref", "sketch")))


def reader_for(document: DocumentRecord, programme: Programme) -> FieldReader:
    """Give what reads fields in a stored text."""
    return FieldReader(
        text_of(document.text),
        names_for(programme),
        language=document.language,
        published=document.published_on,
        noise=document.noise_spans,
    )


@dataclass(frozen=True, slots=True)
class ShownCandidate:
    """A candidate as it is now: the claim that was made of it, or that it was rejected, and what it meets."""

    row: CandidateRecord
    claim: ClaimRecord | None
    is_rejected: bool
    met: Sequence[Encounter]

    @property
    def is_open(self) -> bool:
        return self.claim is None and not self.is_rejected


def candidates_of(document: DocumentRecord, index: JoinedIndex) -> list[ShownCandidate]:
    """Give the candidates of a report: those that contradict what is known first, then all others as they stand."""
    rows = list(document.candidates.all())
    claims = {
        claim.candidate_id: claim
        for claim in ClaimRecord.objects.filter(document=document).exclude(state=ClaimState.WITHDRAWN)
    }
    verdicts = dict(
        ClaimDecision.objects.filter(document=document, candidate__isnull=False)
        .order_by("pk")
        .values_list("candidate_id", "verdict")
    )
    money = money_claims(rows, document, "candidate ")
    beside = told_sums(money.values())
    shown = []
    for row in rows:
        claim = claims.get(row.pk)
        is_rejected = claim is None and verdicts.get(row.pk) == "reject"
        is_open = claim is None and not is_rejected
        met = index.encounters(money[row.pk], beside) if is_open and row.pk in money else []
        shown.append(ShownCandidate(row, claim, is_rejected, met))
    return sorted(shown, key=lambda meeting: (not meeting.is_open, not meeting.met, meeting.row.number))


def money_claims(
    rows: Sequence[CandidateRecord | ClaimRecord], document: DocumentRecord, prefix: str
) -> dict[int, MoneyClaim]:
    """Give the claims of money among rows of one report in the form in which they are compared, by their numbers."""
    money = {row.pk: candidate_of(row.to_value()) for row in rows if row.kind in MONEY_KINDS}
    facts = Facts(published=document.published_on)
    same: dict[Span, list[Candidate]] = {}
    for candidate in money.values():
        if candidate.equivalent_of is not None:
            same.setdefault(candidate.equivalent_of, []).append(candidate)
    found = {}
    for pk, candidate in money.items():
        beside = (candidate, *same.get(candidate.span, ()))
        extraction = Extraction(facts=facts, candidates=beside, quotations=(), noise=())
        found[pk] = replace(claims_of("", document.ref, extraction)[0], id=f"{prefix}{pk}")
    return found


def claims_that_hold(programme: str) -> list[ClaimRecord]:
    """Give the claims of a programme that hold, with their reports, in the order in which they were made."""
    held = ClaimRecord.objects.filter(programme__slug=programme, state=ClaimState.HOLDS)
    return list(held.select_related("document").defer("document__text"))


def with_whole_reports(claims: Iterable[ClaimRecord]) -> None:
    """Put whole reports behind claims that were read without their texts, each report read once."""
    rows = list(claims)
    documents = DocumentRecord.objects.select_related("programme").in_bulk({row.document_id for row in rows})
    for row in rows:
        row.document = documents[row.document_id]


def all_money_claims(programme: str) -> list[MoneyClaim]:
    """Give what all claims of money say that hold, each under its reference."""
    return money_said(claims_that_hold(programme))


def money_said(claims: Iterable[ClaimRecord]) -> list[MoneyClaim]:
    """Give what claims of money say, each under its reference."""
    by_document: dict[int, list[ClaimRecord]] = {}
    for claim in claims:
        by_document.setdefault(claim.document_id, []).append(claim)
    found: list[MoneyClaim] = []
    for rows in by_document.values():
        refs = {row.pk: row.ref for row in rows}
        money = money_claims(rows, rows[0].document, "")
        found.extend(replace(claim, id=f"claim {refs[pk]}") for pk, claim in money.items())
    return found


def claim_index(record: Snapshot) -> ClaimIndex:
    """Give the claims that hold, to be met; kept until the next decision."""
    programme = record.programme.slug
    decisions = ClaimDecision.objects.filter(document__programme__slug=programme)
    last = decisions.aggregate(last=Max("pk"))["last"]
    found: ClaimIndex = record.derived(("claims", last), lambda: ClaimIndex(all_money_claims(programme)))
    return found


def known_index(record: Snapshot) -> JoinedIndex:
    """Give all that a new claim may meet: claims that hold, announcements and totals of the record."""
    rows: ClaimIndex = record.derived(
        "claims of the record", lambda: ClaimIndex(record_claims(record).values())
    )
    return claim_index(record).and_also(rows)


def record_claims(record: Snapshot) -> dict[str, MoneyClaim]:
    """Give the rows of the record that are compared with claims: `announcement A1`, `stated-total` and its place."""

    def made() -> dict[str, MoneyClaim]:
        name = record.programme.short_name
        totals = ((str(place), total) for place, total in enumerate(record.record.stated_totals))
        rows = [
            *(("announcement", claim) for claim in announced_claims(record.record.announcements, name)),
            *(("stated-total", claim) for claim in stated_claims(totals, name)),
        ]
        named = (replace(claim, id=f"{noun} {claim.id}") for noun, claim in rows)
        return {claim.id: claim for claim in named}

    found: dict[str, MoneyClaim] = record.derived("rows as claims", made)
    return found


def otherwise_of(names: Iterable[str], record: Snapshot) -> dict[str, list[Encounter]]:
    """Give the claims of reports that say otherwise than rows of the record: they contradict them, or differ."""
    index = claim_index(record)
    if index.is_empty:
        return {}
    rows = record_claims(record)
    return {
        name: [
            met
            for met in index.encounters(rows[name])
            if met.relation in (LinkRelation.CONTRADICT, LinkRelation.DIFFER)
        ]
        for name in names
        if name in rows
    }


def may_decide(person: Person, programme: str) -> bool:
    return may(person, Act.EDIT_RECORD, programme)


def visible_claims(person: Person, programme: ProgrammeRecord) -> QuerySet[ClaimRecord]:
    """Give the claims that somebody may see, without texts: those that hold; all of them to those who decide."""
    rows = ClaimRecord.objects.filter(programme=programme).select_related("document").defer("document__text")
    rows = rows.prefetch_related("uses")
    return rows if may_decide(person, programme.slug) else rows.filter(state=ClaimState.HOLDS)
