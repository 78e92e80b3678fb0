"""The command line: answers for people and programs, exit codes, and no traceback on anything."""

import json
import sys

import pytest
from typer.testing import CliRunner

from pledgeline.cli.plan import app
from pledgeline.plan import problem_to_json
from tests.bench.plan_programmes import invent_programme
from tests.plan.test_cases import CASES

run = CliRunner()


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASES[0]), encoding="utf-8")
    return path


def _json(*words):
    result = run.invoke(app, [str(word) for word in words])
    return result.exit_code, json.loads(result.stdout)


def test_solve_answers_in_the_form_of_the_cases(case):
    code, told = _json("solve", case, "--json")

    assert code == 0
    assert {key: told[key] for key in CASES[0]["expected"]} == CASES[0]["expected"]
    assert told["provably_best"] is True
    assert told["binding"] == {"L0": ["STOCK"], "L1": ["STOCK"], "L2": ["ORDER"]}


def test_solve_for_people_says_why_lines_wait(case):
    result = run.invoke(app, ["solve", str(case)])

    assert result.exit_code == 0
    assert "Provably best" in result.stdout
    assert "Lines that wait" in result.stdout


def test_a_plan_is_written_checked_and_compared(case, tmp_path):
    plan = tmp_path / "plan.json"
    assert run.invoke(app, ["solve", str(case), "--output", str(plan)]).exit_code == 0
    assert run.invoke(app, ["check", str(case), str(plan)]).exit_code == 0
    assert run.invoke(app, ["compare", str(plan), str(plan)]).exit_code == 0

    spoiled = json.loads(plan.read_text(encoding="utf-8"))
    spoiled["purchases"][0][3] += 1
    plan2 = tmp_path / "plan2.json"
    plan2.write_text(json.dumps(spoiled), encoding="utf-8")
    assert run.invoke(app, ["check", str(case), str(plan2)]).exit_code == 1
    assert run.invoke(app, ["compare", str(plan), str(plan2)]).exit_code == 1
    assert run.invoke(app, ["explain", str(case), "L0", "--plan", str(plan2)]).exit_code == 2


@pytest.mark.parametrize(
    ("path", "value", "about"),
    [
        (("payments", 0, -1), 101, "c0"),
        (("paid_minor", "c0"), 375, "c0"),
        (("cost_minor",), 601, "plan"),
        (("fulfilled", "L0"), 2, "L0"),
        (("scores", 0, "value"), "1", "tier 1"),
        (("scores", 1, "bound"), "1/2", "tier 3"),
        (("tier_scores", "1"), "1", "tier_scores"),
        (("share_days",), "0", "share_days"),
        (("provably_best",), False, "provably_best"),
        (("input_digest",), "0" * 64, "input_digest"),
    ],
)
def test_whatever_is_altered_in_a_plan_is_refused_with_its_place(case, tmp_path, path, value, about):
    plan = tmp_path / "plan.json"
    assert run.invoke(app, ["solve", str(case), "--output", str(plan)]).exit_code == 0
    told = json.loads(plan.read_text(encoding="utf-8"))
    *way, last = path
    place = told
    for step in way:
        place = place[step]
    assert place[last] != value
    place[last] = value
    plan.write_text(json.dumps(told), encoding="utf-8")

    code, found = _json("check", case, plan, "--json")

    assert code == 1
    assert about in [violation["about"] for violation in found["violations"]]


def test_deep_reasons_and_confirmations_keep_the_time(tmp_path):
    """What a search that was stopped half-way found proves nothing: it is not said to bind."""
    path = tmp_path / "case.json"
    path.write_text(json.dumps(problem_to_json(invent_programme(300, 20))), encoding="utf-8")
    waits = next(reason["line"] for reason in _json("solve", path, "--mode", "fast", "--json")[1]["reasons"])

    code, told = _json("explain", path, waits, "--deep", "--budget", "0", "--json")

    assert (code, "binding" in told) == (0, False)
    shown = run.invoke(app, ["explain", str(path), waits, "--deep", "--budget", "0"]).stdout
    assert "The search was stopped before it was known what would help." in shown


def test_explain_says_why_and_what_binds(case):
    code, told = _json("explain", case, "L0", "--deep", "--json")

    assert (code, told["reason"], told["binding"]) == (0, "ORDER", ["STOCK"])


def test_whatif_with_an_amount_an_earmark_and_changes(case, tmp_path):
    changes = tmp_path / "changes.json"
    changes.write_text(
        json.dumps([{"list": "offers", "id": "o2", "set": {"available": 4}}]), encoding="utf-8"
    )

    code, told = _json("whatif", case, "--amount", "50.00", "--json")
    assert (code, told["amount_minor"]) == (0, 5000)
    assert _json("whatif", case, "--amount", "5", "--earmark", "item=A", "--json")[0] == 0
    assert _json("whatif", case, "--amount", "5", "--like", "c1", "--json")[0] == 0
    assert _json("whatif", case, "--idle", "--json")[0] == 0
    code, told = _json("whatif", case, "--changes", changes, "--json")
    assert told["difference"]["lines"]["L1"] == 1


