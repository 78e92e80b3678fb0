"""Requirements and offers from a file: looked over, taken when answered, as the person who handed it in may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pledgeline.audit.models import AuditEvent
from pledgeline.programme.roles import Role
from pledgeline.records.models import OfferRecord, PartyName, PartyRecord, RequirementRecord, StepTaken
from tests.chain import a_fund, listed, required, take, worker
from tests.web.test_chain import SITE, signed_in, text_of
from tests.working import led_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    return a_fund()


def handed_in(client, text, noun="requirement", name="needs.csv"):
    sent = {"noun": noun, "file": SimpleUploadedFile(name, text.encode())}
    return led_to(client, client.post(f"{SITE}import/", sent))


def test_rows_are_new_changed_as_they_stand_or_refused_and_the_good_ones_are_taken(fund):
    listed(fund, key="A-1", quantity=12)  # a new version
    required(fund, key="A-2", item="tent", purpose="For the harbour")  # a draft: changed in place
    required(fund, key="A-3", item="radio", quantity=3)
    take(required(fund, key="A-4"), "submit", worker(Role.RECIPIENT))  # waits for a decision
    client = signed_in(Role.RECIPIENT)
    page = handed_in(
        client,
        "Id,Item,Quantity\nA-1,interceptor,20\nA-2,tent,9\nA-3,radio,3\nA-4,interceptor,1\nA-5,lamp,many\nA-6,lamp,2\n",
    )
    said = text_of(page)
    for text in (
        "New 1",
        "Changed 2",
        "As it stands 1",
        "Refused 2",
        "Units: 12 → 20",
        "“many” is not a number",
        "C6",
    ):
        assert text in said
    assert RequirementRecord.objects.count() == 4
    steps = StepTaken.objects.count()

    done = led_to(client, client.post(page.request["PATH_INFO"]))
    assert "3 rows were taken." in text_of(done)
    rows = {(row.key, row.version): row for row in RequirementRecord.objects.all()}
    assert (rows["A-1", 1].state, rows["A-1", 1].quantity) == ("listed", 12)
    assert (rows["A-1", 2].state, rows["A-1", 2].quantity) == ("draft", 20)
    assert (rows["A-2", 1].quantity, rows["A-2", 1].purpose) == (9, "For the harbour")
    assert rows["A-6", 1].made_by == "a-recipient"
    assert StepTaken.objects.count() == steps + 3
    again = led_to(client, client.post(page.request["PATH_INFO"]))  # the button, pressed twice
    assert "3 rows were taken." in text_of(again)
    assert StepTaken.objects.count() == steps + 3
    assert AuditEvent.objects.filter(act="nouns-asked").get().actor_name == "a-recipient"


def test_what_has_changed_meanwhile_is_shown_again_and_nothing_is_taken(fund):
    client = signed_in(Role.RECIPIENT)
    page = handed_in(client, "Id,Item,Quantity\nA-1,lamp,2\nA-2,lamp,2\n")
    required(fund, key="A-2", item="lamp", quantity=5)
    again = led_to(client, client.post(page.request["PATH_INFO"]))
    assert "Nothing was taken: something has changed meanwhile" in text_of(again)
    assert "Units: 5 → 2" in text_of(again)
    assert RequirementRecord.objects.count() == 1


def test_headings_of_their_own_are_matched_on_the_page(fund):
    client = signed_in(Role.RECIPIENT)
    page = handed_in(client, "Nr,Was,Menge\nA-1,lamp,2\n")
    assert "No row of the sheet names its columns" in text_of(page)
    wrong = client.post(page.request["PATH_INFO"], {"columns": "chosen", "key": "Nr", "item": "Nr"})
    assert "chosen for another field already" in text_of(wrong)
    chosen = {"columns": "chosen", "key": "Nr", "item": "Was", "quantity": "Menge"}
    page = led_to(client, client.post(page.request["PATH_INFO"], chosen))
    done = led_to(client, client.post(page.request["PATH_INFO"]))
    assert "1 row was taken." in text_of(done)
    assert RequirementRecord.objects.get().item == "lamp"


def test_a_supplier_brings_in_offers_of_its_own_party_and_no_others(fund):
    for ref in "AB":
        party = PartyRecord.objects.create(ref=ref, name=f"Maker {ref}", kind="company")
        PartyName.objects.create(party=party, name=f"Maker {ref}", key=f"maker {ref.casefold()}")
    client = signed_in(Role.SUPPLIER, party="A")
    text = "Id,Item,Supplier,Unit price,Currency\nO-1,lamp,Maker A,12.50,USD\nO-2,lamp,Maker B,1,USD\n"
    page = handed_in(client, text, noun="offer")
    assert "New 1" in text_of(page)
    assert "Refused 1" in text_of(page)
    led_to(client, client.post(page.request["PATH_INFO"]))
    assert [(row.key, row.unit_price) for row in OfferRecord.objects.all()] == [("O-1", 12_50)]
    assert handed_in(client, text, noun="requirement").status_code == 400


def test_nobody_else_sees_a_look_and_who_may_write_nothing_finds_no_form(fund):
    page = handed_in(signed_in(Role.RECIPIENT), "Id,Item,Quantity\nA-1,lamp,2\n")
    other = signed_in(Role.RECIPIENT, name="another")
    assert other.get(page.request["PATH_INFO"]).status_code == 404
    assert other.post(page.request["PATH_INFO"]).status_code == 404
    assert signed_in(Role.READER).get(f"{SITE}import/").status_code == 403
