"""Django's session engine over our own table: the key is kept as a digest, and idleness ends a session, too."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER_ID
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from pledgeline.accounts.models import Session

NOTED_EVERY = timedelta(minutes=5)
"""How exactly a session knows when it was last seen: noting it at every click would be a write at every click."""


def digest_of(key: str) -> str:
    """Give what stands for a key in the database. The key is 165 random bits: no salt is needed."""
    return hashlib.sha256(key.encode()).hexdigest()


class SessionStore(SessionBase):
    """One session. `address` and `user_agent` are those of the request at hand."""

    address = ""
    user_agent = ""

    def load(self) -> dict[str, object]:
        now = timezone.now()
        row = Session.objects.alive(now).filter(digest=digest_of(self.session_key or "")).first()
        if row is None:
            self._session_key = None
            return {}
        if now - row.seen_at >= NOTED_EVERY:
            try:
                with transaction.atomic():
                    Session.objects.filter(digest=row.digest).update(seen_at=now)
            except DatabaseError:
                pass  # reading goes on where nothing can be written
        data: dict[str, object] = self.decode(row.data)
        return data

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(digest=digest_of(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Keep the session.

        Raises:  CreateError where the key is taken; UpdateError where the session was ended meanwhile.
        """
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        digest = digest_of(self.session_key)
        content = {"data": self.encode(data), "user_id": data.get(USER_ID)}
        if not must_create:
            if not Session.objects.filter(digest=digest).update(**content):
                raise UpdateError
            return
        now = timezone.now()
        try:
            with transaction.atomic():
                Session.objects.create(
                    digest=digest,
                    **content,
                    began_at=now,
                    seen_at=now,
                    expires_at=now + timedelta(seconds=settings.SESSION_COOKIE_AGE),
                    address=self.address[:64],
                    user_agent=self.user_agent[:300],
                )
        except IntegrityError:
            raise CreateError from None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(digest=digest_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.ended(timezone.now()).delete()
