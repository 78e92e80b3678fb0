# ruff: noqa: E501 — a table of faults reads best with one fault a line
"""Broken files: each fault is found with its line and a way out, nothing crashes, nothing is half loaded."""

import re

import pytest

from pledgeline.guarantees import read_cases, read_folder, read_register
from pledgeline.guarantees.catalogue import CODES, meaning_of
from pledgeline.guarantees.toml_tables import MOST_FINDINGS
from pledgeline.programme.findings import Finding
from tests.guarantees.conftest import SHIPPED

INSTRUMENT = """\
schema = "pledgeline-guarantee/0.1"
id = "broken-2025"
title = "Invented agreement"
kind = "treaty"
status = "in_force"
status_as_of = 2025-01-31
level = "2"
signed_on = 2025-01-31
in_force_on = 2025-02-28
ends_on = 2035-01-31
legally_binding = "yes"
time_zone = "Europe/Kyiv"
time_zone_basis = "assumed"
aggressor = ["RU"]
summary = "Invented."
relates_to = [{ id = "nato-1949", rel = "builds_on" }]
gaps = ["No deadline"]

[term]
length = "P10Y"
from = "signature"
ends_when = [{ event = "accession", actor = "UA", to = "NATO" }]

[termination]
allowed = "yes"
notice = "P6M"
notice_from = "notification"
basis = "text"
source = ["s1"]

[verification]
mechanism = "monitors"
by = ["OSCE"]
attribution = "joint"
enforcement = false

[ratification]
required = "yes"
by = ["FR"]

[[parties]]
id = "FR"
role = "guarantor"

[[parties]]
id = "UA"
role = "beneficiary"

[[obligations]]
id = "consult"
kind = "consult"
by = ["FR", "UA"]
to = ["UA"]
mode = "joint"
strength = "will"
discretion = "none"
duty = "achievement"
summary = "Consult within 24 hours."
trigger = { events = ["armed_attack"], by = ["RU"], against = ["UA"], requires = { new_attack = true } }
deadline = { within = "PT24H", from = "trigger", qualifier = "hard" }
basis = "text"
source = ["s1"]

[[obligations]]
id = "ask"
kind = "intelligence"
by = ["FR"]
to = ["UA"]
mode = "several"
strength = "shall"
discretion = "means"
duty = "achievement"
summary = "Share intelligence when asked."
urgency = "immediate"
after = "consult"
trigger = { events = ["threat_of_armed_attack"], on_request_of = ["UA"], requires = { persists_after = "PT24H" } }
deadline = { within = "PT12H", from = "request", qualifier = "best_efforts" }
conditions = [{ kind = "budget_approval", by = "FR", effect = "blocks" }]
basis = "press"
source = ["s1"]

[[obligations]]
id = "money"
kind = "funding"
by = ["FR"]
to = ["UA"]
mode = "several"
strength = "will"
discretion = "none"
duty = "periodic"
summary = "EUR 10 million a year."
trigger = { events = ["calendar"] }
period = { start = 2025-01-01, end = 2027-12-31, recurrence = "P1Y" }
amount = { value = 10000000, currency = "EUR", qualifier = "exact", per = "year" }
basis = "press"
source = ["s1"]

[[obligations]]
id = "planes"
kind = "military_aid"
by = ["FR"]
to = ["UA"]
mode = "several"
strength = "may"
discretion = "whether"
duty = "power"
summary = "May send two aircraft."
trigger = { events = ["standing"] }
quantity = { value = 2, unit = "aircraft", item = "radar" }
basis = "press"
source = ["s1"]

[[veto_points]]
actor = "RU"
over = "ask"
kind = "adversary_consent"

[[sources]]
id = "s1"
url = "https://example.org/text"
kind = "official_text"
read = "excerpt"
"""

