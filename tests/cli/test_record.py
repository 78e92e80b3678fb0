"""The command line answers what the site answers, says what is wrong, and never shows a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pledgeline.cli import app
from pledgeline.exchange.record import shipped
from tests.exchange.broken import BROKEN, WARNINGS, Broken
from tests.exchange.folders import cell, gone, row, settings, whole, write_good

PURL = next(folder for folder in shipped() if folder.name == "purl")
ROOT = Path(__file__).resolve().parents[2]
C = "contributions.csv"


@pytest.fixture
def folder(tmp_path):
    return write_good(tmp_path / "record")


def run(*arguments, **given):
    result = CliRunner().invoke(app, ["record", *map(str, arguments)], **given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def in_a_process(*arguments, **environment):
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment}
    return subprocess.run(
        [sys.executable, "-m", "pledgeline", *map(str, arguments)],
        capture_output=True,
        env=env,
        text=True,
        errors="replace",
    )


class TestCheck:
    def test_a_good_folder_is_0(self, folder):
        result = run("check", folder)

        assert 0 == result.exit_code
        assert (
            "Good rows: 4 announcements, 2 packages, 2 deliveries, 2 stated totals, 1 items, 2 sources, 2 rates.\n"
            "Nothing was found wrong.\n"
        ) == result.stdout

    @pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name.replace("\0", ""))
    def test_each_broken_folder_is_1_and_named(self, broken: Broken, folder):
        broken.patch(folder)
        result = run("check", folder)

        assert (0 if broken.code in WARNINGS else 1) == result.exit_code
        assert f" {broken.code}: {broken.file}" in result.stdout
        assert "Traceback" not in result.output

    def test_a_finding_has_its_place_the_excerpt_what_is_wrong_and_the_way_out(self, folder):
        cell(C, 3, "announced_on", "05.08.2025")(folder)

        assert run("check", folder).stdout.startswith(
            "error cell.day-form: contributions.csv, line 3, column announced_on\n"
            "    05.08.2025\n"
            "  “05.08.2025” is not written as year-month-day.\n"
            "  Write 2025-08-05, if that is meant.\n"
            "1 error, 0 warnings.\n"
        )

    def test_json_holds_the_same(self, folder):
        cell(C, 3, "announced_on", "05.08.2025")(folder)
        result = run("check", folder, "--json")

        assert 1 == result.exit_code
        said = json.loads(result.stdout)
        assert 1 == said["errors"]
        assert {
            "severity": "error",
            "code": "cell.day-form",
            "file": C,
            "sheet": None,
            "line": 3,
            "column": "announced_on",
            "cell": None,
            "pointer": None,
            "element": None,
            "wrong": "“05.08.2025” is not written as year-month-day.",
            "way_out": "Write 2025-08-05, if that is meant.",
            "excerpt": "05.08.2025",
        } == said["findings"][0]
        assert {"announcements": 3, "stated_totals": 2}.items() <= said["rows"].items()


class TestTotal:
    """C1 is USD 578,000,000 as reported; C2 is NOK 1.5 billion, replaced on 1 September by C3, 1.4 billion.

    One euro is USD 1.1565 and NOK 11.8635, so C2 is USD 146,225,818.69 and C3 USD 136,477,430.78.
    """

    def test_a_total_of_a_folder(self, folder):
        said = json.loads(run("total", "--folder", folder, "--as-of", "2025-08-31", "--json").stdout)

        assert {"minor": 724_225_818_69, "currency": "USD", "amount": "724225818.69"} == said["total"]
        assert ["C1", "C2"] == [each["id"] for each in said["counted"]]
        assert {
            "NLD": {"minor": 578_000_000_00, "currency": "USD", "amount": "578000000.00"},
            "NOR": {"minor": 146_225_818_69, "currency": "USD", "amount": "146225818.69"},
        } == said["by_partner"]

    def test_a_later_day_counts_the_newer_figure(self, folder):
        said = json.loads(run("total", "--folder", folder, "--as-of", "2025-09-02", "--json").stdout)

        assert 714_477_430_78 == said["total"]["minor"]
        assert [("replaced by a newer figure", ["C2"])] == [
            (each["why"], [row["id"] for row in each["rows"]]) for each in said["left_out"]
        ]
        assert ["C4"] == [row["id"] for row in said["apart"]["rows"]]

    def test_another_currency_is_converted_and_not_the_reported_dollars(self, folder):
        said = json.loads(
            run("total", "--folder", folder, "--as-of", "2025-08-04", "--currency", "eur", "--json").stdout
        )

        assert {"minor": 500_000_000_00, "currency": "EUR", "amount": "500000000.00"} == said["total"]

    def test_a_table_names_rows_without_amount_and_without_rate(self, folder):
        row(C, "C5,ESP,2025-09-03,,,,,announced,,Open,S1,,,")(folder)
        row(C, "C6,SWE,2025-09-03,100,SEK,,,announced,,Kronor,S1,,,")(folder)
        result = run("total", "--folder", folder, "--as-of", "2025-09-03")

        assert 0 == result.exit_code
        assert "announced as new money USD 714,477,430.78\n" in result.stdout
        assert "Counted, without a stated amount: C5\n" in result.stdout
        assert "Counted, without a usable rate: C6, no rate from SEK to USD" in result.stdout
        assert "1 warning: " in result.stderr

    def test_an_older_rate_may_be_allowed(self, folder):
        asked = ("total", "--folder", folder, "--as-of", "2025-09-02", "--json")

        assert ["C3"] == json.loads(run(*asked, "--max-rate-age", 7).stdout)["without_rate"]
        assert [] == json.loads(run(*asked, "--max-rate-age", 28).stdout)["without_rate"]

    @pytest.mark.parametrize("verb", ["total", "reconcile"])
    def test_a_folder_with_errors_has_no_sums(self, verb, folder):
        cell(C, 3, "amount", "a lot")(folder)
        result = run(verb, "--folder", folder)

        assert 1 == result.exit_code
        assert "" == result.stdout
        assert "cell.not-a-number: contributions.csv, line 3, column amount" in result.stderr
        assert 1 == json.loads(run(verb, "--folder", folder, "--json").stdout)["errors"]

    def test_a_folder_takes_the_settings_of_its_own_or_of_a_programme_that_is_shipped(self, folder):
        assert str(folder) in run("total", "--folder", folder).stdout.replace("\n", "")
        assert run("total", "--folder", folder, "--programme", "purl").stdout.startswith("PURL, ")
        assert 2 == run("total", "--folder", folder, "--programme", "harbour").exit_code
        settings('base_currency = "USD"', 'base_currency = "EUR"')(folder)
        assert run("total", "--folder", folder).stdout.startswith("Harbour, ")
        assert "EUR 5" in run("total", "--folder", folder, "--as-of", "2025-08-04").stdout
        assert 2 == run("total", "--folder", folder, "--programme", "purl").exit_code

    @pytest.mark.parametrize(
        "wrong",
        [
            ("--as-of", "31.12.2025"),
            ("--as-of", "2025-02-30"),
            ("--as-of", "20251231"),
            ("--currency", "EURO"),
            ("--currency", "XAU"),
            ("--max-rate-age", "-1"),
            ("--max-rate-age", "x"),
            ("--colour", "red"),
        ],
    )
    def test_what_cannot_be_understood_is_2(self, wrong, folder):
        result = run("total", "--folder", folder, *wrong)

        assert 2 == result.exit_code
        assert "" == result.stdout
        assert result.stderr

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_any_day_of_the_calendar_can_be_asked_for(self, day, folder):
        assert 0 == run("total", "--folder", folder, "--as-of", day, "--currency", "JPY").exit_code


class TestReconcile:
    def test_our_figure_stands_beside_each_stated_total(self, folder):
        result = run("reconcile", "--folder", folder, "--json")

        assert 0 == result.exit_code
        first, second = json.loads(result.stdout)["comparisons"]
        assert ("total_contributed_usd", 70_000_000_000) == (first["measure"], first["stated"]["minor"])
        assert 714_477_430_78 == first["ours"]["minor"]
        assert -14_477_430_78 == first["difference"]["minor"]
        assert (None, None) == (second["ours"], second["difference"])

    def test_days_and_currencies_narrow_it(self, folder):
        row("checkpoints.csv", "2025-09-03,total_contributed_eur,600000000,EUR,a minister,S1,")(folder)

        def measures(*options):
            said = json.loads(run("reconcile", "--folder", folder, "--json", *options).stdout)
            return [comparison["measure"] for comparison in said["comparisons"]]

        assert ["total_contributed_usd"] == measures("--as-of", "2025-09-01")
        assert ["total_contributed_eur"] == measures("--currency", "EUR")

    def test_the_table_of_the_shipped_record_cuts_nothing(self):
        result = run("reconcile", "--folder", PURL)

        assert 0 == result.exit_code
        assert "…" not in result.stdout
        assert "USD 2,820,000,000" in result.stdout
        assert "Reuters sources (up to 500 million dollars each)" in result.stdout


@pytest.mark.parametrize("verb", ["total", "reconcile"])
def test_a_folder_is_added_up_without_a_database(verb, folder):
    program = (
        "import sys; from pledgeline.cli import app\n"
        f"app(['record', {verb!r}, '--folder', {str(folder)!r}], standalone_mode=False)\n"
        "assert 'django' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PLEDGELINE_HOME": "/dev/null/nowhere"},
        text=True,
    )

    assert ("", 0) == (done.stderr, done.returncode)


def test_a_reader_that_goes_away_is_no_failure_of_ours(folder):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "pledgeline", "record", "reconcile", "--folder", str(PURL)],
        stdout=writer,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    os.close(writer)

    assert b"" == done.stderr


def test_a_pipe_gets_no_colours_and_a_terminal_can_do_without(folder):
    cell(C, 3, "amount", "a lot")(folder)

    assert "\x1b" not in in_a_process("record", "check", folder).stdout
    assert "\x1b[1;31m" in in_a_process("record", "check", folder, FORCE_COLOR="1", TERM="xterm").stdout
    assert "31m" not in in_a_process("record", "check", folder, NO_COLOR="1", FORCE_COLOR="1").stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_terminal_that_lacks_letters_gets_the_others(folder, encoding):
    cell(C, 3, "amount", "a lot")(folder)
    done = in_a_process("record", "check", folder, PYTHONIOENCODING=encoding)

    assert (1, "") == (done.returncode, done.stderr)
    assert "a lot" in done.stdout


def test_a_path_that_is_no_text_is_a_folder_that_is_missing(tmp_path):
    done = in_a_process(
        "record", "check", os.fsdecode(bytes(tmp_path) + b"/\xff\xfe"), PYTHONIOENCODING="utf-8"
    )

    assert (1, "") == (done.returncode, done.stderr)
    assert "folder.missing" in done.stdout


def test_a_database_that_cannot_be_had_is_one_line_and_2():
    done = in_a_process("record", "total", PLEDGELINE_HOME="/dev/null/nowhere", PLEDGELINE_DATABASE_URL="")

    assert 2 == done.returncode
    assert 1 == len(done.stderr.splitlines())
    assert done.stderr.startswith("pledgeline: ")


@pytest.mark.django_db
class TestLoad:
    """The whole record, or nothing of it."""

    @pytest.fixture(autouse=True)
    def _ready(self, monkeypatch):
        for room in ("record", "sums"):
            monkeypatch.setattr(f"pledgeline.cli.{room}.make_ready", lambda: None)

    @pytest.fixture
    def harbour(self, folder):
        settings()(folder)
        return folder

    @staticmethod
    def kept():
        from pledgeline.records.models import KINDS

        return {
            kind: sorted(map(repr, (row.to_value() for row in m.objects.all()))) for kind, m in KINDS.items()
        }

    @staticmethod
    def revision():
        from pledgeline.records.models import ProgrammeRecord

        return ProgrammeRecord.objects.get(slug="harbour").revision

    def test_it_says_what_was_added(self, harbour):
        result = run("load", harbour)

        assert 0 == result.exit_code
        assert "Programme harbour (Harbour Repair Fund (invented)): settings added.\n" in result.stdout
        assert "announcements      4        0          0     0        0\n" in result.stdout

    def test_a_second_load_changes_nothing(self, harbour):
        run("load", harbour)
        said = json.loads(run("load", harbour, "--json").stdout)

        assert 1 == said["revision"]
        assert {"added": 0, "changed": 0, "unchanged": 4, "kept": 0, "removed": 0} == said["kinds"][
            "announcements"
        ]

    def test_the_sums_of_the_database_are_those_of_the_folder(self, harbour):
        run("load", harbour)

        for verb in ("total", "reconcile"):
            assert run(verb, "--folder", harbour, "--json").stdout == run(verb, "--json").stdout

    def test_every_error_leaves_the_database_as_it_was(self, tmp_path):
        good = write_good(tmp_path / "good")
        settings()(good)
        run("load", good)
        before = self.kept()
        errors = [finding for finding in BROKEN if finding.code not in WARNINGS]
        for number, broken in enumerate(errors):
            if broken.name == "a party without settings":
                continue  # the programme in the database knows it
            folder = write_good(tmp_path / str(number))
            broken.patch(folder)
            result = run("load", folder)
            assert 1 == result.exit_code, broken.name
            assert broken.code in result.stdout
            assert "Nothing was loaded: the record is as it was.\n" in result.stdout
        assert before == self.kept()
        assert 1 == self.revision()

    def test_warnings_do_not_stop_it(self, harbour):
        cell(C, 2, "title", " The Dutch share")(harbour)
        result = run("load", harbour)

        assert 0 == result.exit_code
        assert "warning cell.spaces" in result.stdout

    def test_rows_that_the_folder_does_not_have_stay_and_are_named(self, harbour):
        run("load", harbour)
        whole(C, lambda before: before.rpartition(b"C4,")[0])(harbour)
        result = run("load", harbour)

        assert 0 == result.exit_code
        assert "kept, announcements: C4\n" in result.stdout
        assert (
            4 == json.loads(run("load", harbour, "--json").stdout)["kinds"]["announcements"]["unchanged"] + 1
        )

    def test_a_row_may_refer_to_one_that_stayed(self, harbour):
        run("load", harbour)
        whole(C, lambda before: before.rpartition(b"C4,")[0])(harbour)
        row(C, "C5,EST,2025-09-03,1000,USD,,,announced,,A share,S1,repeats,C4,")(harbour)

        assert 0 == run("load", harbour).exit_code
        assert 1 == run("load", harbour, "--prune", "--yes").exit_code

    def test_rows_are_removed_when_it_is_said_twice(self, harbour):
        run("load", harbour)
        whole(C, lambda before: before.rpartition(b"C4,")[0])(harbour)

        unasked = run("load", harbour, "--prune")
        assert 2 == unasked.exit_code
        assert "1 row would be removed" in unasked.stderr
        assert "C4" in unasked.stderr
        assert "removed, announcements: C4\n" in run("load", harbour, "--prune", "--yes").stdout

    def test_a_dry_run_writes_nothing(self, harbour):
        run("load", harbour)
        before = self.kept()
        cell(C, 2, "title", "Another title")(harbour)
        result = run("load", harbour, "--dry-run")

        assert 0 == result.exit_code
        assert "changed, announcements: C1\n" in result.stdout
        assert before == self.kept()
        assert 1 == self.revision()

    def test_a_folder_without_settings_goes_into_the_only_programme(self, harbour):
        run("load", harbour)
        gone("programme.toml")(harbour)

        assert "Programme harbour" in run("load", harbour).stdout
        assert 2 == run("load", harbour, "--programme", "purl").exit_code

    def test_without_any_programme_it_cannot_be_loaded(self, folder):
        result = run("load", folder)

        assert 2 == result.exit_code
        assert "programme.toml" in result.stderr

    def test_several_programmes_have_to_be_named(self, harbour, tmp_path):
        run("load", harbour)
        other = write_good(tmp_path / "other")
        settings('slug = "harbour"', 'slug = "energy"')(other)
        run("load", other)

        assert 2 == run("total").exit_code
        assert 0 == run("total", "--programme", "energy").exit_code
        assert 2 == run("total", "--programme", "nowhere").exit_code
        gone("programme.toml")(other)
        assert 2 == run("load", other).exit_code
        assert "Programme energy" in run("load", other, "--programme", "energy").stdout

    def test_without_a_programme_there_is_no_total(self):
        result = run("total")

        assert 2 == result.exit_code
        assert "pledgeline record load FOLDER" in result.stderr
