"""The room as a journalist and a duty officer walk through it."""

import csv
import io
import re
import unicodedata

import openpyxl
import pytest

from pledgeline.web.guarantees.told import pack, ready_names, unpack
from tests.web.html import flat

pytestmark = pytest.mark.django_db

ROOM = "/guarantees/"
BIDI_CONTROLS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
PAGES = [
    "",
    "obligations/",
    "matrix/",
    "coverage/",
    "duties/",
    "duties/?kind=consult&guarantor=GB&event=armed_attack",
    "compare/",
    "compare/?i=budapest-1994&i=paris-declaration-2026",
    "without/",
    "without/?x=US&y=GB&event=armed_attack",
    "funding/",
    "vetoes/",
    "scenarios/",
    "scenarios/write/",
    "instruments/ua-us-2024/versions/",
]
FILES = ["register", "obligations", "matrix", "coverage", "compare", "funding", "vetoes"]


def page(client, path: str, status: int = 200) -> str:
    answer = client.get(ROOM + path)
    assert answer.status_code == status
    return str(answer.content.decode())


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_open_to_the_public(client, path):
    assert "<h1>" in page(client, path)


def test_every_instrument_opens_with_basis_provision_and_source(client):
    """51 pages; on each every obligation says how it was read."""
    register = page(client, "")
    ids = sorted(set(re.findall(r'href="/guarantees/instruments/([a-z0-9-]+)/"', register)))

    assert 51 == len(ids)
    for id_ in ids:
        html = page(client, f"instruments/{id_}/")
        duties = html.count('<article class="card duty"')
        assert duties == html.count('class="clause"') >= 1
        assert "Twelve properties" in html


def test_the_register_is_reached_from_a_page_that_is_not_its_own(client):
    assert 'href="/guarantees/"' in client.get("/").content.decode()


