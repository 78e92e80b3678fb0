"""Write nouns of the chain down, and take their steps: one function for each, whatever the noun.

Whoever may do what, and who may not because of what they did before, says the table of steps. A refusal changes
nothing and says the way out; the same request again, by its key, gives the first answer.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Count, Max

from pledgeline.accounts.rights import Person, account_of, may, may_for_some, own_parties, username_of
from pledgeline.accounts.roles import Machine
from pledgeline.accounts.table import row_of_step
from pledgeline.actions import discrepancies, orders, packages, receipts, shipments
from pledgeline.actions.changes import NothingDone, noted_before, taken_back
from pledgeline.actions.holding import hold
from pledgeline.actions.nouns import Occasion, Rules, note, what_changed
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.ledger import Entry
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import Noun, read_noun
from pledgeline.programme.steps import (
    ASK,
    MAY_WRITE,
    OPEN_TO_CHANGE,
    WAITS,
    State,
    Step,
    can_change,
    first_state,
    refusal,
    state_key,
    step_of,
)
from pledgeline.records.books import NoBooks, locked
from pledgeline.records.models import (
    ChainRow,
    DiscrepancyRecord,
    FormedPackage,
    OfferRecord,
    OrderRecord,
    ProgrammeRecord,
    ReceiptRecord,
    RequirementRecord,
    ShipmentRecord,
    StepTaken,
)
from pledgeline.records.models.parties import party_named

TABLES: dict[str, type[ChainRow]] = {
    "requirement": RequirementRecord,
    "offer": OfferRecord,
    "package": FormedPackage,
    "order": OrderRecord,
    "shipment": ShipmentRecord,
    "receipt": ReceiptRecord,
    "discrepancy": DiscrepancyRecord,
}

RULES: dict[str, Rules] = {
    "package": Rules(hinders=packages.hinders, weigh=packages.weigh, follow=packages.follow),
    "order": Rules(
        fit=orders.fit, keep=orders.keep, hinders=orders.hinders, weigh=orders.weigh, follow=orders.follow
    ),
    "shipment": Rules(fit=shipments.fit, keep=shipments.keep, hinders=shipments.hinders),
    "receipt": Rules(fit=receipts.fit, keep=receipts.keep, hinders=receipts.hinders, follow=receipts.follow),
    "discrepancy": Rules(
        hinders=discrepancies.hinders, weigh=discrepancies.weigh, follow=discrepancies.follow
    ),
}
"""What nouns ask that move money or units. Whoever writes or moves one holds the books, and so the whole programme."""

AnyRow = TypeVar("AnyRow", bound=ChainRow)


def write(
    table: type[AnyRow],
    raw: Mapping[str, object],
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    seen: str | None = None,
    asked_with: str = "",
) -> AnyRow | list[Finding]:
    """Write a noun down as a draft, or change what a draft says; of what was decided a new version is begun.

    `asked_with` is the key of a form: sent again, it gives what it has done. `seen` is the `stamp_of` that a form was
    filled in by, "" for one that was new: where something has happened since, nothing is changed. Findings have the
    field as the last part of their path.
    """
    noun = table.KIND.NAME
    place = Place(file=noun)
    said = read_noun(table.KIND, raw, place)
    if isinstance(said, list):
        return said
    try:
        with transaction.atomic():
            return _written(table, said, programme, person, now, seen, asked_with)
    except NothingDone as refused:
        finding = refused.findings[0]
        trail.refused(AuditAct.NOUN_WRITTEN, noun, _key(said), code=finding.code, programme=programme.slug)
        return refused.findings
    except IntegrityError:  # somebody else has just made the same
        return [refusal(noun, _key(said), "changed-meanwhile.by-somebody")]


def _written(
    table: type[AnyRow],
    said: Noun,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    seen: str | None,
    asked_with: str,
) -> AnyRow:
    noun, key = table.KIND.NAME, _key(said)
    if noun not in MAY_WRITE:
        raise NothingDone(refusal(noun, key, "no-right.write"))
    occasion = _occasion(noun, key, programme, person, now)
    row = _newest(table, programme, key)
    if row is not None and _is_of_the_form(noted_before(programme, asked_with), row):
        return row
    if seen is not None and seen != stamp_of(row):
        code = "changed-meanwhile.by-somebody" if seen else "taken.key"
        raise NothingDone(refusal(noun, key, code, at="" if seen else "key"))
    if why := _why_settled(row):
        raise NothingDone(why)
    made = table(
        programme=programme,
        key=key,
        state=first_state(noun),
        made_by=username_of(person),
        made_at=now,
    )
    before: Noun | None = None
    if row is not None:
        _must_own(row, programme, person)
        before = row.to_value()
        made.version = row.version + 1
        if not begins_version(row):
            made = row
    made.take_over(said)
    if occasion is not None:
        RULES[noun].fit(made, said, occasion)
    elif isinstance(made, OfferRecord):
        made.party_id = party_named(programme, made.supplier)
    _must_own(made, programme, person)
    changes = what_changed(before, said)
    if made is row and not changes:
        return made
    made.save_in_the_place_of(row)
    if occasion is not None:
        RULES[noun].keep(made, said)
        occasion.books.keep()
    note(
        made,
        "write",
        "" if made is not row else made.state,
        person,
        now,
        asked_with=asked_with,
        changes=changes,
    )
    trail.record(AuditAct.NOUN_WRITTEN, noun, key, programme=programme.slug, version=made.version)
    return made


def _is_of_the_form(before: StepTaken | None, row: ChainRow) -> bool:
    """Say whether the form with this key has written down this very row."""
    return before is not None and (before.noun, before.key) == (row.KIND.NAME, row.key)


def _occasion(
    noun: str,
    key: str,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    details: Noun | None = None,
    reason: str = "",
) -> Occasion | None:
    """Hold the books for a noun that moves money or units; nothing where it is another."""
    if noun not in RULES:
        return None
    try:
        return Occasion(
            programme=programme,
            person=person,
            now=now,
            books=locked(programme.slug),
            details=details,
            reason=reason,
        )
    except NoBooks:
        raise NothingDone(refusal(noun, key, "no-books.programme")) from None


def take_step(
    table: type[AnyRow],
    key: str,
    name: str,
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    reason: str = "",
    details: Mapping[str, object] | None = None,
    asked_with: str = "",
    seen: str | None = None,
) -> StepTaken | Finding:
    """Take a step of the newest version of a noun; a finding says why it cannot be taken.

    `details` are what the step asks for, by the names of its fields. Where a second person has to approve it, it is
    held instead, and what comes back is the note that its approval was asked for.
    """
    noun = table.KIND.NAME
    asking = Taking(key=key, step=name, reason=reason.strip(), details=details or {}, seen=seen)
    try:
        with transaction.atomic():
            return taken(table, asking, programme, person, now, asked_with=asked_with)[0]
    except NothingDone as refused:
        finding = refused.findings[0]
        trail.refused(AuditAct.STEP_TAKEN, noun, key, code=finding.code, programme=programme.slug, step=name)
        return finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A step of a noun that somebody takes, with what they say; `seen` is the `stamp_of` what they look at."""

    key: str
    step: str
    reason: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    seen: str | None = None


