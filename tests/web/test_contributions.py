"""Pages of contributions: what each person finds there, what a form says, and that no money is entered twice."""

import io
import re
from html import unescape

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from pledgeline.actions.books import post
from pledgeline.programme.roles import Role
from pledgeline.records.models import BooksRecord, ContributionRecord, EntryRecord, PartyName, PartyRecord
from pledgeline.web import typeset
from tests.chain import TODAY, a_fund, paid, the_fund, worker
from tests.people import publish_all
from tests.worlds import written_once

pytestmark = pytest.mark.django_db

SITE = "/p/harbour/"
PAGES = ("contributions/", "contributions.csv", "contributions.xlsx")
OF_ONE = (
    "contributions/one/",
    "contributions/statement/",
    "contributions/statement.xlsx",
    "contributions/statement.pdf",
    "contributions/terms/",
)


def a_paid_fund():
    row = a_fund()
    paid(row, "N-1", 1_000_00, partner="Northland", use_by="2027-06-30")
    paid(row, "W-1", 500_00, partner="Westmark")
    for ref, name in (("NORTH", "Northland"), ("WEST", "Westmark")):
        party = PartyRecord.objects.create(ref=ref, name=name, kind="state")
        PartyName.objects.create(party=party, name=name, key=name.casefold())


with_money = written_once(a_paid_fund)


@pytest.fixture
def fund(with_money):
    return the_fund()


def signed_in(role, **more):
    client = Client()
    client.force_login(worker(role, **more))
    return client


def text_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ").split())


def form_of(answer, kind):
    """Give the hidden and proposed values of a form of the page."""
    page = next(form for form in answer.content.decode().split("<form") if f'value="{kind}"' in form)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))


def fill(client, kind, key="N-1", page=None, **sent):
    address = f"{SITE}contributions/{page or f'one/?key={key}'}"
    return client.post(address, {**form_of(client.get(address), kind), **sent})


def enter(key, kind, minor, **more):
    said = {
        "id": f"{kind}-{key}-{minor}",
        "type": kind,
        "contribution": key,
        "amount": minor,
        "currency": "USD",
    }
    assert hasattr(post("harbour", {**said, "effective_on": "2026-01-01", **more}, today=TODAY), "entry")


# Opening the books


def test_finance_opens_the_books_on_a_page():
    a_fund()
    client = signed_in(Role.FINANCE)
    page = client.get(f"{SITE}books/")
    assert 'value="USD"' in page.content.decode()

    wrong = client.post(f"{SITE}books/open/", {"currencies": "USD XXX1"})
    assert (wrong.status_code, BooksRecord.objects.count()) == (400, 0)
    assert "ISO 4217 has no currency XXX1" in text_of(wrong)
    assert 'value="USD XXX1"' in wrong.content.decode()
    for _ in range(2):
        done = client.post(f"{SITE}books/open/", {"currencies": "usd, EUR"})
        assert (done.status_code, done["Location"]) == (302, f"{SITE}books/")
    assert BooksRecord.objects.get().currencies == "EUR USD"


def test_nobody_else_opens_them():
    a_fund()
    for role in set(Role) - {Role.FINANCE}:
        client = signed_in(role)
        assert "Open the books" not in text_of(client.get(f"{SITE}books/"))
        assert client.post(f"{SITE}books/open/", {"currencies": "USD"}).status_code == 403
    assert not BooksRecord.objects.exists()


def test_without_books_the_page_of_contributions_says_who_opens_them():
    a_fund()
    page = signed_in(Role.COORDINATOR).get(f"{SITE}contributions/")
    assert "keeps no books yet" in text_of(page)
    assert signed_in(Role.COORDINATOR).get(f"{SITE}contributions/pledge/").status_code == 404


# From a pledge to money that has arrived


def test_a_contribution_is_pledged_committed_and_received_by_two_people(fund):
    coordinator, finance = signed_in(Role.COORDINATOR), signed_in(Role.FINANCE)
    done = fill(
        coordinator,
        "pledge",
        page="pledge/",
        contribution="E-1",
        partner="Eastland",
        amount="2000.50",
        currency="USD",
        use_by="2027-01-31",
        note="letter 17",
    )
    assert done["Location"] == f"{SITE}contributions/one/?key=E-1"
    assert 'value="2000.50"' in coordinator.get(done["Location"]).content.decode()
    assert 302 == fill(coordinator, "commit", "E-1").status_code
    assert "up to USD 2,000.50" in text_of(finance.get(done["Location"]))
    assert 302 == fill(finance, "receive", "E-1", amount="500.50", note="MT103 4711").status_code
    assert 302 == fill(finance, "receive", "E-1").status_code

    page = text_of(signed_in(Role.READER).get(done["Location"]))
    assert "Received USD 2,000.50" in page
    assert "May be used until 31 Jan 2027" in page
    assert "You have nothing to do here" in page