@pytest.mark.parametrize("name", FILES)
def test_tables_come_as_csv_and_as_workbook(client, name):
    query = "?i=budapest-1994&i=nato-1949" if name == "compare" else ""
    table = list(csv.reader(io.StringIO(client.get(f"{ROOM}{name}.csv{query}").content.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{ROOM}{name}.xlsx{query}").content))

    assert len(table) > 2
    assert len(next(iter(book.active.rows))) == len(table[0]) == len(set(table[0]))


def test_the_register_has_the_names_of_the_readers_language_and_its_file_for_programs_those_of_the_register(
    client,
):
    """The list is in the order of the Ukrainian alphabet: Ірландія before Латвія, and not before Албанія."""
    headers = {"Accept-Language": "uk"}
    html = client.get(ROOM, headers=headers).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{ROOM}register.xlsx", headers=headers).content))
    people = {row[1].value: row for row in book.active.iter_rows(min_row=2)}
    table = client.get(f"{ROOM}register.csv", headers=headers).content.decode("utf-8-sig")
    programs = {row["id"]: row for row in csv.DictReader(io.StringIO(table))}
    places = [
        html.index(f"<strong>{name}")
        for name in ("Албанія: довгострокова", "Ірландія: підтримка", "Латвія: довгострокова")
    ]

    assert sorted(places) == places
    assert "Велика Британія: безпекова угода з Україною, 2024" == people["ua-gb-2024"][0].value
    assert "United Kingdom: security agreement with Ukraine, 2024" == programs["ua-gb-2024"]["title"]
    assert "United Kingdom" in programs["ua-gb-2024"]["guarantors"]
    found = client.get(f"{ROOM}?q=будапештський", headers=headers).content.decode()
    assert "/guarantees/instruments/budapest-1994/" in found
    assert "/guarantees/instruments/ua-gb-2024/" not in found


def test_the_filters_of_the_register_narrow_and_a_wrong_one_is_said(client):
    assert "2 rows" in page(client, "?q=minsk")
    assert "is not in the list" in page(client, "?kind=pact", 400)
    assert "Clear them" in page(client, "?q=no+such+words")


def test_a_day_that_is_none_is_said_and_never_taken_for_today(client):
    assert "Write the day as year-month-day" in page(client, "coverage/?on=soon", 400)
    assert "nobody&#x27;s code" in page(client, "coverage/?to=XX", 400)
    assert "Nothing is owed" in page(client, "coverage/?on=1950-01-01")


def test_an_unknown_word_in_an_address_is_said(client):
    assert "nothing of this name" in page(client, "duties/?kind=love", 400)
    assert "No instrument of the register" in page(client, "compare/?i=budapest-1994&i=nowhere", 400)
    page(client, "instruments/nowhere/", 404)
    page(client, "scenarios/nowhere/", 404)


# Scenarios


@pytest.mark.parametrize("name", ready_names())
def test_a_ready_scenario_is_answered_as_worked_out_by_hand_and_says_what_it_is(client, name):
    html = page(client, f"scenarios/{name}/")

    assert "An assumption, not an event" in html
    assert "SCENARIO: " in html
    assert re.search(r"All \d+ answers expected by hand came out", html)


def test_local_time_is_the_wall_clock_of_the_instrument_and_not_that_of_the_site(client):
    """24 hours from a request at 09:30 in Kyiv end the next day at 09:30 there, which is 07:30 UTC."""
    html = plain(page(client, "scenarios/weekend-attack/"))

    assert "Sun 6 Dec 2026 09:30 Kyiv" in html
    assert "6 Dec 2026 07:30" in html


@pytest.mark.parametrize("format_", ["ics", "csv", "xlsx", "txt", "svg"])
def test_every_file_of_a_scenario_carries_the_word(client, format_):
    content = client.get(f"{ROOM}scenarios/weekend-attack.{format_}").content
    if format_ == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        lines = [str(row[0].value) for row in sheet.iter_rows(min_row=2)]
        assert sheet.title == "Scenario"
        assert lines
        assert all(line.startswith("scenario: ") for line in lines)
    else:
        assert "scenario" in content.decode("utf-8-sig").casefold()


def test_a_ceasefire_of_june_does_not_squeeze_the_day_of_september(client):
    html = page(client, "scenarios/small-violation/")

    assert "Long before, and not drawn: ceasefire in force (31 May 2026 21:00)." in plain(html)
    assert "Long before" not in page(client, "scenarios/weekend-attack/")


def test_asked_for_another_moment_the_answer_is_another(client):
    """Before the request the American duty waits for it."""
    before = plain(page(client, "scenarios/weekend-attack/?at=2026-12-05T05:00"))

    assert "As of 5 Dec 2026 07:00 Kyiv (05:00 UTC)" in before
    assert "waits for a request" in before
    assert "Write the moment as" in page(client, "scenarios/weekend-attack/?at=teatime", 400)


SCENARIO = """
schema = "pledgeline-guarantee-cases/0.1"
id = "harbour"
title = "A blockade, invented"
[[events]]
id = "b"
kinds = ["naval_blockade"]
at = "2026-12-05T04:00:00+02:00"
by = ["RU"]
against = ["UA"]
"""


def test_a_written_scenario_travels_in_its_address(client):
    answer = client.post(f"{ROOM}scenarios/write/", {"toml": SCENARIO})
    address = answer.headers["Location"]

    assert 302 == answer.status_code
    html = client.get(address).content.decode()
    assert "A blockade, invented" in html
    assert "scenarios/written.ics?s=" in html
    assert unpack(pack(SCENARIO)) == SCENARIO


def test_a_file_counts_instead_of_the_text(client):
    sent = io.BytesIO(SCENARIO.encode())
    sent.name = "mine.toml"

    assert 302 == client.post(f"{ROOM}scenarios/write/", {"toml": "nonsense", "file": sent}).status_code


FORM = {
    "count": "1",
    "title": "Formed",
    "e1-kind": "armed_attack",
    "e1-on": "2026-12-05",
    "e1-time": "04:00",
    "e1-zone": "Europe/Kyiv",
    "e1-by": "RU",
    "e1-against": "UA",
    "e1-fact_new_attack": "yes",
}


def test_the_form_gives_what_the_text_gives(client):
    answer = client.post(f"{ROOM}scenarios/write/", FORM)
    html = plain(client.get(answer.headers["Location"]).content.decode())

    assert "Formed" in html
    assert "Sun 6 Dec 2026 04:00 Kyiv" in html  # the British consultation: 24 hours from the event


def test_without_a_time_of_day_there_is_a_window(client):
    answer = client.post(f"{ROOM}scenarios/write/", FORM | {"e1-time": ""})

    assert "certainly late after" in client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"e1-time": "03:30", "e1-on": "2026-03-29"}, "does not exist there"),
        ({"e1-time": "03:30", "e1-on": "2026-10-25"}, "shows this time twice"),
        ({"e1-kind": ""}, "Say what happens"),
        ({"e1-on": ""}, "Say on which day"),
        ({"e1-on": "tomorrow"}, "year-month-day"),
        ({"e1-kind": "war"}, "is not in the list"),
        ({"e1-kind": "notice_of_termination"}, "which instrument the notice ends"),
        ({"e1-fact_persists_after": "long"}, "a duration such as"),
        ({"assume": "us-ua-guarantee-2026"}, "from which day"),
        ({"e1-about": "e7"}, "“e7” is not a known"),
    ],
)
def test_the_form_says_what_is_wrong_at_its_field(client, change, says):
    answer = client.post(f"{ROOM}scenarios/write/", FORM | change)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_another_event_begins_where_the_last_one_was(client):
    html = client.post(f"{ROOM}scenarios/write/", FORM | {"more": "1"}).content.decode()

    assert "Event 2" in html
    assert 'name="e2-on" value="2026-12-05"' in html


