"""The room of guarantees in a browser: readable for everybody, at every width, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.soundness import clipped, faults

PAGES = [
    "/guarantees/",
    "/guarantees/obligations/",
    "/guarantees/matrix/",
    "/guarantees/coverage/",
    "/guarantees/coverage/?on=soon&to=XX",
    "/guarantees/duties/?kind=consult&event=armed_attack",
    "/guarantees/compare/?i=budapest-1994&i=minsk-2-2015&i=paris-declaration-2026",
    "/guarantees/without/?x=US&y=GB",
    "/guarantees/funding/",
    "/guarantees/vetoes/",
    "/guarantees/now/",
    "/guarantees/scenarios/",
    "/guarantees/scenarios/weekend-attack/",
    "/guarantees/scenarios/sabotage/",
    "/guarantees/scenarios/write/",
    "/guarantees/instruments/paris-declaration-2026/",
    "/guarantees/instruments/ua-us-2024/",
    "/sign-in/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_barrier_and_cuts_nothing_off_at_any_width(open_page, path):
    page = open_page(path, refused=400 if "on=soon" in path else 0)

    assert faults(page) + clipped(page) == []


def test_a_scenario_is_written_without_scripts(open_page):
    page = open_page("/guarantees/scenarios/write/", scripts=False)
    page.get_by_label("What happens").select_option("naval_blockade")
    page.get_by_label("By", exact=True).select_option("RU")
    page.get_by_label("Title").fill("A blockade, invented")
    page.get_by_role("button", name="Show who owes what").first.click()

    assert page.get_by_role("heading", level=1).inner_text() == "A blockade, invented"
    assert "An assumption, not an event" in page.get_by_role("note").inner_text()


def test_a_filter_narrows_the_register_in_place(open_page):
    page = open_page("/guarantees/")
    page.get_by_label("Words").fill("minsk")
    page.get_by_text("2 rows").wait_for()

    expect(page).to_have_url(re.compile("q=minsk"))


SCREEN = 740
"""Units: px, the height of a telephone's window."""


def screens(page) -> float:
    return page.evaluate("document.documentElement.scrollHeight") / SCREEN


def test_the_duty_officer_answers_where_the_question_stands(open_page):
    """On a telephone, in place: the address carries the answer, and Back takes it away again."""
    page = open_page("/guarantees/", width=360)
    page.get_by_role("link", name=re.compile("It has happened now")).first.click()
    page.get_by_label("By whom").select_option("RU")
    page.get_by_role("button", name="Who owes what, by when?").click()
    expect(page.get_by_role("heading", name=re.compile("duties wait for 1 fact"))).to_be_visible()
    asked = page.url

    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("heading", name="Send 7 requests.")).to_be_visible()
    expect(page).not_to_have_url(asked)
    assert "/scenarios/written/?s=" in page.url
    page.go_back()
    expect(page.get_by_role("heading", name=re.compile("duties wait for 1 fact"))).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="7 requests to send first")).to_be_visible()
    page.locator(".request-list summary", has_text="France").click()
    expect(page.locator(".request-text", has_text="To: France")).to_be_visible()
    page.get_by_role("button", name=re.compile("start the clocks")).click()
    expect(page.get_by_role("heading", name="7 requests to send first")).to_have_count(0)
    expect(page.get_by_role("link", name="Calendar").first).to_be_visible()


def test_a_report_is_six_screens_of_a_telephone_at_most_and_begins_with_the_next_act(open_page, fitted_out):
    """Kept for a programme under a short address, which stays the same whatever is answered."""
    page = open_page("/guarantees/now/", width=360, signed_in="planner")
    page.set_viewport_size({"width": 360, "height": SCREEN})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_label("By whom").select_option("RU")
    page.get_by_role("button", name="Who owes what, by when?").click()
    expect(page).to_have_url(re.compile(r"/guarantees/scenarios/[a-z]{3}[0-9]{3}/$"))
    address = page.url
    act = page.locator("#next-act")
    expect(act).to_have_text("Answer 1 question.")
    assert act.bounding_box()["y"] < SCREEN
    assert screens(page) <= 6

    page.get_by_role("button", name="Yes").click()
    expect(act).to_have_text("Send 7 requests.")
    assert screens(page) <= 6
    page.locator(".request-list summary", has_text="France").click()
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "To: France\nFrom: Ukraine\nSubject: request under" in page.evaluate(
        "navigator.clipboard.readText()"
    )
    page.get_by_role("button", name=re.compile("start the clocks")).click()
    expect(act).to_have_text(re.compile("^Next deadline: "))
    assert (address, True) == (page.url, screens(page) <= 6)
    assert faults(page) == []


def test_an_open_fact_is_answered_without_scripts(open_page):
    page = open_page("/guarantees/scenarios/ceasefire-never/", scripts=False, width=390)
    page.get_by_role("spinbutton", name="Hours").fill("96")
    page.get_by_role("button", name="Answer", exact=True).first.click()

    assert "/scenarios/written/?s=" in page.url
    expect(page.get_by_role("heading", name=re.compile("duty waits|duties wait"))).to_have_count(0)