def taken(
    table: type[AnyRow],
    taking: Taking,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    *,
    asked_with: str = "",
    is_approved: bool = False,
) -> tuple[StepTaken, list[Entry]]:
    """Take a step as a part of a transaction, and give its note with its entries; unless it is held for approval.

    Raises:  NothingDone.
    """
    noun, key, name = table.KIND.NAME, taking.key, taking.step
    step = step_of(noun, name)
    said = read_details(noun, key, name, taking.details)
    if isinstance(said, list):
        raise NothingDone(*said)
    occasion = _occasion(noun, key, programme, person, now, said, taking.reason)
    row = _newest(table, programme, key)
    if row is None:
        raise NothingDone(refusal(noun, key, "unknown.noun"))
    if step is None:
        raise NothingDone(refusal(noun, key, "unknown.step", step=name))
    if before := noted_before(programme, asked_with):
        return before, []
    if why := why_not(step, row, person, reason=taking.reason):
        raise NothingDone(why)
    if taking.seen is not None and taking.seen != stamp_of(row):
        raise NothingDone(refusal(noun, key, "changed-meanwhile.by-somebody"))
    held = _held(row, step, taking, occasion, asked_with) if occasion and not is_approved else None
    if held is not None:
        return held, []
    return _done(row, step, taking, person, now, occasion, asked_with)


