"""Invite people by a link, and make the account of whoever accepts."""

from datetime import datetime

from django.db import transaction

from pledgeline.accounts.models import Invitation, User
from pledgeline.accounts.models.invitations import VALID_FOR, digest_of, new_token
from pledgeline.accounts.rights import Act, Person, may, username_of
from pledgeline.accounts.roles import EVERYWHERE
from pledgeline.actions.people import Refused, add_person
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.programme.roles import Role
from pledgeline.records.models import ProgrammeRecord


@trail.leaves_refusals(AuditAct.PERSON_INVITED, "invitation", ref="name")
@transaction.atomic
def invite(
    *,
    name: str,
    role: str,
    person: Person,
    now: datetime,
    programme: str = EVERYWHERE,
    party: str = "",
    email: str = "",
) -> str:
    """Invite somebody to a role, and give what their link carries. It is kept as a digest: this is the only time.

    Whoever can receive letters at `email`, or for whom a provider vouches under it, gets into the account: somebody
    who invites to one programme could make an account now that another comes to use later, and know its password.

    Raises:  Refused where there is no such programme, or `person` may not invite there, or not with an e-mail.
    """
    if not may(person, Act.INVITE, programme):
        raise Refused(f"no right to invite {f'to {programme}' if programme else 'for every programme'}")
    if programme and not ProgrammeRecord.objects.filter(slug=programme).exists():
        raise Refused(f"there is no programme “{programme}”")
    if email and not may(person, Act.INVITE):
        raise Refused("an e-mail opens the account: only an administrator of every programme gives one")
    token = new_token()
    Invitation.objects.create(
        digest=digest_of(token),
        name=name,
        email=email,
        role=Role(role),
        programme=programme,
        party=party,
        made_by=username_of(person),
        made_at=now,
        expires_at=now + VALID_FOR,
    )
    trail.record(AuditAct.PERSON_INVITED, "invitation", name, programme=programme, role=role, party=party)
    return token


def open_invitation(token: str, now: datetime) -> Invitation | None:
    """Give the invitation that a link carries; None where it was used, was withdrawn, or is too old."""
    return Invitation.objects.open_at(now).filter(digest=digest_of(token)).first()


@trail.leaves_refusals(AuditAct.INVITATION_ACCEPTED, "person", ref="name")
@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str, now: datetime) -> User:
    """Make the account that an invitation is for, with its role. However many try at once, one gets it.

    Raises:  Refused, with what is wrong with name or password, or when the invitation is no longer open.
    """
    invited = open_invitation(token, now)
    if invited is None or not Invitation.objects.filter(pk=invited.pk, used_at=None).update(used_at=now):
        raise Refused("this invitation was used already, or is too old: ask for another")
    if User.objects.filter(username__iexact=name).exists():
        raise Refused(f"there is somebody called “{name}” already: choose another name")
    person = add_person(
        name=name,
        role=Role(invited.role),
        by=invited.made_by,
        programme=invited.programme,
        party=invited.party,
        password=password,
    )
    User.objects.filter(pk=person.pk).update(email=invited.email)
    Invitation.objects.filter(pk=invited.pk).update(person=person)
    slug, by = invited.programme, invited.made_by
    trail.record(AuditAct.INVITATION_ACCEPTED, "person", name, programme=slug, invited=invited.name, by=by)
    return person


@trail.leaves_refusals(AuditAct.INVITATION_WITHDRAWN, "invitation", ref="invited")
@transaction.atomic
def withdraw_invitation(invited: Invitation, *, person: Person) -> None:
    """Let the link of an invitation lead nowhere; one that was accepted stays as it is.

    Raises:  Refused where `person` may not invite there.
    """
    if not may(person, Act.INVITE, invited.programme):
        raise Refused("no right to withdraw this invitation")
    gone, _tables = Invitation.objects.filter(pk=invited.pk, used_at=None).delete()
    if gone:
        slug, role = invited.programme, invited.role
        trail.record(AuditAct.INVITATION_WITHDRAWN, "invitation", invited.name, programme=slug, role=role)
