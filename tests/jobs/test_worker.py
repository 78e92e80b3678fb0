"""A worker as it is: a process with processes, on a database of its own."""

import sys
import tempfile
from pathlib import Path

import pytest

from pledgeline.jobs import sentences
from tests.operation.conftest import maker
from tests.torture import stage
from tests.torture.jobs import SETTINGS
from tests.torture.test_short import VENDOR, TestGround

__all__ = ["maker"]  # a fixture

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as on Linux and macOS"),
]


@pytest.fixture(scope="module")
def told(maker):
    """What came of each kind of job, told by a process that had a worker of its own."""
    with tempfile.TemporaryDirectory(prefix="pledgeline-tests-", ignore_cleanup_errors=True) as made:
        ground = TestGround(Path(made), maker)
        home = ground.new_folder()
        return stage.call("one_worker:walk", home=home, address=ground.address(VENDOR), settings=SETTINGS)


def test_a_job_that_kills_its_process_is_begun_once_more_and_given_up(told):
    assert {"state": "given-up", "code": sentences.GIVEN_UP, "result": None, "attempts": 2} == told["die"]


def test_a_job_gets_no_more_memory_than_a_job_may(told):
    """A hundred gigabytes: the process is refused them, lives, and says so."""
    assert ("failed", sentences.TOO_LITTLE_MEMORY) == (told["eat"]["state"], told["eat"]["code"])


def test_a_job_that_takes_too_long_is_ended(told):
    assert ("failed", sentences.TOOK_TOO_LONG) == (told["long"]["state"], told["long"]["code"])


def test_a_job_that_does_not_listen_is_ended_when_it_is_stopped(told):
    found = told["deaf and stopped"]
    assert ("stopped", sentences.STOPPED) == (found["state"], found["code"])


def test_a_job_that_listens_gives_what_it_has_when_it_is_stopped(told):
    found = told["listening and stopped"]
    assert ("done", "as far as it came") == (found["state"], found["result"])


def test_the_process_of_a_job_that_is_deleted_ends(told):
    assert told["deleted"]


def test_another_programme_has_its_turn_beside_two_long_jobs_of_one(told):
    """S11: a plan of a second had no turn after 91 s behind the plans of another programme."""
    assert ["running", "waiting", "running"] == told["two long ones of one programme"]


def test_a_worker_that_is_told_to_end_hands_back_what_it_does(told):
    assert {"state": "waiting", "deaths": 0, "workers": 0} == told["told to end"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends the processes of one that is killed")
def test_the_processes_of_a_worker_that_is_killed_end_with_it(told):
    assert told["killed"]


def test_a_worker_ends_whose_parent_is_gone(told):
    assert told["orphan"]
