"""What nobody sees in a text is refused: it could turn a line round, or make two of one name."""

import pytest

from pledgeline.guarantees import read_cases
from pledgeline.programme.names import is_invisible, shown

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
def test_what_nobody_sees_is_refused_wherever_it_stands(shipped, unseen):
    """Written as the character or as an escape of TOML, in shown texts and in names: each place is a finding."""
    reading = read_cases("drill.toml", TEXT.format(unseen=unseen), shipped)

    assert () == reading.cases
    assert [4, 5, 7, 10, 12, 16, 17] == [
        finding.place.line for finding in reading.findings if finding.code == "guarantees.invisible"
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

    assert "‹U+202E›" in finding.excerpt
    assert "\u202e" not in finding.excerpt + finding.wrong + finding.way_out


def test_what_is_seen_stays_as_it_is():
    assert "Навчання «Осінь», 1 º\t2" == shown("Навчання «Осінь», 1 º\t2")
