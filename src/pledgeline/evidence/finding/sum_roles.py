"""What a sum is: a contribution, a total, a part, a need; and whether somebody is said to give it."""

from dataclasses import dataclass

from pledgeline.evidence.finding import roles
from pledgeline.evidence.finding.candidates import MoneyRole, Reason, Why
from pledgeline.evidence.finding.occasions import day_of
from pledgeline.evidence.finding.parts import SumPart, has_own_day, has_verb, stage_of_list, whole_of
from pledgeline.evidence.finding.stages import GivingVerb
from pledgeline.evidence.reading.texts import Span


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
    near = roles.cautious_role(seen, cell, words, spared, near=True)
    package = roles.cue_near(seen, cell, words, MoneyRole.PACKAGE, spared)
    if package and words["roles.each"].search(seen, cell.money.span.end, cell.money.span.end + 14):
        return RoleOfSum(MoneyRole.PACKAGE, package, False)
    if near and near[0] is MoneyRole.OTHER and package and not given:
        return RoleOfSum(MoneyRole.PACKAGE, package, False)
    elsewhere = part.why.get("donors", Why(Reason.NO_VERB)).reason in (Reason.SENTENCE_BEFORE, Reason.TITLE)
    nearer = (
        near is not None
        and near[0] is MoneyRole.OTHER
        and not _verb_is_nearer(verb, near[1], cell.money.span)
    )
    needed = (
        near is not None
        and near[0] is MoneyRole.NEED
        and near[1].end <= cell.money.span.start
        and not has_verb(part)
    )
    if near and (not given or elsewhere or nearer or needed):
        return RoleOfSum(near[0], near[1], False)
    if given and donors:
        return _as_gift(part, verb, donors, package)
    return _without_giver(part, donors, programme, near is not None, package)


def _as_component(
    part: SumPart, verb: GivingVerb | None, donors: tuple[str, ...], piece: Span | None, given: bool
) -> RoleOfSum | None:
    """Say whether a sum is a part of the one before it, by words between the two or as a share of a joint sum."""
    before = part.before
    if piece is None and before is not None and before.role is MoneyRole.COMPONENT and not has_verb(part):
        piece = before.why["role"].span
    if piece is not None:
        reason = part.why.get("donors", Why(Reason.NO_VERB)).reason
        own = reason in (Reason.SUBJECT, Reason.BY, Reason.AFTER_VERB)
        own = own or (bool(donors) and (has_verb(part) or has_own_day(part)))
        of_gift = whole_of(part) is not None and (verb is None or not verb.is_denied)
        return RoleOfSum(MoneyRole.COMPONENT, piece, (own and given) or of_gift)
    joint = _share_of_joint(part, donors)
    return RoleOfSum(MoneyRole.COMPONENT, joint, True) if joint is not None and given else None


def _total_cues(part: SumPart) -> tuple[Span | None, bool]:
    """Find the words of a running total, and say whether they tell what it grew to."""
    seen, words, cell = part.report.seen, part.report.words, part.cell
    start = max(cell.span.start, cell.money.span.start - 70)
    grows = words["roles.grows_to"].search(seen, start, cell.money.span.start)
    total = words["roles.running"].search(seen, cell.span.start, cell.span.end) or grows
    return (Span(total.start(), total.end()) if total else None), grows is not None


def _as_gift(
    part: SumPart, verb: GivingVerb | None, donors: tuple[str, ...], package: Span | None
) -> RoleOfSum:
    """Tell a contribution of named givers from a total: over an open group, or of one giver since a day."""
    seen, words, cell = part.report.seen, part.report.words, part.cell
    total_at, grows = _total_cues(part)
    loose = all(id_.startswith("group:") for id_ in donors)
    since = words["roles.since"].search(seen, part.sentence.start, cell.span.end)
    summed_up = words["roles.summed_up"].search(seen, cell.span.start, cell.money.span.start)
    if summed_up and _is_gift(part):
        return RoleOfSum(MoneyRole.TOTAL, Span(summed_up.start(), summed_up.end()), True)
    if total_at and (loose or grows or since):
        return RoleOfSum(MoneyRole.TOTAL, total_at, True)
    summed = roles.cue_in(seen, cell.span, words, MoneyRole.TOTAL, part.spared)
    if all(id_ in part.report.open_groups for id_ in donors) and (summed or not package):
        return RoleOfSum(MoneyRole.TOTAL, summed, True)
    return RoleOfSum(MoneyRole.CONTRIBUTION, verb.span if verb else None, True)


def _without_giver(
    part: SumPart, donors: tuple[str, ...], programme: str, is_cautious: bool, package: Span | None
) -> RoleOfSum:
    """Say what a sum is that nobody is named to give: received, a total of a programme, or no gift."""
    seen, words, cell, spared = part.report.seen, part.report.words, part.cell, part.spared
    total_at, _ = _total_cues(part)
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


def _share_of_joint(part: SumPart, donors: tuple[str, ...]) -> Span | None:
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


def is_given(part: SumPart, verb: GivingVerb | None, donors: tuple[str, ...]) -> bool:
    if not donors:
        return False
    if verb is not None:
        return not verb.is_denied
    gift = any(group.has_gift and group.ids == donors for group in part.cell.payers)
    return (
        gift
        or part.why.get("donors", Why(Reason.NO_VERB)).reason in (Reason.BY, Reason.THANKED)
        or stage_of_list(part) is not None
    )
