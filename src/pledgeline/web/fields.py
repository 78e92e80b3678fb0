"""What the fields of all forms share: how a day is asked for, and what is said where a choice is unknown."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CHOICE = {"invalid_choice": _("“%(value)s” is not in the list.")}
NOT_A_DAY = _("Write the day as year-month-day, for example 2025-12-31.")


def day_field(
    label: Any, *, required: bool = False, validators: Sequence[Callable[[date], None]] = ()
) -> forms.DateField:
    """Make the field of a day, with the browser's calendar where it has one."""
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=validators,
        error_messages={"invalid": NOT_A_DAY},
    )
