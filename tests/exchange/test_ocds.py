"""Files of OCDS: whatever is wrong is found at its place, in bounded time, and good ones are good."""

import copy
import json
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgeline.exchange.ocds import check, load_standard
from pledgeline.exchange.ocds.catalogue import WARNINGS
from pledgeline.exchange.ocds.schema import moment
from pledgeline.exchange.ocds.standard import Standard
from pledgeline.exchange.ocds.text import MOST_BYTES, MOST_VALUES, NotJson, lines_of, read_json, tokens
from pledgeline.exchange.standards import NoStandards
from tests.examples import examples
from tests.exchange.ocds_files import (
    BROKEN,
    FOLDER,
    PACKAGE,
    RECORD,
    RECORDS,
    RELEASE,
    UNREAD,
    line_of,
    needs_standard,
    spoiled,
)

NOTHING = Standard(release={}, versioned={}, release_package={}, record_package={}, codelists={})
"""The standard as far as it is needed where a file cannot be read."""


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load_standard(FOLDER)


@needs_standard
@pytest.mark.parametrize(
    ("value", "kind", "releases"),
    [
        (PACKAGE, "release-package", 1),
        (RECORDS, "record-package", 1),
        (RECORDS["records"][0], "record", 1),
        ({name: said for name, said in RELEASE.items() if name != "planning"}, "release", 1),
    ],
    ids=["release package", "record package", "record", "release"],
)
def test_a_good_file_has_no_finding(standard, value, kind, releases):
    checked = check(json.dumps(value).encode(), "good.json", standard)

    if kind == "record":  # it cannot name its extensions
        assert ["ocds.additional-field"] == [finding.code for finding in checked.findings]
    else:
        assert () == checked.findings
    assert (kind, releases) == (checked.kind, checked.releases)


@needs_standard
@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: f"{broken.code} {broken.put_at}")
def test_what_is_wrong_is_found_at_its_pointer_and_line(standard, broken):
    content = spoiled(broken)
    checked = check(content, "broken.json", standard)
    wanted = broken.put_at if broken.found_at is None else broken.found_at
    found = [
        finding
        for finding in checked.findings
        if (finding.code, finding.place.pointer) == (broken.code, wanted)
    ]

    assert len(found) == 1, [(finding.code, finding.place.pointer) for finding in checked.findings]
    assert found[0].place.line == line_of(content, wanted)
    assert found[0].wrong
    assert found[0].way_out
    assert found[0].is_error != (broken.code in WARNINGS)


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_read_is_refused_with_its_line(name):
    content, code, line = UNREAD[name]
    begun = time.process_time()
    checked = check(content, "x.json", NOTHING)

    assert [(code, line)] == [(finding.code, finding.place.line) for finding in checked.findings]
    assert "" == checked.kind
    assert checked.findings[0].way_out
    assert time.process_time() - begun < 2


def test_a_file_of_one_value_in_each_line_says_what_to_do():
    """Publishers give releases out as JSON Lines, too; a bracket too many is another fault."""
    release = json.dumps(RELEASE)
    several, bracket = (
        check(text.encode(), "x.json", NOTHING).findings[0]
        for text in (f"{release}\n{release}\n", f"{release}\n]")
    )
    assert "one package" in several.way_out
    assert several.code == bracket.code == "ocds.not-json"
    assert "one package" not in bracket.way_out


@needs_standard
def test_a_record_without_an_ocid_is_objected_to_once(standard):
    record = {name: said for name, said in RECORD.items() if name != "ocid"}
    found = check(json.dumps(record).encode(), "x.json", standard).findings
    assert [("ocds.missing", "")] == [(said.code, said.place.pointer) for said in found if said.is_error]


@needs_standard
def test_what_is_missing_is_missing_somewhere(standard):
    """Each finding names what lacks the field, however far in it lies."""
    records = {**RECORDS, "records": [{**RECORD, "releases": [{"url": "https://example.org/1.json"}]}]}
    (found,) = check(json.dumps(records).encode(), "x.json", standard).findings
    assert "The field “date” is missing in “releases”." == found.wrong
    assert "/records/0/releases/0" == found.place.pointer