def test_a_row_is_added_without_a_word_about_the_others(client):
    """Who adds a row has not finished; what was written so far stays."""
    begun = FORM | {"e1-kind": "", "more_records": "1"}
    answer = client.post(f"{ROOM}scenarios/write/", begun)
    html = flat(answer)

    assert answer.status_code == 200
    assert "field-error" not in html
    assert 'name="e1-on" value="2026-12-05"' in html
    assert 'name="r1-on"' in html
    assert ["1", "1", "0"] == [
        re.search(f'name="{each}" value="(.)"', html)[1] for each in ("count", "records", "conditions")
    ]


DONE = {
    "records": "1",
    "r1-clause": "ua-gb-2024/consult",
    "r1-by": "GB",
    "r1-on": "2026-12-05",
    "r1-time": "21:30",
    "r1-zone": "Europe/Kyiv",
    "r1-about": "e1",
}
LATER = {"e1-on": "2026-12-05", "e1-episode": "winter"}


def answered(client, fields):
    """The answer to a form, as of two days after the event."""
    answer = client.post(f"{ROOM}scenarios/write/", fields)
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"] + "&at=2026-12-07T12:00")
    return {
        (entry.instrument.id, entry.obligation.id): entry.instance for entry in page.context["found"].entries
    }, plain(page.content.decode())


def test_what_was_done_is_told_by_the_form(client):
    without, _ = answered(client, FORM | LATER)
    found, html = answered(client, FORM | LATER | DONE)

    assert "overdue" == without["ua-gb-2024", "consult"].state
    assert "fulfilled" == found["ua-gb-2024", "consult"].state
    assert "overdue" == found["ua-nl-2024", "consult"].state
    assert re.search(
        r"Done ?, 5 Dec 2026 21:30 \(UTC\+02:00\), by United Kingdom ?: ua-gb-2024 consult", html
    )


