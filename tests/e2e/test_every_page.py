"""Every page of the public record is sound, and its menu opens without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.soundness import faults

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
    "/purl/plan/",
    "/people/",
    "/people/rights/",
    "/nowhere/",
]


REFUSED = {
    "/nowhere/": 404,
    "/purl/plan/": 403,
    "/people/": 403,
    "/purl/?as_of=soon&currency=XXX": 400,
    "/purl/announcements/?since=soon": 400,
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_barrier_and_is_never_wider_than_the_window(open_page, path):
    page = open_page(path, refused=REFUSED.get(path, 0))

    assert faults(page) == []


@pytest.mark.parametrize(
    "path",
    [
        "/people/",
        "/people/invite/",
        "/purl/publication/",
        "/purl/publication/programme/",
        "/harbour/publication/books/",
    ],
)
def test_a_page_for_administrators_has_no_barrier(open_page, fitted_out, path):
    assert faults(open_page(path, signed_in="boss")) == []


def test_on_a_telephone_the_menu_opens_without_scripts(open_page):
    page = open_page("/purl/", width=360, scripts=False)
    page.get_by_text("Menu", exact=True).first.click()
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Partners").click()

    expect(page).to_have_url(re.compile("/purl/partners/$"))
