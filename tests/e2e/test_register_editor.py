"""An editor of the register in a real browser: signs in, corrects an instrument, connects it with the books."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.soundness import faults

DENMARK = "/guarantees/instruments/ua-dk-2024/"


@pytest.fixture
def desk(open_page):
    return open_page("/guarantees/", refused=422, signed_in="editor")


def go(page, path: str) -> None:
    page.goto(re.match(r"https?://[^/]+", page.url)[0] + path)


def has_no_barrier(page) -> None:
    assert faults(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})


def test_an_instrument_is_corrected_seen_before_it_is_saved_and_withdrawn_again(desk):
    go(desk, DENMARK)
    desk.get_by_role("link", name="Change it").click()
    text = desk.get_by_label("Text (TOML)")
    right = text.input_value()

    text.fill(right.replace('kind = "funding"', 'kind = "fundign"', 1))
    desk.get_by_role("button", name="Check, and show what it changes").click()
    line = right[: right.index('kind = "funding"')].count("\n") + 1
    expect(desk.get_by_text(f"Line {line}:")).to_be_visible()
    expect(desk.get_by_text("Did you mean “funding”?")).to_be_visible()
    has_no_barrier(desk)

    desk.get_by_label("Text (TOML)").fill(right.replace('kind = "funding"', 'kind = "demining"'))
    desk.get_by_role("button", name="Check, and show what it changes").click()
    altered = desk.get_by_role("region", name="What this changes in the coverage")
    expect(altered.get_by_role("row", name="demining Denmark").first).to_be_visible()
    expect(altered.get_by_text("now covered").first).to_be_visible()
    has_no_barrier(desk)

    desk.get_by_label("Reason").fill("Tried in a browser")
    desk.get_by_role("button", name="Save this version").click()
    expect(desk.get_by_text("version 1, written here by editor")).to_be_visible()
    desk.get_by_role("link", name="Versions").first.click()
    expect(desk.get_by_text("Tried in a browser")).to_be_visible()
    expect(desk.get_by_text('kind = "demining"').first).to_be_visible()
    has_no_barrier(desk)

    go(desk, f"{DENMARK}withdraw/")
    desk.get_by_label("Reason").fill("It was a trial")
    desk.get_by_role("button", name="Withdraw it").click()
    expect(desk.get_by_text("written here by editor")).to_be_hidden()


def test_a_promise_of_money_is_measured_by_the_invented_books(desk):
    """Received 14,559,000 (put right from 14,560,000) and 8,736,000 euros; what they bought was priced in dollars."""
    go(desk, f"{DENMARK}?on=2025-12-31")
    duty = desk.locator("#fund-2023-2028")
    duty.get_by_text("Measured by which contributions").click()
    duty.get_by_label("Programme").select_option("year")
    duty.get_by_label("Reference of the contribution").fill("C03")
    duty.get_by_role("button", name="Connect it").click()

    go(desk, f"{DENMARK}?on=2025-12-31")
    row = desk.get_by_role("table", name="Promised, received, accepted").get_by_role("row").nth(1)
    said = row.inner_text().replace("\u00a0", " ")
    assert "EUR 8,500,000,000" in said
    assert "EUR 23,295,000" in said
    assert "EUR 0 and USD 17,590,500" in said.replace("\n", " ")
    assert "EUR 8,476,705,000" in said
    has_no_barrier(desk)
