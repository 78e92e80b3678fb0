"""What rules found in a report, as a person is shown it: claims whose fields can each be read where they stand.

A rule may give a field more than its place says, such as a giver that only the title names. What cannot be read
again from its place is left out of the proposal, and named.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pledgeline.evidence.deciding.claims import (
    FIELDS_OF,
    MONEY_KINDS,
    NEEDED,
    ROLES_OF,
    ClaimField,
    ReadField,
    StatedClaim,
    StatedKind,
)
from pledgeline.evidence.deciding.reading_fields import FieldNotRead, FieldReader
from pledgeline.evidence.finding.candidates import (
    Candidate,
    Extraction,
    Facts,
    MoneyRole,
    Quotation,
    StatedStage,
)
from pledgeline.evidence.finding.names import NameKind, Names
from pledgeline.evidence.finding.rules import extract
from pledgeline.evidence.reading.texts import Span, StoredText

MOST_CANDIDATES = 2_000
"""Candidates that one report brings. The longest that we have met had 190."""

_RULE_OF = {
    ClaimField.AMOUNT: "amount",
    ClaimField.DONORS: "donors",
    ClaimField.STAGE: "stage",
    ClaimField.PROGRAMME: "programme",
    ClaimField.RECIPIENT: "recipient",
    ClaimField.DAY: "date",
    ClaimField.ITEMS: "items",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A claim that is proposed, by whom, and the fields that were left out since their place does not say them."""

    claim: StatedClaim
    origin: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedReport:
    """A report as it is read in: what it says of itself, what is proposed, and what is no part of it."""

    facts: Facts
    proposals: tuple[Proposal, ...]
    extraction: Extraction
    dropped: int = 0
    """Candidates of which nothing was left that their words say."""


def read_report(text: StoredText, facts: Facts, names: Names) -> ProposedReport:
    """Read a report, and give every proposal that holds."""
    extraction = extract(text, facts, names)
    reader = reader_of(text, names, extraction.facts.language, extraction.facts.published, extraction)
    proposals: list[Proposal] = []
    dropped = 0
    for candidate in extraction.candidates:
        proposal = proposal_of(candidate, reader, extraction.quotations)
        if proposal is None or len(proposals) >= MOST_CANDIDATES:
            dropped += 1
        else:
            proposals.append(proposal)
    return ProposedReport(
        facts=extraction.facts, proposals=tuple(proposals), extraction=extraction, dropped=dropped
    )


def reader_of(
    text: StoredText, names: Names, language: str, published: date | None, extraction: Extraction
) -> FieldReader:
    noise = [part.span for part in extraction.noise]
    return FieldReader(text, names, language=language, published=published, noise=noise)


def proposal_of(
    candidate: Candidate, reader: FieldReader, quotations: Sequence[Quotation]
) -> Proposal | None:
    """Give the proposal that a candidate makes; nothing where its place does not say what it needs."""
    kind = StatedKind(candidate.kind.value)
    fields: dict[ClaimField, ReadField] = {}
    left_out: list[str] = []
    for name in FIELDS_OF[kind]:
        if not _has(candidate, name):
            continue
        found = _first_read(name, candidate, reader, quotations)
        if found is None:
            left_out.append(name.value)
        else:
            fields[name] = found
    if kind is StatedKind.CONTRIBUTION and ClaimField.DONORS not in fields:
        kind = StatedKind.MONEY_AMOUNT
        fields = {name: field for name, field in fields.items() if name in FIELDS_OF[kind]}
    if any(name not in fields for name in NEEDED.get(kind, ())):
        return None
    role = candidate.role if kind in MONEY_KINDS else None
    if kind in MONEY_KINDS and role not in ROLES_OF[kind]:
        role = MoneyRole.CONTRIBUTION if kind is StatedKind.CONTRIBUTION else MoneyRole.OTHER
    claim = StatedClaim(
        kind=kind, span=candidate.span, role=role, fields=fields, equivalent_of=candidate.equivalent_of
    )
    return Proposal(claim=claim, origin=candidate.origin, left_out=tuple(left_out))


def _has(candidate: Candidate, name: ClaimField) -> bool:
    match name:
        case ClaimField.AMOUNT:
            return candidate.money is not None
        case ClaimField.STAGE:
            return candidate.stage is not None and candidate.stage is not StatedStage.UNSPECIFIED
        case ClaimField.DAY:
            return candidate.day is not None
        case _:
            return bool(getattr(candidate, name.value))


def _first_read(
    name: ClaimField, candidate: Candidate, reader: FieldReader, quotations: Sequence[Quotation]
) -> ReadField | None:
    for span in _places(name, candidate, reader, quotations):
        try:
            found = reader.read(name, span, of=candidate.span)
        except FieldNotRead:
            continue
        if _says_the_same(name, found, candidate):
            return found
    return None


def _places(
    name: ClaimField, candidate: Candidate, reader: FieldReader, quotations: Sequence[Quotation]
) -> Iterable[Span]:
    """Give the places that a field may stand at: that of its rule first, then where the names of it stand."""
    if name is ClaimField.SPEAKER:
        yield from (
            quote.why.span
            for quote in quotations
            if quote.why is not None and quote.why.span is not None and quote.span.meets(candidate.span)
        )
        return
    why = candidate.why.get(_RULE_OF[name])
    if why is not None and why.span is not None:
        yield why.span
        if name is ClaimField.DONORS:
            yield from _named(reader, set(candidate.donors), within=reader.seen_span(why.span))
    elif name is ClaimField.PROGRAMME:
        yield from _named(reader, {candidate.programme}, within=Span(0, len(reader.text.seen)), first=True)


def _named(reader: FieldReader, ids: set[str], *, within: Span, first: bool = False) -> Iterable[Span]:
    namings = [
        naming
        for naming in reader.namings
        if within.start <= naming.start
        and naming.end <= within.end
        and (naming.side if naming.kind is NameKind.PERSON else naming.id) in ids
    ]
    if namings:
        last = namings[0] if first else namings[-1]
        yield reader.text.stored_span(namings[0].start, last.end)


def _says_the_same(name: ClaimField, found: ReadField, candidate: Candidate) -> bool:
    match name:
        case ClaimField.AMOUNT:
            money = candidate.money
            return money is not None and found.span == money.span
        case ClaimField.DONORS:
            return set(found.value) == set(candidate.donors)
        case ClaimField.DAY:
            return candidate.day is not None and bool(found.value == candidate.day.iso)
        case ClaimField.SPEAKER:
            return str(found.value).split()[-1:] == candidate.speaker.split()[-1:]
        case ClaimField.ITEMS:
            return True
        case _:
            return bool(found.value == str(getattr(candidate, name.value)))
