"""The table of memberships: who has which role, where, and by whom."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils import timezone

from pledgeline.programme.roles import Role


class Membership(models.Model):
    """A role that a person has.

    `programme` is the slug of the programme that the role is for, empty for every one. `party` names the party
    whose part a person takes there, empty where the role belongs to none. `given_by` is the name of who gave it.
    """

    objects: ClassVar[models.Manager[Self]]

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    programme = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=30)
    party = models.CharField(max_length=200, blank=True)
    given_by = models.CharField(max_length=150)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("role", "programme", "party")
        constraints = (
            UniqueConstraint(
                fields=("person", "programme", "role", "party"), name="membership_is_given_once"
            ),
            CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="membership_role_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.role}:{self.programme}" if self.programme else self.role
