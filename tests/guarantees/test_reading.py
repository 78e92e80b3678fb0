"""The register is read whole, and lines are found where an editor shows them."""

import tomllib
from datetime import date

import pytest

from pledgeline.guarantees import read_folder, read_register
from pledgeline.guarantees.toml_lines import lines_of
from pledgeline.money import Amount
from tests.guarantees.conftest import SHIPPED


def test_the_shipped_register_loads_without_a_finding():
    reading = read_folder(SHIPPED)

    assert () == reading.findings
    assert 51 == len(reading.register.instruments)
    assert 211 == sum(len(instrument.obligations) for instrument in reading.register.instruments)


def test_what_is_absent_stays_unknown(shipped):
    """No deadline in the file is no deadline in the value, and an adverb is no number of hours."""
    latvia = shipped.by_id["ua-lv-2024"].obligation("consult")

    assert latvia.deadline is None
    assert "immediate" == latvia.urgency
    assert "" == shipped.by_id["us-ua-guarantee-2026"].binding


def test_amounts_are_minor_units_of_their_currency(shipped):
    """ISK and JPY have no minor unit, the pound has pence."""
    britain = shipped.by_id["ua-gb-2024"].obligation("aid-2024-25")
    iceland = [
        obligation.money.amount for obligation in shipped.by_id["ua-is-2024"].obligations if obligation.money
    ]

    assert Amount(2_500_000_000_00, "GBP") == britain.money.amount
    assert Amount(iceland[0].minor, "ISK") == iceland[0]
    assert iceland[0].major == iceland[0].minor


def test_conflicting_sources_are_kept_and_not_averaged(shipped):
    """One source says euro, the other dollar: the file names one, and the gap says so."""
    pledge = shipped.by_id["nato-pledge-2024"]

    assert Amount(40_000_000_000_00, "EUR") == pledge.obligation("baseline").money.amount
    assert any("euro and as dollar" in gap for gap in pledge.gaps)
    assert {"euro, 2025", "dollar, 2025"} == {source.note for source in pledge.sources}


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_value_of_the_register_has_its_line(path):
    """The line of a text holds that text."""
    text = path.read_text(encoding="utf-8")
    lines, rows = lines_of(text), text.splitlines()

    def walk(value, place):
        assert place in lines
        if isinstance(value, dict):
            for key, part in value.items():
                walk(part, (*place, key))
        elif isinstance(value, list):
            for number, part in enumerate(value):
                walk(part, (*place, number))
        elif isinstance(value, str) and "\\" not in rows[lines[place] - 1]:
            assert value in rows[lines[place] - 1]

    walk(tomllib.loads(text), ())


def test_lines_of_a_text_with_everything_that_toml_allows():
    text = "\n".join(
        [
            "# a comment with [brackets]",  # 1
            '"quoted.key" = """two',  # 2
            'lines"""',  # 3
            "x.y = [ # a comment, with ] in it",  # 4
            "  1, [2,",  # 5
            "  3],",  # 6
            '  { deep = "}" },',  # 7
            "]",  # 8
            "[table.inner]",  # 9
            "when = 1979-05-27T07:32:00Z",  # 10
            "[[list]]",  # 11
            "[[list]]",  # 12
            "[list.of.it]",  # 13
            "'literal' = 'c:\\'",  # 14
        ]
    )
    lines = lines_of(text)

    assert 2 == lines["quoted.key",]
    assert 5 == lines["x", "y", 1, 0]
    assert 6 == lines["x", "y", 1, 1]
    assert 7 == lines["x", "y", 2, "deep"]
    assert 10 == lines["table", "inner", "when"]
    assert (11, 12) == (lines["list", 0], lines["list", 1])
    assert 14 == lines["list", 1, "of", "it", "literal"]


def test_lines_are_right_in_a_file_from_windows():
    assert 2 == lines_of("a = 1\r\nb = 2\r\n")["b",]


def test_a_register_without_words_or_instruments_is_a_finding(tmp_path):
    assert "guarantees.no-words" == read_register({}).findings[0].code
    assert "guarantees.no-register" == read_folder(tmp_path / "nowhere").findings[0].code
    assert "guarantees.no-instruments" == read_folder(tmp_path, words_from=SHIPPED).findings[0].code


def test_a_file_that_is_no_text_is_a_finding_and_the_rest_is_still_checked(tmp_path):
    (tmp_path / "a-2025.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "b-2025.toml").write_text("schema = ", encoding="utf-8")
    reading = read_folder(tmp_path, words_from=SHIPPED)

    assert reading.register is None
    assert {"guarantees.unreadable", "guarantees.not-toml"} == {finding.code for finding in reading.findings}


def test_terms_and_days_are_read_as_days(shipped):
    britain = shipped.by_id["ua-gb-2024"]

    assert date(2024, 1, 12) == britain.signed_on
    assert 120 == britain.term.length.months
    assert "NATO" == britain.term.ends_when[0].to
