"""How pages write claims: kinds, fields, roles, stages, relations and rules, and a claim in one line."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pledgeline.evidence.comparing.ranks import RankReason, Standpoint
from pledgeline.evidence.comparing.record_rows import record_code
from pledgeline.evidence.deciding.claims import ClaimField, StatedClaim, StatedKind
from pledgeline.evidence.finding.candidates import MoneyRole, StatedStage
from pledgeline.evidence.left_out import LeftOutAs
from pledgeline.evidence.linking.rules import LinkRelation, Rule
from pledgeline.programme.days import read_day
from pledgeline.programme.settings import Programme
from pledgeline.records.models import ClaimState, Verdict
from pledgeline.web import words
from pledgeline.web.words import Words

KINDS: Words = {
    StatedKind.CONTRIBUTION: _("Contribution"),
    StatedKind.MONEY_AMOUNT: _("Another sum"),
    StatedKind.REQUIREMENT_ITEM: _("Required item"),
    StatedKind.GUARANTEE_TERM: _("Guarantee term"),
    StatedKind.PROCESS_STEP: _("Next step"),
    StatedKind.STATEMENT: _("Statement"),
}

FIELDS: Words = {
    ClaimField.AMOUNT: _("Sum"),
    ClaimField.DONORS: _("Who gives"),
    ClaimField.STAGE: _("Verb of the stage"),
    ClaimField.PROGRAMME: _("Programme"),
    ClaimField.RECIPIENT: _("Recipient"),
    ClaimField.DAY: _("Day"),
    ClaimField.SPEAKER: _("Speaker"),
    ClaimField.ITEMS: _("Items"),
}

FIELD_KEYS = {
    ClaimField.AMOUNT: "1",
    ClaimField.DONORS: "2",
    ClaimField.STAGE: "3",
    ClaimField.PROGRAMME: "4",
    ClaimField.RECIPIENT: "5",
    ClaimField.DAY: "6",
    ClaimField.SPEAKER: "7",
    ClaimField.ITEMS: "8",
}
"""The key that puts selected words into a field."""

ROLES: Words = {
    MoneyRole.CONTRIBUTION: _("a contribution"),
    MoneyRole.TOTAL: _("a total so far"),
    MoneyRole.COMPONENT: _("a part of another sum"),
    MoneyRole.PACKAGE: _("the size of a package"),
    MoneyRole.NEED: _("a need"),
    MoneyRole.FORECAST: _("a forecast"),
    MoneyRole.FX_EQUIVALENT: _("the same money in another currency"),
    MoneyRole.DIFFERENCE: _("a difference"),
    MoneyRole.OTHER: _("something else"),
}

STAGES: Words = {
    StatedStage.PLEDGED: _("pledged"),
    StatedStage.COMMITTED: _("committed"),
    StatedStage.CONTRIBUTED: _("paid in"),
    StatedStage.DELIVERED: pgettext_lazy("a stage of money", "delivered"),
    StatedStage.PROPOSED: _("proposed"),
    StatedStage.NEGOTIATION: _("under negotiation"),
    StatedStage.UNSPECIFIED: _("stage not stated"),
}

QUALIFIERS: Words = {
    "about": _("about"),
    "almost": _("almost"),
    "at_least": _("at least"),
    "more_than": _("more than"),
}

RELATIONS: Words = {
    LinkRelation.AGREE: _("agrees with"),
    LinkRelation.DIFFER: _("differs from"),
    LinkRelation.CONTRADICT: _("contradicts"),
    LinkRelation.INCLUDES: _("is part of, or includes"),
    LinkRelation.UPDATES: _("is a later state of"),
    LinkRelation.RELATED: _("stands beside"),
}

RULES: Words = {
    Rule.SAME_SUM: _("the same sum"),
    Rule.SAME_SUM_OTHER_DONORS: _("the same sum, other partners"),
    Rule.SAME_SUM_OTHER_ROLE: _("the same sum, reported as something else"),
    Rule.GIVEN_AS_EQUIVALENT: _("the text gives both as the same money"),
    Rule.CURRENCY_APART: _("the same number in another currency"),
    Rule.CURRENCY_UNCLEAR: _("one text leaves the currency open"),
    Rule.STAGE_APART: _("the same money in another stage"),
    Rule.PRECISION: _("reported more or less exactly"),
    Rule.AMOUNT_APART: _("another amount for the same contribution"),
    Rule.ANOTHER_CONTRIBUTION: _("another contribution of the same partner"),
    Rule.PART_OF_SUM: _("one is a part of the other: do not add both"),
    Rule.STAGE_UNSAID: _("one text does not say the stage"),
    Rule.SAME_TERM: _("the same promise"),
    Rule.SAME_EVENT: _("the same meeting or journey"),
    Rule.SAME_FACT: _("the same fact of the programme"),
    Rule.PARTIES_APART: _("the same, with other parties"),
    Rule.CONTENT_APART: _("the same guarantors, another content"),
    Rule.CONDITION_APART: _("only one of the two names a condition"),
    Rule.TOTAL_LATER: _("a running total of another day"),
    Rule.TOTAL_SAME_DAY: _("two totals of one day"),
}

DIFFERING: Words = {
    "amount": _("amount"),
    "currency": _("currency"),
    "stage": _("stage"),
    "donors": _("who gives"),
    "role": _("what the sum is"),
    "precision": _("precision"),
    "speaker": _("speaker"),
    "as-of date": _("as-of day"),
    "date": _("day"),
    "guarantors": _("guarantors"),
    "participants": _("participants"),
    "content": _("content"),
    "condition": _("condition"),
}

STANDPOINTS: Words = {
    Standpoint.PRIMARY: _("the primary text itself"),
    Standpoint.OWN_CHANNEL: _("the speaker's own channel"),
    Standpoint.AGENCY: _("an agency or newspaper"),
    Standpoint.UNKNOWN: _("not known"),
    Standpoint.REPRINT: _("a reprint"),
}

RANK_REASONS: Words = {
    RankReason.PAYER: _("who pays speaks"),
    RankReason.LATER: _("said later"),
    RankReason.ALIKE: _("nothing sets them apart"),
}

STATES: Words = {
    ClaimState.HOLDS: _("holds"),
    ClaimState.WAITS: _("waits for a second person"),
    ClaimState.WITHDRAWN: _("withdrawn"),
}

VERDICTS: Words = {
    Verdict.ACCEPT: _("accepted as proposed"),
    Verdict.REJECT: _("rejected"),
    Verdict.EDIT: _("edited"),
    Verdict.MAKE: _("made by hand"),
    Verdict.CONFIRM: _("confirmed"),
    Verdict.WITHDRAW: _("withdrawn"),
}

LEFT_OUT: Words = {
    LeftOutAs.JOINTLY: _("announced jointly"),
    LeftOutAs.OTHER_CURRENCY: _("in another currency"),
    LeftOutAs.SUPERSEDED: _("superseded"),
    LeftOutAs.PRESS_ERROR: _("another figure of the press"),
    LeftOutAs.SAID_AGAIN: _("said again"),
    LeftOutAs.TAKEN_BACK: _("taken back"),
}

_GROUPS: Words = {
    "group:nato-allies": _("NATO allies"),
    "group:european-countries": _("European countries"),
    "group:allies": _("allies"),
}


def giver(id_: str, programme: Programme) -> str:
    """Name a giver of a report: a party or a country by its name, a group as a group."""
    if id_.startswith("group:"):
        return str(_GROUPS.get(id_) or id_.removeprefix("group:").replace("-", " "))
    code = record_code(id_)
    try:
        return words.party_name(programme, code)
    except KeyError:
        return id_.removeprefix("org:")


def sum_said(said: Mapping[str, str]) -> str:
    """Write a sum as stated, with its sign as it stands and whatever stands before it."""
    figures = [f"{Decimal(said[name]):,f}" for name in ("value", "upper") if said[name]]
    text = f"{said['currency']}\u00a0{'–'.join(figures)}"
    qualifier = QUALIFIERS.get(said["qualifier"])
    return f"{qualifier} {text}" if qualifier else text


def value_said(name: ClaimField, value: Any, programme: Programme) -> str:
    """Write the value of a field."""
    match name:
        case ClaimField.AMOUNT:
            return sum_said(value)
        case ClaimField.DONORS:
            return ", ".join(giver(id_, programme) for id_ in value)
        case ClaimField.RECIPIENT:
            return giver(value, programme)
        case ClaimField.STAGE:
            return str(STAGES[StatedStage(value)])
        case ClaimField.DAY:
            return "–".join(date_format(read_day(day), "DAY_FORMAT") for day in value.split("/"))
        case ClaimField.ITEMS:
            return ", ".join(f"{count:,} {item}" if count else item for item, count in value)
        case _:
            return str(value)


def line_of(claim: StatedClaim, programme: Programme) -> str:
    """Write a claim in one line: who, how far, how much, into what, when, and who says it."""
    order = (
        ClaimField.DONORS,
        ClaimField.STAGE,
        ClaimField.AMOUNT,
        ClaimField.ITEMS,
        ClaimField.PROGRAMME,
        ClaimField.RECIPIENT,
        ClaimField.DAY,
        ClaimField.SPEAKER,
    )
    parts = [value_said(name, claim.fields[name].value, programme) for name in order if name in claim.fields]
    if claim.role is not None and claim.role is not MoneyRole.CONTRIBUTION:
        parts.insert(0, str(ROLES[claim.role]))
    return " · ".join([str(KINDS[claim.kind]), *parts] if not claim.fields or claim.role is None else parts)


STATED_TOTAL = _("a stated total")
