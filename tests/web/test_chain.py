"""Pages of the chain: what each person finds there, what a form says, and that nothing is lost or done twice."""

import re

import pytest
from django.test import Client

from pledgeline.programme.roles import Role
from pledgeline.records.models import (
    FormedPackage,
    OfferRecord,
    PartyName,
    PartyRecord,
    RequirementRecord,
    StepTaken,
)
from tests.chain import OFFER, REQUIREMENT, a_fund, by_another, listed, offered, paid, required, take, worker
from tests.people import sit_at_desk
from tests.working import worked_off

pytestmark = pytest.mark.django_db

SITE = "/p/harbour/"


@pytest.fixture
def fund():
    return a_fund()


def signed_in(role, **more):
    client = Client()
    client.force_login(worker(role, **more))
    return client


def text_of(answer):
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(words.split())


def hidden(answer, name, step=""):
    """Give a hidden field of a form: of the one with a step, where there are several."""
    page = answer.content.decode()
    if step:
        page = next(form for form in page.split("<form") if f'value="{step}"' in form)
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def press(client, noun, key, step, **sent):
    page = client.get(f"{SITE}{noun}/one/?key={key}")
    return client.post(
        f"{SITE}{noun}/step/?key={key}",
        {
            "step": step,
            "seen": hidden(page, "seen", step),
            "asked_with": hidden(page, "asked_with", step),
            **sent,
        },
    )


def test_a_requirement_goes_from_the_form_to_the_list_by_three_people(fund):
    recipient, validator, coordinator = map(signed_in, (Role.RECIPIENT, Role.VALIDATOR, Role.COORDINATOR))
    sent = {"key": "AD-014", "item": "interceptor", "quantity": "12", "priority": "1", "min_useful": "1",
            "multiple": "1", "need_by": "2026-03-31", "purpose": "Two\nlines", "seen": ""}  # fmt: skip
    done = recipient.post(f"{SITE}requirements/new/", sent)
    assert done["Location"] == f"{SITE}requirements/one/?key=AD-014"

    assert "You have nothing to do here" in text_of(validator.get(done["Location"]))
    assert 302 == press(recipient, "requirements", "AD-014", "submit").status_code
    assert 302 == press(validator, "requirements", "AD-014", "validate").status_code
    assert 302 == press(coordinator, "requirements", "AD-014", "list").status_code

    page = text_of(signed_in(Role.READER).get(done["Location"]))
    assert "on the list" in page
    assert "31 Mar 2026" in page
    for said in ("a-recipient submitted it", "a-validator validated it", "a-coordinator put it on the list"):
        assert said in page


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"key": ""}, "key"),
        ({"key": "АD-1"}, "key"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "many"}, "quantity"),
        ({"quantity": "1.5"}, "quantity"),
        ({"quantity": "9" * 400}, "quantity"),
        ({"need_by": "31.3.2026"}, "need_by"),
        ({"priority": "0"}, "priority"),
        ({"multiple": "5"}, "quantity"),
        ({"min_useful": "99"}, "min_useful"),
        ({"purpose": "x" * 10_001}, "purpose"),
    ],
)
def test_a_form_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(fund, change, field):
    sent = {**REQUIREMENT, "priority": "1", "min_useful": "1", "multiple": "1", "seen": "", **change}
    answer = signed_in(Role.RECIPIENT).post(f"{SITE}requirements/new/", sent)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert not RequirementRecord.objects.exists()
    assert f'id="id_{field}_error"' in page
    assert 'value="interceptor"' in page


def test_a_price_is_typed_in_major_units_of_its_currency(fund):
    client = signed_in(Role.COORDINATOR)
    sent = {**OFFER, "unit_price": "1234.56", "lead_days": "0", "lot": "1", "min_order": "1", "seen": ""}
    client.post(f"{SITE}offers/new/", sent)
    assert OfferRecord.objects.get().unit_price == 1_234_56
    assert 'value="1234.56"' in client.get(f"{SITE}offers/change/?key=O-1").content.decode()
    wrong = client.post(f"{SITE}offers/new/", {**sent, "key": "O-2", "unit_price": "1,234.567"})
    assert wrong.status_code == 400
    assert 'id="id_unit_price_error"' in wrong.content.decode()
    for typed, said in (
        ("1,234.567", "Leave the separators out"),
        ("1234.567", "USD has 2 decimals"),
        ("1e5", "Write digits"),
    ):
        page = client.post(f"{SITE}offers/new/", {**sent, "key": "O-2", "unit_price": typed})
        assert said in text_of(page)


