"""`pledgeline guarantees`: exit codes, JSON, and no traceback on bad input."""

import json

import pytest
from typer.testing import CliRunner

from pledgeline.cli.guarantees import app
from tests.guarantees.conftest import HERE, SHIPPED


def run(*arguments: object, code: int = 0):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert code == result.exit_code, result.output
    return result


def test_the_shipped_register_checks_clean():
    found = json.loads(run("check", "--json").stdout)

    assert {"findings": [], "instruments": 51, "obligations": 211} == found


def test_a_broken_register_ends_with_1_and_names_file_and_line(tmp_path):
    text = (SHIPPED / "ua-gb-2024.toml").read_text(encoding="utf-8").replace('"GB"', '"UK"')
    (tmp_path / "ua-gb-2024.toml").write_text(text, encoding="utf-8")

    found = json.loads(run("check", "--register", tmp_path, "--json", code=1).stdout)

    assert "guarantees.unknown-actor" in {finding["code"] for finding in found["findings"]}
    assert {"ua-gb-2024.toml"} == {finding["file"] for finding in found["findings"]}
    assert "line 33" in run("check", "--register", tmp_path, code=1).stdout
    for command in (
        ["coverage"],
        ["compare", "ua-gb-2024"],
        ["timeline", "weekend-attack"],
        ["cases"],
        ["without"],
    ):
        run(*command, "--register", tmp_path, code=1)


def test_the_ready_scenarios_are_checked_by_cases():
    found = json.loads(run("cases", "--json").stdout)

    assert 7 == len(found["cases"])
    assert 0 == found["differences"]


def test_cases_ends_with_1_on_a_difference_and_says_why(tmp_path):
    path = tmp_path / "cases.toml"
    text = (HERE / "cases" / "weekend.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('state = "fulfilled"', 'state = "overdue"'), encoding="utf-8")

    shown = run("cases", path, code=1).stdout
    found = json.loads(run("cases", path, "--json", "--plain", code=1).stdout)

    assert "expected overdue" in shown
    assert "rule 5" in shown
    assert 1 == found["differences"]


def test_cases_on_another_register():
    assert (
        "0 differences"
        in run("cases", HERE / "cases" / "invented.toml", "--register", HERE / "register").stdout
    )


def test_a_timeline_in_every_form(tmp_path):
    assert "Scenario: Owed" in run("timeline", "weekend-attack").stdout
    assert run("timeline", "weekend-attack", "--format", "text").stdout.startswith("SCENARIO")
    assert "BEGIN:VCALENDAR" in run("timeline", "weekend-attack", "--format", "icalendar").stdout
    path = tmp_path / "timeline.csv"
    run("timeline", "weekend-attack", "--format", "csv", "--output", path)
    assert path.read_bytes().startswith(b'\xef\xbb\xbf"scenario",')
    found = json.loads(run("timeline", "weekend-attack", "--json").stdout)
    assert "weekend-attack" == found["scenario"]
    assert "2026-12-06T02:00:00Z" in {entry["due_at"] for entry in found["entries"]}


def test_a_timeline_as_of_another_moment():
    found = json.loads(run("timeline", "weekend-attack", "--as-of", "2026-12-05T01:00:00Z", "--json").stdout)

    assert [] == found["entries"]


def test_the_ready_scenarios_have_names():
    assert 7 == len(run("timeline", "list").stdout.split())


def test_coverage_and_its_matrix():
    one = json.loads(run("coverage", "--on", "2026-12-05", "--event", "naval_blockade", "--json").stdout)
    whole = json.loads(run("coverage", "--on", "2026-12-05", "--json").stdout)

    assert ["EU"] == one["single_points"]
    assert "armed_response" in whole["all_duties"]["uncovered_kinds"]
    assert "armed attack" in run("coverage", "--on", "2026-12-05").stdout
    assert "nobody" in run("coverage", "--on", "2026-12-05", "--event", "armed_attack").stdout


def test_without_one_and_without_a_name():
    one = json.loads(run("without", "US", "--on", "2026-08-31", "--event", "armed_attack", "--json").stdout)
    any_two = json.loads(run("without", "--on", "2026-12-05", "--json").stdout)

    assert ["intelligence"] == one["newly_uncovered"]
    assert {"without": ["GB", "RO"], "uncovered": ["maritime_security"]} in any_two
    assert "intelligence" in run("without", "US", "--on", "2026-08-31").stdout


def test_a_comparison_names_reasons_and_clauses():
    shown = run("compare", "budapest-1994", "ua-us-2024").stdout
    found = json.loads(run("compare", "budapest-1994", "ua-us-2024", "--json").stdout)

    assert "budapest-1994: no. only an adverb: immediate" in shown
    assert 12 == len(found["properties"])


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--register", "/p/nowhere/at/all"],
        ["timeline", "no-such-scenario"],
        ["timeline", "no-such-file.toml"],
        ["timeline", "weekend-attack", "--as-of", "tomorrow"],
        ["timeline", "weekend-attack", "--format", "pdf"],
        ["timeline", "weekend-attack", "--case", "other"],
        ["timeline", "weekend-attack", "--format", "csv", "--output", "/p/nowhere/at/all.csv"],
        ["coverage", "--on", "soon"],
        ["coverage", "--event", "war"],
        ["coverage", "--kind", "help"],
        ["coverage", "--beneficiary", "Ukraine"],
        ["compare", "budapest"],
        ["compare"],
        ["without", "Americans"],
        ["cases", "no-such-file.toml"],
        ["nonsense"],
    ],
)
def test_wrong_usage_ends_with_2_and_a_sentence(arguments):
    result = run(*arguments, code=2)

    assert "Traceback" not in result.output
    assert result.output.strip()


def test_a_scenario_with_findings_ends_with_1(tmp_path):
    path = tmp_path / "broken.toml"
    path.write_text('schema = "pledgeline-guarantee-cases/0.1"\ntitel = 1\n', encoding="utf-8")

    assert "guarantees.unknown-key" in run("timeline", path, code=1).stdout
    assert "line 2" in run("cases", path, code=1).stdout


def test_the_years_for_which_money_is_named_end_in_a_cliff():
    """18 instruments name money for 2024, 8 for 2025; nothing is added up."""
    result = CliRunner().invoke(app, ["funding"])
    found = json.loads(CliRunner().invoke(app, ["funding", "--json"]).stdout)

    assert "2024: 18 instruments; 2025: 8 instruments" in result.stdout
    assert 18 == len({row["instrument"] for row in found if row["year"] == 2024})
    assert 2 == CliRunner().invoke(app, ["funding", "--beneficiary", "XX"]).exit_code


def test_who_can_stop_it_is_listed_with_how():
    found = json.loads(CliRunner().invoke(app, ["vetoes", "--beneficiary", "UA", "--json"]).stdout)

    assert 5 <= sum(row["kind"] == "adversary_consent" for row in found)
    assert "veto points." in CliRunner().invoke(app, ["vetoes"]).stdout


def test_a_workbook_goes_to_a_file_and_not_to_the_terminal(tmp_path):
    file = tmp_path / "weekend.xlsx"

    assert 2 == CliRunner().invoke(app, ["timeline", "weekend-attack", "--format", "xlsx"]).exit_code
    result = CliRunner().invoke(
        app, ["timeline", "weekend-attack", "--format", "xlsx", "--output", str(file)]
    )
    assert 0 == result.exit_code
    assert file.read_bytes().startswith(b"PK")
