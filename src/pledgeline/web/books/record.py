"""Record an event: choose what happened, say it, and it is entered, or refused with the way out.

What an event needs several of (who gives, who pays, postings) stands in rows below its fields.
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
from pledgeline.ledger import Account, Refusal
from pledgeline.money.parsing import NotAnAmount, parse_plain
from pledgeline.records.people import Role, may
from pledgeline.web.asked import visitor
from pledgeline.web.books.asked import AskedBooks, ask_books, show_books
from pledgeline.web.books.record_rows import HEADS, ROW_HELP, ROWS, money_error, rows_of
from pledgeline.web.books.words import account_name, kind_name

FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pledge": (("contribution", "partner", "currency", "amount"), ("use_by",)),
    "revise": (("contribution", "currency", "amount"), ()),
    "reduce": (("contribution", "currency", "amount"), ()),
    "commit": (("contribution", "currency", "amount"), ()),
    "receive": (("contribution", "currency", "amount"), ()),
    "convert": (("from_currency", "to_currency", "received"), ()),
    "fee": (("contribution", "currency", "amount"), ()),
    "allocate": (("contribution", "line", "currency", "amount"), ("reserved_until",)),
    "release": (("contribution", "line", "currency"), ("amount",)),
    "order": (("line", "currency", "qty", "unit_price"), ()),
    "price_change": (("line", "currency", "unit_price"), ()),
    "cancel_units": (("line", "currency", "qty"), ()),
    "swap": (("line", "from", "to", "currency", "amount"), ()),
    "deliver": (("line", "lot", "currency", "qty"), ("cost",)),
    "accept": (("lot", "currency", "qty"), ("cost",)),
    "reject": (("lot", "currency", "qty"), ("cost",)),
    "refund": (("lot", "currency", "amount"), ()),
    "return_to_partner": (("contribution", "currency", "amount"), ("stage",)),
    "lapse": (("contribution",), ()),
    "carry_over": (("contribution", "currency", "use_by"), ("amount",)),
    "write_off": (("contribution", "currency", "amount"), ()),
    "write_off_lot": (("lot", "currency", "qty"), ("cost",)),
    "correct": (("of", "currency", "amount"), ()),
    "reverse": (("of",), ()),
    "journal": (("currency",), ()),
}
"""What each event needs, and what it may say besides."""

SPOKEN = {
    "write_off": _("Write-off of signed money"),
    "write_off_lot": _("Write-off of lost goods"),
}
MONEY = {"amount": "currency", "unit_price": "currency", "cost": "currency", "received": "to_currency"}
"""Fields that hold money, and the field that says in which currency."""

CURRENCIES = ("currency", "from_currency", "to_currency")
LABELS = {
    "contribution": _("Contribution"),
    "partner": _("Partner"),
    "currency": _("Currency"),
    "from_currency": _("Currency given"),
    "to_currency": _("Currency received"),
    "received": _("Received together"),
    "stage": _("Taken from"),
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
    "received": _("Digits and at most one point, without separators: 1500000.00"),
    "of": _("As the journal shows it in the column “Number”."),
}


class RecordForm(forms.Form):
    """One event: its day, what it needs, and a note that only people with a role can read."""

    def __init__(self, data: Any, *, asked: AskedBooks, kind: str, typed: Any = None) -> None:
        initial = {"key": f"site-{uuid4()}"} | (typed.dict() if typed else {})
        super().__init__(data, auto_id="event-%s", initial=initial)
        self.kind = kind
        self.rows = rows_of(kind, data, typed)
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
        for name, where in MONEY.items():
            currency = cleaned.get(where)
            if currency and cleaned.get(name):
                try:
                    cleaned[name] = parse_plain(cleaned[name].strip(), currency).minor
                except NotAnAmount as problem:
                    self.add_error(name, money_error(problem.why, currency))
        if cleaned.get("from_currency") and cleaned["from_currency"] == cleaned.get("to_currency"):
            self.add_error("to_currency", _("Choose another currency than the one given."))
        return cleaned

    def is_valid(self) -> bool:
        """Say whether the fields and all rows make sense."""
        good = super().is_valid()
        for row in self.rows:
            good = row.is_valid() and good
            row.complete(self.cleaned_data.get(ROWS[self.kind].currency))
            good = good and not row.errors
        return good

    def event(self) -> dict[str, Any]:
        """Give the event as the books read it."""
        said = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        for name in ("effective_on", "use_by", "reserved_until"):
            if name in said:
                said[name] = said[name].isoformat()
        rows = [row.said for row in self.rows if row.said]
        if self.kind == "fee":
            rows.insert(0, said.pop("contribution"))
        if self.rows:
            said[ROWS[self.kind].name] = rows
        return {"id": said.pop("key"), "type": self.kind.removesuffix("_lot"), **said}


def _field(name: str, asked: AskedBooks, *, required: bool) -> forms.Field:
    """Make the field with a name of an event."""
    label = LABELS[name]
    if name in CURRENCIES:
        codes = sorted(asked.books.currencies)
        return forms.ChoiceField(
            label=label, required=required, choices=[("", "–"), *((code, code) for code in codes)]
        )
    if name == "stage":
        stages = (Account.AVAILABLE, Account.LAPSED)
        return forms.ChoiceField(
            label=label, required=required, choices=[(each.value, account_name(each)) for each in stages]
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
        more = request.POST if "more" in request.POST else None
        form = RecordForm(None if more else request.POST or None, asked=asked, kind=kind, typed=more)
        if form.is_bound and form.is_valid():
            answer = post(slug, form.event(), now=timezone.now(), by=visitor(request).get_username())
            if not isinstance(answer, Refusal):
                return redirect(reverse("web:books-entry", args=[slug, answer.entry.position]))
            refusal = answer
    return show_books(
        request,
        "record",
        asked,
        form=form,
        kind=kind if form else "",
        kinds=[(name, SPOKEN.get(name) or kind_name(name)) for name in FIELDS],
        spoken=SPOKEN.get(kind) or kind_name(kind),
        rows=ROWS.get(kind),
        row_heads=[(name, HEADS[name]) for name in (*ROWS[kind].needed, *ROWS[kind].optional)]
        if kind in ROWS
        else [],
        row_help=ROW_HELP.get(kind, ""),
        refusal=refusal,
    )
