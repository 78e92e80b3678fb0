"""Pages from a package to a receipt: filled in with what is known, and each supplier sees its own alone."""

import re

import pytest
from django.test import Client

from pledgeline.programme.roles import Role
from pledgeline.records.models import OrderRecord, PartyName, PartyRecord, ReceiptRecord, ShipmentRecord
from tests.chain import (
    ORDER,
    SHIPMENT,
    a_packaged_fund,
    by_another,
    dispatched,
    ordered,
    received,
    take,
    the_fund,
    worker,
    written,
)
from tests.people import sit_at_desk
from tests.web.books import text_of
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

SITE = "/p/harbour/"


packaged = written_once(a_packaged_fund)


@pytest.fixture
def fund(packaged):
    return the_fund()


@pytest.fixture
def desk(fund, client, settings):
    return sit_at_desk(client, settings)


def signed_in(role, **more):
    client = Client()
    client.force_login(worker(role, **more))
    return client


def filled_in(answer):
    """Give what the form of a page would send as it stands."""
    page = answer.content.decode()
    form = page[page.index('<form method="post" class="card form-card"') :]
    form = form[: form.index("</form>")]
    sent = {}
    for field in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', field), re.search(r'value="([^"]*)"', field)
        if name and 'type="checkbox"' not in field:
            sent[name[1]] = value[1] if value else ""
    chosen = re.search(r'<select name="currency".*?<option value="(\w+)" selected', form, re.DOTALL)
    if chosen:
        sent["currency"] = chosen[1]
    sent.pop("csrfmiddlewaretoken")
    return sent


def press(client, noun, key, step, **sent):
    page = client.get(f"{SITE}{noun}/one/?key={key}").content.decode()
    form = next(form for form in page.split("<form") if f'value="{step}"' in form)
    hidden = {name: re.search(rf'name="{name}" value="([^"]*)"', form)[1] for name in ("seen", "asked_with")}
    return client.post(f"{SITE}{noun}/step/?key={key}", {"step": step, **hidden, **sent})


def led_on(client, address, words):
    """Give the address to which a link of these words leads."""
    page = client.get(address).content.decode()
    link = re.search(rf'href="([^"]+)">\s*{words}', page)
    assert link, words
    return link[1].replace("&amp;", "&")


def test_from_a_package_to_a_receipt_the_forms_are_filled_in_with_what_is_known(desk):
    address = led_on(desk, f"{SITE}formed/one/?key=P-1", "Order these 2 lines from Maker A")
    sent = filled_in(desk.get(address))
    assert (sent["package"], sent["supplier"], sent["currency"]) == ("P-1", "Maker A", "USD")
    assert (sent["lines-0-units"], sent["lines-0-unit_price"]) == ("12", "100.00")
    done = desk.post(address, {**sent, "key": "ORD-1", "delivery_point": "Depot East"})
    assert done["Location"] == f"{SITE}orders/one/?key=ORD-1"
    assert OrderRecord.objects.get().to_value().as_said() == {
        name: value for name, value in ORDER.items() if name != "contract"
    }
    for step in ("request", "offer", "accept"):
        assert 302 == press(desk, "orders", "ORD-1", step).status_code
        by_another()
    page = text_of(desk.get(done["Location"]))
    assert "USD 1,200" in page
    assert "Outstanding" in page

    address = led_on(desk, done["Location"], "Ship …")
    sent = filled_in(desk.get(address))
    assert (sent["lots-0-units"], sent["lots-1-units"], sent["handover_point"]) == ("12", "5", "Depot East")
    sent |= {
        "key": "SH-1",
        "lots-0-lot": "LOT-1",
        "lots-0-units": "8",
        "lots-0-serials": "",
        "lots-1-DELETE": "on",
    }
    done = desk.post(address, sent)
    assert done["Location"] == f"{SITE}shipments/one/?key=SH-1"
    assert 302 == press(desk, "shipments", "SH-1", "dispatch").status_code

    address = led_on(desk, done["Location"], "Receive …")
    assert "8 units were shipped" in text_of(desk.get(address))
    sent = filled_in(desk.get(address))
    assert (sent["lots-0-accepted"], sent["lots-0-rejected"], sent["lots-0-short"]) == ("8", "0", "0")
    wrong = desk.post(address, {**sent, "key": "RC-1", "lots-0-accepted": "7"})
    assert "Of lot LOT-1 8 units left, and 7 are counted." in text_of(wrong, 400)
    assert 'id="id_lots-0-accepted_error"' in wrong.content.decode()
    sent |= {"lots-0-accepted": "7", "lots-0-short": "1", "lots-0-why_short": "Not there"}
    done = desk.post(address, {**sent, "key": "RC-1"})
    assert done["Location"] == f"{SITE}receipts/one/?key=RC-1"
    by_another()
    assert 302 == press(desk, "receipts", "RC-1", "accept").status_code

    assert "Short: Not there" in text_of(desk.get(done["Location"]))
    assert "received it" in text_of(desk.get(f"{SITE}shipments/one/?key=SH-1"))
    assert ShipmentRecord.objects.get().state == "received"


