"""Django's tasks interface over our queue, what is due without being asked for, and how the queue stands."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models.functions import Now
from django_tasks import TaskResultStatus, task_backends
from django_tasks.exceptions import TaskResultDoesNotExist

from pledgeline.actions.housekeeping import clear_away
from pledgeline.actions.planner import make_plan
from pledgeline.jobs.asking import Asker, ask
from pledgeline.jobs.claims import claim
from pledgeline.jobs.clock import database_time
from pledgeline.jobs.doing import do
from pledgeline.jobs.health import health
from pledgeline.jobs.heartbeat import Heartbeat
from pledgeline.jobs.kinds import kinds
from pledgeline.jobs.models import DueTime, Job, JobState, WorkerRecord
from pledgeline.jobs.schedule import ask_for_what_is_due, every_day_at, every_hour, put_down
from tests.working import claimed, worked_off


@pytest.mark.django_db
def test_a_task_is_enqueued_and_its_result_is_found():
    result = clear_away.enqueue()
    assert (result.status, result.attempts) == (TaskResultStatus.READY, 0)
    worked_off()
    found = task_backends["default"].get_result(result.id)

    assert (found.status, found.attempts, found.task) == (TaskResultStatus.SUCCESSFUL, 1, clear_away)
    assert len(result.id) * 4 == 128
    with pytest.raises(TaskResultDoesNotExist):
        task_backends["default"].get_result("0" * 32)
    with pytest.raises(TypeError, match="by name"):
        make_plan.enqueue("x")


@pytest.mark.django_db
def test_what_is_due_is_asked_for_once_and_what_was_missed_is_made_up_for_once():
    put_down(kinds())
    put_down(kinds())
    assert {"verify-all", "expire", "clear", "webhooks"} == set(
        DueTime.objects.values_list("kind", flat=True)
    )
    assert not DueTime.objects.filter(next_at__lt=Now()).exists()
    assert [] == ask_for_what_is_due(kinds())

    DueTime.objects.filter(kind="clear").update(next_at=Now() - timedelta(days=3))
    assert ["clear"] == ask_for_what_is_due(kinds())
    assert [] == ask_for_what_is_due(kinds())
    assert ["clear"] == list(Job.objects.values_list("kind", flat=True))
    assert DueTime.objects.filter(kind="clear", next_at__gt=Now()).exists()


@pytest.mark.parametrize(
    ("now", "due"),
    [("2026-01-31 01:29", "2026-01-31 01:30"), ("2026-01-31 01:30", "2026-02-01 01:30")],
)
def test_every_night_is_the_next_night(now, due):
    def moment(text):
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    assert moment(due) == every_day_at(1, 30)(moment(now))
    assert moment("2026-01-31 02:00") == every_hour(moment("2026-01-31 01:30"))


@pytest.mark.django_db
def test_the_health_of_the_queue_counts_what_waits_who_works_and_what_was_left():
    assert (health().workers, health().waiting, health().oldest_waiting_seconds) == (0, {}, 0)
    for _ in range(2):
        ask(make_plan, programme="a", run="x")
    Job.objects.filter(pk=Job.objects.first().pk).update(asked_at=Now() - timedelta(seconds=90))
    assert health().is_waiting_for_a_worker
    heartbeat = Heartbeat(["plan"])
    heartbeat.beat()
    claim(heartbeat.ref, {"plan"})

    found = health()
    assert (found.workers, found.waiting, found.running, found.left) == (1, {"plan": 1}, {"plan": 1}, 0)
    assert 85 < found.oldest_waiting_seconds < 200
    assert not found.is_waiting_for_a_worker

    WorkerRecord.objects.update(seen_at=Now() - timedelta(seconds=30))
    Job.objects.filter(state=JobState.RUNNING).update(lease_until=Now() - timedelta(seconds=1))
    assert (health().workers, health().left) == (0, 1)
    heartbeat.beat()
    heartbeat.take_leave()
    assert not WorkerRecord.objects.exists()


@pytest.mark.django_db
def test_the_database_says_what_time_it_is():
    assert abs(database_time() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.django_db
def test_too_little_memory_is_said_and_the_process_lives(monkeypatch):
    from pledgeline.actions import planner

    def much(ref):
        raise MemoryError

    ask(make_plan, programme="a", asker=Asker(name="ada"), run="x")
    monkeypatch.setattr(planner, "_run", much)
    do(claimed())

    assert "more than the 2000 MB of memory" in Job.objects.get().said
    assert "PLEDGELINE_JOB_MEMORY_MB" in Job.objects.get().said
