"""What holds on every page: no barrier that axe finds, no overflow, no text that cannot be read."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PAGES = [
    "/purl/",
    "/purl/?as_of=2025-08-03",
    "/purl/?as_of=soon&currency=XXX",
    "/purl/announcements/",
    "/purl/announcements/?q=no+such+words",
    "/purl/announcements/?since=soon",
    "/purl/announcements/C038/",
    "/purl/announcements/C055/",
    "/purl/partners/",
    "/purl/partners/NOR/",
    "/purl/packages/",
    "/purl/packages/PKG05/",
    "/purl/deliveries/",
    "/purl/stated-totals/",
    "/purl/items/",
    "/purl/sources/",
    "/purl/sources/S199/",
    "/purl/rules/",
    "/nowhere/",
]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation(open_page, path, dark):
    page = open_page(path, dark=dark, missing=path == "/nowhere/")
    for details in page.locator("details:not(.menu)").all():
        details.evaluate("element => { element.open = true }")
    found = Axe().run(page).response["violations"]

    assert [] == [
        (one["id"], one["help"], [node["html"][:200] for node in one["nodes"]][:5]) for one in found
    ]


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_never_wider_than_the_window(open_page, path, width):
    page = open_page(path, width=width, missing=path == "/nowhere/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_telephone_the_menu_opens_without_scripts(open_page):
    page = open_page("/purl/", width=360, scripts=False)
    page.get_by_text("Menu", exact=True).first.click()
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Partners").click()

    assert page.url.endswith("/purl/partners/")
