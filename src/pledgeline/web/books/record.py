"""Record an event: choose what happened, say it, and it is entered, or refused with the way out.

Events that need lists (a trade for several contributions, a price change, free postings) come in as files.
The number of the event is made with the empty form, so that a button pressed twice enters it once.
"""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledgeline.actions.books import post
from pledgeline.ledger import Refusal
from pledgeline.money import digits_of
from pledgeline.money.parsing import NotAnAmount, parse_plain
from pledgeline.records.people import Role, may
from pledgeline.web.asked import visitor
from pledgeline.web.books.asked import AskedBooks, ask_books, show_books
from pledgeline.web.books.words import kind_name

FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pledge": (("contribution", "partner", "currency", "amount"), ("use_by",)),
    "revise": (("contribution", "currency", "amount"), ()),
    "reduce": (("contribution", "currency", "amount"), ()),
    "commit": (("contribution", "currency", "amount"), ()),
    "receive": (("contribution", "currency", "amount"), ()),
    "fee": (("contribution", "currency", "amount"), ()),
    "allocate": (("contribution", "line", "currency", "amount"), ("reserved_until",)),
    "release": (("contribution", "line", "currency"), ("amount",)),
    "order": (("line", "currency", "qty", "unit_price"), ()),
    "cancel_units": (("line", "currency", "qty"), ()),
    "swap": (("line", "from", "to", "currency", "amount"), ()),
    "deliver": (("line", "lot", "currency", "qty"), ("cost",)),
    "accept": (("lot", "currency", "qty"), ("cost",)),
    "reject": (("lot", "currency", "qty"), ("cost",)),
    "refund": (("lot", "currency", "amount"), ()),
    "return_to_partner": (("contribution", "currency", "amount"), ()),
    "lapse": (("contribution",), ()),
    "carry_over": (("contribution", "currency", "use_by"), ("amount",)),
    "write_off": (("contribution", "currency", "amount"), ()),
    "correct": (("of", "currency", "amount"), ()),
    "reverse": (("of",), ()),
}
"""What each event needs, and what it may say besides."""

MONEY = ("amount", "unit_price", "cost")
LABELS = {
    "contribution": _("Contribution"),
    "partner": _("Partner"),
    "currency": _("Currency"),
    "amount": _("Amount"),
    "unit_price": _("Unit price"),
    "cost": _("Cost, where it is not the line's price"),
    "line": _("Line"),
    "lot": _("Lot"),
    "qty": _("Units"),
    "from": _("Contribution that gives up its share"),
    "to": _("Contribution that takes it over"),
    "of": _("Number of the entry"),
    "use_by": _("To be used by"),
    "reserved_until": _("Reserved until"),
}
HELP = {
    "amount": _("Digits and at most one point, without separators: 1500000.00"),
    "unit_price": _("Digits and at most one point, without separators: 1500000.00"),
    "of": _("As the journal shows it in the column “Number”."),
}


class RecordForm(forms.Form):
    """One event: its day, what it needs, and a note that only people with a role can read."""

    def __init__(self, data: Any, *, asked: AskedBooks, kind: str) -> None:
        super().__init__(data, auto_id="event-%s", initial={"key": f"site-{uuid4()}"})
        needed, optional = FIELDS[kind]
        self.fields["effective_on"] = _day(_("Happened on"), required=True)
        for name in (*needed, *optional):
            self.fields[name] = _field(name, asked, required=name in needed)
        self.fields["note"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Kept beside the entry for people with a role; the proof holds only its hash."),
        )
        self.fields["key"] = forms.RegexField(r"[a-z0-9-]{1,60}", widget=forms.HiddenInput())
        self.order_fields([*(name for name in needed), *optional, "effective_on", "note", "key"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        currency = cleaned.get("currency")
        for name in MONEY:
            if currency and cleaned.get(name):
                try:
                    cleaned[name] = parse_plain(cleaned[name].strip(), currency).minor
                except NotAnAmount as problem:
                    self.add_error(name, _money_error(problem.why, currency))
        return cleaned

    def event(self, kind: str) -> dict[str, Any]:
        """Give the event as the books read it."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        for name in ("effective_on", "use_by", "reserved_until"):
            if name in said:
                said[name] = said[name].isoformat()
        return {"id": said.pop("key"), "type": kind, **said}


def _money_error(why: str, currency: str) -> Any:
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


def _field(name: str, asked: AskedBooks, *, required: bool) -> forms.Field:
    """Make the field with a name of an event."""
    label = LABELS[name]
    if name == "currency":
        codes = sorted(asked.books.currencies)
        return forms.ChoiceField(
            label=label, required=required, choices=[("", "–"), *((code, code) for code in codes)]
        )
    if name == "qty":
        return forms.IntegerField(label=label, required=required, min_value=1, max_value=10**12)
    if name in ("use_by", "reserved_until"):
        return _day(label, required=required)
    return forms.CharField(label=label, required=required, max_length=200, help_text=HELP.get(name, ""))


def _day(label: Any, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2025-12-31.")},
    )


def record_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a bookkeeper choose an event, say it and enter it; what is refused is said with its way out.

    Raises:  Http404 for everybody else: the page is not for them.
    """
    asked = ask_books(request, slug)
    if not may(visitor(request), Role.BOOKKEEPER, slug):
        raise Http404
    kind = request.GET.get("kind", "")
    form = refusal = None
    if kind in FIELDS:
        form = RecordForm(request.POST or None, asked=asked, kind=kind)
        if request.method == "POST" and form.is_valid():
            answer = post(slug, form.event(kind), now=timezone.now(), by=visitor(request).get_username())
            if not isinstance(answer, Refusal):
                return redirect(reverse("web:books-entry", args=[slug, answer.entry.position]))
            refusal = answer
    return show_books(
        request,
        "record",
        asked,
        form=form,
        kind=kind if form else "",
        kinds=[(name, kind_name(name)) for name in FIELDS],
        refusal=refusal,
    )
