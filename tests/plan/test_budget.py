"""Whatever is asked, the budget and whoever wants to stop are heard, and nothing is listed before it is counted.

No test here measures time: clocks are made of steps, and what is counted are questions, ways and lists.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from typer.testing import CliRunner

from pledgeline.cli import app
from pledgeline.cli import plan as commands
from pledgeline.plan import (
    Stopped,
    Timekeeper,
    binding,
    bound,
    check,
    explain_all,
    freeing,
    marginal,
    plain,
    plan,
    problem_to_json,
    read_problem,
    watch,
)
from pledgeline.plan import pay as pay_module
from pledgeline.plan.canon import canonical
from pledgeline.plan.pay import MoneyGap, Settlement, Spend, settle
from pledgeline.plan.plain import TooManyPlans, most_ways, solve_plainly
from pledgeline.plan.policy import Limits
from pledgeline.plan.search import Search
from pledgeline.plan.solver import HighsSolver, Matrix, Status
from pledgeline.plan.watch import HeardWork
from tests.bench.plan_programmes import invent_programme
from tests.plan.inventing import invent
from tests.plan.programmes import line, money, offer, problem

LARGE = json.loads(
    (Path(__file__).parent / "reported" / "large-sum-many-units.json").read_text(encoding="utf-8")
)


class Ticks:
    """A clock that goes on by one second each time somebody looks."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1
        return self.now


