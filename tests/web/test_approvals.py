"""The pages of what waits for a second person: said where it is asked for, decided on a page of its own."""

import re

import pytest
from django.test import Client

from pledgeline.actions import contributions, list_plans
from pledgeline.money import Amount
from pledgeline.programme.approvals import Approvable, ApprovalBand
from pledgeline.programme.roles import Role
from pledgeline.records.models import HeldAct, OrderRecord, ProgrammeRecord, RequirementRecord
from tests.chain import (
    ORDER,
    TODAY,
    a_fund,
    formed,
    listed,
    offered,
    ordered,
    paid,
    take,
    worker,
    written,
)
from tests.forms import hidden
from tests.planning import ADA, planned
from tests.web.html import flat

pytestmark = pytest.mark.django_db

SITE = "/p/harbour/"
WRONG_BANDS = (
    *("order 1000", "orders 1000 finance", "order x finance", "order 5 partner"),
    "order 1 finance\norder 1 finance",
)


def signed_in(role, name=""):
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(worker(role, name=name))
    return client


def text(answer):
    return flat(answer)


@pytest.fixture
def fund():
    row = a_fund()
    formed(row)
    row.approvals = [["order", 1_000_00, "administrator"]]
    row.save()
    return row


def test_an_order_waits_and_is_approved_on_a_page(fund):
    row = written(fund, OrderRecord, ORDER, worker(Role.COORDINATOR))
    for step in ("request", "offer"):
        take(row, step, worker(Role.COORDINATOR))
    worker(Role.ADMINISTRATOR, name="ann")
    finance, ann = signed_in(Role.FINANCE), signed_in(Role.ADMINISTRATOR, "ann")
    page = finance.get(f"{SITE}orders/one/?key=ORD-1")
    sent = {"step": "accept", "seen": hidden(page, "seen"), "asked_with": hidden(page, "asked_with")}
    for _twice in range(2):
        finance.post(f"{SITE}orders/step/?key=ORD-1", sent)

    shown = text(finance.get(f"{SITE}orders/one/?key=ORD-1"))
    assert "Waits for approval" in shown
    assert "Administrator decides: ann" in shown
    assert "asked for the approval of a second person" in shown
    assert 'value="accept"' not in shown
    held = HeldAct.objects.get()
    mine = text(finance.get(f"{SITE}approvals/{held.ref}/"))
    assert "You asked for it" in mine
    assert "Approve and do it" not in mine
    assert "1 act waits for your approval" in text(ann.get(f"{SITE}work/"))
    assert "ORD-1" in text(ann.get(f"{SITE}approvals/?decision=waiting"))
    assert (
        ann.get(f"{SITE}approvals.csv")
        .content.decode()
        .splitlines()[1]
        .startswith('"Accept the order","ORD-1"')
    )

    asked = ann.get(f"{SITE}approvals/{held.ref}/")
    assert "USD\xa01,200" in text(asked)
    assert "P-1/AD-014" in text(asked)  # what it would enter
    refused = ann.post(f"{SITE}approvals/{held.ref}/", {"decision": "refuse", "reason": ""})
    assert (refused.status_code, "There is no reason given" in text(refused)) == (409, True)
    assert ann.post(f"{SITE}approvals/{held.ref}/", {"decision": "approve"}).status_code == 302
    assert OrderRecord.objects.get().state == "accepted"
    assert ann.post(f"{SITE}approvals/{held.ref}/", {"decision": "approve"}).status_code == 409
    assert ann.post(f"{SITE}approvals/{held.ref}/", {"decision": "burn"}).status_code == 404
    assert signed_in(Role.RECIPIENT).get(f"{SITE}approvals/").status_code == 403


def test_the_settings_say_what_needs_approval_and_keep_their_history(fund):
    ann = signed_in(Role.ADMINISTRATOR, "ann")
    page = ann.get(f"{SITE}settings/")
    assert "order 1000 administrator" in text(page)
    sent = {
        **{name: getattr(fund, name) for name in ("name", "short_name", "about", "validator", "supplier")},
        "recipient": "UKR",
        "base_currency": "USD",
        "package_size": "500000000",
        "package_size_currency": "USD",
        "time_zone": "UTC",
        "maximum_rate_age_days": "31",
        "seen": hidden(page, "seen"),
        "asked_with": "form-1",
        "reason": "the board asks for it",
    }
    for wrong in WRONG_BANDS:
        answer = ann.post(f"{SITE}settings/", {**sent, "approvals": wrong})
        assert (answer.status_code, 'id="id_approvals_error"' in text(answer)) == (400, True), wrong
    bands = "order 10000000 finance\nrefund 0.01 coordinator"
    assert ann.post(f"{SITE}settings/", {**sent, "approvals": bands}).status_code == 302
    assert ProgrammeRecord.objects.get().approvals == [
        ["order", 10_000_000_00, "finance"],
        ["refund", 1, "coordinator"],
    ]
    assert "order USD 10000000 finance; refund USD 0.01 coordinator" in text(ann.get(f"{SITE}settings/"))


