"""One sum in its sentence, with all that a rule may look at, and what the sentences before have said."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from pledgeline.evidence.finding.amounts import StatedSum
from pledgeline.evidence.finding.candidates import Candidate, ClaimKind, FieldReason, MoneyRole, StatedStage
from pledgeline.evidence.finding.clauses import Cell, Payers
from pledgeline.evidence.finding.names import NameKind, Names, Naming
from pledgeline.evidence.finding.quotations import SeenQuotation
from pledgeline.evidence.finding.stages import GivingVerb, governing
from pledgeline.evidence.finding.words import Words
from pledgeline.evidence.reading.texts import Span

_LIST_LINE = 160
"""Units: characters. A line of a list of givers is no longer."""

_VERB_AFTER = 24
"""Units: characters between a subject and its verb."""

REMEMBERED = 3
"""Units: sentences. A programme or giver that was named longer ago is not spoken of any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the rules see of one report."""

    seen: str
    words: Words
    names: Names
    sentences: Sequence[Span]
    namings: Sequence[Naming]
    masked: Sequence[Span]
    quotations: Sequence[SeenQuotation]
    published: date | None
    title: Sequence[Naming]
    elsewhere: frozenset[str]
    never_pay: frozenset[str]
    open_groups: frozenset[str]


@dataclass(slots=True)
class Memory:
    """What the sentences before have said: the last sum, givers, verb and programme."""

    money: StatedSum | None = None
    money_at: int = -9
    claim: Candidate | None = None
    gift: Candidate | None = None
    gift_at: int = -9
    joint: Candidate | None = None
    joint_at: int = -9
    payers: tuple[tuple[str, ...], Span] | None = None
    payers_at: int = -9
    givers: list[tuple[str, ...]] = field(default_factory=list)
    stage: tuple[StatedStage, Span] | None = None
    stage_at: int = -9
    programme: tuple[str, Span] | None = None
    programme_at: int = -9


@dataclass(slots=True, kw_only=True)
class SumPart:
    """One sum in its sentence, while its fields are being decided."""

    report: Report
    memory: Memory
    index: int
    sentence: Span
    cell: Cell
    cells: Sequence[Cell]
    number: int
    payers: Sequence[Payers]
    namings: Sequence[Naming]
    verbs: Sequence[GivingVerb]
    spared: list[Span]
    before: Candidate | None
    quoted: SeenQuotation | None
    why: dict[str, FieldReason] = field(default_factory=dict)

    @property
    def money(self) -> StatedSum:
        return self.cell.money


def whole_of(part: SumPart) -> Candidate | None:
    """Give the contribution that a part is a part of: the last one of the sentence, or of one of the two before."""
    before = part.before
    given = before is None or before.kind is ClaimKind.CONTRIBUTION
    if not given and before is not None and before.role is not MoneyRole.FX_EQUIVALENT:
        return None  # a part of a need, or of what nobody gives
    return part.memory.gift if part.index - part.memory.gift_at <= 2 else None


def collected_by_programme(part: SumPart) -> Span | None:
    """Find the verb by which a programme itself has collected a sum: "the initiative raised €1.4 billion"."""
    seen, words, money = part.report.seen, part.report.words, part.money.span
    ends = [
        naming.end
        for naming in part.namings
        if naming.kind is NameKind.PROGRAMME and part.cell.span.start <= naming.start < money.start
    ]
    ends += [
        match.end() for match in words["roles.fund_again"].finditer(seen, part.cell.span.start, money.start)
    ]
    for end in ends:
        if verb := words["stages.collected"].search(seen, end, min(money.start, end + _VERB_AFTER)):
            return Span(verb.start(), verb.end())
    return None


def has_verb(part: SumPart, *, nouns: bool = True) -> bool:
    cell = part.cell.span
    return any(
        cell.start <= verb.span.start and verb.span.end <= cell.end and (nouns or not verb.is_noun)
        for verb in part.verbs
    )


def has_own_day(part: SumPart) -> bool:
    day = part.why.get("date")
    return (
        day is not None
        and day.span is not None
        and part.cell.span.start <= day.span.start < part.cell.span.end
    )


def gift_from(part: SumPart) -> Payers | None:
    """Give whose gift a sum is said to be right behind it: "a deal on 127 million euros of grants from Norway"."""
    seen, words, end = part.report.seen, part.report.words, part.money.span.end
    for group in part.cell.payers:
        near = group.tie == "by" and 0 <= group.span.start - end <= _VERB_AFTER
        if near and words["donors.gifts"].search(seen, end, group.span.start):
            return group
    return None


def clause_end(part: SumPart) -> int:
    """Give where the clause of a sum ends in a language that puts the verb last: at the comma behind that verb."""
    cell, money = part.cell.span, part.money.span
    if part.report.words.language != "de":
        return cell.end
    after = [
        verb.span.end for verb in part.verbs if money.end <= verb.span.start and verb.span.end <= cell.end
    ]
    comma = part.report.seen.find(",", min(after), cell.end) if after else -1
    return comma if comma >= 0 else cell.end


def verb_of(part: SumPart) -> GivingVerb | None:
    """Find the verb that governs a sum: in its part of the sentence, or carried over from the part before."""
    inside = [
        verb
        for verb in part.verbs
        if part.cell.span.start <= verb.span.start and verb.span.end <= part.cell.span.end
    ]
    verb_last = part.report.words.language == "de"
    inside = [verb for verb in inside if verb.span.end <= clause_end(part)]
    verb = governing(inside, part.money.span, verb_last=verb_last)
    if verb is not None:
        return verb
    before = [verb for verb in part.verbs if verb.span.end <= part.cell.span.start]
    if before and part.number:
        return governing(before, part.money.span)
    after = [verb for verb in part.verbs if verb.span.start >= part.cell.span.end]
    if after and part.report.seen[part.money.span.end : part.money.span.end + 1] == ")":
        return after[0]
    return after[-1] if after and verb_last else None


def stage_of_list(part: SumPart) -> tuple[StatedStage, Span] | None:
    """Give the stage of a list that goes on: "Germany - EUR 500 million", below a sentence that says who gave."""
    if part.memory.stage is None or has_verb(part) or part.index - part.memory.stage_at > REMEMBERED:
        return None
    return part.memory.stage if part.sentence.end - part.sentence.start <= _LIST_LINE else None