def test_a_button_pressed_twice_enters_once(fund):
    client = signed_in(Role.COORDINATOR)
    address = f"{SITE}contributions/one/?key=N-1"
    sent = {**form_of(client.get(address), "pledge"), "amount": "5"}
    before = EntryRecord.objects.count()
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert EntryRecord.objects.count() == before + 1

    changed = client.post(address, {**sent, "amount": "6"})
    assert changed.status_code == 400
    assert "This form was entered before" in text_of(changed)
    assert form_of(changed, "pledge")["id"] != sent["id"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "1.001"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "9" * 40}, "amount"),
        ({"effective_on": "2199-01-01"}, "effective_on"),
        ({"effective_on": "yesterday"}, "effective_on"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_a_form_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(fund, change, field):
    before = EntryRecord.objects.count()
    answer = fill(signed_in(Role.COORDINATOR), "pledge", **{"amount": "12.34", **change})
    page = answer.content.decode()
    assert (answer.status_code, EntryRecord.objects.count()) == (400, before)
    assert f'id="pledge-{field}_error"' in page
    assert field == "amount" or 'value="12.34"' in page


def test_more_than_there_is_is_refused_at_the_amount(fund):
    enter("N-1", "pledge", 100_00, partner="Northland")
    answer = fill(signed_in(Role.COORDINATOR), "commit", amount="100.01")
    assert answer.status_code == 400
    assert 'id="commit-amount_error"' in answer.content.decode()


def test_what_looks_like_a_slip_is_asked_about(fund):
    client = signed_in(Role.COORDINATOR)
    asked = fill(client, "pledge", amount="20000")
    assert asked.status_code == 409
    assert "Enter it all the same" in text_of(asked)
    before = EntryRecord.objects.count()
    sent = {**form_of(asked, "pledge"), "amount": "20000"}
    assert 302 == client.post(f"{SITE}contributions/one/?key=N-1", sent).status_code
    assert EntryRecord.objects.count() == before + 1


def test_what_no_form_has_is_not_found(fund):
    client = signed_in(Role.FINANCE)
    for kind in ("", "convert", "write_off"):
        assert client.post(f"{SITE}contributions/one/?key=N-1", {"kind": kind}).status_code == 404
    assert client.get(f"{SITE}contributions/one/?key=X").status_code == 404
    assert client.post(f"{SITE}contributions/one/?key=N-1", {"kind": "return_to_partner"}).status_code == 400


# Terms


def test_terms_are_written_on_a_page(fund):
    client = signed_in(Role.COORDINATOR)
    address = f"{SITE}contributions/terms/?key=N-1"
    sent = {"pays_for": "item: interceptor\r\ncategory: air", "largest_share": "40", "seen": "0"}
    assert 302 == client.post(address, {**sent, "last_day": "2026-12-31"}).status_code
    page = text_of(client.get(f"{SITE}contributions/one/?key=N-1"))
    assert "item: interceptor category: air" in page
    assert "May be used until 31 Dec 2026" in page
    assert "a-coordinator wrote version 1 down" in page

    late = client.post(address, {**sent, "largest_share": "50"})
    assert (late.status_code, ContributionRecord.objects.count()) == (400, 1)
    wrong = client.post(address, {**sent, "pays_for": "interceptors", "seen": "1"})
    assert 'id="id_pays_for_error"' in wrong.content.decode()
    assert client.post(address, {**sent, "seen": "9" * 30}).status_code == 400


# A partner


def test_a_partner_sees_its_own_and_nothing_of_others(fund):
    client = signed_in(Role.PARTNER, party="NORTH")
    for page in ("contributions/", "contributions.csv"):
        said = client.get(f"{SITE}{page}").content.decode()
        assert "N-1" in said
        assert not re.search("W-1|Westmark|500", said), page
    for page in OF_ONE:
        assert client.get(f"{SITE}{page}?key=N-1").status_code == 200, page
        assert client.get(f"{SITE}{page}?key=W-1").status_code == 404, page
        assert client.post(f"{SITE}{page}?key=W-1", {"kind": "pledge"}).status_code == 404, page
    for page in ("", "journal/", "balances/", "contributions/", "contribution/?key=N-1", "lines/", "proofs/"):
        answer = client.get(f"{SITE}books/{page}")
        assert answer.status_code == (200 if page == "" else 404), page
        assert "1,000" not in answer.content.decode()
    page = client.get(f"{SITE}contributions/one/?key=N-1").content.decode()
    assert "Pledge more" in page
    assert not re.search('value="(commit|receive|reduce|return_to_partner)"', page)


def test_a_partner_finds_the_iati_file_beside_its_statement_where_the_books_are_public(fund):
    client = signed_in(Role.PARTNER, party="NORTH")
    file = f"{SITE}books/iati-activities.xml"
    one = f"{SITE}contributions/one/?key=N-1"
    assert file not in client.get(one).content.decode()
    publish_all("harbour")
    assert f'href="{file}"' in client.get(one).content.decode()
    assert b"<iati-activities" in b"".join(client.get(file).streaming_content)


def test_a_partner_without_a_party_and_other_roles_see_none(fund):
    for client in (signed_in(Role.PARTNER), signed_in(Role.SUPPLIER), signed_in(Role.RECIPIENT), Client()):
        for page in (*PAGES, *(f"{page}?key=N-1" for page in OF_ONE)):
            assert client.get(f"{SITE}{page}").status_code in (403, 404), page


def test_a_partner_pledges_in_its_own_name_alone(fund):
    client = signed_in(Role.PARTNER, party="NORTH")
    sent = {"contribution": "N-2", "amount": "5", "currency": "USD", "page": "pledge/"}
    assert fill(client, "pledge", **sent, partner="Westmark").status_code == 400
    assert fill(client, "pledge", **sent, partner="Northland").status_code == 302
    taken = fill(client, "pledge", **{**sent, "contribution": "W-1"}, partner="Northland")
    assert (taken.status_code, "Your roles do not let you" in text_of(taken)) == (400, True)


# The statement


def test_a_statement_adds_up_on_the_page_and_in_the_file(fund):
    enter("N-1", "allocate", 300_00, line="L1", package="P-1")
    for key, event in (
        ("o", {"type": "order", "line": "L1", "qty": 3, "unit_price": 100_00}),
        ("d", {"type": "deliver", "line": "L1", "lot": "D1", "qty": 2}),
        ("a", {"type": "accept", "lot": "D1", "qty": 1}),
        ("r", {"type": "return_to_partner", "contribution": "N-1", "amount": 50_00, "currency": "USD"}),
    ):
        assert hasattr(
            post("harbour", {"id": key, "effective_on": "2026-01-01", **event}, today=TODAY), "entry"
        )
    client = signed_in(Role.PARTNER, party="NORTH")

    page = text_of(client.get(f"{SITE}contributions/statement/?key=N-1"))
    assert "accepted P-1 L1 1 USD 100" in page
    assert "returned – – – USD 50" in page
    assert "available until 30 Jun 2027 – – – USD 650" in page
    assert "Together: what was received USD 1,000" in page

    file = client.get(f"{SITE}contributions/statement.xlsx?key=N-1")
    rows = list(load_workbook(io.BytesIO(file.content)).active.iter_rows(values_only=True))[1:]
    sums = {row[2]: row[6] for row in rows}
    assert sums["received"] == 1000
    assert sum(row[6] for row in rows if row[2] not in ("pledged", "committed", "received")) == 1000
    assert sum(row[5] or 0 for row in rows) == 3

    paper = client.get(f"{SITE}contributions/statement.pdf?key=N-1")
    if typeset.is_missing():
        assert 'pip install "pledgeline[pdf]"' in text_of(paper)
        return
    said = " ".join(PdfReader(io.BytesIO(paper.content)).pages[0].extract_text().split())
    assert "accepted P-1 L1 1 USD 100" in said
    assert "available until 30 Jun 2027 – – – USD 650" in said
    assert "Together: what was received USD 1,000" in said


def test_a_statement_as_pdf_is_set_or_says_how_to_get_it(fund, monkeypatch):
    client = signed_in(Role.PARTNER, party="NORTH")
    monkeypatch.setattr(typeset, "is_missing", lambda: True)

    page = client.get(f"{SITE}contributions/statement.pdf?key=N-1")

    assert 'pip install "pledgeline[pdf]"' in text_of(page)
    assert f"{SITE}contributions/statement.xlsx?key=N-1" in page.content.decode()


def test_the_list_is_narrowed_and_exported(fund):
    client = signed_in(Role.READER)
    assert "W-1" not in text_of(client.get(f"{SITE}contributions/?partner=Northland"))
    assert "W-1" not in text_of(client.get(f"{SITE}contributions/?q=north"))
    assert "None" not in text_of(client.get(f"{SITE}contributions/?holds=available"))
    assert "No contribution passes" in text_of(client.get(f"{SITE}contributions/?holds=lapsed"))
    file = client.get(f"{SITE}contributions.csv?partner=Northland").content.decode()
    assert ("N-1" in file, "W-1" in file) == (True, False)
    assert client.get(f"{SITE}contributions/?holds=nonsense").status_code == 400
