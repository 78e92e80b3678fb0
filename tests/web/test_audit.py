"""The page of what was done: who may read it, what it shows, and which visits leave an event themselves."""

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from pledgeline.accounts.models import User
from pledgeline.actions import people
from pledgeline.audit import trail
from pledgeline.audit.acts import Actor, AuditAct
from pledgeline.audit.callers import Caller, called_by
from pledgeline.audit.models import AuditEvent
from pledgeline.programme.roles import Role
from tests.audit.events import events_of, said
from tests.people import a_person, sit_at_desk
from tests.web.books import PACKAGE, keep
from tests.web.test_sign_in import add_app

pytestmark = pytest.mark.django_db

PASSWORD = "harbour-lantern-otter"
NOON = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def auditor(client):
    """A browser of somebody who may read what was done."""
    client.force_login(a_person("olena", Role.AUDITOR))
    return client


def account(name="ada", role=Role.COORDINATOR, programme=""):
    return people.add_person(name=name, role=role, programme=programme, by="a test", password=PASSWORD)


def sign_in(client, name="ada", password=PASSWORD):
    return client.post("/sign-in/", {"login": name, "password": password}, REMOTE_ADDR="192.0.2.9")


def done(act, *, by="ada", **what):
    with called_by(
        lambda: Caller(kind=Actor.PERSON, name=by, number=1, address="192.0.2.1", request_id="aa11")
    ):
        trail.record(act, **what)


def rows(answer):
    """Give the cells of the table as words."""
    table = re.findall(r"<tr>\s*(<td.*?)</tr>", answer.content.decode(), re.DOTALL)
    strip = re.compile(r"<[^>]+>")
    return [
        [
            " ".join(strip.sub(" ", cell).split())
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
        ]
        for row in table
    ]


@pytest.mark.parametrize("address", ["/audit/", "/audit.csv", "/audit.jsonl", "/audit/1/"])
def test_nobody_reads_it_who_may_not(client, address):
    assert client.get(address).status_code == 403
    for role in {*Role} - {Role.AUDITOR, Role.ADMINISTRATOR}:
        client.force_login(a_person(f"the-{role}", role))
        assert client.get(address).status_code == 403, role


def test_auditors_and_administrators_read_it_and_so_does_the_desk(client, settings):
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        client.force_login(a_person(f"the-{role}", role))
        assert client.get("/audit/").status_code == 200
        assert '<a href="/audit/"' in client.get("/account/").content.decode()
    client.logout()
    User.objects.all().delete()
    with events_of() as events:
        assert sit_at_desk(client, settings).get("/audit.csv").status_code == 200

    assert [(event.act, event.actor) for event in events] == [
        ("desk-opened", "public"),
        ("export-taken", "desk"),
    ]


def test_the_auditor_of_a_programme_sees_what_was_done_in_it_and_nothing_else(client):
    done(AuditAct.PLAN_DELETED, ref="p-1", programme="harbour")
    done(AuditAct.PLAN_DELETED, ref="p-2", programme="purl")
    done(AuditAct.SIGNED_OUT, ref="ada")
    client.force_login(a_person("olena", Role.AUDITOR, programme="harbour"))
    elsewhere = AuditEvent.objects.get(ref="p-2").pk

    assert [row[3] for row in rows(client.get("/audit/"))] == ["p-1"]
    assert client.get(f"/audit/{elsewhere}/").status_code == 404
    assert client.get(f"/audit/?after={elsewhere}").status_code == 400
    lines = b"".join(client.get("/audit.jsonl")).decode().splitlines()
    assert [json.loads(line)["ref"] for line in lines] == ["p-1"]


def test_each_event_stands_there_with_who_what_on_what_and_from_where(auditor):
    with time_machine.travel(NOON, tick=False):
        done(AuditAct.PLAN_DELETED, noun="plan", ref="p-1", programme="harbour", name="Winter")
    answer = auditor.get("/audit/?act=plan-deleted")

    assert [
        "1 Mar 2026, 12:00:05",
        "ada",
        "Delete a plan",
        "plan p-1",
        "harbour",
        "done",
        "192.0.2.1",
    ] in rows(answer)
    assert "no-store" in answer["Cache-Control"]


def test_an_event_opens_with_everything_that_it_holds(auditor):
    done(
        AuditAct.PLAN_DELETED,
        noun="plan",
        ref="p-1",
        programme="harbour",
        name="Зима",
        with_it=["p-2", "p-3"],
    )
    done(AuditAct.INPUT_DELETED, noun="input", ref="i-1")
    event = AuditEvent.objects.get(act="plan-deleted")
    page = auditor.get(f"/audit/{event.pk}/").content.decode()

    for words in (
        "Delete a plan",
        "plan p-1",
        "harbour",
        "ada",
        "192.0.2.1",
        "aa11",
        "Зима",
        "p-2",
        "plan-deleted",
    ):
        assert words in page
    assert "In the same request" in page
    assert "Delete an input for plans" in page
    assert auditor.get("/audit/999999999/").status_code == 404


