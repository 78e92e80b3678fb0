"""Who vouches for people: an installation has one provider of OpenID Connect at most."""

from typing import Final

OIDC: Final = "oidc"
"""Its name in addresses."""
