"""What waits for the approval of a second person, as the page of what it is about says it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as translated

from pledgeline.accounts.rights import Person
from pledgeline.actions import acceptance, contributions
from pledgeline.money import Amount
from pledgeline.programme.steps import Step
from pledgeline.queries.approvals import approvers, waiting_of
from pledgeline.records.models import HeldAct, PlanRun, ProgrammeRecord
from pledgeline.web import words
from pledgeline.web.asked import Asked
from pledgeline.web.contributions.acts import TITLES
from pledgeline.web.planning.words import plan_name

POINTS = {
    "order": "orders-one",
    "package": "formed-one",
    "discrepancy": "discrepancies-one",
    contributions.NOUN: "contributions-one",
}
"""The pages of what a held act is about; that of a plan has its reference in its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHeld:
    """An act that waits: what it does with how much, who asked for it, and who decides."""

    step: str
    title: str
    address: str
    amount: Amount
    role: str | Promise
    approvers: list[str]
    asked_by: str
    asked_at: datetime


def held_for(
    asked: Asked, programme: ProgrammeRecord, person: Person, noun: str, key: str
) -> list[ShownHeld]:
    """Give what waits for approval of a noun, to whoever may see it."""
    return [
        ShownHeld(
            step=held.step,
            title=title_of(held),
            address=asked.at("approval", held.ref),
            amount=held.amount,
            role=words.ROLES[held.role],
            approvers=approvers(held),
            asked_by=held.asked_by,
            asked_at=held.asked_at,
        )
        for held in waiting_of(programme, person, noun, key)
    ]


def title_of(held: HeldAct) -> str:
    """Say what is to be done."""
    if held.noun == acceptance.PLAN:
        return translated("Accept the plan")
    if held.noun == contributions.NOUN:
        from_lapsed = held.said["event"].get("from") == "lapsed"
        return str(TITLES[contributions.REFUND if from_lapsed else held.step])
    return str(Step.named(held.noun, held.step))


def subject_of(held: HeldAct) -> str:
    """Name what it is about: a plan by the day and what it was made from, since its reference says nothing."""
    if held.noun == acceptance.PLAN:
        run = PlanRun.objects.select_related("job", "input", "programme").filter(ref=held.key).first()
        return plan_name(run) if run else held.key
    return held.key


def place_of(asked: Asked, held: HeldAct) -> str:
    """Give the address of what it is about."""
    if held.noun == acceptance.PLAN:
        return asked.at("plan-run", held.key)
    return asked.at(POINTS[held.noun], key=held.key)
