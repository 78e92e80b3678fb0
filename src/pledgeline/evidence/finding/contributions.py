"""Claims of money: who gives how much, how far it has come, into which programme, and what the sum is.

Each field is decided by a named rule, and carries its place. What a rule does not understand stays empty.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from pledgeline.evidence.finding import roles
from pledgeline.evidence.finding.amounts import Money, money_in, principal
from pledgeline.evidence.finding.candidates import Candidate, ClaimKind, MoneyRole, Reason, StatedStage, Why
from pledgeline.evidence.finding.clauses import Cell, Payers, cells_of, payers_in
from pledgeline.evidence.finding.days import StatedDay, days_in
from pledgeline.evidence.finding.names import NameKind, Names, Naming
from pledgeline.evidence.finding.quotations import SeenQuotation
from pledgeline.evidence.finding.stages import GivingVerb, governing, stage_of, verbs_in
from pledgeline.evidence.finding.words import Words, data
from pledgeline.evidence.reading.texts import Span

_LIST_LINE = 160
"""Units: characters. A line of a list of givers is no longer."""

_REMEMBERED = 3
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

    money: Money | None = None
    money_at: int = -9
    claim: Candidate | None = None
    joint: Candidate | None = None
    joint_at: int = -9
    payers: tuple[tuple[str, ...], Span] | None = None
    payers_at: int = -9
    stage: tuple[StatedStage, Span] | None = None
    stage_at: int = -9
    programme: tuple[str, Span] | None = None
    programme_at: int = -9


@dataclass(slots=True, kw_only=True)
class _Part:
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
    why: dict[str, Why] = field(default_factory=dict)

    @property
    def money(self) -> Money:
        return self.cell.money


def money_claims(report: Report) -> list[Candidate]:
    """Find the claims of money in a report. Places are those of the copy that rules look at."""
    claims: list[Candidate] = []
    memory = Memory()
    starts = [naming.start for naming in report.namings]
    for index, sentence in enumerate(report.sentences):
        again = report.words["roles.component"].match(report.seen, sentence.start, sentence.end)
        inherits = memory.money if index - memory.money_at <= (_REMEMBERED if again else 1) else None
        sums = money_in(report.seen, sentence, report.words.language, before=inherits, masked=report.masked)
        first = bisect_left(starts, sentence.start)
        namings = report.namings[first : bisect_left(starts, sentence.end)]
        payers = payers_in(report.seen, sentence, report.words, namings, report.never_pay)
        if sums:
            claims.extend(_in_sentence(report, memory, index, sentence, sums, namings, payers))
            memory.money, memory.money_at = principal(report.seen, sums), index
        elif report.seen[sentence.end - 1] == ":":
            _remember_heading(report, memory, index, sentence)
        _remember(memory, index, namings, payers)
    return claims


def _remember(memory: Memory, index: int, namings: Sequence[Naming], payers: Sequence[Payers]) -> None:
    programmes = [naming for naming in namings if naming.kind is NameKind.PROGRAMME]
    if programmes:
        last = programmes[-1]
        memory.programme, memory.programme_at = (last.id, Span(last.start, last.end)), index
    for group in payers:
        if group.tie in ("subject", "by") and (
            group.tie == "by" or group is payers[0] or memory.payers_at < index
        ):
            memory.payers, memory.payers_at = (group.ids, group.span), index


def _remember_heading(report: Report, memory: Memory, index: int, sentence: Span) -> None:
    """Keep the verb of a line that heads a list: "Announced this week:"."""
    verbs = verbs_in(report.seen, sentence, report.words)
    verb = governing(verbs, Span(sentence.end, sentence.end))
    if verb is not None and not verb.is_denied:
        memory.stage, memory.stage_at = (stage_of(verb), verb.span), index


def _in_sentence(
    report: Report,
    memory: Memory,
    index: int,
    sentence: Span,
    sums: Sequence[Money],
    namings: Sequence[Naming],
    payers: Sequence[Payers],
) -> list[Candidate]:
    cells = cells_of(report.seen, sentence, sums, payers, report.words)
    verbs = verbs_in(report.seen, sentence, report.words)
    spared = [
        Span(naming.start, naming.end)
        for naming in namings
        if naming.kind in (NameKind.PROGRAMME, NameKind.PROGRAMME_WORDS)
    ]
    claims: list[Candidate] = []
    for number, cell in enumerate(cells):
        part = _Part(
            report=report, memory=memory, index=index, sentence=sentence, cell=cell, cells=cells, number=number,
            payers=payers, namings=namings, verbs=verbs, spared=spared, before=claims[-1] if claims else None,
            quoted=next((quote for quote in report.quotations if quote.span.meets(cell.money.span)), None),
        )  # fmt: skip
        claims.append(_claim(part))
        claim = claims[-1]
        memory.claim, memory.money_at = claim, index
        if claim.kind is ClaimKind.CONTRIBUTION and len(claim.donors) > 1:
            memory.joint, memory.joint_at = claim, index
        if claim.programme and claim.why["programme"].reason is Reason.SENTENCE_BEFORE:
            memory.programme_at = index
        if claim.kind is ClaimKind.CONTRIBUTION and claim.stage is not None:
            place = claim.why["stage"].span if "stage" in claim.why else None
            memory.stage, memory.stage_at = (claim.stage, place or claim.span), index
    return claims


def _claim(part: _Part) -> Candidate:
    """Decide one sum: first what it is, then who gives it."""
    seen, words, money = part.report.seen, part.report.words, part.money
    part.why["amount"] = Why(Reason.BEFORE if money.inherited else Reason.SIGN, money.span)
    earlier = part.cells[part.number - 1].money if part.number else None
    claim = Candidate(kind=ClaimKind.MONEY_AMOUNT, span=money.span, money=money, why=part.why)
    programme = _programme(part)
    if programme:
        claim = replace(claim, programme=programme)
    if part.quoted is not None:
        claim = replace(claim, speaker=part.quoted.speaker)
    if part.number == 0 and _is_same_again(part):
        twin = part.memory.claim
        if twin is not None:
            part.why["role"] = Why(Reason.CUE, Span(part.sentence.start, money.span.start))
            return replace(
                claim, role=MoneyRole.FX_EQUIVALENT, donors=twin.donors, programme=twin.programme,
                equivalent_of=twin.span,
            )  # fmt: skip
    if roles.is_equivalent(seen, earlier, money, words) and part.before is not None:
        part.why["role"] = Why(Reason.CUE, Span(part.before.span.end, money.span.start))
        return replace(
            claim, role=MoneyRole.FX_EQUIVALENT, donors=part.before.donors, programme=part.before.programme,
            equivalent_of=part.before.span,
        )  # fmt: skip
    verb = _verb(part)
    donors = _donors(part, verb)
    claim = replace(claim, donors=donors, day=_day(part))
    last = earlier or (part.memory.money if part.index - part.memory.money_at <= 2 else None)
    piece = roles.component_cue(seen, part.cell, last, words) if last is not None else None
    role, place, gives = _role(part, verb, donors, piece, programme)
    part.why["role"] = Why(Reason.CUE if place else Reason.NO_VERB, place)
    claim = replace(claim, role=role, money=_with_currency(money, donors))
    if not gives:
        return claim
    claim = replace(claim, kind=ClaimKind.CONTRIBUTION, stage=_stage(part, verb), recipient=_recipient(part))
    place = part.why["stage"].span
    funded = place is not None and words["stages.funded"].fullmatch(seen, place.start, place.end) is not None
    return replace(claim, is_funded=funded)


def _is_same_again(part: _Part) -> bool:
    """Say whether a sentence tells the sum before it in another currency: "That is about 17 million dollars"."""
    before, seen = part.memory.claim, part.report.seen
    if before is None or before.money is None or part.index - part.memory.money_at > 1:
        return False
    if before.money.currency == part.money.currency or before.role is MoneyRole.FX_EQUIVALENT:
        return False
    start = part.sentence.start
    match = part.report.words["roles.fx_sentence"].match(seen, start, part.money.span.start)
    return match is not None and not seen[match.end() : part.money.span.start].strip(" ~")


@lru_cache(maxsize=1)
def _kroner() -> dict[str, str]:
    return dict(data("money.toml")["kroner"])


def _with_currency(money: Money, donors: tuple[str, ...]) -> Money:
    """Give "kroner" the currency of the one state that pays them."""
    own = _kroner().get(donors[0]) if money.currency == "kroner" and len(donors) == 1 else None
    return replace(money, currency=own) if own else money


def _role(
    part: _Part, verb: GivingVerb | None, donors: tuple[str, ...], piece: Span | None, programme: str
) -> tuple[MoneyRole, Span | None, bool]:
    """Say what a sum is, by which words, and whether somebody gives it."""
    seen, words, cell, spared = part.report.seen, part.report.words, part.cell, part.spared
    if (
        piece is None
        and part.before is not None
        and part.before.role is MoneyRole.COMPONENT
        and not _has_verb(part)
    ):
        piece = part.before.why["role"].span
    if piece is not None:
        own = part.why.get("donors", Why(Reason.NO_VERB)).reason in (
            Reason.SUBJECT,
            Reason.BY,
            Reason.AFTER_VERB,
        )
        own = own or (bool(donors) and (_has_verb(part) or _has_own_day(part)))
        of_gifts = (
            part.before is not None and part.before.role is MoneyRole.TOTAL and part.before.stage is not None
        )
        return (
            MoneyRole.COMPONENT,
            piece,
            (own and _is_given(part, verb, donors)) or (of_gifts and _has_own_day(part)),
        )
    joint = _share_of_joint(part, donors)
    if joint is not None and _is_given(part, verb, donors):
        return MoneyRole.COMPONENT, joint, True
    difference = roles.difference_before(seen, cell, words) or roles.cue_near(
        seen, cell, words, MoneyRole.DIFFERENCE, spared
    )
    if difference is not None:
        return MoneyRole.DIFFERENCE, difference, False
    running = words["roles.running"].search(seen, cell.span.start, cell.span.end)
    grows = words["roles.grows_to"].search(
        seen, max(cell.span.start, cell.money.span.start - 70), cell.money.span.start
    )
    total = running or grows
    total_at = Span(total.start(), total.end()) if total else None
    loose = all(id_.startswith("group:") for id_ in donors)
    open_ = all(id_ in part.report.open_groups for id_ in donors)
    given = _is_given(part, verb, donors)
    near = roles.cautious_role(seen, cell, words, spared, near=True)
    package = roles.cue_near(seen, cell, words, MoneyRole.PACKAGE, spared)
    if package and words["roles.each"].search(seen, cell.money.span.end, cell.money.span.end + 14):
        return MoneyRole.PACKAGE, package, False
    if near and near[0] is MoneyRole.OTHER and package and not given:
        return MoneyRole.PACKAGE, package, False
    elsewhere = part.why.get("donors", Why(Reason.NO_VERB)).reason in (Reason.SENTENCE_BEFORE, Reason.TITLE)
    if near and (
        not given
        or elsewhere
        or (near[0] is MoneyRole.OTHER and not _verb_is_nearer(verb, near[1], cell.money.span))
    ):
        return near[0], near[1], False
    if given and donors:
        since = words["roles.since"].search(seen, part.sentence.start, cell.span.end)
        if total_at and (loose or grows or since):
            return MoneyRole.TOTAL, total_at, True
        summed = roles.cue_in(seen, cell.span, words, MoneyRole.TOTAL, spared)
        if open_ and (summed or not package):
            return MoneyRole.TOTAL, summed, True
        return MoneyRole.CONTRIBUTION, verb.span if verb else None, True
    received = words["stages.received"].search(seen, cell.span.start, cell.span.end)
    if received and not near and not donors:
        place = Span(received.start(), received.end())
        day = _day(part)
        return (
            (MoneyRole.TOTAL if total_at or (day and not day.is_day) else MoneyRole.CONTRIBUTION),
            place,
            True,
        )
    stated_total = total_at or (
        (programme or _is_gift(part)) and roles.cue_near(seen, cell, words, MoneyRole.TOTAL, spared)
    )
    if (
        stated_total
        and (programme or _is_gift(part))
        and not near
        and not roles.cautious_role(seen, cell, words, spared, near=False)
    ):
        return MoneyRole.TOTAL, stated_total, True
    far = roles.cautious_role(seen, cell, words, spared, near=False)
    if far:
        return far[0], far[1], False
    if package:
        return MoneyRole.PACKAGE, package, False
    if total_at:
        return MoneyRole.TOTAL, total_at, False
    return MoneyRole.OTHER, None, False


def _share_of_joint(part: _Part, donors: tuple[str, ...]) -> Span | None:
    """Give the joint sum that a smaller one of some of its givers, told right after it, is a share of."""
    joint = part.memory.joint
    if joint is None or joint.money is None or part.index - part.memory.joint_at not in (1, 2):
        return None
    if not donors or not set(donors) < set(joint.donors):
        return None
    if part.money.currency == joint.money.currency and part.money.value >= joint.money.value:
        return None
    new = part.report.words["roles.more_new"].search(
        part.report.seen, part.cell.span.start, part.money.span.start
    )
    return None if new else joint.span


def _has_own_day(part: _Part) -> bool:
    day = part.why.get("date")
    return (
        day is not None
        and day.span is not None
        and part.cell.span.start <= day.span.start < part.cell.span.end
    )


def _has_verb(part: _Part) -> bool:
    cell = part.cell.span
    return any(cell.start <= verb.span.start and verb.span.end <= cell.end for verb in part.verbs)


def _is_gift(part: _Part) -> bool:
    """Say whether the sentence speaks of contributions as such: "commitments amounted to"."""
    cell = part.cell.span
    return bool(part.report.words["roles.gifts_summed"].search(part.report.seen, cell.start, cell.end))


def _verb_is_nearer(verb: GivingVerb | None, cue: Span, money: Span) -> bool:
    if verb is None:
        return False
    if verb.span.end <= money.start and cue.start >= money.end:
        return True
    return max(money.start - verb.span.end, verb.span.start - money.end) <= max(
        money.start - cue.end, cue.start - money.end
    )


def _is_given(part: _Part, verb: GivingVerb | None, donors: tuple[str, ...]) -> bool:
    if not donors:
        return False
    if verb is not None:
        return not verb.is_denied
    gift = any(group.has_gift and group.ids == donors for group in part.cell.payers)
    return (
        gift
        or part.why.get("donors", Why(Reason.NO_VERB)).reason in (Reason.BY, Reason.THANKED)
        or _in_list(part) is not None
    )


def _verb(part: _Part) -> GivingVerb | None:
    """Find the verb that governs a sum: in its part of the sentence, or carried over from the part before."""
    inside = [
        verb
        for verb in part.verbs
        if part.cell.span.start <= verb.span.start and verb.span.end <= part.cell.span.end
    ]
    verb_last = part.report.words.language == "de"
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


def _in_list(part: _Part) -> tuple[StatedStage, Span] | None:
    """Give the stage of a list that goes on: "Germany - EUR 500 million", below a sentence that says who gave."""
    if part.memory.stage is None or _has_verb(part) or part.index - part.memory.stage_at > _REMEMBERED:
        return None
    return part.memory.stage if part.sentence.end - part.sentence.start <= _LIST_LINE else None


def _stage(part: _Part, verb: GivingVerb | None) -> StatedStage:
    if verb is not None:
        part.why["stage"] = Why(Reason.VERB, verb.span)
        return stage_of(verb)
    carried = _in_list(part)
    if carried is not None:
        part.why["stage"] = Why(Reason.LIST, carried[1])
        return carried[0]
    part.why["stage"] = Why(Reason.NO_VERB)
    return StatedStage.UNSPECIFIED


def _donors(part: _Part, verb: GivingVerb | None) -> tuple[str, ...]:
    """Find who gives: each way by which a sentence names givers is tried, the surest first."""
    suppliers, recipients = _other_parties(part)
    shared = _respectively(part, recipients)
    if shared:
        return shared
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
    if received and by:
        return _because(part, by[0], Reason.BY)
    beside = [group for group in groups if _APPOSED.fullmatch(part.report.seen, group.span.end, money.start)]
    beside = beside or [group for group in groups if _opens_item(part, group)]
    if beside:
        return _because(part, beside[-1], Reason.SUBJECT)
    if subjects:
        return _because(part, _nearest_subject(subjects, verb, money), Reason.SUBJECT)
    if by:
        return _because(part, min(by, key=lambda group: abs(group.span.start - money.end)), Reason.BY)
    if after and _follows_verb(part, after[0]):
        return _because(part, after[0], Reason.AFTER_VERB)
    return _donors_from_elsewhere(part, recipients)


_APPOSED = re.compile(r"\s?(?:\(|:|–|—|-)\s?")
"""What stands between a giver and a sum in lists: "Italy (EUR 10 million)", "Italy: EUR 10 million"."""


def _opens_item(part: _Part, group: Payers) -> bool:
    """Say whether names open an item of a list in a sentence: "zugesagt: Kanada 150 Millionen, Norwegen 125"."""
    seen = part.report.seen
    before = seen[max(0, group.span.start - 2) : group.span.start].rstrip()
    return before[-1:] in (":", ";", ",") and seen[group.span.end : part.money.span.start] == " "


def _respectively(part: _Part, recipients: frozenset[str]) -> tuple[str, ...]:
    """Give each of several sums its giver where the sentence says "respectively"."""
    if len(part.cells) < 2 or not part.report.words["donors.respectively"].search(
        part.report.seen, part.sentence.start, part.sentence.end
    ):
        return ()
    for group in part.payers:
        ids = [id_ for id_ in group.ids if id_ not in recipients]
        if len(ids) == len(part.cells):
            part.why["donors"] = Why(Reason.SUBJECT, group.span)
            return (ids[part.number],)
    return ()


def _donors_from_elsewhere(part: _Part, recipients: frozenset[str]) -> tuple[str, ...]:
    """Look for givers outside the part of the sentence: the part before, the speaker, the sentence before."""
    seen, words, memory = part.report.seen, part.report.words, part.memory
    if part.before is not None and part.before.donors and part.number:
        part.why["donors"] = Why(
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
            part.why["donors"] = Why(Reason.SPEAKER, part.quoted.speaker_at)
            return (side,)
    recent = memory.payers is not None and part.index - memory.payers_at <= 2
    if recent and memory.payers is not None:
        ids = tuple(id_ for id_ in memory.payers[0] if id_ not in recipients)
        told_again = words["donors.anaphors"].search(seen, part.sentence.start, part.money.span.start)
        running = words["roles.running"].search(seen, part.cell.span.start, part.cell.span.end)
        named = any(not id_.startswith("group:") for id_ in ids)
        summed = roles.cue_in(seen, part.cell.span, words, MoneyRole.TOTAL, part.spared)
        if ids and ((bool(part.verbs or summed) and not (running and named)) or told_again):
            part.why["donors"] = Why(Reason.SENTENCE_BEFORE, memory.payers[1])
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
        part.why["donors"] = Why(Reason.TITLE)
        return titled
    return ()


def _because(part: _Part, group: Payers, reason: Reason) -> tuple[str, ...]:
    part.why["donors"] = Why(Reason.THANKED if group.tie == "thanked" else reason, group.span)
    return group.ids


def _only_says(part: _Part, person: Payers) -> bool:
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


def _follows_verb(part: _Part, group: Payers) -> bool:
    """Say whether names stand right after a verb, as in "500 million was what announced Canada"."""
    return any(
        0 <= group.span.start - verb.span.end <= 12 or verb.span.start - group.span.end in range(16)
        for verb in part.verbs
    ) or (part.report.seen[part.money.span.end : group.span.start].strip(" ") in ("(", "–", "-", "—", ":"))


def _sells(part: _Part, group: Payers, suppliers: frozenset[str]) -> bool:
    """Say whether money is spent at a supplier: "weapons bought from the United States"."""
    if not suppliers.intersection(group.ids):
        return False
    before = Span(part.cell.span.start, group.span.start)
    return bool(part.report.words["donors.buying"].search(part.report.seen, before.start, before.end))


def _other_parties(part: _Part) -> tuple[frozenset[str], frozenset[str]]:
    """Give who supplies and who receives: they are named in every such report and pay nothing by that."""
    programmes = part.report.names.programmes.values()
    suppliers = frozenset(id_ for programme in programmes for id_ in programme.suppliers)
    return suppliers, frozenset(programme.recipient for programme in programmes if programme.recipient)


def _side_of(part: _Part) -> str:
    speaker = part.quoted.speaker if part.quoted is not None else ""
    return next(
        (
            naming.side
            for naming in part.report.namings
            if naming.kind is NameKind.PERSON and naming.id == speaker
        ),
        "",
    )


def _recipient(part: _Part) -> str:
    _, recipients = _other_parties(part)
    for naming in part.namings:
        if naming.id in recipients and naming.kind in (NameKind.STATE, NameKind.ADJECTIVE):
            part.why["recipient"] = Why(Reason.NAMED, Span(naming.start, naming.end))
            return naming.id
    return ""


def _programme(part: _Part) -> str:
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
        part.why["programme"] = Why(Reason.NAMED, Span(nearest.start, nearest.end))
        return nearest.id
    other_purpose = _other_purpose(part)
    if named and all(_is_of_other_sum(part, naming) for naming in named):
        return ""
    named = [naming for naming in named if not _is_of_other_sum(part, naming)]
    if named and not ((apart or other_purpose) and part.number):
        part.why["programme"] = Why(Reason.NAMED, Span(named[-1].start, named[-1].end))
        return named[-1].id
    if named:
        return ""
    meant = [naming for naming in part.namings if naming.kind is NameKind.PROGRAMME_WORDS]
    known = part.report.elsewhere | ({memory.programme[0]} if memory.programme else set())
    for naming in meant:
        if naming.id in known:
            part.why["programme"] = Why(Reason.WORDS, Span(naming.start, naming.end))
            return naming.id
    if other_purpose or apart:
        return ""
    if memory.programme is not None and part.index - memory.programme_at <= _REMEMBERED:
        part.why["programme"] = Why(Reason.SENTENCE_BEFORE, memory.programme[1])
        return memory.programme[0]
    if (following := _named_behind(part)) is not None:
        part.why["programme"] = Why(Reason.SENTENCE_AFTER, Span(following.start, following.end))
        return following.id
    again = any(
        not words["roles.more_new"].search(seen, max(part.sentence.start, match.start() - 14), match.start())
        for match in words["roles.again"].finditer(seen, part.sentence.start, part.sentence.end)
    )
    titled = {naming.id for naming in part.report.title if naming.kind is NameKind.PROGRAMME}
    if len(titled) == 1 or (again and len(part.report.elsewhere) == 1):
        part.why["programme"] = Why(Reason.TITLE)
        return next(iter(titled or part.report.elsewhere))
    return ""


def _named_behind(part: _Part) -> Naming | None:
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


def _is_of_other_sum(part: _Part, programme: Naming) -> bool:
    """Say whether a programme named behind this part belongs to the sum there, and not to all sums of the sentence.

    It belongs to all where it closes the sentence and this sum has no purpose of its own: "Canada ($500m) and Germany
    ($500m) contributed to PURL".
    """
    own_end = part.cell.span.end
    if part.number + 1 < len(part.cells) and roles.BRACKET.match(part.report.seen, part.money.span.end):
        own_end = part.cells[part.number + 1].span.end
    if programme.start < own_end:
        return False
    last = part.cells[-1]
    purpose = part.report.words["roles.purpose"].match(
        part.report.seen, part.money.span.end + 1, part.cell.span.end
    )
    return purpose is not None or (programme.start < last.money.span.end and len(part.cells) > 1)


_BESIDE = 12
"""Units: characters. "On top of the 615 million": these words speak of this sum."""


def _other_purpose(part: _Part) -> bool:
    """Say whether a part of a sentence names a purpose that is not the programme's own."""
    seen, own = part.report.seen, part.memory.programme[0] if part.memory.programme else ""
    for match in part.report.words["roles.apart_purposes"].finditer(
        seen, part.cell.span.start, part.cell.span.end
    ):
        place = Span(match.start(), match.end())
        if any(place.meets(name) for name in part.spared):
            continue
        if match[0][:5].lower() not in part.report.names.stems_of(own):
            return True
    return False


