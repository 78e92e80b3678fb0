"""The page of bank statements: taken in, entries answered by somebody of finance, and by nobody else."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.core.files.uploadedfile import SimpleUploadedFile

from pledgeline.programme.roles import Role
from pledgeline.records.models import BankEntry, BankStatement
from tests.actions.test_approvals import band
from tests.actions.test_bank import pledge_and_commit
from tests.chain import a_fund
from tests.exchange.bank_files import CSV, DIALECT, camt, entry
from tests.web.test_chain import SITE, signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def fund():
    row = a_fund()
    pledge_and_commit(row, {"NL-1": 500_00, "NL-2": 300_00})
    return row


def handed_in(client, data, name="s.xml", **more):
    return client.post(f"{SITE}bank/", {"file": SimpleUploadedFile(name, data), **more})


def test_finance_takes_a_statement_in_and_answers_each_entry(fund):
    client = signed_in(Role.FINANCE)
    entries = (
        entry(ref="R-1", amount="500.00", text="Payment NL-1"),
        entry(ref="R-2", amount="100.00", text="NL-2", party="Netherlands"),
        entry(ref="R-3", amount="100.00", text="NL-2", party="Netherlands"),
        entry(ref="R-4", amount="7.00", way="DBIT", text="Fee", party="Bank"),
    )
    said = text_of(handed_in(client, camt(*entries, closing="1693.00")))
    for part in (
        "New entries: 4",
        "4 open entries",
        "the text names NL-1",
        "Nothing that is outstanding fits",
    ):
        assert part in said
    assert "Known from before: 4" in text_of(handed_in(client, camt(*entries, closing="1693.00")))
    assert "1 entry was entered." in text_of(client.post(f"{SITE}bank/certain/"))

    numbers = dict(BankEntry.objects.values_list("ref", "pk"))
    sent = {"proposal": "receive:NL-2"}
    assert client.post(f"{SITE}bank/{numbers['R-2']}/enter/", sent).status_code == 302
    asked = client.post(f"{SITE}bank/{numbers['R-3']}/enter/", sent)
    assert (asked.status_code, "same day" in text_of(asked)) == (409, True)
    sure = asked.context["doubts"]["asked"].sure
    assert client.post(f"{SITE}bank/{numbers['R-3']}/enter/", {**sent, "sure": sure}).status_code == 302
    wrong = client.post(f"{SITE}bank/{numbers['R-4']}/aside/", {"reason": ""})
    assert (wrong.status_code, "Say why the entry is set aside" in text_of(wrong)) == (409, True)
    assert client.post(f"{SITE}bank/{numbers['R-4']}/aside/", {"reason": "By hand"}).status_code == 302
    said = text_of(client.get(f"{SITE}bank/"))
    for part in ("Every entry was answered", "entered for NL-2", "set aside: By hand", "a-finance"):
        assert part in said


def test_what_is_wrong_with_a_file_is_said_with_its_place_and_nothing_is_taken_in(fund):
    client = signed_in(Role.FINANCE)
    answer = handed_in(client, camt(closing="1600.00"))
    assert (answer.status_code, "s.xml, line 5" in text_of(answer)) == (400, True)
    assert "differs by" in text_of(answer)
    assert "needs the dialect" in text_of(handed_in(client, CSV.encode(), "s.csv"))
    assert not BankEntry.objects.exists()
    dialect = SimpleUploadedFile("bank.toml", DIALECT.encode())
    assert "New entries: 2" in text_of(handed_in(client, CSV.encode(), "s.csv", dialect=dialect))


def test_an_entry_that_waits_for_approval_says_so_and_offers_nothing_else():
    row = a_fund(approvals=(band("refund", 0),))
    pledge_and_commit(row, {"NL-1": 500_00})
    client = signed_in(Role.FINANCE)
    back = entry(ref="R-2", amount="500.00", way="DBIT", text="NL-1")
    handed_in(client, camt(entry(ref="R-1", amount="500.00", text="NL-1"), back, closing="1000.00"))
    client.post(f"{SITE}bank/certain/")
    number = BankEntry.objects.get(ref="R-2").pk
    sent = client.post(f"{SITE}bank/{number}/enter/", {"proposal": "return_to_partner:NL-1"})
    assert sent.status_code == 302
    said = text_of(client.get(f"{SITE}bank/"))
    assert "wait for the approval of" in said
    assert "Enter it so" not in said
    assert "Set it aside" not in said


def test_nobody_but_finance_sees_or_answers_entries(fund):
    handed_in(signed_in(Role.FINANCE), camt())
    number = BankEntry.objects.get().pk
    for role in (Role.COORDINATOR, Role.READER, Role.PARTNER):
        client = signed_in(role)
        answers = [
            client.get(f"{SITE}bank/"),
            handed_in(client, camt()),
            client.post(f"{SITE}bank/certain/"),
            client.post(f"{SITE}bank/{number}/enter/", {"proposal": "receive:NL-1"}),
            client.post(f"{SITE}bank/{number}/aside/", {"reason": "no"}),
        ]
        assert {answer.status_code for answer in answers} == {403}
    assert BankEntry.objects.get().state == "open"


def test_a_statement_is_called_by_its_account_and_days_and_what_the_bank_took_off_is_said(fund):
    """A receipt of 500.00 arrives as 488.00: the bank took 12.00. A file of CSV has no number of its own."""
    client = signed_in(Role.FINANCE)
    amount = '<Amt Ccy="USD">12.00</Amt><CdtDbtInd>DBIT</CdtDbtInd>'
    charges = f"<Chrgs><Rcrd>{amount}<ChrgInclInd>true</ChrgInclInd></Rcrd></Chrgs>"
    later = entry(ref="R-2", amount="100.00", day="2026-01-07", text="NL-2")
    first = entry(amount="488.00", text="NL-1").replace("<RltdPties>", f"{charges}<RltdPties>", 1)
    said = text_of(handed_in(client, camt(first, later, closing="1588.00")))
    for part in (
        "DE02120300000000202051, 2026-01-05 to 2026-01-07",
        "USD 500 · Partner of A",
        "−USD 12 · charges of the bank",
        "taken off the entry R-1",
    ):
        assert part in said, said
    dialect = SimpleUploadedFile("bank.toml", DIALECT.encode())
    said = text_of(handed_in(client, CSV.encode(), "s.csv", dialect=dialect))
    assert "UA21-1, 2026-01-05 to 2026-01-06" in said
    assert "#" not in said


def test_the_samples_on_the_page_can_be_taken_in():
    """They are of the invented programme that ships: the receipts are those of Eastmere and Southvale."""
    a_fund()
    client = signed_in(Role.FINANCE)
    links = re.findall(r'download href="/static/([^"?]+)[^"]*"', client.get(f"{SITE}bank/").content.decode())
    xml, csv, dialect = (Path(find(link)).read_bytes() for link in links)
    assert "New entries: 4" in text_of(handed_in(client, xml))
    assert BankStatement.objects.get().closing_minor == 1_734_50
    toml = SimpleUploadedFile("bank.toml", dialect)
    answer = handed_in(client, csv, "s.csv", dialect=toml)
    assert answer.status_code == 200
    sums = BankEntry.objects.filter(ref__startswith="SAMPLE").values_list("amount_minor", flat=True)
    assert sorted(sums) == sorted([500_00, -12_00, 250_00, -3_50, -12_00])
