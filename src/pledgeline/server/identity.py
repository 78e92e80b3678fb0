"""Who may vouch for people, and whose second factor is asked for: read from the environment.

`PLEDGELINE_OIDC_ISSUER`, `PLEDGELINE_OIDC_CLIENT_ID` and `PLEDGELINE_OIDC_CLIENT_SECRET` name a provider of OpenID
Connect; `PLEDGELINE_OIDC_NAME` is what its button says. `PLEDGELINE_SECOND_FACTOR` lists roles, with commas, whose
people need a second factor.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from pledgeline.accounts.providers import OIDC
from pledgeline.programme.roles import Role
from pledgeline.server.misconfigured import Misconfigured

THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
"""Where nothing has to be encrypted on its way."""


def providers(environment: Mapping[str, str]) -> list[dict[str, object]]:
    """Give the provider that the environment names, or none.

    Raises:  Misconfigured where only a part of it is said, or it would be asked without encryption.
    """
    said = {
        name: environment.get(f"PLEDGELINE_OIDC_{name}", "").strip()
        for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
    }
    missing = [f"PLEDGELINE_OIDC_{name}" for name, value in said.items() if not value]
    if len(missing) == len(said):
        return []
    if missing:
        raise Misconfigured(f"{', '.join(missing)} must be set, too, or none of PLEDGELINE_OIDC_*")
    issuer = urlsplit(said["ISSUER"])
    if issuer.scheme != "https" and issuer.hostname not in THIS_MACHINE:
        raise Misconfigured("PLEDGELINE_OIDC_ISSUER must begin with https://: what it says opens accounts")
    return [
        {
            "provider_id": OIDC,
            "name": environment.get("PLEDGELINE_OIDC_NAME", "").strip() or "OpenID Connect",
            "client_id": said["CLIENT_ID"],
            "secret": said["CLIENT_SECRET"],
            "settings": {"server_url": said["ISSUER"], "oauth_pkce_enabled": True},
        }
    ]


def roles_with_second_factor(environment: Mapping[str, str]) -> frozenset[str]:
    """Give the roles whose people need a second factor.

    Raises:  Misconfigured where a word is no role.
    """
    said = {word.strip() for word in environment.get("PLEDGELINE_SECOND_FACTOR", "").split(",")} - {""}
    unknown = said - set(Role)
    if unknown:
        raise Misconfigured(
            f"PLEDGELINE_SECOND_FACTOR: “{min(unknown)[:40]}” is no role: choose of {', '.join(Role)}"
        )
    return frozenset(said)