def _day_of(part: _Part, days: Sequence[StatedDay]) -> StatedDay | None:
    """Choose the day of a sum among those of its sentence.

    One in its own part; else one that closes the clause for all its sums ("Canada ($500m) and Germany ($500m)
    contributed in August"); else one that opens the sentence. A day of another part says nothing of this one. A day
    to come is when something will happen, and only chosen where none is past.
    """
    published, money, cell = part.report.published, part.money.span, part.cell.span
    past = [day for day in days if published is None or day.first is None or day.first <= published]
    days = past or days
    inside = [day for day in days if cell.start <= day.span.start and day.span.end <= cell.end]
    if inside:
        return min(inside, key=lambda day: (not day.is_day, abs(day.span.start - money.start)))
    first, last = part.cells[0].money.span, part.cells[-1].money.span
    clause_end = next(
        (
            match.start()
            for match in part.report.words["dates.clauses"].finditer(
                part.report.seen, money.end, part.sentence.end
            )
        ),
        part.sentence.end,
    )
    closing = [day for day in days if last.end <= day.span.start and day.span.end <= clause_end]
    opening = [day for day in days if day.span.end <= first.start]
    return closing[0] if closing else opening[0] if opening else None


def _day(part: _Part) -> StatedDay | None:
    """Find the day on which it was said or done: in the sentence, or in the next one that says when it was reported."""
    seen, language, published = part.report.seen, part.report.words.language, part.report.published
    days = [
        day
        for day in days_in(seen, part.sentence, language, published)
        if not day.is_period and day.first is not None
    ]
    chosen = _day_of(part, days)
    if chosen is not None:
        part.why["date"] = Why(Reason.STATED, chosen.span)
        return chosen
    if days:
        return None
    if part.index + 1 < len(part.report.sentences):
        following = part.report.sentences[part.index + 1]
        if part.report.words["dates.reported_before"].match(seen, following.start, following.end):
            for day in days_in(seen, following, language, published):
                if day.is_day:
                    part.why["date"] = Why(Reason.REPORTED, day.span)
                    return day
    return None
