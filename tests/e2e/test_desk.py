"""The first minute: the address that `up` says, work at the desk, and the first account."""

import os
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import site
from tests.e2e.soundness import faults

pytestmark = pytest.mark.e2e

PASSWORD = "harbour-lantern-otter"


@pytest.fixture(scope="module")
def new_site(address, homes):
    """A site in which nobody has an account; gives its address, and the one that opens the desk."""
    home = homes / "began"
    environment = {**os.environ, "PLEDGELINE_HOME": str(home)}
    environment.pop("PLEDGELINE_DATABASE_URL", None)
    with site(environment) as base:
        yield base, _written(home / "desk-address")


def _written(path: Path) -> str:
    """Read what `up` writes once it has seen that the site answers, a moment after everybody can."""
    until = time.monotonic() + 20
    while not (path.exists() and path.read_text().endswith("\n")):
        assert time.monotonic() < until, f"{path} was not written"
        time.sleep(0.05)
    return path.read_text().strip()


def test_the_desk_is_opened_used_left_and_closed_by_the_first_account(browser, new_site):
    base, desk = new_site
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(f"{base}/p/purl/plan/")
    expect(page.get_by_text("open the second address that pledgeline up printed")).to_be_visible()
    assert faults(page) == []

    page.goto(desk)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are at the desk")
    assert faults(page) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("link", name="Start working").click()
    page.goto(f"{base}/p/purl/plan/new/")
    expect(page.get_by_role("link", name="Download the template")).to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("button", name="Leave the desk").click()
    page.goto(f"{base}/p/purl/plan/new/")
    expect(page.get_by_role("heading", name="How to get in")).to_be_visible()

    page.goto(desk)
    page.get_by_label("Name").fill("olena")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    expect(page).to_have_url(re.compile("/programmes/$"))
    page.goto(re.sub("/programmes/$", "/account/", page.url))
    for role in ("Finance", "Auditor", "Administrator"):
        expect(page.get_by_role("main").get_by_text(role, exact=True)).to_be_visible()
    assert 404 == page.goto(desk).status
    page.context.close()
