"""Give people an account and roles, and take them away again.

An account is never deleted: what a person did names them for as long as it stands. Removed means
that they can no longer sign in, and that whoever has the page open is signed out at the next click.
"""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.crypto import get_random_string

from pledgeline.accounts.models import Invitation, Membership, User
from pledgeline.accounts.models.invitations import VALID_FOR, digest_of, new_token
from pledgeline.accounts.roles import EVERYWHERE, Role
from pledgeline.records.models import ProgrammeRecord

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for each other


class Refused(ValueError):
    """It cannot be done; the message says why and what to do."""


@transaction.atomic
def add_person(
    *, name: str, role: Role, by: str, programme: str = EVERYWHERE, party: str = "", password: str = ""
) -> User:
    """Give a role to a person, who gets an account where they have none. `by` is the name of who gives it.

    Raises:  Refused, with everything that is wrong with the name, the programme or the password.
    """
    if programme and not ProgrammeRecord.objects.filter(slug=programme).exists():
        raise Refused(f"there is no programme “{programme}”")
    person = User.objects.select_for_update().filter(username=name).first()
    if person is None:
        person = User(username=name)
        _check_name(person)
    if password:
        _set_password(person, password)
    elif not person.has_usable_password() or not person.is_active or person.pk is None:
        raise Refused(f"“{name}” needs a password")
    person.is_active = True
    person.save()
    Membership.objects.get_or_create(
        person=person, role=role, programme=programme, party=party, defaults={"given_by": by}
    )
    return person


@transaction.atomic
def remove_person(*, name: str) -> None:
    """Take the account away: no role is left, no password, no session.

    Raises:  Refused when there is nobody of that name.
    """
    person = _person(name)
    person.is_active = False
    person.set_unusable_password()
    person.save()
    person.memberships.all().delete()
    person.sessions.all().delete()


@transaction.atomic
def set_password(*, name: str, password: str) -> None:
    """Give a person another password; where they are signed in, they no longer are.

    Raises:  Refused, with everything that is wrong with the password.
    """
    person = _person(name)
    _set_password(person, password)
    person.save()


@transaction.atomic
def invite(
    *,
    name: str,
    role: Role,
    by: str,
    now: datetime,
    programme: str = EVERYWHERE,
    party: str = "",
    email: str = "",
) -> str:
    """Invite somebody to a role, and give what their link carries. It is kept as a digest: this is the only time.

    Raises:  Refused when there is no such programme.
    """
    if programme and not ProgrammeRecord.objects.filter(slug=programme).exists():
        raise Refused(f"there is no programme “{programme}”")
    token = new_token()
    Invitation.objects.create(
        digest=digest_of(token),
        name=name,
        email=email,
        role=role,
        programme=programme,
        party=party,
        made_by=by,
        made_at=now,
        expires_at=now + VALID_FOR,
    )
    return token


def invitation(token: str, now: datetime) -> Invitation | None:
    """Give the invitation that a link carries; None where it was used, was withdrawn, or is too old."""
    return Invitation.objects.open_at(now).filter(digest=digest_of(token)).first()


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str, now: datetime) -> User:
    """Make the account that an invitation is for, with its role. However many try at once, one gets it.

    Raises:  Refused, with what is wrong with name or password, or when the invitation is no longer open.
    """
    open_ = Invitation.objects.open_at(now).select_for_update().filter(digest=digest_of(token)).first()
    if open_ is None or not Invitation.objects.filter(pk=open_.pk, used_at=None).update(used_at=now):
        raise Refused("this invitation was used already, or is too old: ask for another")
    if User.objects.filter(username__iexact=name).exists():
        raise Refused(f"there is somebody called “{name}” already: choose another name")
    person = add_person(
        name=name,
        role=Role(open_.role),
        by=open_.made_by,
        programme=open_.programme,
        party=open_.party,
        password=password,
    )
    person.email = open_.email
    person.save(update_fields=["email"])
    Invitation.objects.filter(pk=open_.pk).update(person=person)
    return person


@transaction.atomic
def withdraw_invitation(pk: int) -> None:
    """Let the link of an invitation lead nowhere; one that was accepted stays as it is."""
    Invitation.objects.filter(pk=pk, used_at=None).delete()


@transaction.atomic
def take_role(*, membership: int) -> None:
    """Take one role from whoever has it.

    Raises:  Refused when nobody else could give roles afterwards.
    """
    row = Membership.objects.select_for_update().filter(pk=membership).first()
    if row is None:
        return
    others = Membership.objects.filter(role=Role.ADMINISTRATOR, programme=EVERYWHERE, person__is_active=True)
    if row in others and not others.exclude(pk=row.pk).exists():
        raise Refused("nobody could give roles any more: make somebody else an administrator first")
    row.delete()


def people() -> list[User]:
    """List everybody who can sign in, by name."""
    return list(User.objects.filter(is_active=True).order_by("username").prefetch_related("memberships"))


def has_account(name: str) -> bool:
    """Say whether somebody of that name can sign in."""
    return User.objects.filter(username=name, is_active=True).exists()


def new_password() -> str:
    """Invent a password: five groups of four letters, about 99 bits."""
    return "-".join(get_random_string(4, _LETTERS) for _ in range(5))


@transaction.atomic
def add_first_person(*, name: str, password: str) -> User:
    """Make the first account: every role, for every programme. However many ask at once, one gets it.

    Raises:  Refused when somebody has an account, or with what is wrong with name or password.
    """
    if connection.vendor == "postgresql":  # SQLite lets one write at a time anyway
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {User._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    if User.objects.exists():
        raise Refused("somebody has an account already: ask for one with `pledgeline people add`")
    for role in Role:
        person = add_person(name=name, role=role, by=name, password=password)
        password = ""
    return person


def _person(name: str) -> User:
    person = User.objects.select_for_update().filter(username=name, is_active=True).first()
    if person is None:
        raise Refused(f"there is nobody called “{name}” with an account")
    return person


def _check_name(person: User) -> None:
    try:
        person.clean_fields(exclude=["password"])
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from None
    if User.objects.filter(username__iexact=person.username).exists():
        raise Refused(f"there is somebody called “{person.username}” in other capitals already")


def _set_password(person: User, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages)) from None
    person.set_password(password)
