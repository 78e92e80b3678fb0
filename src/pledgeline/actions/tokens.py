"""Make a token with which a program acts for its person, revoke one, and give a request that comes again its answer."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.db import IntegrityError, transaction

from pledgeline.accounts.models import ApiToken, KeptAnswer, Scope, User
from pledgeline.accounts.models.tokens import LONGEST_LIFE_DAYS, MOST_TOKENS
from pledgeline.accounts.sealing import opened, sealed
from pledgeline.accounts.tokens import invented
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.records.books import sql


class TooMany(ValueError):
    """This person has as many tokens as anybody may have."""


@trail.leaves_refusals(AuditAct.TOKEN_MADE, "token", ref="name")
@transaction.atomic
def make_token(*, person: User, name: str, scope: Scope, programme: str, days: int, now: datetime) -> str:
    """Make a token for somebody, and give it: nobody can read it again.

    Raises:  TooMany; ValueError for a life of less than a day or more than a year.
    """
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        raise ValueError(f"a token lives 1 to {LONGEST_LIFE_DAYS} days")
    User.objects.select_for_update().get(pk=person.pk)
    ApiToken.objects.filter(person=person, expires_at__lte=now).delete()
    if person.tokens.count() >= MOST_TOKENS:
        raise TooMany(f"{MOST_TOKENS} tokens are the most that one person has")
    token, digest = invented()
    ends = now + timedelta(days=days)
    made = ApiToken.objects.create(
        digest=digest,
        person=person,
        name=name,
        scope=scope,
        programme=programme,
        made_at=now,
        expires_at=ends,
    )
    trail.record(
        AuditAct.TOKEN_MADE,
        "token",
        str(made.pk),
        programme=programme,
        name=name,
        scope=str(scope),
        until=ends.date().isoformat(),
    )
    return token


@transaction.atomic
def revoke_token(token: ApiToken) -> None:
    """Take a token away; what comes with it from now on is nobody's."""
    trail.record(AuditAct.TOKEN_REVOKED, "token", str(token.pk), programme=token.programme, name=token.name)
    token.delete()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAnswer:
    """What a program is answered: in the form in which it is kept."""

    status: int
    headers: Mapping[str, str]
    body: str
    is_repeated: bool = False


class OtherRequest(ValueError):
    """The key was used for another request."""


def once(
    *, person: User, key: str, digest: str, now: datetime, act: Callable[[], StoredAnswer], enters: bool
) -> StoredAnswer:
    """Do what a request asks for, or give the answer that it got before, by its key.

    What is done and its answer are kept or lost together; of two that come at once, the second waits for the first.
    What `enters` something into books waits for its turn; the rest does so only where all writers queue up anyway.

    Raises:  OtherRequest.
    """
    waits = enters or sql.is_sqlite()
    turn: AbstractContextManager[object] = sql.in_turn() if waits else transaction.atomic()
    with turn:
        try:
            with transaction.atomic():
                row = KeptAnswer.objects.create(
                    person=person, key=key, digest=digest, status=0, headers={}, body="", made_at=now
                )
        except IntegrityError:
            return _before(person, key, digest)
        answer = act()
        row.status, row.headers, row.body = answer.status, dict(answer.headers), sealed(answer.body)
        row.save(update_fields=["status", "headers", "body"])
        return answer


def _before(person: User, key: str, digest: str) -> StoredAnswer:
    row = KeptAnswer.objects.get(person=person, key=key)
    if row.digest != digest:
        raise OtherRequest(key)
    return StoredAnswer(status=row.status, headers=row.headers, body=_opened(row.body), is_repeated=True)


def _opened(body: str) -> str:
    """Read an answer that was kept: sealed, as it may hold a secret; one of an earlier version was not."""
    try:
        return opened(body)
    except InvalidToken:
        return body
