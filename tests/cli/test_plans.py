"""`pledgeline plans`: a plan of the list is accepted from the command line, by the act that page and program use."""

import json

import pytest

from pledgeline.actions import list_plans
from pledgeline.cli import app
from pledgeline.programme.roles import Role
from pledgeline.records.models import EntryRecord, FormedPackage, HeldAct, ProgrammeRecord
from tests.chain import TODAY, a_fund, listed, offered, paid
from tests.planning import ADA, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db):
    """Twelve interceptors at USD 100, of A's USD 2,000."""
    fund = a_fund()
    paid(fund, "A", 2_000_00)
    listed(fund)
    offered(fund)
    return planned(list_plans.hand_in(programme=fund, package="P-1", asker=ADA, today=TODAY))


@pytest.fixture
def run(capfd):
    def run_(*words):
        capfd.readouterr()
        with pytest.raises(SystemExit) as end:
            app(["plans", *words, "--programme", "harbour"], standalone_mode=True)
        said = capfd.readouterr()
        return end.value.code or 0, said.out, said.err

    return run_


def test_a_dry_run_shows_what_it_would_enter_and_enters_nothing(plan, run):
    entries = EntryRecord.objects.count()
    code, out, _err = run("accept", plan.ref, "--dry-run", "--json")
    shown = json.loads(out)
    amount = {"minor": 1_200_00, "currency": "USD", "amount": "1200.00"}
    assert (code, shown["approved_by"]) == (0, "")
    assert shown["lines"] == [
        {"package": "P-1", "line": "P-1/AD-014", "requirement": "AD-014", "offer": "O-1", "units": 12}
    ]
    assert {
        "event": "allocate",
        "contribution": "A",
        "account": "allocated",
        "line": "P-1/AD-014",
        "amount": amount,
    } in (shown["postings"])
    code, out, _err = run("accept", plan.ref, "--dry-run")
    assert (code, "P-1/AD-014" in out, "USD 1,200" in out.replace("\xa0", " ")) == (0, True, True)
    assert (FormedPackage.objects.count(), EntryRecord.objects.count()) == (0, entries)


def test_it_is_accepted_once(plan, run):
    assert json.loads(run("list", "--json")[1])[0]["packages"] == []
    code, out, _err = run("accept", plan.ref, "--until", "2030-01-31")
    assert (code, "Formed: P-1." in out) == (0, True)
    assert FormedPackage.objects.get().reserved_until.isoformat() == "2030-01-31"
    (row,) = json.loads(run("list", "--json")[1])
    assert (row["ref"], row["packages"]) == (plan.ref, ["P-1"])
    assert "P-1" in run("list")[1]
    code, _out, err = run("accept", plan.ref)
    assert (code, "accepted" in err) == (1, True)
    assert run("accept", plan.ref, "--dry-run")[0] == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [(("none",), 2), (("--until", "soon"), 2), (("--until", "2020-01-01"), 1)],
)
def test_what_cannot_be_is_said(plan, run, words, code):
    given = words if words[0] == "none" else (plan.ref, *words)
    found, out, err = run("accept", *given)
    assert (found, out, bool(err)) == (code, "", True)
    assert not FormedPackage.objects.exists()


def test_what_needs_approval_waits(plan, run):
    ProgrammeRecord.objects.update(approvals=[["plan", 0, Role.FINANCE.value]])
    assert json.loads(run("accept", plan.ref, "--dry-run", "--json")[1])["approved_by"] == "finance"
    code, out, _err = run("accept", plan.ref, "--json")
    assert (code, json.loads(out)["approval"]) == (0, HeldAct.objects.get().ref)
    assert not FormedPackage.objects.exists()
