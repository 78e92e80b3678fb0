"""Due times as a calendar, read by a reader of its own and imported as a person would."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgeline.exchange.calendars import timeline_icalendar
from pledgeline.exchange.timelines import timeline_csv
from pledgeline.guarantees import Scenario, read_cases, timeline
from pledgeline.guarantees.moments import Moment
from pledgeline.guarantees.scenarios import Fulfilment, ScenarioEvent, fingerprint
from pledgeline.programme.sentences import spoken_in
from tests.guarantees.calendar_reader import entries_of, imported
from tests.guarantees.conftest import SHIPPED

STAMP = datetime(2026, 12, 1, tzinfo=UTC)
NOON = datetime(2026, 12, 5, 12, tzinfo=UTC)


def attack(**changes) -> ScenarioEvent:
    usual = ScenarioEvent(
        id="e1",
        kinds=("armed_attack",),
        when=Moment(at=datetime(2026, 12, 5, 2, tzinfo=UTC)),
        by=("RU",),
        against=("UA",),
        facts={"new_attack": True},
    )
    return replace(usual, **changes)


@pytest.fixture
def ready(shipped):
    """The cases of a ready scenario by its name, each with the moment for which it asks."""

    def cases(name):
        path = SHIPPED / "scenarios" / f"{name}.toml"
        return read_cases(path.name, path.read_text(encoding="utf-8"), shipped).cases

    return cases


@pytest.fixture
def weekend(shipped, ready):
    (case,) = ready("weekend-attack")
    return timeline(shipped, case.scenario, NOON)


@pytest.fixture
def calendar_of(shipped):
    """The calendar of a scenario as of a moment, as taken along at `stamp`."""
    return lambda scenario, as_of=NOON, stamp=STAMP: timeline_icalendar(
        timeline(shipped, scenario, as_of), actors=shipped.actors, stamp=stamp
    )


def test_a_calendar_speaks_ukrainian_to_who_reads_it(weekend, shipped):
    """Names, kinds and strengths are Ukrainian words; summaries of the register are as they were written."""
    with spoken_in("uk"):
        entries = entries_of(timeline_icalendar(weekend, actors=shipped.actors, stamp=STAMP))

    (britain,) = (entry for entry in entries if "Велика Британія, Україна" in entry["SUMMARY"])
    assert "СЦЕНАРІЙ: Велика Британія, Україна: проводити консультації" == britain["SUMMARY"]
    assert "Документ: Велика Британія: безпекова угода з Україною, 2024." in britain["DESCRIPTION"]
    for entry in entries:
        warning, *_, state, _who, _source = entry["DESCRIPTION"].split("\n")
        assert "СЦЕНАРІЙ, а не подія." == warning
        assert "Строк: 2026-12-" in entry["DESCRIPTION"]
        for word in (*entry["SUMMARY"].split(":")[2].split(), *state.rstrip(".").split("; ")):
            assert not re.search("[a-z]", word), word


def test_an_entry_for_each_due_time_in_utc(weekend, shipped):
    entries = entries_of(timeline_icalendar(weekend, actors=shipped.actors, stamp=STAMP))
    begins = [entry["DTSTART"] for entry in entries]

    assert 4 == begins.count("20261206T020000Z")  # from the attack: GB, LU, NL, PT
    assert 7 == begins.count("20261206T073000Z")  # from the request: DE, EU, FR, IT, JP, RO, US
    assert 11 == len(entries)
    assert {"20261201T000000Z"} == {entry["DTSTAMP"] for entry in entries}
    assert {"0"} == {entry["SEQUENCE"] for entry in entries}


def test_an_entry_rings_a_day_two_hours_and_a_quarter_before_and_never_in_the_past(weekend, shipped):
    """Due on the 6th at 04:00 in Kyiv, 02:00 UTC; taken along at noon of the 5th the day before is over."""
    early = entries_of(timeline_icalendar(weekend, actors=shipped.actors, stamp=STAMP))
    late = entries_of(timeline_icalendar(weekend, actors=shipped.actors, stamp=NOON))

    assert {"-P1D -PT2H -PT15M"} == {entry["RINGS"] for entry in early}
    assert {"-PT2H -PT15M"} == {entry["RINGS"] for entry in late}


def test_lines_are_short_and_texts_are_escaped(weekend, shipped):
    calendar = timeline_icalendar(weekend, actors=shipped.actors, stamp=STAMP)
    britain = next(
        entry
        for entry in entries_of(calendar)
        if entry["SUMMARY"] == "SCENARIO: United Kingdom, Ukraine: consult"
    )

    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))
    assert "SUMMARY:SCENARIO: United Kingdom\\, Ukraine: consult" in calendar.decode()
    assert ["SCENARIO, not an event.", "Due 2026-12-06 04:00 in Europe/Kyiv."] == [
        line for number, line in enumerate(britain["DESCRIPTION"].split("\n")) if number in (0, 2)
    ]
    assert "due; political; will; performance." in britain["DESCRIPTION"]


def test_an_entry_names_those_who_owe_it_in_the_language_of_whoever_takes_it_along(shipped, ready):
    """Up to three stand in its name; of more it has the number, its text has them all. Tables stay as they are."""
    (case,) = ready("weekend-attack")
    found = timeline(shipped, case.scenario, NOON, with_standing=True)
    with spoken_in("uk"):
        entries = entries_of(timeline_icalendar(found, actors=shipped.actors, stamp=STAMP))
        table = timeline_csv(found).decode()
    named = {entry["SUMMARY"]: entry["DESCRIPTION"] for entry in entries}

    assert (
        "Зобов’язані: Велика Британія, Україна. Документ: Велика Британія: безпекова угода з Україною, 2024."
        in named["СЦЕНАРІЙ: Велика Британія, Україна: проводити консультації"]
    )
    signatories = named["СЦЕНАРІЙ: 23 гаранти: переглядати зобов’язання"]
    assert "Велика Британія, Європейський Союз. Документ: Український договір." in signatories
    assert "United Kingdom: security agreement with Ukraine, 2024" in table
    assert "безпекова угода" not in table


def test_the_same_scenario_taken_along_twice_fills_no_calendar_twice(calendar_of):
    scenario = Scenario(id="written", title="A drill", events=(attack(),))
    first = calendar_of(scenario)
    again = calendar_of(scenario, stamp=STAMP + timedelta(days=3))
    held = imported(first, again)

    assert 4 == len(entries_of(first)) == len(held)
    assert {"20261204T000000Z"} == {entry["DTSTAMP"] for entry in held.values()}


def test_a_second_written_scenario_moves_no_entry_of_the_first(calendar_of):
    """Both are called “written”; the second attack comes a day later."""
    first = Scenario(id="written", title="A drill", events=(attack(),))
    later = attack(when=Moment(at=datetime(2026, 12, 6, 2, tzinfo=UTC)))
    second = Scenario(id="written", title="A drill", events=(later,))
    begins = sorted(
        entry["DTSTART"]
        for entry in imported(calendar_of(first), calendar_of(second, NOON + timedelta(days=1))).values()
    )

    assert ["20261206T020000Z"] * 4 + ["20261207T020000Z"] * 4 == begins


@pytest.mark.parametrize(
    "other",
    [
        Scenario(id="written", title="Another drill", events=(attack(),)),
        Scenario(id="exercise", title="A drill", events=(attack(),)),
        Scenario(id="written", title="A drill", events=(attack(status="confirmed"),)),
        Scenario(
            id="written", title="A drill", events=(attack(facts={"new_attack": True, "significant": False}),)
        ),
        Scenario(id="written", title="A drill", instruments=("ua-gb-2024",), events=(attack(),)),
        Scenario(id="written", title="A drill", events=(attack(), attack(id="e2", episode="e1"))),
    ],
    ids=["title", "id", "status", "a fact that is false", "instruments", "a second event"],
)
def test_scenarios_that_differ_in_anything_share_no_entry(calendar_of, other):
    """The due times are the same, so nothing but the name of the entry could keep them apart."""
    first = calendar_of(Scenario(id="written", title="A drill", events=(attack(),)))
    second = calendar_of(other)

    assert entries_of(second)
    assert len(entries_of(first)) + len(entries_of(second)) == len(imported(first, second))


def test_no_two_ready_scenarios_share_an_entry(shipped, ready):
    calendars = []
    for path in sorted((SHIPPED / "scenarios").glob("*.toml")):
        for case in ready(path.stem):
            events = [event.when.window("Europe/Kyiv").latest for event in case.scenario.events]
            found = timeline(shipped, case.scenario, max(events) + timedelta(hours=1), with_standing=True)
            calendars.append(timeline_icalendar(found, actors=shipped.actors, stamp=STAMP))

    assert len(calendars) > 5
    assert sum(len(entries_of(calendar)) for calendar in calendars) == len(imported(*calendars)) > 100


def test_an_entry_stays_the_same_one_when_one_of_several_has_performed(edges):
    """FR and GB owe the same within 48 hours; GB does it on the 6th at 10:00, and the entry then names FR alone."""
    done = Fulfilment(
        id="r", instrument="edge-leap-2024", obligation="hours", by=("GB",), episode="e1",
        when=Moment(at=datetime(2026, 12, 6, 10, tzinfo=UTC)),
    )  # fmt: skip
    scenario = Scenario(instruments=("edge-leap-2024",), events=(attack(),), records=(done,))

    def calendar(as_of, stamp):
        return timeline_icalendar(timeline(edges, scenario, as_of), actors=edges.actors, stamp=stamp)

    def of_hours(*calendars):
        return [
            entry["SUMMARY"]
            for entry in imported(*calendars).values()
            if entry["DTSTART"] == "20261207T020000Z"
        ]

    before = calendar(datetime(2026, 12, 6, 8, tzinfo=UTC), STAMP)
    after = calendar(datetime(2026, 12, 6, 12, tzinfo=UTC), STAMP + timedelta(days=5))
    assert ["SCENARIO: France, United Kingdom: give military aid"] == of_hours(before)
    assert ["SCENARIO: France: give military aid"] == of_hours(before, after)


def test_the_moment_counts_and_not_the_offset_in_which_it_was_written(shipped):
    text = (
        'schema = "pledgeline-guarantee-cases/0.1"\nid = "w"\n[[events]]\nid = "e"\n'
        'kinds = ["armed_attack"]\nat = "{}"\nagainst = ["UA"]\n'
    )
    kyiv, utc, other = (
        fingerprint(read_cases("w.toml", text.format(at), shipped).cases[0].scenario)
        for at in ("2026-12-05T04:00:00+02:00", "2026-12-05T02:00:00Z", "2026-12-05T04:00:00Z")
    )

    assert kyiv == utc != other


@settings(deadline=None)
@given(title=st.text(max_size=60))
def test_whatever_a_title_holds_the_calendar_can_be_read(shipped, title):
    """Line ends, commas, backslashes, letters of four bytes: the name of the calendar and its entries stand."""
    calendar = timeline_icalendar(
        timeline(shipped, Scenario(title=title, events=(attack(episode=title or "e"),)), NOON),
        actors=shipped.actors,
        stamp=STAMP,
    )

    assert 4 == len(entries_of(calendar))
    assert all(len(line) <= 75 for line in calendar.split(b"\r\n"))


def test_a_backslash_before_an_n_ends_no_line(shipped):
    """Some programs write the end of a line as `\\N`: a title with these two signs in it keeps them."""
    title = "C:\\Now, C:\\now;\r\nand on"
    calendar = timeline_icalendar(
        timeline(shipped, Scenario(title=title), NOON), actors=shipped.actors, stamp=STAMP
    )

    assert b"X-WR-CALNAME:Scenario: C:\\\\Now\\, C:\\\\now\\;\\nand on\r\n" in calendar
