"""Tokens are made and revoked on the pages of the account, shown once, and kept as a digest."""

import re

import pytest
from django.test import Client

from pledgeline.accounts.models import ApiToken
from pledgeline.accounts.models.tokens import MOST_TOKENS
from pledgeline.audit.models import AuditEvent
from pledgeline.programme.roles import Role
from tests.chain import a_fund
from tests.people import a_person

pytestmark = pytest.mark.django_db

PASSWORD = "harbour-lantern-otter"


def signed_in(name):
    person = a_person(name, Role.READER)
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    assert 302 == client.post("/sign-in/", {"login": name, "password": PASSWORD}).status_code
    assert 302 == client.get("/account/tokens/").status_code
    assert 302 == client.post("/account/again/", {"password": PASSWORD}).status_code
    return client


def test_a_token_is_made_shown_once_used_and_revoked(db):
    a_fund()
    client, other = signed_in("ada"), signed_in("eve")
    assert "Tokens for programs" in client.get("/account/").content.decode()
    sent = {"name": "nightly figures", "scope": "read", "programme": "harbour", "days": "30"}
    page = client.post("/account/tokens/", sent).content.decode()
    (token,) = re.findall(r"plt_[\w-]{43}", page)
    row = ApiToken.objects.get()
    assert token not in {row.digest, row.name}
    assert not re.search(r"plt_[\w-]{43}", client.get("/account/tokens/").content.decode())
    assert not re.search(r"plt_", " ".join(event.details for event in AuditEvent.objects.all()))

    program = Client(headers={"authorization": f"Bearer {token}"})
    assert 200 == program.get("/api/v1/programmes/harbour").status_code
    assert 302 == other.post(f"/account/tokens/{row.pk}/revoke/").status_code
    assert 200 == program.get("/api/v1/programmes/harbour").status_code
    assert 302 == client.post(f"/account/tokens/{row.pk}/revoke/").status_code
    assert 401 == program.get("/api/v1/programmes/harbour").status_code
    assert ["token-made", "token-revoked"] == list(
        AuditEvent.objects.filter(noun="token").order_by("pk").values_list("act", flat=True)
    )


def test_nobody_has_more_tokens_than_there_may_be_or_for_longer(db):
    client = signed_in("ada")
    sent = {"name": "one", "scope": "write", "programme": "", "days": "1"}
    for _ in range(MOST_TOKENS):
        assert "plt_" in client.post("/account/tokens/", sent).content.decode()
    assert "Revoke one first" in client.post("/account/tokens/", sent).content.decode()
    assert "plt_" not in client.post("/account/tokens/", {**sent, "days": "367"}).content.decode()
    assert "plt_" not in client.post("/account/tokens/", {**sent, "programme": "nowhere"}).content.decode()
    assert MOST_TOKENS == ApiToken.objects.count()


def test_the_pages_are_for_whoever_is_signed_in(db, client):
    assert 302 == client.get("/account/tokens/").status_code
    assert 302 == client.post("/account/tokens/1/revoke/").status_code