def test_what_people_typed_is_shown_as_text(auditor):
    done(
        AuditAct.PLAN_DELETED, by="<b>ada</b>", noun="plan", ref="<script>alert(1)</script>", name="<i>x</i>"
    )
    event = AuditEvent.objects.latest("id")
    for address in ("/audit/", f"/audit/{event.pk}/"):
        page = auditor.get(address).content.decode()
        assert not re.search("<script>alert|<b>ada|<i>x", page)
        assert "&lt;script&gt;alert(1)" in page


def test_filters_narrow_the_page_and_its_files_alike(auditor):
    done(AuditAct.PLAN_DELETED, ref="p-1")
    done(AuditAct.PLAN_DELETED, ref="p-2", by="bob")
    done(AuditAct.PLAN_ASKED, ref="p-3", by="bob")
    query = "?act=plan-deleted&person=bob"
    lines = b"".join(auditor.get(f"/audit.jsonl{query}")).decode().splitlines()
    table = list(csv.DictReader(io.StringIO(b"".join(auditor.get(f"/audit.csv{query}")).decode("utf-8-sig"))))

    assert [row[3] for row in rows(auditor.get(f"/audit/{query}"))] == ["p-2"]
    assert [json.loads(line)["ref"] for line in lines] == ["p-2"]
    assert [row["ref"] for row in table] == ["p-2"]
    assert table[0].keys() == json.loads(lines[0]).keys()


def test_a_file_is_harmless_in_a_spreadsheet(auditor):
    done(AuditAct.PLAN_DELETED, ref="=cmd|' /C calc'!A0", name="@SUM(1)")
    text = b"".join(auditor.get("/audit.csv?act=plan-deleted")).decode("utf-8-sig")

    assert "\"'=cmd" in text


def test_pages_follow_one_another_without_being_counted(auditor):
    with time_machine.travel(NOON, tick=False) as clock:
        for number in range(120):
            clock.shift(timedelta(seconds=1))
            done(AuditAct.ENTRY_MADE, ref=f"e-{number}")
    address, seen = "/audit/?act=entry-made", []
    while address:
        answer = auditor.get(address)
        seen += [row[3] for row in rows(answer)]
        following = re.search(r'href="(\?[^"]+)" rel="next"', answer.content.decode())
        address = f"/audit/{following[1].replace('&amp;', '&')}" if following else ""

    assert seen == [f"e-{number}" for number in reversed(range(120))]
    assert "120 events" in answer.content.decode()


def test_many_events_are_said_to_be_more(auditor, monkeypatch):
    monkeypatch.setattr("pledgeline.web.audit.MOST_COUNTED", 3)
    monkeypatch.setattr("pledgeline.web.audit.PER_PAGE", 2)
    for number in range(4):
        done(AuditAct.ENTRY_MADE, ref=f"e-{number}")

    for query, said_of_it in {
        "act=entry-made": "more than 3 events",
        "act=entry-made&q=e-": "more than 2 events",
        "act=entry-made&q=e-3": "1 event<",
        "q=no such words": "0 events",
    }.items():
        assert said_of_it in auditor.get(f"/audit/?{query}").content.decode(), query


def test_a_part_of_the_page_is_given_to_htmx(auditor):
    part = auditor.get("/audit/", headers={"HX-Request": "true"}).content.decode()

    assert part.lstrip().startswith('<div class="table-card"')
    assert "<html" not in part


# What leaves an event by itself


def test_taking_the_list_leaves_an_event_and_reading_it_none(auditor):
    with events_of() as events:
        auditor.get("/audit/?person=ada")
        auditor.get("/audit.csv?person=ada")
        auditor.get("/audit.csv?person=ada&unknown=1")

    assert said(events) == [("export-taken", "done")]
    assert (events[0].ref, events[0].facts, events[0].actor_name) == (
        "audit.csv",
        {"filters": {"person": "ada"}},
        "olena",
    )


def test_signing_in_and_out_leave_their_events(client):
    number = account().pk
    with events_of() as events:
        sign_in(client)
        client.post("/sign-out/")
        client.post("/sign-out/")

    assert said(events) == [("sign-in", "done"), ("sign-out", "done")]
    assert [(event.actor, event.actor_number, event.actor_name) for event in events] == [
        ("person", number, "ada")
    ] * 2
    assert events[0].address == "192.0.2.9"