def test_a_price_above_what_is_reserved_is_said_at_its_line(desk, fund):
    row = written(fund, OrderRecord, {**ORDER, "lines": [{**ORDER["lines"][0], "unit_price": 200_00}]})
    take(row, "request", worker(Role.COORDINATOR, name="else"))
    OrderRecord.objects.update(state="offered")
    client = signed_in(Role.FINANCE)
    answer = press(client, "orders", "ORD-1", "accept")
    page = answer.content.decode()
    assert answer.status_code == 409
    at_line = page[page.index('id="lines"') : page.index("</table>")]
    assert "USD\N{NO-BREAK SPACE}1,200 is set aside for line P-1/AD-014" in at_line
    assert OrderRecord.objects.get().state == "offered"


def test_a_button_pressed_twice_orders_once(fund):
    row = written(fund, OrderRecord, ORDER)
    OrderRecord.objects.update(state="offered")
    client = signed_in(Role.FINANCE)
    page = client.get(f"{SITE}orders/one/?key={row.key}").content.decode()
    form = next(form for form in page.split("<form") if 'value="accept"' in form)
    sent = {"step": "accept"} | {
        name: re.search(rf'name="{name}" value="([^"]*)"', form)[1] for name in ("seen", "asked_with")
    }
    assert [302, 302] == [
        client.post(f"{SITE}orders/step/?key={row.key}", sent).status_code for _time in range(2)
    ]
    assert OrderRecord.objects.get().state == "accepted"


@pytest.mark.parametrize(
    "change",
    [
        {"lines-TOTAL_FORMS": ""},
        {"lines-TOTAL_FORMS": "-1"},
        {"lines-TOTAL_FORMS": "5"},
        {"lines-TOTAL_FORMS": "99999999999"},
        {"lines-0-units": "many"},
        {"lines-0-units": "9" * 400},
        {"lines-0-unit_price": "1,2,3"},
        {"lines-0-unit_price": "-1"},
        {"lines-0-line": ""},
        {"lines-0-line": "P-1/none"},
        {"lines-0-DELETE": "on", "lines-1-DELETE": "on"},
        {"currency": "XXX"},
        {"package": "P-9"},
    ],
)
def test_a_form_that_makes_no_sense_comes_back_with_what_is_wrong(desk, change):
    address = f"{SITE}orders/new/?package=P-1&supplier=Maker+A"
    sent = {**filled_in(desk.get(address)), "key": "ORD-1", "delivery_point": "Depot East"}
    answer = desk.post(address, {**sent, **change})
    assert answer.status_code == 400
    assert not OrderRecord.objects.exists()


def test_a_form_begins_empty_and_what_it_cannot_begin_from_is_said(desk):
    for noun, of in (("orders", "package"), ("shipments", "order"), ("receipts", "shipment")):
        assert desk.get(f"{SITE}{noun}/new/").status_code == 200, noun
        assert desk.get(f"{SITE}{noun}/new/?{of}=none").status_code == 400, noun


