"""What every table of a public record has in common.

A row belongs to a programme, has a place in the order of its file, and is one value of
`pledgeline.programme`: `to_value(from_value(value)) == value`, on every database.
"""

import hashlib
import json
from collections.abc import Hashable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import UniqueConstraint

from pledgeline.records.models.programmes import ProgrammeRecord


class Row(models.Model):
    """A row of one kind.

    `KEY` lists the columns that, with the programme, name a row: the database keeps them unique.
    """

    objects: ClassVar[models.Manager[Self]]
    KEY: ClassVar[tuple[str, ...]] = ("ref",)

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("place", "pk")

    @staticmethod
    def key_of(value: Any) -> str:
        """Name the row of `value` within its programme, for people."""
        return str(value.id)

    @classmethod
    def identity_of(cls, value: Any) -> Hashable:
        """Give what two values of the same row have in common, and no others."""
        return cls.key_of(value)

    def to_value(self) -> Any:
        """Give the noun that this row keeps."""
        raise NotImplementedError

    @classmethod
    def from_value(cls, value: Any, *, programme: ProgrammeRecord, place: int) -> Self:
        """Make the row of a noun, not yet saved."""
        raise NotImplementedError

    @classmethod
    def content(cls) -> list[str]:
        """List the columns that a load writes: all but the programme, the key and the row's own number."""
        return [
            field.attname
            for field in cls._meta.concrete_fields
            if field.attname not in ("id", "programme_id", *cls.KEY)
        ]


def unique(*key: str, name: str) -> UniqueConstraint:
    """Keep `key` unique within a programme."""
    return UniqueConstraint(fields=("programme", *key), name=name)


def digest_of(*parts: object) -> str:
    """Shorten a key that contains long texts to 64 characters: indexes cannot hold a page.

    >>> digest_of("2025-09", ["PKG01"], "arrived")[:12]
    '087106774e86'
    """
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
