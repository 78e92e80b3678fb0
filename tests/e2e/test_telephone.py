"""Pages with many figures on a telephone: nothing is wider than the window, and no figure is cut off.

What everybody sees is looked at where it is judged for barriers: `test_every_page.py`, `test_guarantees.py`.
"""

import pytest

from tests.e2e.soundness import clipped, sideways

OF_A_YEAR = [
    *(
        f"/p/year/{part}"
        for part in ("", "contributions/", "requirements/", "offers/", "orders/", "progress/")
    ),
    *(f"/p/year/{part}" for part in ("shipments/", "receipts/", "discrepancies/", "work/", "settings/")),
    *(f"/p/year/books/{part}" for part in ("", "journal/", "balances/", "contributions/", "lines/", "lots/")),
    "/people/",
    "/audit/",
]
"""As somebody sees them who may see everything, with the figures of a year."""

LONGEST = "/p/purl/stated-totals/a186bb89f9/"
"""A page with a figure of 23 signs."""


@pytest.mark.parametrize(("pages", "who"), [([LONGEST], ""), (OF_A_YEAR, "boss")], ids=["public", "boss"])
def test_no_page_is_wider_than_a_telephone_and_no_figure_is_cut(open_page, address, request, pages, who):
    if who:
        request.getfixturevalue("fitted_out")
    page = open_page("/guarantees/", width=360, signed_in=who)
    found = []
    for path in pages:
        page.goto(f"{address}{path}")
        found += clipped(page)

    assert found == []


LISTS = [
    f"/p/illustration/{part}"
    for part in (
        *("requirements/", "offers/", "contributions/", "plan/", "formed/", "orders/", "shipments/"),
        *("receipts/", "discrepancies/", "approvals/", "progress/", "books/journal/", "books/lines/"),
    )
]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_no_list_of_the_chain_scrolls_sideways_on_a_desk(open_page, address, fitted_out, language):
    page = open_page("/", signed_in="boss")
    page.context.add_cookies([{"name": "language", "value": language, "url": address}])
    found = []
    for path in LISTS:
        page.goto(f"{address}{path}")
        found += sideways(page, widths=(1280,))

    assert found == []