def _done(
    row: ChainRow,
    step: Step,
    taking: Taking,
    person: Person,
    now: datetime,
    occasion: Occasion | None,
    asked_with: str,
) -> tuple[StepTaken, list[Entry]]:
    """Move a row, enter what comes of it, and note it."""
    noun, origin = step.noun, row.state
    row.state = step.target
    if isinstance(row, RequirementRecord) and step.name == "list":
        _list(row, person, now)
    if isinstance(row, OfferRecord) and step.name == "submit":
        _supersede(row, State.OFFERED, person, now)
    entries = RULES[noun].follow(row, step, occasion) if occasion is not None else []
    row.save()
    if occasion is not None:
        occasion.books.keep()
    noted = note(
        row,
        step.name,
        origin,
        person,
        now,
        reason=taking.reason,
        asked_with=asked_with,
        changes=occasion.changes if occasion is not None else None,
        entries=entries,
    )
    trail.record(
        AuditAct.STEP_TAKEN,
        noun,
        row.key,
        programme=row.programme.slug,
        step=step.name,
        version=row.version,
        reason=taking.reason,
    )
    return noted, occasion.entered if occasion is not None else []


def _held(row: ChainRow, step: Step, taking: Taking, occasion: Occasion, asked_with: str) -> StepTaken | None:
    """Hold a step that a second person has to approve, and that could be done; nothing where nobody has to."""
    amount = RULES[step.noun].weigh(row, step, occasion) if step.approved_as else None
    if step.approved_as is None or amount is None:
        return None
    held = hold(
        row.programme,
        what=step.approved_as,
        about=(step.noun, row.key, step.name),
        amount=amount,
        said={"reason": taking.reason, "details": dict(taking.details)},
        person=occasion.person,
        now=occasion.now,
        today=occasion.today,
        stamp=stamp_of(row),
    )
    if held is None:
        return None
    with taken_back():  # nobody is asked about what could not be done
        taken(type(row), taking, row.programme, occasion.person, occasion.now, is_approved=True)
    noted = note(
        row, ASK, row.state, occasion.person, occasion.now, reason=taking.reason, asked_with=asked_with
    )
    held.stamp = stamp_of(row)
    held.save(update_fields=["stamp"])
    return noted


def read_details(
    noun: str, key: str, name: str, details: Mapping[str, object] | None
) -> Noun | list[Finding] | None:
    """Read what a step asks for; nothing where it asks for nothing."""
    step = step_of(noun, name)
    if step is None or step.asks is None:
        return None
    return read_noun(step.asks, details or {}, Place(file=f"{noun} {key}"))


