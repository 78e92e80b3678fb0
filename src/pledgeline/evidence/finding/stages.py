"""How far the money has come, as the verb says that governs a sum."""

from dataclasses import dataclass

from pledgeline.evidence.finding.candidates import StatedStage
from pledgeline.evidence.finding.words import Words
from pledgeline.evidence.reading.texts import Span

_ORDER = (
    StatedStage.CONTRIBUTED,
    StatedStage.DELIVERED,
    StatedStage.PLEDGED,
    StatedStage.PROPOSED,
    StatedStage.NEGOTIATION,
    StatedStage.COMMITTED,
)
_DONE_ALREADY = (StatedStage.CONTRIBUTED, StatedStage.DELIVERED)


@dataclass(frozen=True, slots=True)
class GivingVerb:
    """A word of giving or promising, at its place."""

    span: Span
    stage: StatedStage
    is_infinitive: bool = False
    is_future: bool = False
    is_denied: bool = False
    is_maybe: bool = False


def verbs_in(seen: str, span: Span, words: Words) -> list[GivingVerb]:
    """Find the words of giving in a part of a text, in its order; of those at one place the first stage of the list."""
    verbs: dict[int, GivingVerb] = {}
    for stage in _ORDER:
        for match in words[f"stages.{stage.value}"].finditer(seen, span.start, span.end):
            if any(
                match.start() < verb.span.end and match.end() > verb.span.start for verb in verbs.values()
            ):
                continue
            verbs[match.start()] = _verb(seen, span, Span(match.start(), match.end()), stage, words)
    return [verbs[start] for start in sorted(verbs)]


def _verb(seen: str, within: Span, span: Span, stage: StatedStage, words: Words) -> GivingVerb:
    before = seen[max(within.start, span.start - 24) : span.start].rstrip()
    infinitive = any(
        match.end() == len(before) for match in words["stages.before_infinitive"].finditer(before)
    )
    infinitive = infinitive or bool(words["stages.infinitive"].fullmatch(seen[span.start : span.end]))
    future = bool(
        words["stages.future"].search(before[-14:])
        or words["stages.future"].fullmatch(seen, span.start, span.end)
    )
    denied = bool(words["stages.not_given"].search(before[-14:]))
    maybe = bool(words["stages.maybe"].search(before[-14:]))
    return GivingVerb(span, stage, infinitive, future, denied, maybe)


def governing(verbs: list[GivingVerb], money: Span, *, verb_last: bool = False) -> GivingVerb | None:
    """Choose the verb that governs a sum: the last one before it, or the one that an infinitive hangs on.

    "Pledged to provide" is a pledge; "plans to allocate" a plan. Where none stands before, the first one after.
    `verb_last` is how a language builds its sentences: in German the verb that counts stands at the end.
    """
    before = [verb for verb in verbs if verb.span.end <= money.start]
    if verb_last and verbs and verbs[-1].span.start >= money.end:
        before = verbs
    if before:
        index = len(before) - 1
        while index and before[index].is_infinitive and before[index - 1].stage not in _DONE_ALREADY:
            index -= 1
        return before[index]
    after = [verb for verb in verbs if verb.span.start >= money.end]
    if not after:
        return None
    return (
        after[-1]
        if after[0].is_infinitive and len(after) > 1 and after[1].span.start - after[0].span.end < 24
        else after[0]
    )


def stage_of(verb: GivingVerb) -> StatedStage:
    """Give the stage of a verb; what will be given has been promised, no more."""
    if verb.is_maybe and verb.stage not in (StatedStage.PROPOSED, StatedStage.NEGOTIATION):
        return StatedStage.PROPOSED
    if verb.is_future and verb.stage in _DONE_ALREADY:
        return StatedStage.PLEDGED
    return verb.stage
