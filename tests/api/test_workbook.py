"""The workbook over the API: taken as a file, looked over when it comes back, and taken when that was answered."""

import io

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from openpyxl import Workbook, load_workbook

from pledgeline import client as client_module
from pledgeline.client import Client
from pledgeline.programme.roles import Role
from pledgeline.records.models import RequirementRecord
from tests.actions.test_workbooks import edited, line_of, put
from tests.api.conftest import HARBOUR, Program, program, token_of
from tests.chain import a_fund, formed, required
from tests.people import a_person, publish_all
from tests.working import worked_off

pytestmark = pytest.mark.django_db

BOOK = f"{HARBOUR}/workbook"


@pytest.fixture
def fund():
    """Books with A and B, a package of three lines, and beside it a draft."""
    row = a_fund()
    formed(row)
    required(row, key="D-1", item="lamp", quantity=7)
    return row


@pytest.fixture
def site(fund, monkeypatch):
    """The client of a recipient; what it waits for is done meanwhile."""
    monkeypatch.setattr(client_module.time, "sleep", lambda _seconds: worked_off("sheets"))
    token = token_of(a_person("of-recipient", Role.RECIPIENT, programme="harbour"))
    with Client(
        "http://localhost", token=token, transport=httpx.WSGITransport(app=get_wsgi_application())
    ) as site:
        yield site


def handed_in(api: Program, data: bytes, name: str = "list.xlsx", key: str = "") -> object:
    api.sent += 1
    headers = {"idempotency-key": key or f"file {id(api)} {api.sent}"}
    return api.post(f"{BOOK}/looks", {"file": SimpleUploadedFile(name, data)}, headers=headers)


def own_words() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Bedarf"
    for row in (("Nr", "Was", "Wieviel"), ("X-1", "tent", 4), ("X-2", "rope", 2)):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_goes_out_is_edited_looked_over_and_taken(site):
    data = site.workbook("harbour")
    changed = edited(data, lambda book: put(book, "Requirements", "D-1", "Quantity", 9))

    look = site.look_over_workbook("harbour", "list.xlsx", changed)
    assert (look.state, look.can_be_taken, look.counts["changed"]) == ("done", True, 1)
    (row,) = [row for sheet in look.value["sheets"] for row in sheet["rows"]]
    assert (row["key"], row["changes"]) == ("D-1", {"quantity": [7, 9]})
    assert RequirementRecord.objects.get(key="D-1").quantity == 7

    done = site.take_workbook("harbour", look)
    assert (done.taken, RequirementRecord.objects.get(key="D-1").quantity) == (1, 9)
    again = site.get(f"programmes/harbour/workbook/looks/{look.ref}").value
    assert again["answered_by"] == done.ref


def test_what_is_wrong_stands_at_its_cell_and_only_good_rows_are_taken(site):
    data = site.workbook("harbour")

    def edit(book):
        put(book, "Requirements", "D-1", "Quantity", "many")
        book["Requirements"].append(["N-1", "tent", 3])

    look = site.look_over_workbook("harbour", "list.xlsx", edited(data, edit))
    (finding,) = look.findings
    line = line_of(load_workbook(io.BytesIO(data))["Requirements"], "D-1")
    assert (look.counts["new"], look.counts["refused"]) == (1, 1)
    assert finding.place == f"C{line}"
    assert finding.way_out
    assert site.take_workbook("harbour", look).taken == 1
    assert RequirementRecord.objects.get(key="D-1").quantity == 7


def test_sheets_of_another_office_are_matched_by_a_program(site):
    look = site.look_over_workbook("harbour", "own.xlsx", own_words())
    (sheet,) = look.value["sheets"]
    assert (look.can_be_taken, look.value["is_answered"]) == (False, False)
    with pytest.raises(client_module.ClientError) as refused:
        site.take_workbook("harbour", look)
    assert (refused.value.status, refused.value.code) == (409, "api.no-answer")
    matched = {
        "sheet": sheet["sheet"],
        "noun": "requirement",
        "columns": {"Nr": "key", "Was": "item", "Wieviel": "quantity"},
    }
    for wrong, pointer in (
        ({**matched, "sheet": "Other"}, "/sheets/0/sheet"),
        ({**matched, "noun": "tank"}, "/sheets/0/noun"),
        ({**matched, "columns": {"Nr": "name"}}, "/sheets/0/columns/Nr"),
        ({**matched, "columns": {"Nr": "key", "Was": "key"}}, "/sheets/0/columns/Was"),
        ({**matched, "columns": {"Number": "key"}}, "/sheets/0/columns/Number"),
        ({**matched, "columns": {"Nr": 1}}, "/sheets/0/columns/Nr"),
    ):
        with pytest.raises(client_module.ClientError) as refused:
            site.take_workbook("harbour", look, sheets=[wrong])
        assert (refused.value.status, refused.value.findings[0].pointer) == (422, pointer)
    second = site.take_workbook("harbour", look, sheets=[matched])
    assert (second.can_be_taken, second.counts["new"], second.taken) == (True, 2, None)
    assert site.take_workbook("harbour", second).taken == 2


def test_a_look_is_of_whoever_handed_the_workbook_in(fund):
    recipient, other = program(Role.RECIPIENT), program(Role.RECIPIENT, Role.READER)
    data = recipient.get(BOOK).content
    asked = handed_in(recipient, data)
    where = asked["Location"].removeprefix("http://testserver")
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    assert recipient.send("POST", f"{where}/answer", {}).status_code == 409
    worked_off("sheets")
    assert recipient.get(where).json()["state"] == "done"
    for nobody in (other, Program(), program(Role.READER)):
        assert nobody.get(where).status_code == 404
    assert other.send("POST", f"{where}/answer", {}).status_code == 404


def test_a_workbook_that_is_none_says_so_in_its_look(fund):
    recipient = program(Role.RECIPIENT)
    asked = handed_in(recipient, b"PK\x03\x04 broken off")
    worked_off("sheets")
    look = recipient.get(asked["Location"].removeprefix("http://testserver")).json()
    assert (look["state"], look["can_be_taken"], look["sheets"]) == ("done", False, [])
    assert look["findings"][0]["is_error"]
    assert handed_in(recipient, b"x" * 4_000_001).status_code == 413
    assert recipient.send("POST", f"{BOOK}/looks", {}).status_code == 415


def test_the_workbook_has_what_its_reader_may_see_and_no_more(fund):
    publish_all("harbour")
    sheets = {
        Role.FINANCE: ["Requirements", "Offers", "Contributions", "Packages"],
        Role.RECIPIENT: ["Requirements", "Offers", "Packages"],
    }
    for role, names in sheets.items():
        book = load_workbook(io.BytesIO(program(role).get(BOOK).content))
        assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == names
    assert Program().get(BOOK).status_code == 401
    offers = load_workbook(io.BytesIO(program(Role.REGISTER_EDITOR).get(BOOK).content))
    assert [sheet.title for sheet in offers if sheet.sheet_state == "visible"] == ["Packages"]
    for role in (Role.READER, Role.FINANCE, Role.AUDITOR):
        assert handed_in(program(role), b"x").status_code == 403
    tags = load_workbook(io.BytesIO(program(Role.FINANCE).get(f"{BOOK}?hxl=true").content))
    assert str(tags["Requirements"]["A2"].value).startswith("#")
