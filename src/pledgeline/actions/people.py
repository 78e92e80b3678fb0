"""Give people an account and roles, and take them away again.

An account is never deleted: what a person did names them for as long as it stands. Removed means
that they can no longer sign in, and that whoever has the page open is signed out at the next click.
"""

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.utils.crypto import get_random_string

from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.records.models import ProgrammeRecord
from pledgeline.records.people import EVERYWHERE, Right, Role, group_of, rights_of

LINK_LASTS_SECONDS = 24 * 3600
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for each other
_signer = TimestampSigner(salt="pledgeline.first-person")


class Refused(ValueError):
    """It cannot be done; the message says why and what to do."""


@trail.leaves_refusals(AuditAct.ROLE_GIVEN, "person", ref="name")
@transaction.atomic
def add_person(*, name: str, right: Right, password: str = "") -> User:
    """Give a role to a person, who gets an account where they have none.

    Raises:  Refused, with everything that is wrong with the name, the programme or the password.
    """
    if right.programme and not ProgrammeRecord.objects.filter(slug=right.programme).exists():
        raise Refused(f"there is no programme “{right.programme}”")
    person = User.objects.select_for_update().filter(username=name).first()
    if person is None:
        person = User(username=name)
        _check_name(person)
    if password:
        _set_password(person, password)
    elif not person.has_usable_password() or not person.is_active or person.pk is None:
        raise Refused(f"“{name}” needs a password")
    is_back = person.pk is None or not person.is_active
    person.is_active = True
    person.save()
    person.groups.add(group_of(right))
    if is_back:
        trail.record(AuditAct.PERSON_ADDED, "person", name, account=person.pk)
    trail.record(
        AuditAct.ROLE_GIVEN,
        "person",
        name,
        programme=right.programme,
        role=right.role,
        new_password=bool(password),
    )
    return person


@trail.leaves_refusals(AuditAct.PERSON_REMOVED, "person", ref="name")
@transaction.atomic
def remove_person(*, name: str) -> None:
    """Take the account away: no role is left, no password, and nobody stays signed in.

    Raises:  Refused when there is nobody of that name.
    """
    person = _person(name)
    roles = sorted(right.group_name for right in rights_of(person))
    person.is_active = False
    person.set_unusable_password()
    person.save()
    trail.record(AuditAct.PERSON_REMOVED, "person", name, roles=roles)
    person.groups.clear()


@trail.leaves_refusals(AuditAct.PASSWORD_CHANGED, "person", ref="name")
@transaction.atomic
def set_password(*, name: str, password: str) -> None:
    """Give a person another password; where they are signed in, they no longer are.

    Raises:  Refused, with everything that is wrong with the password.
    """
    person = _person(name)
    _set_password(person, password)
    person.save()
    trail.record(AuditAct.PASSWORD_CHANGED, "person", name)


def people() -> list[User]:
    """List everybody who can sign in, by name."""
    return list(User.objects.filter(is_active=True).order_by("username").prefetch_related("groups"))


def has_account(name: str) -> bool:
    """Say whether somebody of that name can sign in."""
    return User.objects.filter(username=name, is_active=True).exists()


def new_password() -> str:
    """Invent a password: five groups of four letters, about 99 bits."""
    return "-".join(get_random_string(4, _LETTERS) for _ in range(5))


def first_person_token() -> str:
    """Give what the link for the first person carries, or nothing once there is somebody."""
    return "" if User.objects.exists() else _signer.sign("first")


def is_first_person_token(token: str) -> bool:
    """Say whether a link is one of ours, not older than a day, and nobody was faster."""
    try:
        said = _signer.unsign(token, max_age=LINK_LASTS_SECONDS)
    except BadSignature:
        return False
    return said == "first" and not User.objects.exists()


@transaction.atomic
def add_first_person(*, token: str, name: str, password: str) -> User:
    """Make the account of whoever started this installation: every role, for every programme.

    Raises:  Refused when the link no longer works, or with what is wrong with name or password.
    """
    if not is_first_person_token(token):
        raise Refused("this link no longer works: ask for an account with `pledgeline people add`")
    for role in Role:
        person = add_person(name=name, right=Right(role=role, programme=EVERYWHERE), password=password)
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
