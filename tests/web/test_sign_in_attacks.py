"""Somebody who has a password, a code, a token of the provider or a link of somebody else, and what it is good for."""

import time
from urllib.parse import urlsplit

import jwt
import pytest
import requests
import time_machine
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client

from pledgeline.accounts.models import Invitation, SharedForAWhile, User
from pledgeline.actions import people
from pledgeline.server import identity
from pledgeline.server.misconfigured import Misconfigured
from tests.people import a_person
from tests.web.test_sign_in import (  # noqa: F401
    PASSWORD,
    ada,
    add_app,
    code_now,
    come_from,
    fresh_codes,
    is_in,
    provider,
    sign_in,
)

pytestmark = pytest.mark.django_db

ASKED = "/account/second-factor/authenticate/"


# ---- codes ----


def test_codes_are_not_guessed_at_without_end(client, ada):  # noqa: F811
    """Whoever has the password could try all million codes."""
    sign_in(client)
    secret = add_app(client)
    thief = Client()
    sign_in(thief)
    for number in range(5):
        thief.post(ASKED, {"code": f"00000{number}"})

    answer = thief.post(ASKED, {"code": code_now(secret)})

    assert not is_in(thief)
    assert "Too many failed attempts" in answer.content.decode()


def test_from_elsewhere_they_are_not_either(client, ada):  # noqa: F811
    sign_in(client)
    secret = add_app(client)
    for number in range(5):
        thief = Client(REMOTE_ADDR=f"192.0.2.{number}")
        sign_in(thief)
        thief.post(ASKED, {"code": f"00000{number}"})
    last = Client(REMOTE_ADDR="198.51.100.1")
    sign_in(last)
    last.post(ASKED, {"code": code_now(secret)})

    assert not is_in(last)


def test_a_code_that_one_worker_has_taken_is_known_to_all(client, ada):  # noqa: F811
    """Each process of the site remembered its own."""
    sign_in(client)
    secret = add_app(client)
    hers, thief = Client(), Client()
    for visitor in (hers, thief):
        sign_in(visitor)
        visitor.post(ASKED, {"code": code_now(secret)})

    assert is_in(hers)
    assert not is_in(thief)
    assert SharedForAWhile.objects.filter(cache_key__contains="mfa.totp.used").exists()


@pytest.mark.parametrize("seconds", [-31, 31])
def test_a_code_lives_for_thirty_seconds(client, ada, seconds):  # noqa: F811
    sign_in(client)
    secret = add_app(client)
    cache.clear()
    with time_machine.travel(time.time() + seconds):
        code = code_now(secret)
    late = Client()
    sign_in(late)
    late.post(ASKED, {"code": code})

    assert not is_in(late)


def test_who_comes_from_a_provider_is_asked_for_the_second_factor_too(client, provider, ada):  # noqa: F811
    """Nobody knows how somebody signed in there: it counts as one factor."""
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    sign_in(client)
    add_app(client)
    stranger = Client()
    answer = come_from(provider, stranger, sub="7", email="ada@example.org", email_verified=True)

    assert ASKED == answer.headers["Location"]
    assert not is_in(stranger)


def test_another_password_does_not_open_what_asks_for_a_code(client, ada):  # noqa: F811
    sign_in(client)
    add_app(client)
    boss = Client()
    boss.force_login(a_person("boss", "administrator"))
    page = boss.post(f"/people/{ada.pk}/", {"link": "1"}).content.decode()
    link = urlsplit(page.partition('class="link-once">')[2].partition("<")[0]).path
    thief = Client()
    new = {"password1": "otter-lantern-harbour", "password2": "otter-lantern-harbour"}
    thief.post(thief.get(link).headers["Location"], new)
    assert not is_in(thief)
    sign_in(thief, password="otter-lantern-harbour")

    assert not is_in(thief)


def test_a_factor_is_changed_after_saying_the_password_again(client, ada):  # noqa: F811
    """Who sits down at a browser that somebody left signed in."""
    sign_in(client)
    with time_machine.travel(time.time() + 16 * 60):
        answer = client.get("/account/second-factor/totp/activate/")
        assert answer.headers["Location"].startswith("/account/again/")
        assert client.post("/account/second-factor/totp/activate/", {"code": "000000"}).status_code == 302
    assert not Authenticator.objects.exists()


# ---- what a provider says ----

PERSON = {"sub": "7", "email": "ada@example.org", "email_verified": True}


