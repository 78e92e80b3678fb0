"""The table of publications: who showed a programme or its books to everybody, or no longer, and when."""

from enum import StrEnum

from django.db import models

from pledgeline.records.models.columns import one_of
from pledgeline.records.models.programmes import ProgrammeRecord


class Subject(StrEnum):
    """What is published by itself."""

    PROGRAMME = "programme"
    BOOKS = "books"


class PublicationNote(models.Model):
    """One act of publishing, or of its contrary."""

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.CASCADE, related_name="publications")
    subject = models.CharField(max_length=10)
    is_public = models.BooleanField()
    noted_by = models.TextField()
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            one_of("subject", [subject.value for subject in Subject], name="publication_subject_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.subject} of {self.programme_id} {'published' if self.is_public else 'not public any more'}"
