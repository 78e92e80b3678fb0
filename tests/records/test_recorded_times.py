"""Recorded times never go back: what was known on a day stays what it was, whatever a clock says later."""

import json
import logging
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.books import bring_in, give_checkpoint, open_books, post, replay_into
from pledgeline.actions.fulfilment import point
from pledgeline.actions.records import load_record
from pledgeline.actions.register import save_version
from pledgeline.exchange.books import NotBooks, from_export, to_export
from pledgeline.ledger import Posted, Refusal, Replayed, event_file_of
from pledgeline.ledger.verifier import canonical, verify_export
from pledgeline.programme.record import PublicRecord
from pledgeline.records import clock
from pledgeline.records.books import books_of
from pledgeline.records.models import CheckpointRecord, LoadNote
from pledgeline.records.register import seen_register
from tests.builders import a_programme

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)
LATER = date(2200, 1, 1)


def pledge(key, amount=5, **more):
    return {
        "id": key, "type": "pledge", "contribution": "A", "partner": "P", "currency": "USD", "amount": amount,
        "effective_on": "2026-01-01", **more,
    }  # fmt: skip


@pytest.fixture
def harbour():
    """Books whose newest entry can be recorded at any time: `harbour(timedelta(minutes=5))` is in five minutes."""
    load_record(programme=a_programme(), record=PublicRecord(), prune=False, today=DAY, by="a test")
    open_books("harbour")

    def with_an_entry(ahead):
        at = clock.now() + ahead
        events = [pledge("first", recorded_at=at.isoformat())]
        assert 1 == replay_into("harbour", event_file_of(events, "x"), today=LATER).counts["ok"]
        return at

    return with_an_entry


def pledged(known_on):
    found = books_of("harbour", MACHINE).balances(known_on=known_on)
    return sum(minor for spot, minor in found.items() if spot.account == "pledged")


def test_an_entry_is_recorded_by_the_clock_and_not_before_the_one_that_it_follows(harbour, caplog):
    at = harbour(timedelta(seconds=30))

    answer = post("harbour", pledge("second"), today=DAY)

    assert at == answer.entry.recorded_at
    assert (0, 10) == (pledged(at - timedelta(microseconds=1)), pledged(at))
    assert [] == caplog.messages
    assert () == books_of("harbour", MACHINE).verify().problems


def test_a_clock_that_stands_minutes_behind_is_said(harbour, caplog):
    at = harbour(timedelta(minutes=5))

    answer = post("harbour", pledge("second"), today=DAY)

    assert at == answer.entry.recorded_at
    (said,) = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert "behind the newest entry of the books of harbour" in said.getMessage()
    assert "the clock stands 0:04:5" in said.getMessage()


def test_by_a_clock_that_stands_days_behind_nothing_is_entered(harbour, settings):
    """Else what is entered on Wednesday by a clock that says Monday would be what was known on Tuesday."""
    harbour(timedelta(days=2))

    refused = post("harbour", pledge("second"), today=DAY)
    brought = bring_in(
        "harbour",
        event_file_of([pledge("first"), pledge("third")], "x"),
        today=DAY,
        by="",
        keep=lambda _done: True,
    )

    assert isinstance(refused, Refusal)
    assert "ledger.clock-behind" == refused.code
    assert "Set the clock of the machine right" in refused.way_out
    assert {"ok": 0, "refused": 1, "replay": 1} == brought.counts
    assert isinstance(post("harbour", pledge("first"), today=DAY), Replayed)
    assert 1 == len(books_of("harbour", MACHINE))

    settings.CLOCK_BEHIND_DAYS = 3  # that clock ran ahead, and somebody has said so
    assert isinstance(post("harbour", pledge("second"), today=DAY), Posted)


