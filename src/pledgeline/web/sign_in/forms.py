"""The forms of signing in, and of making an account that is meant for somebody."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.models import User

_PASSWORD_HELP = _("Twelve characters or more. A few words that do not belong together are good.")


class NewAccountForm(forms.Form):
    """The name and password that a new person chooses."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        help_text=_("Letters, digits and @ . + - _ without a space. It stands beside what you do."),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_PASSWORD_HELP,
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        try:
            User(username=name).clean_fields(exclude={"password"})
        except ValidationError as problem:
            raise ValidationError(problem.messages) from None
        return name

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, User(username=self.cleaned_data.get("name", "")))
        return password

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.data.get("password"):
            raise ValidationError(_("The two are not the same."))
        return str(self.cleaned_data["again"])


class SignInForm(LoginForm):  # type: ignore[misc]
    """Name and password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Name")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """The present password, and a new one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, oldpassword=(_("Present password"), ""), **_NEW_PASSWORD)


class PasswordByLinkForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, for whoever holds a link for it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, **_NEW_PASSWORD)


class AuthenticatorAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code that an app shows."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=(_("Six digits"), ""))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey, and what it is called."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            name=(_("Name"), _("To tell it from others: the device that it is on, or the key.")),
            passwordless=(
                _("Sign in with it alone"),
                _(
                    "Without the name and the password. The device then asks for a fingerprint, a face or a PIN."
                ),
            ),
        )


_NEW_PASSWORD = {
    "password1": (_("New password"), _PASSWORD_HELP),
    "password2": (_("New password again"), ""),
}


def _say(form: forms.Form, **texts: tuple[Any, Any]) -> None:
    """Give fields of django-allauth our label and help, and no text inside that goes when one types."""
    for name, (label, help_text) in texts.items():
        field = form.fields[name]
        field.label, field.help_text = label, help_text
        field.widget.attrs.pop("placeholder", None)
