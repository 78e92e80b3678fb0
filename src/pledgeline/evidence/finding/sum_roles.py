"""What a sum is: a contribution, a total, a part, a need; and whether somebody is said to give it."""

import re
from dataclasses import dataclass

from pledgeline.evidence.finding import roles
from pledgeline.evidence.finding.candidates import FieldReason, MoneyRole, Reason, StatedStage
from pledgeline.evidence.finding.occasions import day_of
from pledgeline.evidence.finding.parts import (
    SumPart,
    clause_end,
    collected_by_programme,
    gift_from,
    has_own_day,
    has_verb,
    stage_of_list,
    whole_of,
)
from pledgeline.evidence.finding.stages import GivingVerb
from pledgeline.evidence.reading.texts import Span

_EQUALS = 40
"""Units: characters. Words such as "stands at" and "at a cost of" are this near before their sum."""


@dataclass(frozen=True, slots=True)
class RoleOfSum:
    """The role of a sum, the words that say so, and whether the sum is given."""

    role: MoneyRole
    place: Span | None
    is_given: bool


def role_of(
    part: SumPart, verb: GivingVerb | None, donors: tuple[str, ...], piece: Span | None, programme: str
) -> RoleOfSum:
    """Say what a sum is: the first of these rules that speaks decides."""
    given = is_given(part, verb, donors)
    component = _as_component(part, verb, donors, piece, given)
    if component is not None:
        return component
    seen, words, cell, spared = part.report.seen, part.report.words, part.cell, part.spared
    difference = roles.difference_before(seen, cell, words) or roles.cue_near(
        seen, cell, words, MoneyRole.DIFFERENCE, spared
    )
    if difference is not None:
        return RoleOfSum(MoneyRole.DIFFERENCE, difference, False)
    each = words["roles.each_package"].search(seen, cell.span.start, cell.money.span.start)
    if each and (verb is None or verb.span.start >= cell.money.span.end):
        return RoleOfSum(MoneyRole.PACKAGE, Span(each.start(), each.end()), False)
    if out_of := roles.right_before(seen, cell, words, "roles.out_of"):
        return RoleOfSum(MoneyRole.PACKAGE, out_of, False)
    if needed := _need_that_is(part):
        return RoleOfSum(MoneyRole.NEED, needed, False)
    near = roles.cautious_role(seen, cell, words, spared, near=True)
    if near and near[0] is MoneyRole.OTHER and given and (_is_in_kind(part, near[1]) or gift_from(part)):
        near = None
    if near and near[0] is MoneyRole.FORECAST:
        before = Span(cell.span.start, cell.money.span.start)
        need = (
            roles.cue_in(seen, before, words, MoneyRole.NEED, spared) if before.end > before.start else None
        )
        near = (MoneyRole.NEED, need) if need else near
    package = roles.cue_near(seen, cell, words, MoneyRole.PACKAGE, spared)
    apiece = words["roles.each"].search(seen, cell.money.span.end, cell.money.span.end + 14)
    if package and apiece and not (given and len(donors) > 1):
        return RoleOfSum(MoneyRole.PACKAGE, package, False)
    if near and near[0] is MoneyRole.OTHER and package and not given:
        return RoleOfSum(MoneyRole.PACKAGE, package, False)
    elsewhere = part.why.get("donors", FieldReason(Reason.NO_VERB)).reason in (
        Reason.SENTENCE_BEFORE,
        Reason.TITLE,
    )
    nearer = (
        near is not None
        and near[0] is MoneyRole.OTHER
        and not _verb_is_nearer(verb, near[1], cell.money.span)
    )
    unmet = (
        near is not None
        and near[0] is MoneyRole.NEED
        and near[1].end <= cell.money.span.start
        and not has_verb(part)
    )
    if near and (not given or elsewhere or nearer or unmet):
        return RoleOfSum(near[0], near[1], False)
    if given and donors:
        return _as_gift(part, verb, donors, package)
    return _without_giver(part, verb, donors, programme, near is not None, package)


def _need_that_is(part: SumPart) -> Span | None:
    """Find a need that a sum is said to be, however far before it: "the appeal for 2026 stands at 2.3 billion"."""
    seen, words, cell, money = part.report.seen, part.report.words, part.cell.span, part.money.span
    equals = words["roles.summed_up"].search(seen, max(cell.start, money.start - _EQUALS), money.start)
    if equals is None:
        return None
    subject = Span(cell.start, equals.start())
    return (
        roles.cue_in(seen, subject, words, MoneyRole.NEED, part.spared) if subject.end > cell.start else None
    )


