"""Record an event: choose what happened, say it, and it is entered, or refused with the way out.

What an event needs several of (who gives, who pays, postings) stands in rows below its fields.
The number of the event is made with the empty form, so that a button pressed twice enters it once. A form that was
entered, comes back with the browser's way back, and says something else now keeps what was typed and gets a number
of its own: it is asked whether a second entry is meant.
What takes something away, or looks like a slip, is shown before it is entered, and entered only as it was shown.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pledgeline.accounts.rights import Act, may, username_of
from pledgeline.actions.books import post, read_for_now
from pledgeline.ledger import Account, Draft, Entry, Posting, Refusal, Replayed, foresee
from pledgeline.ledger.accounts import ORDER
from pledgeline.ledger.entries import body_text
from pledgeline.ledger.refusals import RefusalRaised
from pledgeline.money import Amount
from pledgeline.queries.slips import slips_in
from pledgeline.web.asked import visitor
from pledgeline.web.books.asked import AskedBooks, ask_books, show_books
from pledgeline.web.books.record_correction import Corrected, PickForm, corrected_by
from pledgeline.web.books.record_fields import (
    ASKED_FIRST,
    CURRENCIES,
    FIELDS,
    GROUPS,
    MONEY,
    day,
    field,
    spoken,
    suggestions,
)
from pledgeline.web.books.record_rows import (
    HEADS,
    ROW_HELP,
    ROWS,
    WITH_SHARES,
    minor_of,
    rows_of,
    shares_make_sense,
    shares_of,
)
from pledgeline.web.books.words import KIND_MEANINGS
from pledgeline.web.not_yours import not_yours
from pledgeline.web.parameters import parameters_of

TAKES_BACK = ("correct", "reverse")
KEY = r"[a-z0-9-]{1,60}"
"""The number of an event that a form makes."""

REFUSED_AT = {
    "ledger.unknown-contribution": ("contribution",),
    "ledger.another-partner": ("partner",),
    "ledger.another-package": ("package",),
    "ledger.another-currency": ("currency",),
    "ledger.unknown-line": ("line",),
    "ledger.unknown-lot": ("lot",),
    "ledger.lot-is-taken": ("lot",),
    "ledger.unknown-entry": ("of",),
    "ledger.taken-back-before": ("of",),
    "ledger.below-zero": ("amount",),
    "ledger.not-enough": ("qty", "amount"),
    "ledger.below-signed": ("amount",),
    "ledger.refund-to-be-split": ("amount",),
    "ledger.in-the-future": ("effective_on",),
}
"""The fields at which a refusal is shown again, the first that the event has."""


class BooksEventForm(forms.Form):
    """One event: its day, what it needs, and a note that only people with a role can read.

    Of a correction the fields are those of the event that is corrected, and none of them is needed.
    """

    def __init__(
        self,
        data: Any,
        *,
        asked: AskedBooks,
        kind: str,
        typed: Any = None,
        picked: Corrected | None = None,
    ) -> None:
        on = picked.entry.effective_on if picked else asked.today
        initial = {"key": new_key(), "effective_on": on} | (typed.dict() if typed else {})
        super().__init__(data, auto_id="event-%s", initial=initial)
        self.kind, self.picked = kind, picked
        self.corrected = corrected = picked if kind == "correct" else None
        self.shape = corrected.kind if corrected else kind
        self.rows = rows_of(self.shape, data, typed)
        needed, optional = FIELDS[self.shape]
        for name in (*needed, *optional):
            self.fields[name] = field(self.shape, name, asked, required=name in needed and corrected is None)
            if corrected is not None:
                self._say_what_was(name, corrected, may_be_left_out=name in optional)
        self.fields["effective_on"] = day(_("Effective on"), required=True, last=asked.today)
        if picked:
            self.fields["effective_on"].label = _("Correct as of")
            self.fields["effective_on"].help_text = _(
                "The day of the entry, so that the books are right from that day on. "
                "The day on which it is written down is kept besides."
            )
        self.fields["note"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Kept beside the entry for people with a role; the proof holds only its hash."),
        )
        self.fields["key"] = forms.RegexField(rf"\A{KEY}\Z", widget=forms.HiddenInput())

    def _say_what_was(self, name: str, corrected: Corrected, *, may_be_left_out: bool) -> None:
        was = corrected.was(name)
        if name in CURRENCIES:
            self.initial.setdefault(name, was or corrected.currency)
        elif isinstance(self.fields[name], forms.ChoiceField):
            self.initial.setdefault(name, was)
        elif was:
            self.fields[name].help_text = _("It was: %(value)s") % {"value": was}
            if may_be_left_out:
                self.fields[f"without_{name}"] = forms.BooleanField(
                    label=_("Leave “%(field)s” empty") % {"field": self.fields[name].label}, required=False
                )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        for name, where in MONEY.items():
            currency = cleaned.get(where)
            if currency and cleaned.get(name):
                try:
                    cleaned[name] = minor_of(cleaned[name], currency)
                except forms.ValidationError as problem:
                    self.add_error(name, problem)
        for name in self._left_out(cleaned):
            if cleaned.get(name):
                self.add_error(name, _("Write what should have been, or leave it empty: not both."))
        if cleaned.get("from_currency") and cleaned["from_currency"] == cleaned.get("to_currency"):
            self.add_error("to_currency", _("Choose another currency than the one given."))
        if cleaned.get("to") and cleaned["to"] == cleaned.get("from"):
            self.add_error("to", _("Choose another contribution than the one that gives up its share."))
        return cleaned

    def is_valid(self) -> bool:
        """Say whether the fields and all rows make sense."""
        good = super().is_valid()
        for row in self.rows:
            good = row.is_valid() and good
            row.complete(self.cleaned_data.get(ROWS[self.shape].currency))
            good = good and not row.errors
        good = good and shares_make_sense(self.shape, self.rows)
        if good and self.corrected and not self._changes():
            self.add_error(None, _("Fill in what should have been; what is left empty stays as it was."))
            return False
        return good

    def event(self) -> dict[str, Any]:
        """Give the event as the books read it."""
        said = self._said()
        head = {"id": said.pop("key"), "type": self.kind.removesuffix("_lot")}
        common: dict[str, object] = {
            name: said.pop(name) for name in ("effective_on", "note") if name in said
        }
        if self.picked:
            head["of"] = self.picked.entry.key
        return {**head, **common, **(self._changes() if self.corrected else said)}

    def _said(self) -> dict[str, Any]:
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "") and not name.startswith("without_")
        }
        said |= {name: value.isoformat() for name, value in said.items() if isinstance(value, date)}
        rows = [row.said for row in self.rows if row.said]
        if self.shape == "fee" and (first := said.pop("contribution", None)):
            rows = [first, *rows]
        if self.rows and (rows or (self.shape != "price_change" and not self.corrected)):
            said[ROWS[self.shape].name] = shares_of(rows) if self.shape in WITH_SHARES else rows
        return said

    @staticmethod
    def _left_out(cleaned: Mapping[str, object]) -> list[str]:
        return [
            name.removeprefix("without_")
            for name, is_so in cleaned.items()
            if name.startswith("without_") and is_so
        ]

    def _changes(self) -> dict[str, object]:
        """Give what a correction says anew: not what stays as it was."""
        assert self.corrected is not None
        left_out = self._left_out(self.cleaned_data)
        was = {name: self.corrected.was(name) or self.corrected.currency for name in CURRENCIES}
        if self.shape == "return_to_partner":
            was["from"] = self.corrected.was("from") or Account.AVAILABLE
        changes = {
            name: value
            for name, value in self._said().items()
            if name not in ("key", "effective_on", "note") and was.get(name) != value
        }
        return changes | ({"without": left_out} if left_out else {})

    def renew_key(self) -> None:
        """Make the form one that was not entered yet, with all that was typed."""
        data: Any = self.data
        self.data = data.copy()
        self.data["key"] = new_key()  # type: ignore[index]

    def show_refusal(self, refusal: Refusal) -> None:
        """Say at the field that is meant what the books do not take."""
        at = refusal.at.split("/")[1] if refusal.at else ""
        names = (
            [at]
            if at in self.fields
            else [name for name in REFUSED_AT.get(refusal.code, ()) if self.cleaned_data.get(name)]
        )
        if names:
            self.add_error(names[0], refusal.wrong)


def new_key() -> str:
    return f"site-{uuid4()}"


class ForeseenEntry(NamedTuple):
    """What an event would enter, on balance, and what it would take back; `seen` stands for just this."""

    postings: list[Posting]
    takes_back: Entry | None
    seen: str


def foreseen(asked: AskedBooks, event: dict[str, object]) -> ForeseenEntry | Refusal | None:
    """Say what an event would enter, as the books are now; nothing where it was entered before."""
    read = read_for_now(event, today=asked.today)
    if isinstance(read, Refusal):
        return read
    draft = foresee(asked.books, read)
    if isinstance(draft, Replayed):
        return None
    if isinstance(draft, Refusal):
        return draft
    back = asked.books.entry(draft.takes_back) if draft.takes_back else None
    return ForeseenEntry(_on_balance(draft), back, _seen(event))


def _on_balance(draft: Draft) -> list[Posting]:
    sums: dict[Any, int] = {}
    for posting in draft.postings:
        sums[posting.spot] = sums.get(posting.spot, 0) + posting.amount.minor
    return [
        Posting(
            account=spot.account,
            contribution=spot.contribution,
            amount=Amount(minor, spot.currency),
            line=spot.line,
            lot=spot.lot,
        )
        for spot, minor in sorted(sums.items(), key=lambda item: (item[0][1:3], ORDER[item[0].account]))
        if minor
    ]


def _seen(event: dict[str, object]) -> str:
    return sha256(body_text(event).encode()).hexdigest()


def record_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Let a bookkeeper choose an event, say it and enter it; what is refused is said with its way out."""
    asked = ask_books(request, slug)
    if not may(visitor(request), Act.KEEP_BOOKS, slug):
        return not_yours(request, Act.KEEP_BOOKS)
    parameters = parameters_of(request)
    kind = parameters.choice("kind", {name: spoken(name) for name in FIELDS}, label=_("What happened"))
    if not kind:
        return _show(request, asked, kind="")
    picked = None
    if kind in TAKES_BACK:
        named = "of" in parameters.know("of")
        given = parameters.data if named else request.POST or None
        picking = PickForm(given, books=asked.books, restated=kind == "correct")
        if named and not parameters.is_acting:
            parameters.form(picking)
        picked = _taken_back_before(request, asked, kind)
        if picked is None and not picking.is_valid():
            return _show(request, asked, kind=kind, picking=picking)
        picked = picked or picking.corrected
    more = request.POST if "more" in request.POST else None
    form = BooksEventForm(
        None if more else request.POST or None, asked=asked, kind=kind, typed=more, picked=picked
    )
    if not (form.is_bound and form.is_valid()):
        return _show(request, asked, kind=kind, form=form)
    return _answer(request, asked, form)


