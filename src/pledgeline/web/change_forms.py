"""What forms of settings and of rows of the record have in common: they are sent once, and a change has a reason."""

from collections.abc import Iterable
from functools import partial
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from pledgeline.programme.findings import Finding
from pledgeline.programme.settings_fields import LONGEST_TEXT
from pledgeline.web.fields import say_at_field

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class ChangeForm(forms.Form):
    """`seen` stands for what the form was filled in by; `asked_with` is made with the empty form."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput())
    asked_with = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput(), initial=partial(token_urlsafe, 18)
    )

    def ask_why(self, help_text: "str | _StrPromise") -> None:
        """Ask for the reason, below all other fields."""
        self.fields["reason"] = forms.CharField(
            label=_("Reason"), max_length=LONGEST_TEXT, required=False, help_text=help_text
        )

    def take(self, findings: Iterable[Finding]) -> None:
        """Say what is wrong beside the fields that it is about."""
        for finding in findings:
            say_at_field(self, finding)