class Hands:
    """A clock that somebody moves."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


# ---- the watch ----


def test_a_step_has_its_share_and_the_whole_its_budget():
    clock = Hands()
    keeper = Timekeeper(100, clock)
    keeper.begin("tier 1", 0.25)
    clock.now = 24
    assert not keeper.should_stop()
    clock.now = 25
    assert keeper.should_stop()
    assert not keeper.is_over()
    keeper.begin("tier 2", 1)
    assert not keeper.should_stop()
    clock.now = 100
    assert keeper.is_over()
    assert not keeper.must_end()
    clock.now = 100 + watch.GRACE_SECONDS
    assert keeper.must_end()


def test_whoever_stops_it_is_heard_at_once_and_what_is_owed_has_a_moment():
    clock = Hands()
    keeper = Timekeeper(None, clock)
    clock.now = 1000
    assert not keeper.is_over()
    keeper.stop()
    assert keeper.should_stop()
    assert keeper.is_over()
    assert not keeper.must_end()
    clock.now = 1010
    assert keeper.must_end()
    keeper.allow(5)
    assert not keeper.must_end()
    clock.now = 1015
    assert keeper.must_end()


def test_foreign_work_that_does_not_end_is_left_alone(monkeypatch):
    monkeypatch.setattr(watch, "_PATIENCE_SECONDS", 2 * watch._LISTEN_SECONDS)
    never = Event()

    assert HeardWork().run(never.wait, lambda: True) is False
    never.set()


def test_foreign_work_that_fails_fails_here():
    def broken():
        raise MemoryError("out of memory")

    work = HeardWork()
    with pytest.raises(MemoryError):
        work.run(broken, lambda: False)
    assert work.run(lambda: None, lambda: False) is True


# ---- the solver ----


def _knapsack(size):
    """Make a model that takes long: many things of nearly equal worth and weight."""
    dice = np.random.default_rng(7)
    weight = dice.integers(10_000, 20_000, (12, size)).astype(float)
    return Matrix(
        col_lower=np.zeros(size),
        col_upper=np.full(size, 3.0),
        is_integer=np.ones(size, dtype=np.bool_),
        row_lower=np.full(12, -np.inf),
        row_upper=np.full(12, 10_000.0 * size),
        starts=np.arange(0, 12 * size + 1, size, dtype=np.int32),
        columns=np.tile(np.arange(size, dtype=np.int32), 12),
        values=weight.ravel(),
    )


def _ask(solver, size, stop):
    ones = np.arange(size, dtype=np.float64) + 5000
    how = {"maximise": True, "start": None, "limits": Limits(), "gap": 0.0, "near": False}
    return solver.solve(_knapsack(size), ones, stop=stop, **how)


def test_a_solver_that_was_stopped_answers_the_next_question():
    solver = HighsSolver()

    assert _ask(solver, 60, lambda _: True).cut_short
    assert _ask(solver, 2, lambda _: False).status is Status.OPTIMAL


def test_a_solver_that_does_not_hear_is_replaced(monkeypatch):
    monkeypatch.setattr(watch, "_PATIENCE_SECONDS", 2 * watch._LISTEN_SECONDS)
    solver, never = HighsSolver(), Event()
    deaf = HighsSolver()._new_core()
    deaf.run = never.wait
    solver._core = deaf

    raw = _ask(solver, 2, lambda _: True)
    never.set()

    assert (raw.status, raw.x, raw.cut_short) == (Status.FAILED, None, True)
    assert _ask(solver, 2, lambda _: False).status is Status.OPTIMAL


# ---- the search ----


class Counting(HighsSolver):
    """Wants the end after so many questions, and notes which whole-number questions are begun after it."""

    def __init__(self, keeper, after):
        super().__init__()
        self.keeper, self.after, self.asked, self.late = keeper, after, 0, 0

    def solve(self, matrix, objective, **how):
        self.asked += 1
        if self.asked > self.after:
            self.keeper.stop()
        self.late += self.asked > self.after + 1 and bool(matrix.is_integer.any())
        return super().solve(matrix, objective, **how)


def _six_packages(whole=5, packages=6):
    return problem(
        packages=[{"id": f"P{n}", "order_day": n % 3} for n in range(packages)],
        lines=[line(f"L{n}", "ABC"[n % 3], quantity=2 + n % 3, priority=1 + n // 3) for n in range(6)],
        offers=[offer(f"O{n}", "ABC"[n], price=100 + 37 * n, available=None) for n in range(3)],
        contributions=[
            money("C"),
            *(money(f"W{n}", 300 + 31 * n, whole_package_only=True) for n in range(whole)),
        ],
    )


SUBSTITUTES = problem(
    lines=[line(f"L{n}", quantity=3, priority=1 + n % 2) for n in range(4)],
    offers=[offer("O1"), offer("O2", "B", price=70), offer("O3", "C", price=55)],
    contributions=[money("C1", 900)],
    substitutes=[{"item": "A", "by": "B", "ratio": [2, 3]}, {"item": "A", "by": "C", "ratio": [1, 2]}],
)

MANY_TIES = problem(
    lines=[line(f"L{n:02}", quantity=3) for n in range(12)],
    offers=[offer(f"O{n}", available=9) for n in range(6)],
    packages=[{"id": f"P{n}"} for n in range(3)],
    contributions=[money("C1", 2000)],
)


@pytest.mark.parametrize("after", [0, 3, 9])
@pytest.mark.parametrize(
    "of",
    [_six_packages(3, 3), SUBSTITUTES, MANY_TIES, invent_programme(120, 10), read_problem(LARGE)[0]],
    ids=["whole packages", "substitutes", "ties", "a programme", "a large sum"],
)
def test_once_it_is_stopped_nothing_more_is_searched(of, after):
    """The plan is good all the same, and says that it was stopped if it was."""
    keeper = Timekeeper(None, Hands())
    solver = Counting(keeper, after)
    made = plan(of, solver=solver, watch=keeper)

    assert check(of, made) == []
    assert solver.late == 0
    assert made.interrupted == keeper.is_over() or made.is_provably_best()


def test_every_objective_is_tried_before_a_plan_is_called_stopped(monkeypatch):
    """Each step ends at once, the whole does not: what was cut short gets the rest of the time."""
    begun = []
    settled = Search._settle

    def noting(search, objective, place, of):
        begun.append(objective.name)
        return settled(search, objective, place, of)

    monkeypatch.setattr(Search, "_settle", noting)

    class Short(Timekeeper):
        """Gives the first try of tier 1 no time."""

        def should_stop(self):
            return begun.count("tier 1") == 1 and begun[-1] == "tier 1"

    made = plan(MANY_TIES, watch=Short(None, Hands()))

    assert begun == ["tier 1", "share-days", "cost", "tier 1", "share-days", "cost"]
    assert made.is_provably_best()
    assert made == plan(MANY_TIES)


def test_whatever_the_clock_says_there_is_a_plan_that_can_be_carried_out():
    """The time ends after 1, 2, 3, ... looks at the clock, wherever that is."""
    of = _six_packages(3, 3)
    for seconds in (0, 1, 2, 5, 10, 20, 50, 100, 200):
        assert check(of, plan(of, watch=Timekeeper(seconds, Ticks()))) == []


def test_more_time_is_never_worse():
    """Tier by tier: what a stopped search found is no better than what the whole one did."""
    of = invent_programme(120, 10)
    best = [score.value for score in plan(of).scores if score.name.startswith("tier")]
    for seconds in (0, 5, 50, 500):
        made = plan(of, watch=Timekeeper(seconds, Ticks()))
        assert [score.value for score in made.scores if score.name.startswith("tier")] <= best


# ---- whole packages ----


def test_ways_to_give_packages_away_are_counted_and_stopped(monkeypatch):
    """Twelve givers of whole packages and twelve packages, none of which the money of any pays exactly."""
    of = canonical(_six_packages(whole=12, packages=12))
    mask = (1 << len(of.groups)) - 1
    costs = {Spend(package, mask): 290 + 7 * package for package in range(12)}
    tried = []
    plainly = pay_module._pay
    monkeypatch.setattr(pay_module, "_pay", lambda *given: tried.append(1) or plainly(*given))

    found = settle(of, costs, stop=lambda: len(tried) > 40)
    assert isinstance(found, Settlement)
    assert len(tried) < 500
    assert not found.is_sure

    tried.clear()
    assert isinstance(settle(of, costs, any_way=True), Settlement)
    assert len(tried) < 100
    monkeypatch.setattr(pay_module, "_MOST_TRIES", 30)
    tried.clear()
    short = settle(of, {spend: 640 + spend.package for spend in costs}, any_way=True)
    assert isinstance(short, MoneyGap)
    assert len(tried) <= 31


def test_what_was_not_tried_is_not_called_impossible_nor_best(monkeypatch):
    """Two givers of 100 each pay whole packages of 60 and 40, 60 and 40: it takes more than one try to see it."""
    of = problem(
        packages=[
            {"id": f"P{n}", "target_minor": cost, "tolerance_minor": 0}
            for n, cost in enumerate([60, 60, 40, 40])
        ],
        lines=[line("L1", quantity=10)],
        offers=[offer("O1", price=20, available=10)],
        contributions=[money(f"W{n}", 100, whole_package_only=True) for n in range(2)],
    )
    assert plan(of).fulfilled == {"L1": 10}
    monkeypatch.setattr(pay_module, "_MOST_TRIES", 1)
    made = plan(of)

    assert check(of, made) == []
    assert not made.is_provably_best() or made.fulfilled == {"L1": 10}


# ---- trying every plan ----


def test_ways_are_counted_without_listing_any(monkeypatch):
    """As many as there are, or more; and where they are too many nothing is listed."""
    for seed in range(60):
        of, _ = read_problem(invent(seed))
        for requirement in of.lines:
            assert most_ways(of, requirement) >= len(list(plain._allotments(of, requirement, lambda: False)))

    def listed(*_):
        raise AssertionError("it lists before it counts")

    monkeypatch.setattr(plain, "_allotments", listed)
    with pytest.raises(TooManyPlans):
        solve_plainly(read_problem(LARGE)[0], 200_000)


def test_trying_every_plan_hears_that_it_should_stop():
    asked = []
    with pytest.raises(TooManyPlans):
        solve_plainly(SUBSTITUTES, stop=lambda: len(asked) >= 5 or asked.append(1))

    assert len(asked) == 5


def _large(**changes):
    case = LARGE | {
        key: value for key, value in changes.items() if key not in ("factor", "quantity", "money")
    }
    factor = changes.get("factor", 1)
    case["offers"] = [
        offered | {"unit_price_minor": offered["unit_price_minor"] * factor} for offered in case["offers"]
    ]
    if "quantity" in changes:
        case["lines"] = [LARGE["lines"][0] | {"quantity": changes["quantity"]}]
    if "money" in changes:
        case["contributions"] = [LARGE["contributions"][0] | {"amount_minor": changes["money"]}]
    return read_problem(case)[0]


@pytest.mark.parametrize(
    ("of", "units"),
    [
        (_large(money=10**12), 2000),
        (_large(money=10**15), 2000),
        (_large(money=12_000_001 * 700 + 5), 700),
        (_large(factor=1000, money=10**15), 2000),
        (_large(factor=1000, money=12_000_001_000 * 700 + 5), 700),
        (_large(factor=1000, money=10**13, quantity=3), 3),
        (_large(factor=1000, money=10**15, quantity=10**9), 6000),
    ],
    ids=["10^12", "10^15", "a part", "dear", "dear, a part", "dear, few", "dear, a billion wanted"],
)
def test_large_sums_and_many_units_are_not_tried_one_by_one(monkeypatch, of, units):
    """The cheapest offers are bought first, as far as the money goes; lists stay short, however large the sums."""
    listed = []
    amounts = plain._allotments

    def counting(*given):
        for way in amounts(*given):
            listed.append(1)
            yield way

    monkeypatch.setattr(plain, "_allotments", counting)
    made = plan(of)

    assert check(of, made) == []
    assert made.fulfilled == {"L1": units}
    assert made.score("tier 1").bound == made.score("tier 1").value
    assert len(listed) <= 20_000


def test_deep_reasons_of_large_sums_list_nothing_either(monkeypatch):
    """The money that is lifted is as much as everything could cost: not more digits than there were."""
    of = _large(money=12_000_001 * 150 + 5, quantity=200)

    def listed(*_):
        raise AssertionError("every plan is tried")

    monkeypatch.setattr(plain, "_allotments", listed)
    made = plan(of)
    assert binding(of, made, "L1") == ("MONEY",)


# ---- questions that take several plans ----


def test_a_question_that_is_stopped_has_no_answer():
    of = _six_packages(whole=2, packages=2)
    made = plan(of)
    asked = []

    def replan(changed):
        asked.append(1)
        if len(asked) > 1:
            raise Stopped
        return made

    waits = next(reason.line for reason in explain_all(of, made))
    with pytest.raises(Stopped):
        binding(of, made, waits, replan)
    asked.clear()
    with pytest.raises(Stopped):
        freeing(
            problem(
                lines=[line("L1", quantity=20)],
                offers=[offer("O1")],
                contributions=[money("W0", use_by=-1, available_from=-3)],
            ),
            made,
            "W0",
            replan=replan,
        )


def test_what_more_money_would_buy_ends_with_what_is_known():
    of = problem(
        lines=[line("L1", quantity=5)], offers=[offer("O1")], contributions=[money("C1", 100, use_by=3)]
    )

    def stopped(_):
        raise Stopped

    found = marginal(of, plan(of), 200, replan=stopped)
    assert [(hope.like, hope.hoped[1] > 0.3, hope.confirmed) for hope in found] == [
        ("", True, None),
        ("C1", True, None),
    ]
    over = Timekeeper(-10, Hands())
    assert marginal(of, plan(of), 200, watch=over) == []
    assert [score.bound for score in bound(of, watch=over)] == [float("inf")]


def test_reasons_end_when_they_should():
    of = problem(lines=[line(f"L{n}") for n in range(5)], offers=[], contributions=[])
    made = plan(of)
    asked = []

    assert len(explain_all(of, made)) == 5
    assert [reason.line for reason in explain_all(of, made, lambda: len(asked) >= 2 or asked.append(1))] == [
        "L0",
        "L1",
    ]


# ---- Ctrl-C ----

SEES_THE_SEARCH = """
import sys
from pledgeline.cli import main, plan_waiting
begin = plan_waiting.Clock.begin
def noting(clock, step, share):
    begin(clock, step, share)
    if step == "share-days":
        print("begun", file=sys.stderr, flush=True)
