"""The table of mappings: how the sheets and columns of an office's own workbook are read, under a name."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q, UniqueConstraint

from pledgeline.programme.fields import LONGEST_KEY
from pledgeline.records.models.programmes import ProgrammeRecord


class WorkbookMapping(models.Model):
    """One version of a mapping; the newest of a name holds, and every earlier one stays.

    `sheets` are its sheets in their order: `sheet`, `noun` and, by heading, the field of each of the `columns`.
    """

    objects: ClassVar[models.Manager[Self]]

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_KEY)
    version = models.PositiveIntegerField(default=1)
    is_newest = models.BooleanField(default=True)
    sheets = models.JSONField()
    made_by = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "records_workbook_mapping"
        ordering = ("name", "version")
        constraints = (
            UniqueConstraint(fields=("programme", "name", "version"), name="mapping_version"),
            UniqueConstraint(
                fields=("programme", "name"), condition=Q(is_newest=True), name="mapping_newest_once"
            ),
        )

    def __str__(self) -> str:
        return self.name
