"""Note who signs in and out, who is refused, and by what people sign in from now on.

Django and django-allauth tell of it by signals, whatever lets people in: a password, a second factor, another
site that vouches for them. They are all that is heard here; nothing else in the house hangs on signals. The desk
is opened without signing in, and says so itself.
"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as second_factor
from allauth.socialaccount import signals as provider
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver

from pledgeline.accounts.models import Session
from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct


@receiver(user_logged_in)
@transaction.atomic
def note_sign_in(user: AbstractBaseUser, **_more: object) -> None:
    trail.record(AuditAct.SIGNED_IN, "person", user.get_username())


@receiver(user_logged_out)
@transaction.atomic
def note_sign_out(user: AbstractBaseUser, **_more: object) -> None:
    """Note that somebody left; whoever presses the button twice is nobody the second time."""
    if user is not None:
        trail.record(AuditAct.SIGNED_OUT, "person", user.get_username())


@receiver(user_login_failed)
def note_wrong_password(credentials: dict[str, object], **_more: object) -> None:
    note_refusal(str(credentials.get("username", "")), code="wrong-password")


@receiver(second_factor.authentication_failed)
def note_wrong_second_factor(user: AbstractBaseUser, **_more: object) -> None:
    note_refusal(user.get_username(), code="wrong-second-factor")


def note_refusal(name: str, *, code: str) -> None:
    """Note that nobody was let in under a name. One that nobody has is not kept: it may be a mistyped password."""
    is_known = get_user_model()._default_manager.filter(username=name).exists()
    trail.refused(AuditAct.SIGNED_IN, "person", name if is_known else "", code=code, known=is_known)


@receiver([account.password_set, account.password_changed, account.password_reset])
@transaction.atomic
def note_password(user: AbstractBaseUser, signal: object, **_more: object) -> None:
    """Note that somebody gave themselves a password; with a link for it, they are not signed in meanwhile."""
    trail.record(
        AuditAct.PASSWORD_CHANGED, "person", user.get_username(), by_link=signal is account.password_reset
    )


@receiver([second_factor.authenticator_added, second_factor.authenticator_reset])
@transaction.atomic
def note_second_factor(user: AbstractBaseUser, authenticator: Any, **_more: object) -> None:
    trail.record(AuditAct.SECOND_FACTOR_ADDED, "person", user.get_username(), kind=authenticator.type)


@receiver(second_factor.authenticator_removed)
@transaction.atomic
def note_second_factor_gone(user: AbstractBaseUser, authenticator: Any, **_more: object) -> None:
    trail.record(AuditAct.SECOND_FACTOR_REMOVED, "person", user.get_username(), kind=authenticator.type)


@receiver(provider.social_account_added)
@transaction.atomic
def note_provider(sociallogin: Any, **_more: object) -> None:
    account = sociallogin.account
    trail.record(
        AuditAct.PROVIDER_CONNECTED, "person", account.user.get_username(), provider=account.provider
    )


@receiver(provider.social_account_removed)
@transaction.atomic
def note_provider_gone(socialaccount: Any, **_more: object) -> None:
    name = socialaccount.user.get_username()
    trail.record(AuditAct.PROVIDER_DISCONNECTED, "person", name, provider=socialaccount.provider)


@transaction.atomic
def end_sessions(name: str, sessions: QuerySet[Session]) -> None:
    """End sessions of a person: the browsers that hold them are signed out at their next click."""
    number, _tables = sessions.delete()
    trail.record(AuditAct.SESSIONS_ENDED, "person", name, number=number)


@transaction.atomic
def note_desk() -> None:
    """Note that somebody came with the address that opens the desk."""
    trail.record(AuditAct.DESK_OPENED)


@transaction.atomic
def note_look(who: str) -> None:
    """Note that somebody at the desk looks as a stand-in from now on, or as themselves again."""
    trail.record(AuditAct.DESK_LOOKED_AS, "person", who)


def note_desk_refusal() -> None:
    """Note that somebody came with another one, or too late."""
    trail.refused(AuditAct.DESK_OPENED, code="wrong-address")
