"""What nobody sees in a text goes nowhere: it could turn a line round, or make two of one name."""

import pytest

from pledgeline.guarantees import read_cases
from pledgeline.guarantees.toml_tables import unhidden
from pledgeline.programme.names import is_invisible

UNSEEN = {
    "right to left override": "\u202e",
    "first strong isolate": "\u2068",
    "right to left mark": "\u200f",
    "zero width space": "\u200b",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
}
TEXT = """
schema = "pledgeline-guarantee-cases/0.1"
id = "drill"
title = "Drill{unseen} one"
why = "Because{unseen}."
[[events]]
id = "e{unseen}1"
kinds = ["armed_attack"]
at = "2026-12-05T04:00:00+02:00"
by = ["RU{unseen}"]
against = ["UA"]
episode = "ep{unseen}-1"
[[breaches]]
instrument = "budapest-1994"
obligation = "respect-borders"
found_by = "A cou{unseen}rt"
source = "its judg{unseen}ment"
on = 2026-12-06
episode = "ep-1"
"""


@pytest.mark.parametrize("unseen", [*UNSEEN.values(), "\\u202E", "\\U0000200b"])
def test_a_scenario_is_read_as_it_is_seen(shipped, unseen):
    """Written as the character or as an escape of TOML, in shown texts and in names: it is as if left out."""
    reading = read_cases("drill.toml", TEXT.format(unseen=unseen), shipped)
    plain = read_cases("drill.toml", TEXT.format(unseen=""), shipped)

    assert () == reading.findings
    assert plain.cases == reading.cases
    assert "Drill one" == reading.cases[0].scenario.title
    assert "ep-1" == reading.cases[0].scenario.events[0].episode


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=list(UNSEEN))
def test_names_that_differ_only_in_what_nobody_sees_are_one_name(shipped, unseen):
    """Two events whose ids look the same are the finding that two equal ids are."""
    second = f'[[events]]\nid = "e1{unseen}"\nkinds = ["armed_attack"]\non = 2026-12-05\n'
    reading = read_cases("drill.toml", TEXT.format(unseen="") + second, shipped)

    assert [("guarantees.named-twice", 7), ("guarantees.named-twice", 21)] == [
        (finding.code, finding.place.line) for finding in reading.findings
    ]
    assert all(
        not is_invisible(letter) for finding in reading.findings for letter in finding.excerpt + finding.wrong
    )


@pytest.mark.parametrize(
    "line", ['ti\u202etle = "x"', 'title = "x\u202e', '"ti\u202etle" = "x"', "on = 2026-02-30 # \u202e"]
)
def test_a_finding_writes_out_what_nobody_sees(shipped, line):
    text = TEXT.format(unseen="").replace('title = "Drill one"', line)
    (finding, *_) = read_cases("drill.toml", text, shipped).findings

    assert "[U+202E]" in finding.excerpt
    assert "\u202e" not in finding.excerpt + finding.wrong + finding.way_out


def test_what_is_seen_stays_as_it_is():
    assert "Навчання «Осінь», 1 º\t2" == unhidden("Навчання «Осінь», 1 º\t2")
