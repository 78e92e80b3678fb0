"""What signing in rests on is changed: who is asked again, who is signed out, and who stays the same person."""

import re
import time
from urllib.parse import urlsplit

import jwt
import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from pledgeline.accounts.models import Session, User
from pledgeline.actions import people
from pledgeline.audit.models import AuditEvent
from pledgeline.programme.roles import Role
from pledgeline.server import identity, mail
from tests.people import a_person
from tests.web.oidc_provider import Provider
from tests.web.test_sign_in import (  # noqa: F401
    PASSWORD,
    ada,
    add_app,
    come_from,
    fresh_codes,
    is_in,
    provider,
    sign_in,
)

pytestmark = pytest.mark.django_db

NEW = {"password1": "otter-lantern-harbour", "password2": "otter-lantern-harbour"}
VOUCHED = {"sub": "7", "email": "ada@example.org", "email_verified": True}


# ---- sessions ----


def test_another_password_ends_every_other_session(client, ada):  # noqa: F811
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    client.post("/account/password/", {"oldpassword": PASSWORD, **NEW})

    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_a_lost_password_that_is_renewed_ends_every_session(client, ada):  # noqa: F811
    sign_in(client)
    boss, elsewhere = Client(), Client()
    boss.force_login(a_person("boss", Role.ADMINISTRATOR))
    page = boss.post(f"/people/{ada.pk}/", {"link": "1"}).content.decode()
    link = urlsplit(re.search(r'class="link-once">([^<]+)<', page).group(1)).path
    elsewhere.post(elsewhere.get(link).headers["Location"], NEW)

    assert client.get("/account/").status_code == 302


def test_after_a_change_of_factors_the_account_offers_to_end_the_others(client, ada):  # noqa: F811
    sign_in(Client())
    sign_in(client)
    add_app(client)

    assert "Sign out all others" in client.get("/account/").content.decode()


def test_sessions_elsewhere_are_ended_after_saying_the_password_again(client, ada):  # noqa: F811
    """Who sits down at a browser that somebody left signed in does not put them out of theirs."""
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    asked = client.post("/account/sessions/end/", {"session": "others"})

    assert asked.headers["Location"].startswith("/account/again/")
    assert elsewhere.get("/account/").status_code == 200
    done = client.post(asked.headers["Location"], {"password": PASSWORD, "next": "/account/sessions/end/"})
    assert done.headers["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_an_administrator_signs_somebody_out_everywhere(client, ada):  # noqa: F811
    sign_in(client)
    boss = Client()
    boss.force_login(a_person("boss", Role.ADMINISTRATOR))
    page = boss.post(f"/people/{ada.pk}/", {"end": "1"}).content.decode()

    assert "Done." in page
    assert client.get("/account/").status_code == 302
    assert boss.get("/account/").status_code == 200
    event = AuditEvent.objects.get(act="sessions-ended")
    assert ("boss", "ada") == (event.actor_name, event.ref)
    sign_in(client)
    assert is_in(client)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_does(client, ada, role):  # noqa: F811
    sign_in(Client())
    client.force_login(a_person("eve", role))

    assert client.post(f"/people/{ada.pk}/", {"end": "1"}).status_code == 403
    assert Session.objects.filter(user=ada).count() == 1


# ---- links ----


@pytest.mark.parametrize(("what", "days", "late"), [("invitation", 7, 410), ("password", 1, 200)])
def test_a_link_that_was_not_used_in_time_opens_nothing(client, ada, what, days, late):  # noqa: F811
    boss = Client()
    boss.force_login(a_person("boss", Role.ADMINISTRATOR))
    asked = {"name": "Olena", "role": "coordinator", "programme": ""}
    page = (
        boss.post("/people/invite/", asked)
        if what == "invitation"
        else boss.post(f"/people/{ada.pk}/", {"link": "1"})
    )
    link = urlsplit(re.search(r'class="link-once">([^<]+)<', page.content.decode()).group(1)).path

    with time_machine.travel(time.time() + days * 24 * 3600 - 60):
        assert Client().get(link).status_code in (200, 302)
    with time_machine.travel(time.time() + days * 24 * 3600 + 60):
        assert Client().get(link).status_code == late
        client.post(link, {"name": "olena", "password": PASSWORD, "again": PASSWORD, **NEW})
    assert not User.objects.filter(username="olena").exists()
    assert User.objects.get(username="ada").check_password(PASSWORD)


# ---- factors ----


@pytest.mark.parametrize(
    "address",
    [
        "/account/second-factor/totp/activate/",
        "/account/second-factor/totp/deactivate/",
        "/account/second-factor/webauthn/add/",
        "/account/second-factor/recovery-codes/",
        "/account/second-factor/recovery-codes/download/",
        "/account/second-factor/recovery-codes/generate/",
    ],
)
def test_no_factor_is_added_seen_or_removed_without_saying_the_password_again(client, ada, address):  # noqa: F811
    sign_in(client)
    add_app(client)
    with time_machine.travel(time.time() + 16 * 60):
        answers = [client.get(address), client.post(address, {})]
        for answer in [answer for answer in answers if answer.status_code != 405]:
            assert answer.headers["Location"].startswith("/account/")
            assert "/again/" in answer.headers["Location"] or "/reauthenticate/" in answer.headers["Location"]

    assert Authenticator.objects.filter(type="totp").exists()


def test_nobody_is_vouched_for_or_no_longer_without_it(client, ada, provider):  # noqa: F811
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    come_from(provider, client, **VOUCHED)
    sign_in(client)
    connected = SocialAccount.objects.get(user=ada)
    answer = client.post("/account/connections/", {"account": connected.pk})

    assert answer.headers["Location"].startswith("/account/again/")
    assert SocialAccount.objects.filter(user=ada).exists()


def test_seeds_and_codes_are_by_chance_and_cannot_be_guessed(ada):  # noqa: F811
    """Units: letters of base 32, 5 bits each; digits, 3.3 bits each."""
    people.add_person(name="eve", role=Role.COORDINATOR, by="a test", password=PASSWORD)
    seeds, codes = [], []
    for name in ("ada", "eve"):
        client = Client()
        sign_in(client, name)
        seeds.append(add_app(client))
        page = client.get("/account/second-factor/recovery-codes/").content.decode()
        codes += re.findall(r"\b\d{8}\b", page)

    assert seeds[0] != seeds[1]
    assert all(len(seed) * 5 >= 160 for seed in seeds)
    assert 20 == len(codes) == len(set(codes))


def test_every_role_can_be_made_to_need_a_second_factor(client, settings):
    settings.SECOND_FACTOR_ROLES = identity.roles_with_second_factor(
        {"PLEDGELINE_SECOND_FACTOR": ",".join(Role)}
    )
    for role in Role:
        client.force_login(a_person(f"one-{role}", role))
        assert client.get("/").headers["Location"] == "/account/second-factor/?needed=1", role


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/accounts/login/",
        "/sign-in/code/",
        "/sign-in/code/confirm/",
        "/account/second-factor/trust/",
        "/account/second-factor/webauthn/signup/",
        "/account/phone/",
        "/sign-in/oidc/another/login/",
        "/sign-in/token/",
    ],
)
def test_there_is_no_way_in_that_is_not_written_down(client, address):
    assert client.get(address).status_code == 404
    assert client.post(address, {"username": "eve", "password": PASSWORD}).status_code == 404


