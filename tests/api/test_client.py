"""The client for programs in Python: it goes through lists, writes once, and sends again only what does no harm."""

from typing import Any

import httpx
import pytest
from django.core.wsgi import get_wsgi_application

from pledgeline.client import Client, ClientError, address
from pledgeline.programme.roles import Role
from pledgeline.records.models import RequirementRecord
from tests.api.conftest import token_of
from tests.chain import a_fund
from tests.people import a_person

TENT = {"item": "tent", "quantity": 5}
LIST = "programmes/harbour/requirements"


class Faulty(httpx.BaseTransport):
    """A way to the site on which requests, or answers to requests that were worked on, get lost."""

    def __init__(self, *faults: str) -> None:
        self.faults, self.asked = list(faults), 0
        self.site = httpx.WSGITransport(app=get_wsgi_application())

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "lost":
            raise httpx.ConnectError("lost")
        if fault == "busy":
            return httpx.Response(503, headers={"Retry-After": "0"})
        response = self.site.handle_request(request)
        if fault == "answer lost":
            response.read()
            raise httpx.ReadTimeout("lost")
        return response


def a_client(*faults: str, token: str = "", **more: Any) -> tuple[Client, Faulty]:
    way = Faulty(*faults)
    return Client("http://localhost", token=token, transport=way, **more), way


@pytest.fixture
def token(db, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    a_fund()
    return token_of(a_person("recipient", Role.RECIPIENT, programme="harbour"))


def test_rows_are_written_once_and_listed_to_the_end(token):
    """Five rows of which one's answer gets lost: it is sent again, and is there once."""
    site, way = a_client("lost", "", "answer lost", "busy", token=token)
    with site:
        for number in range(5):
            site.post(LIST, {"key": f"R/{number}", **TENT})
        keys = [row["key"] for row in site.each(LIST, limit=2)]

    assert [f"R/{number}" for number in range(5)] == keys
    assert 5 == RequirementRecord.objects.count()
    assert 8 + 3 == way.asked


def test_many_rows_go_in_batches_that_arrive_once(token):
    """1,201 rows are three requests; of the second the answer gets lost, and it is sent again."""
    site, way = a_client("", "answer lost", token=token)
    rows = [{"key": f"R-{number}", **TENT} for number in range(1_201)]
    rows[700]["quantity"] = 0
    done = list(site.write_rows("harbour", "requirements", rows))

    assert 4 == way.asked
    assert [row["key"] for row in rows] == [row.key for row in done]
    (refused,) = [row for row in done if row.result != "new"]
    assert ("R-700", "refused", ["noun.not-above-zero"]) == (
        refused.key,
        refused.result,
        [finding.code for finding in refused.findings],
    )
    assert 1_200 == RequirementRecord.objects.count()

    tags = {row.key: row.tag for row in done}
    more = [{**rows[0], "quantity": 6}, rows[1], {"key": "R-new", **TENT}]
    assert ["changed", "unchanged", "new"] == [
        row.result for row in site.write_rows("harbour", "requirements", more, tags=tags)
    ]
    late = [{**rows[0], "quantity": 7}]
    assert ["refused"] == [row.result for row in site.write_rows("harbour", "requirements", late, tags=tags)]
    assert ["changed"] == [row.result for row in site.write_rows("harbour", "requirements", late, over=True)]


def test_long_rows_go_in_batches_that_a_request_can_hold(token):
    site, way = a_client(token=token)
    rows = [{"key": f"R-{number}", **TENT, "purpose": "\u0456" * 1_900} for number in range(200)]
    assert {"new"} == {row.result for row in site.write_rows("harbour", "requirements", rows)}
    assert 3 == way.asked
    assert [] == list(site.write_rows("harbour", "requirements", []))


def test_a_change_carries_what_was_seen(token):
    site, _way = a_client(token=token)
    where = address("programmes", "harbour", "requirements", "R/1")
    made = site.post(LIST, {"key": "R/1", **TENT})
    read = site.get(where)
    assert read.value["quantity"] == made.value["quantity"] == 5
    assert 6 == site.put(where, {**TENT, "quantity": 6}, match=read.tag).value["quantity"]
    with pytest.raises(ClientError) as refused:
        site.put(where, {**TENT, "quantity": 7}, match=read.tag)
    assert (412, "steps.changed-meanwhile") == (refused.value.status, refused.value.code)
    again = site.post(LIST, {"key": "R/2", **TENT}, key="the same")
    assert not again.is_repeated
    assert site.post(LIST, {"key": "R/2", **TENT}, key="the same").is_repeated


def test_what_is_wrong_is_said_with_its_place_and_way_out(token):
    site, way = a_client(token=token)
    with pytest.raises(ClientError) as refused:
        site.post(LIST, {"key": "R", "item": "tent", "quantity": -1})
    (finding,) = refused.value.findings
    assert ("/quantity", "noun.not-above-zero") == (finding.pointer, finding.code)
    assert finding.way_out in str(refused.value)
    assert 1 == way.asked
    nobody, _way = a_client()
    with pytest.raises(ClientError) as refused:
        nobody.get(LIST)
    assert 404 == refused.value.status


def test_a_site_that_stays_away_is_given_up(token):
    site, way = a_client(*["lost"] * 9, token=token, tries=3)
    with pytest.raises(ClientError) as refused:
        site.get(LIST)
    assert (0, 3) == (refused.value.status, way.asked)
