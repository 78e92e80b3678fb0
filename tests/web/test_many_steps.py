"""A step of several rows at once: each is decided by itself, and says what became of it."""

import re

import pytest

from pledgeline.actions import chain
from pledgeline.programme.roles import Role
from pledgeline.records.models import OfferRecord, RequirementRecord, StepTaken
from tests.chain import OFFER, a_fund, required, take, worker
from tests.people import NOW
from tests.web.html import flat
from tests.web.test_chain import hidden, signed_in, text_of

pytestmark = pytest.mark.django_db

SITE = "/p/harbour/"


@pytest.fixture
def fund():
    """Three drafts of one recipient."""
    row = a_fund()
    for number in (1, 2, 3):
        required(row, key=f"R-{number}", priority=number)
    return row


def boxes(answer, mark=" checked"):
    """Give what the chosen boxes of the page say, or with another mark others."""
    return re.findall(rf'name="row" value="([^"]*)" aria-label="[^"]*"{mark}', flat(answer))


def states():
    return list(RequirementRecord.objects.order_by("key").values_list("state", flat=True))


def test_three_drafts_are_submitted_and_validated_at_once(fund):
    recipient, validator = signed_in(Role.RECIPIENT), signed_in(Role.VALIDATOR)
    assert "Several at once" in text_of(recipient.get(f"{SITE}requirements/"))
    address = f"{SITE}requirements/many/?step=submit"
    page = recipient.get(address)
    done = recipient.post(address, {"row": boxes(page), "asked_with": hidden(page, "asked_with")})

    assert (done.status_code, states()) == (200, ["submitted"] * 3)
    assert "Done for 3 rows." in text_of(done)
    work = flat(validator.get(f"{SITE}work/"))
    assert f'href="{SITE}requirements/many/?step=validate"' in work
    address = f"{SITE}requirements/many/?step=validate"
    page = validator.get(address)
    validator.post(address, {"row": boxes(page)[:2]})
    assert states() == ["validated", "validated", "submitted"]
    assert {"a-recipient", "a-validator"} == set(StepTaken.objects.values_list("by_name", flat=True))


def test_what_was_changed_meanwhile_is_refused_and_hinders_no_other(fund):
    recipient = signed_in(Role.RECIPIENT)
    address = f"{SITE}requirements/many/?step=submit"
    page = recipient.get(address)
    take(
        RequirementRecord.objects.get(key="R-2"),
        "withdraw",
        worker(Role.RECIPIENT),
        reason="No longer needed",
    )
    done = recipient.post(address, {"row": boxes(page)})

    assert states() == ["submitted", "withdrawn", "submitted"]
    assert "Done for 2 rows. 1 row is refused and stays as it was." in text_of(done)
    assert re.search(r"Refused R-2 .*withdrawn", text_of(done))


def test_what_was_returned_is_not_chosen_before_anybody_has_looked(fund):
    row = RequirementRecord.objects.get(key="R-1")
    take(row, "submit", worker(Role.RECIPIENT))
    take(row, "return", worker(Role.VALIDATOR), reason="Which voltage?")
    page = signed_in(Role.RECIPIENT).get(f"{SITE}requirements/many/?step=submit")

    assert [box.split()[-1] for box in boxes(page)] == ["R-2", "R-3"]
    assert [box.split()[-1] for box in boxes(page, mark=">")] == ["R-1"]


def test_a_form_that_is_sent_twice_takes_each_step_once(fund):
    recipient = signed_in(Role.RECIPIENT)
    address = f"{SITE}requirements/many/?step=submit"
    page = recipient.get(address)
    sent = {"row": boxes(page), "asked_with": hidden(page, "asked_with")}
    answers = [recipient.post(address, sent) for _ in range(2)]

    assert ["Done for 3 rows." in text_of(answer) for answer in answers] == [True, True]
    assert 3 == StepTaken.objects.filter(step="submit").count()


def test_nothing_chosen_and_no_reason_are_said_and_what_was_typed_is_kept(fund):
    """What takes something away is chosen box by box."""
    recipient = signed_in(Role.RECIPIENT)
    address = f"{SITE}requirements/many/?step=withdraw"
    nothing = recipient.post(address, {"reason": "No longer needed"})
    assert nothing.status_code == 400
    assert "No row is chosen" in text_of(nothing)
    assert 'value="No longer needed"' in flat(nothing)

    page = recipient.get(address)
    assert boxes(page) == []
    rows = boxes(page, mark=">")
    without = recipient.post(address, {"row": rows[:1], "reason": " "})
    assert without.status_code == 400
    assert 'aria-describedby="reason-error"' in flat(without)
    assert boxes(without) == rows[:1]
    assert 400 == recipient.post(address, {"row": rows, "reason": "x" * 2_001}).status_code
    assert states() == ["draft"] * 3


@pytest.mark.parametrize("role", [Role.READER, Role.COORDINATOR, Role.VALIDATOR])
def test_whoever_may_not_take_the_step_takes_none(fund, role):
    """What a stranger to the step sends by hand is refused row by row, and says so."""
    somebody = signed_in(role)
    address = f"{SITE}requirements/many/?step=submit"
    assert boxes(somebody.get(address)) == []
    assert "many/?step=submit" not in flat(somebody.get(f"{SITE}requirements/"))
    done = somebody.post(address, {"row": ["1.1 R-1", "1.1 R-2"]})

    assert (done.status_code, states()) == (409, ["draft"] * 3)
    assert "2 rows are refused" in text_of(done)


def test_four_eyes_hold_for_each_row(fund):
    both = worker(Role.RECIPIENT, name="both")
    worker(Role.VALIDATOR, name="both")
    for number in (1, 2):
        take(RequirementRecord.objects.get(key=f"R-{number}"), "submit", both)
    take(RequirementRecord.objects.get(key="R-3"), "submit", worker(Role.RECIPIENT))
    address = f"{SITE}requirements/many/?step=validate"
    client = signed_in(Role.VALIDATOR, name="both")
    assert [box.split()[-1] for box in boxes(client.get(address))] == ["R-3"]
    client.post(address, {"row": [f"1.2 R-{number}" for number in (1, 2, 3)]})

    assert states() == ["submitted", "submitted", "validated"]


@pytest.mark.parametrize("step", ["", "fly", "write"])
def test_a_step_that_there_is_not_is_not_found(fund, step):
    assert 404 == signed_in(Role.RECIPIENT).get(f"{SITE}requirements/many/?step={step}").status_code


def test_steps_that_move_money_or_goods_are_not_taken_of_many(fund):
    for noun in ("orders", "shipments", "receipts", "formed", "discrepancies"):
        assert 404 == signed_in(Role.COORDINATOR).get(f"{SITE}{noun}/many/?step=accept").status_code


def test_a_supplier_submits_its_own_offers_and_no_others(fund):
    coordinator = worker(Role.COORDINATOR)
    for key in ("O-1", "O-2"):
        chain.write(OfferRecord, {**OFFER, "key": key}, programme=fund, person=coordinator, now=NOW)
    supplier = signed_in(Role.SUPPLIER, party="MAKER")
    address = f"{SITE}offers/many/?step=submit"
    assert boxes(supplier.get(address)) == []
    supplier.post(address, {"row": ["1.1 O-1", "1.1 O-2"]})
    assert {"draft"} == set(OfferRecord.objects.values_list("state", flat=True))
    page = signed_in(Role.COORDINATOR).get(address)
    assert 2 == len(boxes(page))
