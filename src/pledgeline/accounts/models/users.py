"""The table of people who can sign in, or once could."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import UniqueConstraint
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from pledgeline.accounts.models.memberships import Membership
    from pledgeline.accounts.models.sessions import Session
    from pledgeline.accounts.models.tokens import ApiToken


class User(AbstractBaseUser):
    """An account.

    It is never deleted: what a person did names them. Who may no longer sign in is not `is_active`. What a person
    may do follows from their memberships alone; Django's groups and permissions are not used.
    """

    memberships: "RelatedManager[Membership]"
    sessions: "RelatedManager[Session]"
    tokens: "RelatedManager[ApiToken]"

    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        ordering = ("username",)
        constraints = (UniqueConstraint(Lower("username"), name="user_name_is_one_in_any_capitals"),)

    def __str__(self) -> str:
        return self.username

    @cached_property
    def roles(self) -> tuple[tuple[str, str], ...]:
        """Give the roles of this person, each with the programme that it is for."""
        return tuple((role, programme) for role, programme, _party in self.parts)

    @cached_property
    def parts(self) -> tuple[tuple[str, str, str], ...]:
        """Give the roles of this person, each with the programme and the party that it is for."""
        return tuple(self.memberships.values_list("role", "programme", "party"))

    def keep_to(self, programme: str) -> None:
        """Let this person act in one programme alone from here on: a role in every one becomes a role in this."""
        self.__dict__.pop("roles", None)
        self.__dict__["parts"] = tuple(
            (role, programme, party) for role, place, party in self.parts if place in ("", programme)
        )
