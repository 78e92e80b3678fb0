"""IATI files are checked by schema, codelists and ruleset; what is hostile is refused in bounded time."""

import io
import json
import resource
import subprocess
import sys
from itertools import chain, cycle
from typing import BinaryIO

import pytest
from typer.testing import CliRunner

from pledgeline.cli import app
from pledgeline.exchange.iati import parts
from pledgeline.exchange.iati.parts import NotRead, read_parts
from pledgeline.exchange.iati.ruleset import read_rules
from pledgeline.exchange.iati.standards import Standards
from tests.exchange.iati_files import (
    GOOD,
    ORGANISATION,
    SPOILED,
    STANDARDS,
    UNREADABLE,
    Spoiled,
    checked,
    line_of,
    many,
    needs_standards,
    read_all,
)

pytestmark = pytest.mark.any_database


def run(*arguments: str):
    return CliRunner().invoke(app, ["iati", "check", *arguments])


# ---- reading ----


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_its_line(name):
    make, code = UNREADABLE[name]
    with pytest.raises(NotRead) as refusal:
        read_all(make())

    finding = refusal.value.finding
    assert (code, "a.xml") == (finding.code, finding.place.file)
    assert finding.place.line
    assert finding.wrong
    assert finding.way_out


class Endless(io.RawIOBase):
    """A file that goes on for ever."""

    def __init__(self, head: bytes, piece: bytes) -> None:
        self._pieces = chain([head], cycle([piece]))

    def read(self, size: int = -1) -> bytes:
        return next(self._pieces)


@pytest.mark.parametrize(
    ("piece", "code"),
    [
        (b"<iati-activity/>" * 4_000, "iati.too-large"),
        (b"\n" * 60_000, "iati.text-too-long"),
    ],
)
def test_a_file_without_end_is_refused(monkeypatch, piece, code):
    monkeypatch.setattr(parts, "MOST_BYTES", 1_500_000)
    file: BinaryIO = Endless(b"<iati-activities version='2.03'>", piece)  # type: ignore[assignment]
    with pytest.raises(NotRead) as refusal:
        list(read_parts(file, "a.xml"))

    assert code == refusal.value.finding.code


def test_an_activity_of_too_many_elements_is_refused(monkeypatch):
    monkeypatch.setattr(parts, "MOST_ELEMENTS", 1_000)
    assert 1 == len(read_all(many(999, "<a/>")))
    with pytest.raises(NotRead) as refusal:
        read_all(many(1_000, "<a/>"))

    assert "iati.activity-too-large" == refusal.value.finding.code


