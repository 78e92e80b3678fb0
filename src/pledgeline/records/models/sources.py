"""The table of sources."""

from typing import Self

from django.db import models

from pledgeline.programme.sources import Source
from pledgeline.records.models.columns import LONGEST_REF
from pledgeline.records.models.programmes import ProgrammeRecord
from pledgeline.records.models.rows import Row, unique


class SourceRecord(Row):
    """One page, letter or file that a figure came from."""

    ref = models.CharField(max_length=LONGEST_REF)
    url = models.TextField()
    publisher = models.TextField()
    published_on = models.DateField(null=True)
    title = models.TextField()
    accessed_as = models.TextField()

    class Meta(Row.Meta):
        constraints = (unique("ref", name="source_ref"),)

    def to_value(self) -> Source:
        return Source(
            id=self.ref,
            url=self.url,
            publisher=self.publisher,
            published_on=self.published_on,
            title=self.title,
            accessed_as=self.accessed_as,
        )

    @classmethod
    def from_value(cls, value: Source, *, programme: ProgrammeRecord, place: int) -> Self:
        return cls(
            programme=programme,
            place=place,
            ref=value.id,
            url=value.url,
            publisher=value.publisher,
            published_on=value.published_on,
            title=value.title,
            accessed_as=value.accessed_as,
        )