def _entered_before(request: HttpRequest, asked: AskedBooks) -> Entry | None:
    """Give the entry that this very form made, where it was sent before."""
    key = request.POST.get("key", "")
    return asked.books.entry(key) if re.fullmatch(KEY, key) else None


def _taken_back_before(request: HttpRequest, asked: AskedBooks, kind: str) -> Corrected | None:
    """Give what this very form took back before: the entry that it names cannot be picked any more."""
    before = _entered_before(request, asked)
    if before is None or before.kind != kind:
        return None
    back = asked.books.entry(before.takes_back)
    if kind == "reverse" and back is not None:
        return Corrected(entry=back, kind=back.kind, body={}, currency=back.postings[0].amount.currency)
    try:
        return corrected_by(asked.books, before.key, restated=True)
    except RefusalRaised:
        return None


def _answer(request: HttpRequest, asked: AskedBooks, form: BooksEventForm) -> HttpResponse:
    """Enter what was said, or show first what it would enter."""
    event, before = form.event(), _entered_before(request, asked)
    if before is not None and before.kind == form.kind == "correct":
        event["of"] = json.loads(before.body)["of"]  # by now the entry in force is the correction itself
    wants_to_look, is_seen = "look" in request.POST, request.POST.get("seen") == _seen(event)
    slips = [] if is_seen and not wants_to_look else slips_in(asked.books, asked.books.state, event)
    if wants_to_look or ((form.kind in ASKED_FIRST or slips) and not is_seen):
        found = foreseen(asked, event)
        if isinstance(found, ForeseenEntry):
            return _show(request, asked, kind=form.kind, form=form, foreseen=found, slips=slips)
        if isinstance(found, Refusal):
            return _refused(request, asked, form, found)
    by = username_of(visitor(request))
    answer = post(asked.programme.slug, event, today=asked.today, by=by)
    if isinstance(answer, Refusal):
        return _refused(request, asked, form, answer)
    if isinstance(answer, Replayed) and not _is_noted(answer.entry, event.get("note", "")):
        return _differs(request, asked, form, answer.entry)
    where = reverse("web:books-entry", args=[asked.programme.slug, answer.entry.position])
    done = {"done": "before" if isinstance(answer, Replayed) else "now"}
    return redirect(f"{where}?{urlencode(done)}")


