"""Which entry a correction or a taking back speaks of, and what was said in it.

A correction is asked for in the fields of the event that it corrects: each says what it was, and only what
was wrong is filled in.
"""

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pledgeline.ledger import Entry
from pledgeline.ledger.fields import key_of
from pledgeline.ledger.readers import SAME, WITHOUT, changed
from pledgeline.ledger.refusals import Refused
from pledgeline.money import Amount, in_full
from pledgeline.records.books import StoredBooks
from pledgeline.web import words
from pledgeline.web.books.record_fields import HELP, LABELS, MONEY, attributes

NOT_SAID = frozenset({"id", "key", "type", "of", "effective_on", WITHOUT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The entry that is taken back, the kind of event whose fields it has, and what it says in them."""

    entry: Entry
    kind: str
    body: dict[str, Any]
    currency: str

    def was(self, name: str) -> str:
        """Give what the entry says in a field, nothing where it does not say it."""
        value = self._value(name)
        if isinstance(value, bool) or not isinstance(value, int | str):
            return ""
        if name in MONEY:
            code = self.body.get(MONEY[name]) or self.currency
            return in_full(Amount(value, code), words.locale()) if isinstance(value, int) else ""
        return str(value)

    def _value(self, name: str) -> Any:
        names = next((group for group in SAME if name in group), (name,))
        return next((self.body[each] for each in (name, *names) if self.body.get(each) is not None), None)


class PickForm(forms.Form):
    """The number of an entry that may be taken back."""

    of = forms.CharField(
        label=LABELS["of"],
        max_length=200,
        help_text=HELP["of"],
        widget=forms.TextInput(attrs=attributes("of")),
    )

    def __init__(self, data: Any, *, books: StoredBooks, restated: bool) -> None:
        super().__init__(data, auto_id="event-%s")
        self.books, self.restated = books, restated
        self.corrected: Corrected | None = None

    def clean_of(self) -> str:
        key: str = self.cleaned_data["of"]
        try:
            entry = self.books.to_take_back(key_of(key, "of"))
        except Refused as refused:
            raise forms.ValidationError(f"{refused.refusal.wrong} {refused.refusal.way_out}") from None
        self.corrected = corrected_by(self.books, entry)
        if self.restated and self.corrected.kind == "reverse":
            raise forms.ValidationError(
                _("%(key)s took another entry back; nothing in it could be another. Take it back instead."),
                params={"key": key},
            )
        return key


def corrected_by(books: StoredBooks, entry: Entry) -> Corrected:
    """Follow corrections to the event that they correct, and gather what all of them say."""
    said, first = _said(entry), entry
    while first.kind == "correct" and (earlier := books.entry(first.takes_back)) is not None:
        first = earlier
        said = changed(_said(first), said)
    kind = "write_off_lot" if first.kind == "write_off" and said.get("lot") else first.kind
    return Corrected(entry=entry, kind=kind, body=said, currency=first.postings[0].amount.currency)


def _said(entry: Entry) -> dict[str, Any]:
    """Give what an entry says; a field that it leaves out of the one before has None."""
    body: dict[str, Any] = json.loads(entry.body)
    said = {name: value for name, value in body.items() if name not in NOT_SAID and value is not None}
    return {**dict.fromkeys(body.get(WITHOUT) or ()), **said}
