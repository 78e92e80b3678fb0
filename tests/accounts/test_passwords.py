"""Which passwords are too easy to guess here, beside those that are short or common."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from pledgeline.accounts.models import User


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
