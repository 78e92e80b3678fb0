"""Programs split packages, ask for plans as jobs, and approve what waits for a second person: as people do on pages."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pledgeline.programme.roles import Role
from pledgeline.records.models import FormedPackage, HeldAct, OrderRecord
from tests.api.conftest import HARBOUR, program
from tests.chain import a_fund, formed, listed, offered, ordered, paid
from tests.working import worked_off

pytestmark = pytest.mark.django_db

SPLIT = {"into": "P-2", "lines": [{"line": "P-1/AD-015", "units": 2}]}


def a_step(details=None, *, noun="package", key="P-1", step="split", **more):
    return {"noun": noun, "key": key, "step": step, **({"details": details} if details else {}), **more}


def test_a_step_carries_what_it_asks_for_and_is_refused_at_its_place(db):
    formed(a_fund())
    coordinator = program(Role.COORDINATOR)
    wrong = coordinator.send(
        "POST", f"{HARBOUR}/steps", a_step({**SPLIT, "lines": [{"line": "X", "units": 0}]})
    )
    assert wrong.status_code == 422
    assert [finding["pointer"] for finding in wrong.json()["findings"]] == ["/details/lines/0/units"]
    none = coordinator.send("POST", f"{HARBOUR}/steps", a_step())
    assert (none.status_code, none.json()["findings"][0]["code"]) == (422, "noun.missing-field")
    text = coordinator.send("POST", f"{HARBOUR}/steps", a_step("P-2"))
    assert text.json()["findings"][0]["code"] == "noun.no-object"

    done = coordinator.send("POST", f"{HARBOUR}/steps", a_step(SPLIT))
    assert (done.status_code, done.json()["step"]) == (201, "split"), done.content
    assert FormedPackage.objects.filter(key="P-2").exists()
    assert program(Role.FINANCE).send("POST", f"{HARBOUR}/steps", a_step(SPLIT)).status_code == 403


def test_a_plan_is_asked_for_read_as_a_job_and_accepted_by_two(db):
    fund = a_fund(approvals=())
    paid(fund, "A", 2_000_00)
    listed(fund)
    offered(fund)
    fund.approvals = [["plan", 1_000_00, "finance"]]
    fund.save()
    coordinator, finance = program(Role.COORDINATOR), program(Role.FINANCE)

    wanted = {"package": "P-1", "budget_seconds": 5}
    assert finance.send("POST", f"{HARBOUR}/plans", wanted).status_code == 403
    assert coordinator.send("POST", f"{HARBOUR}/plans", {"package": " "}).status_code == 422
    asked = coordinator.send("POST", f"{HARBOUR}/plans", wanted)
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    where = asked["Location"].removeprefix("http://testserver")
    assert "plan" not in coordinator.get(where).json()
    worked_off()
    read = coordinator.get(where).json()
    assert (read["state"], bool(read["plan"])) == ("done", True)

    until = (timezone.now() + timedelta(days=30)).date().isoformat()
    held = coordinator.send("POST", f"{where}/acceptance", {"reserved_until": until})
    assert (held.status_code, held.json()["role"]) == (202, "finance")
    assert held.json()["amount"] == {"minor": 1_200_00, "currency": "USD"}
    approval = held["Location"].removeprefix("http://testserver")
    assert not FormedPackage.objects.exists()
    own = coordinator.send("POST", f"{approval}/decision", {"decision": "approve"})
    assert (own.status_code, own.json()["code"]) == (409, "approval.four-eyes")
    done = finance.send("POST", f"{approval}/decision", {"decision": "approve"})
    assert (done.status_code, done.json()["decision"]) == (201, "approved"), done.content
    assert FormedPackage.objects.get().key == "P-1"


def test_what_waits_is_listed_for_whoever_may_see_it_and_refused_with_a_reason(db):
    fund = a_fund()
    formed(fund)
    ordered(fund)
    fund.approvals = [["order", 0, "administrator"]]
    fund.save()
    finance, administrator = program(Role.FINANCE), program(Role.ADMINISTRATOR)
    amended = {"lines": [{"line": "P-1/AD-014", "units": 12, "unit_price": 101_00}]}
    step = a_step(amended, noun="order", key="ORD-1", step="amend", reason="steel")

    held = finance.send("POST", f"{HARBOUR}/steps", step)
    assert (held.status_code, held.json()["decision"]) == (202, "waiting"), held.content
    (row,) = administrator.get(f"{HARBOUR}/approvals?decision=waiting").json()["items"]
    assert (row["step"], row["amount"]["minor"]) == ("amend", 1_212_00)
    assert program(Role.RECIPIENT).get(f"{HARBOUR}/approvals").status_code == 403
    decide = f"{HARBOUR}/approvals/{row['ref']}/decision"
    assert administrator.send("POST", decide, {"decision": "maybe"}).status_code == 422
    no_reason = administrator.send("POST", decide, {"decision": "refuse"})
    assert no_reason.json()["findings"][0]["pointer"] == "/reason"
    assert administrator.send("POST", decide, {"decision": "refuse", "reason": "r"}).status_code == 201
    assert HeldAct.objects.get().decision == "refused"
    assert OrderRecord.objects.get().lines.get(package_line__line="P-1/AD-014").unit_price == 100_00