def foreseen(
    table: type[AnyRow],
    key: str,
    name: str,
    *,
    programme: ProgrammeRecord,
    person: Person,
    now: datetime,
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> list[Entry] | list[Finding]:
    """Give the entries that a step would make: it is taken, read, and taken back."""
    try:
        with taken_back():
            asking = Taking(key=key, step=name, reason=reason.strip(), details=details or {})
            _step, entries = taken(table, asking, programme, person, now, is_approved=True)
            return entries
    except NothingDone as refused:
        return refused.findings


def why_not(step: Step, row: ChainRow, person: Person, *, reason: str | None = None) -> Finding | None:
    """Say why `person` may not take a step of a row now; nothing where they may.

    A page asks without a `reason`, which is still to be typed.
    """
    noun, key = step.noun, row.key
    if row.state not in step.origins:
        return refusal(noun, key, "not-from-here.state", state=state_key(noun, row.state), step=step.name)
    if not _may(row, noun, step.name, row.programme, person):
        return refusal(noun, key, "no-right.step", step=step.name)
    if step.not_after and _took(row, step.not_after, person):
        code = "machine" if isinstance(person, Machine) else "same-person"
        return refusal(noun, key, f"four-eyes.{code}", step=step.name)
    if reason == "" and step.needs_reason:
        return refusal(noun, key, "no-reason.step", at="reason", step=step.name)
    return RULES[noun].hinders(step, row) if noun in RULES else None


def why_not_write(
    table: type[ChainRow], said: Noun, row: ChainRow | None, *, programme: ProgrammeRecord, person: Person
) -> Finding | None:
    """Say why `person` may not write down a noun that moves neither money nor units, over its newest `row` if any."""
    if row is not None and (why := _why_settled(row) or _why_not_own(row, programme, person)):
        return why
    made = table(programme=programme, key=_key(said))
    made.take_over(said)
    if isinstance(made, OfferRecord):
        made.party_id = party_named(programme, made.supplier)
    return _why_not_own(made, programme, person)


def _why_settled(row: ChainRow | None) -> Finding | None:
    """Say why what a row says cannot be changed now, nor be said anew in a version of its own."""
    if row is None or can_change(row.KIND.NAME, row.state):
        return None
    code = "waits.for-a-decision" if row.state in WAITS else "settled.as-it-is"
    return refusal(row.KIND.NAME, row.key, code, state=state_key(row.KIND.NAME, row.state))


def begins_version(row: ChainRow) -> bool:
    """Say whether a change of a row is a new version beside it."""
    return row.state not in OPEN_TO_CHANGE


def may_write(table: type[ChainRow], programme: ProgrammeRecord, person: Person) -> bool:
    """Say whether `person` may write such a noun down, be it for their own party only."""
    noun = table.KIND.NAME
    return noun in MAY_WRITE and may_for_some(person, row_of_step(noun, "write"), programme.slug)


def may_change(row: ChainRow, person: Person) -> bool:
    """Say whether `person` may change what a row says, or begin a new version of it."""
    noun = row.KIND.NAME
    return (
        noun in MAY_WRITE and can_change(noun, row.state) and _may(row, noun, "write", row.programme, person)
    )


def stamp_of(row: ChainRow | None) -> str:
    """Stand for what has happened to a noun so far; a form carries it along."""
    if row is None:
        return ""
    steps = StepTaken.objects.filter(programme=row.programme, noun=row.KIND.NAME, key=row.key)
    return row.stamp_after(steps.count())


def stamps_of(table: type[ChainRow], programme: ProgrammeRecord, keys: Collection[str]) -> dict[str, str]:
    """Give the `stamp_of` each noun with one of these keys that is there."""
    steps = StepTaken.objects.filter(programme=programme, noun=table.KIND.NAME, key__in=keys)
    counted = dict(steps.values_list("key").annotate(Count("pk")).order_by())
    rows = table.objects.filter(programme=programme, key__in=keys, is_newest=True)
    return {row.key: row.stamp_after(counted.get(row.key, 0)) for row in rows}


def _may(row: ChainRow, noun: str, step: str, programme: ProgrammeRecord, person: Person) -> bool:
    right = row_of_step(noun, step)
    if may(person, right, programme.slug):
        return True
    owner = getattr(row, "party", None)
    party = owner.ref if owner else ""
    return bool(party) and party in own_parties(person, right, programme.slug)


def _why_not_own(row: ChainRow, programme: ProgrammeRecord, person: Person) -> Finding | None:
    noun = row.KIND.NAME
    return None if _may(row, noun, "write", programme, person) else refusal(noun, row.key, "no-right.write")


def _must_own(row: ChainRow, programme: ProgrammeRecord, person: Person) -> None:
    if why := _why_not_own(row, programme, person):
        raise NothingDone(why)


def _newest(table: type[AnyRow], programme: ProgrammeRecord, key: str) -> AnyRow | None:
    """Give the newest version, held until the transaction ends."""
    return table.objects.select_for_update().filter(programme=programme, key=key, is_newest=True).first()


def _list(row: RequirementRecord, person: Person, now: datetime) -> None:
    """Put a requirement at the end of the order of those of its priority, in the place of its earlier version."""
    rows = RequirementRecord.objects.filter(programme=row.programme)
    earlier = _supersede(row, State.LISTED, person, now)
    last = rows.aggregate(last=Max("listed_as"))["last"] or 0
    row.listed_as = earlier.listed_as if earlier and earlier.priority == row.priority else last + 1


def _supersede(row: AnyRow, state: State, person: Person, now: datetime) -> AnyRow | None:
    """Let a version take the place of the earlier one that still counts, and give that one."""
    rows = type(row).objects.select_for_update().filter(programme=row.programme, key=row.key, state=state)
    earlier = rows.exclude(pk=row.pk).first()
    if earlier is not None:
        earlier.state = State.SUPERSEDED
        earlier.save()
        note(earlier, "supersede", state, person, now)
    return earlier


def _took(row: ChainRow, step: str, person: Person) -> bool:
    """Say whether `person` took a step of this version last; without an account whoever is at the machine is one."""
    taken = StepTaken.objects.filter(
        programme=row.programme, noun=row.KIND.NAME, key=row.key, version=row.version, step=step
    ).last()
    return taken is not None and taken.by_account == account_of(person)


def _key(said: Noun) -> str:
    return str(said.key)  # type: ignore[attr-defined]
