"""What every table of a public record has in common.

A row belongs to a programme, has a place in the order of its file, and is one value of
`pledgeline.programme`: `to_value(from_value(value)) == value`, on every database. Its lists of names lie in
tables of their own, a row for each name.
"""

import hashlib
import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import connection, models
from django.db.models import UniqueConstraint

from pledgeline.programme.record_fields import CellKind, RowField, fields_of_row
from pledgeline.records.models.columns import amount_of
from pledgeline.records.models.noun_columns import NounTable, columns_of
from pledgeline.records.models.parties import PartyRecord, party_keys
from pledgeline.records.models.programmes import ProgrammeRecord

READ_AT_ONCE = 5_000
WRITTEN_AT_ONCE = 2_000

Targets = dict[type[models.Model], dict[str, int]]
"""For each table that lists point to, the row that a name means."""


class Row(models.Model, metaclass=NounTable):
    """A row of one kind. `KIND` is what it keeps; the fields of that are columns, or lists.

    `KEY` lists the columns that, with the programme, name a row: the database keeps them unique.
    """

    objects: ClassVar[models.Manager[Self]]
    KIND: ClassVar[type[object]]
    KEY: ClassVar[tuple[str, ...]] = ("ref",)

    programme = models.ForeignKey(ProgrammeRecord, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ("place", "pk")

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Give the value of a column that its kind has made."""

        def __setattr__(self, name: str, value: object) -> None:
            """Set it."""

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
        said = {field.name: field.read(self) for field in _kept_fields(type(self))}
        return self.KIND(**said, **self.own_fields())

    @classmethod
    def from_value(cls, value: Any, *, programme: ProgrammeRecord, place: int) -> Self:
        """Make the row of a noun, not yet saved."""
        columns = cls.own_columns(value)
        lists = {}
        for field in _kept_fields(cls):
            said = getattr(value, field.name)
            if field.columns:
                columns |= zip(field.columns, field.write(said), strict=True)
            else:
                lists[field.name] = said
        return cls(programme=programme, place=place, **columns).holding(**lists)

    def own_fields(self) -> dict[str, Any]:
        """Give the fields that its table keeps in a way of its own."""
        return {}

    @classmethod
    def own_columns(cls, _value: Any) -> dict[str, Any]:
        """Give the columns in which a table keeps something in a way of its own."""
        return {}

    @classmethod
    def links(cls) -> dict[str, Any]:
        """Give the table of each of its lists, a kind of `Link`, by the name of the list."""
        return {field.name: field.remote_field.through for field in cls._meta.many_to_many}

    @cached_property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """Give the names in each list, as they were made or are in the database."""
        return {
            name: tuple(link.objects.filter(row=self.pk).values_list("ref", flat=True))
            for name, link in self.links().items()
        }

    def holding(self, **lists: tuple[str, ...]) -> Self:
        """Give the row these lists, not yet saved."""
        self.lists = lists
        return self

    def save(self, *arguments: Any, **options: Any) -> None:
        """Save the row and its lists."""
        lists = self.lists
        targets: Targets = {}
        super().save(*arguments, **options)
        for name, link in self.links().items():
            model = link.target_model()
            targets[model] = (
                party_keys(self.programme.parties, lists[name])
                if model is PartyRecord
                else keys_of(model, self.programme)
            )
        write_lists(type(self), [self], targets)

    @classmethod
    def content(cls) -> list[str]:
        """List the columns that a load writes: all but the programme, the key and the row's own number."""
        return [
            field.attname
            for field in cls._meta.concrete_fields
            if field.attname not in ("id", "programme_id", *cls.KEY)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptField:
    """A field that a table keeps as its kind says: in which columns, or, without any, in a list of its name."""

    name: str
    columns: tuple[str, ...]
    read: Callable[[Row], Any]
    write: Callable[[Any], tuple[Any, ...]] = lambda said: (said,)


@cache
def _kept_fields(table: type[Row]) -> tuple[KeptField, ...]:
    """Give the fields of a table but those that it keeps in a way of its own."""
    there = {column.name for column in table._meta.get_fields()}
    fields = fields_of_row(table.KIND).values()
    return tuple(_kept(field) for field in fields if there.issuperset(columns_of(field) or [field.name]))


def _kept(field: RowField) -> KeptField:
    columns = columns_of(field)
    if not columns:
        return KeptField(name=field.name, columns=(), read=lambda row: row.lists[field.name])
    if field.cell.kind is CellKind.AMOUNT:
        return KeptField(
            name=field.name,
            columns=columns,
            read=lambda row: amount_of(*attrgetter(*columns)(row)),
            write=lambda amount: (amount.minor, amount.currency) if amount is not None else (None, None),
        )
    read = attrgetter(*columns)
    if words := field.words:
        return KeptField(
            name=field.name,
            columns=columns,
            read=lambda row: words(read(row)),
            write=lambda word: (word.value,),
        )
    return KeptField(name=field.name, columns=columns, read=read)


def rows_of(model: type[Row], programme: ProgrammeRecord) -> Iterator[Row]:
    """Give all rows of a programme in their order, with their lists: one query for each list, and one for the rows."""
    lists = {name: _names_in(link, programme) for name, link in model.links().items()}
    for row in model.objects.filter(programme=programme).iterator(READ_AT_ONCE):
        yield row.holding(**{name: names.get(row.pk, ()) for name, names in lists.items()})


def _names_in(link: Any, programme: ProgrammeRecord) -> dict[int, tuple[str, ...]]:
    """Give the lists of all rows by the rows' numbers. Equal names are one text in memory."""
    known: dict[str, str] = {}
    found = link.objects.filter(row__programme=programme).order_by("row_id", "place")
    pairs = found.values_list("row_id", "ref").iterator(READ_AT_ONCE)
    return {
        row: tuple(known.setdefault(ref, ref) for _row, ref in names)
        for row, names in groupby(pairs, key=itemgetter(0))
    }


def keys_of(model: Any, programme: ProgrammeRecord) -> dict[str, int]:
    """Give the row of each name in a table of a programme's record."""
    return dict(model.objects.filter(programme=programme).order_by().values_list("ref", "pk"))


def write_lists(model: type[Row], rows: Sequence[Row], targets: Targets) -> None:
    """Write the lists of saved rows of one programme in the place of those that they had.

    A name is a row of two numbers, a place and a text: made as models, three names took longer than the row itself.
    """
    for name, link in model.links().items():
        known = targets[link.target_model()]
        there = link.objects.filter(row__programme=rows[0].programme_id).exists() if rows else False
        for start in range(0, len(rows), WRITTEN_AT_ONCE):
            some = rows[start : start + WRITTEN_AT_ONCE]
            if there:
                link.objects.filter(row__in=[row.pk for row in some]).delete()
            with connection.cursor() as cursor:
                cursor.executemany(
                    f"INSERT INTO {link._meta.db_table} (row_id, place, ref, target_id) VALUES (%s, %s, %s, %s)",
                    [
                        (row.pk, place, ref, known.get(ref))
                        for row in some
                        for place, ref in enumerate(row.lists[name])
                    ],
                )


def unique(*key: str, name: str) -> UniqueConstraint:
    """Keep `key` unique within a programme."""
    return UniqueConstraint(fields=("programme", *key), name=name)


def digest_of(*parts: object) -> str:
    """Shorten a key that contains long texts to 64 characters: indexes cannot hold a page.

    >>> digest_of("2025-09", ["PKG01"], "arrived")[:12]
    '087106774e86'
    """
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
