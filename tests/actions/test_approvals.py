"""Four eyes by amount: what a programme has approved is done by nobody before a second person says so."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pledgeline.accounts.roles import MACHINE, Machine
from pledgeline.accounts.stand_ins import STAND_INS
from pledgeline.actions import acceptance, approvals, chain, contributions, list_plans
from pledgeline.ledger import Posted
from pledgeline.ledger.contributions import figures_of
from pledgeline.money import Amount, Rate
from pledgeline.programme.approvals import APPROVERS, Approvable, ApprovalBand
from pledgeline.programme.roles import Role
from pledgeline.queries.approvals import approval_needed, approvers, asked_by, same_as, waiting_for
from pledgeline.queries.contributions import state_now
from pledgeline.queries.waiting import waiting
from pledgeline.records.models import (
    Decision,
    DiscrepancyRecord,
    EntryRecord,
    FormedPackage,
    HeldAct,
    OrderRecord,
    RateRecord,
    StepTaken,
)
from tests.chain import (
    ORDER,
    TODAY,
    a_fund,
    dispatched,
    formed,
    listed,
    offered,
    ordered,
    paid,
    received,
    take,
    worker,
    written,
)
from tests.people import NOW
from tests.planning import ADA, planned

pytestmark = pytest.mark.django_db


def band(what, minor, role=Role.ADMINISTRATOR, currency="USD"):
    return ApprovalBand(what=Approvable(what), above=Amount(minor, currency), role=role)


def offered_order(fund):
    """An order of USD 1,200 that waits to be accepted by somebody of finance."""
    formed(fund)
    row = written(fund, OrderRecord, ORDER, worker(Role.COORDINATOR))
    for step in ("request", "offer"):
        take(row, step, worker(Role.COORDINATOR))
    return row


def held(**where):
    return HeldAct.objects.select_related("programme").get(**where)


def codes(answer):
    return [finding.code for finding in answer] if isinstance(answer, list) else [answer.code]


def decide(act, role=Role.ADMINISTRATOR, *, person=None, name="approve", **more):
    decision = {
        "approve": approvals.approve,
        "refuse": approvals.refuse,
        "withdraw": approvals.withdraw,
    }[name]
    return decision(act, person=person or worker(role), now=NOW, **more)


# Which amount needs it


@pytest.mark.parametrize(("above", "is_held"), [(1_200_00, False), (1_199_99, True)])
def test_an_order_is_held_one_cent_above_the_sum_and_not_at_it(above, is_held):
    fund = a_fund(approvals=(band("order", above),))
    row = offered_order(fund)
    before = EntryRecord.objects.count()

    done = take(row, "accept", worker(Role.FINANCE))

    assert done.step == ("ask-approval" if is_held else "accept")
    row.refresh_from_db()
    assert row.state == ("offered" if is_held else "accepted")
    assert EntryRecord.objects.count() - before == (0 if is_held else 1)
    assert HeldAct.objects.count() == is_held


def test_of_two_bands_the_larger_one_that_is_passed_holds():
    fund = a_fund(
        approvals=(
            band("order", 0, Role.VALIDATOR),
            band("order", 500_00, Role.FINANCE),
            band("order", 900_00),
            band("refund", 1),
        )
    )

    def role(minor, what="order"):
        needed = approval_needed(fund, Approvable(what), Amount(minor, "USD"), TODAY)
        return needed and needed.role

    assert [role(minor) for minor in (0, 1, 500_00, 500_01, 900_00, 900_01)] == [
        *(None, Role.VALIDATOR, Role.VALIDATOR, Role.FINANCE, Role.FINANCE),
        Role.ADMINISTRATOR,
    ]
    assert role(10_000_00, "plan") is None


@pytest.mark.parametrize(
    ("above", "rate_day", "compared"),
    [
        (600_00, TODAY, "not needed"),
        (599_99, TODAY, Amount(600_00, "EUR")),
        (600_00, TODAY - timedelta(31), "not needed"),
        (600_00, TODAY - timedelta(32), None),
        (100_000_00, None, None),
    ],
)
def test_another_currency_is_compared_at_a_dated_rate_and_needs_approval_without_one(
    above, rate_day, compared
):
    """USD 1,200 are EUR 600 at two dollars for a euro; the rate may be 31 days old."""
    fund = a_fund(base_currency="EUR", approvals=(band("order", above, currency="EUR"),))
    if rate_day:
        rate = Rate(day=rate_day, base="EUR", currency="USD", rate=Decimal("2"), source="S9")
        RateRecord.from_value(rate, programme=fund, place=1).save()

    needed = approval_needed(fund, Approvable.ORDER, Amount(1_200_00, "USD"), TODAY)

    if compared == "not needed":
        assert needed is None
        return
    assert (needed.role, needed.compared) == (Role.ADMINISTRATOR, compared)
    assert [rate["source"] for rate in needed.rates] == (["S9"] if compared else [])


# Who may


@pytest.fixture
def asked():
    """An order of USD 1,200 that somebody of finance wants to accept, and a second one of finance approves."""
    fund = a_fund(approvals=(band("order", 1_000_00, Role.FINANCE),))
    row = offered_order(fund)
    take(row, "accept", worker(Role.FINANCE), asked_with="form-1")
    return held()


@pytest.mark.parametrize("role", Role)
def test_only_the_role_that_is_named_approves_and_then_it_is_done(asked, role):
    before = EntryRecord.objects.count()
    person = worker(role, name=f"another-{role}")
    assert (asked in waiting_for(asked.programme, person)) == (role is Role.FINANCE)
    told = [row.kind for row in waiting(asked.programme, person, TODAY)]
    assert ("approve" in told) == (role is Role.FINANCE)

    done = decide(asked, person=person)

    order = OrderRecord.objects.get()
    if role is not Role.FINANCE:
        assert codes(done) == ["approval.no-right"]
        assert (order.state, EntryRecord.objects.count()) == ("offered", before)
        assert codes(decide(asked, person=person, name="refuse", reason="r")) == ["approval.no-right"]
        return
    assert (done.decision, done.decided_by) == (Decision.APPROVED, "another-finance")
    assert (order.state, EntryRecord.objects.count()) == ("accepted", before + 1)
    steps = StepTaken.objects.filter(noun="order").order_by("pk")
    assert [(step.step, step.by_name) for step in steps][-3:] == [
        ("ask-approval", "a-finance"),
        ("accept", "a-finance"),
        ("approve", "another-finance"),
    ]
    assert codes(decide(asked, person=person)) == ["approval.decided"]


def test_who_asked_decides_in_no_role_and_may_take_it_back(asked):
    both = worker(Role.ADMINISTRATOR, name="a-finance")
    assert codes(decide(asked, person=both)) == ["approval.four-eyes"]
    assert codes(decide(asked, person=both, name="refuse", reason="r")) == ["approval.four-eyes"]
    assert waiting_for(asked.programme, both) == []
    worker(Role.FINANCE, name="zoe")
    assert approvers(asked) == ["zoe"]
    assert codes(decide(asked, Role.ADMINISTRATOR, name="withdraw")) == ["approval.not-yours"]
    assert decide(asked, person=both, name="withdraw").decision == Decision.WITHDRAWN
    assert OrderRecord.objects.get().state == "offered"


def test_it_is_refused_for_a_reason_and_can_be_asked_for_anew(asked):
    second = worker(Role.FINANCE, name="second")
    assert codes(decide(asked, person=second, name="refuse", reason=" ")) == ["approval.no-reason"]
    assert decide(asked, person=second, name="refuse", reason="too dear").decision == Decision.REFUSED
    assert OrderRecord.objects.get().state == "offered"
    row = OrderRecord.objects.get()
    assert take(row, "accept", worker(Role.FINANCE), asked_with="form-1").step == "ask-approval"
    assert HeldAct.objects.count() == 1  # the same form again
    take(row, "accept", worker(Role.FINANCE), asked_with="form-2")
    assert codes(take(row, "accept", worker(Role.FINANCE))) == ["approval.waits"]
    assert [act.decision for act in HeldAct.objects.order_by("pk")] == ["refused", "waiting"]


# Looked at again


def test_what_has_changed_since_is_outdated_and_never_done(asked):
    second, row = worker(Role.FINANCE, name="second"), OrderRecord.objects.get()
    take(row, "cancel", worker(Role.COORDINATOR), reason="no longer wanted")
    before = EntryRecord.objects.count()

    assert codes(decide(asked, person=second)) == ["approval.changed-since"]
    asked.refresh_from_db()
    assert (asked.decision, EntryRecord.objects.count()) == (Decision.OUTDATED, before)


def test_what_was_decided_in_the_meantime_is_not_outdated_over_it(asked, monkeypatch):
    """Between the refusal and the note that it is outdated, whoever asked takes it back."""
    take(OrderRecord.objects.get(), "cancel", worker(Role.COORDINATOR), reason="no longer wanted")

    def meanwhile(act, *_more, **_said):
        if act == "act-approved":
            decide(held(), person=worker(Role.FINANCE), name="withdraw")

    monkeypatch.setattr(approvals.trail, "refused", meanwhile)
    assert codes(decide(asked, person=worker(Role.FINANCE, name="second"))) == ["approval.changed-since"]
    assert (held().decision, held().decided_by) == (Decision.WITHDRAWN, "a-finance")


def test_whoever_asked_must_have_the_right_still(asked):
    from pledgeline.accounts.models import Membership

    Membership.objects.filter(person__username="a-finance").delete()
    assert codes(decide(asked, person=worker(Role.FINANCE, name="second"))) == ["steps.no-right"]
    asked.refresh_from_db()
    assert (asked.decision, OrderRecord.objects.get().state) == (Decision.WAITING, "offered")


def test_the_settings_of_the_day_count(asked):
    """It was asked for when finance approved; now an administrator does."""
    fund = asked.programme
    fund.approvals = [["order", 1_000_00, "administrator"]]
    fund.save()
    assert codes(decide(asked, person=worker(Role.FINANCE, name="second"))) == ["approval.no-right"]
    both = worker(Role.ADMINISTRATOR, name="both")
    worker(Role.FINANCE, name="both")
    assert decide(asked, person=both).decision == Decision.APPROVED


# The other acts


def commit(fund, amount, role=Role.COORDINATOR, kind="commit", **more):
    said = {"id": f"{kind}-{amount}", "contribution": "N-1", "amount": amount, "currency": "USD"}
    said |= {"effective_on": TODAY.isoformat(), **more}
    given = {"programme": fund, "person": worker(role), "today": TODAY}
    answer = contributions.enter(kind, said, **given)
    if isinstance(answer, contributions.Doubts):
        answer = contributions.enter(kind, said, **given, sure=answer.sure)
    return answer


def test_a_commitment_and_a_refund_are_held_and_entered_as_they_were_asked_for():
    fund = a_fund(approvals=(band("commitment", 400_00, Role.FINANCE), band("refund", 0, Role.COORDINATOR)))
    paid(fund, "N-1", 1_000_00, partner="Northland")
    commit(fund, 900_00, kind="pledge", partner="Northland")

    assert isinstance(commit(fund, 400_00), Posted)
    signed = commit(fund, 400_01)
    assert commit(fund, 400_01) == signed  # the same form again
    assert codes(commit(fund, 600_00)) == ["ledger.below-zero"]  # nobody is asked about that
    back = commit(fund, 50_00, Role.FINANCE, kind="return_to_partner")
    figures = figures_of(state_now(fund), "N-1")
    assert (figures.committed, figures.available) == ([Amount(1_400_00, "USD")], [Amount(1_000_00, "USD")])

    assert codes(decide(back, Role.FINANCE)) == ["approval.four-eyes"]
    assert decide(signed, Role.FINANCE).decision == Decision.APPROVED
    assert decide(back, Role.COORDINATOR).decision == Decision.APPROVED
    figures = figures_of(state_now(fund), "N-1")
    assert (figures.committed, figures.available) == ([Amount(1_800_01, "USD")], [Amount(950_00, "USD")])


@pytest.mark.parametrize("kind", ["commit", "return_to_partner"])
def test_the_same_from_two_windows_is_asked_about_before_it_is_held_twice(kind):
    fund = a_fund(approvals=(band("commitment", 0, Role.COORDINATOR), band("refund", 0, Role.COORDINATOR)))
    paid(fund, "N-1", 1_000_00, partner="Northland")
    commit(fund, 900_00, kind="pledge", partner="Northland")
    role = Role.FINANCE if kind == "return_to_partner" else Role.COORDINATOR
    first = commit(fund, 100_00, role, kind=kind, id="a")

    def again(**more):
        said = {"id": "b", "contribution": "N-1", "amount": 100_00, "currency": "USD", **more}
        said |= {"effective_on": said.get("effective_on", TODAY.isoformat())}
        answer = contributions.enter(kind, said, programme=fund, person=worker(role), today=TODAY)
        return [doubt.code for doubt in getattr(answer, "findings", ())]

    assert "contribution.again" in again()
    assert "contribution.again" not in again(amount=99_00, id="c")
    assert same_as(first) == []
    second = commit(fund, 100_00, role, kind=kind, id="b")  # sure of it
    assert (same_as(first), same_as(second)) == ([second], [first])
    assert commit(fund, 100_00, role, kind=kind, id="a") == first
    decide(first, person=worker(Role.COORDINATOR, name="second"))
    assert [act.decision for act in same_as(second)] == [Decision.APPROVED]


def test_money_that_is_gone_meanwhile_is_not_approved_away():
    fund = a_fund(approvals=(band("commitment", 0, Role.FINANCE),))
    paid(fund, "N-1", 1_000_00, partner="Northland")
    commit(fund, 500_00, kind="pledge", partner="Northland")
    first, second = commit(fund, 300_00), commit(fund, 400_00)
    assert decide(first, Role.FINANCE).decision == Decision.APPROVED
    assert codes(decide(second, Role.FINANCE)) == ["ledger.below-zero"]
    second.refresh_from_db()
    assert second.decision == Decision.WAITING


@pytest.mark.parametrize(("above", "is_held"), [(1_200_00, False), (1_199_99, True)])
def test_a_plan_is_accepted_by_two_people(above, is_held):
    fund = a_fund(approvals=(band("plan", above, Role.FINANCE),))
    paid(fund, "A", 2_000_00)
    listed(fund)
    offered(fund)
    run = planned(list_plans.hand_in(programme=fund, package="P-1", asker=ADA, today=TODAY))
    given = {"today": TODAY, "now": NOW, "reserved_until": date(2026, 2, 1)}

    done = acceptance.accept(run, person=worker(Role.COORDINATOR), **given)

    assert isinstance(done, HeldAct) == is_held
    assert FormedPackage.objects.count() == (0 if is_held else 1)
    if is_held:
        assert codes(acceptance.accept(run, person=worker(Role.COORDINATOR), **given)) == ["approval.waits"]
        assert "accept" not in [row.kind for row in waiting(fund, worker(Role.COORDINATOR), TODAY)]
        assert decide(done, Role.FINANCE).decision == Decision.APPROVED
        assert FormedPackage.objects.get().reserved_until == date(2026, 2, 1)
        assert figures_of(state_now(fund), "A").available == [Amount(800_00, "USD")]


def test_a_refund_of_a_supplier_and_money_given_back_at_a_closure_are_held():
    """Two units of USD 100 were rejected; of P-1 the radios, USD 480, were never ordered."""
    fund = a_fund(approvals=(band("refund", 199_99),))
    formed(fund)
    ordered(fund)
    dispatched(fund)
    received(fund)
    case = DiscrepancyRecord.objects.get(what="rejected")
    finance, administrator = worker(Role.FINANCE), worker(Role.ADMINISTRATOR)

    assert take(case, "refund", finance, reason="wet").step == "ask-approval"
    assert held(noun="discrepancy").amount == Amount(200_00, "USD")
    assert decide(held(noun="discrepancy"), person=administrator).decision == Decision.APPROVED
    assert DiscrepancyRecord.objects.get(pk=case.pk).state == "refunded"
    take(DiscrepancyRecord.objects.get(what="short"), "replace", worker(Role.COORDINATOR))
    take(OrderRecord.objects.get(), "cancel-rest", finance, reason="enough")

    package = FormedPackage.objects.get()
    closing = {"reason": "over", "details": {"return_money": True}}
    assert take(package, "close", finance, **closing).step == "ask-approval"
    assert held(noun="package").amount == Amount(480_00, "USD")
    assert chain.foreseen(
        FormedPackage, "P-1", "close", programme=fund, person=finance, now=NOW, details={"return_money": True}
    )
    assert decide(held(noun="package"), person=administrator).decision == Decision.APPROVED
    assert FormedPackage.objects.get().state == "closed"


@pytest.mark.parametrize("person", [MACHINE, Machine(name="root")])
def test_at_the_machine_one_pair_of_eyes_does_not_pass_as_two(person):
    fund = a_fund(approvals=(band("order", 0),))
    take(offered_order(fund), "accept", MACHINE)
    before = EntryRecord.objects.count()

    assert waiting_for(fund, person) == []
    for name in ("approve", "refuse"):
        (refused,) = decide(held(), person=person, name=name, reason="r")
        assert (refused.code, "two accounts" in refused.way_out) == ("approval.four-eyes", True)
    assert (held().decision, EntryRecord.objects.count()) == (Decision.WAITING, before)


@pytest.mark.parametrize("person", [MACHINE, Machine(name="root")])
def test_an_account_and_the_machine_are_not_two_people(person):
    """One asks with an account and would approve in a shell, or asks in a shell and would approve signed in."""
    fund = a_fund(approvals=(band("order", 0),))
    asked_signed_in = take(offered_order(fund), "accept", worker(Role.FINANCE))
    assert waiting_for(fund, person) == []
    assert codes(decide(held(), person=person)) == ["approval.four-eyes"]
    assert decide(held(), name="refuse", reason="r").decision == Decision.REFUSED
    assert asked_signed_in.step == "ask-approval"

    take(OrderRecord.objects.get(), "accept", person)
    asked_at_the_machine = HeldAct.objects.get(decision=Decision.WAITING)
    before = EntryRecord.objects.count()
    (refused,) = decide(asked_at_the_machine)
    assert "without an account" in refused.wrong
    assert approvals.foreseen(asked_at_the_machine, now=NOW) == [refused]
    assert EntryRecord.objects.count() == before
    assert decide(asked_at_the_machine, name="refuse", reason="ask signed in").decision == Decision.REFUSED


def test_two_stand_ins_are_two_people_and_one_is_not():
    """Whoever looks as finance asks, and looks as the administrator approves: each is somebody in particular."""
    act = HeldAct(asked_account=STAND_INS["finance"].account)
    assert asked_by(act, STAND_INS["finance"])
    assert not asked_by(act, STAND_INS["administrator"])
    assert not asked_by(act, MACHINE)
    assert not asked_by(HeldAct(asked_account=""), None)


def test_who_is_at_the_machine_takes_back_what_was_asked_for_there():
    fund = a_fund(approvals=(band("order", 0),))
    take(offered_order(fund), "accept", MACHINE)
    assert decide(held(), person=MACHINE, name="withdraw").decision == Decision.WITHDRAWN


def test_the_roles_that_may_approve_are_those_of_the_table():
    from pledgeline.accounts.table import RIGHTS

    assert RIGHTS["approve"] == {*APPROVERS}
