"""A bookkeeper in a real browser: from a pledge to what was accepted and rejected, with refusals and a slip."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.soundness import faults


@pytest.fixture
def desk(open_page):
    return open_page("/p/harbour/books/", signed_in="keeper")


def choose(page, kind: str) -> None:
    page.get_by_role("navigation", name="Books").get_by_role("link", name="Record").click()
    page.locator("#event-kind").select_option(label=kind)
    page.get_by_role("button", name="Choose").click()


def enter(page, kind: str, **fields: str) -> None:
    """Open the form of an event, fill its fields in and press the button."""
    page.goto(f"{page.url.split('/books/')[0]}/books/record/?kind={kind}")
    fill(page, **fields)
    page.get_by_role("button", name="Enter it", exact=True).click()


def fill(page, **fields: str) -> None:
    for name, value in fields.items():
        field = page.locator(f"#event-{name}")
        if field.evaluate("field => field.localName") == "select":
            field.select_option(value)
        else:
            field.fill(value)


def is_entered(page) -> None:
    expect(page.get_by_role("status").filter(has_text="Entered.")).to_be_visible()


def test_a_bookkeeper_records_a_contribution_from_the_pledge_to_the_lot(desk):
    """EUR 1,000 pledged and signed, received as 600 and 400; four pumps of 200 ordered, three kept."""
    desk.get_by_role("link", name="Record a pledge").click()
    fill(desk, contribution="P1", partner="Northland", currency="EUR", amount="1,000.00")
    desk.get_by_role("button", name="Enter it").click()
    expect(desk.locator("#event-amount_error")).to_have_text("Leave the separators out: 1500000.00")
    number = desk.locator("#event-key").input_value()
    fill(desk, amount="1000.00")
    desk.get_by_role("button", name="Enter it").click()
    is_entered(desk)

    choose(desk, "Pledge")
    desk.locator("#event-key").evaluate("(field, number) => { field.value = number }", number)
    fill(desk, contribution="P1", partner="Northland", currency="EUR", amount="1000.00")
    desk.get_by_role("button", name="Enter it").click()
    expect(desk.get_by_text("Nothing was entered a second time.")).to_be_visible()

    money = {"contribution": "P1", "currency": "EUR"}
    for kind, amount in (("commit", "1000"), ("receive", "600"), ("receive", "400")):
        enter(desk, kind, **money, amount=amount)
        is_entered(desk)

    enter(desk, "allocate", **money, line="pumps", amount="1000.01")
    refusal = desk.get_by_role("alert")
    expect(refusal).to_contain_text("there is EUR 1,000, and EUR 1,000.01 would be taken out")
    expect(refusal).to_contain_text("Take less, wait for the money")
    expect(refusal.get_by_role("link", name="P1")).to_be_visible()
    fill(desk, amount="800")
    desk.get_by_role("button", name="Enter it").click()
    expect(desk.get_by_text("No line is called pumps yet: this event begins it.")).to_be_visible()
    desk.get_by_role("button", name="Enter it").click()
    is_entered(desk)

    enter(desk, "order", line="pumps", currency="EUR", qty="4", unit_price="200")
    is_entered(desk)
    enter(desk, "deliver", line="pumps", lot="pumps-1", currency="EUR", qty="4")
    is_entered(desk)
    enter(desk, "accept", lot="pumps-1", currency="EUR", qty="3")
    is_entered(desk)
    enter(desk, "reject", lot="pumps-1", currency="EUR", qty="1")
    is_entered(desk)
    enter(desk, "cash_owed", **money, amount="1000")
    is_entered(desk)

    desk.get_by_role("navigation", name="Books").get_by_role("link", name="Journal").click()
    desk.get_by_role("main").get_by_role("link", name="Receipt").first.click()
    desk.get_by_role("link", name="Correct it").click()
    expect(desk.get_by_text("It was: EUR\u00a0400")).to_be_visible()
    fill(desk, amount="300")
    desk.get_by_role("button", name="Show what it would enter").click()
    expect(desk.get_by_role("heading", name="Enter this?")).to_be_visible()
    expect(desk.get_by_role("row", name="P1 available")).to_contain_text("−EUR\u00a0100")
    assert faults(desk) == []
    desk.get_by_role("button", name="Yes, enter it").click()
    is_entered(desk)

    desk.goto(desk.url.split("/books/")[0] + "/books/contribution/?key=P1")
    where = desk.get_by_role("region", name="Where each cent is").get_by_role("row")
    for stage, amount in (
        ("available", "100"),
        ("ordered", "200"),
        ("accepted", "600"),
        ("committed", "100"),
    ):
        row = where.filter(has=desk.get_by_role("rowheader", name=stage, exact=True)).first
        expect(row).to_contain_text(f"EUR\u00a0{amount}")


def test_a_file_of_events_is_looked_over_and_entered(desk, tmp_path):
    """Five euros pledged and signed; one cent more than was pledged is refused."""
    pledge = {"contribution": "P2", "partner": "Vest", "currency": "EUR", "amount": 500}
    events = [
        {"id": "f1", "type": "pledge", **pledge},
        {"id": "f2", "type": "commit", "contribution": "P2", "amount": 501},
        {"id": "f3", "type": "commit", "contribution": "P2", "amount": 500},
    ]
    file = tmp_path / "events.json"
    content = {"events": [{**each, "effective_on": "2026-01-05"} for each in events]}
    file.write_text(json.dumps(content, indent=1), encoding="utf-8")

    desk.get_by_role("navigation", name="Books").get_by_role("link", name="Record").click()
    desk.get_by_role("link", name="Bring in events").click()
    desk.get_by_role("button", name="Check it first").click()
    expect(desk.locator("#id_file_error")).to_have_text("Choose a file first.")
    desk.get_by_label("File of events").set_input_files(file)
    desk.get_by_role("button", name="Check it first").click()
    expect(desk.get_by_role("heading", name="events.json: nothing is entered yet")).to_be_visible()
    refused = desk.get_by_role("region", name="Refused").get_by_role("row", name="f2")
    expect(refused).to_contain_text("EUR 5.01 would be taken out")
    assert faults(desk) == []
    desk.get_by_role("button", name="Enter 2 events for good").click()
    expect(desk.get_by_role("status").filter(has_text="Events entered: 2.")).to_be_visible()
    assert faults(desk) == []
    desk.get_by_role("link", name="See them in the journal").click()
    expect(desk.get_by_role("link", name="f3", exact=True)).to_be_visible()


def test_the_public_is_not_led_to_the_form(open_page, fitted_out):
    page = open_page("/p/harbour/books/")
    expect(page.get_by_role("navigation", name="Books")).to_be_visible()
    expect(page.get_by_role("link", name="Record", exact=True)).to_have_count(0)
