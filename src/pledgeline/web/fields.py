"""What the fields of all forms share: how a day or a file is asked for, and what is said of a choice or a finding."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import BaseRenderer
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from pledgeline.money import digits_of
from pledgeline.programme.days import read_day
from pledgeline.programme.findings import Finding
from pledgeline.programme.nouns import field_of

if TYPE_CHECKING:
    pass

CHOICE = {"invalid_choice": _("“%(value)s” is not in the list.")}
NOT_A_DAY = _("Write the day as year-month-day, for example 2025-12-31.")


class DayField(forms.DateField):
    """A day in one way of writing only: another could be read as another day."""

    def strptime(self, value: str, _format: str) -> date:
        return read_day(value)


FormData = Mapping[str, object] | None
FormFiles: TypeAlias = "MultiValueDict[str, UploadedFile[Any]] | None"


class FormOptions(TypedDict, total=False):
    """What a form may be made with beside what was sent."""

    auto_id: str
    prefix: str | None
    initial: dict[str, object] | None
    empty_permitted: bool
    use_required_attribute: bool
    renderer: BaseRenderer | None


def day_field(
    label: Any, *, required: bool = False, validators: Sequence[Callable[[date], None]] = ()
) -> forms.DateField:
    """Make the field of a day, with the browser's calendar where it has one."""
    return DayField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=validators,
        error_messages={"invalid": NOT_A_DAY},
    )


def say_at_field(form: forms.Form, finding: Finding) -> None:
    """Say what is wrong beside the field that it is about, or above the form where it has none of that name."""
    name = field_of(finding)
    form.add_error(name if name in form.fields else None, f"{finding.wrong} {finding.way_out}")


def money_error(why: str, currency: str) -> Any:
    """Say why what was typed is no amount of a currency: `NotAnAmount.why` in words."""
    if why == "separators":
        return _("Leave the separators out: 1500000.00")
    if why == "decimals":
        return _("%(currency)s has %(digits)s decimals.") % {
            "currency": currency,
            "digits": digits_of(currency),
        }
    if why == "too-large":
        return _("This is larger than any amount of money.")
    return _("Write digits and at most one point: 1500000.00")


def file_field(label: Any, *, accept: str) -> forms.FileField:
    """Make the field of a file that has to be chosen; `accept` is what the browser offers first."""
    return forms.FileField(
        label=label,
        widget=forms.FileInput(attrs={"accept": accept}),
        error_messages={
            "required": _("Choose a file first."),
            "missing": _("Choose a file first."),
            "empty": _("The file is empty."),
            "max_length": _("The name of the file is too long."),
        },
    )
