"""The table of versions of instruments: what people wrote into the register, each version for ever.

The register that is shipped lies in files and is the base. A version stands over the file of the same
name; a withdrawn one gives the base back, or nothing. Rows are only ever added: the database refuses
everything else.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class InstrumentVersion(models.Model):
    """One version of one instrument.

    `programme` is empty for the register that everybody sees, else the slug of the programme whose draft
    it is. `number` counts from 1 for each instrument of each. `text` is the TOML, empty when withdrawn.
    """

    objects: ClassVar[models.Manager[Self]]

    programme = models.CharField(max_length=60, blank=True)
    instrument = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    is_withdrawn = models.BooleanField(default=False)
    reason = models.TextField()
    saved_by = models.CharField(max_length=150)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            UniqueConstraint(
                fields=("programme", "instrument", "number"), name="instrument_version_is_numbered_once"
            ),
            CheckConstraint(
                condition=(Q(is_withdrawn=True) & Q(text="")) | (Q(is_withdrawn=False) & ~Q(text="")),
                name="instrument_version_has_text_or_is_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return f"{self.instrument} version {self.number}"

    @property
    def file(self) -> str:
        return f"{self.instrument}.toml"
