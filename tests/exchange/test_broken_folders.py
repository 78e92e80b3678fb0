"""Whatever a folder holds, its reader names every fault at its place, once, with the way out."""

from datetime import UTC, datetime

import pytest

from pledgeline.exchange.record import read_folder
from pledgeline.money.display import NO_BREAK
from pledgeline.programme.findings import Severity, meanings
from tests.exchange.broken import BROKEN, WARNINGS, Broken
from tests.exchange.folders import settings, write_good

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def test_the_good_folder_is_good(tmp_path):
    folder = write_good(tmp_path / "record")
    assert () == read_folder(folder).findings

    settings()(folder)
    reading = read_folder(folder)
    assert () == reading.findings
    assert reading.programme is not None
    assert "harbour" == reading.programme.slug
    assert ("earmark",) == reading.programme.public_fields["announcements"]
    assert ("contents", "delivery_reported_on", "note") == reading.programme.public_fields["packages"]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name.replace("\0", ""))
def test_each_fault_gives_one_finding_at_its_place(broken: Broken, tmp_path):
    folder = write_good(tmp_path / "record")
    broken.patch(folder)

    findings = read_folder(folder, now=NOW).findings

    where = [
        (finding.code, finding.place.file, finding.place.line, finding.place.column) for finding in findings
    ]
    assert [(broken.code, broken.file or str(folder), broken.line, broken.column)] == where
    only = findings[0]
    assert (Severity.WARNING if broken.code in WARNINGS else Severity.ERROR) == only.severity
    assert only.wrong.endswith((".", "?"))
    assert only.way_out.endswith(".")
    assert f"{only.wrong}{only.way_out}{only.excerpt}".replace(NO_BREAK, " ").isprintable()


def test_the_catalogue_and_the_broken_folders_name_the_same_codes():
    """`reading.too-many` needs ten thousand faults and has its own test."""
    assert set(meanings("record")) == {broken.code for broken in BROKEN} | {"reading.too-many"}


def test_names_of_broken_folders_are_different():
    names = [broken.name for broken in BROKEN]
    assert [] == [name for name in names if names.count(name) > 1]
