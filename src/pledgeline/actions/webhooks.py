"""Other offices are told of what happens: name an address, take it away, send again; and the job that sends.

What is to be told is found in the audit trail, where each act stands since the transaction in which it was done; so
nothing is lost where the worker was away. A message that was taken is never sent again by itself, and one that nobody
takes is given up after the last pause, which leaves an event.
"""

import json
import logging
import secrets
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from pledgeline.accounts.rights import Act, Person, may, username_of
from pledgeline.accounts.sealing import opened, sealed
from pledgeline.actions.changes import NothingDone
from pledgeline.actions.webhook_sending import BadAddress, Sent, check_address, send
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct, Outcome
from pledgeline.audit.models import AuditEvent
from pledgeline.jobs.clock import database_time
from pledgeline.jobs.context import JobContext
from pledgeline.jobs.kinds import job
from pledgeline.jobs.models import DueTime, Job, JobState, new_ref
from pledgeline.programme.findings import Finding, Place
from pledgeline.programme.nouns import read_noun
from pledgeline.programme.steps import refusal
from pledgeline.programme.webhook_fields import WebhookTerms
from pledgeline.programme.webhooks import PAUSES, SECRET_BYTES, DeliveryState, secret_of, signed
from pledgeline.queries.webhooks import kind_of, message, reader_of, sees, untold
from pledgeline.records.models import PartyRecord, ProgrammeRecord, Webhook, WebhookAttempt, WebhookDelivery

logger = logging.getLogger(__name__)

NOUN = "webhook"

MOST_ADDRESSES = 20
"""So many addresses are told of one programme."""

LOOKED_BACK = timedelta(hours=1)
"""How long after an act its transaction may end: so far back the trail is read again for what was not seen yet."""

AT_ONCE = 200
"""Messages that one run sends to an address."""

LONGEST_EACH = 20.0
"""Units: seconds. An address that has held a run up for so long has the rest of its messages in the next run."""

KEPT = timedelta(days=30)
"""How long a message that was taken or given up stays in the log."""

EVERY = timedelta(minutes=1)


def next_due(now: datetime) -> datetime:
    """Give when other offices are told next: at once where there are any, and else as often as costs nothing."""
    return now + (EVERY if Webhook.objects.filter(ended_at=None).exists() else 60 * EVERY)


def subscribe(
    programme: ProgrammeRecord, raw: Mapping[str, object], *, person: Person, now: datetime
) -> tuple[Webhook, str] | list[Finding]:
    """Have an address told of kinds of events; give it with its secret, which nobody can read again."""
    said = read_noun(WebhookTerms, raw, Place(file=NOUN))
    if isinstance(said, list):
        return said
    try:
        with transaction.atomic():
            return _subscribed(programme, said, person, now)
    except NothingDone as refused:
        trail.refused(
            AuditAct.WEBHOOK_MADE, NOUN, said.address, code=refused.findings[0].code, programme=programme.slug
        )
        return refused.findings


def _subscribed(
    programme: ProgrammeRecord, said: WebhookTerms, person: Person, now: datetime
) -> tuple[Webhook, str]:
    _must_have_right(programme, person)
    ProgrammeRecord.objects.select_for_update().get(pk=programme.pk)
    address = said.address
    if said.party and not PartyRecord.objects.filter(ref=said.party).exists():
        raise NothingDone(refusal(NOUN, address, "webhook.party", at="party"))
    try:
        check_address(address)
    except BadAddress as error:
        raise NothingDone(refusal(NOUN, address, str(error), at="address")) from None
    if programme.webhooks.filter(ended_at=None).count() >= MOST_ADDRESSES:
        raise NothingDone(refusal(NOUN, address, "webhook.too-many"))
    key = secrets.token_bytes(SECRET_BYTES)
    made = Webhook.objects.create(
        ref=new_ref(),
        programme=programme,
        address=address,
        kinds=list(said.kinds),
        role=said.role,
        party=said.party,
        secret=sealed(secret_of(key)),
        since=AuditEvent.objects.aggregate(last=Max("pk"))["last"] or 0,
        made_by=username_of(person),
        made_at=now,
    )
    DueTime.objects.filter(kind=tell_others.queue_name).update(next_at=database_time())
    trail.record(
        AuditAct.WEBHOOK_MADE,
        NOUN,
        made.ref,
        programme=programme.slug,
        address=address,
        kinds=list(said.kinds),
        role=said.role,
        party=said.party,
    )
    return made, secret_of(key)


def end(hook: Webhook, *, person: Person, now: datetime) -> list[Finding]:
    """Have an address notified no longer; what waits for it is not sent."""
    try:
        with transaction.atomic():
            _must_have_right(hook.programme, person)
            row = Webhook.objects.select_for_update().get(pk=hook.pk)
            if row.ended_at is None:
                row.ended_at = now
                row.save(update_fields=["ended_at"])
                trail.record(AuditAct.WEBHOOK_ENDED, NOUN, row.ref, programme=row.programme.slug)
    except NothingDone as refused:
        return _refused(AuditAct.WEBHOOK_ENDED, hook, refused)
    return []