BROKEN = [
    # what is replaced, by what, the code of the finding; its line is the first line of the replacement
    ('schema = "pledgeline-guarantee/0.1"', 'schema = "pledgeline-guarantee/9"', "wrong-schema"),
    ('id = "broken-2025"', 'id = "other-2025"', "bad-id"),
    ('id = "broken-2025"', 'id = "Broken 2025"', "bad-id"),
    ('title = "Invented agreement"', "title = 7", "wrong-type"),
    ('title = "Invented agreement"', 'title = ""', "wrong-type"),
    ('title = "Invented agreement"', 'titel = "Invented agreement"', "unknown-key"),
    ('kind = "treaty"', 'kind = "treatey"', "unknown-word"),
    ('kind = "treaty"', "kind = [1]", "wrong-type"),
    ('kind = "treaty"', 'kind = "proposal"', "missing-key"),
    ('status = "in_force"', 'status = "inforce"', "unknown-word"),
    ("status_as_of = 2025-01-31", 'status_as_of = "2025-01-31"', "bad-date"),
    ("status_as_of = 2025-01-31", "status_as_of = 2025-01-31T00:00:00Z", "bad-date"),
    ('level = "2"', 'level = "3"', "unknown-word"),
    ('level = "2"', "level = 2", "wrong-type"),
    ("signed_on = 2025-01-31", "signed_on = 0025-01-31", "bad-date"),
    ("signed_on = 2025-01-31", "signed_on = 2025-02-30", "not-toml"),
    ('summary = "Invented."', 'summary = "Invented\u202e."', "invisible"),
    ('summary = "Invented."', 'summary = "Invented\\u2067."', "invisible"),
    ("ends_on = 2035-01-31", "ends_on = 2024-01-31", "dates-reversed"),
    ('legally_binding = "yes"', 'legally_binding = "perhaps"', "unknown-word"),
    ('time_zone = "Europe/Kyiv"', 'time_zone = "Europe/Atlantis"', "unknown-zone"),
    ('time_zone = "Europe/Kyiv"', 'time_zone = "../../etc"', "unknown-zone"),
    ('aggressor = ["RU"]', 'aggressor = ["XX"]', "unknown-actor"),
    ('aggressor = ["RU"]', 'aggressor = "RU"', "wrong-type"),
    ('aggressor = ["RU"]', 'aggressor = ["RU", "RU"]', "named-twice"),
    ('summary = "Invented."', f'summary = "{"word " * 100}"', "long-text"),
    ('summary = "Invented."', 'summary = "seen in /home/somebody/notes"', "machine-path"),
    ('relates_to = [{ id = "nato-1949"', 'relates_to = [{ id = "nato-1950"', "unknown-instrument"),
    ('relates_to = [{ id = "nato-1949"', 'relates_to = [{ id = "broken-2025"', "unknown-instrument"),
    ("relates_to = [{ id = \"nato-1949\", rel = \"builds_on\" }]", 'relates_to = "nato-1949"', "wrong-type"),
    ('length = "P10Y"', 'length = "10 years"', "bad-duration"),
    ('length = "P10Y"', 'length = "PT24H"', "bad-duration"),
    ('length = "P10Y"', 'length = "P99999Y"', "bad-duration"),
    ('from = "signature"\nends_when', "ends_when", "term-without-start", 'length = "P10Y"'),
    ('from = "signature"\n', 'from = "date"\n', "term-without-start"),
    ('{ event = "accession"', '{ event = "acession"', "unknown-event"),
    ('allowed = "yes"', 'allowed = "perhaps"', "unknown-word"),
    ('notice = "P6M"', 'notice = "6M"', "bad-duration"),
    ('notice_from = "notification"\n', "", "deadline-without-start", 'notice = "P6M"'),
    ('attribution = "joint"', 'attribution = "everybody"', "unknown-word"),
    ("enforcement = false", 'enforcement = "no"', "wrong-type"),
    ('enforcement = false', 'enforcment = false', "unknown-key"),
    ('[[parties]]\nid = "FR"', '[[parties]]\nid = "FRA"', "unknown-actor", 'id = "FRA"'),
    ('role = "guarantor"', 'role = "garantor"', "unknown-word"),
    ('[[parties]]\nid = "UA"', '[[parties]]\nid = "FR"', "named-twice", 'id = "FR"', 1),
    ('role = "guarantor"', 'role = "monitor"', "no-guarantor", "[[parties]]"),
    ('id = "consult"', 'id = "ask"', "named-twice"),
    ('id = "consult"', 'id = "Consult!"', "bad-id"),
    ('kind = "consult"', 'kind = "consulting"', "unknown-word"),
    ('by = ["FR", "UA"]', 'by = ["FR", "UK"]', "unknown-actor"),
    ('by = ["FR", "UA"]', "by = []", "empty-list"),
    ('mode = "joint"', 'mode = "jointly"', "unknown-word"),
    ('mode = "joint"\n', "", "missing-key", "[[obligations]]"),
    ('strength = "will"', 'strength = "wil"', "unknown-word"),
    ('discretion = "none"', 'discretion = "some"', "unknown-word"),
    ('duty = "achievement"', 'duty = "achievment"', "unknown-word"),
    ('trigger = { events = ["armed_attack"]', 'trigger = { events = ["armed_atack"]', "unknown-event"),
    ('trigger = { events = ["armed_attack"]', "trigger = { events = []", "empty-list"),
    ('trigger = { events = ["armed_attack"], by', 'trigger = { event = ["armed_attack"], by', "unknown-key"),
    ('requires = { new_attack = true }', "requires = { new_atack = true }", "unknown-fact", "new_atack"),
    ('requires = { new_attack = true }', 'requires = { new_attack = "yes" }', "bad-fact", 'new_attack = "yes"'),
    ('persists_after = "PT24H"', "persists_after = true", "bad-fact", "persists_after = true"),
    ('deadline = { within = "PT24H", from = "trigger"', 'deadline = { within = "PT24H"', "deadline-without-start"),
    ('deadline = { within = "PT24H", from = "trigger"', 'deadline = { within = "PT24H", from = "request"', "deadline-without-start"),
    ('deadline = { within = "PT24H", from = "trigger"', 'deadline = { within = "PT24H", from = "date"', "deadline-without-start"),
    ('deadline = { within = "PT24H", from', "deadline = { from", "deadline-without-length"),
    ('deadline = { within = "PT24H", from', 'deadline = { within = "24 hours", from', "bad-duration"),
    ('deadline = { within = "PT24H", from', 'deadline = { whitin = "PT24H", from', "unknown-key"),
    ('deadline = { within = "PT12H", from = "request"', 'deadline = { within = "PT12H", from = "trigger"', "deadline-before-request"),
    ('urgency = "immediate"', 'urgency = "soon"', "unknown-word"),
    ('after = "consult"', 'after = "consultation"', "unknown-obligation"),
    ('after = "consult"', 'after = "ask"', "circular-after"),
    ('basis = "text"\nsource = ["s1"]\n\n[[obligations]]', 'basis = "text"\nsource = ["s9"]\n\n[[obligations]]', "unlisted-source", 'source = ["s9"]'),
    ('basis = "text"\nsource = ["s1"]\n\n[[obligations]]', 'basis = "text"\nsource = []\n\n[[obligations]]', "empty-list", "source = []"),
    ('conditions = [{ kind = "budget_approval"', 'conditions = [{ kind = "budget"', "unknown-word"),
    ('effect = "blocks"', 'effect = "stops"', "unknown-word", 'effect = "stops"'),
    ("period = { start = 2025-01-01, end = 2027-12-31", "period = { start = 2028-01-01, end = 2027-12-31", "dates-reversed"),
    ('recurrence = "P1Y"', 'recurrence = "P0D"', "bad-duration", 'recurrence = "P0D"'),
    ('recurrence = "P1Y"', 'recurrence = "PT1S"', "bad-duration", 'recurrence = "PT1S"'),
    ('period = { start = 2025-01-01, end = 2027-12-31, recurrence = "P1Y" }', 'period = { recurrence = "P1Y" }', "period-without-start"),
    ('period = { start = 2025-01-01, end = 2027-12-31, recurrence = "P1Y" }\n', "", "period-without-start", 'duty = "periodic"'),
    ("amount = { value = 10000000", "amount = { value = 10.5", "bad-number"),
    ("amount = { value = 10000000", "amount = { value = -1", "bad-number"),
    ('currency = "EUR"', 'currency = "EURO"', "unknown-currency", 'currency = "EURO"'),
    ('value = 10000000, currency = "EUR", ', "value = 10000000, ", "amount-without-currency", "value = 10000000, q"),
    ('value = 10000000, currency = "EUR", ', "", "amount-without-value", "amount = {"),
    ('value = 10000000, currency = "EUR"', 'share_of_gdp_percent = "a quarter"', "bad-number", "a quarter"),
    ('discretion = "whether"\nduty = "power"', 'discretion = "none"\nduty = "power"', "power-as-duty", 'discretion = "none"', 2),
    ('duty = "power"', 'duty = "achievement"', "power-as-duty", 'duty = "achievement"', 2),
    ("quantity = { value = 2", "quantity = { value = 2.5", "bad-number"),
    ('unit = "aircraft"', 'unt = "aircraft"', "unknown-key", 'unt = "aircraft"'),
    ('trigger = { events = ["standing"] }', 'trigger = { events = ["standing"], requires = { deliberate = true } }', "trigger-without-event"),
    ('trigger = { events = ["standing"] }', 'trigger = { events = ["calendar"], at = "2025-02-15" }', "bad-time"),
    ('to = ["UA"]\nmode = "several"\nstrength = "may"', 'to = ["FR"]\nmode = "several"\nstrength = "may"', "own-beneficiary", 'to = ["FR"]'),
    ('over = "ask"', 'over = "asks"', "unknown-obligation"),
    ('kind = "adversary_consent"', 'kind = "adversary"', "unknown-word"),
    ('url = "https://example.org/text"', 'url = "example.org/text"', "bad-address"),
    ('read = "excerpt"', 'read = "whole"', "unknown-word"),
    ('[[sources]]\nid = "s1"', '[sources]\nid = "s1"', "wrong-type", "[sources]"),
    ("[[veto_points]]", "[[veto_points]", "not-toml"),
    ('summary = "Consult within 24 hours."', 'summary = "Consult within 24 hours.', "not-toml"),
    ('strength = "will"', 'strength = "will"\nstrength = "shall"', "not-toml", 'strength = "shall"'),
]  # fmt: skip


