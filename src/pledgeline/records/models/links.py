"""The tables of lists: what a row of the record names, one row for each name, in the order of the record.

A name is kept as the record writes it, and with it the row that it means. A reader refuses a record that names what
is not there; yet a source may be taken away later, and what was told of it then stays told.
"""

from typing import ClassVar, Self

from django.db import models
from django.db.models import UniqueConstraint


class Link(models.Model):
    """One name in a list of a row, and where it points to: `target` is empty where there is no such row.

    Each table of links has `row`, which the list belongs to, and `target`.
    """

    objects: ClassVar[models.Manager[Self]]
    row_id: int
    target_id: int | None

    place = models.PositiveIntegerField()
    ref = models.TextField()

    class Meta:
        abstract = True
        ordering = ("row", "place")

    def __str__(self) -> str:
        return self.ref

    @classmethod
    def target_model(cls) -> object:
        """Give the table that its names point to."""
        return cls._meta.get_field("target").related_model


def belongs_to(model: str) -> "models.ForeignKey[models.Model, models.Model]":
    """Say which rows the lists of a table belong to. Their index is that of `in_order`."""
    return models.ForeignKey(model, on_delete=models.CASCADE, related_name="+", db_index=False)


def points_to(model: str) -> "models.ForeignKey[models.Model | None, models.Model | None]":
    """Say what the names of a table point to."""
    return models.ForeignKey(model, on_delete=models.SET_NULL, null=True, related_name="+")


def in_order(name: str) -> UniqueConstraint:
    """Keep one name at each place of a list."""
    return UniqueConstraint(fields=("row", "place"), name=name)


def linked(model: str, through: str) -> "models.ManyToManyField[models.Model, models.Model]":
    """Give a row a list of names that point to rows of `model`, kept in the table `through`."""
    return models.ManyToManyField(
        model, through=through, through_fields=("row", "target"), symmetrical=False, related_name="+"
    )
