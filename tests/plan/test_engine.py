"""What happens when solvers fail, lie or are missing, when time ends, and when a plan is to be kept."""

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from pledgeline.plan import (
    CannotPlan,
    Certainty,
    Earmark,
    Keep,
    Limits,
    Package,
    Patience,
    Policy,
    bound,
    check,
    plan,
)
from pledgeline.plan import making as making_module
from pledgeline.plan.canon import canonical
from pledgeline.plan.solver import HighsSolver, Raw, Status
from tests.bench.plan_programmes import invent_programme
from tests.plan.programmes import best, line, money, offer, problem

TWO = problem(
    lines=[line("L1", quantity=3), line("L2", "B", quantity=2, priority=2)],
    offers=[offer("O1"), offer("O2", "B", price=150)],
    contributions=[money("C1", 500)],
)


class Broken:
    name = "broken"

    def solve(self, *args, **options):
        raise MemoryError("out of memory")


class Silent(Broken):
    name = "silent"

    def solve(self, matrix, objective, *, maximise, **options):
        return Raw(status=Status.FAILED, x=None, bound=float("inf"))


class Liar(HighsSolver):
    """Says that ten of everything is feasible and best."""

    name = "liar"

    def solve(self, matrix, objective, *, maximise, **options):
        x = np.where(np.isfinite(matrix.col_upper), matrix.col_upper, 10.0)
        return Raw(status=Status.OPTIMAL, x=x, bound=float(objective @ x))


def test_a_solver_that_breaks_leaves_a_plan_and_a_word():
    made = best(TWO, solver=Broken())

    assert made.fulfilled["L1"] == 3
    assert not made.is_provably_best()
    assert "broke" in str(made.notes[0])


def test_a_solver_that_finds_nothing_leaves_a_plan_and_a_word():
    made = best(TWO, solver=Silent())

    assert made.fulfilled["L1"] == 3
    assert "failed" in str(made.notes[0])


def test_a_solver_that_lies_is_not_believed():
    made = best(TWO, solver=Liar())

    assert not made.is_provably_best()
    assert any("integers refuse" in str(note) for note in made.notes)


def test_without_a_solver_the_plan_is_made_from_the_top_down_and_marked(monkeypatch):
    def missing():
        raise ImportError("highspy")

    monkeypatch.setattr(making_module, "HighsSolver", missing)
    made = best(TWO)

    assert made.fulfilled == {"L1": 3, "L2": 1}
    assert made.solver == "none"
    assert "No solver is installed" in str(made.notes[0])
    assert {score.standing for score in made.scores} == {Certainty.UNKNOWN}


class Impatient(Patience):
    def should_stop(self):
        return True


def test_no_time_at_all_gives_a_plan_with_bounds():
    of = invent_programme(200, 20)
    made = best(of, watch=Impatient())

    assert made.interrupted
    assert not made.is_provably_best()
    assert made.score("tier 1").bound >= made.score("tier 1").value > 0


def test_progress_is_told_for_each_objective():
    class Listening(Patience):
        def __init__(self):
            self.heard = []

        def tell(self, progress):
            self.heard.append(progress.step)

    watch = Listening()
    best(TWO, watch=watch)

    assert watch.heard == ["tier 1", "tier 2", "share-days", "cost"]


def test_a_large_programme_is_planned_within_its_bounds():
    """Merged to nodes, boxed, split again: every line's units add up and every cent is paid."""
    of = invent_programme(150, 15)
    bounds = {f"tier {score.tier}": score.bound for score in bound(of)}
    few = Limits(nodes=1)
    fast, proven = (best(of, policy=Policy(mode=mode), limits=few) for mode in ("fast", "prove"))

    assert proven.score("tier 1").standing is Certainty.PROVEN
    assert float(proven.score("tier 1").value) <= bounds["tier 1"] + 1e-6
    assert fast.score("tier 1").value >= proven.score("tier 1").value * Fraction(9999, 10000)


def test_a_stopped_search_gives_out_what_it_left_over():
    """Stopped after tier 1: the tiers it had not come to get what is left, and the plan says so."""
    of = invent_programme(300, 20)

    class AfterOneTier(Patience):
        def begin(self, step, share):
            self.step = step

        def should_stop(self):
            return self.step != "tier 1"

    made = best(of, policy=Policy(mode="fast"), watch=AfterOneTier())
    tier_1 = best(of, policy=Policy(mode="fast")).score("tier 1")

    assert made.interrupted
    assert any("from the top down" in str(note) for note in made.notes)
    assert made.score("tier 1").value >= tier_1.value * Fraction(9999, 10000)
    assert all(made.score(f"tier {tier}").value > 0 for tier in (2, 3))


