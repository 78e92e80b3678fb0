"""How a password is kept, and which are too easy to guess here."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import global_settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from pledgeline.accounts.models import User
from pledgeline.accounts.passwords import OWN_WORDS
from pledgeline.actions import people
from pledgeline.programme.roles import Role
from pledgeline.server import settings as of_the_site

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook" / "security.md"
ROUNDS = 600_000
"""What OWASP asks of PBKDF2 with SHA-256.

Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
"""


def test_a_password_is_kept_by_a_slow_function_with_a_salt_of_its_own(settings):
    settings.PASSWORD_HASHERS = getattr(of_the_site, "PASSWORD_HASHERS", global_settings.PASSWORD_HASHERS)
    first, second = (make_password("harbour-lantern-otter").split("$") for _ in range(2))

    assert "pbkdf2_sha256" == first[0]
    assert int(first[1]) >= ROUNDS
    assert first[2] != second[2]
    assert first[3] != second[3]


def test_the_words_of_which_no_password_is_made_are_written_down():
    words = re.search(
        r"^Words of the field: (.+?)\.\n\n", HANDBOOK.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )

    assert words is not None
    assert set(OWN_WORDS) == set(re.findall(r"\w+", words.group(1)))


@pytest.mark.django_db
def test_a_password_does_not_run_out(client):
    """Ten years later it still signs in."""
    people.add_person(name="ada", role=Role.READER, by="a test", password="harbour-lantern-otter")
    with time_machine.travel(timezone.now() + timedelta(days=3650)):
        client.post("/sign-in/", {"login": "ada", "password": "harbour-lantern-otter"})

        assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(
    "password",
    ["olena12345678", "Olena-2026-1129", "pledgeline123456", "purl-ukraine-2026", "ukraine20262027"],
)
def test_ones_name_or_a_word_of_the_field_with_digits_is_refused(password):
    with pytest.raises(ValidationError, match="one of the first passwords"):
        validate_password(password, User(username="olena"))


@pytest.mark.parametrize(
    "password", ["839201746529", "olena likes otters", "ukraine7h3k9d2m", "bo839201746529", "harbour-lantern"]
)
def test_what_is_more_than_that_is_taken(password):
    validate_password(password, User(username="olena"))
    validate_password(password, User(username="bo"))
    validate_password(password)
