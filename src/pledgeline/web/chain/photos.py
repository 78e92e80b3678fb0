"""Photographs of what was rejected: added on the page of a receipt, and shown to whoever may see it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from pledgeline.actions.photos import add_photo
from pledgeline.exchange.photos import MOST_BYTES
from pledgeline.programme.findings import Finding
from pledgeline.records.models import ReceiptPhoto, ReceiptRecord
from pledgeline.web.chain.here import Here
from pledgeline.web.chain.pages import of_a_noun, show_one
from pledgeline.web.chain.photo_forms import PhotoForm, rejected_lots
from pledgeline.web.parameters import parameters_of


@of_a_noun
def photo_page(here: Here) -> HttpResponse:
    """Keep a photograph that was sent, or say what is wrong with it; shown alone, give one."""
    row = here.row()
    assert isinstance(row, ReceiptRecord)
    if here.request.method != "POST":
        return _one(here, row)
    form = PhotoForm(here.request.POST, here.request.FILES, lots=rejected_lots(row))
    if form.is_valid():
        added = add_photo(
            row,
            lot=form.cleaned_data["lot"],
            data=form.cleaned_data["photo"].read(MOST_BYTES + 1),
            person=here.person,
            now=timezone.now(),
        )
        if not isinstance(added, Finding):
            return redirect(f"{here.at('-one', key=row.key)}#photos")
        form.add_error("photo", f"{added.wrong} {added.way_out}")
    return show_one(here, row, photo_form=form)


def _one(here: Here, row: ReceiptRecord) -> HttpResponse:
    digest = parameters_of(here.request).text("digest", most=64)
    photo = ReceiptPhoto.objects.filter(receipt=row, digest=digest).first()
    if photo is None:
        raise Http404("there is no such photograph")
    return HttpResponse(bytes(photo.content), content_type="image/jpeg")
