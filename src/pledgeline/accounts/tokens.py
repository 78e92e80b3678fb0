"""Whom a program acts for: found by the token that it sends, and kept to the programme that the token is for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pledgeline.accounts.models import ApiToken, Scope, User
from pledgeline.accounts.models.invitations import digest_of, new_token

MARK = "plt_"
"""How a token begins, so that whoever finds one in a file knows what it is."""

SEEN_AGAIN = timedelta(minutes=10)
"""When a token was last used is noted so exactly: not each request writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Somebody who came with a token: the person as far as the token goes, and whether it lets them write.

    `programme` is the only one that it is for, empty for every one.
    """

    person: User
    may_write: bool
    programme: str


def invented() -> tuple[str, str]:
    """Invent a token, and give it with its digest."""
    token = f"{MARK}{new_token()}"
    return token, digest_of(token)


def bearer_of(token: str, now: datetime) -> Bearer | None:
    """Give whom a token is of; nobody where it is unknown, expired or revoked."""
    row = ApiToken.objects.valid_at(now).select_related("person").filter(digest=digest_of(token)).first()
    if row is None:
        return None
    if row.seen_at is None or row.seen_at < now - SEEN_AGAIN:
        ApiToken.objects.filter(pk=row.pk).update(seen_at=now)
    person: User = row.person
    if row.programme:
        person.keep_to(row.programme)
    return Bearer(person=person, may_write=row.scope == Scope.WRITE, programme=row.programme)
