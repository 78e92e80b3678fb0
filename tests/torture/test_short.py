"""A short form of each part of the torture, on the database that the tests run on. `do.py torture` does more."""

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.operation.conftest import maker
from tests.operation.installations import FILE, Maker
from tests.torture import jobs, plan, stage
from tests.torture.ledger import parts
from tests.torture.parts import Ground

__all__ = ["maker"]

pytestmark = pytest.mark.django_db
VENDOR = os.environ.get("PLEDGELINE_TEST_DATABASE", "sqlite")


class TestGround(Ground):
    """Takes databases from the PostgreSQL of the tests, if that is what they run on; all have their tables."""

    __test__ = False

    def __init__(self, folder: Path, maker: Maker) -> None:
        super().__init__(folder)
        self.maker = maker

    def new_folder(self):
        made = super().new_folder()
        if VENDOR == "sqlite":
            shutil.copyfile(self.maker.installed().file, made / FILE)
        return made

    def address(self, vendor):
        return "" if vendor == "sqlite" else self.maker.installed().address


@pytest.fixture
def ground(maker):
    """Give a folder of its own: the one of pytest is closed to the user of PostgreSQL by each run that starts."""
    with tempfile.TemporaryDirectory(prefix="pledgeline-tests-", ignore_cleanup_errors=True) as made:
        yield TestGround(Path(made), maker)


@pytest.mark.parametrize("part", parts(short=True))
def test_the_books_survive(part, ground):
    vendors, run = parts(short=True)[part]
    if VENDOR not in vendors:
        pytest.skip(f"this part is for {' and '.join(vendors)}")
    if part == "server kills" and "PLEDGELINE_TEST_DATABASE_URL" in os.environ:
        pytest.skip("a server that somebody else runs is not killed")

    answer = run(ground, VENDOR)

    assert [] == answer["wrong"]
    assert not answer.get("silent")


@pytest.mark.any_database
def test_a_part_in_a_process_of_its_own_says_what_it_found(tmp_path):
    assert {"wrong", "kinds"} == stage.call("sequences:bad_input", home=tmp_path).keys()


@pytest.mark.any_database
@pytest.mark.parametrize("part", plan.PARTS)
def test_the_planner_survives(part):
    """A few problems of each part; thousands with `do.py torture plan`."""
    wrong = {seed: outcome.wrong for seed in range(15) if (outcome := plan.PARTS[part](seed)).wrong}

    assert wrong == {}


@pytest.mark.any_database
def test_a_false_claim_is_seen(monkeypatch):
    """A planner that buys nothing and calls that proven differs in every part that looks for such claims."""

    def lazy(problem):
        best = plan_of(problem)
        scores = tuple(replace(score, value=score.value * 0) for score in best.scores)
        nothing = dict.fromkeys(best.fulfilled, 0)
        paid = dict.fromkeys(best.paid_minor, 0)
        return replace(
            best, purchases=(), payments=(), scores=scores, fulfilled=nothing, cost_minor=0, paid_minor=paid
        )

    plan_of = plan.plan
    monkeypatch.setattr(plan, "plan", lazy)

    for part in ("judges", "wide", "kits", "large", "cents"):
        assert any(plan.PARTS[part](seed).wrong for seed in range(10))


def test_jobs_survive(ground):
    """Twenty jobs and six kills of each kind; five hundred and two hundred with `do.py torture jobs`."""
    answer = jobs.PARTS[VENDOR](ground, 20, 6)

    assert [] == answer["wrong"]
    assert answer["jobs"] >= 20
