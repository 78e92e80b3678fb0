"""Second factors, providers, lost passwords, limits and own sessions: who gets in, and who does not."""

import re
import threading
import time
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from pledgeline.accounts.models import Invitation, Session, User
from pledgeline.actions import people
from pledgeline.actions.invitations import invite
from pledgeline.programme.roles import Role
from pledgeline.records.models import ProgrammeRecord
from pledgeline.server import identity
from pledgeline.server.misconfigured import Misconfigured
from tests.builders import a_programme
from tests.people import a_person
from tests.web.oidc_provider import CLIENT, SECRET, Provider

pytestmark = pytest.mark.django_db

PASSWORD = "harbour-lantern-otter"


@pytest.fixture(autouse=True)
def fresh_codes():
    """The clock begins where a code of an authenticator app has 25 seconds to live."""
    cache.clear()
    with time_machine.travel(time.time() // 30 * 30 + 5):
        yield


@pytest.fixture
def ada():
    return people.add_person(name="ada", role=Role.COORDINATOR, by="a test", password=PASSWORD)


def sign_in(client, name="ada", password=PASSWORD, **more):
    return client.post("/sign-in/", {"login": name, "password": password}, **more)


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def add_app(client) -> str:
    """Set up an authenticator app, and give its secret."""
    client.post("/account/again/", {"password": PASSWORD})
    page = client.get("/account/second-factor/totp/activate/").content.decode()
    secret = re.search(r'<code class="link-once">(\w+)</code>', page).group(1)
    answer = client.post("/account/second-factor/totp/activate/", {"code": code_now(secret)})
    assert answer.status_code == 302
    return secret


# ---- second factors ----


def test_a_password_alone_is_not_enough_where_an_app_is_set_up(client, ada):
    sign_in(client)
    secret = add_app(client)
    stranger = Client()

    answer = sign_in(stranger)

    assert answer.headers["Location"] == "/account/second-factor/authenticate/"
    assert not is_in(stranger)
    assert stranger.post("/account/second-factor/authenticate/", {"code": "000000"}).status_code == 200
    assert not is_in(stranger)
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    cache.clear()  # a code is taken once
    stranger.post("/account/second-factor/authenticate/", {"code": code_now(secret)})
    assert is_in(stranger)


def test_the_secret_of_an_app_does_not_lie_open_in_the_database(client, ada):
    sign_in(client)
    secret = add_app(client)

    kept = Authenticator.objects.get(type="totp").data

    assert secret not in repr(kept)


def test_a_recovery_code_lets_in_once(client, ada):
    sign_in(client)
    add_app(client)
    page = client.get("/account/second-factor/recovery-codes/").content.decode()
    code = re.search(r"\b\d{8}\b", page).group()
    first, second = Client(), Client()

    for visitor in (first, second):
        sign_in(visitor)
        visitor.post("/account/second-factor/authenticate/", {"code": code})

    assert is_in(first)
    assert not is_in(second)


def test_a_role_that_needs_a_second_factor_sees_nothing_until_there_is_one(client, settings):
    settings.SECOND_FACTOR_ROLES = identity.roles_with_second_factor({"PLEDGELINE_SECOND_FACTOR": "finance"})
    people.add_person(name="eve", role=Role.FINANCE, by="a test", password=PASSWORD)
    sign_in(client, "eve")

    assert client.get("/").headers["Location"] == "/account/second-factor/?needed=1"
    assert client.get("/account/").status_code == 200
    add_app(client)
    assert client.get("/").status_code == 200


def test_other_roles_are_not_asked_for_it(client, settings, ada):
    settings.SECOND_FACTOR_ROLES = frozenset({"finance"})
    sign_in(client)

    assert client.get("/").status_code == 200


def test_a_role_that_is_none_is_said_at_the_start():
    with pytest.raises(Misconfigured, match="“boss” is no role: choose of reader"):
        identity.roles_with_second_factor({"PLEDGELINE_SECOND_FACTOR": "boss"})


# ---- providers ----


@pytest.fixture
def provider(settings):
    made = Provider()
    environment = {
        "PLEDGELINE_OIDC_ISSUER": made.address,
        "PLEDGELINE_OIDC_CLIENT_ID": CLIENT,
        "PLEDGELINE_OIDC_CLIENT_SECRET": SECRET,
        "PLEDGELINE_OIDC_NAME": "The ministry",
    }
    settings.PROVIDERS = identity.providers(environment)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": settings.PROVIDERS}}
    yield made
    made.end()


def come_from(provider, client, **person):
    """Let the provider vouch for somebody, and give the answer to their coming back."""
    import requests

    provider.person = person
    away = client.post(client.get("/sign-in/").context["providers"][0]["address"])
    back = requests.get(away.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def test_a_provider_lets_in_whose_verified_address_an_account_has(client, provider, ada):
    User.objects.filter(pk=ada.pk).update(email="Ada@Example.org")

    assert "With The ministry" in client.get("/sign-in/").content.decode()
    come_from(provider, client, sub="7", email="ada@example.org", email_verified=True)

    assert client.session["_auth_user_id"] == str(ada.pk)
    again = Client()
    come_from(provider, again, sub="7", email="other@example.org", email_verified=True)
    assert again.session["_auth_user_id"] == str(ada.pk)  # it is the same person there


@pytest.mark.parametrize(
    "person",
    [
        {"sub": "8", "email": "ada@example.org", "email_verified": False},
        {"sub": "8", "email": "ada@example.org"},
        {"sub": "8", "email": "eve@example.org", "email_verified": True},
        {"sub": "8"},
    ],
)
def test_a_provider_makes_no_account_and_opens_none_by_an_address_it_does_not_vouch_for(
    client, provider, ada, person
):
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")

    answer = come_from(provider, client, **person)
    page = client.get(answer.headers["Location"]).content.decode() if answer.status_code == 302 else ""

    assert not is_in(client)
    assert "by invitation" in page or "by invitation" in answer.content.decode()
    assert User.objects.count() == 1


def test_half_a_provider_is_said_at_the_start():
    with pytest.raises(Misconfigured, match="PLEDGELINE_OIDC_CLIENT_SECRET must be set, too"):
        identity.providers({"PLEDGELINE_OIDC_ISSUER": "https://id.example", "PLEDGELINE_OIDC_CLIENT_ID": "x"})


# ---- limits ----


def test_fifty_failures_from_an_address_do_not_lock_out_a_browser_that_is_known(client, ada):
    sign_in(client)
    client.post("/sign-out/")
    stranger = Client()
    for number in range(51):
        sign_in(stranger, f"name-{number}", "wrong-wrong-wrong")

    assert sign_in(Client()).status_code == 200  # a browser that nobody knows waits
    sign_in(client)
    assert is_in(client)


def test_many_addresses_that_guess_at_one_name_are_stopped_and_its_owner_is_not(client, ada):
    sign_in(client)
    client.post("/sign-out/")
    for number in range(51):
        sign_in(Client(), password="wrong-wrong-wrong", REMOTE_ADDR=f"192.0.2.{number}")

    stranger = Client()
    sign_in(stranger, REMOTE_ADDR="198.51.100.1")
    assert not is_in(stranger)
    sign_in(client)
    assert is_in(client)


def test_one_address_that_goes_on_guessing_locks_nobody_out_elsewhere(client, ada):
    """What was refused without a look at the password counted, too: 51 requests were enough."""
    for _number in range(60):
        sign_in(Client(), password="wrong-wrong-wrong", REMOTE_ADDR="192.0.2.1")

    sign_in(client, REMOTE_ADDR="198.51.100.1")

    assert is_in(client)


def test_all_addresses_of_one_household_are_one(client, ada):
    for number in range(5):
        sign_in(Client(), password="wrong-wrong-wrong", REMOTE_ADDR=f"2001:db8::{number}")

    sign_in(client, REMOTE_ADDR="2001:db8::99")
    assert not is_in(client)
    sign_in(client, REMOTE_ADDR="2001:db8:0:1::99")
    assert is_in(client)


@pytest.mark.django_db(transaction=True)
def test_of_forty_guesses_at_once_five_are_looked_at(ada, monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("the tests keep SQLite in memory, where a writer does not wait for another")
    looked_at = []
    check = User.check_password
    monkeypatch.setattr(User, "check_password", lambda self, raw: looked_at.append(raw) or check(self, raw))

    def guess(number):
        sign_in(Client(), password=f"wrong-wrong-{number}")
        connection.close()

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(looked_at) <= 5


def test_the_old_password_is_not_guessed_at_without_end(client, ada):
    sign_in(client)
    new = {"password1": "otter-lantern-harbour", "password2": "otter-lantern-harbour"}
    for number in range(6):
        answer = client.post("/account/password/", {"oldpassword": f"wrong-{number}", **new})

    assert answer.status_code == 429
    client.post("/account/password/", {"oldpassword": PASSWORD, **new})
    assert User.objects.get(username="ada").check_password(PASSWORD)


@pytest.mark.parametrize(
    "word", ["passwordpassword", "Ukraine-2026", "purl-purl-purl", "bookkeeper1234", "qwertyqwerty"]
)
def test_what_everybody_would_try_first_is_no_password(word):
    with pytest.raises(people.Refused):
        people.add_person(name="ada", role=Role.COORDINATOR, by="a test", password=word)


def test_digits_alone_may_be_a_password():
    people.add_person(name="ada", role=Role.COORDINATOR, by="a test", password="602214076299792458")


# ---- a lost second factor ----


def test_an_administrator_removes_a_lost_second_factor_once_that_is_confirmed(client, ada):
    sign_in(client)
    add_app(client)
    boss = Client()
    boss.force_login(a_person("boss", Role.ADMINISTRATOR))

    asked = boss.post(f"/people/{ada.pk}/", {"ask": "factor"}).content.decode()

    assert "Yes, remove the second factor of ada" in asked
    assert Authenticator.objects.filter(user=ada).exists()

    boss.post(f"/people/{ada.pk}/", {"factor": "1"})

    assert not Authenticator.objects.filter(user=ada).exists()
    assert not Session.objects.filter(user=ada).exists()
    again = Client()
    sign_in(again)
    assert is_in(again)
    assert "second factor" not in boss.get(f"/people/{ada.pk}/").content.decode()


def test_a_second_factor_that_is_not_there_cannot_be_removed(client, ada):
    client.force_login(a_person("boss", Role.ADMINISTRATOR))

    assert "ada has no second factor" in client.post(f"/people/{ada.pk}/", {"factor": "1"}).content.decode()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FINANCE])
def test_nobody_but_an_administrator_removes_a_second_factor(client, ada, role):
    sign_in(client)
    add_app(client)
    other = Client()
    other.force_login(a_person("other", role))

    assert other.post(f"/people/{ada.pk}/", {"factor": "1"}).status_code == 403
    assert Authenticator.objects.filter(user=ada, type="totp").exists()


def test_somebody_who_was_removed_has_no_second_factor_when_they_come_back(client, ada):
    sign_in(client)
    add_app(client)

    people.remove_person(name="ada")

    assert not Authenticator.objects.filter(user=ada).exists()


def test_the_page_of_passkeys_opens_where_there_is_none(client, ada):
    sign_in(client)
    add_app(client)

    assert "You have none yet" in client.get("/account/second-factor/webauthn/").content.decode()


def test_who_needs_a_second_factor_is_told_so_where_it_is_set_up(client, ada, settings):
    settings.SECOND_FACTOR_ROLES = frozenset({Role.COORDINATOR})
    sign_in(client)

    assert "Your role needs a second factor" in client.get("/p/purl/", follow=True).content.decode()


# ---- a lost password ----


def test_a_link_of_an_administrator_gives_another_password_once(client, ada):
    boss = Client()
    boss.force_login(a_person("boss", Role.ADMINISTRATOR))
    page = boss.post(f"/people/{ada.pk}/", {"link": "1"}).content.decode()
    link = urlsplit(re.search(r'class="link-once">([^<]+)<', page).group(1)).path
    form = client.get(link)
    new = {"password1": "otter-lantern-harbour", "password2": "otter-lantern-harbour"}

    client.post(form.headers["Location"], new)

    assert User.objects.get(username="ada").check_password("otter-lantern-harbour")
    assert sign_in(Client(), password="otter-lantern-harbour").status_code == 302
    assert Client().get(link).status_code == 200
    used = Client().get(link)
    assert "Location" not in used.headers
    assert "This link no longer works" in used.content.decode()
    assert "Ask an administrator for another" in used.content.decode()


def test_a_letter_leads_to_another_password_where_a_mailer_is_set_up(client, ada, settings, mailoutbox):
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")

    client.post("/sign-in/reset/", {"email": "ada@example.org"})
    client.post("/sign-in/reset/", {"email": "nobody@example.org"})

    link = re.search(r"/sign-in/reset/\S+", mailoutbox[0].body).group()
    assert [["ada@example.org"]] == [letter.to for letter in mailoutbox]
    assert client.get(link).status_code == 302


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("en", "Choose a new password", "Somebody asked for a new password for the account “ada”."),
        ("uk", "Обрати новий пароль", "Хтось попросив новий пароль для облікового запису «ada»."),
    ],
)
def test_the_letter_is_in_the_language_of_the_page(client, ada, mailoutbox, language, subject, said):
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")

    client.post("/sign-in/reset/", {"email": "ada@example.org"}, headers={"Accept-Language": language})

    (letter,) = mailoutbox
    assert letter.subject.endswith(subject)
    assert letter.body.startswith(said)
    assert not re.search(r"Hello|Thank you|Привіт|&\w+;", letter.body)
    if language == "uk":
        words = re.sub(r"https?://\S+|testserver|Pledgeline|ada", "", letter.body)
        assert not re.search("[A-Za-z]", words)


