"""Note who signs in and out, and who is refused.

Django tells of it by signals, whatever lets people in: a password, a second factor, another site that vouches
for them. They are all that is heard here; nothing else in the house hangs on signals. The desk is opened without
signing in, and says so itself.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.dispatch import receiver

from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct


@receiver(user_logged_in)
@transaction.atomic
def note_sign_in(user: Any, **_more: Any) -> None:
    trail.record(AuditAct.SIGNED_IN, "person", user.get_username())


@receiver(user_logged_out)
@transaction.atomic
def note_sign_out(user: Any, **_more: Any) -> None:
    """Note that somebody left; whoever presses the button twice is nobody the second time."""
    if user is not None:
        trail.record(AuditAct.SIGNED_OUT, "person", user.get_username())


@receiver(user_login_failed)
def note_wrong_password(credentials: dict[str, Any], **_more: Any) -> None:
    note_refusal(str(credentials.get("username", "")), code="wrong-password")


@transaction.atomic
def note_desk() -> None:
    """Note that somebody came with the address that opens the desk."""
    trail.record(AuditAct.DESK_OPENED)


def note_desk_refusal() -> None:
    """Note that somebody came with another one, or too late."""
    trail.refused(AuditAct.DESK_OPENED, code="wrong-address")


def note_refusal(name: str, *, code: str) -> None:
    """Note that nobody was let in under a name. One that nobody has is not kept: it may be a mistyped password."""
    is_known = get_user_model()._default_manager.filter(username=name).exists()
    trail.refused(AuditAct.SIGNED_IN, "person", name if is_known else "", code=code, known=is_known)
