"""Give people an account and roles, and take them away again.

An account is never deleted: what a person did names them for as long as it stands. Removed means
that they can no longer sign in, and that whoever has the page open is signed out at the next click.
"""

from collections.abc import Sequence

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse
from django.utils.crypto import get_random_string

from pledgeline.accounts.models import Membership, User
from pledgeline.accounts.rights import Act, Person, may, username_of
from pledgeline.accounts.roles import EVERYWHERE
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.programme.roles import Role
from pledgeline.records.models import ProgrammeRecord


class Refused(ValueError):
    """It cannot be done; the message says why and what to do."""


@trail.leaves_refusals(AuditAct.ROLE_GIVEN, "person", ref="name")
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
    is_back = person.pk is None or not person.is_active
    person.is_active = True
    person.save()
    given, _made = Membership.objects.get_or_create(
        person=person, role=role, programme=programme, party=party, defaults={"given_by": by}
    )
    if is_back:
        trail.record(AuditAct.PERSON_ADDED, "person", name, account=person.pk)
    _record_role(AuditAct.ROLE_GIVEN, given, new_password=bool(password))
    return person


@trail.leaves_refusals(AuditAct.ROLE_GIVEN, "person", ref="name")
@transaction.atomic
def give_role(*, name: str, role: str, programme: str, party: str, person: Person) -> Membership:
    """Give a role to somebody who has an account.

    Raises:  Refused where there is nobody of that name, or `person` may not give roles there.
    """
    if not may(person, Act.GIVE_ROLES, programme):
        raise Refused(f"no right to give roles {f'in {programme}' if programme else 'for every programme'}")
    given, _made = Membership.objects.get_or_create(
        person=_person(name),
        role=Role(role),
        programme=programme,
        party=party,
        defaults={"given_by": username_of(person)},
    )
    _record_role(AuditAct.ROLE_GIVEN, given)
    return given


@trail.leaves_refusals(AuditAct.ROLE_TAKEN, "role", ref="membership")
@transaction.atomic
def take_role(membership: Membership, *, person: Person) -> None:
    """Take a role away.

    Raises:  Refused where `person` may not give roles there, or nobody could give roles afterwards.
    """
    if not may(person, Act.GIVE_ROLES, membership.programme):
        raise Refused("no right to take this role away")
    must_not_be_last([membership])
    _record_role(AuditAct.ROLE_TAKEN, membership)
    membership.delete()


def _record_role(act: AuditAct, membership: Membership, *, new_password: bool = False) -> None:
    trail.record(
        act,
        "person",
        membership.person.username,
        programme=membership.programme,
        role=membership.role,
        party=membership.party,
        new_password=new_password,
    )


def must_not_be_last(gone: Sequence[Membership]) -> None:
    """See that somebody can still give roles everywhere once these memberships are gone.

    Raises:  Refused.
    """
    keepers = Membership.objects.select_for_update().filter(
        role=Role.ADMINISTRATOR, programme=EVERYWHERE, person__is_active=True
    )
    lost = {row.pk for row in gone}
    left = {row.pk for row in keepers}
    if lost & left and not left - lost:
        raise Refused("nobody could give roles any more: make somebody else an administrator first")


@trail.leaves_refusals(AuditAct.PERSON_REMOVED, "person", ref="name")
@transaction.atomic
def remove_person(*, name: str) -> None:
    """Take the account away: no role is left, no password, no second factor, no session, no token.

    Raises:  Refused when there is nobody of that name.
    """
    person = _person(name)
    roles = [str(membership) for membership in person.memberships.all()]
    person.is_active = False
    person.set_unusable_password()
    person.save()
    trail.record(AuditAct.PERSON_REMOVED, "person", name, roles=roles)
    person.memberships.all().delete()
    Authenticator.objects.filter(user=person).delete()
    person.sessions.all().delete()
    person.tokens.all().delete()


@trail.leaves_refusals(AuditAct.PASSWORD_CHANGED, "person", ref="name")
@transaction.atomic
def set_password(*, name: str, password: str) -> None:
    """Give a person another password; where they are signed in, they no longer are, and their tokens are revoked.

    Raises:  Refused, with everything that is wrong with the password.
    """
    person = _person(name)
    _set_password(person, password)
    person.save()
    person.tokens.all().delete()
    trail.record(AuditAct.PASSWORD_CHANGED, "person", name)


@trail.leaves_refusals(AuditAct.SECOND_FACTOR_REMOVED, "person", ref="name")
@transaction.atomic
def remove_second_factor(*, name: str) -> None:
    """Remove the second factor of somebody who has lost it: the app, every passkey, the recovery codes.

    Where they are signed in, they no longer are, and their tokens are revoked: what was lost may be in the hands of
    somebody else.

    Raises:  Refused when there is nobody of that name, or nothing to remove.
    """
    person = _person(name)
    factors = Authenticator.objects.filter(user=person)
    kinds = sorted(factors.values_list("type", flat=True))
    if not kinds:
        raise Refused(f"{name} has no second factor")
    factors.delete()
    person.sessions.all().delete()
    person.tokens.all().delete()
    for kind in kinds:
        trail.record(AuditAct.SECOND_FACTOR_REMOVED, "person", name, kind=kind, by_other=True)


@transaction.atomic
def make_reset_link(*, name: str) -> str:
    """Give the address, on the site, with which a person chooses another password: once, within a day.

    Raises:  Refused when there is nobody of that name.
    """
    person = _person(name)
    trail.record(AuditAct.RESET_LINK_MADE, "person", name)
    key = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), key])


def people() -> list[User]:
    """List everybody who can sign in, by name."""
    return list(User.objects.filter(is_active=True).order_by("username").prefetch_related("memberships"))


def has_account(name: str) -> bool:
    """Say whether somebody of that name can sign in."""
    return User.objects.filter(username=name, is_active=True).exists()


def new_password() -> str:
    """Invent a password that nobody sees, for an account whose person chooses theirs by a link."""
    return get_random_string(40)


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
