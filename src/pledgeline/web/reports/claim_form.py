"""The form of one claim: of each field the words that it is read from, and where they stand. No value is typed."""

from collections.abc import Iterable, Mapping
from functools import partial
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pledgeline.evidence.deciding.claims import FIELDS_OF, MONEY_KINDS, ClaimField, StatedKind
from pledgeline.evidence.deciding.marking import shown
from pledgeline.evidence.deciding.places import place_of
from pledgeline.evidence.deciding.selection import Started, begun_with
from pledgeline.evidence.finding.candidates import MoneyRole
from pledgeline.evidence.reading.texts import Span
from pledgeline.programme.findings import Finding
from pledgeline.queries.reports import reader_for
from pledgeline.records.models import CandidateRecord, ClaimRecord, ClaimState, DocumentRecord
from pledgeline.web.fields import CHOICE, say_at_field
from pledgeline.web.reports import words
from pledgeline.web.reports.common import ReportRequest

if TYPE_CHECKING:
    pass

LONGEST_WORDS = 2_000
PLACE = "place"
"""The field of the words that a claim stands in, where it is none of money."""


class ClaimForm(forms.Form):
    """Ask for the places of a claim's fields, each as the words that stand there."""

    kind = forms.ChoiceField(label=_("What it is"), choices=list(words.KINDS.items()), error_messages=CHOICE)
    role = forms.ChoiceField(
        label=_("What the sum is"),
        choices=[("", "–"), *words.ROLES.items()],
        required=False,
        error_messages=CHOICE,
    )
    reason = forms.CharField(label=_("Reason"), max_length=2_000, required=False)
    asked_with = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput(), initial=partial(token_urlsafe, 18)
    )

    def __init__(self, data: Any, *, begun: Started, document: DocumentRecord) -> None:
        super().__init__(data)
        self._document, self._begun = document, begun
        self.fields["kind"].initial = begun.kind.value
        self.fields["role"].initial = begun.role.value if begun.role else ""
        self._add(PLACE, _("Its sentence"), begun.span, "0")
        for name in ClaimField:
            self._add(name.value, words.FIELDS[name], begun.spans.get(name), words.FIELD_KEYS[name])

    def _add(self, name: str, label: Any, span: Span | None, key: str) -> None:
        attributes = {"autocomplete": "off", "data-field": name, "data-key": key}
        text = self._document.text
        self.fields[name] = forms.CharField(
            label=label,
            required=False,
            max_length=LONGEST_WORDS,
            strip=True,
            initial=_as_quoted(span.of(text)) if span else "",
            widget=forms.TextInput(attrs=attributes),
        )
        self.fields[f"{name}_at"] = forms.CharField(
            required=False,
            max_length=40,
            initial=f"{span.start}-{span.end}" if span else "",
            widget=forms.HiddenInput(),
        )

    @property
    def chosen_kind(self) -> StatedKind:
        return StatedKind(self.cleaned_data["kind"])

    @property
    def chosen_role(self) -> MoneyRole | None:
        given = self.cleaned_data["role"]
        return MoneyRole(given) if given and self.chosen_kind in MONEY_KINDS else None

    @property
    def spans(self) -> dict[ClaimField, Span]:
        """Give the places of the fields that the kind has; those whose words stand nowhere are faults already."""
        wanted = FIELDS_OF[self.chosen_kind]
        return {
            name: span for name in wanted if (span := self.cleaned_data.get(f"{name.value}_at")) is not None
        }

    @property
    def span(self) -> Span | None:
        found: Span | None = self.cleaned_data.get(f"{PLACE}_at")
        return found

    @property
    def first_rows(self) -> list[forms.BoundField]:
        """Give what a claim of the kind that is asked about has; the sum says where a claim of money stands."""
        return [self[name] for name in self._first_names()]

    @property
    def other_rows(self) -> list[forms.BoundField]:
        """Give the fields that only claims of other kinds have."""
        first = {*self._first_names(), "reason", "asked_with"}
        return [field for field in self.visible_fields() if field.name not in first]

    def _first_names(self) -> list[str]:
        given = self.data.get("kind", "") if self.is_bound else ""
        kind = StatedKind(given) if given in list(StatedKind) else self._begun.kind
        is_money = kind in MONEY_KINDS
        return ["kind", "role" if is_money else PLACE, *(name.value for name in FIELDS_OF[kind])]

    @property
    def shown_spans(self) -> list[Span]:
        """Give the places that are marked in the text: what was sent, or what it began with."""
        if self.is_bound and hasattr(self, "cleaned_data"):
            found = [self.cleaned_data.get(f"{name}_at") for name in (PLACE, *ClaimField)]
            return [span for span in found if isinstance(span, Span)]
        return [self._begun.span, *self._begun.spans.values()]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        text = self._document.text
        for name in (PLACE, *ClaimField):
            quoted, said = cleaned.get(name, ""), cleaned.get(f"{name}_at", "")
            cleaned[f"{name}_at"] = _place(text, quoted, said, self._begun.span.start)
            if quoted and cleaned[f"{name}_at"] is None:
                self.add_error(
                    name, _("These words do not stand in the text. Copy them from it as they stand.")
                )
        return cleaned

    def take(self, findings: Iterable[Finding]) -> None:
        """Say what is wrong beside the fields that it is about."""
        for finding in findings:
            say_at_field(self, finding)


def _as_quoted(words_there: str) -> str:
    """Write words as the form quotes them: on one line, with signs that nobody sees named."""
    return shown(" ".join(words_there.split()))


def _place(text: str, quoted: str, said: str, near: int) -> Span | None:
    """Give the place of quoted words; the place that a form says counts where just these words stand there."""
    if not quoted:
        return None
    start, _dash, end = said.partition("-")
    if all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (start, end)):
        span = Span(int(start), int(end))
        if span.start < span.end and _as_quoted(span.of(text)) == _as_quoted(quoted):
            return span
    return place_of(text, quoted, None, near=near)


def started(
    here: ReportRequest, document: DocumentRecord, number: int | None, claim_ref: str, chosen: Span | None
) -> Started:
    """Say what the form begins with: a claim, a candidate, the candidate of a selection, or the selection itself."""
    row: CandidateRecord | ClaimRecord | None = None
    if claim_ref:
        row = here.claim(claim_ref)
    elif number is not None:
        row = CandidateRecord.objects.filter(document=document, number=number).first()
    elif chosen is not None:
        row = _candidate_in(document, chosen)
    if row is not None:
        claim = row.to_value()
        spans: Mapping[ClaimField, Span] = {name: field.span for name, field in claim.fields.items()}
        return Started(kind=claim.kind, role=claim.role, span=claim.span, spans=spans)
    return begun_with(reader_for(document, here.asked.programme), chosen or Span(0, 0))


def _candidate_in(document: DocumentRecord, chosen: Span) -> CandidateRecord | None:
    """Give the one candidate of money that lies in a selection and is no claim yet."""
    inside = CandidateRecord.objects.filter(
        document=document, kind__in=MONEY_KINDS, start__gte=chosen.start, end__lte=chosen.end
    ).exclude(claims__state__in=(ClaimState.HOLDS, ClaimState.WAITS))
    found = list(inside[:2])
    return found[0] if len(found) == 1 else None