@pytest.fixture
def known(ada, provider):  # noqa: F811
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    return provider


def signed_by(key, **more):
    """Give a way to make tokens in the place of the provider's own."""

    def token(form):
        claims = {**PERSON, "iat": int(time.time()), "exp": int(time.time()) + 300, **more}
        head = {"kid": "1"} | more.pop("head", {})
        return {
            "access_token": "x",
            "token_type": "Bearer",
            "id_token": jwt.encode(claims, key, algorithm=head.pop("alg", "RS256"), headers=head),
        }

    return token


def test_a_token_of_the_provider_opens_the_account_and_is_not_kept(client, known):
    come_from(known, client, **PERSON)

    assert is_in(client)
    assert not SocialToken.objects.exists()


@pytest.mark.parametrize(
    ("what", "claims"),
    [
        ("for another site", {"aud": "another"}),
        ("by another provider", {"iss": "https://elsewhere.example"}),
        ("of yesterday", {"exp": 1}),
        ("for somebody else than it describes", {"sub": "8"}),
    ],
)
def test_a_token_that_is_not_for_this_site_and_person_opens_nothing(client, known, monkeypatch, what, claims):
    right = {"aud": "pledgeline", "iss": known.address}
    monkeypatch.setattr(known, "token", signed_by(known.key, **(right | claims)))
    come_from(known, client, **PERSON)

    assert not is_in(client), what


def test_a_token_that_somebody_else_has_signed_opens_nothing(client, known, monkeypatch):
    """It came over TLS; OpenID Connect lets the signature be passed over then, and we do not."""
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    monkeypatch.setattr(known, "token", signed_by(stranger, aud="pledgeline", iss=known.address))
    come_from(known, client, **PERSON)

    assert not is_in(client)


@pytest.mark.parametrize(("alg", "key"), [("none", None), ("HS256", "a" * 64)])
def test_a_token_without_a_pair_of_keys_opens_nothing(client, known, monkeypatch, alg, key):
    monkeypatch.setattr(
        known, "token", signed_by(key, aud="pledgeline", iss=known.address, head={"alg": alg})
    )
    come_from(known, client, **PERSON)

    assert not is_in(client)


def test_no_token_at_all_opens_nothing(client, known, monkeypatch):
    monkeypatch.setattr(known, "token", lambda form: {"access_token": "x", "token_type": "Bearer"})
    come_from(known, client, **PERSON)

    assert not is_in(client)


def test_a_provider_that_calls_itself_by_another_name_is_not_believed(client, known, monkeypatch):
    told = {**known.configuration(), "issuer": "https://elsewhere.example"}
    monkeypatch.setattr(known, "configuration", lambda: told)
    answer = client.post(client.get("/sign-in/").context["providers"][0]["address"])

    assert "Location" not in answer.headers
    assert answer.status_code < 500


@pytest.mark.parametrize("issuer", ["http://id.example.org", "ftp://id.example.org", "id.example.org"])
def test_a_provider_that_would_be_asked_in_the_clear_stops_the_start(issuer):
    environment = {"ISSUER": issuer, "CLIENT_ID": "x", "CLIENT_SECRET": "y"}
    with pytest.raises(Misconfigured, match="must begin with https://"):
        identity.providers({f"PLEDGELINE_OIDC_{name}": value for name, value in environment.items()})


def test_a_provider_that_is_away_is_said(client, known):
    address = client.get("/sign-in/").context["providers"][0]["address"]
    known.end()
    known.server.server_close()

    assert client.post(address).status_code < 500


def test_a_provider_that_leads_elsewhere_is_not_followed(client, known, monkeypatch):
    asked = []

    def lead(handler, form):
        asked.append(handler.path)
        handler.send_response(302)
        handler.send_header("Location", f"{known.address}/secrets")
        handler.end_headers()

    monkeypatch.setattr(known, "answer", lead)
    client.post(client.get("/sign-in/").context["providers"][0]["address"])

    assert ["/.well-known/openid-configuration"] == asked