def _is_noted(entry: Entry, note: str) -> bool:
    """Say whether an entry has this note, or one that nobody can read any more."""
    notes = [private for private in entry.private if private.name == "note"]
    return any(text.hidden or text.text == note for text in notes) if notes else not note


def _differs(request: HttpRequest, asked: AskedBooks, form: BooksEventForm, entered: Entry) -> HttpResponse:
    """Ask what is meant by a form that was entered before and says something else now."""
    form.renew_key()
    again = {"kind": form.kind, "of": entered.key} if form.kind == "correct" else None
    action = f"{request.path}?{urlencode(again)}" if again else request.get_full_path()
    return _show(request, asked, kind=form.kind, form=form, entered=entered, action=action)


def _refused(request: HttpRequest, asked: AskedBooks, form: BooksEventForm, refusal: Refusal) -> HttpResponse:
    before = _entered_before(request, asked)
    if refusal.code == "ledger.key-used" and before is not None:
        return _differs(request, asked, form, before)
    form.show_refusal(refusal)
    named = {name: form.cleaned_data.get(name) for name in ("contribution", "line", "lot")}
    known = suggestions(asked)
    return _show(
        request,
        asked,
        kind=form.kind,
        form=form,
        refusal=refusal,
        look_at=[(f"books-{name}", key) for name, key in named.items() if key in known[name]],
    )


def _show(
    request: HttpRequest,
    asked: AskedBooks,
    *,
    kind: str,
    form: BooksEventForm | None = None,
    **more: object,
) -> HttpResponse:
    rows = ROWS.get(form.shape) if form else None
    context = {
        "form": form,
        "kind": kind,
        "groups": [(title, [(name, spoken(name)) for name in kinds]) for title, kinds in GROUPS],
        "spoken": spoken(kind),
        "meaning": KIND_MEANINGS.get(kind, ""),
        "rows": rows,
        "row_heads": [(name, HEADS[name]) for name in (*rows.needed, *rows.optional)] if rows else [],
        "row_help": ROW_HELP.get(form.shape, "") if form else "",
        "is_asked_first": kind in ASKED_FIRST,
        "action": request.get_full_path(),
        "suggestions": suggestions(asked) if form else {},
        **more,
    }
    return show_books(request, "record", asked, **context)
