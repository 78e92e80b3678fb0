"""People, the desk and publication, for tests of every room."""

from datetime import UTC, datetime
from typing import Any

from pledgeline.accounts.desk_token import digest_of
from pledgeline.accounts.models import Membership, User
from pledgeline.accounts.roles import EVERYWHERE, MACHINE
from pledgeline.actions.publication import publish
from pledgeline.programme.roles import Role
from pledgeline.records.models import BooksRecord, Subject

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TOKEN = "the-token-of-this-start"


def a_person(name: str, *roles: Role, programme: str = EVERYWHERE) -> User:
    """Give a person some roles, and an account, without a password, where they have none."""
    person, _made = User.objects.get_or_create(username=name)
    for role in roles:
        Membership.objects.get_or_create(
            person=person, role=role, programme=programme, defaults={"given_by": "a test"}
        )
    return User.objects.get(pk=person.pk)


def sit_at_desk(client: Any, settings: Any) -> Any:
    """Open the desk for a visitor, as if `up` had printed its address."""
    settings.DESK_DIGEST = digest_of(TOKEN)
    assert 200 == client.get(f"/desk/{TOKEN}/").status_code
    return client


def publish_all(programme: str, *, books: bool = True) -> None:
    """Show a programme to everybody, and its books where it keeps some."""
    publish(programme, Subject.PROGRAMME, person=MACHINE, now=NOW)
    if books and BooksRecord.objects.filter(programme__slug=programme).exists():
        publish(programme, Subject.BOOKS, person=MACHINE, now=NOW)
