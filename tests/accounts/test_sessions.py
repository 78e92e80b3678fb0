"""Sessions: the database knows no key, age and idleness end them, and a row says whose it is and where."""

import re
from datetime import timedelta
from math import log2

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.test import Client
from django.utils import timezone

from pledgeline.accounts.models import Session
from pledgeline.accounts.sessions import NOTED_EVERY, SessionStore, digest_of
from pledgeline.programme.roles import Role
from tests.people import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    client.force_login(a_person("ada", Role.READER))
    return client


def is_signed_in(client) -> bool:
    return client.get("/account/").status_code == 200


def key_of(client) -> str:
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def test_nothing_in_the_table_of_sessions_signs_anybody_in(signed_in):
    """Every text of every row is tried as a cookie, as somebody would who has read the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_session")
        texts = [str(value) for row in cursor.fetchall() for value in row]

    assert is_signed_in(signed_in)
    assert key_of(signed_in) not in texts
    for text in texts:
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = text
        assert not is_signed_in(thief)


def test_a_session_ends_after_a_working_day_however_busy(signed_in):
    begin = timezone.now()
    for minutes in range(0, 12 * 60, 50):
        with time_machine.travel(begin + timedelta(minutes=minutes), tick=False):
            assert is_signed_in(signed_in)
    with time_machine.travel(begin + timedelta(hours=12, seconds=1), tick=False):
        assert not is_signed_in(signed_in)


def test_a_session_ends_after_an_idle_hour(signed_in):
    begin = timezone.now()
    with time_machine.travel(begin + timedelta(minutes=59), tick=False):
        assert is_signed_in(signed_in)
    with time_machine.travel(begin + timedelta(minutes=59 + 61), tick=False):
        assert not is_signed_in(signed_in)


def test_when_it_was_last_seen_is_noted_every_five_minutes_and_not_at_every_click(signed_in):
    begin = Session.objects.get().seen_at
    with time_machine.travel(begin + NOTED_EVERY - timedelta(seconds=1), tick=False):
        is_signed_in(signed_in)
    assert begin == Session.objects.get().seen_at
    with time_machine.travel(begin + NOTED_EVERY, tick=False):
        is_signed_in(signed_in)
    assert begin + NOTED_EVERY == Session.objects.get().seen_at


def test_a_row_says_whose_it_is_and_where_they_are(client):
    ada = a_person("ada", Role.READER)
    ada.set_password("harbour-lantern-otter")
    ada.save()
    client.post(
        "/sign-in/",
        {"login": "ada", "password": "harbour-lantern-otter"},
        REMOTE_ADDR="192.0.2.7",
        headers={"User-Agent": "A browser"},
    )
    row = ada.sessions.get()

    assert (row.address, row.user_agent) == ("192.0.2.7", "A browser")
    assert row.expires_at - row.began_at == timedelta(hours=12)
    assert row.digest == digest_of(key_of(client))


def test_ending_a_row_signs_out_at_the_next_click(signed_in):
    Session.objects.all().delete()

    assert not is_signed_in(signed_in)


def test_a_session_that_was_ended_is_not_brought_back_by_a_save():
    store = SessionStore()
    store["word"] = "x"
    store.save()
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        store.save()


def test_signing_in_gives_another_key_and_out_takes_the_row(client):
    store = SessionStore()
    store["word"] = "x"
    store.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    client.force_login(a_person("ada", Role.READER))

    assert key_of(client) != store.session_key
    assert not SessionStore().exists(store.session_key)
    client.post("/sign-out/")
    assert not Session.objects.exists()


def test_only_sessions_that_have_ended_are_cleared(signed_in):
    begin = timezone.now()
    SessionStore.clear_expired()
    assert Session.objects.count() == 1
    with time_machine.travel(begin + timedelta(minutes=61), tick=False):
        SessionStore.clear_expired()
    assert Session.objects.count() == 0


def test_a_session_holds_more_than_128_bits(signed_in):
    """32 letters of 36, each by chance of the system."""
    key = key_of(signed_in)

    assert re.fullmatch("[a-z0-9]{32}", key)
    assert 32 * log2(36) > 128


def test_what_began_by_a_clock_that_stood_a_year_ahead_ends_when_it_is_set_right(client):
    """It would have been neither old nor idle for a year."""
    with time_machine.travel(timezone.now() + timedelta(days=365)):
        client.force_login(a_person("ada", Role.READER))
        assert is_signed_in(client)

    assert not is_signed_in(client)
