"""Bank statements over the API: handed in as files, each entry proposed and answered, by finance and nobody else."""

from typing import Any

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application

from pledgeline.accounts.models import Scope
from pledgeline.client import Client, ClientError
from pledgeline.ledger import Account
from pledgeline.programme.roles import Role
from pledgeline.queries.contributions import state_now
from pledgeline.records.models import BankEntry, BankStatement, EntryRecord
from tests.actions.test_approvals import band
from tests.actions.test_bank import pledge_and_commit
from tests.api.conftest import HARBOUR, Program, program, token_of
from tests.chain import a_fund
from tests.exchange.bank_files import CSV, DIALECT, camt, entry
from tests.people import a_person, publish_all

pytestmark = pytest.mark.django_db

BANK = f"{HARBOUR}/bank"
TWICE = (
    entry(ref="R-2", amount="100.00", text="NL-2", party="Netherlands"),
    entry(ref="R-3", amount="100.00", text="NL-2", party="Netherlands"),
)


@pytest.fixture
def fund():
    """NL-1 owes 500.00 and NL-2 owes 300.00."""
    row = a_fund()
    pledge_and_commit(row, {"NL-1": 500_00, "NL-2": 300_00})
    return row


def a_site(role: Role = Role.FINANCE) -> Client:
    token = token_of(a_person(f"of-{role}", role, programme="harbour"))
    return Client("http://localhost", token=token, transport=httpx.WSGITransport(app=get_wsgi_application()))


def handed_in(
    api: Program, data: bytes, name: str = "s.xml", *, key: str = "", query: str = "", **more: Any
) -> Any:
    api.sent += 1
    headers = {"idempotency-key": key or f"file {id(api)} {api.sent}"}
    return api.post(
        f"{BANK}/statements{query}", {"file": SimpleUploadedFile(name, data), **more}, headers=headers
    )


def test_a_program_hands_a_statement_in_and_answers_each_entry(fund):
    entries = (
        entry(ref="R-1", amount="500.00", text="Payment NL-1"),
        entry(ref="R-2", amount="120.00", text="Interest", party="Bank"),
    )
    with a_site() as site:
        seen = site.take_statements("harbour", "s.xml", camt(*entries, closing="1620.00"), dry_run=True)
        assert (seen.statements, seen.new, seen.known, BankEntry.objects.count()) == (1, 2, 0, 0)
        taken = site.take_statements("harbour", "s.xml", camt(*entries, closing="1620.00"))
        again = site.take_statements("harbour", "s.xml", camt(*entries, closing="1620.00"))
        assert (taken.new, again.new, again.known) == (2, 0, 2)

        first, second = site.bank_entries("harbour")
        (proposal,) = first["proposals"]
        assert (proposal["answer"], proposal["key"], proposal["is_certain"]) == ("receive", "NL-1", True)
        assert first["amount"] == {"minor": 500_00, "currency": "USD"}
        assert second["proposals"] == []

        done = site.enter_entry("harbour", first["number"], proposal["answer"], proposal["key"])
        assert (done["state"], done["contribution"], done["answered_by"]) == ("entered", "NL-1", "of-finance")
        aside = site.set_entry_aside("harbour", second["number"], "Interest, entered by hand")
        assert (aside["state"], aside["reason"]) == ("set-aside", "Interest, entered by hand")
        assert list(site.bank_entries("harbour")) == []
        (statement,) = site.each("programmes/harbour/bank/statements")
        assert statement["closing"] == {"minor": 1_620_00, "currency": "USD"}


def test_what_looks_like_a_slip_is_asked_about_and_the_certain_ones_are_entered_at_once(fund):
    api = program(Role.FINANCE)
    certain = entry(ref="R-1", amount="500.00", text="NL-1")
    handed_in(api, camt(certain, *TWICE, closing="1700.00"))

    entered = api.send("POST", f"{BANK}/certain")
    assert (entered.status_code, [row["ref"] for row in entered.json()["items"]]) == (201, ["R-1"])
    numbers = dict(BankEntry.objects.values_list("ref", "pk"))
    said = {"answer": "receive", "key": "NL-2"}
    assert api.send("POST", f"{BANK}/entries/{numbers['R-2']}/answer", said).status_code == 201
    asked = api.send("POST", f"{BANK}/entries/{numbers['R-3']}/answer", said)
    assert (asked.status_code, BankEntry.objects.get(ref="R-3").state) == (409, "open")
    sure = f"{BANK}/entries/{numbers['R-3']}/answer?sure={asked.json()['sure']}"
    assert api.send("POST", sure, said).status_code == 201


def test_what_is_wrong_with_a_file_has_its_place_in_the_file_and_nothing_is_taken_in(fund):
    api = program(Role.FINANCE)
    answer = handed_in(api, camt(closing="1600.00"))
    (finding,) = answer.json()["findings"]
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert (finding["code"], finding["place"]) == ("bank.balance", "s.xml, line 5")
    assert finding["way_out"]

    no_dialect = handed_in(api, CSV.encode(), "s.csv")
    assert [found["code"] for found in no_dialect.json()["findings"]] == ["bank.dialect"]
    assert BankStatement.objects.count() == 0
    dialect = SimpleUploadedFile("bank.toml", DIALECT.encode())
    taken = handed_in(api, CSV.encode(), "s.csv", dialect=dialect)
    assert (taken.status_code, taken.json()["new"]) == (200, 2)
    with a_site() as site, pytest.raises(ClientError) as refused:
        site.take_statements("harbour", "s.xml", camt(closing="1600.00"))
    assert "s.xml, line 5: " in str(refused.value)


