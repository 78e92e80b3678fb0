"""Which entry a correction or a taking back speaks of, and what was said in it.

A correction is asked for in the fields of the event that it corrects: each says what it was, and only what
was wrong is filled in.
"""

from dataclasses import dataclass
from typing import Any

from django import forms

from pledgeline.ledger import Entry
from pledgeline.ledger.corrections import taking_back, version_to_correct
from pledgeline.ledger.refusals import RefusalRaised
from pledgeline.ledger.schema import key_of
from pledgeline.money import Amount, in_full
from pledgeline.records.books import StoredBooks
from pledgeline.web import words
from pledgeline.web.books.record_fields import HELP, LABELS, MONEY, attributes
from pledgeline.web.fields import FormData


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The entry that is taken back, the kind of event whose fields it has, and what it says in them."""

    entry: Entry
    kind: str
    body: dict[str, Any]
    currency: str

    def was(self, name: str) -> str:
        """Give what the entry says in a field, nothing where it does not say it."""
        value = self.body.get(name)
        if isinstance(value, bool) or not isinstance(value, int | str):
            return ""
        if name in MONEY:
            code = self.body.get(MONEY[name]) or self.currency
            return in_full(Amount(value, code), words.locale()) if isinstance(value, int) else ""
        return str(value)


class PickForm(forms.Form):
    """The number of an entry that may be taken back."""

    of = forms.CharField(
        label=LABELS["of"],
        max_length=200,
        help_text=HELP["of"],
        widget=forms.TextInput(attrs=attributes("of")),
    )

    def __init__(self, data: FormData, *, books: StoredBooks, restated: bool) -> None:
        super().__init__(data, auto_id="event-%s")
        self.books, self.restated = books, restated
        self.corrected: Corrected | None = None

    def clean_of(self) -> str:
        key: str = self.cleaned_data["of"]
        try:
            self.corrected = corrected_by(self.books, key_of(key, "of"), restated=self.restated)
        except RefusalRaised as refused:
            raise forms.ValidationError(f"{refused.refusal.wrong} {refused.refusal.way_out}") from None
        return key


def corrected_by(books: StoredBooks, key: str, *, restated: bool) -> Corrected:
    """Follow an entry to what it says now, after all that was corrected in it.

    Raises:  RefusalRaised where it may not be taken back, or not be corrected.
    """
    if not restated:
        taking_back(books, key)
        entry = books.entry(key)
        assert entry is not None
        return Corrected(entry=entry, kind=entry.kind, body={}, currency=entry.postings[0].amount.currency)
    version = version_to_correct(books, key)
    return Corrected(
        entry=version.entry,
        kind=version.form,
        body=dict(version.body),
        currency=version.entries[0].postings[0].amount.currency,
    )