def test_what_more_money_would_buy_is_said_with_its_terms_in_words(tmp_path):
    """Two givers of the same terms are one question; who asked for nothing more is not confirmed."""
    path = tmp_path / "case.json"
    data = {
        "currency": "USD",
        "categories": {"A": "air"},
        "packages": [{"id": "P1"}],
        "lines": [{"id": "L1", "item": "A", "quantity": 3}],
        "offers": [{"id": "O1", "item": "A", "unit_price_minor": 100}],
        "contributions": [
            {
                "id": "C1",
                "partner": "Norway",
                "amount_minor": 100,
                "earmark": {"allow": {"category": ["air"]}},
            },
            {"id": "C2", "amount_minor": 500, "earmark": {"deny": {"item": ["A"]}}, "use_by": 4},
        ],
    }
    path.write_text(json.dumps(data), encoding="utf-8")

    said = run.invoke(app, ["whatif", str(path), "--amount", "1"]).stdout
    rows = [" ".join(row.split()) for row in said.splitlines()]
    assert "category: air C1 Norway priority 1: +0.3333 lines L1 +1" in rows
    assert "not item: A; until day 4 C2 nothing nothing" in rows

    idle = run.invoke(app, ["whatif", str(path), "--idle"]).stdout
    assert "without deny.item: L1 +2" in " ".join(idle.split())


def test_keep_holds_to_an_earlier_plan(case, tmp_path):
    plan = tmp_path / "plan.json"
    run.invoke(app, ["solve", str(case), "--output", str(plan)])
    code, told = _json("solve", case, "--keep", plan, "--json")

    assert code == 0
    assert told["scores"][0]["name"] == "kept"


def test_a_budget_is_marked(tmp_path):
    path = tmp_path / "large.json"
    path.write_text(json.dumps(problem_to_json(invent_programme(150, 10))), encoding="utf-8")
    code, told = _json("solve", path, "--budget", "0", "--json")

    assert code == 0
    assert told["interrupted"] is True
    assert told["provably_best"] is False
    assert told["budget"] == "0 seconds"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["solve", "{folder}/none.json"], 2),
        (["solve", "{folder}"], 2),
        (["solve", "{case}", "--mode", "quick"], 2),
        (["solve", "{case}", "--keep", "{case}"], 2),
        (["solve", "{case}", "--output", "{folder}/no/where.json"], 2),
        (["explain", "{case}", "L99"], 2),
        (["whatif", "{case}"], 2),
        (["whatif", "{case}", "--amount", "much"], 2),
        (["whatif", "{case}", "--amount", "-5"], 2),
        (["whatif", "{case}", "--amount", "5", "--earmark", "colour=red"], 2),
        (["whatif", "{case}", "--amount", "5", "--like", "c99"], 2),
        (["whatif", "{case}", "--changes", "{case}"], 2),
        (["check", "{case}", "{case}"], 2),
        (["compare", "{case}", "{folder}/none.json"], 2),
    ],
)
def test_wrong_usage_ends_with_2_and_one_line(case, tmp_path, words, code):
    result = run.invoke(app, [word.format(case=case, folder=tmp_path) for word in words])

    assert result.exit_code == code
    assert result.exception is None or isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"currency": "USD", "lines": [{"id": "L1"}]}'])
def test_errors_in_the_problem_end_with_1(tmp_path, text):
    path = tmp_path / "wrong.json"
    path.write_text(text, encoding="utf-8")

    assert run.invoke(app, ["solve", str(path)]).exit_code == 1
    code, told = _json("solve", path, "--json")
    assert code == 1
    assert told["findings"][0]["severity"] == "error"


def test_a_fixed_charge_is_shown_and_paid(tmp_path):
    path = tmp_path / "charged.json"
    of = {
        "currency": "USD",
        "packages": [{"id": "P1"}],
        "lines": [{"id": "L1", "item": "A", "quantity": 1}],
        "offers": [{"id": "O1", "item": "A", "unit_price_minor": 100, "supplier": "S1"}],
        "contributions": [{"id": "C1", "amount_minor": 900, "currency": "USD"}],
        "suppliers": [{"id": "S1", "charge_minor": 250}],
    }
    path.write_text(json.dumps(of), encoding="utf-8")

    code, told = _json("solve", path, "--json")
    assert (code, told["cost_minor"]) == (0, 350)
    assert told["payments"] == [["C1", "", "", "P1", 250, "S1"], ["C1", "L1", "O1", "P1", 100]]
    assert "Fixed charges" in run.invoke(app, ["solve", str(path)]).stdout


def test_a_missing_part_of_the_installation_is_said_in_one_line(case, monkeypatch):
    monkeypatch.setitem(sys.modules, "pledgeline.plan.making", None)
    monkeypatch.delattr("pledgeline.plan.making", raising=False)
    result = run.invoke(app, ["solve", str(case)])

    assert result.exit_code == 2
    assert "install pledgeline again" in result.stderr
    assert "Traceback" not in result.stderr