def line_of(text: str, mark: str, nth: int = 0) -> int:
    found = [number for number, row in enumerate(text.splitlines(), 1) if mark in row]
    return found[nth]


def words() -> dict[str, str]:
    """The shipped words, and of the actors those that the texts below name: they are read many times."""
    texts = {name: (SHIPPED / name).read_text(encoding="utf-8") for name in ("vocab.toml", "actors.toml")}
    return texts


def read(text: str):
    return read_register({**words(), "broken-2025.toml": text}, related=frozenset({"nato-1949"}))


def test_the_text_is_good_before_it_is_broken():
    assert () == read(INSTRUMENT).findings


@pytest.mark.parametrize("fault", BROKEN, ids=[f"{number}-{case[2]}" for number, case in enumerate(BROKEN)])
def test_a_broken_instrument_is_found_with_its_line(fault):
    old, new, code, *mark = fault
    assert old in INSTRUMENT
    text = INSTRUMENT.replace(old, new, 1)

    reading = read(text)

    assert reading.register is None
    line = line_of(text, *(mark or [new.split("\n")[0]]))
    found = [(finding.code, finding.place.line) for finding in reading.findings]
    assert (f"guarantees.{code}", line) in found
    for finding in reading.findings:
        assert finding.wrong
        assert finding.way_out
        assert "broken-2025.toml" == finding.place.file


