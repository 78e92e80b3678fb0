"""Sign in and out, the own account, another password; and the link by which the first person comes in."""

from typing import Any

from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from pledgeline.actions import people
from pledgeline.actions.sign_ins import note_refusal
from pledgeline.records.models import FailedSignIn
from pledgeline.records.people import rights_of
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
            "rights": [
                (words.ROLES[right.role], words.ROLE_MEANINGS[right.role], right.programme)
                for right in sorted(rights_of(request.user))
            ]
        },
    )


class FirstPersonForm(forms.Form):
    """The name and password that the first person chooses."""

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
        help_text=_("Twelve characters or more. A few words that do not belong together are good."),
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("password"):
            raise ValidationError(_("The two are not the same."))
        return str(self.cleaned_data["again"])


@sensitive_post_parameters("password", "again")
def first_person_page(request: HttpRequest, token: str) -> HttpResponse:
    """Let whoever started the site choose their name and password. Works until somebody has."""
    if not people.is_first_person_token(token):
        raise Http404
    form = FirstPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person: User = people.add_first_person(
                token=token, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
            )
        except people.Refused as problem:
            form.add_error(None, str(problem))
        else:
            login(request, person, backend=PERSON)
            return redirect("web:account")
    return render(request, "web/first_person.html", {"form": form})