def test_what_the_provider_answered_one_browser_is_nothing_to_another(client, known):
    """Somebody is not signed in as the one who sent them the link, and a stolen link opens nothing."""
    known.person = PERSON
    away = client.post(client.get("/sign-in/").context["providers"][0]["address"])
    back = requests.get(away.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
    stranger = Client()
    stranger.get(f"{urlsplit(back).path}?{urlsplit(back).query}")
    assert not is_in(stranger)
    client.get(f"{urlsplit(back).path}?{urlsplit(back).query}")
    assert is_in(client)
    again = Client()
    again.cookies = client.cookies
    client.post("/sign-out/")
    client.get(f"{urlsplit(back).path}?{urlsplit(back).query}")
    assert not is_in(client), "an answer counts once"


def test_it_is_asked_for_no_more_than_it_takes(client, known):
    away = client.post(client.get("/sign-in/").context["providers"][0]["address"]).headers["Location"]

    assert "code_challenge_method=S256" in away
    assert "response_type=code" in away
    assert "state=" in away


def test_a_session_begins_by_an_act_of_its_person(client, known):
    """A picture on another page that loads the address does not begin one."""
    address = client.get("/sign-in/").context["providers"][0]["address"]

    assert "Location" not in client.get(address).headers
    assert Client(enforce_csrf_checks=True).post(address).status_code == 403


# ---- passwords ----


@pytest.mark.parametrize(
    "word",
    ["1q2w3e4r5t6y", "leavemealone", "QWERTYuiop123", "  123456654321 ", "football2001", "Purl2026Purl2026"],
)
def test_a_password_that_is_known_from_breaches_is_refused(word):
    with pytest.raises(people.Refused):
        people.add_person(name="ada", role="coordinator", by="a test", password=word)


@pytest.mark.parametrize(
    "word",
    [
        "correct horse battery",
        "кохання і світло",
        "x" * 10 + "y" * 5 + "zq!7k w" * 8,
        "мій-маяк-світить 7",
        "  lantern  otter  ",
    ],
)
def test_any_letters_blanks_and_lengths_are_a_password_and_none_of_them_is_lost(client, word):
    """100 letters, no capitals, blanks at its ends: compared as it was typed."""
    people.add_person(name="ada", role="coordinator", by="a test", password=word)
    for other in (word.upper(), word.strip() if word != word.strip() else word + " ", word[:-1]):
        sign_in(client, password=other)
        assert not is_in(client)
    sign_in(client, password=word)

    assert is_in(client)


def test_a_password_is_hidden_and_may_be_filled_in_by_a_program(client, ada):  # noqa: F811
    page = client.get("/sign-in/").content.decode()
    sign_in(client)
    change = client.get("/account/password/").content.decode()

    for fields in (page, change):
        for field in fields.split("<input")[1:]:
            if 'name="old' in field or 'name="password' in field:
                assert 'type="password"' in field.partition(">")[0]
                assert 'autocomplete="off"' not in field.partition(">")[0]
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page + change


def test_there_are_no_hints_and_no_secret_questions(ada):  # noqa: F811
    words = {field.name for field in User._meta.get_fields()}

    assert not {word for word in words if "hint" in word or "question" in word or "answer" in word}


def test_there_is_no_account_at_the_start():
    assert 0 == User.objects.count()


# ---- leaving ----


def test_the_browser_forgets_what_it_kept_when_somebody_signs_out(client, ada):  # noqa: F811
    sign_in(client)
    page = client.get("/account/")
    assert "no-store" in page.headers["Cache-Control"]
    assert "Clear-Site-Data" not in page.headers
    answer = client.post("/sign-out/")

    assert '"cache", "storage"' == answer.headers["Clear-Site-Data"]


@pytest.mark.parametrize("address", ["/", "/account/", "/guarantees/", "/people/", "/account/second-factor/"])
def test_the_way_out_stands_on_every_page(client, address):
    client.force_login(a_person("boss", "administrator"))

    assert 'action="/sign-out/"' in client.get(address).content.decode()


def test_an_address_with_a_line_break_sends_no_letter(client, ada, mailoutbox):  # noqa: F811
    """Neither by an invitation, which keeps the address for later letters, nor by asking for another password."""
    broken = "ada@example.org\nBcc: eve@example.org"
    User.objects.filter(pk=ada.pk).update(email="ada@example.org")
    client.force_login(a_person("boss", "administrator"))
    page = client.post(
        "/people/invite/", {"name": "x", "role": "coordinator", "programme": "", "email": broken}
    )

    assert "Enter a valid email address." in page.content.decode()
    assert not Invitation.objects.exists()
    assert Client().post("/sign-in/reset/", {"email": broken}).status_code == 200
    assert [] == mailoutbox
