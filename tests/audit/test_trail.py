"""An event is written with its act or not at all; refusals in measure; and never what nobody is to read."""

from contextvars import Context
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.db.transaction import TransactionManagementError

from pledgeline.audit import trail
from pledgeline.audit.acts import Actor, AuditAct, Outcome
from pledgeline.audit.callers import Caller, called_by
from tests.audit.events import events_of, said

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def from_address(address, **more):
    return called_by(lambda: Caller(kind=Actor.PUBLIC, address=address, **more))


def test_an_event_says_who_what_on_what_when_and_from_where():
    caller = Caller(kind=Actor.PERSON, number=7, name="ada", address="192.0.2.7", request_id="ab12")
    with time_machine.travel(NOON, tick=False), called_by(lambda: caller), events_of() as events:
        trail.record(AuditAct.PLAN_DELETED, "plan", "p-1", programme="harbour", name="Winter", lines=3)

    (event,) = events
    assert (event.at, event.act, event.outcome, event.code) == (NOON, "plan-deleted", "done", "")
    assert (event.actor, event.actor_number, event.actor_name) == ("person", 7, "ada")
    assert (event.noun, event.ref, event.programme) == ("plan", "p-1", "harbour")
    assert (event.address, event.request_id) == ("192.0.2.7", "ab12")
    assert event.facts == {"name": "Winter", "lines": 3}


def test_where_no_door_says_who_it_is_the_program():
    with events_of() as events:
        Context().run(trail.record, AuditAct.RECORD_LOADED)

    assert (events[0].actor, events[0].actor_name) == ("program", "")


def test_what_is_taken_back_leaves_no_event():
    with events_of() as events, transaction.atomic():
        trail.record(AuditAct.PLAN_DELETED)
        transaction.set_rollback(True)

    assert events == []


@pytest.mark.django_db(transaction=True)
def test_an_act_is_not_recorded_outside_of_its_transaction():
    with events_of() as events, pytest.raises(TransactionManagementError, match="plan-deleted"):
        trail.record(AuditAct.PLAN_DELETED)

    assert events == []


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_kept_although_the_act_is_taken_back():
    class NotNow(ValueError):
        __module__ = "pledgeline.actions.a_test"

    @trail.leaves_refusals(AuditAct.PLAN_DELETED, "plan", ref="ref")
    @transaction.atomic
    def delete(ref, *, programme, error):
        trail.record(AuditAct.PLAN_DELETED, "plan", ref, programme=programme)
        raise error

    with events_of() as events:
        for error in (NotNow("a rule"), DatabaseError("the disk is full")):
            with pytest.raises(type(error)):
                delete("p-1", programme="harbour", error=error)

    first, second = events
    assert said([first, second]) == [("plan-deleted", "refused"), ("plan-deleted", "failed")]
    assert (first.code, second.code) == ("not-now", "database-error")
    assert (first.noun, first.ref, first.programme) == ("plan", "p-1", "harbour")


def test_beyond_so_many_a_minute_one_event_stands_for_the_rest():
    """21 of one, 3 of another; a minute later the first is written again."""
    with time_machine.travel(NOON, tick=False) as clock:
        with events_of() as events:
            for _ in range(50):
                with from_address("192.0.2.1"):
                    trail.refused(AuditAct.ACCESS_REFUSED, code="no-right")
            for _ in range(3):
                with from_address("192.0.2.2"):
                    trail.refused(AuditAct.ACCESS_REFUSED, code="no-right")
        clock.shift(timedelta(seconds=61))
        with events_of() as later, from_address("192.0.2.1"):
            trail.refused(AuditAct.ACCESS_REFUSED, code="no-right")

    assert [event.code for event in events] == ["no-right"] * 20 + ["more-of-one"] + ["no-right"] * 3
    assert [event.code for event in later] == ["no-right"]


def test_many_addresses_write_no_more_than_so_many_a_minute():
    with time_machine.travel(NOON, tick=False), events_of() as events:
        for number in range(400):
            with from_address(f"2001:db8::{number:x}"):
                trail.refused(AuditAct.SIGNED_IN, code="wrong-password")

    assert [event.code for event in events] == ["wrong-password"] * 300 + ["more-of-all"]


def test_what_is_done_is_always_written():
    with events_of() as events, from_address("192.0.2.1"):
        for _ in range(50):
            trail.record(AuditAct.ENTRY_MADE)

    assert len(events) == 50


def test_a_database_that_cannot_write_it_keeps_nobody_from_being_refused(monkeypatch, caplog):
    def full(*_arguments, **_details):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(trail, "record", full)
    trail.refused(AuditAct.ACCESS_REFUSED, code="no-right")

    assert "an event could not be written" in caplog.text


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\0b", "ab"),
        ("half \ud800 a letter", "half  a letter"),
        ("x" * 300, "x" * 200),
        (list(range(30)), list(range(20))),
        (Outcome.DONE, "done"),
        ({"Київ\0": ["так", None, True, 5]}, {"Київ": ["так", None, True, 5]}),
    ],
)
def test_details_are_what_every_database_keeps(given, kept):
    with events_of() as events:
        trail.record(AuditAct.PLAN_ASKED, ref="r\0", given=given)

    assert (events[0].facts, events[0].ref) == ({"given": kept}, "r")
