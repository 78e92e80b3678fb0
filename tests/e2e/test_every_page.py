"""Every page of the public record is sound, and its menu opens without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.soundness import clipped, faults

PAGES = [
    "/p/purl/",
    "/p/purl/?as_of=2025-08-03",
    "/p/purl/?as_of=soon&currency=XXX",
    "/p/purl/announcements/",
    "/p/purl/announcements/?q=no+such+words",
    "/p/purl/announcements/?since=soon",
    "/p/purl/announcements/C038/",
    "/p/purl/announcements/C055/",
    "/p/purl/partners/",
    "/p/purl/partners/NOR/",
    "/p/purl/packages/",
    "/p/purl/packages/PKG05/",
    "/p/purl/deliveries/",
    "/p/purl/stated-totals/",
    "/p/purl/items/",
    "/p/purl/sources/",
    "/p/purl/sources/S199/",
    "/p/purl/rules/",
    "/p/purl/plan/",
    "/people/",
    "/people/rights/",
    "/search/?q=interceptor",
    "/help/",
    "/help/handbook/chain/",
    "/help/glossary/",
    "/help/new/",
    "/p/illustration/?tour=overview",
    "/p/nowhere/",
]


REFUSED = {
    "/p/nowhere/": 404,
    "/p/purl/plan/": 403,
    "/people/": 403,
    "/p/purl/?as_of=soon&currency=XXX": 400,
    "/p/purl/announcements/?since=soon": 400,
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_barrier_and_cuts_nothing_off_at_any_width(open_page, path):
    page = open_page(path, refused=REFUSED.get(path, 0))

    assert faults(page) + clipped(page) == []


@pytest.mark.parametrize(
    "path",
    [
        "/people/",
        "/people/invite/",
        "/p/purl/publication/",
        "/p/purl/publication/programme/",
        "/p/harbour/publication/books/",
    ],
)
def test_a_page_for_administrators_has_no_barrier(open_page, fitted_out, path):
    assert faults(open_page(path, signed_in="boss")) == []


@pytest.mark.parametrize(
    ("path", "who"), [("/p/harbour/import/", "recipient"), ("/p/harbour/progress/", "boss")]
)
def test_a_page_of_the_chain_has_no_barrier(open_page, fitted_out, path, who):
    assert faults(open_page(path, signed_in=who)) == []


def test_on_a_telephone_the_menu_opens_without_scripts(open_page):
    page = open_page("/p/purl/", width=360, scripts=False)
    page.get_by_text("Menu", exact=True).first.click()
    menu = page.get_by_role("navigation", name="Menu")
    menu.get_by_text("Public record and guarantees").click()
    menu.get_by_role("link", name="Partners").click()

    expect(page).to_have_url(re.compile("/p/purl/partners/$"))
