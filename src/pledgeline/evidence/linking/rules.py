"""How two claims of money stand to each other: by rules with names, never by a score.

The first rule that speaks decides. A running total is never in conflict with another one because the sums differ:
it has grown. Group names never stand for lists of states.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations

from pledgeline.evidence.finding.candidates import MoneyRole, StatedStage
from pledgeline.evidence.linking.claims import MoneyClaim

NEARLY = Decimal("0.05")
"""Two sums that differ by no more than this part of the larger one are one sum, told more or less exactly."""

SAME_EVENT_DAYS = 10
"""Units: days. Two sums of one giver are held against each other only if they were said this near to each other."""

RETOLD_DAYS = 45
"""Units: days. A sum of one giver into one programme is told again, in summaries, for about so long."""

RETOLD_NEARLY = Decimal("0.25")
"""A sum that is told again weeks later may be off by this part of the larger one; beyond it a giver has given twice."""

SAME_DAY_DAYS = 3
"""Units: days. Reports that each state a day further apart than this speak of two events."""

_ALIKE = (MoneyRole.CONTRIBUTION, MoneyRole.COMPONENT, MoneyRole.FX_EQUIVALENT, MoneyRole.PACKAGE)

ToldSum = tuple[str, frozenset[str], Decimal]
"""A report, givers, and a sum of theirs that it tells."""


class LinkRelation(StrEnum):
    """How two claims stand to each other."""

    AGREE = "agree"
    DIFFER = "differ"
    CONTRADICT = "contradict"
    INCLUDES = "includes"
    UPDATES = "updates"
    RELATED = "related"


class Rule(StrEnum):
    """The name under which the reader is told why."""

    SAME_SUM = "same-sum"
    SAME_SUM_OTHER_DONORS = "same-sum-other-donors"
    SAME_SUM_OTHER_ROLE = "same-sum-other-role"
    GIVEN_AS_EQUIVALENT = "given-as-equivalent"
    CURRENCY_APART = "currency-apart"
    CURRENCY_UNCLEAR = "currency-unclear"
    STAGE_APART = "stage-apart"
    PRECISION = "precision"
    AMOUNT_APART = "amount-apart"
    ANOTHER_CONTRIBUTION = "another-contribution"
    PART_OF_SUM = "part-of-sum"
    STAGE_UNSAID = "stage-unsaid"
    SAME_TERM = "same-term"
    SAME_EVENT = "same-event"
    SAME_FACT = "same-fact"
    PARTIES_APART = "parties-apart"
    CONTENT_APART = "content-apart"
    CONDITION_APART = "condition-apart"
    TOTAL_LATER = "total-later"
    TOTAL_SAME_DAY = "total-same-day"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPair:
    """Two claims, their relation, the rule that says so and the fields that differ."""

    first: str
    second: str
    relation: LinkRelation
    rule: Rule
    differs_in: tuple[str, ...] = ()


def links_between(claims: Iterable[MoneyClaim]) -> list[ClaimPair]:
    """Compare all claims that may speak of one thing: of one programme, or with a giver or a sum in common."""
    blocks: dict[str, list[MoneyClaim]] = {}
    for claim in claims:
        for key in {claim.programme or "-", *(f"donor {id_}" for id_ in claim.named), f"value {claim.value}"}:
            blocks.setdefault(key, []).append(claim)
    links: dict[tuple[str, str], ClaimPair] = {}
    told = told_sums(claim for block in blocks.values() for claim in block)
    for key in sorted(blocks):
        if key == "-":
            continue
        for first, second in combinations(sorted(blocks[key], key=lambda claim: claim.id), 2):
            if (first.id, second.id) in links or (link := link_of(first, second)) is None:
                continue
            if link.rule is Rule.AMOUNT_APART and are_two(first, second, told):
                continue
            links[first.id, second.id] = link
    return [links[pair] for pair in sorted(links)]


def told_sums(claims: Iterable[MoneyClaim]) -> frozenset[ToldSum]:
    """Give which reports tell which sums of whom."""
    return frozenset((claim.document, claim.donors, claim.value) for claim in claims)


def are_two(first: MoneyClaim, second: MoneyClaim, told: Collection[ToldSum]) -> bool:
    """Say whether one of the reports tells both sums of the giver: then they are two contributions."""
    return (first.document, second.donors, second.value) in told or (
        second.document,
        first.donors,
        first.value,
    ) in told


def link_of(first: MoneyClaim, second: MoneyClaim) -> ClaimPair | None:
    """Say how two claims stand to each other; None where they do not speak of one thing."""
    if first.programme and second.programme and first.programme != second.programme:
        return None
    if first.is_total and second.is_total:
        return _totals(first, second)
    if first.is_total != second.is_total:
        return _total_and_part(first, second)
    if not {first.role, second.role} <= set(_ALIKE):
        return _other_sums(first, second)
    return _contributions(first, second)


def _link(
    first: MoneyClaim, second: MoneyClaim, relation: LinkRelation, rule: Rule, *fields: str
) -> ClaimPair:
    also = tuple(name for name in _also_differs(first, second) if name not in fields)
    return ClaimPair(
        first=first.id, second=second.id, relation=relation, rule=rule, differs_in=(*fields, *also)
    )


def _also_differs(first: MoneyClaim, second: MoneyClaim) -> list[str]:
    fields = []
    if first.donors != second.donors:
        fields.append("donors")
    if first.stages and second.stages and first.stages != second.stages:
        fields.append("stage")
    if first.role is not second.role:
        fields.append("role")
    if first.qualifier != second.qualifier:
        fields.append("precision")
    if first.speaker and second.speaker and first.speaker != second.speaker:
        fields.append("speaker")
    if _stated_days_apart(first, second):
        fields.append("date")
    return fields


def _stated_days_apart(first: MoneyClaim, second: MoneyClaim) -> int:
    """Give how many days lie between the days that two texts themselves state; 0 where one states none."""
    if first.stated_on is None or second.stated_on is None:
        return 0
    return abs((first.stated_on - second.stated_on).days)


def _same_value(first: MoneyClaim, second: MoneyClaim) -> bool:
    return first.value == second.value


def _may_be_one_currency(first: MoneyClaim, second: MoneyClaim) -> bool:
    return bool(first.currencies & second.currencies)


def _currency_is_unclear(first: MoneyClaim, second: MoneyClaim) -> bool:
    """Say whether one text leaves open what the other one says: "$" beside NZ$."""
    open_, closed = sorted((first, second), key=lambda claim: -len(claim.currencies))
    return (
        len(open_.currencies) > 1
        and len(closed.currencies) == 1
        and "USD" not in closed.currencies
        and "USD" in open_.currencies
    )


def _equivalent(first: MoneyClaim, second: MoneyClaim) -> bool:
    return any(
        value == other.value and currency in other.currencies
        for claim, other in ((first, second), (second, first))
        for value, currency in claim.equivalents
    )


def _nearly(first: MoneyClaim, second: MoneyClaim) -> bool:
    """Say whether two sums are one, told more or less exactly: within 5 %, or "more than" the smaller one."""
    low, high = sorted((first, second), key=lambda claim: claim.value)
    if high.value - low.value <= NEARLY * high.value:
        return True
    return low.qualifier in ("more_than", "at_least") and high.value <= low.value * Decimal("1.25")


def _days_apart(first: MoneyClaim, second: MoneyClaim) -> int | None:
    if first.said_on is None or second.said_on is None:
        return None
    return abs((first.said_on - second.said_on).days)


def _totals(first: MoneyClaim, second: MoneyClaim) -> ClaimPair | None:
    if first.named != second.named and first.named and second.named:
        return None
    if not (first.programme or first.named) and not _same_value(first, second):
        return None
    if _same_value(first, second):
        return _same_sum(first, second)
    if not _may_be_one_currency(first, second) or first.named != second.named:
        return None
    if _days_apart(first, second) == 0:
        return _link(first, second, LinkRelation.DIFFER, Rule.TOTAL_SAME_DAY, "amount")
    return _link(first, second, LinkRelation.UPDATES, Rule.TOTAL_LATER, "amount", "as-of date")


def _total_and_part(first: MoneyClaim, second: MoneyClaim) -> ClaimPair | None:
    total, part = (first, second) if first.is_total else (second, first)
    if part.role not in _ALIKE or not (part.is_contribution or part.role is MoneyRole.PACKAGE):
        return None
    same_programme = bool(total.programme) and total.programme == part.programme
    if (
        _same_value(total, part)
        and _may_be_one_currency(total, part)
        and (same_programme or total.donors & part.donors)
    ):
        if total.named and part.named and not total.named & part.named:
            return None
        return _stage_or(first, second, LinkRelation.DIFFER, Rule.SAME_SUM_OTHER_ROLE, "role")
    inside = same_programme and part.named and (not total.named or part.named <= total.named)
    if (
        inside
        and total.document == part.document
        and _may_be_one_currency(total, part)
        and part.value < total.value
    ):
        return _link(first, second, LinkRelation.INCLUDES, Rule.PART_OF_SUM, "amount", "donors")
    return None


def _same_sum(first: MoneyClaim, second: MoneyClaim) -> ClaimPair | None:
    """Compare two claims of one face value: currency first, then stage, then who gives."""
    if not _may_be_one_currency(first, second):
        if _equivalent(first, second):
            return _link(first, second, LinkRelation.AGREE, Rule.GIVEN_AS_EQUIVALENT, "currency")
        return _link(first, second, LinkRelation.CONTRADICT, Rule.CURRENCY_APART, "currency")
    if _currency_is_unclear(first, second):
        return _stage_or(first, second, LinkRelation.DIFFER, Rule.CURRENCY_UNCLEAR, "currency")
    if first.donors != second.donors and (first.named or second.named or (first.donors and second.donors)):
        return _stage_or(first, second, LinkRelation.DIFFER, Rule.SAME_SUM_OTHER_DONORS, "donors")
    if first.qualifier != second.qualifier:
        return _stage_or(first, second, LinkRelation.DIFFER, Rule.PRECISION, "precision")
    if _stated_days_apart(first, second) > SAME_DAY_DAYS:
        return _stage_or(first, second, LinkRelation.DIFFER, Rule.SAME_SUM, "date")
    return _stage_or(first, second, LinkRelation.AGREE, Rule.SAME_SUM)


def _stage_or(
    first: MoneyClaim, second: MoneyClaim, relation: LinkRelation, rule: Rule, *fields: str
) -> ClaimPair:
    if first.stages and second.stages and not first.stages & second.stages:
        return _link(first, second, LinkRelation.CONTRADICT, Rule.STAGE_APART, "stage", *fields)
    if relation is LinkRelation.AGREE and _one_says_no_stage(first, second):
        return _link(first, second, LinkRelation.DIFFER, Rule.STAGE_UNSAID, "stage", *fields)
    return _link(first, second, relation, rule, *fields)


def _one_says_no_stage(first: MoneyClaim, second: MoneyClaim) -> bool:
    """Say whether only one of two texts says how far the money has come."""
    unsaid = StatedStage.UNSPECIFIED
    return bool(first.stages and second.stages) and (unsaid in first.stages) != (unsaid in second.stages)


def _contributions(first: MoneyClaim, second: MoneyClaim) -> ClaimPair | None:
    same_donors = first.donors == second.donors and bool(first.donors)
    overlap = bool(first.named & second.named)
    loose = not first.named or not second.named
    same_programme = bool(first.programme) and first.programme == second.programme
    days = _days_apart(first, second)
    near = days is not None and days <= SAME_EVENT_DAYS
    apart = first.document != second.document
    if _same_value(first, second) and (
        same_donors or overlap or (loose and near and same_programme and apart)
    ):
        return _same_sum(first, second)
    if _equivalent(first, second) and (same_donors or overlap or loose):
        return _link(first, second, LinkRelation.AGREE, Rule.GIVEN_AS_EQUIVALENT, "currency")
    if not (same_donors or overlap) or not _may_be_one_currency(first, second):
        return None
    low = min(first, second, key=lambda claim: claim.value)
    component = low.role is MoneyRole.COMPONENT or (
        MoneyRole.COMPONENT in (first.role, second.role) and first.document == second.document
    )
    subset = first.named < second.named or second.named < first.named
    one_event = near or (same_programme and first.document == second.document)
    if (component or subset) and one_event and _smaller_has_fewer(first, second):
        return _link(first, second, LinkRelation.INCLUDES, Rule.PART_OF_SUM, "amount", "donors")
    if not same_donors or not (same_programme or near):
        return None
    if _nearly(first, second):
        return _stage_or(first, second, LinkRelation.DIFFER, Rule.PRECISION, "amount")
    retold = days is not None and days <= RETOLD_DAYS and bool(first.named)
    if not (near or retold) or first.document == second.document or not same_programme:
        return None
    if _is_another(first, second, near=near):
        return _link(first, second, LinkRelation.RELATED, Rule.ANOTHER_CONTRIBUTION, "amount")
    return _link(first, second, LinkRelation.CONTRADICT, Rule.AMOUNT_APART, "amount")


def _is_another(first: MoneyClaim, second: MoneyClaim, *, near: bool) -> bool:
    """Say whether two sums of one giver are two contributions: of two stated days, or told weeks apart and far off."""
    if first.stated_on and second.stated_on:
        return _stated_days_apart(first, second) > SAME_DAY_DAYS
    low, high = sorted((first.value, second.value))
    return not near and high - low > RETOLD_NEARLY * high


def _smaller_has_fewer(first: MoneyClaim, second: MoneyClaim) -> bool:
    low, high = sorted((first, second), key=lambda claim: claim.value)
    return low.value < high.value and (low.named <= high.named or low.role is MoneyRole.COMPONENT)


def _other_sums(first: MoneyClaim, second: MoneyClaim) -> ClaimPair | None:
    """Compare needs, forecasts and other sums: only where they are one sum."""
    if not _same_value(first, second):
        return None
    if first.role is second.role and _may_be_one_currency(first, second) and first.donors == second.donors:
        return _link(first, second, LinkRelation.AGREE, Rule.SAME_SUM)
    if first.named & second.named or (first.programme and first.programme == second.programme):
        if not _may_be_one_currency(first, second):
            return _link(first, second, LinkRelation.CONTRADICT, Rule.CURRENCY_APART, "currency")
        return _stage_or(first, second, LinkRelation.DIFFER, Rule.SAME_SUM_OTHER_ROLE, "role")
    return None
