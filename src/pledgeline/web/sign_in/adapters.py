"""What django-allauth asks us: who may try, who may join, what is said.

Nobody makes an account for themselves: an administrator invites them (`pledgeline.web.sign_in.invitations`).
"""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pledgeline.accounts.models import FailedSignIn, User
from pledgeline.accounts.sealing import opened, sealed
from pledgeline.actions.sign_ins import note_refusal
from pledgeline.web.sign_in import devices

log = logging.getLogger("pledgeline.mail")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts with a name and a password."""

    error_messages = {  # noqa: RUF012 — as allauth declares it
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy(
            "The name or the password is wrong. Capitals matter in both."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Too many failed attempts. Wait a quarter of an hour, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return str(request.META["REMOTE_ADDR"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Send a letter. Where the mailer is away the page is the same: it would say who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # what smtplib raises is one, too
            log.exception("a letter could not be sent: %s", template_prefix)

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Count the attempt before the password is looked at: of forty at once only so many are looked at."""
        name, address = str(credentials.get("username", "")), request.META["REMOTE_ADDR"]
        attempt = FailedSignIn.note(name=name, address=address, at=timezone.now())
        is_known = devices.is_known(request, name)
        if FailedSignIn.too_many(name=name, address=address, at=timezone.now(), is_known=is_known):
            attempt.delete()
            note_refusal(name, code="too-many")
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: object) -> object:
        person = super().authenticate(request, **credentials)
        if person is not None:
            FailedSignIn.forget(
                name=str(credentials.get("username", "")), address=request.META["REMOTE_ADDR"]
            )
        return person

    def post_login(self, request: HttpRequest, user: Any, **more: object) -> object:
        response = super().post_login(request, user, **more)
        devices.remember(response, user)
        return response


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors. Secrets lie encrypted in the database, with a key that does not lie there."""

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def generate_authenticator_name(self, user: Any, kind: object) -> str:
        number = Authenticator.objects.filter(user=user, type=kind).count()
        return _("Passkey %(number)d") % {"number": number + 1}

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """People for whom a provider vouches. One who has no account here is not given one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        return False

    def get_requests_session(self) -> object:
        """Ask the provider itself, and nobody to whom it would lead."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def on_authentication_error(self, request: HttpRequest, provider: object, **_more: object) -> None:
        note_refusal("", code="provider-refused")

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Know somebody by the address that the provider has verified, where one account here has it.

        Once, and for good: an address may be given to somebody else at the provider, an identity is not.
        """
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        verified = {
            address.email.casefold()
            for address in sociallogin.email_addresses
            if address.verified and address.email
        }
        people = [
            person
            for person in User.objects.filter(is_active=True, socialaccount=None).exclude(email="")
            if person.email.casefold() in verified
        ]
        if len(people) == 1:
            sociallogin.connect(request, people[0])