def test_there_are_enough_broken_files():
    assert len(BROKEN) + len(BROKEN_CASES) >= 80


def test_a_misspelt_key_names_the_right_one():
    reading = read(INSTRUMENT.replace('deadline = { within = "PT24H"', 'deadline = { whitin = "PT24H"'))

    assert "Did you mean “within”?" in [finding.way_out for finding in reading.findings]


def test_all_faults_of_a_file_come_at_once():
    text = INSTRUMENT.replace('"RU"', '"RUS"').replace('"PT24H"', '"24h"').replace('"s1"\nurl', '"s2"\nurl')

    codes = {finding.code.removeprefix("guarantees.") for finding in read(text).findings}

    assert {"unknown-actor", "bad-duration", "unlisted-source", "bad-fact"} <= codes


def test_a_circle_of_three_is_found_at_each_of_them():
    text = INSTRUMENT.replace('id = "money"', 'id = "money"\nafter = "ask"').replace(
        'id = "consult"', 'id = "consult"\nafter = "money"'
    )

    lines = [
        finding.place.line for finding in read(text).findings if finding.code == "guarantees.circular-after"
    ]

    assert [line_of(text, f'after = "{word}"') for word in ("money", "consult", "ask")] == lines


def test_an_unknown_key_of_a_note_is_only_a_warning():
    """Tables that other tools extend may say more than we read; it is told and nothing is refused."""
    reading = read(INSTRUMENT.replace('read = "excerpt"', 'read = "excerpt"\npages = "1-3"'))

    assert reading.register is not None
    assert ["guarantees.unknown-key"] == [finding.code for finding in reading.findings]
    assert not reading.findings[0].is_error