# ---- invitations ----


def test_an_invitation_makes_one_account_with_its_role(client):
    boss = Client()
    boss.force_login(a_person("boss", Role.ADMINISTRATOR))
    page = boss.post(
        "/people/invite/", {"name": "Olena", "role": "coordinator", "programme": ""}
    ).content.decode()
    link = urlsplit(re.search(r'class="link-once">([^<]+)<', page).group(1)).path
    asked = {"name": "olena", "password": PASSWORD, "again": PASSWORD}

    assert "Coordinator" in client.get(link).content.decode()
    assert client.post(link, asked).headers["Location"] == "/account/"

    olena = User.objects.get(username="olena")
    assert [("coordinator", "")] == list(olena.roles)
    assert olena.memberships.get().given_by == "boss"
    assert Client().post(link, asked | {"name": "second"}).status_code == 410
    assert not User.objects.filter(username="second").exists()
    assert link.split("/")[2] not in boss.get("/people/invite/").content.decode()


def test_who_invites_to_one_programme_names_no_address(client):
    """A provider that vouches for the address would lead its owner into an account whose password another knows."""
    ProgrammeRecord.from_value(a_programme(slug="harbour")).save()
    client.force_login(a_person("bo", Role.ADMINISTRATOR, programme="harbour"))
    asked = {"name": "x", "role": "reader", "programme": "harbour", "email": "jane@example.org"}

    page = client.post("/people/invite/", asked).content.decode()

    assert 'class="link-once"' in page
    assert 'name="email"' not in page
    assert "" == Invitation.objects.get().email
    with pytest.raises(people.Refused, match="every programme"):
        invite(**asked, person=User.objects.get(username="bo"), now=timezone.now())


