"""A short text can hold very long lists: reading them takes no more work than their findings are worth."""

import random

import pytest

from pledgeline.guarantees import read_cases
from pledgeline.guarantees.toml_tables import MOST_FINDINGS, TomlFile, TomlTable, nearest

HEAD = 'schema = "pledgeline-guarantee-cases/0.1"\nid = "long"\n'
EVENT = '{{ id = "{0}", kinds = ["armed_attack"], on = 2026-12-05 }}'


@pytest.mark.parametrize("key", ["events", "records", "conditions", "obligations", "sources"])
def test_tables_are_left_once_no_finding_is_listed_any_more(key):
    sheet = TomlFile("long.toml", f"{key} = [{'{},' * 20_000}]")
    assert sheet.values is not None
    tables = TomlTable(sheet, (), sheet.values, optional=key).tables(key, required="id")

    assert MOST_FINDINGS == len(tables)
    assert sheet.is_full


def test_a_good_list_is_read_to_its_end():
    sheet = TomlFile("long.toml", f"events = [{','.join(EVENT.format(number) for number in range(3_000))}]")
    assert sheet.values is not None
    tables = TomlTable(sheet, (), sheet.values, optional="events").tables("events", required="id kinds on")

    assert 3_000 == len(tables)
    assert [] == sheet.findings


@pytest.mark.parametrize("key", ["events", "records"])
def test_a_name_that_comes_twice_is_named_wherever_it_stands(shipped, key):
    """Two thousand lie between the two."""
    rows = [EVENT.format(f"e{number}") for number in range(2_000)]
    if key == "records":
        about = 'instrument = "ua-gb-2024", obligation = "consult", on = 2026-12-06'
        rows = [f'{{ id = "e{number}", {about} }}' for number in range(2_000)]
    text = f"{HEAD}{key} = [{', '.join([*rows, rows[0]])}]"
    findings = read_cases("long.toml", text, shipped).findings

    assert {"guarantees.named-twice"} == {finding.code for finding in findings}
    assert all("“e0”" in finding.wrong for finding in findings)


def test_a_slip_of_the_pen_is_sought_among_words_and_not_among_thousands():
    letters = random.Random(1).choices([chr(0x4E00 + place) for place in range(8_000)], k=20_000)
    long = "".join(letters)

    assert "obligor" == nearest("obligour", ["obligor", "by"])
    assert "" == nearest(long, [long + "x"])
    assert "" == nearest("e10", [f"e{number}" for number in range(1_001)])
    assert "e10x" == nearest("e10", ["e10x", *(f"f{number}" for number in range(900))])