def resend(delivery: WebhookDelivery, *, person: Person, now: datetime) -> list[Finding]:
    """Have a message sent again, under the name that it has: who has taken it knows it."""
    hook = delivery.webhook
    try:
        with transaction.atomic():
            _must_have_right(hook.programme, person)
            if hook.ended_at is not None:
                raise NothingDone(refusal(NOUN, hook.address, "webhook.ended"))
            WebhookDelivery.objects.filter(pk=delivery.pk).update(
                state=DeliveryState.WAITING, tries=0, next_at=now
            )
            DueTime.objects.filter(kind=tell_others.queue_name).update(next_at=database_time())
            trail.record(
                AuditAct.WEBHOOK_RESENT, NOUN, hook.ref, programme=hook.programme.slug, message=delivery.ref
            )
    except NothingDone as refused:
        return _refused(AuditAct.WEBHOOK_RESENT, hook, refused)
    return []


def _refused(act: AuditAct, hook: Webhook, refused: NothingDone) -> list[Finding]:
    trail.refused(act, NOUN, hook.ref, code=refused.findings[0].code, programme=hook.programme.slug)
    return refused.findings


def _must_have_right(programme: ProgrammeRecord, person: Person) -> None:
    if not may(person, Act.TELL_OTHERS, programme.slug):
        raise NothingDone(refusal(NOUN, programme.slug, "no-right.write"))


# What the worker does


@job("webhooks")
def tell_others(context: JobContext) -> dict[str, int]:
    """Find what other offices are to be told, and send what is due."""
    now = database_time()
    ended = Job.objects.filter(kind=tell_others.queue_name, state=JobState.DONE).exclude(pk=context.job.pk)
    ended.delete()  # a run each minute: what it came to stands in the log of each address
    found = sum(
        write_down(hook, now) for hook in Webhook.objects.filter(ended_at=None).select_related("programme")
    )
    over = WebhookDelivery.objects.filter(made_at__lt=now - KEPT)
    over.exclude(state=DeliveryState.WAITING).delete()
    sent = sum(send_due(hook, now) for hook in Webhook.objects.filter(ended_at=None))
    return {"found": found, "sent": sent}


def send_due(hook: Webhook, now: datetime) -> int:
    """Send what is due to an address, as far as it does not keep the others waiting; say how much was taken."""
    until, sent = time.monotonic() + LONGEST_EACH, 0
    for number in due(hook, now):
        sent += deliver(number, now)
        if time.monotonic() >= until:
            break
    return sent


def write_down(hook: Webhook, now: datetime) -> int:
    """Write down the messages for an address; say how many there are."""
    person = reader_of(hook)
    made = []
    for event in untold(hook).iterator():
        kind = kind_of(event)
        if kind is None or kind not in hook.kinds or not sees(person, hook.programme, event, kind):
            continue
        said = message(event, hook.programme)
        made.append(
            WebhookDelivery(
                ref=f"msg_{new_ref()}",
                webhook=hook,
                event=event.pk,
                kind=said["type"],
                body=json.dumps(said, ensure_ascii=False, separators=(",", ":")),
                next_at=now,
                made_at=now,
            )
        )
    WebhookDelivery.objects.bulk_create(made, ignore_conflicts=True)
    settled = AuditEvent.objects.filter(pk__gt=hook.since, at__lt=now - LOOKED_BACK)
    if last := settled.aggregate(last=Max("pk"))["last"]:
        Webhook.objects.filter(pk=hook.pk).update(since=last)
    return len(made)


def due(hook: Webhook, now: datetime) -> list[int]:
    """Give the numbers of the messages that are to be sent to an address now, the oldest first."""
    rows = hook.deliveries.filter(state=DeliveryState.WAITING, next_at__lte=now)
    return list(rows.order_by("next_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


def deliver(number: int, now: datetime) -> bool:
    """Send a message, unless somebody else does, and write down what came of it; say whether it was taken.

    It is moved on before it is sent: of two who look at once only one finds it due, and where the process dies the
    message is sent again after its pause.
    """
    with transaction.atomic():
        row = (
            WebhookDelivery.objects.select_for_update(of=("self",))
            .select_related("webhook__programme")
            .filter(state=DeliveryState.WAITING, pk=number, next_at__lte=now)
            .first()
        )
        if row is None:
            return False
        row.tries += 1
        row.next_at = now + PAUSES[min(row.tries, len(PAUSES)) - 1]
        row.save(update_fields=["tries", "next_at"])
    came = _sent(row)
    with transaction.atomic():
        _write_attempt(row, came, now)
    return came.is_taken


def _sent(row: WebhookDelivery) -> Sent:
    """Send a message. Whatever goes wrong with it is an attempt that failed: those of other offices go on."""
    try:
        body = row.body.encode()
        headers = signed(opened(row.webhook.secret), row.ref, int(timezone.now().timestamp()), body)
        return send(row.webhook.address, body, headers)
    except Exception:
        logger.exception("a message could not be sent: %s", row.ref)
        return Sent(status=None, code="webhook.no-connection", milliseconds=0)


def _write_attempt(row: WebhookDelivery, came: Sent, now: datetime) -> None:
    WebhookAttempt.objects.create(
        delivery=row, at=now, status=came.status, code=came.code, milliseconds=came.milliseconds
    )
    if came.is_taken:
        WebhookDelivery.objects.filter(pk=row.pk).update(state=DeliveryState.DELIVERED)
    elif row.tries > len(PAUSES):
        WebhookDelivery.objects.filter(pk=row.pk).update(state=DeliveryState.GIVEN_UP)
        trail.record(
            AuditAct.WEBHOOK_GIVEN_UP,
            NOUN,
            row.webhook.ref,
            programme=row.webhook.programme.slug,
            outcome=Outcome.FAILED,
            code=came.code,
            message=row.ref,
            tries=row.tries,
        )
