"""The table of pointers: which contributions of which programme an obligation is measured by.

A pointer is never deleted: a later row that ends it says who ended it, and why.
"""

from typing import ClassVar, Self

from django.db import models


class ContributionPointer(models.Model):
    """One word about one contribution: from here on the obligation points to it, or no longer does."""

    objects: ClassVar[models.Manager[Self]]

    instrument = models.CharField(max_length=100)
    obligation = models.CharField(max_length=100)
    programme = models.CharField(max_length=60)
    contribution = models.CharField(max_length=200)
    points = models.BooleanField()
    reason = models.TextField()
    said_by = models.CharField(max_length=150)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=("instrument", "obligation"), name="pointer_of_obligation"),)

    def __str__(self) -> str:
        return f"{self.instrument} {self.obligation} -> {self.programme} {self.contribution}"

    @classmethod
    def standing(cls, instrument: str) -> dict[str, list[tuple[str, str]]]:
        """Give the pointers that hold: by obligation, the programme and the contribution."""
        last: dict[tuple[str, str, str], bool] = {}
        for row in cls.objects.filter(instrument=instrument):
            last[row.obligation, row.programme, row.contribution] = row.points
        found: dict[str, list[tuple[str, str]]] = {}
        for (obligation, programme, contribution), points in last.items():
            if points:
                found.setdefault(obligation, []).append((programme, contribution))
        return found