def test_a_refused_sign_in_names_an_account_and_never_what_was_mistyped(client):
    account()
    with events_of() as events:
        sign_in(client, password="wrong-wrong-wrong")
        sign_in(client, name="my-password-by-mistake")
        for _ in range(5):
            sign_in(client, password="wrong-wrong-wrong")

    assert {event.act for event in events} == {"sign-in"}
    assert {event.outcome for event in events} == {"refused"}
    assert [(event.ref, event.code) for event in events] == [
        ("ada", "wrong-password"), ("", "wrong-password"), *[("ada", "wrong-password")] * 4, ("ada", "too-many"),
    ]  # fmt: skip
    assert events[1].facts == {"known": False}
    assert events[0].actor == "public"


def test_what_people_sign_in_by_leaves_its_events(client, django_capture_on_commit_callbacks):
    """An app is set up, another browser gives a wrong code, a session is ended, the password changed."""
    account()
    sign_in(client)
    stranger = Client()
    with events_of() as events:
        with django_capture_on_commit_callbacks(execute=True):
            add_app(client)
        sign_in(stranger)
        stranger.post("/account/second-factor/authenticate/", {"code": "000000"})
        client.post("/account/sessions/end/", {"session": "others"})
        new = {"password1": "another-lantern-otter", "password2": "another-lantern-otter"}
        client.post("/account/password/", {"oldpassword": PASSWORD, **new})

    assert [(event.act, event.outcome, event.code, event.ref) for event in events] == [
        ("second-factor-added", "done", "", "ada"),
        ("second-factor-added", "done", "", "ada"),
        ("sign-in", "refused", "wrong-second-factor", "ada"),
        ("sessions-ended", "done", "", "ada"),
        ("password-changed", "done", "", "ada"),
    ]
    assert [event.facts for event in events[:2]] == [{"kind": "totp"}, {"kind": "recovery_codes"}]
    assert events[-1].facts == {"by_link": False}


def test_what_an_administrator_does_with_people_leaves_its_events(client):
    ada = account()
    client.force_login(a_person("olena", Role.ADMINISTRATOR))
    with events_of() as events:
        client.post("/people/invite/", {"name": "Eve", "role": "reader", "programme": ""})
        client.post(f"/people/{ada.pk}/", {"link": "1"})
        client.post("/people/", {"name": "ada", "role": "finance", "programme": ""})
        client.post("/people/", {"take": ada.memberships.get(role="coordinator").pk})
        client.post(f"/people/{ada.pk}/", {"remove": "yes"})

    assert [(event.act, event.ref) for event in events] == [
        ("person-invited", "Eve"),
        ("reset-link-made", "ada"),
        ("role-given", "ada"),
        ("role-taken", "ada"),
        ("person-removed", "ada"),
    ]
    assert {event.actor_name for event in events} == {"olena"}
    assert events[3].facts == {"role": "coordinator", "party": "", "new_password": False}
    assert events[4].facts == {"roles": ["finance"]}


def test_a_refused_page_leaves_one_event(client):
    client.force_login(account())
    with events_of() as events:
        answer = client.get("/audit/")

    (event,) = events
    assert (event.act, event.outcome, event.code, event.ref) == (
        "access-refused",
        "refused",
        "no-right",
        "/audit/",
    )
    assert (event.actor_name, event.request_id) == ("ada", answer["X-Request-ID"])


@pytest.mark.parametrize("headers", [{}, {"Accept": "text/html"}, {"HX-Request": "true"}])
def test_a_form_without_its_token_leaves_one_event(headers):
    with events_of() as events:
        Client(enforce_csrf_checks=True).post("/sign-in/", headers=headers)

    assert [(event.act, event.code) for event in events] == [("access-refused", "form-token")]


def test_a_page_that_is_not_there_leaves_none(client):
    with events_of() as events:
        client.get("/p/nowhere/")

    assert events == []


def test_a_file_of_somebody_who_sees_more_leaves_an_event_and_the_publics_none(client):
    keep(PACKAGE)
    with events_of() as none:
        client.get("/p/harbour/books/journal.csv")
        client.get("/p/harbour/items.csv")
    client.force_login(account(role=Role.FINANCE, programme="harbour"))
    with events_of() as events:
        client.get("/p/harbour/books/journal.csv")
        client.get("/p/harbour/books/journal/")
        client.get("/p/harbour/books/journal.csv?unknown=1")
        client.get("/p/harbour/books/books.jsonl")

    taken = [(event.act, event.ref, event.programme) for event in events]
    assert none == []
    assert taken == [
        ("export-taken", "/p/harbour/books/journal.csv", "harbour"),
        ("export-taken", "/p/harbour/books/books.jsonl", "harbour"),
    ]