def test_an_invitation_that_was_withdrawn_leads_nowhere(client):
    boss = Client()
    boss.force_login(a_person("boss", Role.ADMINISTRATOR))
    page = boss.post(
        "/people/invite/", {"name": "Olena", "role": "coordinator", "programme": ""}
    ).content.decode()
    link = urlsplit(re.search(r'class="link-once">([^<]+)<', page).group(1)).path
    address = re.search(r"/people/invite/\d+/withdraw/", page).group()

    boss.post(address)

    assert client.get(link).status_code == 410


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
@pytest.mark.parametrize("path", ["/people/", "/people/invite/", "/people/1/"])
def test_nobody_but_administrators_gives_roles_or_links(client, role, path, ada):
    client.force_login(a_person("eve", role))

    assert client.post(path, {"name": "x", "role": "administrator"}).status_code == 403


def test_the_last_administrator_stays_one():
    boss = a_person("boss", Role.ADMINISTRATOR)

    with pytest.raises(people.Refused, match="nobody could give roles"):
        people.take_role(boss.memberships.get(), person=boss)


# ---- own sessions ----


def test_own_sessions_are_listed_and_ended_and_those_of_others_are_not(client, ada):
    eve = people.add_person(name="eve", role=Role.COORDINATOR, by="a test", password=PASSWORD)
    other = Client(headers={"user-agent": "Another browser"})
    hers = Client()
    sign_in(client)
    sign_in(other)
    sign_in(hers, "eve")

    page = client.get("/account/").content.decode()
    assert "Another browser" in page
    client.post("/account/again/", {"password": PASSWORD})
    client.post("/account/sessions/end/", {"session": Session.objects.get(user=eve).digest})
    assert Session.objects.filter(user=eve).count() == 1
    client.post("/account/sessions/end/", {"session": "others"})

    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
