"""From a requirement to a receipt, by seven people in a browser: each finds their step, and nothing else to press.

What follows a short count is done by the keyboard alone.
"""

import re
from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from tests.e2e.soundness import faults

MAKING = 60_000
"""Units: milliseconds. A plan of one line, on a machine that does other things."""


MOST_STOPS = 150
"""So often is Tab pressed before something counts as out of reach of the keyboard."""


def reach(page, there):
    """Go to something with Tab."""
    for _stop in range(MOST_STOPS):
        if there.evaluate("there => there === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{there} is not reached by Tab")


def press(page, there):
    """Go to something with Tab, and press Enter on it."""
    reach(page, there)
    page.keyboard.press("Enter")


def picture():
    made = BytesIO()
    Image.new("RGB", (40, 30), "brown").save(made, "png")
    return made.getvalue()


def test_a_requirement_becomes_a_receipt_by_seven_people(open_page, fitted_out):
    page = open_page("/p/year/requirements/", refused=400, signed_in="recipient")
    page.get_by_role("link", name="New requirement").first.click()
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.locator("#id_key_error")).to_have_text(re.compile("required|empty", re.IGNORECASE))
    page.get_by_label("Requirement", exact=True).fill("AD-014")
    page.get_by_label("Item", exact=True).fill("interceptor")
    page.get_by_label("Units", exact=True).fill("12")
    assert faults(page) == []
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("AD-014")
    assert faults(page) == []
    page.get_by_role("button", name="Submit for validation").click()
    expect(page.get_by_text("You have nothing to do here.")).not_to_be_visible()  # it can be withdrawn
    expect(page.get_by_role("button", name="Validate")).not_to_be_visible()
    one = page.url.partition("/p/")[2]

    page = open_page(f"/p/{one}", signed_in="validator")
    page.get_by_role("button", name="Validate").click()
    expect(page.get_by_text("validator validated it")).to_be_visible()

    page = open_page(f"/p/{one}", signed_in="planner")
    page.get_by_role("button", name="Put on the list").click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Offers").click()
    page.get_by_role("link", name="New offer").first.click()
    page.get_by_label("Offer", exact=True).fill("O-1")
    page.get_by_label("Item", exact=True).fill("interceptor")
    page.get_by_label("Supplier").fill("Arrowhead Works")
    page.get_by_label("Unit price").fill("1000.50")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("button", name="Offer", exact=True).click()
    expect(page.get_by_text("planner offered it")).to_be_visible()

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Plan", exact=True).click()
    page.get_by_role("link", name="New plan").first.click()
    page.get_by_label("Name of the package").fill("Winter-1")
    page.get_by_role("button", name="Take the list as it is now").click()
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_role("link", name="Accept the plan").click(timeout=MAKING)
    expect(page.get_by_text("USD\xa012,006 is reserved in the books")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Accept the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Winter-1")
    expect(page.get_by_role("cell", name="USD\xa012,006").first).to_be_visible()
    assert faults(page) == []
    package = page.url.partition("/p/")[2]
    page.get_by_role("link", name="USD\xa012,006").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Line Winter-1/AD-014")

    page = open_page(f"/p/{package}", signed_in="planner")
    page.get_by_role("link", name="Order this line from Arrowhead Works").click()
    page.get_by_label("Order", exact=True).fill("ORD-1")
    page.get_by_label("Number of the contract").fill("C-77")
    page.get_by_label("Delivery point").fill("Depot East")
    assert faults(page) == []
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("button", name="Request an offer").click()
    order = page.url.partition("/p/")[2]
    page = open_page(f"/p/{order}", signed_in="maker")
    page.get_by_role("button", name="Offer", exact=True).click()
    page = open_page(f"/p/{order}", signed_in="finance")
    page.get_by_role("button", name="Accept the order").click()
    expect(page.get_by_text("finance accepted it")).to_be_visible()

    page = open_page(f"/p/{order}", signed_in="maker")
    page.get_by_role("link", name="Ship …").click()
    page.get_by_label("Shipment", exact=True).fill("SH-1")
    page.get_by_label("Lot", exact=True).fill("LOT-1")
    page.get_by_label("Handover point").fill("Border North")
    page.get_by_role("button", name="Save as a draft").click()
    page.get_by_role("button", name="Dispatch").click()
    shipment = page.url.partition("/p/")[2]

    page = open_page(f"/p/{shipment}", width=360, refused=400, signed_in="recipient", loses_signal=True)
    page.get_by_role("link", name="Receive …").click()
    page.get_by_label("Receipt", exact=True).fill("RC-1")
    page.get_by_label("Accepted", exact=True).fill("9")
    page.get_by_label("Rejected", exact=True).fill("2")
    page.get_by_label("Short", exact=True).fill("1")
    page.get_by_role("button", name="Save the count").click()
    expect(page.locator(".field-error").first).to_be_visible()
    page.get_by_label("Why rejected").fill("Wet")
    page.get_by_label("Why short").fill("Not on the truck")
    assert faults(page) == []
    page.context.set_offline(True)
    chosen = page.get_by_label("Photographs of what was rejected")
    chosen.set_input_files([{"name": "wet.png", "mimeType": "image/png", "buffer": picture()}])
    expect(page.locator("[data-photos-of] output")).to_have_text("1")
    page.get_by_role("button", name="Save the count").click()
    expect(page.get_by_text("There is no signal.")).to_be_visible()
    page.context.set_offline(False)  # and it is sent by itself
    page.wait_for_url("**/receipts/one/**")
    expect(page.locator(".photos li")).to_have_count(1)  # with the photograph that was chosen meanwhile
    page.reload()
    expect(page.locator(".photos li")).to_have_count(1)
    expect(page.get_by_role("button", name="Accept the receipt")).not_to_be_visible()
    receipt = page.url.partition("/p/")[2]
    page = open_page(f"/p/{receipt}", signed_in="second")
    page.get_by_role("button", name="Accept the receipt").click()
    expect(page.get_by_text("second accepted it")).to_be_visible()
    assert faults(page) == []

    page = open_page("/p/year/discrepancies/", signed_in="planner")
    press(page, page.get_by_role("link", name="D-2", exact=True))
    press(page, page.get_by_role("button", name="Replace"))
    expect(page.get_by_text("planner had it replaced")).to_be_visible()  # what was short comes in another lot

    page = open_page("/p/year/discrepancies/", signed_in="finance")
    press(page, page.get_by_role("link", name="D-1", exact=True))
    expect(page.get_by_text("USD\xa02,001").first).to_be_visible()
    press(page, page.get_by_role("link", name=re.compile("Refund")))
    reach(page, page.get_by_label("Reason"))
    page.keyboard.type("Wet through")
    assert faults(page) == []
    press(page, page.get_by_role("button", name="Show what it enters"))
    expect(page.get_by_role("heading", name="What this enters into the books")).to_be_visible()
    assert faults(page) == []
    press(page, page.get_by_role("button", name="Refunded by the supplier"))
    expect(page.get_by_text("finance noted that the supplier gives the money back")).to_be_visible()

    page = open_page("/p/year/books/lots/?line=Winter-1/AD-014", signed_in="auditor")
    expect(page.get_by_role("row", name="LOT-1")).to_contain_text("9")
    expect(page.get_by_role("row", name="LOT-1")).to_contain_text("USD\xa09,004.50")

    page = open_page(f"/p/{order}", signed_in="auditor")
    units = page.get_by_role("row", name="Winter-1/AD-014").get_by_role("cell").all_inner_texts()[-6:]
    assert units == [
        "12",
        "2",
        "9",
        "1",
        "0",
        "1",
    ]  # ordered, cancelled, accepted, outstanding, under way, to ship
    assert page.get_by_role("button", name=re.compile("Accept|Refund|Replace")).count() == 0