def _is_in_kind(part: SumPart, cue: Span) -> bool:
    """Say whether a word of cost only says what goods are worth: "paid for howitzers, at a cost of 128 million"."""
    before = Span(max(part.cell.span.start, part.money.span.start - _EQUALS), part.money.span.start)
    return any(
        cue.meets(Span(match.start(), match.end()))
        for match in part.report.words["roles.in_kind"].finditer(part.report.seen, before.start, before.end)
    )


def _as_component(
    part: SumPart, verb: GivingVerb | None, donors: tuple[str, ...], piece: Span | None, given: bool
) -> RoleOfSum | None:
    """Say whether a sum is a part of the one before it, by words between the two or as a share of a joint sum."""
    before = part.before
    if (
        piece is None
        and before is not None
        and before.role is MoneyRole.COMPONENT
        and not has_verb(part, nouns=False)
    ):
        piece = before.why["role"].span
    piece = piece or _part_of_next(part)
    if piece is not None:
        reason = part.why.get("donors", FieldReason(Reason.NO_VERB)).reason
        own = reason in (Reason.SUBJECT, Reason.BY, Reason.AFTER_VERB)
        own = own or (bool(donors) and (has_verb(part) or has_own_day(part)))
        of_gift = whole_of(part) is not None and (verb is None or not verb.is_denied)
        of_gift = of_gift and not _is_spent_by_nobody(part, donors)
        return RoleOfSum(MoneyRole.COMPONENT, piece, (own and given) or of_gift)
    joint = _share_of_joint(part, verb, donors)
    return RoleOfSum(MoneyRole.COMPONENT, joint, True) if joint is not None and given else None


def _part_of_next(part: SumPart) -> Span | None:
    """Find the words that make a sum a part of the one behind it: "400 million of the 1 billion it had promised"."""
    if part.number + 1 >= len(part.cells):
        return None
    start, end = part.money.span.end, part.cells[part.number + 1].money.span.start
    match = part.report.words["roles.of_next"].match(part.report.seen, min(start + 1, end), end)
    return (
        Span(match.start(), match.end())
        if match and not part.report.seen[match.end() : end].strip()
        else None
    )


def _is_spent_by_nobody(part: SumPart, donors: tuple[str, ...]) -> bool:
    """Say whether a fund spends a part of what it has: that is no contribution of anybody."""
    whole = whole_of(part)
    named = [id_ for id_ in (*donors, *(whole.donors if whole else ())) if not id_.startswith("group:")]
    cell = part.cell.span
    return not named and bool(
        part.report.words["stages.spent"].search(part.report.seen, cell.start, cell.end)
    )


def _total_cues(part: SumPart) -> tuple[Span | None, bool]:
    """Find the words of a running total, and say whether they tell what it grew to."""
    seen, words, cell = part.report.seen, part.report.words, part.cell
    start = max(cell.span.start, cell.money.span.start - 70)
    grows = words["roles.grows_to"].search(seen, start, cell.money.span.start)
    total = words["roles.running"].search(seen, cell.span.start, clause_end(part)) or grows
    return (Span(total.start(), total.end()) if total else None), grows is not None


def _as_gift(
    part: SumPart, verb: GivingVerb | None, donors: tuple[str, ...], package: Span | None
) -> RoleOfSum:
    """Tell a contribution of named givers from a total: over an open group, or of one giver since a day."""
    seen, words, cell = part.report.seen, part.report.words, part.cell
    total_at, grows = _total_cues(part)
    loose = all(id_.startswith("group:") for id_ in donors)
    since = words["roles.since"].search(seen, part.sentence.start, clause_end(part))
    summed_up = words["roles.summed_up"].search(seen, cell.span.start, cell.money.span.start)
    after = words["roles.total_after"].match(seen, min(cell.money.span.end + 1, len(seen)))
    if after:
        return RoleOfSum(MoneyRole.TOTAL, Span(after.start(), after.end()), True)
    if summed_up and _is_gift(part):
        return RoleOfSum(MoneyRole.TOTAL, Span(summed_up.start(), summed_up.end()), True)
    if total_at and (loose or grows or since):
        return RoleOfSum(MoneyRole.TOTAL, total_at, True)
    summed = roles.cue_in(seen, cell.span, words, MoneyRole.TOTAL, part.spared)
    if all(id_ in part.report.open_groups or _is_many(id_) for id_ in donors) and (summed or not package):
        return RoleOfSum(MoneyRole.TOTAL, summed, True)
    return RoleOfSum(MoneyRole.CONTRIBUTION, verb.span if verb else None, True)


_MANY = 10
"""Units: states. Where so many give, their sum is one over givers and no contribution of them together."""


def _is_many(group: str) -> bool:
    """Say whether a counted group is as open as "allies": "18 governments"."""
    count = group.removeprefix("group:").partition("-")[0]
    return count.isdigit() and int(count) >= _MANY


