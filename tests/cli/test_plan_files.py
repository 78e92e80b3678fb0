"""Workbooks at the command line: filled in, planned, asked about, marked, and written for people."""

import io
import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from pledgeline.cli.plan import app
from pledgeline.exchange.workbook import read_workbook
from tests.exchange.workbooks import both, changed, good, put

run = CliRunner()


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(good())
    return path


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "faulty.xlsx"
    path.write_bytes(
        changed(both(put("Requirements", "D2", "ten"), put("Contributions", "H2", "03/04/2026")))
    )
    return path


def test_a_workbook_is_planned_and_the_plan_comes_back_as_a_workbook(workbook, tmp_path):
    out = tmp_path / "result.xlsx"

    result = run.invoke(app, ["solve", str(workbook), "--out", str(out), "--no-deep"])

    assert 0 == result.exit_code, result.output
    assert "Provably best" in result.stdout
    assert "Summary" == load_workbook(io.BytesIO(out.read_bytes())).sheetnames[0]


@pytest.mark.parametrize(
    "words", [["solve"], ["explain"], ["whatif", "--amount", "5"], ["convert"]], ids=lambda w: w[0]
)
def test_a_faulty_workbook_gives_every_finding_with_sheet_and_cell(words, faulty, tmp_path):
    more = {"explain": ["R-1"], "convert": [str(tmp_path / "x.json")]}.get(words[0], [])
    marked = tmp_path / "marked.xlsx"

    result = run.invoke(app, [words[0], str(faulty), *more, *words[1:], "--marked", str(marked)])

    assert 1 == result.exit_code
    assert "sheet Requirements, cell D2" in result.stderr
    assert "sheet Contributions, cell H2" in result.stderr
    assert "2026-04-03 or 2026-03-04" in result.stderr
    book = load_workbook(io.BytesIO(marked.read_bytes()))
    assert "ten" in book["Requirements"]["D2"].comment.text


def test_findings_as_json_name_sheet_and_cell(faulty):
    result = run.invoke(app, ["solve", str(faulty), "--json"])

    assert 1 == result.exit_code
    found = [(finding["sheet"], finding["cell"]) for finding in json.loads(result.stdout)["findings"]]
    assert [("Requirements", "D2"), ("Contributions", "H2")] == found


def test_a_line_is_explained_with_dates(tmp_path):
    late = tmp_path / "late.xlsx"
    late.write_bytes(changed(put("Requirements", "F2", "2026-02-10")))

    result = run.invoke(app, ["explain", str(late), "R-1"])

    assert 0 == result.exit_code
    expected = "earliest arrival is 2026-03-03 (O-1 in P-1), 21 days after 2026-02-10"
    assert expected in result.stdout


def test_changes_can_be_asked_of_a_workbook(workbook, tmp_path):
    changes = tmp_path / "changes.json"
    changes.write_text(json.dumps([{"list": "lines", "id": "R-1", "set": {"quantity": 4}}]), encoding="utf-8")

    result = run.invoke(app, ["whatif", str(workbook), "--changes", str(changes), "--json"])

    assert 0 == result.exit_code, result.output
    assert json.loads(result.stdout)["fulfilled"]["R-1"] <= 4


def test_a_problem_is_converted_and_back(workbook, tmp_path):
    there, back = tmp_path / "plan.json", tmp_path / "back.xlsx"

    assert 0 == run.invoke(app, ["convert", str(workbook), str(there)]).exit_code
    assert 0 == run.invoke(app, ["convert", str(there), str(back)]).exit_code

    assert read_workbook(good()).problem == read_workbook(back.read_bytes()).problem
    assert 2 == run.invoke(app, ["convert", str(there), str(back)]).exit_code  # nothing is overwritten


def test_the_template_and_the_samples_are_written(tmp_path):
    assert 0 == run.invoke(app, ["template", str(tmp_path / "new.xlsx")]).exit_code
    assert "Help" == load_workbook(tmp_path / "new.xlsx").sheetnames[0]

    names = run.invoke(app, ["sample"]).stdout.split()
    assert ["energy-fund", "medical-procurement", "purl-size"] == names
    assert 0 == run.invoke(app, ["sample", "energy-fund", str(tmp_path / "fund.xlsx")]).exit_code
    assert not read_workbook((tmp_path / "fund.xlsx").read_bytes()).errors
    assert 2 == run.invoke(app, ["sample", "moon", str(tmp_path / "m.xlsx")]).exit_code
    assert 2 == run.invoke(app, ["sample", "energy-fund", str(tmp_path / "fund.xlsx")]).exit_code


def test_what_is_no_workbook_is_said(tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))

    result = run.invoke(app, ["solve", str(path)])

    assert 1 == result.exit_code
    assert "workbook.old-xls" in result.stderr
    assert 2 == run.invoke(app, ["solve", str(path), "--marked", str(tmp_path / "m.xlsx")]).exit_code
    assert 2 == run.invoke(app, ["solve", str(tmp_path / "none.xlsx")]).exit_code


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://example.org")'])
def test_no_name_of_a_plan_is_a_formula_in_its_workbook(evil, tmp_path):
    """Whatever is written by whoever sent the problem in: names, keys, items, suppliers, packages."""
    problem = {
        "title": evil,
        "currency": "USD",
        "packages": [{"id": evil}],
        "lines": [
            {"id": evil, "item": evil, "quantity": 3},
            {"id": "R-2", "item": f"{evil}2", "quantity": 1},
        ],
        "offers": [{"id": evil, "item": evil, "supplier": evil, "unit_price_minor": 100}],
        "contributions": [{"id": evil, "partner": evil, "amount_minor": 250}],
    }
    asked, out = tmp_path / "asked.json", tmp_path / "plan.xlsx"
    asked.write_text(json.dumps(problem))

    result = run.invoke(app, ["solve", str(asked), "--out", str(out)])

    assert 0 == result.exit_code, result.output
    book = load_workbook(out)
    formulas = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ]
    assert [] == [text for text in formulas if str(text).startswith(evil)]
    assert any(cell.value == evil for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_long_table_shows_its_first_rows_and_the_file_holds_all(tmp_path):
    """230 lines of one unit at USD 1.00, money for all but 10 of them: 220 purchases, 200 drawn."""
    problem = {
        "currency": "USD",
        "packages": [{"id": "P"}],
        "lines": [{"id": f"R-{n}", "item": "cable", "quantity": 1} for n in range(1, 231)],
        "offers": [{"id": "O", "item": "cable", "unit_price_minor": 100}],
        "contributions": [{"id": "C", "amount_minor": 22_000}],
    }
    asked = tmp_path / "asked.json"
    asked.write_text(json.dumps(problem))

    shown = run.invoke(app, ["solve", str(asked)]).stdout
    told = json.loads(run.invoke(app, ["solve", str(asked), "--json"]).stdout)

    purchases, waiting = shown[shown.index("Purchases") :].split("Lines that wait")
    assert 200 == sum(line.startswith("R-") for line in purchases.splitlines())
    assert "… and 20 rows more: --json prints and --out writes all." in purchases
    assert 10 == sum(line.startswith("R-") for line in waiting.splitlines())
    assert "more:" not in waiting
    assert 220 == len(told["purchases"])
