"""A timeline as files: table, and text for a telephone; in the calendar too each entry says scenario."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pledgeline.exchange.calendars import timeline_icalendar
from pledgeline.exchange.timelines import HEADER, PHONE, timeline_csv, timeline_text
from pledgeline.guarantees import read_cases, timeline
from tests.guarantees.calendar_reader import entries_of
from tests.guarantees.conftest import SHIPPED

STAMP = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def weekend(shipped):
    path = SHIPPED / "scenarios" / "weekend-attack.toml"
    (case,) = read_cases(path.name, path.read_text(encoding="utf-8"), shipped).cases
    return timeline(shipped, case.scenario, datetime(2026, 12, 5, 12, tzinfo=UTC))


def test_every_entry_carries_the_word_scenario(weekend, shipped):
    for entry in entries_of(timeline_icalendar(weekend, actors=shipped.actors, stamp=STAMP)):
        assert "SCENARIO" in entry["SUMMARY"]
        assert "SCENARIO" in entry["DESCRIPTION"]
    for row in csv.DictReader(io.StringIO(timeline_csv(weekend).decode("utf-8-sig"))):
        assert row["scenario"].startswith("scenario: ")
    assert timeline_text(weekend).startswith("SCENARIO: ")


def test_the_table_says_when_in_local_time_and_in_utc(weekend):
    rows = list(csv.DictReader(io.StringIO(timeline_csv(weekend).decode("utf-8-sig"))))
    britain = next(row for row in rows if (row["instrument"], row["kind"]) == ("ua-gb-2024", "consult"))

    assert set(HEADER) == set(britain)
    assert ("2026-12-06T04:00:00+02:00", "2026-12-06T02:00:00Z") == (britain["due_local"], britain["due_utc"])
    assert "press" in britain["basis"]
    assert "pravda" in britain["sources"] or "euromaidanpress" in britain["sources"]
    assert "5: PT24H from trigger" in britain["rules"]


def unwrapped(text: str) -> str:
    """Give a text for a telephone with each of its lines whole again."""
    return re.sub(r"\n +", " ", text)


def test_the_text_fits_a_telephone_and_keeps_owed_apart(weekend):
    text = timeline_text(weekend)

    assert 32 == PHONE
    assert all(len(line) <= PHONE for line in text.splitlines())
    assert "By Sun 6 Dec 04:00 Kyiv = 02:00 UTC:\n- GB, UA: Consult within 24 hours" in unwrapped(text)
    assert "shall, legal; text read; ua-us-2024 II\n" in unwrapped(text)
    assert text.index("SCENARIO: OWED") < text.index("SCENARIO: HELD UP")
    assert "the adversary can" in text


def test_the_text_says_a_due_time_once_for_all_that_fall_due_then(weekend):
    text = unwrapped(timeline_text(weekend))
    owed = text[text.index("SCENARIO: OWED") : text.index("SCENARIO: HELD UP")]

    heads = [line for line in owed.splitlines() if line.endswith(":") and not line.startswith((" ", "-"))]
    assert len(heads) == len(set(heads))
    assert "By Sun 6 Dec 04:00 Kyiv = 02:00 UTC:" == heads[0]
    assert {"Swift, no hours named:", "Immediate, no hours named:"} < set(heads)


def test_a_scenario_without_duties_says_so(shipped):
    path = SHIPPED / "scenarios" / "sabotage.toml"
    (case,) = read_cases(path.name, path.read_text(encoding="utf-8"), shipped).cases
    found = timeline(shipped, case.scenario, datetime(2026, 11, 3, 12, tzinfo=UTC))

    assert "Nothing is owed that waits for an event." in " ".join(timeline_text(found).split("\n"))
    assert [] == entries_of(timeline_icalendar(found, actors=shipped.actors, stamp=STAMP))


FAULTS = Path(__file__).parent / "faults"


@pytest.mark.parametrize("separator", ",;\t|")
@pytest.mark.parametrize(
    "title",
    [
        "Drill;=1+1;@SUM(1)",
        "Drill,+1",
        "Drill|-1",
        "Drill\\n=1+1",
        "Drill\\t@A1",
        "Drill; ＝1+1",
        "Drill;\\u00a0=1",
    ],
)
def test_a_title_that_anybody_may_set_is_no_formula_however_the_table_is_parted(shipped, title, separator):
    """A link makes the table; in most of Europe a spreadsheet parts it at semicolons."""
    text = (FAULTS / "scenario-semicolon.toml").read_text(encoding="utf-8")
    (case,) = read_cases("written.toml", text.replace("Drill;=1+1;@SUM(1)", title), shipped).cases
    table = timeline_csv(timeline(shipped, case.scenario, datetime(2026, 12, 5, 12, tzinfo=UTC)))
    plain = table.decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(plain, newline=""), delimiter=separator) for cell in row]
    cells += [part for line in plain.splitlines() for part in line.split(separator)]
    assert [] == [cell for cell in cells if cell.lstrip(' \u00a0"').startswith(("=", "+", "-", "@", "＝"))]
    assert HEADER == tuple(next(csv.reader(io.StringIO(plain))))


@pytest.mark.parametrize("hidden", ["\u202e", "\\u202e", "\u2066", "\u200b", "\u200f", "\\u0007"])
def test_a_title_that_turns_the_direction_goes_nowhere(shipped, hidden):
    text = (FAULTS / "scenario-semicolon.toml").read_text(encoding="utf-8")
    reading = read_cases("written.toml", text.replace("Drill;", f"Drill{hidden};"), shipped)

    assert () == reading.cases
    assert [("guarantees.invisible", 4)] == [
        (finding.code, finding.place.line) for finding in reading.findings
    ]
