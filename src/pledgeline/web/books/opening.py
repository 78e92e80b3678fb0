"""Open the books of a programme that keeps none."""

import contextlib

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may
from pledgeline.actions.books import BooksThere, open_books
from pledgeline.money import MINOR_DIGITS
from pledgeline.queries.public_record import rated_in
from pledgeline.web.asked import Asked, ask, books_for, show, visitor
from pledgeline.web.fields import FormData
from pledgeline.web.not_yours import not_yours


class OpenForm(forms.Form):
    """The currencies that the books are to take: those of the programme and its record are proposed."""

    currencies = forms.CharField(
        label=_("Currencies"),
        max_length=5 * len(MINOR_DIGITS),
        help_text=_(
            "Codes of ISO 4217 with blanks between them, such as EUR USD. Others cannot be entered later."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: FormData, *, asked: Asked) -> None:
        super().__init__(data, initial={"currencies": " ".join(proposed(asked))})

    def clean_currencies(self) -> list[str]:
        codes = self.cleaned_data["currencies"].replace(",", " ").upper().split()
        unknown = [code for code in codes if code not in MINOR_DIGITS]
        if unknown:
            raise forms.ValidationError(
                _("ISO 4217 has no currency %(codes)s. Write codes such as EUR or USD."),
                params={"codes": ", ".join(unknown)[:60]},
            )
        return sorted(set(codes))


def proposed(asked: Asked) -> list[str]:
    """List the currencies of a programme: its own, those of its announcements, and those that it has rates for."""
    said = {row.amount.currency for row in asked.record.announcements if row.amount is not None}
    return sorted({*rated_in(asked.snapshot), *said} & MINOR_DIGITS.keys())


def open_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Open the books in the currencies that were chosen; pressed twice, they are opened once."""
    asked = ask(request, slug)
    if not may(visitor(request), Act.KEEP_BOOKS, slug):
        return not_yours(request, Act.KEEP_BOOKS)
    if request.method != "POST" or books_for(request, slug) is not None:
        return redirect(asked.at("books"))
    form = OpenForm(request.POST, asked=asked)
    if not form.is_valid():
        return show(
            request, "web/books/none.html", asked, status=400, may_record=True, sees_books=True, form=form
        )
    with contextlib.suppress(BooksThere):  # somebody else has just opened them
        open_books(slug, currencies=form.cleaned_data["currencies"])
    return redirect(asked.at("books"))
