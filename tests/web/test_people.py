"""Giving roles and taking them away: on a page by administrators, and at the command line."""

import csv
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from typer.testing import CliRunner

from pledgeline.accounts.models import Invitation, Membership, User
from pledgeline.accounts.table import rights_csv
from pledgeline.actions import people
from pledgeline.cli import app
from pledgeline.programme.names import name_key
from pledgeline.programme.roles import Role
from pledgeline.records.models import PartyName, PartyRecord, ProgrammeRecord
from tests.builders import a_programme
from tests.people import a_person
from tests.web.books import text_of
from tests.web.html import flat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_programmes(db):
    for slug in ("harbour", "energy"):
        ProgrammeRecord.from_value(a_programme(slug=slug)).save()


@pytest.fixture
def administrator(client):
    """An administrator of one programme, signed in."""
    client.force_login(a_person("ada", Role.ADMINISTRATOR, programme="harbour"))
    return client


def a_party(name):
    party = PartyRecord.objects.create(ref=name, name=name, kind="organisation")
    PartyName.objects.create(party=party, name=name, key=name_key(name))


def give(client, **more):
    fields = {"name": "bo", "role": "coordinator", "programme": "harbour", "party": ""}
    return client.post("/people/", fields | more)


def roles_of(name):
    found = Membership.objects.filter(person__username=name)
    return set(found.values_list("role", "programme", "party", "given_by"))


def test_an_administrator_gives_a_role_and_takes_it_away(administrator):
    a_person("bo")
    a_party("Northland")
    assert give(administrator, party="northland").status_code == 302
    assert roles_of("bo") == {("coordinator", "harbour", "Northland", "ada")}
    assert "Coordinator, harbour, for Northland given by ada on" in text_of(administrator.get("/people/"))

    administrator.post("/people/", {"take": str(Membership.objects.get(person__username="bo").pk)})
    assert roles_of("bo") == set()


@pytest.mark.parametrize("programme", ["", "energy", "nowhere"])
def test_an_administrator_of_one_programme_gives_no_role_elsewhere(administrator, programme):
    a_person("bo")

    assert give(administrator, programme=programme).status_code == 200
    assert roles_of("bo") == set()
    with pytest.raises(people.Refused, match="no right to give roles"):
        people.give_role(name="bo", role="coordinator", programme=programme, party="", person=a_person("ada"))


def test_nor_takes_one_away_elsewhere(administrator):
    a_person("bo", Role.READER, programme="energy")
    membership = Membership.objects.get(person__username="bo")

    page = administrator.get("/people/").content.decode()
    answer = administrator.post("/people/", {"take": str(membership.pk)})

    assert f'value="{membership.pk}"' not in page
    assert answer.status_code == 403
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_nor_learns_of_programmes_elsewhere(administrator):
    """One that is not published was named beside everybody who has a role in it."""
    a_person("bo", Role.READER, programme="energy")
    a_person("cy", Role.AUDITOR)
    page = text_of(administrator.get("/people/"))

    assert "energy" not in page
    assert "bo" not in page.split()
    assert "Auditor, every programme" in page


@pytest.mark.parametrize("number", ["0", "x", "-1", "9" * 30, ""])
def test_a_role_that_is_not_there_cannot_be_taken(administrator, number):
    assert administrator.post("/people/", {"take": number}).status_code == 302
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(("field", "value"), [("role", "king"), ("name", ""), ("name", "nobody")])
def test_what_cannot_be_given_is_said(administrator, field, value):
    a_person("bo")

    assert give(administrator, **{field: value}).status_code == 200
    assert roles_of("bo") == set()


@pytest.mark.parametrize("role", ["partner", "supplier"])
@pytest.mark.parametrize("party", ["", "Nowhere Ltd"])
def test_a_role_for_a_party_needs_one_that_there_is(administrator, role, party):
    a_person("bo")
    answer = give(administrator, role=role, party=party)
    invited = administrator.post(
        "/people/invite/", {"name": "Cy", "role": role, "programme": "harbour", "party": party}
    )

    for page in (answer, invited):
        assert 'id="id_party_error"' in page.content.decode()
    assert roles_of("bo") == set()
    assert not Invitation.objects.exists()


def test_parties_are_suggested_as_far_as_an_administrator_may_know_of_them(administrator, client):
    ProgrammeRecord.objects.filter(slug="harbour").update(parties={"ACME": "Acme Ltd"})
    for name in ("Acme Ltd", "Secret Works"):
        a_party(name)

    assert "Acme Ltd" in administrator.get("/people/").content.decode()
    assert "Secret Works" not in administrator.get("/people/").content.decode()
    client.force_login(a_person("eve", Role.ADMINISTRATOR))
    assert "Secret Works" in client.get("/people/").content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("q=BO", {"bo"}),
        ("role=auditor", {"cy"}),
        ("programme=harbour", {"ada", "bo", "cy"}),
        ("role=auditor&programme=harbour", {"cy"}),
        ("role=reader", set()),
    ],
)
def test_people_are_found_by_words_role_and_programme_on_the_page_and_in_files(administrator, query, shown):
    """The auditor of every programme is found under each; a reader elsewhere is not told of."""
    a_person("bo", Role.COORDINATOR, programme="harbour")
    a_person("cy", Role.AUDITOR)
    a_person("dee", Role.READER, programme="energy")
    page = flat(administrator.get(f"/people/?{query}"))
    listed = administrator.get(f"/people.csv?{query}").content.decode("utf-8-sig").splitlines()

    assert {name for name in ("ada", "bo", "cy", "dee") if f"<dt>{name}</dt>" in page} == shown
    assert {row["name"] for row in csv.DictReader(listed)} == shown
    assert administrator.get(f"/people.xlsx?{query}").content.startswith(b"PK")


