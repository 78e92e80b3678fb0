"""A record is read once for each of its states, and shared by threads."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection

from pledgeline.actions.records import load_record
from pledgeline.records.models import AnnouncementRecord
from pledgeline.records.snapshot import REMEMBERED, Snapshot, UnknownProgramme, snapshot
from tests.builders import a_programme, a_record, an_announcement
from tests.people import publish_all

pytestmark = pytest.mark.django_db


def load(**given: Any) -> None:
    load_record(
        programme=a_programme(), record=a_record(**given), prune=False, today=date(2025, 9, 1), by="a test"
    )
    publish_all("harbour")


def elsewhere(act: Any) -> Any:
    """Do something on a thread of its own, and so on another connection to the database."""

    def acted() -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(acted).result()


def test_a_snapshot_is_the_record_that_was_loaded():
    load()

    assert snapshot("harbour").record == a_record()
    assert snapshot("harbour").programme == a_programme()
    assert snapshot("harbour").revision == 1


def test_rows_come_in_the_order_of_their_file():
    ids = ["C9", "C1", "C5", "C3"]
    load(announcements=tuple(an_announcement(ref) for ref in ids))

    assert [row.id for row in snapshot("harbour").record.announcements] == ids


def test_a_record_that_has_not_changed_costs_one_small_query(django_assert_num_queries: Any):
    load()
    first = snapshot("harbour")

    with django_assert_num_queries(1):
        assert snapshot("harbour") is first


def test_an_unknown_programme_is_said():
    with pytest.raises(UnknownProgramme, match="there is no programme “nowhere”"):
        snapshot("nowhere")


@pytest.mark.django_db(transaction=True)
def test_what_another_connection_loads_is_seen_by_the_next_snapshot():
    elsewhere(load)
    before = snapshot("harbour")

    elsewhere(lambda: load(announcements=(an_announcement("C001"), an_announcement("C002"))))
    after = snapshot("harbour")

    assert [len(state.record.announcements) for state in (before, after)] == [1, 2]
    assert (before.revision, after.revision) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_a_load_that_ends_while_rows_are_read_is_not_mixed_in(monkeypatch: pytest.MonkeyPatch):
    """Announcements are read, then a load changes announcements and sources: the reader begins again."""
    elsewhere(load)
    plain, done = AnnouncementRecord.to_value, []

    def interrupted(row: AnnouncementRecord) -> Any:
        if not done:
            done.append(True)
            elsewhere(lambda: load(announcements=(an_announcement(title="newer"),), sources=()))
        return plain(row)

    monkeypatch.setattr(AnnouncementRecord, "to_value", interrupted)
    state = snapshot("harbour")

    assert state.revision == 2
    assert state.record.announcements[0].title == "newer"


@pytest.mark.django_db(transaction=True)
def test_many_threads_share_one_snapshot():
    elsewhere(load)

    def ask() -> Snapshot:
        try:
            return snapshot("harbour")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        states = [future.result() for future in [pool.submit(ask) for _ in range(40)]]

    assert len({id(state) for state in states}) == 1


def test_a_derived_value_is_computed_once_by_many_threads():
    state = Snapshot(programme=a_programme(), record=a_record(), revision=1, hidden=frozenset())
    calls, gate = [], threading.Barrier(8)

    def ask() -> int:
        gate.wait()
        return state.derived("answer", lambda: calls.append(1) or 42)

    with ThreadPoolExecutor(8) as pool:
        answers = [future.result() for future in [pool.submit(ask) for _ in range(8)]]

    assert answers == [42] * 8
    assert calls == [1]


def test_a_derived_value_may_be_made_of_another():
    state = Snapshot(programme=a_programme(), record=a_record(), revision=1, hidden=frozenset())

    assert state.derived("double", lambda: 2 * state.derived("one", lambda: 1)) == 2


def test_a_failed_computation_is_tried_again():
    state = Snapshot(programme=a_programme(), record=a_record(), revision=1, hidden=frozenset())

    with pytest.raises(ZeroDivisionError):
        state.derived("answer", lambda: 1 // 0)

    assert state.derived("answer", lambda: 42) == 42


def test_only_so_many_derived_values_are_kept():
    state = Snapshot(programme=a_programme(), record=a_record(), revision=1, hidden=frozenset())
    calls: list[int] = []
    for key in range(REMEMBERED + 1):
        state.derived(key, lambda key=key: calls.append(key))

    state.derived(REMEMBERED, lambda: calls.append(-1))
    state.derived(0, lambda: calls.append(-2))

    assert calls[-1] == -2
    assert -1 not in calls
