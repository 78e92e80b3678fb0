"""From a requirement to a receipt, by seven people in a browser: each finds their step, and nothing else to press.

All of it is done by the keyboard alone; only the photograph is chosen in a window of the system.
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
    """Go to something with Tab: to what is in the content by the link that skips the menu."""
    if there.evaluate("there => !!there.closest('main') && document.activeElement === document.body"):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.skip')"):
            page.keyboard.press("Enter")
    for _stop in range(MOST_STOPS):
        if there.evaluate("there => there === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{there} is not reached by Tab")


def press(page, there):
    """Go to something with Tab, and press Enter on it."""
    reach(page, there)
    page.keyboard.press("Enter")


def write(page, there, text):
    """Go to a field with Tab, and type over what it says."""
    reach(page, there)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def picture():
    made = BytesIO()
    Image.new("RGB", (40, 30), "brown").save(made, "png")
    return made.getvalue()


def test_a_requirement_becomes_a_receipt_by_seven_people(open_page, fitted_out):
    page = open_page("/p/year/requirements/", refused=400, signed_in="recipient")
    press(page, page.get_by_role("link", name="New requirement").first)
    press(page, page.get_by_role("button", name="Save as a draft"))
    expect(page.locator("#id_key_error")).to_have_text(re.compile("required|empty", re.IGNORECASE))
    write(page, page.get_by_label("Requirement", exact=True), "AD-014")
    write(page, page.get_by_label("Item", exact=True), "interceptor")
    write(page, page.get_by_label("Units", exact=True), "12")
    assert faults(page) == []
    press(page, page.get_by_role("button", name="Save as a draft"))
    expect(page.get_by_role("heading", level=1)).to_have_text("AD-014")
    assert faults(page) == []
    press(page, page.get_by_role("button", name="Submit for validation"))
    expect(page.get_by_text("recipient submitted it")).to_be_visible()
    expect(page.get_by_text("You have nothing to do here.")).not_to_be_visible()  # it can be withdrawn
    expect(page.get_by_role("button", name="Validate")).not_to_be_visible()
    one = page.url.partition("/p/")[2]

    page = open_page(f"/p/{one}", signed_in="validator")
    press(page, page.get_by_role("button", name="Validate"))
    expect(page.get_by_text("validator validated it")).to_be_visible()

    page = open_page(f"/p/{one}", signed_in="planner")
    press(page, page.get_by_role("button", name="Put on the list"))
    expect(page.get_by_text("planner put it on the list")).to_be_visible()
    press(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Offers"))
    press(page, page.get_by_role("link", name="New offer").first)
    write(page, page.get_by_label("Offer", exact=True), "O-1")
    write(page, page.get_by_label("Item", exact=True), "interceptor")
    write(page, page.get_by_label("Supplier"), "Arrowhead Works")
    write(page, page.get_by_label("Unit price"), "1000.50")
    press(page, page.get_by_role("button", name="Save as a draft"))
    press(page, page.get_by_role("button", name="Offer", exact=True))
    expect(page.get_by_text("planner offered it")).to_be_visible()

    press(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Plan", exact=True))
    press(page, page.get_by_role("link", name="New plan").first)
    write(page, page.get_by_label("Name of the package"), "Winter-1")
    press(page, page.get_by_role("button", name="Take the list as it is now"))
    press(page, page.get_by_role("button", name="Make the plan"))
    accept = page.get_by_role("link", name="Accept the plan")
    accept.wait_for(timeout=MAKING)
    press(page, accept)
    expect(page.get_by_text("USD\xa012,006 is reserved in the books")).to_be_visible()
    assert faults(page) == []
    press(page, page.get_by_role("button", name="Accept the plan"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Winter-1")
    expect(page.get_by_role("cell", name="USD\xa012,006").first).to_be_visible()
    assert faults(page) == []
    package = page.url.partition("/p/")[2]
    press(page, page.get_by_role("link", name="USD\xa012,006"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Line Winter-1/AD-014")

    page = open_page(f"/p/{package}", signed_in="planner")
    press(page, page.get_by_role("link", name="Order this line from Arrowhead Works"))
    write(page, page.get_by_label("Order", exact=True), "ORD-1")
    write(page, page.get_by_label("Number of the contract"), "C-77")
    write(page, page.get_by_label("Delivery point"), "Depot East")
    assert faults(page) == []
    press(page, page.get_by_role("button", name="Save as a draft"))
    press(page, page.get_by_role("button", name="Request an offer"))
    expect(page.get_by_text("planner requested an offer")).to_be_visible()
    order = page.url.partition("/p/")[2]
    page = open_page(f"/p/{order}", signed_in="maker")
    press(page, page.get_by_role("button", name="Offer", exact=True))
    expect(page.get_by_text("maker offered it")).to_be_visible()
    page = open_page(f"/p/{order}", signed_in="finance")
    press(page, page.get_by_role("button", name="Accept the order"))
    expect(page.get_by_text("finance accepted it")).to_be_visible()

    page = open_page(f"/p/{order}", signed_in="maker")
    press(page, page.get_by_role("link", name="Ship …"))
    write(page, page.get_by_label("Shipment", exact=True), "SH-1")
    write(page, page.get_by_label("Lot", exact=True), "LOT-1")
    write(page, page.get_by_label("Handover point"), "Border North")
    press(page, page.get_by_role("button", name="Save as a draft"))
    press(page, page.get_by_role("button", name="Dispatch"))
    expect(page.get_by_text("maker dispatched it")).to_be_visible()
    shipment = page.url.partition("/p/")[2]

    page = open_page(f"/p/{shipment}", width=360, refused=400, signed_in="recipient", loses_signal=True)
    press(page, page.get_by_role("link", name="Receive …"))
    write(page, page.get_by_label("Receipt", exact=True), "RC-1")
    write(page, page.get_by_label("Accepted", exact=True), "9")
    write(page, page.get_by_label("Rejected", exact=True), "2")
    write(page, page.get_by_label("Short", exact=True), "1")
    press(page, page.get_by_role("button", name="Save the count"))
    expect(page.locator(".field-error").first).to_be_visible()
    write(page, page.get_by_label("Why rejected"), "Wet")
    write(page, page.get_by_label("Why short"), "Not on the truck")
    assert faults(page) == []
    page.context.set_offline(True)
    chosen = page.get_by_label("Photographs of what was rejected")
    chosen.set_input_files([{"name": "wet.png", "mimeType": "image/png", "buffer": picture()}])
    expect(page.locator("[data-photos-of] output")).to_have_text("1")
    press(page, page.get_by_role("button", name="Save the count"))
    expect(page.get_by_text("There is no signal.")).to_be_visible()
    page.context.set_offline(False)  # and it is sent by itself
    page.wait_for_url("**/receipts/one/**")
    expect(page.locator(".photos li")).to_have_count(1)  # with the photograph that was chosen meanwhile
    page.reload()
    expect(page.locator(".photos li")).to_have_count(1)
    expect(page.get_by_role("button", name="Accept the receipt")).not_to_be_visible()
    receipt = page.url.partition("/p/")[2]
    page = open_page(f"/p/{receipt}", signed_in="second")
    press(page, page.get_by_role("button", name="Accept the receipt"))
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