@needs_standard
def test_every_file_of_the_standard_itself_has_no_error(standard):
    files = sorted(Path(FOLDER, "ocds", "examples").glob("*/*.json"))

    assert len(files) == 19
    for file in files:
        checked = check(file.read_bytes(), file.name, standard)
        assert 0 == checked.errors, (file, checked.findings)


@needs_standard
def test_a_field_of_many_releases_is_one_finding_with_their_number(standard):
    releases = [{**RELEASE, "id": f"r{number}", "mood": "good"} for number in range(40)]
    checked = check(json.dumps({**PACKAGE, "releases": releases}).encode(), "many.json", standard)

    assert ["ocds.additional-field"] == [finding.code for finding in checked.findings]
    assert "(40 in this file)" in checked.findings[0].wrong


@needs_standard
def test_findings_end_and_say_how_many_more_there_are(standard):
    awards = [{"id": number, "status": "done"} for number in range(12_000)]
    checked = check(
        json.dumps({**PACKAGE, "releases": [{**RELEASE, "awards": awards}]}).encode(), "m.json", standard
    )

    assert 10_000 <= checked.errors <= 10_001
    assert "ocds.too-many" == checked.findings[-1].code


@needs_standard
def test_a_long_list_takes_time_in_proportion(standard):
    """Comparing each with each would take minutes."""
    parties = [{"id": f"P{number}", "name": "x"} for number in range(20_000)]
    begun = time.process_time()
    checked = check(
        json.dumps({**PACKAGE, "releases": [{**RELEASE, "parties": parties}]}).encode(), "m.json", standard
    )

    assert 0 == checked.errors
    assert time.process_time() - begun < 30


def test_too_much_is_refused_before_it_is_read():
    tracemalloc.start()
    many = b"[" + b"[]," * (MOST_VALUES // 100) + b"[]]"
    value, _ = read_json(many)
    assert len(value) == MOST_VALUES // 100 + 1
    with pytest.raises(NotJson) as refused:
        read_json(b" " * (MOST_BYTES + 1))
    assert "ocds.too-large" == refused.value.faults[0][0].said.code
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("ab~/", max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from([None, 1]))
@settings(max_examples=examples(15), deadline=None)
def test_every_value_that_the_reader_reads_is_walked_once(value, indent):
    text = json.dumps(value, indent=indent)
    paths = list(_paths(value, ()))

    assert paths == [token.path for token in tokens(text)]
    assert value == read_json(text.encode())[0]
    assert set(lines_of(text, paths)) == set(paths)


def _paths(value, path):
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield from _paths(part, (*path, name))


PLACES = [(whole, path) for whole in (PACKAGE, RECORDS) for path in _paths(whole, ()) if path]


@needs_standard
@given(JSON, st.sampled_from(PLACES))
@settings(max_examples=examples(20), deadline=None)
def test_whatever_stands_anywhere_is_no_crash(standard, value, place):
    whole, path = copy.deepcopy(place[0]), place[1]
    at = whole
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    checked = check(json.dumps(whole).encode(), "x.json", standard)

    assert all(finding.wrong and finding.way_out for finding in checked.findings)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2026-01-31T00:00:00Z", True),
        ("2026-01-31t10:00:00.123456789+02:00", True),
        ("2026-01-31T24:00:00Z", False),
        ("2026-01-31T00:00Z", False),
        ("2026-01-31 00:00:00Z", False),
        ("٢026-01-31T00:00:00Z", False),
        (None, False),
    ],
)
def test_a_time_has_date_seconds_and_offset(text, is_one):
    assert is_one == (moment(text) is not None)


@pytest.mark.parametrize("folder", ["", "no such folder", "a\0b"])
def test_without_the_standard_the_way_out_is_said(folder):
    with pytest.raises(NoStandards, match="PLEDGELINE_STANDARDS"):
        load_standard(folder)


def test_a_damaged_standard_is_said(tmp_path):
    (tmp_path / "ocds" / "schema-1.1.5").mkdir(parents=True)
    (tmp_path / "ocds" / "schema-1.1.5" / "release-schema.json").write_text("{")
    with pytest.raises(NoStandards, match=r"release-schema\.json is missing or damaged"):
        load_standard(str(tmp_path))