ODD = [
    # what may stand there and still deserves a word: it is told with its line, and the text is read
    ('by = ["FR", "UA"]\nto = ["UA"]', 'by = ["FR", "UA"]\nto = ["UA", "FR"]', "own-beneficiary", 'to = ["UA", "FR"]'),
    ('trigger = { events = ["standing"] }', 'trigger = { events = ["standing"], by = ["RU"] }', "trigger-without-event", 'trigger = { events = ["standing"], by'),
    ('from = "trigger", qualifier = "hard"', 'from = "trigger", qualifier = "hard", pages = 3', "unknown-key", "pages = 3"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "mark"), ODD, ids=[case[2] for case in ODD])
def test_what_is_odd_and_not_wrong_is_a_warning(old, new, code, mark):
    text = INSTRUMENT.replace(old, new, 1)
    assert text != INSTRUMENT

    reading = read(text)

    (found,) = reading.findings
    assert reading.register is not None
    assert not found.is_error
    assert (f"guarantees.{code}", line_of(text, mark)) == (found.code, found.place.line)


def test_a_standing_duty_may_wait_for_a_request():
    text = INSTRUMENT.replace(
        'trigger = { events = ["standing"] }',
        'trigger = { events = ["standing"], on_request_of = ["UA"] }',
    )

    assert () == read(text).findings


