"""The tour of the handbook, in a real browser."""

import csv
import io
import re

import openpyxl
import pytest
from playwright.sync_api import expect


def test_the_tour(open_page):
    """From the headline to the source of one of its rows, as the handbook tells it."""
    page = open_page("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Prioritised Ukraine Requirements List")

    page.get_by_label("As of").fill("2025-12-31")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("as_of=2025-12-31"))
    headline = page.get_by_role("region", name="Announced as new money").locator(".value")
    expect(headline).to_contain_text("billion")

    headline.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Announcements")
    expect(page.get_by_text("Counted by this day:")).to_be_visible()

    page.get_by_role("link", name="C010", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Canada pays for a whole package")
    expect(page.get_by_text("CAD\u00a0680,000,000")).to_be_visible()

    page.get_by_role("link", name="S022", exact=True).click()
    expect(page.get_by_role("link", name="C010 Canada pays for a whole package")).to_be_visible()


def test_a_stated_total_opens_with_what_could_explain_the_difference(open_page):
    page = open_page("/p/purl/stated-totals/?as_of=2025-12-31&q=Babel")
    page.get_by_role("link", name="Total contributed").click()

    expect(page.get_by_role("heading", name="What could explain the difference")).to_be_visible()
    expect(page.get_by_role("link", name="Sybiha, 5 Dec 2025")).to_be_visible()


def test_filtering_needs_no_button_and_keeps_the_address(open_page):
    page = open_page("/p/purl/announcements/")
    page.get_by_label("Partner", exact=True).select_option(label="Canada")

    expect(page.get_by_role("status")).to_have_text("3 rows")
    expect(page.get_by_role("link", name="C010", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("partner=CAN"))
    assert "package=" not in page.url

    page.get_by_label("Partner", exact=True).select_option(label="all")
    page.get_by_label("Words").fill("hawk")
    expect(page.get_by_role("status")).to_have_text("1 row")
    expect(page.get_by_role("link", name="C001", exact=True)).to_be_visible()


def test_sorting_by_a_click_turns_round_with_the_second(open_page):
    page = open_page("/p/purl/announcements/?as_of=2025-08-05")
    head = page.get_by_role("columnheader", name="In USD")
    first = page.locator("tbody tr").first.locator("td").first

    head.get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="In USD")).to_have_attribute("aria-sort", "ascending")
    expect(first).to_have_text("C002")

    head.get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="In USD")).to_have_attribute("aria-sort", "descending")
    expect(first).to_have_text("C001")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_day_can_be_changed_and_is_kept(open_page, scripts):
    page = open_page("/p/purl/", scripts=scripts)
    page.locator("input[name=as_of]").fill("2025-08-05")
    page.get_by_role("button", name="Show").click()
    headline = page.get_by_role("region", name="Announced as new money")
    expect(headline.locator(".detail")).to_contain_text("USD\u00a01,089,000,000")

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Announcements").click()
    expect(page.get_by_role("status")).to_have_text("5 rows")
    page.get_by_role("link", name="Back to today").click()
    expect(page.get_by_role("status")).to_have_text("78 rows")


def test_without_scripts_filters_definitions_and_tables_work(open_page):
    page = open_page("/p/purl/announcements/", scripts=False)
    page.get_by_label("Partner", exact=True).select_option(label="Canada")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("status")).to_have_text("3 rows")

    page = open_page("/p/purl/", scripts=False)
    definition = page.get_by_text("It is what was announced, not what was paid. Rows")
    expect(definition).not_to_be_visible()
    page.get_by_role("region", name="Announced as new money").get_by_text("Definition").click()
    expect(definition).to_be_visible()
    page.get_by_role("region", name="From partners to packages").first.get_by_text("Table").click()
    expect(page.get_by_role("columnheader", name="PKG01")).to_be_visible()


def test_exports_hold_what_the_page_shows(open_page):
    page = open_page("/p/purl/announcements/?as_of=2025-08-05&treatment=counted")
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(started.value.path().read_text(encoding="utf-8-sig"))))
    assert ["C005", "C003", "C002", "C001"] == [row["id"] for row in rows]

    with page.expect_download() as started:
        page.get_by_role("link", name="XLSX").click()
    sheet = openpyxl.load_workbook(io.BytesIO(started.value.path().read_bytes())).active
    assert 5 == sheet.max_row


def test_a_picture_can_be_taken_away_and_looks_the_same_alone(open_page, browser, tmp_path):
    page = open_page("/p/purl/")
    with page.expect_download() as started:
        page.get_by_role("link", name="SVG: Announced money over time").click()
    drawn = started.value.path().read_text(encoding="utf-8")

    assert drawn.startswith("<svg xmlns=")
    assert "<script" not in drawn


def test_the_whole_way_by_keyboard(open_page):
    """Skip link, menu, a table head, a row: nothing needs a mouse, and the focus is always to be seen."""
    page = open_page("/p/purl/announcements/?as_of=2025-08-05")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    for _ in range(40):
        page.keyboard.press("Tab")
        focused = (
            page.evaluate("document.activeElement.closest('th') && document.activeElement.textContent") or ""
        )
        # Inside a date field the browser itself shows which part has the focus.
        seen = page.evaluate(
            "document.activeElement.type === 'date' || getComputedStyle(document.activeElement).outlineStyle !== 'none'"
        )
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if "In USD" in focused:
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("columnheader", name="In USD")).to_have_attribute("aria-sort", "ascending")


def test_a_part_of_a_picture_is_a_link(open_page):
    page = open_page("/p/purl/")
    page.get_by_role("region", name="Announced money over time").locator(
        ".picture-wide a[href*='/partners/NLD/']"
    ).first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Netherlands")


def test_a_wrong_day_is_said_and_corrected_on_the_spot(open_page):
    page = open_page("/p/purl/?as_of=soon&currency=EUR", refused=400)

    expect(page.get_by_text("Write the day as year-month-day")).to_be_visible()
    page.get_by_label("As of").fill("2025-08-05")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/p/purl/\?currency=EUR&as_of=2025-08-05$"))