plan_waiting.Clock.begin = noting
main()
"""


def _hard():
    """Make a problem whose arrival days take very long to settle."""
    return {
        "currency": "USD",
        "packages": [{"id": f"P{n}", "order_day": n % 3} for n in range(6)],
        "lines": [
            line(f"L{n:02}", "ABCDEF"[n % 6], quantity=5 + n, priority=1 + n // 4, need_by=60)
            for n in range(12)
        ],
        "offers": [
            offer(f"O{n}", "ABCDEF"[n % 6], price=1000 + 137 * n, available=20, lead_days=10 + n)
            for n in range(12)
        ],
        "contributions": [
            money("C", 15_000),
            *(money(f"W{n}", 20_000 + 3_111 * n, whole_package_only=True) for n in range(5)),
        ],
    }


def test_ctrl_c_ends_a_search_with_the_best_plan_so_far(tmp_path):
    path = tmp_path / "hard.json"
    path.write_text(json.dumps(_hard()), encoding="utf-8")
    words = ["plan", "solve", str(path), "--json"]
    process = subprocess.Popen(
        [sys.executable, "-c", SEES_THE_SEARCH, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr.readline() == "begun\n"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    told = json.loads(out)

    assert process.returncode == 0
    assert err == ""
    assert told["interrupted"] is True
    assert "Stopped by Ctrl-C." in told["notes"]
    assert told["purchases"]


def test_ctrl_c_before_there_is_a_plan_ends_with_a_sentence(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "read_problem_file", interrupted)
    path = tmp_path / "plan.json"
    result = CliRunner().invoke(app, ["plan", "solve", str(path), "--out", str(tmp_path / "out.json")])

    assert result.exit_code == 130
    assert result.stderr == "pledgeline: ended by Ctrl-C before there was an answer\n"
    assert not (tmp_path / "out.json").exists()


def test_a_second_ctrl_c_ends_the_command(monkeypatch, tmp_path):
    def twice(*_args, watch, **_more):
        signal.raise_signal(signal.SIGINT)
        assert watch.is_over()
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(commands, "plan", twice)
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(problem_to_json(SUBSTITUTES)), encoding="utf-8")
    out = tmp_path / "out.json"
    result = CliRunner().invoke(app, ["plan", "solve", str(path), "--out", str(out)])

    assert result.exit_code == 130
    assert "ended by Ctrl-C" in result.stderr
    assert not out.exists()


def test_reasons_that_had_no_time_are_counted(monkeypatch, tmp_path):
    monkeypatch.setattr(commands.Clock, "must_end", lambda _: True)
    path = tmp_path / "plan.json"
    of = problem(lines=[line("L1"), line("L2")], offers=[], contributions=[])
    path.write_text(json.dumps(problem_to_json(of)), encoding="utf-8")
    told = json.loads(CliRunner().invoke(app, ["plan", "solve", str(path), "--json"]).stdout)

    assert told["reasons"] == []
    assert told["notes"] == [
        "2 requirements that wait have no reason here, as the time ended: ask “pledgeline plan explain” for a single "
        "requirement."
    ]
