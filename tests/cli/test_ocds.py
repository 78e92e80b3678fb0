"""`pledgeline ocds check` in a terminal: findings, JSON, and what its exit code means."""

import json

import pytest
from typer.testing import CliRunner

from pledgeline.cli import app
from tests.exchange.ocds_files import PACKAGE, RELEASE, needs_standard


def run(*words):
    return CliRunner().invoke(app, ["ocds", *map(str, words)])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "package.json"
    path.write_text(json.dumps(PACKAGE))
    return path


@needs_standard
def test_a_good_file_ends_with_0_a_faulty_one_with_1_and_one_that_cannot_be_read_with_2(file):
    good = run("check", file)
    assert good.exit_code == 0
    assert "release package with 1 release." in good.stdout
    assert "Nothing was found wrong." in good.stdout

    file.write_text(json.dumps({**PACKAGE, "releases": [{**RELEASE, "ocid": "1"}]}, indent=1))
    faulty = run("check", file)
    assert faulty.exit_code == 1
    assert f"error ocds.prefix: {file}, line 13, /releases/0/ocid" in faulty.stdout
    assert "1 error, 0 warnings." in faulty.stdout

    file.write_text('{"ocid": "a", "ocid": "b"}')
    assert run("check", file).exit_code == 2
    assert run("check", file.with_name("none.json")).exit_code == 2
    assert run("check", file.parent).exit_code == 2


@needs_standard
def test_programs_get_the_pointer(file):
    file.write_text(json.dumps({**PACKAGE, "version": "2.0"}))
    answer = run("check", file, "--json")

    said = json.loads(answer.stdout)
    assert answer.exit_code == 1
    assert (said["kind"], said["releases"], said["errors"]) == ("release-package", 1, 1)
    assert [("ocds.version", "/version", 1)] == [
        (finding["code"], finding["pointer"], finding["line"]) for finding in said["findings"]
    ]


def test_without_the_standard_it_says_how_to_name_it(file, monkeypatch):
    monkeypatch.delenv("PLEDGELINE_STANDARDS", raising=False)
    answer = run("check", file)

    assert answer.exit_code == 2
    assert "set PLEDGELINE_STANDARDS to a folder" in answer.stderr
