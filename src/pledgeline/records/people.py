"""Who may do what: the roles, bound to groups of Django's accounts.

Nobody has to sign in to read what is public. A role is had for every programme, or for one of them
(then its group is named `planner:purl`). Every role includes reading; nothing else follows from
anything: who keeps the books does not plan, unless somebody gave both.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.contrib.auth.models import Group

Person = Any
"""Who asks: `None` for the public, an account, or anybody with an `is_staff`, who may do everything."""


class Role(StrEnum):
    """What a person may do beyond what everybody may. The words are what `people add --role` takes."""

    READER = "reader"
    REGISTER_EDITOR = "register-editor"
    PLANNER = "planner"
    BOOKKEEPER = "bookkeeper"


EVERYWHERE: Final = ""
"""Stands where a programme's slug would: the role is had for every programme."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Right:
    """A role, and for which programme it is had."""

    role: Role
    programme: str = EVERYWHERE

    @property
    def group_name(self) -> str:
        return f"{self.role}:{self.programme}" if self.programme else str(self.role)


def rights_of(person: Person) -> frozenset[Right]:
    """Give the rights of an account; nobody, and an account that was removed, have none."""
    if not getattr(person, "is_active", False) or not hasattr(person, "groups"):
        return frozenset()
    known: frozenset[Right] | None = getattr(person, "_rights", None)
    if known is None:
        names = person.groups.values_list("name", flat=True)
        known = person._rights = frozenset(right for name in names if (right := _right(name)))
    return known


def may(person: Person, role: Role, programme: str = EVERYWHERE) -> bool:
    """Say whether `person` has `role` for a programme, or for every one where none is named."""
    return keeps_the_machine(person) or any(
        right.programme in (EVERYWHERE, programme) and role in (right.role, Role.READER)
        for right in rights_of(person)
    )


def may_anywhere(person: Person, role: Role) -> bool:
    """Say whether `person` has `role` for one programme at least."""
    return keeps_the_machine(person) or any(role in (right.role, Role.READER) for right in rights_of(person))


def keeps_the_machine(person: Person) -> bool:
    """Say whether `person` may do everything: whoever sits at the command line of the machine may."""
    return bool(getattr(person, "is_staff", False) and getattr(person, "is_active", True))


def group_of(right: Right) -> Group:
    """Give the group that stands for a right, made when it is first needed."""
    group, _made = Group.objects.get_or_create(name=right.group_name)
    return group


def _right(name: str) -> Right | None:
    """Read the name of a group; groups that are not ours mean nothing."""
    role, _colon, programme = name.partition(":")
    return Right(role=Role(role), programme=programme) if role in set(Role) else None
