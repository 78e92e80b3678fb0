"""The table of failed sign-ins: only so many are allowed, whichever process of the site they reach."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils.crypto import salted_hmac

from pledgeline.accounts.households import household_of

WITHIN = timedelta(minutes=15)
MOST_FOR_A_NAME = 5
"""Failures with one name from one address. Counted together, so that nobody can lock somebody else out."""

MOST_FROM_AN_ADDRESS = 50
"""Failures with any names from one address: an office shares one, a program that guesses is faster."""

MOST_FOR_A_NAME_ANYWHERE = 50
"""Failures with one name from any addresses: many machines that guess at one person."""


class FailedSignIn(models.Model):
    """One failure. The name is kept as a keyed digest: people type passwords into the wrong field."""

    objects: ClassVar[models.Manager[Self]]

    name_digest = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"from {self.address} at {self.at:%Y-%m-%d %H:%M}"

    @classmethod
    def note(cls, *, name: str, address: str, at: datetime) -> Self:
        """Keep an attempt, which counts as failed until it is forgotten, and forget those that no longer count.

        One that is refused without a look at the password is to be deleted again: if it counted, whoever goes on
        after five would use up what is left to the name everywhere, and lock its owner out.
        """
        cls.objects.filter(at__lt=at - WITHIN).delete()
        return cls.objects.create(name_digest=_digest(name), address=_place(address), at=at)

    @classmethod
    def forget(cls, *, name: str, address: str) -> None:
        """Forget the failures of somebody who has signed in after all."""
        cls.objects.filter(name_digest=_digest(name), address=_place(address)).delete()

    @classmethod
    def too_many(cls, *, name: str, address: str, at: datetime, is_known: bool = False) -> bool:
        """Say whether an attempt that was noted is to be refused without looking at the password.

        From a browser that is known only the attempts with this name from this address count: nobody can lock
        somebody else out of theirs.
        """
        recent = cls.objects.filter(at__gte=at - WITHIN)
        here = recent.filter(address=_place(address))
        if here.filter(name_digest=_digest(name)).count() > MOST_FOR_A_NAME:
            return True
        return not is_known and (
            here.count() > MOST_FROM_AN_ADDRESS
            or recent.filter(name_digest=_digest(name)).count() > MOST_FOR_A_NAME_ANYWHERE
        )


def _digest(name: str) -> str:
    return salted_hmac("pledgeline.sign-in", name.casefold(), algorithm="sha256").hexdigest()


def _place(address: str) -> str:
    """Give what the attempts from an address are counted as."""
    return household_of(address)[:64]
