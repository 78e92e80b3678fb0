"""How a password is kept, and which words it may not be made of."""

import re
from pathlib import Path

from django.contrib.auth.hashers import make_password

from pledgeline.accounts.passwords import OWN_WORDS

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook" / "security.md"
ROUNDS = 600_000
"""What OWASP asks of PBKDF2 with SHA-256.

Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
"""


def test_a_password_is_kept_by_a_slow_function_with_a_salt_of_its_own():
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