def _is_passive(part: SumPart, verb: GivingVerb | None) -> bool:
    """Say whether money is said to be given and nobody to give it: "2.6 billion was paid to the fund"."""
    if verb is None or verb.is_denied or verb.is_noun:
        return False
    start = (
        part.sentence.start
        if part.report.words.language == "de"
        else max(part.sentence.start, verb.span.start - 24)
    )
    return part.report.words["stages.passive"].search(part.report.seen, start, verb.span.start) is not None


def _without_giver(
    part: SumPart,
    verb: GivingVerb | None,
    donors: tuple[str, ...],
    programme: str,
    is_cautious: bool,
    package: Span | None,
) -> RoleOfSum:
    """Say what a sum is that nobody is named to give: received, a total of a programme, or no gift."""
    seen, words, cell, spared = part.report.seen, part.report.words, part.cell, part.spared
    total_at, _ = _total_cues(part)
    if not donors and not is_cautious and (collected := collected_by_programme(part)):
        return RoleOfSum(MoneyRole.TOTAL, collected, True)
    named = part.why.get("programme", FieldReason(Reason.NO_VERB)).reason is Reason.NAMED
    if not donors and named and not is_cautious and not package and verb and _is_passive(part, verb):
        return RoleOfSum(MoneyRole.TOTAL if total_at else MoneyRole.CONTRIBUTION, total_at or verb.span, True)
    received = words["stages.received"].search(seen, cell.span.start, cell.span.end)
    if received and not is_cautious and not donors:
        day = day_of(part)
        role = MoneyRole.TOTAL if total_at or (day and not day.is_day) else MoneyRole.CONTRIBUTION
        return RoleOfSum(role, Span(received.start(), received.end()), True)
    of_gifts = bool(programme) or _is_gift(part)
    stated = total_at or (of_gifts and roles.cue_near(seen, cell, words, MoneyRole.TOTAL, spared)) or None
    far = roles.cautious_role(seen, cell, words, spared, near=False)
    if stated and of_gifts and not is_cautious and not far:
        return RoleOfSum(MoneyRole.TOTAL, stated, True)
    if far:
        return RoleOfSum(far[0], far[1], False)
    if package:
        return RoleOfSum(MoneyRole.PACKAGE, package, False)
    return (
        RoleOfSum(MoneyRole.TOTAL, total_at, False) if total_at else RoleOfSum(MoneyRole.OTHER, None, False)
    )


def _share_of_joint(part: SumPart, verb: GivingVerb | None, donors: tuple[str, ...]) -> Span | None:
    """Give the joint sum that a smaller one of some of its givers, told right after it, is a share of."""
    joint = part.memory.joint
    if joint is None or joint.money is None or part.index - part.memory.joint_at not in (0, 1, 2):
        return None
    if not donors or not set(donors) < set(joint.donors):
        return None
    if part.money.currency == joint.money.currency and part.money.value >= joint.money.value:
        return None
    done = (StatedStage.CONTRIBUTED, StatedStage.DELIVERED)
    if verb is not None and verb.stage in done and not verb.is_future and joint.stage not in done:
        return None  # what is paid already is no share of what was promised now
    new = part.report.words["roles.more_new"].search(
        part.report.seen, part.cell.span.start, part.money.span.start
    )
    return None if new else joint.span


def _is_gift(part: SumPart) -> bool:
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


def _stands_in_list(part: SumPart) -> bool:
    """Say whether a sum stands beside its giver where a programme is named: "Partners in PURL: Spain (€20 million)"."""
    if "programme" not in part.why:
        return False
    for group in part.cell.payers:
        between = part.report.seen[group.span.end : part.money.span.start]
        more = [match.start() for match in part.report.words["roles.more_new"].finditer(between)]
        if _BESIDE.fullmatch(between[: more[0]] if more else between):
            return True
    return False


_BESIDE = re.compile(r"'s? |(?:'s?)?(?: [^\W\d_a-z][^\W\d_]+){0,3}\s?(?:\(|:|–|—|-)\s?")
"""What stands between a giver and its sum where no verb does: "Spain's €20 million", "Spain (€20 million)",
"Spain's Energy Ministry: another €20 million"."""


def is_given(part: SumPart, verb: GivingVerb | None, donors: tuple[str, ...]) -> bool:
    seen, words = part.report.seen, part.report.words
    if not donors or words["stages.contradicted"].search(seen, part.cell.span.start, part.money.span.start):
        return False
    if verb is not None:
        return not verb.is_denied
    if not part.verbs and _stands_in_list(part):
        return True
    gift = any(group.has_gift and group.ids == donors for group in part.cell.payers)
    return (
        gift
        or part.why.get("donors", FieldReason(Reason.NO_VERB)).reason in (Reason.BY, Reason.THANKED)
        or stage_of_list(part) is not None
    )
