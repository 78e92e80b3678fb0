"""Into which programme a sum goes: named in its part of the sentence, meant by it, or spoken of before."""

from functools import lru_cache

from pledgeline.evidence.finding import roles
from pledgeline.evidence.finding.candidates import FieldReason, Reason
from pledgeline.evidence.finding.names import NameKind, Naming
from pledgeline.evidence.finding.parts import REMEMBERED, SumPart
from pledgeline.evidence.finding.words import words_of
from pledgeline.evidence.reading.texts import Span


def programme_of(part: SumPart) -> str:
    """Find the programme: named in the sentence, meant by it, or spoken of shortly before and not left since."""
    seen, words, memory, money = part.report.seen, part.report.words, part.memory, part.money.span
    named = [naming for naming in part.namings if naming.kind is NameKind.PROGRAMME]
    inside = [
        naming
        for naming in named
        if part.cell.span.start <= naming.start and naming.end <= part.cell.span.end
    ]
    apart = words["roles.apart"].search(seen, part.cell.span.start, money.start)
    if apart and 0 <= money.start - apart.end() <= _BESIDE:
        return ""
    if inside:
        nearest = min(inside, key=lambda naming: max(naming.start - money.end, money.start - naming.end))
        part.why["programme"] = FieldReason(Reason.NAMED, Span(nearest.start, nearest.end))
        return nearest.id
    other_purpose = _other_purpose(part)
    if named and all(_is_of_other_sum(part, naming) for naming in named):
        return ""
    named = [naming for naming in named if not _is_of_other_sum(part, naming)]
    if named and not ((apart or other_purpose) and part.number):
        part.why["programme"] = FieldReason(Reason.NAMED, Span(named[-1].start, named[-1].end))
        return named[-1].id
    if named:
        return ""
    meant = [naming for naming in part.namings if naming.kind is NameKind.PROGRAMME_WORDS]
    known = part.report.elsewhere | ({memory.programme[0]} if memory.programme else set())
    for naming in meant:
        if naming.id in known:
            part.why["programme"] = FieldReason(Reason.WORDS, Span(naming.start, naming.end))
            return naming.id
    general = words["roles.general_purpose"].search(seen, part.cell.span.start, part.cell.span.end)
    if other_purpose or apart or general:
        return ""
    fund = words["roles.fund_again"].search(seen, part.cell.span.start, part.cell.span.end)
    if memory.programme is not None and (fund or part.index - memory.programme_at <= REMEMBERED):
        part.why["programme"] = FieldReason(Reason.SENTENCE_BEFORE, memory.programme[1])
        return memory.programme[0]
    if (following := _named_behind(part)) is not None:
        part.why["programme"] = FieldReason(Reason.SENTENCE_AFTER, Span(following.start, following.end))
        return following.id
    titled = {naming.id for naming in part.report.title if naming.kind is NameKind.PROGRAMME}
    if len(titled) == 1 or (
        len(part.report.elsewhere) == 1 and _speaks_again(seen, part.sentence, words.language)
    ):
        part.why["programme"] = FieldReason(Reason.TITLE)
        return next(iter(titled or part.report.elsewhere))
    return ""


@lru_cache(maxsize=2)  # every sum of a sentence asks the same
def _speaks_again(seen: str, sentence: Span, language: str) -> bool:
    """Say whether a sentence speaks of money that was spoken of before."""
    words = words_of(language)
    return any(
        not words["roles.more_new"].search(seen, max(sentence.start, match.start() - 14), match.start())
        for match in words["roles.again"].finditer(seen, sentence.start, sentence.end)
    )


def _named_behind(part: SumPart) -> Naming | None:
    """Find the programme that the next sentence says the money is of: "The money comes from the ERA loan"."""
    report = part.report
    if part.index + 1 >= len(report.sentences) or part.number + 1 < len(part.cells):
        return None
    following = report.sentences[part.index + 1]
    if not report.words["roles.money_again"].match(report.seen, following.start, following.end):
        return None
    return next(
        (
            naming
            for naming in report.namings
            if naming.kind is NameKind.PROGRAMME
            and following.start <= naming.start
            and naming.end <= following.end
        ),
        None,
    )


def _is_of_other_sum(part: SumPart, programme: Naming) -> bool:
    """Say whether a programme named behind this part belongs to the sum there, and not to all sums of the sentence.

    It belongs to all where it closes the sentence and this sum has no purpose of its own: "Canada ($500m) and Germany
    ($500m) contributed to PURL".
    """
    own_end = part.cell.span.end
    if _is_bound(part, programme):
        return True
    if part.number + 1 < len(part.cells) and roles.BRACKET.match(part.report.seen, part.money.span.end):
        own_end = part.cells[part.number + 1].span.end
    if programme.start < own_end:
        return False
    last = part.cells[-1]
    purpose = part.report.words["roles.purpose"].match(
        part.report.seen, part.money.span.end + 1, part.cell.span.end
    )
    own = Span(part.money.span.end, part.cell.span.end)
    purpose = purpose or part.report.words["roles.general_purpose"].search(
        part.report.seen, own.start, own.end
    )
    return purpose is not None or (programme.start < last.money.span.end and len(part.cells) > 1)


def _is_bound(part: SumPart, programme: Naming) -> bool:
    """Say whether a programme is bound to another sum: behind it in brackets or among several, or past a semicolon."""
    seen, money = part.report.seen, part.money.span
    several = len({naming.id for naming in part.namings if naming.kind is NameKind.PROGRAMME}) > 1
    for cell in part.cells:
        if cell.money.span.end <= programme.start < cell.span.end and cell.money is not part.money:
            left = seen[max(cell.span.start, cell.money.span.start - 24) : programme.start]
            if several or left.count("(") > left.count(")"):
                return True
    between = seen[money.end : programme.start] if programme.start > money.end else ""
    return ";" in between and part.number + 1 < len(part.cells)


_BESIDE = 12
"""Units: characters. "On top of the 615 million": these words speak of this sum."""


def _other_purpose(part: SumPart) -> bool:
    """Say whether a part of a sentence names a purpose that is not the programme's own."""
    seen, own = part.report.seen, part.memory.programme[0] if part.memory.programme else ""
    words, cell = part.report.words, part.cell.span
    source = words["speech.according"].search(seen, part.money.span.end, cell.end)
    named = source is not None and seen[: source.start()][-3:].rstrip().endswith(",")
    end = source.start() if source and named else cell.end  # ", according to the budget office" is no purpose
    for match in words["roles.apart_purposes"].finditer(seen, cell.start, end):
        place = Span(match.start(), match.end())
        if any(place.meets(name) for name in part.spared):
            continue
        if match[0][:5].lower() not in part.report.names.stems_of(own):
            return True
    return False