MEASURED = """
import io, resource, sys
from pledgeline.exchange.iati.parts import read_parts
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
class Many(io.RawIOBase):
    left = 600
    def read(self, size=-1):
        self.left -= 1
        return b"<iati-activity><title><narrative>x</narrative></title></iati-activity>" * (1000 * (self.left > 0))
file = Many()
number = 0
try:
    for part in read_parts(file, "a.xml"):
        number += 1
except Exception as error:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_of_a_long_file_one_activity_is_kept():
    """About 40 MB of small activities add less than 60 MB, whatever their number."""
    grown = int(
        subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True).stdout
    )

    assert grown < 60_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_activities_come_one_by_one_with_their_lines_and_numbers():
    text = (
        "<iati-activities version='2.03'>"
        + "\n" * 70_000
        + "<iati-activity>\n<title/>\n</iati-activity>\n" * 2
    )
    text += "<x:note xmlns:x='urn:x'/></iati-activities>"
    first, second = read_all(text)

    assert [(70_001, 1), (70_004, 2)] == [(part.line, part.number) for part in (first, second)]
    title = second.main.find("title")
    assert (70_005, "iati-activities/iati-activity[2]/title") == (
        second.line_of(title),
        second.path_of(title),
    )
    assert ["iati-activity", "{urn:x}note"] == [child.tag for child in second.root]


def test_the_way_to_an_element_of_an_organisation_is_written_as_xpath_does():
    both = "<iati-organisation/><iati-organisation><name/></iati-organisation>"
    text = f"<iati-organisations version='2.03'>{both}</iati-organisations>"
    _first, second = read_all(text)

    name = second.main.find("name")
    assert "iati-organisations/iati-organisation[2]/name" == second.path_of(name)
    assert "iati-organisations/iati-organisation[2]/@x" == second.path_of(second.main, "x")
    assert "iati-organisations/@version" == second.path_of(second.root, "version")


# ---- schema, codelists, ruleset ----


@needs_standards
@pytest.mark.parametrize("text", [GOOD, ORGANISATION], ids=["activity", "organisation"])
def test_a_good_file_has_no_findings(text):
    assert [] == checked(text).findings


@needs_standards
@pytest.mark.parametrize("spoiled", SPOILED, ids=lambda spoiled: spoiled.name)
def test_each_fault_is_named_at_its_line(spoiled: Spoiled):
    found = checked(spoiled.text).findings
    if not spoiled.code:
        assert [] == found
        return
    assert (spoiled.code, line_of(spoiled.text, spoiled.at)) in {
        (finding.code, finding.place.line) for finding in found
    }
    assert all(finding.wrong and finding.way_out and finding.place.element for finding in found)


@needs_standards
def test_the_files_of_the_standard_pass_and_fail_as_they_are_labelled():
    """422 files: 70 that pass the schema, and 352 that do not."""
    counted = {"should-pass": 0, "should-fail": 0}
    for path in sorted((STANDARDS / "schema-tests-2.03").rglob("*.xml")):
        label = next(part for part in path.parts if part in counted)
        counted[label] += 1
        errors = checked(path.read_bytes(), only=("schema",)).errors
        assert (label == "should-fail") == bool(errors), (path, errors)

    assert {"should-pass": 70, "should-fail": 352} == counted


@needs_standards
def test_every_rule_of_the_ruleset_is_known():
    rules = read_rules(Standards(STANDARDS).ruleset())

    assert 107 == len(rules)
    assert 11 == sum(bool(rule.over) for rule in rules)


@needs_standards
@pytest.mark.parametrize(
    ("version", "weight"),
    [("2.01", "warning"), ("2.02", "warning"), ("2.03", None), ("1.05", "error"), ("2.09", "warning")],
)
def test_earlier_versions_are_checked_by_a_schema_that_allows_more(version, weight):
    found = checked(GOOD.replace('version="2.03"', f'version="{version}"'), only=("schema",)).findings

    assert ([("iati.version", weight, 2)] if weight else []) == [
        (finding.code, finding.severity.value, finding.place.line) for finding in found
    ]


@needs_standards
def test_only_one_part_looks_at_that_alone():
    text = (
        GOOD.replace('code="23630"', 'code="99999"').replace("500000.00", "5e5").replace(' xml:lang="en"', "")
    )
    codes = {
        only: {finding.code for finding in checked(text, only=(only,)).findings}
        for only in ("schema", "codelists", "ruleset")
    }

    assert {"schema": {"iati.schema"}, "codelists": {"iati.code"}, "ruleset": {"iati.rule"}} == codes


# ---- the command ----


@needs_standards
def test_the_command_prints_line_place_and_way_out(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(GOOD.replace('2025-08-04">500000.00', '2025-08-04">500,000'))
    result = run(str(path))

    assert 1 == result.exit_code
    assert (
        "error iati.schema: a.xml, line 17, iati-activities/iati-activity[1]/transaction/value\n    500,000\n"
        in result.stdout
    )
    assert "Write the value in the form that the standard asks for" in result.stdout


@needs_standards
def test_json_holds_the_same(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(GOOD)
    result = run(str(path), "--json", "--only", "schema")

    assert 0 == result.exit_code
    assert {
        "kind": "iati-activities",
        "version": "2.03",
        "number": 1,
        "read": True,
        "errors": 0,
        "not_checked": [],
        "findings": [],
    } == json.loads(result.stdout)


def test_without_the_standard_it_says_how_to_set_it(tmp_path, monkeypatch):
    path = tmp_path / "a.xml"
    path.write_text(GOOD)
    monkeypatch.delenv("PLEDGELINE_STANDARDS", raising=False)
    unset = run(str(path))
    monkeypatch.setenv("PLEDGELINE_STANDARDS", str(tmp_path))
    empty = run(str(path))

    assert (2, 2) == (unset.exit_code, empty.exit_code)
    assert "set PLEDGELINE_STANDARDS to a folder with schema-2.03/" in unset.stderr
    assert "set PLEDGELINE_STANDARDS" in empty.stderr


@needs_standards
def test_what_cannot_be_read_ends_with_2(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text("<!DOCTYPE a><iati-activities/>")
    hostile, missing = run(str(path)), run(str(tmp_path / "none.xml"))

    assert (2, 2) == (hostile.exit_code, missing.exit_code)
    assert "iati.doctype" in hostile.stdout
    assert "cannot be read" in missing.stderr
