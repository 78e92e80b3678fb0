"""The workbook and the bank on the command line: out, edited and back; a statement taken in and entered."""

import json

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.mappings import keep_mapping
from pledgeline.cli import app
from pledgeline.exchange.matched_sheets import MatchedSheet
from pledgeline.records.models import BankEntry, RequirementRecord
from tests.actions.test_bank import pledge_and_commit
from tests.chain import a_fund, required
from tests.exchange.bank_files import CSV, DIALECT, camt, entry
from tests.people import NOW

pytestmark = pytest.mark.django_db


def run(*words):
    return CliRunner().invoke(app, [*map(str, words), "--programme", "harbour"])


@pytest.fixture
def fund():
    row = a_fund()
    required(row, key="D-1", item="lamp", quantity=7)
    return row


def test_a_workbook_goes_out_and_comes_back_after_a_dry_run(fund, tmp_path):
    file = tmp_path / "fund.xlsx"
    assert run("workbook", "export", file, "--hxl").exit_code == 0
    assert run("workbook", "export", file).exit_code == 2  # what is there stays
    book = load_workbook(file)
    book["Requirements"]["C3"].value = 9
    book.save(file)
    dry = run("workbook", "import", file, "--dry-run")
    assert (dry.exit_code, "Requirements!C3 D-1, quantity: 7 -> 9" in dry.stdout) == (0, True)
    assert "0 new, 1 changed, 0 unchanged, 0 refused, 0 conflict." in dry.stdout
    assert RequirementRecord.objects.get().quantity == 7
    assert run("workbook", "import", file).exit_code == 0
    assert RequirementRecord.objects.get().quantity == 9

    book["Requirements"]["C3"].value = 8
    book.save(file)
    conflict = run("workbook", "import", file)
    assert (conflict.exit_code, "quantity: 7 -> 9 -> 8 (conflict)" in conflict.stdout) == (1, True)
    assert "changed in the file, and meanwhile in the programme: Units" in conflict.stderr


def test_an_office_s_own_file_is_read_by_the_mapping_that_was_kept(fund, tmp_path):
    file = tmp_path / "own.csv"
    file.write_text("Nr,Was,Menge\nN-1,rope,3\n")
    stopped = run("workbook", "import", file)
    assert (stopped.exit_code, "not matched" in stopped.stderr) == (2, True)
    columns = {"Nr": "key", "Was": "item", "Menge": "quantity"}
    sheet = MatchedSheet(sheet="", noun="requirement", columns=columns)
    keep_mapping("Ours", [sheet], programme=fund, person=MACHINE, now=NOW)
    assert run("workbook", "import", file, "--mapping", "Theirs").exit_code == 2
    done = run("workbook", "import", file, "--mapping", "Ours")
    assert (done.exit_code, "mapping “Ours”, version 1" in done.stdout) == (0, True)
    assert RequirementRecord.objects.get(key="N-1").quantity == 3


def test_a_statement_is_taken_in_and_its_entries_are_answered(fund, tmp_path):
    pledge_and_commit(fund, {"NL-1": 500_00})
    file = tmp_path / "s.xml"
    file.write_bytes(
        camt(entry(), entry(ref="R-2", amount="5.00", way="DBIT", text="Fee"), closing="1495.00")
    )
    dry = run("bank", "import", file, "--dry-run")
    assert (dry.exit_code, "2 new, 0 known before." in dry.stdout) == (0, True)
    assert run("bank", "import", file).exit_code == 0
    shown = json.loads(run("bank", "list", "--json").stdout)
    assert [[proposal["kind"] for proposal in row["proposals"]] for row in shown] == [["receive"], []]
    assert "certain" in run("bank", "list").stdout
    assert "1 entered." in run("bank", "enter", "--certain").stdout
    assert run("bank", "enter", shown[0]["number"], "--as", "receive", "--of", "NL-1").exit_code == 1
    assert run("bank", "enter").exit_code == 2
    assert run("bank", "aside", shown[1]["number"], "--reason", "A fee").exit_code == 0
    assert {row.state for row in BankEntry.objects.all()} == {"entered", "set-aside"}

    csv, dialect = tmp_path / "s.csv", tmp_path / "bank.toml"
    csv.write_text(CSV)
    dialect.write_text(DIALECT)
    assert (run("bank", "import", csv).exit_code, run("bank", "import", tmp_path / "none").exit_code) == (
        1,
        2,
    )
    assert "2 new" in run("bank", "import", csv, "--dialect", dialect).stdout