@pytest.mark.parametrize(
    ("parts", "pointers"),
    [
        ({}, ["/file"]),
        ({"file": "a text"}, ["/file", "/file"]),
        ({"file": SimpleUploadedFile("s.xml", camt()), "more": "1"}, ["/more"]),
        ({"file": [SimpleUploadedFile("a.xml", camt()), SimpleUploadedFile("b.xml", camt())]}, ["/file"]),
    ],
)
def test_a_form_is_closed(fund, parts, pointers):
    answer = program(Role.FINANCE).post(f"{BANK}/statements", parts, headers={"idempotency-key": "1"})
    assert (answer.status_code, [found["pointer"] for found in answer.json()["findings"]]) == (422, pointers)
    assert not BankEntry.objects.exists()


def test_what_is_no_form_is_refused(fund):
    api = program(Role.FINANCE)
    assert api.send("POST", f"{BANK}/statements", {"file": "x"}).status_code == 415
    for kind, status in (("multipart/form-data", 400), ("multipart/form-data; boundary=x", 422)):
        headers = {"idempotency-key": kind}
        assert api.generic("POST", f"{BANK}/statements", b"--y", kind, headers=headers).status_code == status


def test_the_same_file_again_by_its_key_gets_the_same_answer(fund):
    """The text that parts a form differs each time: what was sent is the same."""
    api = program(Role.FINANCE)
    first, again = (handed_in(api, camt(), key="once") for _ in range(2))
    assert (first.status_code, first.content, again["Idempotent-Replayed"]) == (200, again.content, "true")
    other = handed_in(api, camt(entry(ref="R-9")), key="once")
    assert (other.status_code, other.json()["code"]) == (422, "api.other-request")
    assert handed_in(api, camt(), name="t.xml", key="once").status_code == 422
    assert BankEntry.objects.count() == 1


def test_a_return_that_a_second_person_has_to_approve_waits():
    row = a_fund(approvals=(band("refund", 0),))
    pledge_and_commit(row, {"NL-1": 500_00})
    api = program(Role.FINANCE)
    back = entry(ref="R-2", amount="500.00", way="DBIT", text="NL-1")
    handed_in(api, camt(entry(ref="R-1", amount="500.00", text="NL-1"), back, closing="1000.00"))
    api.send("POST", f"{BANK}/certain")
    number = BankEntry.objects.get(ref="R-2").pk
    held = api.send("POST", f"{BANK}/entries/{number}/answer", {"answer": "return_to_partner", "key": "NL-1"})

    assert (held.status_code, held.json()["role"], "Location" in held) == (202, "administrator", True)
    assert "approval" in api.get(f"{BANK}/entries/{number}").json()["waits"]
    waits = api.send("POST", f"{BANK}/entries/{number}/answer", {"answer": "set-aside", "reason": "no"})
    assert (waits.status_code, waits.json()["code"]) == (409, "bank.waits")


def test_an_answer_that_is_none_of_the_proposals_is_refused(fund):
    api = program(Role.FINANCE)
    handed_in(api, camt())
    where = f"{BANK}/entries/{BankEntry.objects.get().pk}/answer"
    for said, status in (
        ({"answer": "pay", "key": "ORD-1"}, 409),
        ({"answer": "receive"}, 409),
        ({"answer": "set-aside"}, 422),
        ({"answer": "steal", "key": "NL-1"}, 422),
        ({"answer": "receive", "key": "NL-1", "more": 1}, 422),
    ):
        assert api.send("POST", where, said).status_code == status, said
    assert api.send("POST", f"{BANK}/entries/{2**70}/answer", {"answer": "pay"}).status_code == 404
    assert BankEntry.objects.get().state == "open"
    assert state_now(fund).total_of("NL-1", Account.BANK, "USD") == 0


def test_nobody_but_finance_sees_or_answers_what_a_bank_says(fund):
    handed_in(program(Role.FINANCE), camt(entry(text="SECRET-WORD")))
    publish_all("harbour")
    number, entries = BankEntry.objects.get().pk, EntryRecord.objects.count()
    reads = [f"{BANK}/statements", f"{BANK}/entries", f"{BANK}/entries/{number}"]
    for role in set(Role) - {Role.FINANCE}:
        api = program(role)
        answers = [api.get(where) for where in reads]
        answers += [
            handed_in(api, camt(entry(ref="R-2"))),
            api.send("POST", f"{BANK}/certain"),
            api.send("POST", f"{BANK}/entries/{number}/answer", {"answer": "receive", "key": "NL-1"}),
        ]
        assert {answer.status_code for answer in answers} == {403}, role
        assert not any(b"SECRET-WORD" in answer.content for answer in answers), role
    assert {Program().get(where).status_code for where in reads} == {401}
    reader = program(Role.FINANCE, scope=Scope.READ)
    assert reader.get(reads[0]).status_code == 200
    assert handed_in(reader, camt(entry(ref="R-2"))).status_code == 403
    elsewhere = program(Role.FINANCE, programme="energy")
    assert elsewhere.get(reads[1]).status_code == 403
    assert (BankEntry.objects.count(), EntryRecord.objects.count()) == (1, entries)
