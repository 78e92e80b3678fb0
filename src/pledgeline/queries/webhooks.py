"""What other offices are told: which acts of the audit trail are events for them, and what of each they may see.

A message says what happened to what and where it is read. What is in it is no more than that, so nothing leaves with
it that the page behind the address would not show; and it is only sent to whoever may see the thing itself.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.accounts.subscribers import Subscriber
from pledgeline.audit.acts import AuditAct, Outcome
from pledgeline.audit.models import AuditEvent
from pledgeline.programme.webhooks import EventKind
from pledgeline.queries.chain import SEEN_BY, versions
from pledgeline.queries.contributions import contributions, state_now
from pledgeline.records.books import NoBooks, books_of
from pledgeline.records.models import ChainRow, ProgrammeRecord, Webhook

TABLES: dict[str, type[ChainRow]] = {table.KIND.NAME: table for table in SEEN_BY}
"""The table of each noun of the chain."""

OF_NOUNS = {
    "requirement": EventKind.REQUIREMENTS,
    "offer": EventKind.OFFERS,
    "order": EventKind.ORDERS,
    "shipment": EventKind.SHIPMENTS,
    "receipt": EventKind.RECEIPTS,
    "discrepancy": EventKind.RECEIPTS,
    "package": EventKind.PLANS,
    "contribution": EventKind.CONTRIBUTIONS,
}

OF_ACTS = {
    AuditAct.ROW_ENTERED: EventKind.RECORD,
    AuditAct.ROW_REMOVED: EventKind.RECORD,
    AuditAct.RECORD_LOADED: EventKind.RECORD,
    AuditAct.PLAN_ACCEPTED: EventKind.PLANS,
    AuditAct.ENTRY_MADE: EventKind.BOOKS,
    AuditAct.EVENTS_ENTERED: EventKind.BOOKS,
    AuditAct.RESERVATIONS_EXPIRED: EventKind.BOOKS,
    AuditAct.INSTRUMENT_SAVED: EventKind.INSTRUMENTS,
    AuditAct.INSTRUMENT_WITHDRAWN: EventKind.INSTRUMENTS,
    AuditAct.SETTINGS_CHANGED: EventKind.PROGRAMME,
    AuditAct.PUBLISHED: EventKind.PROGRAMME,
    AuditAct.UNPUBLISHED: EventKind.PROGRAMME,
}

OF_CHAIN = (AuditAct.NOUN_WRITTEN, AuditAct.STEP_TAKEN)


def kind_of(event: AuditEvent) -> EventKind | None:
    """Give the kind of an act; nothing for one of which nobody else is told."""
    if event.act in OF_CHAIN:
        return OF_NOUNS.get(event.noun)
    return OF_ACTS.get(AuditAct(event.act))


def untold(hook: Webhook) -> QuerySet[AuditEvent]:
    """Give the acts that were not looked at for an address yet, in their order; of some it may be told already."""
    where = Q(programme=hook.programme.slug)
    if EventKind.INSTRUMENTS in hook.kinds:
        where |= Q(programme="", noun="instrument")
    told = hook.deliveries.filter(event__gt=hook.since).values("event")
    rows = AuditEvent.objects.filter(
        where, pk__gt=hook.since, outcome=Outcome.DONE, act__in=[*OF_CHAIN, *OF_ACTS]
    )
    return rows.exclude(pk__in=told).order_by("pk")


def reader_of(hook: Webhook) -> Person:
    """Give whoever reads at an address: with a role what that sees, without one what everybody sees."""
    if not hook.role:
        return None
    return Subscriber(role=hook.role, programme=hook.programme.slug, party=hook.party)


def sees(person: Person, programme: ProgrammeRecord, event: AuditEvent, kind: EventKind) -> bool:
    """Say whether somebody may see what an act was done to."""
    slug = programme.slug
    if kind is EventKind.INSTRUMENTS:
        return not event.programme or may(person, Act.SEE_DRAFTS, event.programme)
    if not ProgrammeRecord.objects.visible_to(person).filter(slug=slug).exists():
        return False
    if event.noun in TABLES:
        return versions(TABLES[event.noun], programme, person).filter(key=event.ref).exists()
    if kind is EventKind.CONTRIBUTIONS:
        return any(row.key == event.ref for row in contributions(programme, person, state_now(programme)))
    if kind is EventKind.PLANS:
        return may(person, Act.SEE_PLANS, slug)
    if kind is EventKind.BOOKS:
        try:
            books_of(slug, person)
        except NoBooks:
            return False
    return True


def message(event: AuditEvent, programme: ProgrammeRecord) -> dict[str, Any]:
    """Write what is told of an act."""
    data = {"programme": programme.slug, "noun": event.noun, "key": event.ref, "act": event.act}
    facts = event.facts if event.act in OF_CHAIN else {}
    data |= {name: facts[name] for name in ("step", "version") if name in facts}
    return {
        "type": f"{event.noun}.{event.act}",
        "timestamp": event.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "data": {**data, "address": _address(event, programme)},
    }


def _address(event: AuditEvent, programme: ProgrammeRecord) -> str:
    """Give the path at which it is read, below the site's own address."""
    if event.noun == "instrument":
        return reverse("web:guarantees-instrument", args=[event.ref])
    return reverse("web:overview", args=[programme.slug])
