"""What was done, in a real browser: it is sound at every width, narrowed without a new page, and opens."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.soundness import faults


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_the_list_and_an_event_have_no_barrier(open_page, width, dark):
    page = open_page("/audit/", width=width, dark=dark, signed_in="auditor")
    assert faults(page) == []

    page.get_by_role("main").locator("td a").first.click()
    expect(page).to_have_url(re.compile(r"/audit/\d+/$"))
    assert faults(page) == []


def test_filters_narrow_the_list_in_place_and_go_into_the_address(open_page):
    page = open_page("/audit/", signed_in="auditor")
    page.get_by_label("What", exact=True).select_option(label="Give a role")
    expect(page).to_have_url(re.compile("act=role-given"))
    rows = page.locator("tbody tr")
    expect(rows.first).to_contain_text("Give a role")
    number = rows.count()
    page.get_by_label("Words").fill("auditor")
    expect(page).to_have_url(re.compile("q=auditor"))

    expect(rows).to_have_count(1)
    assert number > 1


def test_the_list_is_taken_along_as_lines_of_json(open_page):
    page = open_page("/audit/?act=role-given", signed_in="auditor")
    with page.expect_download() as taken:
        page.get_by_role("link", name="JSON lines").click()
    lines = Path(taken.value.path()).read_text(encoding="utf-8").splitlines()

    assert {"role-given"} == {json.loads(line)["act"] for line in lines}
