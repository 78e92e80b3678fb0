"""The duty officer at four in the morning: open facts are answered where they stand, and change the answer."""

import random
import re
import string
from html import unescape
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from pledgeline.web.guarantees.told import LONGEST_PACKED, pack, unpack

pytestmark = pytest.mark.django_db

ROOM = "/guarantees/"
REPORTED = {
    "count": "1",
    "e1-kind": "armed_attack",
    "e1-on": "2026-12-05",
    "e1-time": "04:00",
    "e1-zone": "Europe/Kyiv",
    "e1-against": "UA",
}
HEAD = 'schema = "pledgeline-guarantee-cases/0.1"\nid = "drill"\ntitle = "A drill"\n'
EVENT = (
    '[[events]]\nid = "e1"\nkinds = ["armed_attack"]\nat = "2026-12-05T04:00:00+02:00"\n'
    'by = ["RU"]\nagainst = ["UA"]\n'
)


class Forms(HTMLParser):
    """The forms of a page that ask for a fact: what a browser without scripts would send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.asked: dict[str, tuple[str, dict[str, str]]] = {}
        self._action, self._sent = "", {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self._action, self._sent = said.get("action", ""), {}
        elif tag == "input" and said.get("type") == "hidden":
            self._sent[said["name"]] = said.get("value") or ""
            if said["name"] == "fact":
                self.asked.setdefault(said["value"], (self._action, self._sent))


def told(client, text: str, **more):
    return client.get(f"{ROOM}scenarios/written/", {"s": pack(text), **more})


def answer(client, page, fact: str, value: str, **more):
    """Answer a question of a page as its form does, and give the page to which that leads."""
    action, sent = Forms(page.content.decode()).asked[fact]
    return client.get(action, {**sent, "answer": value, **more}, follow=True)


def states(page) -> dict[str, str]:
    return {
        entry.instrument.id: entry.instance.state.value
        for entry in page.context["found"].entries
        if entry.obligation.id == "consult"
    }


def plain(page) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.content.decode())))


def test_an_attack_of_which_two_facts_are_open_asks_for_both_and_never_says_that_nothing_is_owed(client):
    page = client.post(f"{ROOM}scenarios/write/", REPORTED, follow=True)
    waiting = {
        (entry.instrument.id, entry.obligation.id)
        for entry in page.context["found"].entries
        if entry.instance.state == "undetermined"
    }

    assert f"{len(waiting)} duties wait for 2 facts: answer them here" in plain(page)
    assert len(waiting) > 40
    assert "Nothing is owed" not in plain(page)
    assert {"new_attack", "by"} == set(Forms(page.content.decode()).asked) - {"against"}


def test_both_answered_without_scripts_the_first_things_stand_there(client):
    """Ukraine has seven requests to make; four consultations are due at 04:00 in Kyiv the next day."""
    page = client.post(f"{ROOM}scenarios/write/", REPORTED, follow=True)
    page = answer(client, page, "by", "RU")
    assert "duties wait for 1 fact: answer it here" in plain(page)
    page = answer(client, page, "new_attack", "yes")

    assert "duties wait" not in plain(page)
    assert "7 requests to send first" in plain(page)
    assert "Do this now Send 7 requests." in plain(page)
    assert "Sun 6 Dec, 04:00 Kyiv 6 Dec 2026 02:00 UTC, in 24 h 00 min" in plain(page)
    assert "Only has to decide" in plain(page)
    assert (
        "SCENARIO, not an event. To: France From: Ukraine Subject: request under “France: security agreement with"
        " Ukraine, 2024”, provision " in plain(page)
    )
    assert "Ukraine makes this request under" in plain(page)
    calendar = re.search(r'href="([^"]*written\.ics[^"]*)"', page.content.decode())[1]
    assert 4 == client.get(unescape(calendar)).content.decode().count("BEGIN:VEVENT")


def test_the_answer_names_parties_and_agreements_in_the_language_of_whoever_reads(client):
    """On the page, in the letter and in the calendar; files for programs keep the names of the register."""
    client.post("/language/", {"language": "uk", "next": "/"})
    sent = {"s": pack(HEAD + EVENT + "facts = { new_attack = true }\n"), "at": "2026-12-05T02:30Z"}
    page = plain(client.get(f"{ROOM}scenarios/written/", sent))
    calendar = client.get(f"{ROOM}scenarios/written.ics", sent).content.decode().replace("\r\n ", "")
    table = client.get(f"{ROOM}scenarios/written.csv", sent).content.decode()

    assert (
        "Кому: Франція Від кого: Україна Тема: запит на підставі документа «Франція: безпекова угода з Україною, 2024»,"
        " положення " in page
    )
    assert "Україна надсилає цей запит на підставі документа «Agreement on security cooperation" in page
    assert "СЦЕНАРІЙ: Велика Британія\\, Україна: проводити консультації" in calendar
    assert "United Kingdom: security agreement with Ukraine, 2024" in table
    assert "France: security agreement with Ukraine" not in page


def test_the_requests_sent_start_their_clocks(client):
    page = told(client, HEAD + EVENT + "facts = { new_attack = true }\n", at="2026-12-05T02:30Z")
    assert "conditional" == states(page)["ua-fr-2024"]
    page = answer(client, page, "request", "UA")

    assert "due" == states(page)["ua-fr-2024"]
    assert "Sun 6 Dec, 04:30 Kyiv" in plain(page)
    assert "to send first" not in plain(page)
    assert page.context["found"].as_of.isoformat() == "2026-12-05T02:30:00+00:00"


def test_an_answer_is_carried_by_the_address_and_by_nothing_else(client):
    page = answer(client, told(client, HEAD + EVENT), "new_attack", "yes")
    (address, status), *_ = page.redirect_chain
    sent = parse_qs(urlsplit(address).query)

    assert 302 == status
    assert {"s"} == set(sent)
    assert "facts = { new_attack = true }" in unpack(sent["s"][0])
    assert states(page) == states(client.get(address))


def test_no_and_not_known_are_answers_too(client):
    yes = answer(client, told(client, HEAD + EVENT), "new_attack", "yes")
    no = answer(client, yes, "new_attack", "no")
    unknown = answer(client, no, "new_attack", "unknown")

    assert "due" == states(yes)["ua-gb-2024"]
    assert "ua-gb-2024" not in states(no)
    assert "Nothing is owed that waits for an event" not in plain(unknown)
    assert "undetermined" == states(unknown)["ua-gb-2024"]


def test_a_ready_scenario_answered_becomes_one_of_ones_own(client):
    """Its moment goes along; the answers worked out by hand do not, and the ready one stays as it is."""
    ready = client.get(f"{ROOM}scenarios/weekend-attack/")
    page = answer(client, ready, "new_attack", "no")

    assert page.redirect_chain[0][0].startswith(f"{ROOM}scenarios/written/?s=")
    assert ready.context["found"].as_of == page.context["found"].as_of
    assert "Worked out by hand" in plain(ready)
    assert "Worked out by hand" not in plain(page)
    assert "due" == states(client.get(f"{ROOM}scenarios/weekend-attack/"))["ua-gb-2024"]


@pytest.mark.parametrize("name", ["ceasefire-never", "small-violation"])
def test_an_open_fact_of_a_ready_scenario_is_answered_there(client, name):
    """How long the violation goes on nobody has said; after 96 hours the third tier is no longer undetermined."""
    page = client.get(f"{ROOM}scenarios/{name}/")
    assert ["persists_after"] == [question.fact for question in page.context["facts"].first]
    assert "for 1 fact: answer it here" in plain(page)

    after = answer(client, page, "persists_after", "96")
    assert () == after.context["facts"].first
    assert "undetermined" not in {entry.instance.state for entry in after.context["found"].entries}


def test_the_day_and_whose_guarantees_are_kept(client):
    page = answer(client, told(client, HEAD + EVENT, to="FR", standing="1"), "new_attack", "yes")
    kept = parse_qs(urlsplit(page.redirect_chain[0][0]).query)

    assert ["FR"] == kept["to"]
    assert ["1"] == kept["standing"]


@pytest.mark.parametrize(
    ("event", "fact", "value", "more", "says"),
    [
        (EVENT.replace('by = ["RU"]\n', ""), "by", "RU", {}, 'by = ["RU"]'),
        (EVENT.replace('against = ["UA"]\n', ""), "against", "UA", {}, 'against = ["UA"]'),
        (EVENT + 'status = "alleged"\n', "attribution", "yes", {}, 'status = "confirmed"'),
        (
            EVENT.replace("armed_attack", "ceasefire_violation"), "persists_after", "72", {},
            'facts = { persists_after = "PT72H" }',
        ),
    ],
)  # fmt: skip
def test_what_is_not_answered_by_yes_or_no_is_answered_too(client, event, fact, value, more, says):
    page = told(client, HEAD + ASSUMED + event)
    assert fact in Forms(page.content.decode()).asked
    after = answer(client, page, fact, value, **more)

    assert 200 == after.status_code
    assert says in unpack(parse_qs(urlsplit(after.redirect_chain[0][0]).query)["s"][0])
    assert fact not in {question.fact for question in after.context["facts"].first}


ASSUMED = 'assume_in_force = [{ instrument = "ceasefire-response-2026", on = 2026-06-01 }]\n'


ACCESSION = '[[events]]\nid = "a"\nkinds = ["accession"]\nat = "2026-12-05T12:00:00+02:00"\nby = ["UA"]\nto = "NATO"\n'


@pytest.mark.parametrize(("hour", "state"), [("04:00", "due"), ("15:00", "not_in_force")])
def test_an_hour_is_asked_where_the_instrument_ended_that_day(client, hour, state):
    """The British agreement ends with an accession at noon; before it there is a duty, after it none."""
    event = (
        EVENT.replace('at = "2026-12-05T04:00:00+02:00"', "on = 2026-12-05")
        + "facts = { new_attack = true }\n"
    )
    page = told(client, HEAD + 'instruments = ["ua-gb-2024"]\n' + event + ACCESSION, at="2026-12-05T20:00Z")
    assert "undetermined" == states(page)["ua-gb-2024"]
    assert "(Kyiv)" in plain(page)

    assert state == states(answer(client, page, "time", hour))["ua-gb-2024"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"event": "e9"}, "“e9” is no event of this scenario"),
        ({"event": ""}, "is no event of this scenario"),
        ({"answer": "perhaps"}, "“perhaps” is no answer"),
        ({"answer": ""}, "is no answer"),
        ({"fact": "love"}, "is no answer"),
        ({"fact": "by", "answer": "XX"}, "“XX” is no answer"),
        ({"fact": "persists_after", "answer": "-1"}, "is no answer"),
        ({"fact": "persists_after", "answer": "99999"}, "is no answer"),
        ({"fact": "time", "answer": "04:00", "zone": "Europe/Kyiv"}, "is no answer"),
        ({"fact": "request", "answer": "nobody"}, "is no answer"),
    ],
)
def test_an_answer_that_is_none_is_said_and_changes_nothing(client, sent, says):
    usual = {"s": pack(HEAD + EVENT), "event": "e1", "fact": "new_attack", "answer": "yes"}
    page = client.get(f"{ROOM}scenarios/written/answer/", usual | sent)

    assert 422 == page.status_code
    assert says in plain(page)
    assert "undetermined" == states(page)["ua-gb-2024"]


@pytest.mark.parametrize(
    ("day", "sent", "says"),
    [
        ("2026-03-29", {"answer": "03:30", "zone": "Europe/Kyiv"}, "does not exist there"),
        ("2026-10-25", {"answer": "03:30", "zone": "Europe/Kyiv"}, "shows this time twice"),
        ("2026-12-05", {"answer": "teatime", "zone": "Europe/Kyiv"}, "hours and minutes"),
        ("2026-12-05", {"answer": "04:00", "zone": "Mars/Olympus"}, "clock is not known"),
    ],
)
def test_an_hour_that_cannot_be_is_said(client, day, sent, says):
    event = EVENT.replace('at = "2026-12-05T04:00:00+02:00"', f"on = {day}")
    usual = {"s": pack(HEAD + event), "event": "e1", "fact": "time"}
    page = client.get(f"{ROOM}scenarios/written/answer/", usual | sent)

    assert 422 == page.status_code
    assert says in plain(page)


def test_an_hour_is_taken_by_the_clock_of_the_instrument(client):
    event = EVENT.replace('at = "2026-12-05T04:00:00+02:00"', "on = 2026-12-05")
    usual = {"s": pack(HEAD + event), "event": "e1", "fact": "time", "answer": "04:00", "zone": "Europe/Kyiv"}
    page = client.get(f"{ROOM}scenarios/written/answer/", usual, follow=True)

    assert "2026-12-05T04:00:00+02:00" == page.context["found"].scenario.events[0].when.at.isoformat()


def test_an_answer_that_makes_the_address_too_long_says_the_way_out(client):
    """The scenario fits exactly; with a fact more it does not."""
    letters = random.Random(4).choices(string.ascii_letters + string.digits, k=LONGEST_PACKED)
    texts = (
        HEAD + EVENT + f'note = "{"".join(letters[:length])}"\n' for length in range(LONGEST_PACKED, 0, -1)
    )
    text = next(text for text in texts if len(pack(text)) <= LONGEST_PACKED)
    page = told(client, text)
    refused = answer(client, page, "new_attack", "yes")

    assert 200 == page.status_code
    assert 422 == refused.status_code
    assert "too long for an address" in plain(refused)
    assert "undetermined" == states(refused)["ua-gb-2024"]


def test_an_address_that_cannot_be_read_is_said_on_answering_too(client):
    page = client.get(f"{ROOM}scenarios/written/answer/", {"s": "AAAA", "event": "e1"})

    assert 400 == page.status_code
    assert "cannot be answered" in plain(page)
    assert 404 == client.get(f"{ROOM}scenarios/nowhere/answer/").status_code


def many_events(number: int, instruments: str = "") -> str:
    events = ",\n".join(
        f'{{ id = "e{index}", kinds = ["armed_attack"], on = 2026-12-05 }}' for index in range(number)
    )
    return f"{HEAD}{instruments}events = [{events}]\n"


@pytest.mark.parametrize("file", ["", "csv", "ics", "txt", "svg"])
def test_an_address_cannot_ask_for_more_than_a_page_answers(client, file):
    """One address of four thousand letters would occupy the site for a minute, and give sixty million characters."""
    packed = {"s": pack(many_events(1_000))}
    address = f"{ROOM}scenarios/written.{file}" if file else f"{ROOM}scenarios/written/"
    page = client.get(address, packed)

    assert (404 if file else 400) == page.status_code
    assert file or "Leave events out, name the instruments that matter" in plain(page)
    assert file or packed["s"] in page.content.decode()  # what was written is not lost


@pytest.mark.parametrize(
    ("number", "instruments", "status"),
    [
        (20, "", 200),
        (21, "", 400),
        (21, 'instruments = ["ua-gb-2024"]\n', 200),
        (100, 'instruments = ["ua-gb-2024"]\n', 200),
        (101, 'instruments = ["ua-gb-2024"]\n', 400),
    ],
)
def test_how_many_events_are_answered_depends_on_the_duties_they_are_asked_of(
    client, number, instruments, status
):
    """211 duties ship, so 20 x 211 = 4,220 of 4,400; an instrument counts for 44 at least, so a hundred events."""
    assert status == told(client, many_events(number, instruments)).status_code


def test_the_picture_does_not_say_that_nothing_is_owed_while_facts_are_open(client):
    page = told(client, HEAD + EVENT)

    assert "no due times, facts are open" in plain(page)
    assert "nothing is owed that waits" not in plain(page)


def test_it_has_happened_now_leads_to_the_questions(client):
    """Where, what, by whom, since when: only what matters beside that is asked then."""
    html = client.get(f"{ROOM}now/").content.decode()
    names = set(re.findall(r'name="(e1-[a-z]+)"', html))

    assert {"e1-kind", "e1-by", "e1-against", "e1-on", "e1-time", "e1-zone"} == names
    page = client.post(f"{ROOM}now/", REPORTED | {"e1-by": "RU"}, follow=True)
    assert "Armed attack, 2026-12-05 04:00" in plain(page)
    assert "/scenarios/written/?s=" in page.redirect_chain[0][0]
    assert "duties wait for 1 fact: answer it here" in plain(page)


def test_text_and_calendar_say_that_duties_wait(client):
    text = client.get(f"{ROOM}scenarios/written.txt", {"s": pack(HEAD + EVENT)}).content.decode()
    calendar = client.get(f"{ROOM}scenarios/written.ics", {"s": pack(HEAD + EVENT)}).content.decode()

    assert re.search(r"\d+ duties wait for 1 fact", text)
    assert "Nothing is owed" not in text
    assert re.search(r"X-WR-CALDESC:Scenario. \d+ duties wait for 1 fact", calendar)
