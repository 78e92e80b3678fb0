"""How letters leave, if they do: `PLEDGELINE_MAIL` and `PLEDGELINE_MAIL_FROM`.

Written as smtp://user:password@host:587 (with STARTTLS), smtps://user:password@host:465, or smtp+plain://host:25 for
a mailer on the same machine. Without it no letter leaves, and pages say whom to ask instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pledgeline.server.identity import THIS_MACHINE
from pledgeline.server.misconfigured import Misconfigured

_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailer:
    """Where letters are given to. Without a host they go nowhere."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False
    sender: str = ""

    @property
    def backend(self) -> str:
        return f"django.core.mail.backends.{'smtp' if self.host else 'dummy'}.EmailBackend"


def mailer(environment: Mapping[str, str]) -> Mailer:
    """Read the address of the mailer; one that sends nothing where none is set.

    Raises:  Misconfigured.
    """
    said = environment.get("PLEDGELINE_MAIL", "").strip()
    sender = environment.get("PLEDGELINE_MAIL_FROM", "").strip()
    if not said:
        return Mailer()
    parts = urlsplit(said)
    try:
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        port = 0
    if parts.scheme not in _PORTS or not parts.hostname or not port:
        raise Misconfigured("PLEDGELINE_MAIL is no address of a mailer: write smtp://user:password@host:587")
    if parts.scheme == "smtp+plain" and parts.hostname not in THIS_MACHINE:
        raise Misconfigured(
            "PLEDGELINE_MAIL: smtp+plain:// is for a mailer on this machine; write smtp:// or smtps:// for another"
        )
    if "@" not in sender:
        raise Misconfigured("PLEDGELINE_MAIL_FROM must say the address that letters come from")
    return Mailer(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=parts.scheme == "smtp",
        is_tls=parts.scheme == "smtps",
        sender=sender,
    )
