"""Sentences that a person should look at: what is asked for, what is guaranteed, what happens next.

For these the rules only mark the sentence and name what they saw; the person fills in the form.
"""

import re
from bisect import bisect_left

from pledgeline.evidence.finding.candidates import Candidate, ClaimKind, FieldReason, Reason
from pledgeline.evidence.finding.names import NameKind
from pledgeline.evidence.finding.parts import Report
from pledgeline.evidence.reading.texts import Span

_QUANTITY = re.compile(r"(?<![\w.,$€£])(\d{1,3}(?:[ ,.]\d{3})+|\d{1,7})(?:-|\s+)(?:[^\W\d_]+[ -]){0,2}$")
_MOST_ITEMS = 40


def highlights(report: Report) -> list[Candidate]:
    """Mark requirement items, guarantee terms and process steps, sentence by sentence."""
    claims: list[Candidate] = []
    programme = ""
    starts = [naming.start for naming in report.namings]
    for sentence in report.sentences:
        here = report.namings[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        named = next((naming.id for naming in here if naming.kind is NameKind.PROGRAMME), "")
        programme = named or programme
        claims.extend(_items(report, sentence, programme))
        claims.extend(_marked(report, sentence, programme))
    return claims


def _items(report: Report, sentence: Span, programme: str) -> list[Candidate]:
    seen, words = report.seen, report.words
    items: list[tuple[str, int | None]] = []
    places: list[Span] = []
    for match in words["highlights.items"].finditer(seen, sentence.start, sentence.end):
        quantity = _QUANTITY.search(seen[max(sentence.start, match.start() - 40) : match.start()])
        number = int(re.sub(r"\D", "", quantity[1])) if quantity else None
        items.append((match[0], number))
        places.append(Span(match.start() - (len(quantity[0]) if quantity else 0), match.end()))
    framed = words["highlights.item_frames"].search(seen, sentence.start, sentence.end)
    if not items or not (len(items) > 1 or any(number for _, number in items) or (framed and programme)):
        return []
    if not (framed or len(items) > 1):
        return []
    span = Span(places[0].start, places[-1].end)
    why = {"items": FieldReason(Reason.ITEM, span)}
    if framed:
        why["kind"] = FieldReason(Reason.CUE, Span(framed.start(), framed.end()))
    return [
        Candidate(
            kind=ClaimKind.REQUIREMENT_ITEM,
            span=span,
            programme=programme,
            items=tuple(items[:_MOST_ITEMS]),
            why=why,
        )
    ]


def _marked(report: Report, sentence: Span, programme: str) -> list[Candidate]:
    claims = []
    seen, words = report.seen, report.words
    guarantee = words["highlights.guarantee"].search(seen, sentence.start, sentence.end)
    promise = words["highlights.promise"].search(seen, sentence.start, sentence.end)
    if guarantee and promise:
        why = {
            "kind": FieldReason(Reason.CUE, Span(guarantee.start(), guarantee.end())),
            "stage": FieldReason(Reason.VERB, Span(promise.start(), promise.end())),
        }
        claims.append(Candidate(kind=ClaimKind.GUARANTEE_TERM, span=sentence, why=why))
    step = words["highlights.process"].search(seen, sentence.start, sentence.end)
    if step and (programme or guarantee):
        why = {"kind": FieldReason(Reason.CUE, Span(step.start(), step.end()))}
        claims.append(Candidate(kind=ClaimKind.PROCESS_STEP, span=sentence, programme=programme, why=why))
    return claims
