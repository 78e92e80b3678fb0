"""Sign in and out, the own account, another password."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.models import FailedSignIn, User
from pledgeline.actions.sign_ins import note_refusal
from pledgeline.web import words
from pledgeline.web.parameters import parameters_of

PERSON = "django.contrib.auth.backends.ModelBackend"


class SignInForm(AuthenticationForm):
    """Name and password. After a few failures the password is not even looked at for a while."""

    error_messages = {  # noqa: RUF012 — as Django declares it
        "invalid_login": _("Name and password do not fit together. Capitals matter in both."),
        "inactive": _("Name and password do not fit together. Capitals matter in both."),
        "too_many": _("Too many failed attempts. Wait a quarter of an hour, then try again."),
    }

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username") or ""
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        now = timezone.now()
        if FailedSignIn.too_many(name=name, address=address, at=now):
            note_refusal(name, code="too-many")
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            FailedSignIn.note(name=name, address=address, at=now)
            raise
        FailedSignIn.forget(name=name, address=address)
        return cleaned


_sign_in_page = LoginView.as_view(
    template_name="web/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
)


def sign_in_page(request: HttpRequest) -> HttpResponseBase:
    """Let somebody sign in, and lead on to the page that they came from."""
    parameters_of(request).know("next")  # Django judges it: an address elsewhere is not followed
    return _sign_in_page(request)


sign_out = LogoutView.as_view()
password_page = PasswordChangeView.as_view(
    template_name="web/password.html", success_url=reverse_lazy("web:account")
)


@login_required
def account_page(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, and what they may do."""
    return render(
        request,
        "web/account.html",
        {
            "memberships": [
                (words.ROLES[each.role], words.ROLE_MEANINGS[each.role], each)
                for each in cast(User, request.user).memberships.all()
            ]
        },
    )