def test_an_offer_of_a_supplier_begins_with_its_own_name(fund):
    arrowhead = PartyRecord.objects.create(ref="arrowhead", name="Arrowhead Works", kind="company")
    client = Client()
    client.force_login(worker(Role.SUPPLIER, party=arrowhead.ref))
    assert 'value="Arrowhead Works"' in client.get(f"{SITE}offers/new/").content.decode()
    coordinator = signed_in(Role.COORDINATOR).get(f"{SITE}offers/new/")
    assert "Arrowhead" not in coordinator.content.decode()


def test_the_same_name_again_is_said_at_its_field(fund):
    required(fund)
    sent = {**REQUIREMENT, "priority": "1", "min_useful": "1", "multiple": "1", "seen": ""}
    answer = signed_in(Role.RECIPIENT).post(f"{SITE}requirements/new/", sent)
    assert answer.status_code == 400
    assert "There is a requirement “AD-014” already" in text_of(answer)


def test_of_two_people_with_the_form_open_the_second_is_told(fund):
    required(fund)
    client = signed_in(Role.RECIPIENT)
    form = client.get(f"{SITE}requirements/change/?key=AD-014")
    sent = {**REQUIREMENT, "priority": "1", "min_useful": "1", "multiple": "1", "seen": hidden(form, "seen")}
    client.post(f"{SITE}requirements/change/?key=AD-014", {**sent, "quantity": "24"})

    late = client.post(f"{SITE}requirements/change/?key=AD-014", {**sent, "quantity": "36"})

    assert late.status_code == 400
    assert "has been changed since you opened it" in text_of(late)
    assert 'value="36"' in late.content.decode()
    assert RequirementRecord.objects.get().quantity == 24


