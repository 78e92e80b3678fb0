"""Lists of the API: pages without gaps, in every order, narrowed as on the pages."""

import pytest

from pledgeline.programme.roles import Role
from pledgeline.queries.chain import LISTS, PLACE, sorts_of
from pledgeline.records.models import FormedPackage
from pledgeline.web.chain.columns import columns_of
from tests.api.conftest import HARBOUR, Program, program
from tests.chain import a_fund, required
from tests.people import publish_all

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def walked(api, address):
    """Go through a list, two rows at a time."""
    rows, cursor = [], ""
    while True:
        answer = api.get(f"{address}{'&' if '?' in address else '?'}limit=2&cursor={cursor}")
        assert 200 == answer.status_code, answer.content
        rows += answer.json()["items"]
        assert len(answer.json()["items"]) <= 2
        cursor = answer.json().get("next", "")
        assert bool(cursor) == ('rel="next"' in answer.get("Link", ""))
        if not cursor:
            return rows


def test_a_list_is_walked_through_without_gaps_in_every_order(db):
    fund = a_fund()
    days = ["2026-03-01", None, "2026-02-01", None, "2026-02-01"]
    for number, day in enumerate(days):
        more = {"need_by": day} if day else {}
        required(fund, key=f"R-{number}", priority=1 + number % 2, **more)
    api = program(Role.READER)
    address = f"{HARBOUR}/requirements"

    assert [f"R-{number}" for number in range(5)] == [row["key"] for row in walked(api, address)]
    assert ["R-2", "R-4", "R-0", "R-1", "R-3"] == [
        row["key"] for row in walked(api, f"{address}?sort=need_by")
    ]
    turned = [row["key"] for row in walked(api, f"{address}?sort=-need_by")]
    assert "R-0" == turned[0]
    assert {"R-1", "R-3"} == set(turned[3:])
    for sort in (PLACE, *sorts_of(type(required(fund, key="R-5")))):
        for turn in ("", "-"):
            assert 6 == len({row["key"] for row in walked(api, f"{address}?sort={turn}{sort}")}), sort


@pytest.mark.parametrize(
    "table", [table for table in LISTS if table is not FormedPackage], ids=lambda table: table.KIND.NAME
)
def test_the_orders_are_those_of_the_page(table):
    columns = columns_of(table, lambda _row: "")
    assert {*sorts_of(table)} == {column.name for column in columns if column.sortable}


def test_lists_are_narrowed_and_rows_cut_to_fields(harbour):
    api = program(Role.AUDITOR)
    rows = api.get(f"{HARBOUR}/requirements?q=radio&fields=item,state").json()["items"]
    assert [{"key": "AD-015", "item": "radio", "state": "listed"}] == rows
    assert [] == api.get(f"{HARBOUR}/requirements?state=draft").json()["items"]
    assert ["A", "B"] == [row["key"] for row in api.get(f"{HARBOUR}/contributions").json()["items"]]
    (order,) = api.get(f"{HARBOUR}/orders").json()["items"]
    assert [12, 5] == [line["units"] for line in order["lines"]]
    entries = walked(api, f"{HARBOUR}/books/entries?type=pledge")
    assert {"pledge A", "pledge B"} == {entry["id"] for entry in entries}
    (total,) = api.get(f"{HARBOUR}/packages/P-1?fields=lines").json()["lines"][:1]
    assert {"minor": 1_200_00, "currency": "USD"} == total["cost"]


def test_what_is_not_understood_is_named(db):
    a_fund()
    publish_all("harbour")
    wrong = "limit=0&sort=colour&as_of=yesterday&colour=red&cursor=a&cursor=b"
    answer = Program().get(f"{HARBOUR}/announcements?{wrong}")
    assert 400 == answer.status_code
    named = {finding["parameter"] for finding in answer.json()["findings"]}
    assert {"limit", "sort", "as_of", "colour", "cursor"} == named
    for bad in (
        "cursor=a",
        "fields=colour",
        "as_of=2999-01-01",
        "currency=XXX",
        "cursor=WyItYW5ub3VuY2VkIiwxXQ",
    ):
        assert 400 == Program().get(f"{HARBOUR}/announcements?{bad}").status_code, bad


def test_announcements_are_as_of_a_day(harbour):
    publish_all("harbour")
    (row,) = Program().get(f"{HARBOUR}/announcements").json()["items"]
    assert ("counted", {"minor": 50_000_000_000, "currency": "EUR"}) == (row["treatment"], row["amount"])
    assert [] == Program().get(f"{HARBOUR}/announcements?as_of=2025-08-03").json()["items"]
    assert "" == row["note"]


def test_a_scenario_is_answered(db):
    from pledgeline.web.guarantees.told import ready_names, ready_text

    sent = {"text": ready_text(ready_names()[0])}
    answer = Program().send("POST", "/api/v1/scenarios/evaluate", sent)
    assert 200 == answer.status_code
    assert all(entry["scenario"].startswith("scenario: ") for entry in answer.json()["entries"])
    wrong = Program().send("POST", "/api/v1/scenarios/evaluate", {"text": "colour = 'red'"})
    assert 422 == wrong.status_code
    assert "/text" == wrong.json()["findings"][0]["pointer"]


def test_the_document_is_of_openapi_3_1_and_has_no_address_of_others(db, client):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert "requestBody" in document["paths"]["/api/v1/programmes/{slug}/offers"]["post"]
    page = client.get("/api/v1/docs").content.decode()
    assert "http://" not in page
    assert "https://" not in page