@pytest.mark.parametrize("address", ["/sign-in/closed/", "/sign-in/provider/closed/"])
def test_nobody_makes_an_account_for_themselves(client, address):
    client.post(address, {"username": "eve", "email": "eve@example.org", "password1": PASSWORD})

    assert not User.objects.exists()
    assert not is_in(client)


# ---- a provider ----


def test_an_address_that_is_given_to_somebody_else_there_does_not_open_the_account(client, provider, ada):  # noqa: F811
    """Ada left the ministry, and her address went to her successor."""
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    come_from(provider, Client(), **VOUCHED)
    come_from(provider, client, **VOUCHED | {"sub": "8"})

    assert not is_in(client)


def test_the_same_number_at_another_provider_is_somebody_else(client, provider, ada, settings):  # noqa: F811
    """An installation changes its provider; person 7 of the new one is not person 7 of the old one."""
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    come_from(provider, Client(), **VOUCHED)
    other = Provider()
    changed = [
        {**known, "settings": {**known["settings"], "server_url": other.address}}
        for known in settings.PROVIDERS
    ]
    settings.PROVIDERS, settings.SOCIALACCOUNT_PROVIDERS = changed, {"openid_connect": {"APPS": changed}}
    come_from(other, client, sub="7", email="eve@example.org", email_verified=True)
    other.end()

    assert not is_in(client)


def test_a_session_that_a_provider_began_ends_as_every_other(client, provider, ada):  # noqa: F811
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    come_from(provider, client, **VOUCHED)
    assert client.get("/account/").status_code == 200

    with time_machine.travel(time.time() + 3601):
        assert client.get("/account/").status_code == 302


def come_with(token, vouching, client, monkeypatch):
    """Come from the provider with a token in the place of its own."""
    monkeypatch.setattr(
        vouching, "token", lambda form: {"access_token": "x", "token_type": "Bearer", "id_token": token}
    )
    come_from(vouching, client, **VOUCHED)


@pytest.mark.parametrize("header", ["jwk", "jku"])
def test_a_key_that_a_token_brings_along_is_not_asked(client, provider, ada, monkeypatch, header):  # noqa: F811
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    own = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    brought = {
        "jwk": jwt.algorithms.RSAAlgorithm.to_jwk(own.public_key(), as_dict=True),
        "jku": "http://127.0.0.1:1/",
    }
    claims = {**VOUCHED, "aud": "pledgeline", "iss": provider.address, "exp": int(time.time()) + 300}
    token = jwt.encode(claims, own, algorithm="RS256", headers={"kid": "1", header: brought[header]})
    come_with(token, provider, client, monkeypatch)

    assert not is_in(client)


def test_a_token_that_does_not_count_yet_opens_nothing(client, provider, ada, monkeypatch):  # noqa: F811
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    now = int(time.time())
    claims = {**VOUCHED, "aud": "pledgeline", "iss": provider.address, "nbf": now + 3600, "exp": now + 7200}
    token = jwt.encode(claims, provider.key, algorithm="RS256", headers={"kid": "1"})
    come_with(token, provider, client, monkeypatch)

    assert not is_in(client)


# ---- a mailer ----


def test_a_mailer_that_is_away_tells_nobody_who_has_an_account(client, ada, settings, caplog):  # noqa: F811
    """The page for an address that somebody has was an error of ours, and the other was not."""
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    settings.EMAIL_BACKEND = mail.Mailer(host="127.0.0.1").backend
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answers = [
        client.post("/sign-in/reset/", {"email": email})
        for email in ("ada@example.org", "nobody@example.org")
    ]

    assert [302, 302] == [answer.status_code for answer in answers]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert "a letter could not be sent" in caplog.text
    assert "ada@example.org" not in caplog.text


def test_another_password_is_given_although_no_letter_can_say_so(client, ada, settings):  # noqa: F811
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    settings.EMAIL_BACKEND = mail.Mailer(host="127.0.0.1").backend
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    sign_in(client)

    assert client.post("/account/password/", {"oldpassword": PASSWORD, **NEW}).status_code == 302
    assert User.objects.get(username="ada").check_password(NEW["password1"])
