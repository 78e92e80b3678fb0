"""The sentence of a claim with its words marked, and what stands behind a row of the record or a provision."""

from dataclasses import dataclass

from django.http import HttpRequest

from pledgeline.accounts.rights import Person
from pledgeline.evidence.deciding.marking import shown
from pledgeline.programme.settings import Programme
from pledgeline.queries.claim_uses import uses_of
from pledgeline.queries.reports import otherwise_of, reader_for
from pledgeline.records.models import ClaimRecord, ClaimUse, ProgrammeRecord
from pledgeline.web.addresses import address_of
from pledgeline.web.asked import Asked, visitor
from pledgeline.web.reports import words
from pledgeline.web.reports.common import ShownEncounter, shown_encounter, title_of
from pledgeline.web.reports.marked import marked_text

AROUND = 2
"""Units: sentences that are shown before and after that of a claim."""

LONGEST = 6_000
"""Units: characters. Where the words of a claim stand further apart its own sentence is shown alone."""


def excerpt_of(claim: ClaimRecord, settings: Programme) -> object:
    """Give the sentence of a claim with the words of its fields marked, and a little of what stands around it."""
    reader, value = reader_for(claim.document, settings), claim.to_value()
    spans = [value.span, *(field.span for field in value.fields.values())]
    first = reader.sentence_number(min(reader.seen_span(span).start for span in spans))
    last = reader.sentence_number(max(reader.seen_span(span).start for span in spans))
    sentences = reader.sentences
    start = sentences[max(0, first - AROUND)].start if sentences else 0
    end = sentences[min(len(sentences) - 1, last + AROUND)].end if sentences else 0
    if end - start > LONGEST:
        whole = reader.sentence_of(value.span)
        start, end = whole.start, whole.end
    else:
        around = reader.text.stored_span(start, end)
        start, end = around.start, around.end
    own = reader.sentence_of(value.span)
    marks = list(enumerate([own, *spans], start=1))
    classes = {number: "m-sentence" if number == 1 else "m-field" for number, _span in marks}
    return marked_text(claim.document.text, marks, classes=classes, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBehind:
    """A claim that stands behind a row, at its sentence; without the words where the licence forbids them."""

    ref: str
    href: str
    line: str
    excerpt: object
    start: int
    end: int
    outlet: str
    sha256: str


def behind(request: HttpRequest, asked: Asked, noun: str, *keys: str) -> list[ShownBehind]:
    """Give the claims that stand behind rows of a kind, each at its sentence."""
    person, settings = visitor(request), asked.programme
    found = []
    for use in uses_of(noun, keys, settings.slug):
        claim: ClaimRecord = use.claim
        document = claim.document
        found.append(
            ShownBehind(
                ref=claim.ref,
                href=address_of("claim", settings.slug, claim.ref),
                line=shown(words.line_of(claim.to_value(), settings)),
                excerpt=excerpt_of(claim, settings) if document.shows_text_to(person) else "",
                start=claim.start,
                end=claim.end,
                outlet=shown(document.outlet) or title_of(document),
                sha256=document.sha256,
            )
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedProvision:
    """A provision of an instrument that a claim of a report speaks of."""

    provision: str
    ref: str
    href: str
    outlet: str
    words: str


def behind_provisions(person: Person, instrument: str) -> list[CitedProvision]:
    """Give the claims that stand behind provisions of an instrument, of programmes that somebody may see."""
    uses = ClaimUse.objects.filter(
        noun="provision",
        key__startswith=f"{instrument}/",
        claim__programme__in=ProgrammeRecord.objects.visible_to(person),
    )
    found = []
    for use in uses.select_related("claim__document__programme", "claim__programme"):
        claim: ClaimRecord = use.claim
        document = claim.document
        found.append(
            CitedProvision(
                provision=use.key.partition("/")[2],
                ref=claim.ref,
                href=address_of("claim", claim.programme.slug, claim.ref),
                outlet=shown(document.outlet) or title_of(document),
                words=shown(document.text[claim.start : claim.end]) if document.shows_text_to(person) else "",
            )
        )
    return found


def said_otherwise(asked: Asked, name: str) -> list[ShownEncounter]:
    """Give the claims that say otherwise than a row of the record, in words."""
    return [shown_encounter(asked, met) for met in otherwise_of([name], asked.snapshot).get(name, ())]
