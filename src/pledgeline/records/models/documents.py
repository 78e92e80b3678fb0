"""The tables of reports: their text, stored once and for ever, and what rules proposed of it.

Guards of the database keep them: of a document only the licence and what its report is may be said anew, of a
candidate nothing.
"""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import UniqueConstraint

from pledgeline.accounts.rights import Act, Person, may
from pledgeline.evidence.comparing.ranks import Standpoint
from pledgeline.evidence.deciding.claims import StatedClaim, StatedKind, fields_from
from pledgeline.evidence.finding.candidates import MoneyRole
from pledgeline.evidence.reading.texts import Span
from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.records.models.columns import one_of
from pledgeline.records.models.programmes import ProgrammeRecord

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class DocumentRecord(models.Model):
    """One report.

    `sha256` is of the bytes that were handed in, `text` what `reader` read from them. `stated` says for each of its
    facts where the text states it, as two places; a fact without an entry was given by whoever read it in, or is
    empty: not stated. `may_show` says whether its licence lets the text be shown to everybody.
    """

    objects: ClassVar[models.Manager[Self]]
    candidates: "RelatedManager[CandidateRecord]"

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.PROTECT, related_name="+")
    ref = models.CharField(max_length=LONGEST_KEY)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    file_name = models.TextField()
    text = models.TextField()
    reader = models.CharField(max_length=40)
    extractor = models.CharField(max_length=40)
    title = models.TextField()
    outlet = models.TextField()
    author = models.TextField()
    address = models.TextField()
    language = models.CharField(max_length=10)
    published_on = models.DateField(null=True)
    stated = models.JSONField(default=dict)
    noise = models.JSONField(default=list)
    sketch = models.JSONField(default=list)
    dropped = models.PositiveIntegerField(default=0)
    standpoint = models.CharField(max_length=20)
    may_show = models.BooleanField(default=False)
    licence = models.TextField()
    added_by = models.TextField()
    added_at = models.DateTimeField()

    class Meta:
        db_table = "records_document"
        ordering = ("pk",)
        constraints = (
            UniqueConstraint(fields=("programme", "ref"), name="document_ref"),
            UniqueConstraint(fields=("programme", "sha256"), name="document_once"),
            one_of("standpoint", [standpoint.value for standpoint in Standpoint], name="document_standpoint"),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def noise_spans(self) -> list[Span]:
        return [Span(start, end) for start, end, _kind in self.noise]

    @property
    def said_on(self) -> date | None:
        published: date | None = self.published_on
        return published

    def shows_text_to(self, person: Person) -> bool:
        """Say whether somebody may read the text: everybody where its licence lets it, else who works with it."""
        return self.may_show or may(person, Act.EDIT_RECORD, self.programme.slug)


class OriginalRecord(models.Model):
    """The bytes that a report was read from, kept where its licence lets its text be shown; else its digest remains."""

    objects: ClassVar[models.Manager[Self]]

    document = models.OneToOneField(DocumentRecord, on_delete=models.PROTECT, related_name="original")
    content = models.BinaryField()

    class Meta:
        db_table = "records_original"

    def __str__(self) -> str:
        return f"original of {self.document_id}"


class ClaimRow(models.Model):
    """What a candidate and a claim have in common: a kind, a place, a role and fields."""

    kind = models.CharField(max_length=20)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    role = models.CharField(max_length=20)
    fields = models.JSONField(default=dict)
    equivalent_of = models.JSONField(null=True)

    class Meta:
        abstract = True

    def to_value(self) -> StatedClaim:
        """Give the claim that this row keeps."""
        return StatedClaim(
            kind=StatedKind(self.kind),
            span=Span(self.start, self.end),
            role=MoneyRole(self.role) if self.role else None,
            fields=fields_from(self.fields),
            equivalent_of=Span(*self.equivalent_of) if self.equivalent_of else None,
        )

    def take_over(self, value: StatedClaim) -> None:
        """Set the columns to what a claim says."""
        self.kind, self.role = value.kind.value, value.role.value if value.role else ""
        self.start, self.end = value.span.start, value.span.end
        self.fields = value.fields_json()
        same = value.equivalent_of
        self.equivalent_of = [same.start, same.end] if same else None


class CandidateRecord(ClaimRow):
    """What rules proposed of a report: `number` is its place among them, `left_out` what its words do not say."""

    objects: ClassVar[models.Manager[Self]]

    document = models.ForeignKey(DocumentRecord, on_delete=models.PROTECT, related_name="candidates")
    number = models.PositiveIntegerField()
    left_out = models.JSONField(default=list)
    origin = models.CharField(max_length=40)

    class Meta:
        db_table = "records_candidate"
        ordering = ("document", "number")
        constraints = (UniqueConstraint(fields=("document", "number"), name="candidate_number"),)

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number}"
