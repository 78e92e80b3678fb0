"""Long answers come in pages: no address of a scenario makes a page of megabytes, and no line is lost between pages."""

import re

import pytest

from pledgeline.guarantees import ObligationState, Timeline
from pledgeline.guarantees.timeline import TimelineEntry, gathered
from pledgeline.web.guarantees.told import LONGEST_PACKED, pack
from tests.web.guarantees.test_answers import HEAD, ROOM, plain, told
from tests.web.html import flat

pytestmark = pytest.mark.django_db

LARGEST_PAGE = 1_000_000
"""Units: bytes, unpacked."""

ROW = re.compile(r'<td class="day-cell" data-label="Due, local time"')


def attacks(number: int, against: str = '["UA", "PL", "EE"]', more: str = "") -> str:
    """Write a scenario in which each event is an episode of its own, against states that many texts protect."""
    events = ",\n".join(
        f'{{ id = "e{n}", kinds = ["armed_attack"], at = "2026-12-05T04:00:00+02:00", by = ["RU"], '
        f'against = {against}, episode = "ep-{n}", facts = {{ new_attack = true }} }}'
        for n in range(number)
    )
    return f"{HEAD}{more}events = [{events}]\n"


def ended(found: Timeline) -> list[TimelineEntry]:
    """List what an event would open if its instrument were in force."""
    return [entry for entry in found.in_states(ObligationState.NOT_IN_FORCE) if entry.instance.episode]


def test_twenty_attacks_come_in_pages_that_hold_every_line_once(client):
    """Twenty-eight made one page of four million characters; a hundred of fourteen million, in four seconds."""
    text = attacks(20)
    first = told(client, text)
    found = first.context["found"]
    shown = (found.owed, found.to_decide, found.to_ask, found.held_up, found.powers, found.done)
    total = sum(len(gathered(entries)) for entries in (*shown, ended(found)))
    pages = [told(client, text, page=number) for number in range(1, total // 100 + 2)]

    assert 500 < total
    assert all(page.status_code == 200 for page in pages)
    assert max(len(page.content) for page in pages) < LARGEST_PAGE
    assert [100] * (total // 100) + [total % 100] == [
        len(ROW.findall(page.content.decode())) for page in pages
    ]
    assert 400 == told(client, text, page=len(pages) + 1).status_code


def test_a_part_that_begins_on_another_page_is_linked_there(client):
    html = flat(told(client, attacks(20)))
    (query,) = re.findall(r'<a href="(\?[^"]+)#part-held"', html)

    other = flat(client.get(f"{ROOM}scenarios/written/{query.replace('&amp;', '&')}"))

    assert 'id="part-held"' in other
    assert 'id="part-held"' not in html


def test_the_other_pages_hold_lines_alone(client):
    html = told(client, attacks(20), page=2).content.decode()

    assert "as-of" not in html.partition('<div id="lines">')[0]
    for name in ("findout", "first", "phone", "events", "title-guarantees-due"):
        assert f'id="{name}"' not in html


def test_what_is_left_out_of_the_first_page_is_said(client):
    text = plain(told(client, attacks(20)))

    assert re.search(r"The first 80 of \d[\d,.\u00a0]*\d are drawn; the file has all of them", text)
    assert "The 20 on which most hangs are asked here" in text
    assert "… The file has all of it." in text


@pytest.mark.parametrize("number", [100, 400, 800])
def test_more_events_are_refused_with_the_place_and_a_way_out(client, number):
    """400 events took half a minute and gave 55 MB; eight at a time stopped the site for everybody."""
    page = told(client, attacks(number))

    assert 400 == page.status_code
    assert ("more events than a page answers" if number == 100 else "it is too long") in plain(page)
    assert "at the command line" in plain(page)


@pytest.mark.parametrize(
    "text",
    [
        attacks(1, against="[" + ", ".join(['"UA"'] * 7_000) + "]"),
        attacks(1, against="[" + ", ".join(f'"Q{n}"' for n in range(1_700)) + "]"),
        attacks(8, against="[" + ", ".join(['"UA"'] * 900) + "]"),
        attacks(1, more=f'title = "{"x" * 50_000}"\n'),
        attacks(4, more="instruments = [" + ", ".join(['"ua-gb-2024"'] * 3_000) + "]\n"),
        HEAD + "\n".join(f"[[events]]\nid = {n}" for n in range(1_700)),
        "\n".join(f"[a{n}]" for n in range(1_900)),
    ],
    ids=[
        "one side many times",
        "sides nobody knows",
        "sides of events",
        "title",
        "instruments",
        "faults",
        "tables",
    ],
)
def test_no_short_address_makes_a_long_page(client, text):
    assert len(pack(text)) <= LONGEST_PACKED
    page = told(client, text)

    assert page.status_code in (200, 400)
    assert len(page.content) < LARGEST_PAGE
