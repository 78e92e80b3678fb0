"""What nobody asks for: reservations expire, books are verified, and what is over is cleared away."""

from datetime import date, timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from pledgeline.accounts.models import Session
from pledgeline.accounts.roles import MACHINE
from pledgeline.actions import housekeeping
from pledgeline.actions.books import EXPIRY, expire_reservations
from pledgeline.actions.verification import newest
from pledgeline.jobs.models import Job, JobFile, JobState
from pledgeline.ledger import Account
from pledgeline.records.books import books_of
from pledgeline.records.models import PlanInput, ProgrammeRecord
from tests.builders import a_programme
from tests.planning import handed_in, planned
from tests.web.books import keep
from tests.working import worked_off

pytestmark = pytest.mark.django_db

RESERVED = """
    2025-08-01  pledge    contribution=N partner=Northland currency=EUR amount=500
    2025-08-01  commit    contribution=N amount=500
    2025-08-02  receive   contribution=N amount=500
    2025-08-03  allocate  contribution=N line=L-1 amount=200 reserved_until=2025-08-10
    2025-08-03  allocate  contribution=N line=L-2 amount=100 reserved_until=2025-08-12
    2025-08-03  allocate  contribution=N line=L-3 amount=50
"""


def lying():
    """What is free and what is set aside, by line, in cents."""
    accounts = (Account.AVAILABLE, Account.ALLOCATED)
    found = books_of("harbour").balances()
    return {spot.line: minor for spot, minor in found.items() if spot.account in accounts}


def expire(day: str) -> int:
    return expire_reservations("harbour", today=date.fromisoformat(day))


def test_a_reservation_is_set_free_on_the_day_after_its_last(client):
    """200 for L-1 until the 10th, 100 for L-2 until the 12th, 50 for L-3 without a day, 150 free."""
    keep(RESERVED)
    assert {"": 150, "L-1": 200, "L-2": 100, "L-3": 50} == lying()

    assert 0 == expire("2025-08-10")
    assert 1 == expire("2025-08-11")
    assert {"": 350, "L-2": 100, "L-3": 50} == lying()
    assert 0 == expire("2025-08-11")
    assert 1 == expire("2025-08-13")
    assert {"": 450, "L-3": 50} == lying()
    entry = list(books_of("harbour").entries)[-1]
    assert ("release", date(2025, 8, 13)) == (entry.kind, entry.effective_on)
    assert () == books_of("harbour").verify().problems


def test_the_entry_names_no_person_but_the_expiry(client):
    keep(RESERVED)
    expire("2025-08-11")

    entry = list(books_of("harbour", MACHINE).entries)[-1]
    assert [("by", EXPIRY)] == [(private.name, private.text) for private in entry.private]


def test_a_reservation_that_was_prolonged_or_ordered_stays(client):
    """Prolonged for L-1 to the 20th; the whole of L-2 is on order."""
    keep(
        RESERVED
        + """
    2025-08-09  allocate  contribution=N line=L-1 amount=10 reserved_until=2025-08-20
    2025-08-09  order     line=L-2 qty=1 unit_price=100
    """
    )
    assert 0 == expire("2025-08-15")


def test_the_hourly_job_expires_in_every_programme_by_its_own_day(client):
    keep(RESERVED)
    housekeeping.expire_all_reservations.enqueue()
    worked_off()

    assert {"harbour": 2} == Job.objects.get().result
    assert {"": 450, "L-3": 50} == lying()


def test_each_night_the_books_of_every_programme_are_verified(client):
    keep(RESERVED)
    housekeeping.verify_all_books.enqueue()
    worked_off()

    found = newest("harbour")
    assert (found.size, found.root) == (6, books_of("harbour").root().hex())
    assert [] == found.problems


def test_what_is_over_is_cleared_away_and_nothing_else():
    ProgrammeRecord.from_value(a_programme(slug="purl")).save()
    run = planned()
    fresh, stale = handed_in(), handed_in()
    PlanInput.objects.filter(pk=stale.pk).update(saved_at=timezone.now() - timedelta(days=31))
    for ref, days, state in (
        ("old", 31, JobState.DONE),
        ("young", 29, JobState.DONE),
        ("waiting", 90, JobState.WAITING),
    ):
        ended = None if state == JobState.WAITING else Now() - timedelta(days=days)
        job = Job.objects.create(ref=ref, kind="read", state=state, ended_at=ended)
        JobFile.objects.create(job=job, name="a", content=b"a", size_bytes=1)
    for ref in ("verified first", "verified last"):
        Job.objects.create(
            ref=ref, kind="verify", programme="purl", state=JobState.DONE, ended_at=Now() - timedelta(days=40)
        )
    Job.objects.filter(plan_run=run).update(ended_at=Now() - timedelta(days=400))
    now = timezone.now()
    for name, expires_at in (("old", now - timedelta(days=1)), ("new", now + timedelta(days=1))):
        Session.objects.create(digest=name, began_at=now, seen_at=now, expires_at=expires_at)
    housekeeping.clear_away.enqueue()
    Job.objects.filter(ref="waiting").update(kind="of a newer version")
    worked_off()

    kept = set(Job.objects.exclude(kind="clear").values_list("ref", flat=True))
    assert {"young", "waiting", "verified last", run.job.ref} == kept
    assert ["waiting"] == list(JobFile.objects.values_list("job__ref", flat=True))
    assert {run.input_id, fresh.pk} == set(PlanInput.objects.values_list("pk", flat=True))
    assert ["new"] == list(Session.objects.values_list("digest", flat=True))
