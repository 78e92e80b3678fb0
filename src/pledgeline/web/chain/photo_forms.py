"""The form that adds a photograph to a receipt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pledgeline.records.models import ReceiptRecord
from pledgeline.web.fields import CHOICE, FormData, FormFiles, file_field


class PhotoForm(forms.Form):
    """A photograph of a lot."""

    lot = forms.ChoiceField(label=_("Lot"), error_messages=CHOICE)
    photo = file_field(_("Photograph"), accept="image/jpeg,image/png,image/webp")

    def __init__(self, data: FormData = None, files: FormFiles = None, *, lots: list[str]) -> None:
        super().__init__(data, files, auto_id="photo-%s")
        self.fields["lot"].choices = [(lot, lot) for lot in lots]  # type: ignore[attr-defined]
        self.fields["photo"].widget.attrs["capture"] = "environment"
        self.fields["photo"].help_text = _("At most 8 MB. Where and when it was taken is not kept.")


def rejected_lots(row: ReceiptRecord) -> list[str]:
    """List the lots of a receipt of which something was rejected."""
    return [counted.lot for counted in row.lots.select_related("shipped") if counted.rejected]
