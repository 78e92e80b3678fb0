"""What a claim made by hand begins with: the words that somebody selected, and what their sentence names beside them.

It is a proposal like that of the rules: each place is shown in its field, and a person keeps it or chooses another.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pledgeline.evidence.deciding.claims import ClaimField, StatedKind
from pledgeline.evidence.deciding.reading_fields import FieldNotRead, FieldReader
from pledgeline.evidence.finding.candidates import MoneyRole
from pledgeline.evidence.finding.names import NameKind
from pledgeline.evidence.finding.stages import governing, verbs_in
from pledgeline.evidence.finding.words import data
from pledgeline.evidence.reading.texts import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The kind, the role and the places that a claim by hand begins with."""

    kind: StatedKind
    role: MoneyRole | None
    span: Span
    spans: Mapping[ClaimField, Span]


def begun_with(reader: FieldReader, span: Span) -> Started:
    """Begin a claim with a selection: a sum in it makes it a claim of money, words without one a statement."""
    spans: dict[ClaimField, Span] = {}
    try:
        spans[ClaimField.AMOUNT] = reader.read(ClaimField.AMOUNT, span, of=span).span
    except FieldNotRead:
        return Started(kind=StatedKind.STATEMENT, role=None, span=span, spans=_programme(reader, span))
    spans |= _programme(reader, span)
    seen = reader.seen_span(spans[ClaimField.AMOUNT])
    sentence = reader.sentences[reader.sentence_number(seen.start)]
    never = set(data("names.toml")["settings"]["never_pay"])
    never |= {programme.recipient for programme in reader.names.programmes.values()}
    payers = [
        naming
        for naming in reader.namings
        if sentence.start <= naming.start < seen.start
        and naming.kind in (NameKind.STATE, NameKind.ORGANISATION, NameKind.GROUP, NameKind.SEAT)
        and naming.id not in never
    ]
    verb = governing(verbs_in(reader.text.seen, sentence, reader.words), seen)
    if verb is not None and not verb.is_denied:
        spans[ClaimField.STAGE] = reader.text.stored_span(verb.span.start, verb.span.end)
    if payers:
        spans[ClaimField.DONORS] = reader.text.stored_span(payers[0].start, payers[-1].end)
    if payers and ClaimField.STAGE in spans:
        return Started(kind=StatedKind.CONTRIBUTION, role=MoneyRole.CONTRIBUTION, span=span, spans=spans)
    return Started(kind=StatedKind.MONEY_AMOUNT, role=MoneyRole.OTHER, span=span, spans=spans)


def _programme(reader: FieldReader, span: Span) -> dict[ClaimField, Span]:
    """Find the programme that is named last up to the end of the sentence."""
    end = (
        reader.sentences[reader.sentence_number(reader.seen_span(span).start)].end if reader.sentences else 0
    )
    kinds = (NameKind.PROGRAMME,)
    named = [naming for naming in reader.namings if naming.kind in kinds and naming.end <= end]
    if not named:
        return {}
    return {ClaimField.PROGRAMME: reader.text.stored_span(named[-1].start, named[-1].end)}