def test_a_draft_is_changed_on_its_page_and_the_history_says_what(desk, fund):
    written(fund, OrderRecord, ORDER)
    address = f"{SITE}orders/change/?key=ORD-1"
    sent = filled_in(desk.get(address))
    assert 302 == desk.post(address, {**sent, "lines-0-unit_price": "99.50"}).status_code
    assert OrderRecord.objects.get().lines.first().unit_price == 99_50
    assert "P-1/AD-014 Unit price: 10000 → 9950" in text_of(desk.get(f"{SITE}orders/one/?key=ORD-1"))


def test_lists_are_filtered_sorted_and_exported(fund):
    ordered(fund)
    dispatched(fund)
    received(fund)
    client = signed_in(Role.READER)
    for noun, key, column in (
        ("orders", "ORD-1", "supplier"),
        ("shipments", "SH-1", "order"),
        ("receipts", "RC-1", "shipment"),
    ):
        assert key in client.get(f"{SITE}{noun}/?sort=-{column}").content.decode(), noun
        assert key in client.get(f"{SITE}{noun}/?q={key}").content.decode(), noun
        assert key not in client.get(f"{SITE}{noun}/?q=none").content.decode(), noun
        assert key not in client.get(f"{SITE}{noun}/?state=draft").content.decode() or noun == "receipts", (
            noun
        )
        assert key in client.get(f"{SITE}{noun}.csv").content.decode(), noun
        assert client.get(f"{SITE}{noun}.xlsx").status_code == 200, noun
        assert client.get(f"{SITE}{noun}/one/?key={key}").status_code == 200, noun


def test_a_supplier_sees_what_it_is_to_deliver_and_nothing_of_others(fund):
    """Maker A has an order, a shipment and a receipt; Maker B finds none of them anywhere."""
    for ref, name in (("MAKER", "Maker A"), ("ELSE", "Maker B")):
        party = PartyRecord.objects.create(ref=ref, name=name, kind="company")
        PartyName.objects.create(party=party, name=name, key=name.casefold())
    ordered(fund)
    dispatched(fund)
    received(fund)
    written(
        fund,
        ShipmentRecord,
        {**SHIPMENT, "key": "SH-2", "lots": [{**SHIPMENT["lots"][0], "lot": "L-2", "units": 1}]},
    )
    mine = signed_in(Role.SUPPLIER, name="mine", party="MAKER")
    other = signed_in(Role.SUPPLIER, name="other", party="ELSE")

    for noun, key in (("orders", "ORD-1"), ("shipments", "SH-1"), ("receipts", "RC-1")):
        for address in (f"{noun}/", f"{noun}.csv", f"{noun}/?q={key}"):
            assert key in mine.get(f"{SITE}{address}").content.decode(), address
            assert ">" + key not in other.get(f"{SITE}{address}").content.decode(), address
            assert key + "," not in other.get(f"{SITE}{address}").content.decode(), address
        one = f"{SITE}{noun}/one/?key={key}"
        assert (mine.get(one).status_code, other.get(one).status_code) == (200, 404)
    assert other.post(f"{SITE}shipments/step/?key=SH-2", {"step": "dispatch"}).status_code == 404
    assert other.get(f"{SITE}shipments/change/?key=SH-2").status_code == 404
    assert other.get(f"{SITE}shipments/new/?order=ORD-1").status_code == 400
    assert 302 == press(mine, "shipments", "SH-2", "dispatch").status_code


def test_a_partner_and_the_public_see_none_of_it(fund, client):
    ordered(fund)
    type(fund).objects.update(published=True)
    for who in (client, signed_in(Role.PARTNER)):
        for address in ("orders/", "orders.csv", "orders/one/?key=ORD-1", "shipments/", "receipts/"):
            assert who.get(f"{SITE}{address}").status_code == 403, address
    assert not ReceiptRecord.objects.exists()
