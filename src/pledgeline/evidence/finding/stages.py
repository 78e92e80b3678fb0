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
    is_noun: bool = False
    """"A contribution", "plans", "Finanzierung": what somebody does with it is said by the verb before."""
    is_withheld: bool = False
    """Refused, cancelled or blocked: nothing is given."""
    is_pending: bool = False
    """Not done yet: what was promised is still owed."""


def verbs_in(seen: str, span: Span, words: Words) -> list[GivingVerb]:
    """Find the words of giving in a part of a text, in its order; of those at one place the first stage of the list."""
    verbs: dict[int, GivingVerb] = {}
    for match in words["stages.withheld"].finditer(seen, span.start, span.end):
        refused = Span(match.start(), match.end())
        pending = words["stages.pending"].fullmatch(seen, match.start(), match.end()) is not None
        verbs[match.start()] = GivingVerb(
            refused, StatedStage.PROPOSED, is_denied=True, is_withheld=True, is_pending=pending
        )
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
    infinitive = infinitive or bool(
        words["stages.at_end"].fullmatch(seen, span.start, span.end)
        and words["stages.modals"].search(seen, within.start, span.start)
    )
    noun = bool(words["stages.nominal"].fullmatch(seen, span.start, span.end))
    if noun and not seen[span.start].isupper() and not infinitive:
        noun = not words["stages.future"].search(before[-6:])
    return GivingVerb(span, stage, infinitive, future, denied, maybe, noun)


def governing(verbs: list[GivingVerb], money: Span, *, verb_last: bool = False) -> GivingVerb | None:
    """Choose the verb that governs a sum: the last one before it, or the one that an infinitive hangs on.

    "Pledged to provide" and "pledged funding" are a pledge; "plans to allocate" is a plan; "refused to pay" is nothing
    that is given. Where none stands before, the first one after.
    `verb_last` is how a language builds its sentences: in German the verb that counts stands at the end.
    """
    before = [verb for verb in verbs if verb.span.end <= money.start]
    if verb_last and verbs and verbs[-1].span.start >= money.end:
        before = verbs
    if before:
        index = len(before) - 1
        while index and _hangs_on(before[index], before[index - 1]):
            index -= 1
        told = next((verb for verb in verbs if verb.span.start >= money.end and not verb.is_noun), None)
        gap = told.span.start - money.end if told is not None else _REACH
        beside = gap <= 1 and before[index].stage is StatedStage.COMMITTED and not before[index].is_withheld
        owed = before[index].is_pending and told is not None and told.stage is StatedStage.PLEDGED
        if told is not None and (
            (owed and gap <= _NEXT) or beside or (before[index].is_noun and gap <= _NEXT)
        ):
            return told  # "comes on top of the 25 million paid last winter"
        return before[index]
    after = [verb for verb in verbs if verb.span.start >= money.end]
    if not after:
        return None
    return (
        after[-1]
        if after[0].is_infinitive and len(after) > 1 and after[1].span.start - after[0].span.end < 24
        else after[0]
    )


_NEXT = 24
"""Units: characters. "A contribution of 5 million was paid": the verb behind the sum says more than the noun."""

_REACH = 60
"""Units: characters between a verb and the noun or infinitive that hangs on it."""


def _hangs_on(verb: GivingVerb, head: GivingVerb) -> bool:
    near = verb.span.start - head.span.end <= _REACH
    return (verb.is_noun and near) or (
        verb.is_infinitive and (head.is_withheld or head.stage not in _DONE_ALREADY)
    )


def stage_of(verb: GivingVerb) -> StatedStage:
    """Give the stage of a verb; what will be given has been promised, no more."""
    if verb.is_maybe and verb.stage not in (StatedStage.PROPOSED, StatedStage.NEGOTIATION):
        return StatedStage.PROPOSED
    if verb.is_future and verb.stage in _DONE_ALREADY:
        return StatedStage.PLEDGED
    return verb.stage