def test_what_waits_of_a_contribution_is_not_offered_again_and_its_twin_is_shown(fund):
    """Of USD 900 that were promised, 100 wait twice to be signed: 700 are left."""
    fund.approvals = [["commitment", 0, "administrator"]]
    fund.save()
    said = {
        "contribution": "N-1",
        "partner": "Northland",
        "currency": "USD",
        "effective_on": TODAY.isoformat(),
    }
    given = {"programme": fund, "person": worker(Role.COORDINATOR), "today": TODAY}
    contributions.enter("pledge", {**said, "id": "p", "amount": 900_00}, **given)
    del said["partner"]
    for id_ in ("a", "b"):
        asked = {**said, "id": id_, "amount": 100_00}
        answer = contributions.enter("commit", asked, **given)
        if isinstance(answer, contributions.Doubts):
            contributions.enter("commit", asked, **given, sure=answer.sure)

    first, second = HeldAct.objects.order_by("pk")
    page = text(signed_in(Role.COORDINATOR).get(f"{SITE}contributions/one/?key=N-1"))
    assert "Commit: up to USD\xa0700" in page
    shown = text(signed_in(Role.ADMINISTRATOR, "ann").get(f"{SITE}approvals/{second.ref}/"))
    assert "asked for the same amount of the same day" in shown
    assert f"{SITE}approvals/{first.ref}/" in shown


def test_an_order_is_amended_by_a_form_that_shows_first_what_it_enters(fund):
    fund.approvals = []
    fund.save()
    ordered(fund)
    finance = signed_in(Role.FINANCE)
    address = f"{SITE}orders/step/?key=ORD-1&step=amend"
    page = finance.get(address)
    assert 'value="100.00"' in text(page)
    sent = {
        "step": "amend",
        "reason": "the steel",
        "seen": hidden(page, "seen"),
        "lines-TOTAL_FORMS": "2",
        "lines-INITIAL_FORMS": "2",
        "lines-0-line": "P-1/AD-014",
        "lines-0-units": "12",
        "lines-0-unit_price": "111.00",
        "lines-1-line": "P-1/AD-016",
        "lines-1-units": "5",
        "lines-1-unit_price": "0",
    }
    short = finance.post(address, sent)
    assert (short.status_code, "USD\xa012 is not there" in text(short)) == (400, True)
    sent["lines-0-unit_price"] = "105.00"
    shown = finance.post(address, sent)
    assert "USD\xa060" in text(shown)
    assert finance.post(address, {**sent, "sure": hidden(shown, "sure")}).status_code == 302
    assert "USD\xa0105" in text(finance.get(f"{SITE}orders/one/?key=ORD-1"))


def test_whoever_approves_an_amendment_sees_what_is_and_what_is_to_be(fund):
    """Twelve at 105 instead of 100: USD 60 more, which A has available."""
    fund.approvals = []
    fund.save()
    ordered(fund)
    fund.approvals = [["order", 0, "administrator"]]
    fund.save()
    details = {"lines": [{"line": "P-1/AD-014", "units": 12, "unit_price": 105_00}]}
    take(OrderRecord.objects.get(), "amend", worker(Role.FINANCE), reason="the steel", details=details)

    act = HeldAct.objects.get(step="amend")
    page = text(signed_in(Role.ADMINISTRATOR, "ann").get(f"{SITE}approvals/{act.ref}/")).replace("\xa0", " ")
    row = re.sub(
        r"<[^>]+>", " ", page[page.index("P-1/AD-014") : page.index("</tr>", page.index("P-1/AD-014"))]
    )
    assert row.split() == "P-1/AD-014 interceptor 12 12 USD 100 USD 105 USD 60".split()
    assert "In all USD 60, so that the order costs USD 1,260 then." in page
    assert "USD 60 from A: " in page
    assert "USD 60 to A: " in page


def test_what_cannot_be_begun_says_why_and_where_one_goes_on(fund):
    fund.approvals = []
    fund.save()
    ordered(fund)
    coordinator = signed_in(Role.COORDINATOR)
    ships = coordinator.get(f"{SITE}shipments/new/?order=ORD-1")
    assert ships.status_code == 200
    again = coordinator.get(f"{SITE}orders/new/?package=P-1&supplier=Maker A")
    assert (again.status_code, "has no line that could be ordered from Maker A" in text(again)) == (409, True)
    assert f"{SITE}formed/one/?key=P-1" in text(again)
    ordered(
        fund,
        key="ORD-2",
        supplier="Maker B",
        lines=[{"line": "P-1/AD-015", "units": 6, "unit_price": 80_00}],
    )
    split = coordinator.get(f"{SITE}formed/step/?key=P-1&step=split")
    assert (split.status_code, "has no line that could be moved" in text(split)) == (409, True)


def test_who_approves_a_plan_sees_first_what_accepting_it_enters():
    """Three launchers at USD 250 are paid for; one of the rows is withdrawn while the plan waits."""
    bands = (ApprovalBand(what=Approvable.PLAN, above=Amount(0, "USD"), role=Role.FINANCE),)
    fund = a_fund(approvals=bands)
    paid(fund, "C", 2_000_00)
    listed(fund, key="AD-020", item="launcher", quantity=3)
    offered(fund, key="O-20", item="launcher", unit_price=250_00)
    run = planned(list_plans.hand_in(programme=fund, package="P-2", asker=ADA, today=TODAY))
    planner = signed_in(Role.COORDINATOR)
    sent = {"until": "2035-02-01"}
    accept = f"{SITE}plan/{run.ref}/accept/"
    offered_page = text(planner.get(accept))
    assert planner.post(accept, sent).status_code == 302
    held = HeldAct.objects.get()

    shown = text(signed_in(Role.FINANCE).get(f"{SITE}approvals/{held.ref}/"))

    entered = offered_page[offered_page.index('id="packages"') :].partition("</main>")[0]
    assert entered.partition("</section>")[0] in shown
    for said in ("USD\xa0750", "P-2/AD-020", "launcher", "USD\xa0250"):
        assert said in shown
    listed_row = RequirementRecord.objects.get(key="AD-020")
    take(listed_row, "withdraw", worker(Role.RECIPIENT), reason="no more")
    assert "AD-020" in text(signed_in(Role.FINANCE).get(f"{SITE}approvals/{held.ref}/"))
