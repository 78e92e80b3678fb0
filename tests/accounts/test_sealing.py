"""Secrets of second factors in the database: encrypted, whole or not at all, and by a key that is not there."""

import pytest
from cryptography.fernet import InvalidToken

from pledgeline.accounts.sealing import opened, sealed


def test_what_was_sealed_is_opened_by_the_installation_that_sealed_it(settings):
    token = sealed("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" == opened(token)
    assert "JBSWY3DP" not in token
    assert token != sealed("JBSWY3DPEHPK3PXP"), "never twice in the same way"

    settings.SECRET_KEY = "another secret of another installation"
    with pytest.raises(InvalidToken):
        opened(token)


@pytest.mark.parametrize("place", [0, 5, 30, -1])
def test_what_was_changed_is_not_opened(place):
    token = list(sealed("JBSWY3DPEHPK3PXP"))
    token[place] = "B" if token[place] != "B" else "C"

    with pytest.raises(InvalidToken):
        opened("".join(token)[:-1] if place == -1 else "".join(token))


def test_after_a_change_of_the_secret_the_old_one_still_opens(settings):
    token = sealed("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next secret of the installation"

    assert "JBSWY3DPEHPK3PXP" == opened(token)
