"""A scenario of a programme: a row with a short address, shared within the programme, each version kept."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from pledgeline.programme.roles import Role
from pledgeline.records.models import ScenarioVersion
from tests.people import a_person
from tests.web.guarantees.test_answers import EVENT, HEAD, ROOM, Forms, plain, states

pytestmark = pytest.mark.django_db

REPORTED = {
    "programme": "harbour",
    "e1-kind": "armed_attack",
    "e1-on": "2026-12-05",
    "e1-time": "04:00",
    "e1-zone": "Europe/Kyiv",
    "e1-against": "UA",
    "e1-by": "RU",
}
AT_FIVE = datetime(2026, 12, 5, 3, 0, tzinfo=UTC)


@pytest.fixture
def officer(two_programmes, monkeypatch):
    """Somebody who may write for one programme, at five in the morning in Kyiv."""
    monkeypatch.setattr(timezone, "now", lambda: AT_FIVE)
    return a_person("olha", Role.COORDINATOR, programme="harbour")


def report(client, officer, **more):
    client.force_login(officer)
    return client.post(f"{ROOM}now/", REPORTED | more, follow=True)


def answer(client, page, fact: str, value: str):
    action, sent = Forms(page.content.decode()).asked[fact]
    return client.post(action, {**sent, "answer": value}, follow=True)


def test_what_has_happened_gets_a_short_address_and_each_answer_another_version(client, officer):
    page = report(client, officer)
    address = page.redirect_chain[0][0]
    assert re.fullmatch(r"/guarantees/scenarios/[a-z]{3}[0-9]{3}/", address)
    assert "Do this now Answer 1 question." in plain(page)
    assert "Version 1, written by olha" in plain(page)

    page = answer(client, page, "new_attack", "yes")
    assert page.redirect_chain[0][0] == address
    assert "Do this now Send 7 requests." in plain(page)
    assert "due" == states(page)["ua-gb-2024"]
    assert "undetermined" == states(client.get(address, {"version": "1"}))["ua-gb-2024"]
    assert [(1, "olha"), (2, "olha")] == list(
        ScenarioVersion.objects.order_by("number").values_list("number", "written_by")
    )


def test_a_report_is_asked_about_as_of_now_and_its_requests_are_drafts_and_no_scenario(client, officer):
    """Attacked at four, it is five: France answers within 24 hours of a request sent now."""
    page = answer(client, report(client, officer), "new_attack", "yes")

    assert "As of 5 Dec 2026 05:00 Kyiv (03:00 UTC)." in plain(page)
    assert "in 23 h 00 min" in plain(page)
    assert "SCENARIO, not an event" not in page.content.decode().partition('id="all"')[0]
    assert "DRAFT. Check the facts, then take this line out. To: France From: Ukraine" in plain(page)
    assert "an answer is due by 6 Dec 2026 05:00 (Kyiv), 6 Dec 2026 03:00 UTC" in plain(page)
    sent = answer(client, page, "request", "UA")
    assert "due" == states(sent)["ua-fr-2024"]


def test_not_known_is_an_answer_that_is_asked_for_no_longer_and_can_be_taken_back(client, officer):
    page = answer(client, report(client, officer), "new_attack", "unknown")

    assert () == page.context["facts"].first
    assert ["new_attack"] == [question.fact for question in page.context["facts"].left]
    assert "undetermined" == states(page)["ua-gb-2024"]
    assert "Do this now Find out what is not known." in plain(page)
    assert "due" == states(answer(client, page, "new_attack", "yes"))["ua-gb-2024"]


@pytest.mark.parametrize(
    ("role", "programme", "status"),
    [
        (Role.READER, "harbour", 200),
        (Role.ADMINISTRATOR, "harbour", 200),
        (Role.READER, "energy", 404),
        (Role.SUPPLIER, "harbour", 404),
        (Role.PARTNER, "harbour", 404),
        (None, "", 404),
    ],
)
def test_a_scenario_is_shared_within_its_programme_and_no_further(client, officer, role, programme, status):
    address = report(client, officer).redirect_chain[0][0]
    client.logout()
    if role:
        client.force_login(a_person("other", role, programme=programme))

    assert status == client.get(address).status_code
    assert status == client.get(f"{address.rstrip('/')}.txt").status_code
    assert (status == 200) == (
        "Armed attack" in client.get(f"{ROOM}now/").content.decode().partition("Written")[2]
    )
    refused = client.post(f"{address}answer/", {"event": "e1", "fact": "new_attack", "answer": "yes"})
    assert refused.status_code == (403 if status == 200 else 404)
    assert 1 == ScenarioVersion.objects.count()


def test_whoever_only_reads_answers_in_an_address_of_their_own(client, officer):
    address = report(client, officer).redirect_chain[0][0]
    client.force_login(a_person("reader", Role.READER, programme="harbour"))
    action, sent = Forms(client.get(address).content.decode()).asked["new_attack"]
    page = client.get(action, {**sent, "answer": "yes"}, follow=True)

    assert "/scenarios/written/?s=" in page.redirect_chain[0][0]
    assert 1 == ScenarioVersion.objects.count()


def test_a_programme_that_is_not_ones_own_keeps_nothing(client, officer):
    page = report(client, officer, programme="energy")

    assert "/scenarios/written/?s=" in page.redirect_chain[0][0]
    assert 0 == ScenarioVersion.objects.count()


def test_what_an_address_carries_is_kept_for_a_programme(client, officer):
    client.force_login(officer)
    page = client.post(f"{ROOM}scenarios/write/", {"toml": HEAD + EVENT}, follow=True)
    assert 0 == ScenarioVersion.objects.count()
    kept = client.post(
        f"{ROOM}scenarios/written/keep/?s={page.context['told'].packed}",
        {"programme": "harbour"},
        follow=True,
    )

    assert HEAD + EVENT == ScenarioVersion.objects.get().text
    assert "A drill" in plain(kept)
    assert 200 == client.get(page.redirect_chain[0][0]).status_code


def test_the_text_is_changed_on_top_of_the_version_that_was_seen(client, officer):
    address = report(client, officer).redirect_chain[0][0]
    key = address.split("/")[3]
    sent = {"toml": HEAD + EVENT, "key": key, "based_on": "1"}
    assert 302 == client.post(f"{ROOM}scenarios/write/", sent).status_code
    late = client.post(f"{ROOM}scenarios/write/", sent)

    assert 422 == late.status_code
    assert "changed in the meantime" in plain(late)
    assert 2 == ScenarioVersion.objects.count()


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("e1-kind", "Say what happened."),
        ("e1-on", "Say on which day."),
        ("e1-against", "Say who was attacked."),
    ],
)
def test_a_report_that_lacks_something_says_so_at_the_field(client, officer, field, says):
    page = report(client, officer, **{field: ""})

    assert 422 == page.status_code
    assert says in plain(page)
    assert 0 == ScenarioVersion.objects.count()


def test_the_database_only_adds_versions(client, officer):
    report(client, officer)
    for change in ("UPDATE records_scenario_version SET title = 'x'", "DELETE FROM records_scenario_version"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
