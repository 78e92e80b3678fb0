"""The token of the desk, as `up` makes it and hands its digest on to the processes that answer."""

import hashlib
import secrets
from typing import Final

VARIABLE: Final = "PLEDGELINE_DESK"
"""The variable of the environment with the digest. Whoever reads it cannot open the desk."""


def new_token() -> str:
    """Make the token of a start of the site: 256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Give what the site knows of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
