"""The API shows what the pages show, to everybody: row by row, and nothing that is withheld."""

import csv
import io

import pytest
from django.test import Client

from pledgeline.programme.roles import Role
from tests.api.conftest import HARBOUR, Program, program
from tests.people import a_person, publish_all

pytestmark = pytest.mark.django_db

LISTS = {
    "announcements": "announcements.csv",
    "stated-totals": "stated-totals.csv",
    "sources": "sources.csv",
    "requirements": "requirements.csv",
    "offers": "offers.csv",
    "orders": "orders.csv",
    "shipments": "shipments.csv",
    "receipts": "receipts.csv",
    "packages": "formed.csv",
    "plans": "plan.csv",
    "contributions": "contributions.csv",
    "books/balances": "books/balances.csv",
}
"""The lists of the API, and the file of the page that shows the same rows."""


def shown_by_page(client, file):
    answer = client.get(f"/p/harbour/{file}")
    if answer.status_code != 200:
        return None
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]


def shown_by_api(api, name):
    answer = api.get(f"{HARBOUR}/{name}?limit=1000")
    assert answer.status_code in (200, 401, 403, 404)
    return answer.json()["items"] if answer.status_code == 200 else None


def people():
    yield "public", Client(), Program()
    for role in Role:
        for party in ("", "Maker A") if role is Role.SUPPLIER else ("",):
            api = program(role, party=party)
            client = Client()
            client.force_login(a_person("-".join(["of", role, party])))
            yield f"{role} {party}", client, api


@pytest.mark.parametrize("published", [False, True])
def test_pages_and_api_show_the_same_rows_to_everybody(harbour, published):
    if published:
        publish_all("harbour")
    seen = set()
    for who, client, api in people():
        for name, file in LISTS.items():
            page, rows = shown_by_page(client, file), shown_by_api(api, name)
            assert (page is None) == (rows is None), (who, name)
            if rows is None or page is None:
                continue
            assert len(page) == len(rows), (who, name)
            whole = " ".join(cell for row in page for cell in row)
            assert all(str(row["key"]) in whole for row in rows if name in ("offers", "orders")), (who, name)
            seen.add((who, name))
        says = api.get(f"{HARBOUR}/announcements")
        note = api.get("/p/harbour/announcements.csv") if who == "public" else None
        assert note is None or b"SECRET-WORD" not in note.content
        allowed = client.get("/p/harbour/announcements.csv")
        assert (b"SECRET-WORD" in allowed.content) == (b"SECRET-WORD" in says.content), who
    assert (("public", "announcements") in seen) == published
    assert ("auditor ", "orders") in seen
    assert ("public", "orders") not in seen


def test_a_token_of_one_programme_is_good_for_nothing_else(harbour):
    """Somebody of every programme: with a token for another one, “harbour” is not there."""
    everywhere = a_person("everywhere", Role.AUDITOR)
    from tests.api.conftest import token_of

    assert 200 == Program(token_of(everywhere)).get(f"{HARBOUR}/orders").status_code
    assert 200 == Program(token_of(everywhere, programme="harbour")).get(f"{HARBOUR}/orders").status_code
    assert 404 == Program(token_of(everywhere, programme="energy")).get(f"{HARBOUR}/orders").status_code


def test_a_cookie_lets_nobody_in(harbour, client):
    client.force_login(a_person("cookie", Role.AUDITOR))
    assert 200 == client.get("/p/harbour/orders/").status_code

    assert 404 == client.get(f"{HARBOUR}/orders").status_code
    publish_all("harbour")
    assert 401 == client.get(f"{HARBOUR}/orders").status_code
    sent = client.post(f"{HARBOUR}/requirements", "{}", "application/json", headers={"idempotency-key": "1"})
    assert 401 == sent.status_code
    assert "Bearer" in sent["WWW-Authenticate"]
