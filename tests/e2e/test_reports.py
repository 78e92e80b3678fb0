"""A person and a report in a real browser: one key for a right candidate, three actions for a claim by hand."""

import pytest
from playwright.sync_api import expect

from pledgeline.accounts.stand_ins import PLACE
from tests.e2e.soundness import faults

AT = f"/p/{PLACE}/reports/"

SELECT = """(words) => {
  const stored = document.getElementById("stored");
  const walker = document.createTreeWalker(stored, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  while (walker.nextNode()) { nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data; }
  const start = text.indexOf(words), end = start + words.length;
  const at = (place) => nodes.filter(([, begun]) => begun <= place).pop();
  const [first, firstAt] = at(start), [last, lastAt] = at(end - 1);
  getSelection().setBaseAndExtent(first, start - firstAt, last, end - lastAt);
}"""


@pytest.fixture
def desk(open_page):
    return open_page(f"{AT}D1/", signed_in="planner")


def pressed(page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def test_one_key_accepts_and_three_actions_make_a_claim_by_hand(desk):
    expect(desk.locator(".claim-card.is-open")).to_have_count(4)
    first = desk.locator(".claim-card.is-current")
    expect(first).to_contain_text("Northland · pledged · USD 2,950,000")
    expect(first).to_contain_text("agrees with A01-1")
    assert [] == faults(desk)

    pressed(desk, "a")
    expect(desk.locator(".claim-card.is-open")).to_have_count(3)
    expect(desk.locator(".claim-card.is-current")).to_contain_text("Eastmere")

    desk.evaluate(SELECT, "This is a promise, and we keep what we promise")
    actions = 0
    for key in ("m", "Enter"):
        pressed(desk, key)
        actions += 1
    assert actions <= 3
    expect(desk.get_by_role("heading", name="Made by hand")).to_be_visible()

    desk.keyboard.press("j")
    expect(desk.locator(".claim-card.is-current")).to_contain_text("a part of another sum")
    pressed(desk, "r")
    pressed(desk, "e")
    expect(desk.locator("[name=amount]")).to_have_value("USD 13 million")
    desk.evaluate(SELECT, "Northland")
    desk.keyboard.press("2")
    expect(desk.locator("[name=donors]")).to_have_value("Northland")
    assert [] == faults(desk)


def test_without_a_script_the_forms_do_the_same(open_page):
    page = open_page(f"{AT}D2/", signed_in="planner", scripts=False)

    number = page.locator(".claim-card.is-open").count()
    page.get_by_role("button", name="Accept").first.click()
    expect(page.locator(".claim-card.is-open")).to_have_count(number - 1)
    page.get_by_label("Make a claim by hand").fill("others had spoken of a promise")
    page.get_by_role("button", name="Make a claim").click()
    page.get_by_role("button", name="Make it a claim").click()
    expect(page.get_by_role("heading", name="Made by hand")).to_be_visible()
