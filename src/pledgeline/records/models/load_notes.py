"""The table of loads: who changed a public record, on which day, and by how many rows."""

from django.db import models

from pledgeline.records.models.programmes import ProgrammeRecord


class LoadNote(models.Model):
    """One load.

    `counts` holds, for each kind of row, how many were added, changed, unchanged, kept and removed.
    `revision` is the one that the record had afterwards.
    """

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.CASCADE, related_name="loads")
    loaded_on = models.DateField()
    loaded_by = models.TextField()
    pruned = models.BooleanField()
    revision = models.PositiveIntegerField()
    counts = models.JSONField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.programme_id} revision {self.revision} on {self.loaded_on}"