def test_a_large_programme_in_another_order_gives_the_same_plan():
    of = invent_programme(300, 20, seed=3)
    turned = replace(
        of,
        lines=of.lines[::-1],
        offers=of.offers[::-1],
        contributions=of.contributions[::-1],
    )
    how = {"policy": Policy(mode="fast"), "limits": Limits(nodes=50)}

    assert plan(of, **how) == plan(turned, **how)


def test_merging_loses_nothing(monkeypatch):
    """Small enough to keep lines apart: merged, the tiers get the same."""
    for seed in range(3):
        of = invent_programme(40, 8, seed)
        apart = plan(of)
        monkeypatch.setattr(making_module, "_SMALL_LINES", 0)
        merged = plan(of)
        monkeypatch.undo()

        assert check(of, merged) == []
        assert apart.score("tier 1").value == merged.score("tier 1").value


def test_several_packages_with_windows_and_line_counts():
    packages = (
        Package(
            id="P1", order_day=0, target_minor=2_000_000_000_00, tolerance_minor=500_000_000_00, max_lines=30
        ),
        Package(id="P2", order_day=30),
    )
    of = invent_programme(80, 10, packages=packages)

    best(of, policy=Policy(mode="fast"), limits=Limits(nodes=50))


def test_it_is_never_worse_than_from_the_top_down(monkeypatch):
    of = invent_programme(200, 20, seed=1)
    made = best(of, policy=Policy(mode="fast"))
    monkeypatch.setattr(making_module, "HighsSolver", _missing)
    poured = plan(of)

    tiers = [score.name for score in made.scores if score.name.startswith("tier ")]
    assert [made.score(name).value for name in tiers] >= [poured.score(name).value for name in tiers]


def _missing():
    raise ImportError("highspy")


def test_what_was_promised_is_kept_before_tiers():
    """L2 was promised two; tier 1 alone would take all the money."""
    tight = problem(
        lines=[line("L1", quantity=3), line("L2", "B", quantity=2, priority=2)],
        offers=[offer("O1"), offer("O2", "B", price=100)],
        contributions=[money("C1", 300)],
    )

    assert best(tight).fulfilled == {"L1": 3, "L2": 0}
    kept = best(tight, keep=Keep(promised={"L2": 2}))
    assert kept.fulfilled == {"L1": 1, "L2": 2}
    assert kept.score("kept").value == Fraction(1)


def test_an_earlier_plan_may_be_the_start():
    earlier = plan(TWO)

    assert plan(TWO, start=earlier) == earlier


def test_equal_runs_give_equal_plans():
    assert plan(TWO) == plan(TWO)


def test_packages_of_one_day_are_planned_as_one_and_dealt_out():
    """Two alike on day 0 and two on day 30: each keeps its own window and its own whole orders."""
    packages = tuple(
        Package(id=f"P{n}", order_day=day, target_minor=3_000_000_000, tolerance_minor=600_000_000)
        for n, day in enumerate((0, 0, 30, 30))
    )
    of = invent_programme(90, 10, packages=packages)
    made = best(of, policy=Policy(mode="fast"))

    assert len(canonical(of, bundled=True).bundles) == 2
    assert len({purchase.package for purchase in made.purchases}) > 1


def test_packages_that_somebody_names_stay_apart():
    packages = tuple(Package(id=f"P{n}") for n in range(3))
    of = invent_programme(5, 5, packages=packages)
    named = replace(of.contributions[0], earmark=Earmark(allow={"package": frozenset({"P1"})}))
    shared = replace(of.contributions[0], max_share=Fraction(1, 2))

    assert len(canonical(of, bundled=True).bundles) == 1
    assert len(canonical(replace(of, contributions=(named,)), bundled=True).bundles) == 2
    assert len(canonical(replace(of, contributions=(shared,)), bundled=True).bundles) == 3


class Numberless(Broken):
    name = "numberless"

    def solve(self, matrix, objective, **options):
        return Raw(status=Status.OPTIMAL, x=np.full(len(objective), np.nan), bound=0.0)


def test_a_solver_that_gives_no_numbers_leaves_a_plan_and_a_word():
    made = best(TWO, solver=Numberless())

    assert made.fulfilled["L1"] == 3
    assert "gave no numbers" in str(made.notes[0])


def test_a_solver_that_breaks_on_a_large_programme_leaves_a_plan():
    packages = tuple(Package(id=f"P{n}") for n in range(2))

    assert not best(invent_programme(90, 10, packages=packages), solver=Broken()).is_provably_best()


def test_the_planner_is_not_loaded_until_it_is_used():
    """Pages that show plans stay light: neither numpy nor the solver comes with them."""
    ask = "import sys, pledgeline.plan; print({'numpy', 'highspy'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", ask], stdout=subprocess.PIPE, text=True, check=True)

    assert done.stdout.strip() == "set()"


def test_without_a_solver_a_bound_cannot_be_had(monkeypatch):
    monkeypatch.setattr(making_module, "HighsSolver", _missing)

    with pytest.raises(CannotPlan, match="highspy"):
        bound(TWO)
