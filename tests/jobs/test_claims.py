"""Whose turn it is, and who may write what came of it: by the database's clock and the number of the attempt."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from pledgeline.jobs import claims
from pledgeline.jobs.asking import NotNow, stop
from pledgeline.jobs.claims import LeaseLost, claim, ending, renew, take_back_lost
from pledgeline.jobs.models import Job, JobFile, JobState, new_ref

pytestmark = pytest.mark.django_db


def waiting(programme="", kind="plan", **more):
    return Job.objects.create(ref=new_ref(), kind=kind, programme=programme, **more)


def taken(**more):
    return claim("w", {"plan"}, **more)


def expire(job):
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))


def test_programmes_take_turns_and_within_one_the_first_is_first():
    """S11: one programme's fifty plans were all before the one of another."""
    many = [waiting("a") for _ in range(4)]
    one = waiting("b")
    other = waiting("c")

    order = [taken() for _ in range(6)]
    assert [many[0], one, other, many[1], many[2], many[3]] == order
    assert taken() is None


def test_who_was_served_longest_ago_is_next():
    waiting("a")
    taken()
    waiting("b")
    taken()
    late, early = waiting("b"), waiting("a")

    assert [early, late] == [taken(), taken()]


def test_a_programme_that_has_its_share_is_passed_over():
    waiting("a")
    other = waiting("b")

    assert other == taken(apart_from=["a"])
    assert taken(apart_from=["a"]) is None


def test_only_kinds_that_are_known_are_taken():
    waiting(kind="of a newer version")

    assert taken() is None


def test_an_attempt_has_a_number_a_worker_and_a_lease():
    waiting()
    job = taken()

    assert (job.state, job.attempts, job.worker) == (JobState.RUNNING, 1, "w")
    assert Job.objects.filter(lease_until__gt=Now() + claims.LEASE / 2).exists()


def test_a_lease_that_is_renewed_is_kept_and_one_that_is_not_is_taken_back():
    waiting()
    job = taken()
    assert 0 == take_back_lost()
    expire(job)
    renew({job.pk: (job.attempts, {"step": 1})})
    assert 0 == take_back_lost()
    assert {"step": 1} == Job.objects.get().progress

    expire(job)
    assert 1 == take_back_lost()
    assert (JobState.WAITING, 1) == Job.objects.values_list("state", "deaths").get()


def test_the_clocks_of_processes_decide_nothing(monkeypatch):
    """S14: a process a minute ahead took a plan for lost, and its result was thrown away."""
    waiting()
    job = taken()
    for days in (-2, 2):
        moment = timezone.now() + timedelta(days=days)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert 0 == take_back_lost()
        assert frozenset() == renew({job.pk: (job.attempts, None)}).lost


def test_what_an_attempt_that_lost_its_job_writes_is_taken_back():
    waiting()
    first = taken()
    expire(first)
    take_back_lost()
    second = taken()

    with pytest.raises(LeaseLost), ending(first):
        Job.objects.create(ref="an effect", kind="x")
    with ending(second) as end:
        Job.objects.create(ref="an effect", kind="x")
        end.result = 7
    assert {first.pk} == renew({first.pk: (first.attempts, None)}).lost
    assert (JobState.DONE, 7) == Job.objects.filter(pk=second.pk).values_list("state", "result").get()
    for late in (claims.died, claims.hand_back):
        late(first)
    assert JobState.DONE == Job.objects.get(pk=second.pk).state


def test_what_goes_wrong_at_the_end_leaves_nothing_of_it():
    def fail():
        with ending(taken()):
            Job.objects.create(ref="an effect", kind="x")
            raise ZeroDivisionError

    waiting()
    with pytest.raises(ZeroDivisionError):
        fail()

    assert [JobState.RUNNING] == list(Job.objects.values_list("state", flat=True))


def test_a_job_that_kills_its_process_twice_is_given_up_and_says_so():
    waiting()
    for _ in range(2):
        claims.died(taken())
    job = Job.objects.get()

    assert (job.state, job.attempts) == (JobState.GIVEN_UP, 2)
    assert "killed, or the machine went away, 2 times" in job.said
    assert taken() is None


def test_a_job_that_is_handed_back_is_no_death():
    waiting()
    for _ in range(5):
        claims.hand_back(taken())

    assert (JobState.WAITING, 5, 0) == Job.objects.values_list("state", "attempts", "deaths").get()


def test_a_job_that_somebody_wants_stopped_is_not_begun_again_when_its_process_is_gone():
    waiting()
    job = taken()
    stop(job)
    assert {job.pk} == renew({job.pk: (job.attempts, None)}).to_stop
    claims.died(job)

    assert JobState.STOPPED == Job.objects.get().state


def test_the_file_of_a_job_stays_until_it_ends():
    job = waiting()
    JobFile.objects.create(job=job, name="a", content=b"a", size_bytes=1)
    claims.died(taken())
    assert JobFile.objects.exists()

    with ending(taken()):
        pass
    assert not JobFile.objects.exists()


def test_a_job_that_was_deleted_is_lost():
    waiting()
    job = taken()
    Job.objects.all().delete()

    assert {job.pk} == renew({job.pk: (job.attempts, None)}).lost
    with pytest.raises(LeaseLost), ending(job):
        pass


def test_what_no_database_keeps_is_left_out_of_a_result():
    waiting()
    with ending(taken()) as end:
        end.result = {"a\0": ["b\ud800c", 1]}

    assert {"a": ["bc", 1]} == Job.objects.get().result


def test_what_may_wait_is_bounded(settings):
    from pledgeline.actions.planner import make_plan
    from pledgeline.jobs.asking import Asker, ask

    settings.JOBS_PER_PROGRAMME, settings.JOBS_PER_PERSON = 3, 2
    ada, bo = Asker(name="ada", account="1"), Asker(name="bo", account="2")
    ask(make_plan, programme="a", asker=ada, run="x")
    ask(make_plan, programme="a", asker=ada, run="x")
    with pytest.raises(NotNow, match="2 jobs of yours wait already: stop one"):
        ask(make_plan, programme="b", asker=ada, run="x")
    ask(make_plan, programme="a", asker=bo, run="x")
    with pytest.raises(NotNow, match="3 jobs of this programme wait already: stop one"):
        ask(make_plan, programme="a", asker=bo, run="x")
    assert ask(make_plan, programme="b", asker=bo, run="x").pk