def test_the_file_of_people_is_for_those_who_give_roles(client):
    assert 403 == client.get("/people.csv").status_code
    client.force_login(a_person("bo", *(role for role in Role if role != Role.ADMINISTRATOR)))
    assert 403 == client.get("/people.xlsx").status_code


def test_others_are_told_who_may(client):
    assert "Administrator" in text_of(client.get("/people/"), status=403)
    client.force_login(a_person("bo", *(role for role in Role if role != Role.ADMINISTRATOR)))
    assert client.get("/people/").status_code == 403
    assert 'href="/people/"' not in client.get("/p/harbour/").content.decode()


# At the command line


def run(*words):
    return CliRunner().invoke(app, list(words))


def test_a_role_is_given_listed_and_taken_at_the_command_line(monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "olena")
    add = ("people", "add", "bo", "--role", "auditor", "--programme", "harbour", "--party", "Northland")

    assert run(*add).exit_code == 0
    assert roles_of("bo") == {("auditor", "harbour", "Northland", "olena")}
    (listed,) = json.loads(run("people", "list", "--json").stdout)
    assert listed["roles"] == [{"role": "auditor", "programme": "harbour", "party": "Northland"}]
    refused = run("people", "take", "bo", "--role", "auditor")
    assert refused.exit_code == 2
    assert "bo has no role “auditor”" in refused.stderr
    done = run("people", "take", "bo", "--role", "auditor", "--programme", "harbour", "--party", "Northland")
    assert "bo is no longer auditor:harbour." in done.stdout
    assert roles_of("bo") == set()


def link_in(said):
    return re.search(r"/sign-in/reset/\S+", said).group()


def test_whoever_is_added_by_a_link_chooses_their_password_once(client):
    """`--generate` printed a password that went on to work."""
    done = run("people", "add", "bo", "--role", "auditor", "--link")
    link, own = (
        link_in(done.stdout),
        {"password1": "otter-lantern-harbour", "password2": "otter-lantern-harbour"},
    )
    client.post(client.get(link).headers["Location"], own)

    assert "Password" not in done.stdout
    assert User.objects.get(username="bo").check_password("otter-lantern-harbour")
    assert "Location" not in Client().get(link).headers


def test_a_lost_password_is_mended_by_a_link_and_works_until_then():
    people.add_person(name="bo", role=Role.READER, by="", password="harbour-lantern-otter")
    link = link_in(run("people", "password", "bo", "--link").stdout)

    assert User.objects.get(username="bo").check_password("harbour-lantern-otter")
    assert Client().get(link).status_code == 302


def test_the_table_of_rights_is_printed():
    assert run("people", "rights", "--csv").stdout == rights_csv()
    assert "enter into books" in run("people", "rights").stdout


def test_a_role_is_removed_only_after_a_question(administrator):
    people.add_person(
        name="bo", role=Role.READER, by="a test", programme="harbour", password="harbour-lantern-otter"
    )
    given = Membership.objects.get(person__username="bo")

    page = administrator.post("/people/", {"ask": given.pk}).content.decode()

    assert "Yes, remove the role Reader of bo" in page
    assert 1 == page.count('name="take"')
    assert Membership.objects.filter(pk=given.pk).exists()


def test_a_lost_second_factor_is_removed_at_the_machine(administrator):
    bo = people.add_person(
        name="bo", role=Role.READER, by="a test", programme="harbour", password="harbour-lantern-otter"
    )
    assert "bo has no second factor" in run("people", "second-factor", "bo").stderr
    Authenticator.objects.create(user=bo, type="totp", data={})

    assert 0 == run("people", "second-factor", "bo").exit_code
    assert not Authenticator.objects.filter(user=bo).exists()
    assert 2 == run("people", "second-factor", "nobody").exit_code


def test_faults_of_a_new_account_are_said_at_their_fields_all_at_once(client, administrator):
    page = administrator.post("/people/invite/", {"name": "Eve", "role": "reader", "programme": "harbour"})
    link = re.search(r'class="link-once">[^<]*(/invitation/[^<]+)<', page.content.decode()).group(1)

    form = client.post(link, {"name": "e v e", "password": "short", "again": "shirt"}).context["form"]

    assert {"name", "password", "again"} == set(form.errors)


def test_on_a_telephone_each_right_says_whose_it_is(client):
    page = flat(client.get("/people/rights/"))

    makes_plans = page.partition("Make plans</th>")[2].partition("</tr>")[0]
    labels = re.findall(r'data-label="([^"]+)">(yes)?', makes_plans)
    assert {"The desk", "Coordinator"} == {label for label, yes in labels if yes}
    assert "Administrator" in dict(labels)
