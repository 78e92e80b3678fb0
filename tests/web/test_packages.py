"""Pages of packages and discrepancies: what a step enters is shown first, and entered as it was shown."""

import re

import pytest

from pledgeline.programme.roles import Role
from pledgeline.records.models import DiscrepancyRecord, FormedPackage
from tests.chain import a_packaged_fund, dispatched, ordered, received, take, the_fund, worker
from tests.people import sit_at_desk
from tests.web.books import text_of
from tests.web.test_orders import SITE, filled_in, signed_in
from tests.worlds import written_once

pytestmark = pytest.mark.django_db


packaged = written_once(a_packaged_fund)


@pytest.fixture
def fund(packaged):
    return the_fund()


@pytest.fixture
def desk(fund, client, settings):
    return sit_at_desk(client, settings)


def words(answer, status=200):
    return text_of(answer, status).replace("\xa0", " ")


def test_a_split_is_shown_before_it_is_entered_and_its_lineage_stands_on_both_pages(desk):
    assert "Split …" in words(desk.get(f"{SITE}formed/one/?key=P-1"))
    address = f"{SITE}formed/step/?key=P-1&step=split"
    sent = filled_in(desk.get(address))
    assert (sent["lines-0-line"], sent["lines-0-units"]) == ("P-1/AD-014", "12")
    sent |= {"into": "P-2", "lines-0-units": "5", "lines-1-DELETE": "on", "lines-2-DELETE": "on"}

    shown = desk.post(address, sent)

    assert "USD 375" in words(shown)
    assert not FormedPackage.objects.filter(key="P-2").exists()
    again = {**filled_in(shown), "lines-1-DELETE": "on", "lines-2-DELETE": "on"}
    other = desk.post(address, {**again, "lines-0-units": "6"})
    assert "USD 450" in words(other)  # other figures are shown anew
    assert not FormedPackage.objects.filter(key="P-2").exists()
    assert 302 == desk.post(address, again).status_code
    assert "12 units" not in words(desk.get(f"{SITE}formed/one/?key=P-2"))
    assert "5 units of P-1/AD-014 came from" in words(desk.get(f"{SITE}formed/one/?key=P-2"))
    assert "5 units of P-1/AD-014 went into" in words(desk.get(f"{SITE}formed/one/?key=P-1"))
    assert "split a part off" in words(desk.get(f"{SITE}formed/one/?key=P-1"))


def test_what_is_wrong_with_a_split_is_said_at_its_field(desk):
    address = f"{SITE}formed/step/?key=P-1&step=split"
    sent = {**filled_in(desk.get(address)), "into": "P-2"}
    answer = desk.post(address, {**sent, "lines-0-units": "13"})
    assert "Line P-1/AD-014 has 12 units." in words(answer, 400)
    assert 'id="id_lines-0-units_error"' in answer.content.decode()
    for step in ("merge", "close", "cancel", "nonsense"):
        expected = (200, 404)
        assert desk.get(f"{SITE}formed/step/?key=P-1&step={step}").status_code in expected
    assert FormedPackage.objects.count() == 1


def test_packages_are_listed_filtered_exported_and_stand_on_a_board(fund):
    ordered(fund)
    client = signed_in(Role.READER)
    assert "ordered in part" in words(client.get(f"{SITE}formed/"))
    assert "P-1" in client.get(f"{SITE}formed/?progress=part-ordered").content.decode()
    assert "key=P-1" not in client.get(f"{SITE}formed/?progress=closed").content.decode()
    waits = '"17 units of order ORD-1 are to be shipped"'
    first = '"1 line is to be ordered from Maker B"'
    file = client.get(f"{SITE}formed.csv").content.decode()
    assert f'"P-1","part-ordered",{first},23,17,0,0,17,0,17,' in file
    assert waits not in file  # the list says what comes first
    board = words(client.get(f"{SITE}formed/board/"))
    assert ("Ordered in part" in board, "P-1" in board, "USD 1,680" in board) == (True, True, True)
    for address in (
        "formed/",
        "formed.csv",
        "formed/board/",
        "formed/one/?key=P-1",
        "formed/step/?key=P-1&step=close",
    ):
        assert signed_in(Role.SUPPLIER, name="s").get(f"{SITE}{address}").status_code == 403, address