def test_a_condition_is_told_by_the_form(client):
    """The American draft waits for two ratifications and for peace, which the adversary can withhold."""
    assumed = {"assume": "us-ua-guarantee-2026", "assume_on": "2026-06-01", "e1-fact_significant": "yes"}
    rows = {"conditions": "3"}
    waits_for = ("ratification/US_CONGRESS", "ratification/VERKHOVNA_RADA", "peace_agreement/")
    for number, each in enumerate(waits_for, 1):
        row = {"condition": f"us-ua-guarantee-2026/respond/{each}", "met": "yes", "on": "2026-11-01"}
        rows |= {f"c{number}-{name}": value for name, value in row.items()}
    refused = rows | {"c2-met": "no"}
    respond = ("us-ua-guarantee-2026", "respond")

    assert "blocked" == answered(client, FORM | LATER | assumed)[0][respond].state
    assert "blocked" == answered(client, FORM | LATER | assumed | refused)[0][respond].state
    found, html = answered(client, FORM | LATER | assumed | rows)
    assert "no_fixed_date" == found[respond].state
    assert "Ratification (Congress of the United States): met on 1 Nov 2026, hour not known" in html


def test_one_event_may_be_two(client):
    answer = client.post(f"{ROOM}scenarios/write/", FORM | {"e1-also": "ceasefire_violation"})
    found = client.get(answer.headers["Location"]).context["found"]

    assert ("armed_attack", "ceasefire_violation") == found.scenario.events[0].kinds


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"r1-clause": ""}, "Say which promise"),
        ({"r1-by": ""}, "Say who did it"),
        ({"r1-on": ""}, "Say on which day"),
        ({"r1-clause": "ua-gb-2024/nothing"}, "is not in the list"),
        ({"r1-how_much": "5"}, "names no number"),
        ({"r1-how_much": "-5"}, "greater than or equal to 0"),
        ({"r1-how_much": "5.5"}, "Write digits only"),
        ({"r1-clause": "ua-lv-2024/gdp-share", "r1-how_much": "5"}, "names no currency"),
        ({"conditions": "1", "c1-met": "yes"}, "Say which condition"),
        ({"e1-also": "armed_attack"}, "named already"),
    ],
)
def test_a_fault_in_what_was_done_is_said_at_its_field(client, change, says):
    answer = client.post(f"{ROOM}scenarios/write/", FORM | LATER | DONE | change)

    assert answer.status_code == 422
    assert says in answer.content.decode()


@pytest.mark.parametrize("path", ["matrix/", "coverage/", "without/?x=US&y=GB"])
def test_a_guarantor_that_is_the_adversary_is_not_passed_over(client, path):
    """The Russian Federation signed the Budapest Memorandum; for Israel no text has such a guarantor."""
    assert "other texts name it as the adversary" in page(client, path)
    assert "other texts name it as the adversary" not in page(client, "matrix/?to=IL")


NONSENSE = [
    "",
    "=",
    "[[",
    "\ufeff",
    "é",
    "x" * 300_000,
    "a = 1",
    "[[case]]",
    'schema = "x"',
    "null",
    "{}",
    "\r\n\r\n",
]
KEYS = [
    *FORM,
    "assume",
    "assume_on",
    "e1-status",
    "e1-instrument",
    "e1-about",
    "e1-episode",
    "e1-fact_persists_after",
]


@pytest.mark.parametrize("text", NONSENSE)
def test_a_broken_text_gives_findings_and_no_failure(client, text):
    answer = client.post(f"{ROOM}scenarios/write/", {"toml": text})

    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", ["", "<script>", "9999999999", "0001-01-01", 'a"\n[[x]]', "9999-12-31"])
def test_a_broken_form_gives_findings_and_no_failure(client, key, value):
    """Eighty forms and more, each with one field spoiled: an answer, or the form with what is wrong."""
    answer = client.post(f"{ROOM}scenarios/write/", FORM | {key: value})
    if answer.status_code == 302:
        answer = client.get(answer.headers["Location"])
        assert answer.status_code == 200
    else:
        assert answer.status_code == 422
    assert "<script>" not in answer.content.decode()


@pytest.mark.parametrize(
    "packed", ["", "x", "AAAA", "eJw", pack(SCENARIO)[:-4], pack("x" * 1_000_000), pack("a=["), "%ff"]
)
def test_an_address_that_was_cut_or_made_up_is_said(client, packed):
    answer = client.get(f"{ROOM}scenarios/written/", {"s": packed})

    assert answer.status_code == 400
    assert "cannot be answered" in answer.content.decode()


