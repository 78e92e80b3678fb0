"""Who may do what: one question that pages, files, exports and commands put to the table of rights."""

from collections.abc import Iterator
from typing import Any

from pledgeline.accounts.models import User
from pledgeline.accounts.roles import EVERYWHERE, Machine
from pledgeline.accounts.table import DESK, OWN, PUBLIC, RIGHTS, Act

__all__ = ["Act", "Person", "may", "may_anywhere", "may_for_some", "own_parties", "where_may"]

Person = Any
"""Who asks: `None` or an anonymous visitor for the public, an account, or `MACHINE`."""


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
    if not isinstance(person, User) or not person.is_active:
        return frozenset()
    return frozenset(
        party
        for role, place, party in person.parts
        if party and role in OWN[act] and place in (EVERYWHERE, programme)
    )


def may_for_some(person: Person, act: str, programme: str) -> bool:
    """Say whether `person` may do it in a programme for all that is in it, or for what is of their own party."""
    return may(person, act, programme) or bool(own_parties(person, act, programme))


def _standing(person: Person) -> Iterator[tuple[str, str]]:
    """Give the columns that are somebody's, each with the programme that it is for."""
    yield PUBLIC, EVERYWHERE
    if isinstance(person, Machine):
        yield DESK, EVERYWHERE
    elif isinstance(person, User) and person.is_active:
        yield from person.roles