@pytest.mark.parametrize("hours", [-48, -20, -1])
def test_what_was_known_on_an_earlier_day_is_unchanged_when_the_clock_is_put_back(harbour, hours):
    """The reproduction: the clock two days back, a pledge, and the report of an earlier day had it."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has a clock of its own, which no test can put back")
    with time_machine.travel(datetime(2026, 11, 28, 12, tzinfo=UTC)) as traveller:
        harbour(timedelta())
        moments = [datetime(2026, 11, 28, 12, tzinfo=UTC) - timedelta(hours=back) for back in range(1, 60)]
        before = [pledged(moment) for moment in moments]
        traveller.shift(timedelta(hours=hours))
        answer = post("harbour", pledge("second"), today=DAY)
        after = [pledged(moment) for moment in moments]

    assert isinstance(answer, Refusal if hours == -48 else Posted)
    assert [0] * 59 == before == after


def test_on_postgresql_the_clock_is_that_of_the_database(harbour):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no clock")
    began = clock.now()
    with time_machine.travel(datetime(2100, 1, 1, tzinfo=UTC)):
        answer = post("harbour", pledge("only"), today=DAY)

    assert began <= answer.entry.recorded_at <= clock.now()


def exported():
    return list(to_export(books_of("harbour", MACHINE), origin="pledgeline/harbour"))


def test_times_that_go_back_are_named_in_the_database_and_in_an_export(harbour):
    """Guards taken down and a time put back by a minute: verified, it is named, also by the one file."""
    harbour(timedelta())
    second = post("harbour", pledge("second"), today=DAY).entry
    lines = exported()
    early = (second.recorded_at - timedelta(minutes=1)).astimezone(UTC).isoformat().replace("+00:00", "Z")
    row = json.loads(lines[2])
    row["leaf"]["recorded_at"] = early
    changed = [*lines[:2], canonical(row), lines[3]]
    with connection.cursor() as cursor:
        on = "" if connection.vendor == "sqlite" else " ON books_entry"
        cursor.execute(f"DROP TRIGGER books_entry_unchanged{on}")
        cursor.execute(
            "UPDATE books_entry SET recorded_at = %s WHERE position = 1",
            [early[:-1].replace("T", " ") + ("" if not on else "+00")],
        )

    said = "recorded times go back, so what was known on a day may have changed later"
    assert any(
        said in problem and "entry 1 (second)" in problem
        for problem in books_of("harbour", MACHINE).verify().problems
    )
    assert any(said in problem and "'second'" in problem for problem in verify_export(changed).problems)
    with pytest.raises(NotBooks):
        from_export(changed)


@pytest.mark.parametrize(
    "time", ["noon", "2026-01-01T00:00:00", "2026-01-01T00:00:00.5Z", "2026-01-01 00:00:00Z"]
)
def test_a_time_is_written_in_one_way_only(harbour, time):
    harbour(timedelta())
    lines = exported()
    row = json.loads(lines[1])
    row["leaf"]["recorded_at"] = time

    assert any(
        "at no time" in problem for problem in verify_export([lines[0], canonical(row), lines[2]]).problems
    )


def test_checkpoints_loads_pointers_and_versions_are_not_noted_before_the_newest_of_them(harbour):
    harbour(timedelta())
    ahead, now = clock.now() + timedelta(hours=3), clock.now()
    give_checkpoint("harbour")
    with time_machine.travel(now - timedelta(hours=3)):
        give_checkpoint("harbour")
    first, second = CheckpointRecord.objects.order_by("pk").values_list("made_at", flat=True)
    assert first <= second

    for day in (DAY, DAY - timedelta(days=3)):
        load_record(programme=a_programme(), record=PublicRecord(), prune=False, today=day, by="a test")
    assert {DAY} == set(LoadNote.objects.values_list("loaded_on", flat=True))

    instrument = seen_register().register.by_id["ua-ca-2024"]
    duty = next(
        obligation.id for obligation in instrument.obligations if obligation.money and obligation.money.amount
    )
    given = {"obligation": duty, "programme": "harbour", "contribution": "A", "points": True, "reason": ""}
    pointers = [point(instrument=instrument, **given, person=MACHINE, now=at) for at in (ahead, now)]
    assert [ahead, ahead] == [pointer.said_at for pointer in pointers]

    text = seen_register().texts[f"{instrument.id}.toml"]
    saved = {"instrument": instrument.id, "text": text, "reason": "again", "person": MACHINE, "programme": ""}
    first = save_version(**saved, based_on=0, now=ahead)
    second = save_version(**saved, based_on=first.pk, now=now)
    assert (ahead, ahead) == (first.saved_at, second.saved_at)
