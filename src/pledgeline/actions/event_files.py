"""Bring in a file of events by a job: looked over first, and entered when that was answered.

What is entered is what was shown, or it is shown again. The file is kept until it is answered, for a day at most.
A file can also be tried in new books that are gone afterwards, as cases are.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from hashlib import sha256

from django.db import transaction

from pledgeline.actions.books import bring_in
from pledgeline.actions.job_askers import answer_look, in_the_name_of_who_asked
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.exchange.dialects import dialect_of, translated
from pledgeline.jobs import asking
from pledgeline.jobs.asking import Asker, Upload
from pledgeline.jobs.clock import database_time
from pledgeline.jobs.context import JobContext
from pledgeline.jobs.kinds import job
from pledgeline.jobs.models import Job
from pledgeline.ledger import Event, EventFile, Refusal, Replay, read_event, read_event_file, replay_events
from pledgeline.ledger.book import Shortfall
from pledgeline.ledger.comparing import OK, REFUSED, Difference, EventOutcome
from pledgeline.ledger.entries import keys_of, moved_by, time_text
from pledgeline.programme.findings import Finding
from pledgeline.programme.sentences import as_data
from pledgeline.programme.settings import today_of
from pledgeline.records.models import ProgrammeRecord

MOST_BYTES = 500_000
MOST_EVENTS = 2_000
"""What is entered in seconds; the books wait for it."""

THESE, NEW = "these", "new"
"""Into which books: those of the programme, or new ones in which the file is only tried."""

NO_EVENTS, TOO_MANY_EVENTS, UNREADABLE = "no-events", "too-many-events", "unreadable"
"""Why a file cannot be brought in as a whole."""


@trail.leaves_refusals(AuditAct.EVENTS_HANDED_IN, "file", ref="name")
@transaction.atomic
def ask_to_look(*, programme: str, name: str, data: bytes, into: str, dialect: str, asker: Asker) -> Job:
    """Have a file looked over: the result of the job says what the books would take, and enters nothing.

    Raises:  NotNow.
    """
    upload = Upload(name=name, content=data)
    job = asking.ask(
        bring_in_events, programme=programme, asker=asker, upload=upload, into=into, dialect=dialect, seen=""
    )
    trail.record(AuditAct.EVENTS_HANDED_IN, "job", job.ref, programme=programme, file=name, into=into)
    return job


@trail.leaves_refusals(AuditAct.EVENTS_ASKED, "job", ref="look")
def ask_to_enter(*, look: Job, asker: Asker) -> Job | None:
    """Have the file of a look entered, if the books take it as they did; nothing where that was asked before.

    Raises:  NotNow.
    """
    return answer_look(
        look,
        bring_in_events,
        act=AuditAct.EVENTS_ASKED,
        asker=asker,
        into=THESE,
        dialect=look.arguments["dialect"],
        seen=look.result.get("seen", ""),
    )


@job("events")
def bring_in_events(context: JobContext, into: str, dialect: str, seen: str) -> dict[str, object] | None:
    """Look the file of the job over; enter it where what was `seen` of it is what the books still do with it."""
    job = context.job
    text, name = bytes(job.file.content).decode("utf-8-sig"), job.file.name
    file = read_event_file(text.encode(), name)
    if dialect:
        file = translated(file, dialect_of(dialect))
    if why := _why_not(file):
        return {"why_not": why, "findings": [_finding(finding) for finding in file.findings]}
    now = database_time()
    today = today_of(ProgrammeRecord.objects.get(slug=job.programme).to_value(), now)
    canonical = json.dumps({"events": file.events}, indent=1, ensure_ascii=False) if dialect else ""
    if into == NEW:
        done = replay_events(file, today=today, read=partial(_written_down, now=now, today=today))
        return _told(file, done, canonical=canonical, is_tried=True)
    bring = partial(bring_in, job.programme, file, today=today, by=job.asked_by)
    if not seen:
        done = bring(keep=lambda _done: False)
        with context.ending() as end:
            end.result = _told(file, done, canonical=canonical, seen=_seen(text, done))
            end.keeps_file = bool(done.counts[OK])
        return None
    with in_the_name_of_who_asked(job), context.ending() as end:
        done = bring(keep=lambda done: _seen(text, done) == seen)
        if _seen(text, done) == seen:
            end.result = {"entered": done.counts[OK]}
        else:
            again = _told(file, done, canonical=canonical, seen=_seen(text, done))
            end.result = {**again, "is_changed": True}
            end.keeps_file = bool(done.counts[OK])
    return None


def _why_not(file: EventFile) -> str:
    if not file.is_readable:
        return UNREADABLE
    if not file.events:
        return NO_EVENTS
    return TOO_MANY_EVENTS if len(file.events) > MOST_EVENTS else ""


def _written_down(event: object, *, now: datetime, today: date) -> Event | Refusal:
    """Read an event that is only tried; one that does not say when it was written down was so just now."""
    said = {"recorded_at": time_text(now)}
    return read_event({**said, **event} if isinstance(event, Mapping) else event, today=today)


def _seen(text: str, done: Replay) -> str:
    """Stand for a file and for what would come of it, and for nothing else."""
    found = [
        (outcome.key, outcome.result, [] if outcome.entry is None else outcome.entry.leaf()["postings"])
        for outcome in done.outcomes
    ]
    return sha256(f"{text}\n{found}".encode()).hexdigest()


# What is kept of it, to be shown


def _told(
    file: EventFile, done: Replay, *, canonical: str, seen: str = "", is_tried: bool = False
) -> dict[str, object]:
    return {
        "name": file.name,
        "title": file.title,
        "canonical": canonical,
        "seen": seen,
        "is_tried": is_tried,
        "is_good": done.is_as_expected if is_tried else not done.counts[REFUSED],
        "counts": done.counts,
        "compared": done.compared,
        "ok": [_entered(outcome) for outcome in done.outcomes if outcome.result == OK],
        "refused": [_refused(outcome) for outcome in done.outcomes if outcome.result == REFUSED],
        "differences": [
            _difference(difference) for difference in done.differences if is_tried or difference.ours == OK
        ],  # of the books of a programme only what they would take and the file does not expect
        "findings": [_finding(finding) for finding in done.findings],
        "shortfalls": [shortfall_told(shortfall) for shortfall in done.shortfalls],
        "balances": [{**spot._asdict(), "minor": minor} for spot, minor in done.book.state.money().items()]
        if is_tried
        else [],
    }


def _entered(one: EventOutcome) -> dict[str, object]:
    entry = one.entry
    assert entry is not None
    return {
        "number": one.number,
        "key": one.key,
        "kind": entry.kind,
        "on": entry.effective_on.isoformat(),
        "contributions": keys_of(entry, "contribution"),
        "things": keys_of(entry, "lot") or keys_of(entry, "line"),
        "moved": [[amount.minor, amount.currency] for amount in moved_by(entry)],
    }


def _refused(one: EventOutcome) -> dict[str, object]:
    return {
        "number": one.number,
        "key": one.key,
        "kind": one.kind,
        "is_expected": one.expected == REFUSED,
        "faults": [{"place": place, "said": as_data(fault.said)} for place, fault in one.faults],
    }


def _difference(one: Difference) -> dict[str, object]:
    return {"what": as_data(one.said), "expected": one.expected, "ours": one.ours}


def _finding(one: Finding) -> dict[str, object]:
    return {"place": one.place.column or str(one.place), "said": as_data(one.said)}


def shortfall_told(one: Shortfall) -> dict[str, object]:
    """Give a day below zero as it is kept in the result of a job."""
    return {
        "on": one.on.isoformat(),
        "spot": as_data(one.spot.said),
        "minor": one.balance.minor,
        "currency": one.balance.currency,
    }