def test_a_button_pressed_twice_acts_once(fund):
    required(fund)
    client = signed_in(Role.RECIPIENT)
    page = client.get(f"{SITE}requirements/one/?key=AD-014")
    sent = {"step": "submit", "seen": hidden(page, "seen"), "asked_with": hidden(page, "asked_with")}
    answers = [client.post(f"{SITE}requirements/step/?key=AD-014", sent).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert StepTaken.objects.filter(step="submit").count() == 1


def test_a_step_without_its_reason_is_asked_for_it_beside_its_button(fund):
    row = required(fund)
    take(row, "submit", worker(Role.RECIPIENT))
    answer = press(signed_in(Role.VALIDATOR), "requirements", "AD-014", "return", reason=" ")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'id="reason-return_error"' in page


def test_a_step_that_there_is_not_is_not_found(fund):
    required(fund)
    client = signed_in(Role.RECIPIENT)
    assert 404 == client.post(f"{SITE}requirements/step/?key=AD-014", {"step": "fly"}).status_code
    assert 404 == client.get(f"{SITE}requirements/one/?key=none").status_code
    assert 302 == client.get(f"{SITE}requirements/step/?key=AD-014").status_code


def test_a_supplier_sees_its_own_offers_and_no_others(fund):
    party = PartyRecord.objects.create(ref="MAKER", name="Maker A", kind="company")
    PartyName.objects.create(party=party, name="Maker A", key="maker a")
    offered(fund)
    offered(fund, key="SECRET-1", supplier="Maker B")
    client = signed_in(Role.SUPPLIER, party="MAKER")

    for address in ("offers/", "offers.csv", "offers/?q=SECRET"):
        assert "SECRET-1" not in client.get(f"{SITE}{address}").content.decode(), address
    assert "O-1" in client.get(f"{SITE}offers/").content.decode()
    assert 404 == client.get(f"{SITE}offers/one/?key=SECRET-1").status_code
    assert 403 == client.get(f"{SITE}requirements/").status_code
    assert 403 == client.get(f"{SITE}formed/").status_code


def test_nobody_else_sees_the_chain(fund, client):
    required(fund)
    offered(fund)
    type(fund).objects.update(published=True)
    for address in (
        "requirements/",
        "requirements.csv",
        "requirements/one/?key=AD-014",
        "offers/",
        "formed/",
    ):
        answer = client.get(f"{SITE}{address}")
        assert answer.status_code == 403, address
        assert "interceptor" not in answer.content.decode(), address
    assert "requirements/" not in client.get(SITE).content.decode()


def test_the_list_is_filtered_sorted_and_exported(fund):
    for number in range(60):
        required(fund, key=f"R-{number:02}", quantity=number + 1)
    take(RequirementRecord.objects.get(key="R-07"), "submit", worker(Role.RECIPIENT))
    client = signed_in(Role.READER)

    assert "R-59" in client.get(f"{SITE}requirements/?sort=-quantity").content.decode()
    assert "R-59" not in client.get(f"{SITE}requirements/").content.decode()
    only = client.get(f"{SITE}requirements/?state=submitted").content.decode()
    assert "R-07" in only
    assert "R-08" not in only
    lines = client.get(f"{SITE}requirements.csv?q=R-5").content.decode().splitlines()
    assert len(lines) == 1 + 10
    wrong = client.get(f"{SITE}requirements/?state=flying")
    assert wrong.status_code == 400


def test_a_plan_of_the_list_is_accepted_on_pages(fund):
    paid(fund, "A", 1_500_00)
    listed(fund)
    offered(fund)
    client = signed_in(Role.COORDINATOR)
    handed = client.post(f"{SITE}plan/from-list/", {"package": "P-1"})
    made = client.post(handed["Location"], {"mode": "prove", "budget": "30"})
    worked_off()

    page = client.get(made["Location"])
    assert "Accept the plan" in text_of(page)
    shown = client.get(f"{made['Location']}accept/")
    assert shown.status_code == 200
    assert "USD 1,200" in text_of(shown).replace("\xa0", " ")
    assert not FormedPackage.objects.exists()
    done = client.post(f"{made['Location']}accept/", {"until": hidden_day(shown)})
    assert done["Location"] == f"{SITE}formed/one/?key=P-1"
    package = text_of(client.get(done["Location"])).replace("\xa0", " ")
    assert "AD-014" in package
    assert "USD 1,200" in package

    assert 409 == client.post(f"{made['Location']}accept/", {"until": hidden_day(shown)}).status_code
    assert "Accepted" in text_of(client.get(made["Location"]))
    assert 409 == client.post(f"{made['Location']}delete/").status_code
    assert "This plan was accepted, and stays" in text_of(client.get(f"{made['Location']}delete/"))


def hidden_day(answer):
    return re.search(r'name="until" value="([^"]*)"', answer.content.decode())[1]


def test_a_plan_cannot_begin_without_a_list(fund):
    answer = signed_in(Role.COORDINATOR).post(f"{SITE}plan/from-list/", {"package": "P-1"})
    page = text_of(answer)
    assert answer.status_code == 400
    assert "No requirement is on the list." in page
    assert "The programme keeps no books" in page


def test_the_desk_is_one_person_and_reads_what_a_second_one_needs(fund, client, settings):
    sit_at_desk(client, settings)
    client.post(
        f"{SITE}requirements/new/",
        {**REQUIREMENT, "priority": "1", "min_useful": "1", "multiple": "1", "seen": ""},
    )
    assert 302 == press(client, "requirements", "AD-014", "submit").status_code
    page = client.get(f"{SITE}requirements/one/?key=AD-014").content.decode()
    assert 'value="validate"' not in page
    assert "Make two accounts, one for each of you, and sign in" in page
    client.post(f"{SITE}requirements/step/?key=AD-014", {"step": "validate"})
    assert RequirementRecord.objects.get().state == "submitted"
    by_another()
    for step in ("validate", "list"):
        assert 302 == press(client, "requirements", "AD-014", step).status_code
        by_another()
    assert RequirementRecord.objects.get().state == "listed"
