"""Who may do what: one question that pages, files, exports and commands put to the table of rights."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from pledgeline.accounts.models import User
from pledgeline.accounts.roles import EVERYWHERE, Machine
from pledgeline.accounts.stand_ins import StandIn
from pledgeline.accounts.subscribers import Subscriber
from pledgeline.accounts.table import DESK, OWN, PUBLIC, RIGHTS, Act

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

__all__ = [
    "Act",
    "NotAllowed",
    "Person",
    "account_of",
    "has_role",
    "may",
    "may_anywhere",
    "may_for_some",
    "own_parties",
    "parts_of",
    "username_of",
    "where_may",
]

Person: TypeAlias = "User | AnonymousUser | StandIn | Subscriber | Machine | None"
"""Who asks: `None` or an anonymous visitor for the public, an account, a stand-in, or `MACHINE`."""


class NotAllowed(PermissionError):
    """This person may not do it."""


def may(person: Person, act: str, programme: str = EVERYWHERE) -> bool:
    """Say whether `person` may do what the row `act` says, for a programme, or for every one where none is named."""
    places = where_may(person, act)
    return EVERYWHERE in places or programme in places


def may_anywhere(person: Person, act: str) -> bool:
    """Say whether `person` may do it for one programme at least."""
    return bool(where_may(person, act))


def where_may(person: Person, act: str) -> frozenset[str]:
    """List the programmes for which `person` may do it; `EVERYWHERE` among them stands for all."""
    allowed = RIGHTS[act]
    return frozenset(place for column, place in _standing(person) if column in allowed)


def own_parties(person: Person, act: str, programme: str) -> frozenset[str]:
    """List the parties for whose own things `person` may do it in a programme."""
    return frozenset(
        party
        for role, place, party in parts_of(person)
        if party and role in OWN[act] and place in (EVERYWHERE, programme)
    )


def may_for_some(person: Person, act: str, programme: str) -> bool:
    """Say whether `person` may do it in a programme for all that is in it, or for what is of their own party."""
    return may(person, act, programme) or bool(own_parties(person, act, programme))


def parts_of(person: Person) -> tuple[tuple[str, str, str], ...]:
    """Give the roles that somebody has been given, each with the programme and the party that it is for."""
    if isinstance(person, StandIn | Subscriber) or (isinstance(person, User) and person.is_active):
        return person.parts
    return ()


def has_role(person: Person, role: str, programme: str) -> bool:
    """Say whether `person` has a role in a programme, whosever part they take; at the desk they have every one."""
    if isinstance(person, Machine):
        return True
    return any(had == role and place in (EVERYWHERE, programme) for had, place, _party in parts_of(person))


def account_of(person: Person) -> str:
    """Stand for whoever takes a step, as rows keep it; "" for whoever sits at the desk."""
    if isinstance(person, StandIn):
        return person.account
    return str(person.pk) if isinstance(person, User) else ""


def username_of(person: Person) -> str:
    """Name whoever does something, as rows and events keep it; "" for the public, which does nothing."""
    return person.get_username() if person is not None else ""


def _standing(person: Person) -> Iterator[tuple[str, str]]:
    """Give the columns that are somebody's, each with the programme that it is for."""
    yield PUBLIC, EVERYWHERE
    if isinstance(person, Machine):
        yield DESK, EVERYWHERE
    yield from ((role, place) for role, place, _party in parts_of(person))
