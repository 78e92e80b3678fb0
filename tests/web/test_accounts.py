"""Who gets in, who does not, and what the site gives away about either."""

import pytest

from pledgeline.accounts.models import FailedSignIn, User
from pledgeline.accounts.rights import Act, may, may_anywhere, where_may
from pledgeline.actions import people
from pledgeline.programme.roles import Role
from pledgeline.records.models import ProgrammeRecord
from pledgeline.records.snapshot import programmes
from tests.builders import a_programme

pytestmark = pytest.mark.django_db

PASSWORD = "harbour-lantern-otter"
SIGN_IN = "/sign-in/"


@pytest.fixture
def ada():
    return people.add_person(name="ada", role=Role.COORDINATOR, by="a test", password=PASSWORD)


def sign_in(client, name="ada", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": name, "password": password, **more})


def who(client) -> str:
    return str(client.get("/account/").content.decode()) if "_auth_user_id" in client.session else ""


def test_somebody_signs_in_sees_their_roles_and_signs_out(client, ada):
    assert sign_in(client).headers["Location"] == "/account/"
    page = client.get("/account/")

    assert "ada" in page.content.decode()
    assert "Coordinator" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/account/").headers["Location"].startswith(SIGN_IN)


def test_signing_out_is_no_link_that_a_page_could_load(client, ada):
    sign_in(client)

    assert "Sign out?" in client.get("/sign-out/").content.decode()
    assert who(client)


def test_sign_in_leads_back_to_the_page_and_never_to_another_site(client, ada):
    assert sign_in(client, next="/account/password/").headers["Location"] == "/account/password/"
    client.post("/sign-out/")
    assert sign_in(client, next="https://elsewhere.example/").headers["Location"] == "/account/"


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(client, ada):
    said = [
        list(sign_in(client, name, "wrong-wrong-wrong").context["form"].non_field_errors())
        for name in ("ada", "nobody")
    ]

    assert said[0] == said[1]
    assert "is wrong" in said[0][0]


def test_after_five_failures_even_the_right_password_waits(client, ada):
    for _ in range(5):
        sign_in(client, password="wrong-wrong-wrong")
    page = sign_in(client).content.decode()

    assert "Too many failed attempts" in page
    assert not who(client)


def test_failures_of_one_do_not_lock_out_another_at_another_address(client, ada):
    for _ in range(5):
        sign_in(client, password="wrong-wrong-wrong")

    client.post(SIGN_IN, {"login": "ada", "password": PASSWORD}, REMOTE_ADDR="192.0.2.7")
    assert who(client)


def test_no_typed_name_is_kept(client, ada):
    sign_in(client, "my-secret-password")

    assert "my-secret" not in repr(FailedSignIn.objects.values())


def test_somebody_removed_is_out_at_the_next_click(client, ada):
    sign_in(client)
    people.remove_person(name="ada")

    assert client.get("/account/").status_code == 302
    assert "is wrong" in sign_in(client).content.decode()
    ada = User.objects.get(username="ada")
    assert (ada.memberships.count(), ada.sessions.count()) == (0, 0)


def test_another_password_is_asked_for_the_old_one_and_measured(client, ada):
    sign_in(client)
    asked = {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}
    refused = client.post("/account/password/", asked).content.decode()
    new = "otter-lantern-harbour"
    given = client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert "too short" in refused
    assert given.status_code == 302
    assert User.objects.get(username="ada").check_password(new)


def test_a_role_for_one_programme_is_none_for_another(ada):
    for slug in ("harbour", "energy"):
        ProgrammeRecord.from_value(a_programme(slug=slug)).save()
    eve = people.add_person(name="eve", role=Role.FINANCE, by="a test", programme="energy", password=PASSWORD)

    assert may(eve, Act.KEEP_BOOKS, "energy")
    assert may(eve, Act.SEE_UNPUBLISHED, "energy")
    assert not may(eve, Act.KEEP_BOOKS, "harbour")
    assert not may(eve, Act.KEEP_BOOKS)
    assert not may(eve, Act.MAKE_PLANS, "energy")
    assert may_anywhere(eve, Act.KEEP_BOOKS)
    assert [programme.slug for programme in programmes(eve)] == ["energy"]
    assert [programme.slug for programme in programmes(ada)] == ["energy", "harbour"]
    assert programmes(None) == []
    assert where_may(None, Act.KEEP_BOOKS) == frozenset()


def test_a_membership_says_who_gave_it_and_for_which_party(ada):
    ProgrammeRecord.from_value(a_programme()).save()
    for _again in range(2):
        people.add_person(name="ada", role=Role.READER, by="olena", programme="harbour", party="Northland")
    given = ada.memberships.get(role=Role.READER)

    assert (given.programme, given.party, given.given_by) == ("harbour", "Northland", "olena")


@pytest.mark.parametrize(
    ("name", "password", "programme", "says"),
    [
        ("", PASSWORD, "", "blank"),
        ("with space", PASSWORD, "", "valid username"),
        ("ADA", PASSWORD, "", "in other capitals"),
        ("eve", "", "", "needs a password"),
        ("eve", "password123456", "", "too common"),
        ("eve", PASSWORD, "nowhere", "there is no programme"),
    ],
)
def test_what_cannot_be_an_account_is_refused_with_the_reason(ada, name, password, programme, says):
    with pytest.raises(people.Refused, match=says):
        people.add_person(name=name, role=Role.READER, by="", programme=programme, password=password)
    assert User.objects.count() == 1


def test_invented_passwords_pass_our_own_check():
    for number in range(20):
        people.add_person(name=f"p{number}", role=Role.READER, by="", password=people.new_password())


def test_a_form_from_elsewhere_is_refused(ada):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SIGN_IN, {"login": "ada", "password": PASSWORD}).status_code == 403
