"""Claims of money: who gives how much, how far it has come, into which programme, and what the sum is.

Each field is decided by a named rule, and carries its place. What a rule does not understand stays empty.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from pledgeline.evidence.finding import roles
from pledgeline.evidence.finding.amounts import StatedSum, money_in, principal
from pledgeline.evidence.finding.candidates import (
    Candidate,
    ClaimKind,
    FieldReason,
    MoneyRole,
    Reason,
    StatedStage,
)
from pledgeline.evidence.finding.clauses import Payers, cells_of, payers_in
from pledgeline.evidence.finding.givers import donors_of, other_parties
from pledgeline.evidence.finding.names import NameKind, Naming
from pledgeline.evidence.finding.occasions import day_of
from pledgeline.evidence.finding.parts import (
    REMEMBERED,
    Memory,
    Report,
    SumPart,
    stage_of_list,
    verb_of,
    whole_of,
)
from pledgeline.evidence.finding.purposes import programme_of
from pledgeline.evidence.finding.stages import GivingVerb, governing, stage_of, verbs_in
from pledgeline.evidence.finding.sum_roles import role_of
from pledgeline.evidence.finding.words import data
from pledgeline.evidence.reading.texts import Span, meeting


def money_claims(report: Report) -> list[Candidate]:
    """Find the claims of money in a report. Places are those of the copy that rules look at."""
    claims: list[Candidate] = []
    memory = Memory()
    starts = [naming.start for naming in report.namings]
    for index, sentence in enumerate(report.sentences):
        again = report.words["roles.component"].match(report.seen, sentence.start, sentence.end)
        inherits = memory.money if index - memory.money_at <= (REMEMBERED if again else 1) else None
        sums = money_in(
            report.seen,
            sentence,
            report.words.language,
            before=inherits,
            masked=meeting(report.masked, sentence),
        )
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
    if len({naming.id for naming in programmes}) > 1:
        memory.programme = None  # a list of programmes: which one is spoken of further is not said
    elif programmes:
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
    sums: Sequence[StatedSum],
    namings: Sequence[Naming],
    payers: Sequence[Payers],
) -> list[Candidate]:
    cells = cells_of(report.seen, sentence, sums, payers, report.words)
    spared = [
        Span(naming.start, naming.end)
        for naming in namings
        if naming.kind in (NameKind.PROGRAMME, NameKind.PROGRAMME_WORDS)
    ]
    verbs = [
        verb
        for verb in verbs_in(report.seen, sentence, report.words)
        if not any(verb.span.meets(name) for name in spared)  # the "Fund" of a name funds nothing
    ]
    claims: list[Candidate] = []
    for number, cell in enumerate(cells):
        part = SumPart(
            report=report, memory=memory, index=index, sentence=sentence, cell=cell, cells=cells, number=number,
            payers=payers, namings=namings, verbs=verbs, spared=spared, before=claims[-1] if claims else None,
            quoted=next((quote for quote in report.quotations if quote.span.meets(cell.money.span)), None),
        )  # fmt: skip
        claims.append(_claim(part))
        claim = claims[-1]
        memory.claim, memory.money_at = claim, index
        if claim.kind is ClaimKind.CONTRIBUTION and claim.role is not MoneyRole.COMPONENT:
            memory.gift, memory.gift_at = claim, index
        if claim.kind is ClaimKind.CONTRIBUTION and len(claim.donors) > 1:
            memory.joint, memory.joint_at = claim, index
        if claim.programme and claim.why["programme"].reason is Reason.SENTENCE_BEFORE:
            memory.programme_at = index
        if claim.kind is ClaimKind.CONTRIBUTION and claim.donors:
            memory.givers = [*memory.givers, claim.donors][-4:]
            if claim.why["donors"].reason is Reason.SENTENCE_BEFORE:
                memory.payers_at = index
        if claim.kind is ClaimKind.CONTRIBUTION and claim.stage is not None:
            place = claim.why["stage"].span if "stage" in claim.why else None
            memory.stage, memory.stage_at = (claim.stage, place or claim.span), index
    return claims


def _claim(part: SumPart) -> Candidate:
    """Decide one sum: first what it is, then who gives it."""
    seen, words, money = part.report.seen, part.report.words, part.money
    part.why["amount"] = FieldReason(Reason.BEFORE if money.inherited else Reason.SIGN, money.span)
    earlier = part.cells[part.number - 1].money if part.number else None
    claim = Candidate(kind=ClaimKind.MONEY_AMOUNT, span=money.span, money=money, why=part.why)
    programme = programme_of(part)
    if programme:
        claim = replace(claim, programme=programme)
    if part.quoted is not None:
        claim = replace(claim, speaker=part.quoted.speaker)
    if part.number == 0 and _is_same_again(part):
        twin = part.memory.claim
        if twin is not None:
            part.why["role"] = FieldReason(Reason.CUE, Span(part.sentence.start, money.span.start))
            return replace(
                claim, role=MoneyRole.FX_EQUIVALENT, donors=twin.donors, programme=twin.programme,
                equivalent_of=twin.span,
            )  # fmt: skip
    if roles.is_equivalent(seen, earlier, money, words) and part.before is not None:
        part.why["role"] = FieldReason(Reason.CUE, Span(part.before.span.end, money.span.start))
        return replace(
            claim, role=MoneyRole.FX_EQUIVALENT, donors=part.before.donors, programme=part.before.programme,
            equivalent_of=part.before.span,
        )  # fmt: skip
    verb = verb_of(part)
    donors = donors_of(part, verb)
    claim = replace(claim, donors=donors, day=day_of(part))
    last = earlier or (part.memory.money if part.index - part.memory.money_at <= 2 else None)
    piece = roles.component_cue(seen, part.cell, last, words) if last is not None else None
    role = role_of(part, verb, donors, piece, programme)
    part.why["role"] = FieldReason(Reason.CUE if role.place else Reason.NO_VERB, role.place)
    claim = replace(claim, role=role.role, money=_with_currency(money, donors))
    if not role.is_given:
        carried = _is_carried(part) and not (verb is not None and verb.is_denied)
        if carried and role.role in (MoneyRole.OTHER, MoneyRole.DIFFERENCE):
            del part.why["programme"]  # what is no money of a programme is not of the one spoken of before
            claim = replace(claim, programme="")
        return claim
    whole = whole_of(part) if role.role is MoneyRole.COMPONENT else None
    if whole is not None and _has_no_giver_of_its_own(part, donors):
        part.why["donors"] = FieldReason(Reason.LIST, whole.span)
        claim = replace(claim, donors=whole.donors)
    if whole is not None and _is_carried(part) and not whole.programme:
        del part.why["programme"]
        claim = replace(claim, programme="")
    if whole is not None and not claim.programme and whole.programme:
        part.why["programme"] = FieldReason(Reason.LIST, whole.span)
        claim = replace(claim, programme=whole.programme)
    claim = replace(
        claim, kind=ClaimKind.CONTRIBUTION, stage=_stage(part, verb, whole), recipient=_recipient(part)
    )
    place = part.why["stage"].span
    funded = place is not None and words["stages.funded"].fullmatch(seen, place.start, place.end) is not None
    return replace(claim, is_funded=funded)


def _is_carried(part: SumPart) -> bool:
    """Say whether the programme of a sum is only the one that was spoken of before."""
    why = part.why.get("programme")
    return why is not None and why.reason in (Reason.SENTENCE_BEFORE, Reason.TITLE)


def _is_same_again(part: SumPart) -> bool:
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


def _with_currency(money: StatedSum, donors: tuple[str, ...]) -> StatedSum:
    """Give "kroner" the currency of the one state that pays them."""
    own = _kroner().get(donors[0]) if money.currency == "kroner" and len(donors) == 1 else None
    return replace(money, currency=own) if own else money


def _has_no_giver_of_its_own(part: SumPart, donors: tuple[str, ...]) -> bool:
    """Say whether a part of a sum names nobody who gives it: then those of the whole do."""
    reason = part.why.get("donors", FieldReason(Reason.NO_VERB)).reason
    return not donors or reason in (Reason.SENTENCE_BEFORE, Reason.TITLE)


def _stage(part: SumPart, verb: GivingVerb | None, whole: Candidate | None) -> StatedStage:
    own = verb is not None and (part.cell.span.start <= verb.span.start or whole is None)
    if whole is not None and whole.stage is not None and not own:
        part.why["stage"] = FieldReason(
            Reason.LIST, whole.why["stage"].span if "stage" in whole.why else None
        )
        return whole.stage
    if verb is not None:
        part.why["stage"] = FieldReason(Reason.VERB, verb.span)
        return stage_of(verb)
    carried = stage_of_list(part)
    if carried is not None:
        part.why["stage"] = FieldReason(Reason.LIST, carried[1])
        return carried[0]
    part.why["stage"] = FieldReason(Reason.NO_VERB)
    return StatedStage.UNSPECIFIED


def _recipient(part: SumPart) -> str:
    _, recipients = other_parties(part)
    for naming in part.namings:
        if naming.id in recipients and naming.kind in (NameKind.STATE, NameKind.ADJECTIVE):
            part.why["recipient"] = FieldReason(Reason.NAMED, Span(naming.start, naming.end))
            return naming.id
    return ""
