"""What needs the approval of a second person, what waits for one, and who may see it and decide."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pledgeline.accounts.models import Membership
from pledgeline.accounts.rights import Act, Person, account_of, has_role, may, username_of
from pledgeline.accounts.roles import EVERYWHERE, Machine
from pledgeline.accounts.stand_ins import PLACE, STAND_INS
from pledgeline.money import Amount, Converted, Rates
from pledgeline.programme.approvals import Approvable, band_of
from pledgeline.programme.roles import Role
from pledgeline.records.models import Decision, HeldAct, ProgrammeRecord, RateRecord, StepTaken


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalNeeded:
    """Who has to approve something, and by which sum: none where no rate leads to the programme's currency."""

    role: Role
    above: Amount
    compared: Amount | None
    rates: list[dict[str, str]]


def approval_needed(
    programme: ProgrammeRecord, what: Approvable, amount: Amount, today: date
) -> ApprovalNeeded | None:
    """Say what approval an amount needs by the settings and the rates of a day; nothing where it needs none."""
    settings = programme.to_value()
    if not any(band.what == what for band in settings.approvals):
        return None
    compared, rates = _in_base(programme, amount, today)
    band = band_of(settings.approvals, what, compared)
    if band is None:
        return None
    return ApprovalNeeded(role=band.role, above=band.above, compared=compared, rates=rates)


def _in_base(
    programme: ProgrammeRecord, amount: Amount, today: date
) -> tuple[Amount | None, list[dict[str, str]]]:
    """Give an amount in the programme's currency, with the rates that led there as they can be kept and shown."""
    if amount.currency == programme.base_currency:
        return amount, []
    rows = RateRecord.objects.filter(programme=programme, day__lte=today)
    table = Rates((row.to_value() for row in rows), maximum_age_days=programme.maximum_rate_age_days)
    found = table.convert(amount, programme.base_currency, on=today)
    if not isinstance(found, Converted):
        return None, []
    return found.amount, [
        {
            "day": rate.day.isoformat(),
            "base": rate.base,
            "currency": rate.currency,
            "rate": f"{rate.rate:f}",
            "source": rate.source,
        }
        for rate in found.rates
    ]


# Who may


def may_decide(held: HeldAct, person: Person) -> bool:
    """Say whether `person` may decide on an act: with an account, in the role that is named, and not whoever asked."""
    slug = held.programme.slug
    return (
        held.decision == Decision.WAITING
        and may(person, Act.APPROVE, slug)
        and has_role(person, held.role, slug)
        and not asked_by(held, person)
    )


def asked_by(held: HeldAct, person: Person) -> bool:
    """Say whether `person` asked for an act; whoever works at the machine without an account is one and the same."""
    if isinstance(person, Machine):
        return held.asked_account == ""
    return account_of(person) == held.asked_account != ""


def may_withdraw(held: HeldAct, person: Person) -> bool:
    """Say whether `person` may take an act back that waits: whoever asked for it."""
    return held.decision == Decision.WAITING and asked_by(held, person)


def may_see(programme: ProgrammeRecord, person: Person) -> bool:
    """Say whether `person` may see what waits for approval in a programme."""
    return may(person, Act.SEE_APPROVALS, programme.slug)


def approvers(held: HeldAct) -> list[str]:
    """Name the people who may approve an act."""
    if held.programme.slug == PLACE:
        return [
            username_of(person)
            for person in STAND_INS.values()
            if person.role == held.role and person.account != held.asked_account
        ]
    rows = Membership.objects.filter(
        role=held.role, programme__in=(EVERYWHERE, held.programme.slug), person__is_active=True
    ).exclude(person_id=int(held.asked_account) if held.asked_account.isdecimal() else 0)
    return sorted(set(rows.values_list("person__username", flat=True)))


# Lists


def held_acts(programme: ProgrammeRecord, person: Person) -> QuerySet[HeldAct]:
    """Give the acts that were held, the newest first, to whoever may see them."""
    rows = HeldAct.objects.filter(programme=programme).select_related("programme")
    return rows if may_see(programme, person) else rows.none()


def waiting_for(programme: ProgrammeRecord, person: Person) -> list[HeldAct]:
    """Give the acts on which `person` may decide, the oldest first."""
    rows = held_acts(programme, person).filter(decision=Decision.WAITING).order_by("pk")
    return [held for held in rows if may_decide(held, person)]


def waiting_of(programme: ProgrammeRecord, person: Person, noun: str, key: str) -> list[HeldAct]:
    """Give what waits for approval of one noun, to whoever may see it."""
    rows = held_acts(programme, person).filter(decision=Decision.WAITING, noun=noun, key=key)
    return list(rows.order_by("pk"))


def act_asked_for(noted: StepTaken) -> HeldAct:
    """Give the act whose approval was just asked for, by its note in the history of the noun."""
    rows = HeldAct.objects.select_related("programme")
    return rows.filter(programme=noted.programme_id, noun=noted.noun, key=noted.key)[0]


def same_acts(programme: ProgrammeRecord, event: Mapping[str, object], amount: Amount) -> list[HeldAct]:
    """Give what waits, or was approved, of the same event: of one contribution, kind, amount and day."""
    rows = HeldAct.objects.filter(
        programme=programme,
        noun="contribution",
        key=event["contribution"],
        step=event["type"],
        amount_minor=amount.minor,
        amount_currency=amount.currency,
        decision__in=(Decision.WAITING, Decision.APPROVED),
    )
    day = str(event["effective_on"])
    return [held for held in rows.order_by("pk") if held.said["event"]["effective_on"] == day]


def waiting_money(programme: ProgrammeRecord, key: str, step: str, origin: str) -> Counter[str]:
    """Give the money of a contribution that waits for approval to be moved by a step, by currency."""
    sums: Counter[str] = Counter()
    rows = HeldAct.objects.filter(
        programme=programme, noun="contribution", key=key, step=step, decision=Decision.WAITING
    )
    for held in rows:
        if held.said["event"].get("from", "available") == origin:
            sums[held.amount_currency] += held.amount_minor
    return sums


def same_as(held: HeldAct) -> list[HeldAct]:
    """Give the acts beside one that say the same of a contribution: one of them may be a slip."""
    event = held.said.get("event")
    if held.decision != Decision.WAITING or event is None:
        return []
    return [other for other in same_acts(held.programme, event, held.amount) if other.pk != held.pk]


def shown_of(held: HeldAct) -> dict[str, Any]:
    """Give what an act was told beside its amount, as people read it: day, reason, and what its step asked for."""
    said = held.said
    event = said.get("event", {})
    return {
        name: value
        for name, value in (
            ("reason", said.get("reason")),
            ("effective_on", event.get("effective_on")),
            ("note", event.get("note")),
            ("from", event.get("from")),
            ("reserved_until", said.get("reserved_until")),
            ("details", said.get("details")),
        )
        if value
    }