DEEP = [
    ".".join(["a"] * 16_000) + "=1",  # took 1.1 GB
    "[" + ".".join(["a"] * 29_000) + "]",
    "a=" + "[" * 25_000 + "]" * 25_000,
    "a=" + "[" * 300 + "1," * 29_000 + "]" * 300,
    "a={" + ".".join(["'b'"] * 14_000) + "=1}",
]


@pytest.mark.parametrize("text", DEEP)
def test_a_short_address_that_would_take_all_memory_is_refused(client, text):
    """A link that anybody can make, and put as a picture on any page."""
    address = {"s": pack(text)}
    assert len(address["s"]) < 400

    answer = client.get(f"{ROOM}scenarios/written/", address)

    assert answer.status_code == 400
    assert "more than 20 steps deep" in answer.content.decode()
    assert "Line 1" in answer.content.decode()
    assert (
        "more than 20 steps deep" in client.post(f"{ROOM}scenarios/write/", {"toml": text}).content.decode()
    )
    assert client.get(f"{ROOM}scenarios/written.ics", address).status_code == 404


def test_an_address_of_two_endless_keys_is_not_unpacked(client):
    """272 characters for two keys of 90,000 parts: more than any scenario has to say."""
    text = ".".join(["a"] * 90_000) + "=1\n[" + ".".join(["a"] * 90_000) + "]"

    answer = client.get(f"{ROOM}scenarios/written/", {"s": pack(text)})

    assert answer.status_code == 400
    assert "it is too long" in answer.content.decode()


def test_a_scenario_too_long_for_an_address_says_the_way_out(client):
    events = "".join(
        f'[[events]]\nid = "e{n}"\nkinds = ["armed_attack"]\nat = "2026-12-05T04:{n % 60:02}:{n % 59:02}+02:00"\n'
        f'note = "{n * 7919 % 100003}-{n * 104729 % 1000003}-{n * n * 31 % 999983}"\n'
        for n in range(700)
    )
    text = f'schema = "pledgeline-guarantee-cases/0.1"\nid = "long"\n{events}'

    assert (
        "too long for an address" in client.post(f"{ROOM}scenarios/write/", {"toml": text}).content.decode()
    )


@pytest.mark.parametrize("unseen", ["\u202e", "\u2066", "\u200b", "\\u202E", "\\u2067"])
@pytest.mark.parametrize("format_", ["", ".ics", ".csv", ".txt", ".svg", ".toml"])
def test_an_address_that_anybody_can_make_turns_no_line_round(client, unseen, format_):
    """A letter that turns the direction of what follows reaches neither page, text nor calendar."""
    text = SCENARIO.replace("A blockade, invented", f"Drill{unseen}gnp.evil").replace(
        'against = ["UA"]', f'against = ["UA"]\nepisode = "ep{unseen}-1"\nnote = "n{unseen}"'
    )
    address = f"{ROOM}scenarios/written{format_ or '/'}"
    answer = client.get(address, {"s": pack(text)})
    shown = answer.content.decode("utf-8-sig")

    assert (404 if format_ else 400) == answer.status_code
    assert not [letter for letter in shown if unicodedata.bidirectional(letter) in BIDI_CONTROLS]
    assert "\u200b" not in shown


def test_the_page_that_changes_a_scenario_writes_them_out(client):
    text = SCENARIO.replace("A blockade, invented", "Drill\u202egnp.evil")
    html = client.get(f"{ROOM}scenarios/write/", {"s": pack(text)}).content.decode()

    assert "Drill‹U+202E›gnp.evil" in html
    assert "\u202e" not in html


@pytest.mark.parametrize("more", [{"to": "PL"}, {"on": "2020-01-01"}])
def test_who_leaves_may_owe_nothing_to_another_beneficiary_or_yet(client, more):
    """The form of the moment hands on who leaves: the page says that nothing falls away."""
    assert 200 == client.get("/guarantees/without/", {"x": "FR", **more}).status_code
    assert 400 == client.get("/guarantees/without/", {"x": "XX", **more}).status_code
