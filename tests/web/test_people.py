"""Giving roles and taking them away: on a page by administrators, and at the command line."""

import json

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from pledgeline.accounts.models import Invitation, Membership
from pledgeline.accounts.rights import rights_csv
from pledgeline.accounts.roles import MACHINE, Role
from pledgeline.actions import people
from pledgeline.cli import app
from pledgeline.records.models import ProgrammeRecord
from tests.builders import a_programme
from tests.people import NOW, a_person
from tests.web.books import text_of

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


def give(client, **more):
    fields = {"role": "planner", "programme": "harbour", "party": ""}
    return client.post(f"/people/{a_person('bo').pk}/roles/", fields | more)


def roles_of(name):
    found = Membership.objects.filter(person__username=name)
    return set(found.values_list("role", "programme", "party", "given_by"))


def test_an_administrator_gives_a_role_and_takes_it_away(administrator):
    assert give(administrator, party="Northland").status_code == 302
    assert roles_of("bo") == {("planner", "harbour", "Northland", "ada")}
    assert "Planner, harbour, Northland by ada" in text_of(administrator.get("/people/"))

    number = Membership.objects.get(person__username="bo").pk
    assert administrator.post(f"/people/roles/{number}/take/").status_code == 302
    assert roles_of("bo") == set()
    assert administrator.post(f"/people/roles/{number}/take/").status_code == 302


@pytest.mark.parametrize("programme", ["", "energy", "nowhere"])
def test_an_administrator_of_one_programme_gives_no_role_elsewhere(administrator, programme):
    assert give(administrator, programme=programme).status_code == 409
    assert roles_of("bo") == set()
    with pytest.raises(people.Refused, match="no right to give roles"):
        people.give_role(name="bo", role=Role.PLANNER, programme=programme, person=a_person("ada"))


def test_nor_sees_or_takes_one_elsewhere(administrator):
    a_person("bo", Role.AUDITOR, programme="energy")
    membership = Membership.objects.get(person__username="bo")

    assert "energy" not in text_of(administrator.get("/people/"))
    assert administrator.post(f"/people/roles/{membership.pk}/take/").status_code == 409
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_nor_invites_elsewhere_nor_touches_accounts(administrator):
    bo = a_person("bo")
    invited = {"name": "Olena", "role": "planner"}

    assert "link-once" not in administrator.post("/people/", {**invited, "programme": ""}).content.decode()
    assert not Invitation.objects.exists()
    with pytest.raises(people.Refused, match="no right to invite"):
        people.invite(name="x", role=Role.READER, person=a_person("ada"), now=NOW, programme="energy")
    for page in ("reset-link", "remove"):
        assert administrator.post(f"/people/{bo.pk}/{page}/", {"sure": "yes"}).status_code == 403
    assert "link-once" in administrator.post("/people/", {**invited, "programme": "harbour"}).content.decode()


def test_nor_withdraws_the_invitations_of_others(administrator):
    people.invite(name="x", role=Role.READER, person=MACHINE, now=timezone.now(), programme="energy")
    number = Invitation.objects.get().pk

    assert administrator.post(f"/people/invitations/{number}/withdraw/").status_code == 409
    assert Invitation.objects.exists()


def test_a_role_that_does_not_exist_is_not_given(administrator):
    assert give(administrator, role="king").status_code == 404
    assert administrator.post("/people/999/roles/", {"role": "reader"}).status_code == 404


def test_others_are_told_who_may(client):
    assert "Administrator" in text_of(client.get("/people/"), status=403)
    client.force_login(a_person("bo", *(role for role in Role if role != Role.ADMINISTRATOR)))
    assert client.get("/people/").status_code == 403
    assert 'href="/people/"' not in client.get("/harbour/").content.decode()
    assert give(client).status_code == 403
    assert client.post("/people/roles/1/take/").status_code == 403
    assert client.post("/people/invitations/1/withdraw/").status_code == 403


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


def test_the_table_of_rights_is_printed():
    assert run("people", "rights", "--csv").stdout == rights_csv()
    assert "enter into books" in run("people", "rights").stdout
