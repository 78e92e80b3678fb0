"""Who gives a sum: each way by which a report names givers, the surest first."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pledgeline.evidence.finding import roles
from pledgeline.evidence.finding.candidates import FieldReason, MoneyRole, Reason
from pledgeline.evidence.finding.clauses import Payers
from pledgeline.evidence.finding.names import NameKind
from pledgeline.evidence.finding.parts import SumPart, collected_by_programme, gift_from
from pledgeline.evidence.finding.stages import GivingVerb
from pledgeline.evidence.reading.texts import Span


def donors_of(part: SumPart, verb: GivingVerb | None) -> tuple[str, ...]:
    """Find who gives: each way by which a sentence names givers is tried, the surest first."""
    suppliers, recipients = other_parties(part)
    shared = _respectively(part, recipients)
    if shared:
        return shared
    both = _both(part)
    if both:
        return both
    groups = [_without(group, recipients) for group in part.cell.payers]
    groups = [group for group in groups if group.ids]
    money = part.money.span
    received = part.report.words["stages.received"].search(
        part.report.seen, part.cell.span.start, part.cell.span.end
    )
    by = [group for group in groups if group.tie == "by" and not _sells(part, group, suppliers)]
    subjects = [
        group for group in groups if group.tie in ("subject", "thanked") and group.span.start < money.start
    ]
    subjects = [group for group in subjects if not (group.is_person and _only_says(part, group))]
    after = [group for group in groups if group.tie == "subject" and group.span.start >= money.end]
    if gift := gift_from(part):
        return _because(part, _without(gift, recipients), Reason.BY)
    if received and by:
        return _because(part, by[0], Reason.BY)
    beside = [group for group in groups if _APPOSED.fullmatch(part.report.seen, group.span.end, money.start)]
    beside = beside or [group for group in groups if _opens_item(part, group)]
    if beside:
        return _because(part, beside[-1], Reason.SUBJECT)
    if subjects:
        return _because(part, _nearest_subject(subjects, verb, money), Reason.SUBJECT)
    if signed := _signed_with(part, groups):
        return _because(part, signed, Reason.BY)
    if by:
        return _because(part, min(by, key=lambda group: abs(group.span.start - money.end)), Reason.BY)
    if after and _follows_verb(part, after[0]):
        return _because(part, after[0], Reason.AFTER_VERB)
    if collected_by_programme(part):
        return ()
    return _donors_from_elsewhere(part, recipients)


_APPOSED = re.compile(r"\s?(?:\(|:|–|—|-)\s?")
"""What stands between a giver and a sum in lists: "Italy (EUR 10 million)", "Italy: EUR 10 million"."""


def _opens_item(part: SumPart, group: Payers) -> bool:
    """Say whether names open an item of a list in a sentence: "zugesagt: Kanada 150 Millionen, Norwegen 125"."""
    seen = part.report.seen
    before = seen[max(0, group.span.start - 2) : group.span.start].rstrip()
    return before[-1:] in (":", ";", ",") and seen[group.span.end : part.money.span.start] == " "


def _both(part: SumPart) -> tuple[str, ...]:
    """Give the two last givers where the sentence says "both": "both countries will add 20 million each"."""
    seen, cell = part.report.seen, part.cell.span
    both = part.report.words["donors.both"].search(seen, cell.start, part.money.span.start)
    last = part.memory.givers[-2:]
    named = any(not id_.startswith("group:") for group in part.cell.payers for id_ in group.ids)
    if both is None or named or len(last) < 2 or not all(len(ids) == 1 for ids in last) or last[0] == last[1]:
        return ()
    part.why["donors"] = FieldReason(Reason.SENTENCE_BEFORE, Span(both.start(), both.end()))
    return (last[0][0], last[1][0])


def _signed_with(part: SumPart, groups: Sequence[Payers]) -> Payers | None:
    """Find with whom a gift or a loan was agreed: "signed an agreement with Japan on a grant of 15 billion"."""
    seen, words, money = part.report.seen, part.report.words, part.money.span
    for group in groups:
        if group.tie != "object" or group.span.end > money.start:
            continue
        before = Span(max(part.cell.span.start, group.span.start - 60), group.span.start)
        agreed = words["donors.signed"].search(seen, before.start, before.end)
        beside = words["donors.with"].search(seen, max(before.start, before.end - 24), before.end)
        if agreed and beside and words["donors.lent"].search(seen, group.span.end, money.start):
            return group
    return None


def _respectively(part: SumPart, recipients: frozenset[str]) -> tuple[str, ...]:
    """Give each of several sums its giver where the sentence says "respectively"."""
    if len(part.cells) < 2 or not part.report.words["donors.respectively"].search(
        part.report.seen, part.sentence.start, part.sentence.end
    ):
        return ()
    for group in part.payers:
        ids = [id_ for id_ in group.ids if id_ not in recipients]
        behind = [cell for cell in part.cells if cell.money.span.start >= group.span.end]
        cells = part.cells if len(ids) == len(part.cells) else behind
        if len(ids) == len(cells) > 1 and part.cell in cells:
            part.why["donors"] = FieldReason(Reason.SUBJECT, group.span)
            return (ids[cells.index(part.cell)],)
    return ()


def _donors_from_elsewhere(part: SumPart, recipients: frozenset[str]) -> tuple[str, ...]:
    """Look for givers outside the part of the sentence: the part before, the speaker, the sentence before."""
    seen, words, memory = part.report.seen, part.report.words, part.memory
    if part.before is not None and part.before.donors and part.number:
        part.why["donors"] = FieldReason(
            Reason.LIST, part.before.why["donors"].span if "donors" in part.before.why else None
        )
        return part.before.donors
    earlier = [
        _without(group, recipients) for group in part.payers if group.span.end <= part.cell.money.span.start
    ]
    earlier = [group for group in earlier if group.ids and group.tie in ("subject", "by", "thanked")]
    if earlier:
        return _because(part, earlier[-1], Reason.SUBJECT)
    if part.quoted is not None and words["donors.first_person"].search(
        seen, part.sentence.start, part.sentence.end
    ):
        side = _side_of(part)
        if side and side not in recipients:
            part.why["donors"] = FieldReason(Reason.SPEAKER, part.quoted.speaker_at)
            return (side,)
    recent = memory.payers is not None and part.index - memory.payers_at <= 2
    if recent and memory.payers is not None:
        ids = tuple(id_ for id_ in memory.payers[0] if id_ not in recipients)
        told_again = words["donors.anaphors"].search(seen, part.sentence.start, part.money.span.start)
        running = words["roles.running"].search(seen, part.cell.span.start, part.cell.span.end)
        named = any(not id_.startswith("group:") for id_ in ids)
        summed = roles.cue_in(seen, part.cell.span, words, MoneyRole.TOTAL, part.spared)
        if ids and ((bool(part.verbs or summed) and not (running and named)) or told_again):
            part.why["donors"] = FieldReason(Reason.SENTENCE_BEFORE, memory.payers[1])
            return ids
    titled = tuple(
        dict.fromkeys(
            naming.id
            for naming in part.report.title
            if naming.kind in (NameKind.STATE, NameKind.ORGANISATION)
            and naming.id not in recipients
            and naming.id not in part.report.never_pay
        )
    )
    if (
        len(titled) == 1
        and part.verbs
        and words["donors.anaphors"].search(seen, part.sentence.start, part.money.span.start)
    ):
        part.why["donors"] = FieldReason(Reason.TITLE)
        return titled
    return ()


def _because(part: SumPart, group: Payers, reason: Reason) -> tuple[str, ...]:
    part.why["donors"] = FieldReason(Reason.THANKED if group.tie == "thanked" else reason, group.span)
    return group.ids


def _only_says(part: SumPart, person: Payers) -> bool:
    """Say whether a person speaks of the money of others: "Whitaker said that allies had paid"."""
    seen, words = part.report.seen, part.report.words
    for match in words["speech.verbs"].finditer(seen, person.span.end, part.money.span.start):
        if not any(verb.span.start == match.start() for verb in part.verbs):
            return True
    return False


def _without(group: Payers, ids: frozenset[str]) -> Payers:
    return replace(group, ids=tuple(id_ for id_ in group.ids if id_ not in ids))


def _nearest_subject(subjects: Sequence[Payers], verb: GivingVerb | None, money: Span) -> Payers:
    """Choose the names right before the verb that governs; names before the sum where no verb stands between."""
    if verb is not None and verb.span.end <= money.start:
        before_verb = [group for group in subjects if group.span.end <= verb.span.start]
        if before_verb:
            return before_verb[-1]
    return subjects[-1]


def _follows_verb(part: SumPart, group: Payers) -> bool:
    """Say whether names stand right after a verb, as in "500 million was what announced Canada"."""
    return any(
        0 <= group.span.start - verb.span.end <= 12 or verb.span.start - group.span.end in range(16)
        for verb in part.verbs
    ) or (part.report.seen[part.money.span.end : group.span.start].strip(" ") in ("(", "–", "-", "—", ":"))


def _sells(part: SumPart, group: Payers, suppliers: frozenset[str]) -> bool:
    """Say whether money is spent at a supplier: "weapons bought from the United States"."""
    if not suppliers.intersection(group.ids):
        return False
    before = Span(part.cell.span.start, group.span.start)
    return bool(part.report.words["donors.buying"].search(part.report.seen, before.start, before.end))


def other_parties(part: SumPart) -> tuple[frozenset[str], frozenset[str]]:
    """Give who supplies and who receives: they are named in every such report and pay nothing by that."""
    programmes = part.report.names.programmes.values()
    suppliers = frozenset(id_ for programme in programmes for id_ in programme.suppliers)
    return suppliers, frozenset(programme.recipient for programme in programmes if programme.recipient)


def _side_of(part: SumPart) -> str:
    speaker = part.quoted.speaker if part.quoted is not None else ""
    return next(
        (
            naming.side
            for naming in part.report.namings
            if naming.kind is NameKind.PERSON and naming.id == speaker
        ),
        "",
    )
