"""The extractor by rules: a text and what is known of it in, candidates with their places out.

Pure: no clock, no network, no model. The same text, facts, names and version give the same candidates.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pledgeline.evidence.finding.candidates import (
    Candidate,
    Extraction,
    Facts,
    FieldReason,
    Quotation,
    Reason,
)
from pledgeline.evidence.finding.contributions import money_claims
from pledgeline.evidence.finding.highlights import highlights
from pledgeline.evidence.finding.names import NameKind, Names, Naming
from pledgeline.evidence.finding.parts import Report
from pledgeline.evidence.finding.quotations import SeenQuotation, quotations_in
from pledgeline.evidence.finding.words import (
    byline_patterns,
    data,
    language_of,
    noise_patterns,
    words_of,
)
from pledgeline.evidence.reading.facts import facts_of
from pledgeline.evidence.reading.noise import Noise, noise_of
from pledgeline.evidence.reading.sentences import sentences
from pledgeline.evidence.reading.texts import Span, StoredText, meeting, merged


@cache
def _setting(name: str) -> frozenset[str]:
    return frozenset(data("names.toml")["settings"][name])


@cache
def _only_in() -> dict[str, str]:
    return dict(data("names.toml")["only_in"])


def extract(text: StoredText, facts: Facts, names: Names) -> Extraction:
    """Propose the claims of a report.

    Shape:   candidates and quotations in the order of the text, all places in `text.stored`.
    """
    seen = text.seen
    language = facts.language[:2].lower() or language_of(seen)
    words = words_of(language)
    noise = noise_of(seen, noise_patterns())
    masked = merged(entry.span for entry in noise if entry.masks)
    facts = facts_of(seen, replace(facts, language=language), masked, byline_patterns())
    only_in = _only_in()
    namings = [
        naming
        for naming in names.in_text(seen)
        if only_in.get(seen[naming.start : naming.end].lower(), language) == language
    ]
    title = names.in_text(facts.title) if facts.title else []
    elsewhere = [
        *title,
        *(names.in_text(facts.context[:200_000]) if facts.context not in ("", seen) else namings),
    ]
    quotations = quotations_in(seen, words, namings, facts.context)
    report = Report(
        seen=seen,
        words=words,
        names=names,
        sentences=[part for part in sentences(seen) if not _is_masked(part, masked)],
        namings=namings,
        masked=masked,
        quotations=quotations,
        published=facts.published,
        title=title,
        elsewhere=_programmes(elsewhere),
        never_pay=_setting("never_pay"),
        open_groups=_setting("open_groups"),
    )
    candidates = sorted(
        [*money_claims(report), *highlights(report)], key=lambda claim: (claim.span, claim.kind)
    )
    return Extraction(
        facts=replace(facts, stated={name: _placed(text, span) for name, span in facts.stated.items()}),
        candidates=tuple(_stored(claim, text) for claim in candidates),
        quotations=tuple(_stored_quotation(quote, text) for quote in quotations),
        noise=tuple(Noise(entry.kind, _placed(text, entry.span), entry.masks) for entry in noise),
    )


def _programmes(namings: Sequence[Naming]) -> frozenset[str]:
    return frozenset(naming.id for naming in namings if naming.kind is NameKind.PROGRAMME)


def _is_masked(part: Span, masked: Sequence[Span]) -> bool:
    return any(mask.start <= part.start and part.end <= mask.end for mask in meeting(masked, part))


def _stored(claim: Candidate, text: StoredText) -> Candidate:
    """Give a candidate the places of the stored text."""
    if not text.places:
        return claim

    same, money, day = claim.equivalent_of, claim.money, claim.day
    return replace(
        claim,
        span=_placed(text, claim.span),
        money=replace(money, span=_placed(text, money.span)) if money else None,
        day=replace(day, span=_placed(text, day.span)) if day else None,
        equivalent_of=_placed(text, same) if same else None,
        why={
            name: FieldReason(entry.reason, _placed(text, entry.span) if entry.span else None)
            for name, entry in claim.why.items()
        },
    )


def _placed(text: StoredText, span: Span) -> Span:
    return text.stored_span(span.start, span.end)


def _stored_quotation(quote: SeenQuotation, text: StoredText) -> Quotation:
    why = None
    if quote.speaker_at is not None:
        why = FieldReason(Reason.NAMED, _placed(text, quote.speaker_at))
    return Quotation(_placed(text, quote.span), quote.speaker, why)