BROKEN_WORDS = [
    ("actors.toml", 'members = ["CA", "FR", "DE", "IT", "JP", "GB", "US"]', 'members = ["CA", "XX"]', "unknown-actor"),
    ("actors.toml", 'members = ["CA", "FR", "DE", "IT", "JP", "GB", "US"]', 'members = ["CA", "CA"]', "named-twice"),
    ("actors.toml", "[groups.G7]", "[groups.FR]", "named-twice"),
    ("actors.toml", 'UA = "Ukraine"', "UA = 1", "wrong-type"),
    ("vocab.toml", 'armed_attack = "armed_aggression"', 'armed_attack = "aggression"', "unknown-event"),
    ("vocab.toml", 'security_event = ""', 'security_event = "armed_attack"', "circular-taxonomy"),
    ("vocab.toml", 'significant = "bool"', 'significant = "number"', "unknown-word"),
    ("vocab.toml", 'mode = ["several", "joint"]', "", "missing-key"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code"), BROKEN_WORDS)
def test_broken_words_and_actors_are_found(file, old, new, code):
    texts = words()
    assert old in texts[file]
    texts[file] = texts[file].replace(old, new, 1)

    reading = read_register({**texts, "broken-2025.toml": INSTRUMENT})

    assert reading.register is None
    line = line_of(texts[file], new) if new else 1
    assert (f"guarantees.{code}", file, line) in [
        (finding.code, finding.place.file, finding.place.line) for finding in reading.findings
    ]


CASES = """\
schema = "pledgeline-guarantee-cases/0.1"

[[case]]
id = "c1"
title = "Invented"
instruments = ["ua-gb-2024"]
assume_in_force = [{ instrument = "ua-gb-2024", on = 2026-01-01 }]
ends = { instrument = "ua-gb-2024", at = "2036-01-01T00:00:00Z" }
instances = [{ instrument = "ua-gb-2024", obligation = "consult", count = 1 }]

[[case.events]]
id = "e1"
kinds = ["armed_attack"]
at = "2026-12-05T04:00:00+02:00"
by = ["RU"]
against = ["UA"]
episode = "ep-1"
facts = { new_attack = true }

[[case.events]]
id = "e2"
kinds = ["request"]
on = 2026-12-06
by = ["UA"]
ref = "e1"
status = "confirmed"

[[case.records]]
id = "r1"
instrument = "ua-gb-2024"
obligation = "aid-2024-25"
on = 2026-12-06
by = ["GB"]
amount = { value = 10, currency = "GBP" }

[[case.expect]]
as_of = "2026-12-07T00:00:00Z"
instrument = "ua-gb-2024"
obligation = "consult"
episode = "ep-1"
state = "overdue"
due_at = "2026-12-06T02:00:00Z"
late_by = "PT22H"

[[case.coverage]]
beneficiary = "UA"
on = "2026-12-05"
event = "armed_attack"
kinds = ["consult"]
uncovered_kinds = []
"""

BROKEN_CASES = [
    ('schema = "pledgeline-guarantee-cases/0.1"', 'schema = "cases"', "wrong-schema"),
    ('id = "c1"', "id = 1", "wrong-type"),
    ('title = "Invented"', 'titel = "Invented"', "unknown-key"),
    ('instruments = ["ua-gb-2024"]', 'instruments = ["ua-uk-2024"]', "unknown-instrument"),
    ('instruments = ["ua-gb-2024"]', "instruments = []", "empty-list"),
    ("on = 2026-01-01 }]", 'on = "soon" }]', "bad-date", 'on = "soon"'),
    ('ends = { instrument = "ua-gb-2024", at = "2036', 'ends = { instrument = "ua-gb-2024", at = "36', "bad-time"),
    ("count = 1", "count = -1", "bad-number", "count = -1"),
    ("count = 1", 'count = "one"', "bad-number", 'count = "one"'),
    ('id = "e1"', 'id = "e2"', "named-twice"),
    ('kinds = ["armed_attack"]', 'kinds = ["attack"]', "unknown-event"),
    ('kinds = ["armed_attack"]', "kinds = []", "empty-list"),
    ('kinds = ["armed_attack"]', 'kinds = ["notice_of_termination"]', "notice-without-instrument"),
    ('at = "2026-12-05T04:00:00+02:00"', 'at = "2026-12-05T04:00:00"', "bad-time"),
    ('at = "2026-12-05T04:00:00+02:00"', 'at = "2026-12-05"', "bad-time"),
    ('at = "2026-12-05T04:00:00+02:00"', 'at = "2026-12-05T25:00:00+02:00"', "bad-time"),
    ('at = "2026-12-05T04:00:00+02:00"', 'on = "5 December"', "bad-time"),
    ('at = "2026-12-05T04:00:00+02:00"\n', "", "missing-time", "[[case.events]]"),
    ('at = "2026-12-05T04:00:00+02:00"', 'at = "2026-12-05T04:00:00+02:00"\non = 2026-12-05', "two-times", "on = 2026-12-05"),
    ('by = ["RU"]', 'by = ["Russia"]', "unknown-actor"),
    ("facts = { new_attack = true }", "facts = { attack = true }", "unknown-fact"),
    ("facts = { new_attack = true }", 'facts = { new_attack = "unknown" }', "bad-fact"),
    ("facts = { new_attack = true }", "facts = true", "wrong-type"),
    ('ref = "e1"', 'ref = "e9"', "unknown-reference"),
    ('status = "confirmed"', 'status = "certain"', "unknown-word"),
    ('obligation = "aid-2024-25"', 'obligation = "aid"', "unknown-obligation"),
    ('currency = "GBP"', 'currency = "Pounds"', "unknown-currency", 'currency = "Pounds"'),
    ('amount = { value = 10, currency = "GBP" }', "amount = -5", "bad-number"),
    ('amount = { value = 10, currency = "GBP" }', "amount = 1.5", "bad-number"),
    ('amount = { value = 10, currency = "GBP" }', 'quantity = "ten"', "bad-number"),
    ('as_of = "2026-12-07T00:00:00Z"', 'as_of = "Monday"', "bad-time"),
    ('state = "overdue"', 'state = "breached"', "unknown-word"),
    ('due_at = "2026-12-06T02:00:00Z"', 'due_at = "later"', "bad-time"),
    ('due_at = "2026-12-06T02:00:00Z"', 'due_window = ["2026-12-06T02:00:00Z"]', "bad-time"),
    ('late_by = "PT22H"', 'late_by = "22 hours"', "bad-duration"),
    ('late_by = "PT22H"', 'shortfall = "much"', "bad-number"),
    ('beneficiary = "UA"', 'beneficiary = "Ukraine"', "unknown-actor"),
    ('on = "2026-12-05"', 'on = "2026-13-05"', "bad-date"),
    ('event = "armed_attack"', 'event = "war"', "unknown-event"),
    ('kinds = ["consult"]', 'kinds = ["consultation"]', "unknown-word"),
    ("[[case.coverage]]", "[case.coverage]]", "not-toml"),
    ('by = ["RU"]', 'by = ["RU\u2066"]', "invisible"),
    ("facts = { new_attack = true }", 'facts = { "new\\u200battack" = true }', "invisible"),
    ('status = "confirmed"', 'status = "confirmed"\nnote = "Drill\u202e"', "invisible", "note ="),
]  # fmt: skip


def test_the_cases_are_good_before_they_are_broken(shipped):
    assert () == read_cases("cases.toml", CASES, shipped).findings


@pytest.mark.parametrize(
    "fault", BROKEN_CASES, ids=[f"{number}-{case[2]}" for number, case in enumerate(BROKEN_CASES)]
)
def test_a_broken_scenario_is_found_with_its_line(fault, shipped):
    old, new, code, *mark = fault
    assert old in CASES
    text = CASES.replace(old, new, 1)

    reading = read_cases("cases.toml", text, shipped)

    assert () == reading.cases
    line = line_of(text, *(mark or [new.split("\n")[0]]))
    assert (f"guarantees.{code}", line) in [
        (finding.code, finding.place.line) for finding in reading.findings
    ]


@pytest.mark.parametrize(
    "text",
    ["", "case = 1", 'schema = "x"\ncase = []', "[[case]]", "a = " + "[" * 3000, "\x00", "a = 1e9999999"],
)
def test_a_file_that_is_no_scenario_gives_findings(text, shipped):
    reading = read_cases("cases.toml", text, shipped)

    assert () == reading.cases
    assert reading.findings


@pytest.mark.parametrize("wrong", ["1", "true", "[[]]", "2025-01-01", "[{}]"])
def test_any_value_of_a_wrong_type_is_a_finding_and_no_crash(wrong):
    """Every key of every table, with a value that it cannot have or that says nothing."""
    rows = INSTRUMENT.splitlines()
    for number, row in enumerate(rows):
        key, is_pair, _ = row.partition(" = ")
        if not is_pair or key.startswith("["):
            continue
        text = "\n".join([*rows[:number], f"{key} = {wrong}", *rows[number + 1 :]])
        reading = read(text)
        assert reading.register is None or not any(finding.is_error for finding in reading.findings)


def test_what_nobody_sees_is_named_and_not_passed_on():
    """A quoted line that turned the direction again would show the finding itself backwards."""
    finding = read(INSTRUMENT.replace('"Invented."', '"Inven\u202eted."')).findings[0]

    assert "nobody sees" in finding.wrong
    assert "U+202E" in finding.wrong
    assert 'summary = "Inven‹U+202E›ted."' == finding.excerpt


MANY = {
    "keys": "".join(f"k{n} = 1\n" for n in range(5_000)),
    "actors": CASES.replace('by = ["RU"]', "by = [" + '"QQ", ' * 5_000 + "]", 1),
    "tables": CASES + "[[case.events]]\n" * 5_000,
    "episodes": CASES
    + "".join(
        f'[[case.records]]\nid = "x{n}"\ninstrument = "ua-gb-2024"\nobligation = "aid-2024-25"\non = 2026-12-06\n'
        f'by = ["GB"]\nepisode = "ep-{n}x"\n'
        for n in range(2, 300)
    ),
}


@pytest.mark.parametrize("kind", MANY)
def test_of_very_many_faults_the_first_are_listed_and_the_file_is_not_used(kind, shipped):
    """A link of 288 characters made a page of 13 MB. What is not listed may be an error, so all of it is refused."""
    reading = read_cases("cases.toml", MANY[kind], shipped)

    assert () == reading.cases
    assert MOST_FINDINGS <= len(reading.findings) <= MOST_FINDINGS + 1
    (last,) = [finding for finding in reading.findings if finding.code == "guarantees.more"]
    assert last.is_error
    assert "read the file again" in last.way_out


def example_findings() -> dict[str, Finding]:
    """Give for each code the finding of the first text above that causes it: the catalogue shows them."""
    shipped = read_folder(SHIPPED).register
    assert shipped is not None
    found: dict[str, Finding] = {}
    for readings in (
        (read(INSTRUMENT.replace(fault[0], fault[1], 1)).findings for fault in BROKEN),
        (
            read_register(
                {**words(), file: words()[file].replace(old, new, 1), "broken-2025.toml": INSTRUMENT}
            ).findings
            for file, old, new, _code in BROKEN_WORDS
        ),
        (
            read_cases("cases.toml", CASES.replace(fault[0], fault[1], 1), shipped).findings
            for fault in BROKEN_CASES
        ),
    ):
        for finding in (other for findings in readings for other in findings):
            found.setdefault(finding.code, finding)
    return found


def test_every_finding_is_in_the_catalogue():
    """What the broken texts cause, and what the source says, has a meaning there; and nothing else has."""
    named = {
        code
        for path in (SHIPPED.parents[1]).rglob("*.py")
        if path.name != "catalogue.py" and ("guarantees" in path.parts or path.name == "register.py")
        for code in re.findall(r'"(guarantees\.[a-z-]+)[".]', path.read_text(encoding="utf-8"))
    }

    assert set(example_findings()) <= set(CODES)
    assert set(CODES) <= named
    assert all(str(meaning_of(code)) for code in CODES)