def test_a_package_says_first_how_much_it_is_how_far_it_is_and_what_is_to_be_done(fund):
    """USD 1,680 are set aside for 23 units; 17 of them are ordered for 1,200, 8 leave, 5 are accepted."""
    ordered(fund)
    dispatched(fund)
    received(fund)

    page = words(signed_in(Role.FINANCE).get(f"{SITE}formed/one/?key=P-1"))
    first = page[: page.index("What it says")]
    for expected in (
        "Money in the books, and how far it has come USD 1,680 23 units",
        "Paid in and set aside USD 1,680 23 of 23",
        "Ordered USD 1,200 17 of 23",
        "Shipped USD 500 5 of 23",
        "Accepted USD 500 5 of 23",
        "Discrepancy D-1 is to be settled",
    ):
        assert expected in first, (expected, first)


def test_the_next_act_is_for_whoever_may_and_the_others_read_whose_turn_it_is(fund):
    address = f"{SITE}formed/one/?key=P-1"
    mine = signed_in(Role.COORDINATOR).get(address)
    assert "2 lines are to be ordered from Maker A It is your turn, as Coordinator." in words(mine)
    assert 'class="button primary" href="/p/harbour/orders/new/?package=P-1&amp;supplier=Maker+A"' in (
        mine.content.decode()
    )
    theirs = signed_in(Role.READER).get(address)
    assert "It is the turn of: Coordinator. You have nothing to do for it now." in words(theirs)
    assert "orders/new/" not in theirs.content.decode()


def test_who_does_not_see_the_books_reads_units_and_no_stage_of_money(fund):
    ordered(fund)
    page = words(signed_in(Role.RECIPIENT).get(f"{SITE}formed/one/?key=P-1"))
    first = page[: page.index("What it says")]
    assert "How far it has come USD 1,680 23 units. At the prices of the plan" in first
    assert "Paid in and set aside 23 of 23" in first
    assert "Ordered 17 of 23" in first
    assert "USD 1,200" not in first


def test_whoever_may_not_take_a_step_sees_who_may(fund):
    client = signed_in(Role.READER)
    page = words(client.get(f"{SITE}formed/one/?key=P-1"))
    assert "You have nothing to do here." in page
    assert "Close the package" in page
    assert client.get(f"{SITE}formed/step/?key=P-1&step=close").status_code == 409


def test_a_discrepancy_is_opened_from_its_receipt_and_settled(fund):
    desk = signed_in(Role.FINANCE)
    ordered(fund)
    dispatched(fund)
    received(fund)
    assert "D-1" in words(desk.get(f"{SITE}receipts/one/?key=RC-1"))
    assert "USD 200" in words(desk.get(f"{SITE}discrepancies/one/?key=D-1"))
    assert "Wet" in desk.get(f"{SITE}discrepancies.csv").content.decode()
    address = f"{SITE}discrepancies/step/?key=D-1&step=refund"
    sent = {**filled_in(desk.get(address)), "reason": "Credit note 7"}
    shown = desk.post(address, sent)
    assert "USD 150" in words(shown)
    sure = re.search(r'name="sure" value="(\w+)"', shown.content.decode())[1]
    assert 302 == desk.post(address, {**sent, "sure": sure}).status_code
    assert DiscrepancyRecord.objects.get(key="D-1").state == "refunded"
    assert "“Credit note 7”" in words(desk.get(f"{SITE}discrepancies/one/?key=D-1"))


def test_a_supplier_sees_no_discrepancies_of_others(fund):
    ordered(fund)
    dispatched(fund)
    row = received(fund)
    client = signed_in(Role.SUPPLIER, name="other", party="ELSE")
    assert "D-1" not in client.get(f"{SITE}discrepancies/").content.decode()
    assert client.get(f"{SITE}discrepancies/one/?key=D-1").status_code == 404
    assert (
        take(row.discrepancies.first(), "replace", worker(Role.SUPPLIER, name="x")).code == "steps.no-right"
    )
