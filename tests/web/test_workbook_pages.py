"""The workbook of a programme on its page: taken, brought back, and those of other offices matched once."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from pledgeline.audit.models import AuditEvent
from pledgeline.programme.roles import Role
from pledgeline.records.models import RequirementRecord, WorkbookMapping
from tests.chain import a_fund, offered, paid, required
from tests.web.test_chain import SITE, signed_in, text_of
from tests.working import led_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    return a_fund()


def bytes_of(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def handed_in(client, data, name="programme.xlsx"):
    sent = {"file": SimpleUploadedFile(name, data)}
    return led_to(client, client.post(f"{SITE}workbook/", sent))


def test_it_is_taken_edited_shown_cell_by_cell_and_brought_back(fund):
    paid(fund, "A", 100_00)
    required(fund, key="D-1", item="lamp", quantity=7)
    required(fund, key="D-2", item="lamp", quantity=7)
    client = signed_in(Role.COORDINATOR)
    assert "with a row of HXL tags" in text_of(client.get(f"{SITE}workbook/"))
    answer = client.get(f"{SITE}workbook.xlsx?hxl=1")
    assert answer["Content-Disposition"].startswith('attachment; filename="harbour-workbook-2')
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[:4] == ["Requirements", "Offers", "Contributions", "Packages"]
    for row in book["Requirements"].iter_rows():
        if row[0].value in ("D-1", "D-2"):
            row[2].value = 9
    book["Contributions"]["K3"].value = "Ours"
    required(fund, key="D-2", item="lamp", quantity=8)

    client = signed_in(Role.RECIPIENT)
    page = handed_in(client, bytes_of(book))
    said = text_of(page)
    for part in (
        "Changed 1",
        "Refused 1",
        "In conflict 1",
        "Units: 7 → 9",
        "D-2 Units 7 8 9",
        "let you write the terms",
    ):
        assert part in said
    done = led_to(client, client.post(page.request["PATH_INFO"]))
    assert "1 row was taken." in text_of(done)
    quantities = dict(RequirementRecord.objects.filter(key__startswith="D").values_list("key", "quantity"))
    assert quantities == {"D-1": 9, "D-2": 8}
    assert AuditEvent.objects.get(act="workbook-taken").actor_name == "a-recipient"


def test_a_price_that_changes_its_currency_is_shown_in_both(fund):
    offered(fund, key="O-1", unit_price=100_00)
    client = signed_in(Role.COORDINATOR)
    page = handed_in(
        client, b"Id,Item,Supplier,Unit price,Currency\nO-1,interceptor,Maker A,90,EUR\n", "o.csv"
    )
    columns = ("key", "item", "supplier", "unit_price", "currency")
    meant = {"match": "1", "s0-noun": "offer", **{f"s0-c{n}": name for n, name in enumerate(columns)}}
    page = led_to(client, client.post(page.request["PATH_INFO"], meant))
    assert "Unit price: USD 100 → EUR 90" in text_of(page)


def a_book_of_an_office(*more):
    book = Workbook()
    sheet = book.active
    sheet.title = "Bedarf"
    for row in (("Nr.", "Was", "Menge", "Bemerkung"), ("N-1", "lamp", 5, "eilig"), *more):
        sheet.append(row)
    prices = book.create_sheet("Preisliste")
    for row in (
        ("Offer ID", "Item name", "Company", "Price", "Currency"),
        ("P-1", "lamp", "Maker", 12.5, "EUR"),
    ):
        prices.append(row)
    return bytes_of(book)


MATCHED = {
    "match": "1",
    "s0-noun": "requirement",
    "s0-c0": "key",
    "s0-c1": "item",
    "s0-c2": "quantity",
    "s0-c3": "-",
    "s1-noun": "offer",
    **{f"s1-c{n}": name for n, name in enumerate(("key", "item", "supplier", "unit_price", "currency"))},
}


def test_a_workbook_of_an_office_is_matched_once_and_the_next_one_is_read_by_itself(fund):
    client = signed_in(Role.RECIPIENT)
    page = handed_in(client, a_book_of_an_office())
    assert "Until then nothing is read" in text_of(page)
    forms = page.context["sheets"]
    assert [form["noun"].initial for form in forms] == ["", "offer"]
    proposed = [forms[1][f"c{number}"].initial for number in range(5)]
    assert proposed == ["key", "item", "supplier", "unit_price", "currency"]
    assert client.post(page.request["PATH_INFO"]).status_code == 302
    page = handed_in(client, a_book_of_an_office())
    assert not RequirementRecord.objects.exists()  # nobody had said what the columns are

    page = led_to(
        client,
        client.post(page.request["PATH_INFO"], {"match": "1", "s0-noun": "requirement", "s1-noun": "-"}),
    )
    assert [form["noun"].initial for form in page.context["sheets"]] == ["requirement", "-"]
    wrong = client.post(page.request["PATH_INFO"], {**MATCHED, "s0-c1": "key", "s0-c3": ""})
    said = text_of(wrong)
    for part in ("chosen for another column already", "leave the column out", "No column is “Item”"):
        assert part in said
    page = led_to(client, client.post(page.request["PATH_INFO"], MATCHED))
    page = led_to(client, client.post(page.request["PATH_INFO"], MATCHED))
    assert "New 1" in text_of(page)
    assert "The record has no rate for EUR" in text_of(page)
    kept = client.post(page.request["PATH_INFO"], {"keep": "1", "name": "List of the ministry"})
    assert "Kept as “List of the ministry”" in text_of(kept)
    done = led_to(client, client.post(page.request["PATH_INFO"]))
    assert "1 row was taken." in text_of(done)
    assert RequirementRecord.objects.get().quantity == 5

    other = signed_in(Role.COORDINATOR)
    again = handed_in(other, a_book_of_an_office(("N-2", "lamp", "many", ""), ("N-3", "", 0, "")))
    said = text_of(again)
    assert "read by the mapping “List of the ministry”, version 1" in said
    for part in ("New 1", "“many” is not a number", "B4"):
        assert part in said
    both = other.post(again.request["PATH_INFO"], {"keep": "1", "name": " "})
    assert "Give it a name." in text_of(both)
    assert AuditEvent.objects.filter(act="mapping-kept").count() == 1


def test_a_mapping_gets_versions_and_is_kept_by_those_who_may(fund):
    client = signed_in(Role.COORDINATOR)
    for note in ("-", "purpose"):
        page = handed_in(client, a_book_of_an_office())
        if note == "-":
            page = led_to(
                client,
                client.post(page.request["PATH_INFO"], MATCHED),
            )
        page = led_to(client, client.post(page.request["PATH_INFO"], {**MATCHED, "s0-c3": note}))
        client.post(page.request["PATH_INFO"], {"keep": "1", "name": "Ours"})
    rows = list(WorkbookMapping.objects.values_list("version", "is_newest", "made_by"))
    assert rows == [(1, False, "a-coordinator"), (2, True, "a-coordinator")]
    supplier = signed_in(Role.SUPPLIER, party="A")
    page = handed_in(supplier, a_book_of_an_office())
    assert "version 2" in text_of(page)
    assert supplier.post(page.request["PATH_INFO"], {"keep": "1", "name": "Mine"}).status_code == 400
    assert WorkbookMapping.objects.count() == 2


def test_nobody_else_sees_a_look_or_takes_what_is_not_theirs(fund):
    page = handed_in(signed_in(Role.RECIPIENT), b"Id,Item,Quantity\nA-1,lamp,2\n", "needs.csv")
    other = signed_in(Role.RECIPIENT, name="another")
    assert other.get(page.request["PATH_INFO"]).status_code == 404
    reader = signed_in(Role.READER)
    assert reader.get(f"{SITE}workbook.xlsx").status_code == 200
    assert reader.post(f"{SITE}workbook/").status_code == 403
