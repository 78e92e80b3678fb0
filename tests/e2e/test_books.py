"""The books in a real browser: every page without barriers at every width, and the walks of their readers."""

import pytest
from playwright.sync_api import expect

from tests.e2e.soundness import faults

pytestmark = pytest.mark.usefixtures("fitted_out")

BOOKS = "/p/year/books/"
PAGES = [
    f"{BOOKS}?as_of=2025-08-31",
    f"{BOOKS}journal/",
    f"{BOOKS}journal/39/?proof=1",
    f"{BOOKS}balances/",
    f"{BOOKS}contributions/?as_of=2025-09-30&known_on=2025-08-01",
    f"{BOOKS}contribution/?key=C10&as_of=2025-09-11",
    f"{BOOKS}line/?key=P4-bridge-parts",
    f"{BOOKS}lot/?key=P1-generators-1",
    f"{BOOKS}lot/?key=P1-generators-1&as_of=2025-01-31",
    f"{BOOKS}proofs/",
    "/p/purl/books/",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_books_has_no_barrier_and_is_never_wider_than_the_window(open_page, path):
    assert faults(open_page(path)) == []


def test_the_page_for_an_address_that_is_not_understood_has_no_barrier_either(open_page):
    assert faults(open_page(f"{BOOKS}journal/?line=nowhere&since=soon", refused=400)) == []


def test_two_days_are_chosen_without_scripts_and_stay_on_the_way(open_page):
    """The receipt of 26 February was put right on 19 March."""
    page = open_page(f"{BOOKS}contribution/?key=C03", scripts=False)
    page.get_by_label("As of").fill("2025-02-28")
    page.get_by_label("Known on").fill("2025-03-18")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("+EUR 14,560,000").first).to_be_visible()

    page.get_by_role("navigation", name="Books").get_by_role("link", name="Trial balance").click()
    assert page.get_by_label("Known on").input_value() == "2025-03-18"
    expect(page.get_by_text("EUR 14,560,000").first).to_be_visible()
    page.get_by_label("Known on").fill("2025-03-19")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("EUR 14,559,000").first).to_be_visible()


def test_somebody_follows_a_unit_to_the_money_and_the_money_to_its_entry(open_page):
    page = open_page("/p/year/")
    page.get_by_role("link", name="Open the books").click()
    page.get_by_role("navigation", name="Books").get_by_role("link", name="Lots").click()
    page.get_by_role("link", name="P1-generators-1").click()
    assert "C10" in page.get_by_role("table").first.inner_text()
    page.get_by_role("link", name="C10").first.click()
    page.get_by_role("link", name="Refund").click()
    page.get_by_role("link", name="Prove it now").click()

    expect(page.get_by_text("leads to the root")).to_be_visible()
    expect(page.get_by_text("Invented: for illustration")).to_be_visible()


def test_a_filter_answers_at_once_and_gives_its_file(open_page, tmp_path):
    page = open_page(f"{BOOKS}journal/")
    page.get_by_label("Event", exact=True).select_option("correct")
    page.get_by_text("1 row", exact=True).wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "journal.csv")

    assert len((tmp_path / "journal.csv").read_text().splitlines()) == 5
    assert "invented" in download.value.suggested_filename


def test_a_checkpoint_is_taken_home_and_brought_back(open_page, tmp_path):
    page = open_page(f"{BOOKS}proofs/", scripts=False)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the checkpoint").click()
    kept = tmp_path / "kept.txt"
    download.value.save_as(kept)
    page.get_by_label("File of the checkpoint").set_input_files(kept)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="Consistent: nothing has changed")).to_be_visible()

    kept.write_text(kept.read_text().replace("\n223\n", "\n224\n"))
    page.get_by_label("File of the checkpoint").set_input_files(kept)
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", name="Not consistent: entries are missing")).to_be_visible()

    page.get_by_role("button", name="Verify now").click()
    expect(page.get_by_role("heading", name="Verified")).to_be_visible()
