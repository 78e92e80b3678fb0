"""The tables of parties and of their names: a party is one row, whichever programmes it takes part in."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from pledgeline.programme.names import LONGEST_NAME, clean, name_key
from pledgeline.programme.parties import Party, PartyKind, countries, country_name
from pledgeline.records.models.columns import LONGEST_REF, one_of

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from pledgeline.records.models.programmes import ProgrammeRecord

LONGEST_NAME_KEY = 3 * LONGEST_NAME
"""Units: characters. In small letters one character may become three."""


class PartyRecord(models.Model):
    """One party. No load takes one away: what pointed to it once can be read for ever."""

    objects: ClassVar[models.Manager[Self]]

    ref = models.CharField(max_length=LONGEST_REF, unique=True)
    name = models.TextField()
    kind = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    identifier = models.CharField(max_length=LONGEST_REF)

    name_rows: "RelatedManager[PartyName]"

    class Meta:
        db_table = "records_party"
        ordering = ("ref",)
        constraints = (
            one_of("kind", [kind.value for kind in PartyKind], name="party_kind_is_known"),
            CheckConstraint(condition=~Q(name=""), name="party_has_a_name"),
            UniqueConstraint(fields=("identifier",), condition=~Q(identifier=""), name="party_identifier"),
        )

    def __str__(self) -> str:
        return self.ref

    def to_value(self) -> Party:
        """Give the noun that this row keeps, with its names."""
        own = name_key(self.name)
        return Party(
            ref=self.ref,
            name=self.name,
            kind=PartyKind(self.kind),
            country=self.country,
            identifier=self.identifier,
            other_names=tuple(row.name for row in self.name_rows.all() if row.key != own),
        )

    @classmethod
    def from_value(cls, value: Party) -> Self:
        """Make the row of a party, not yet saved; its names are rows of their own."""
        return cls(
            ref=value.ref,
            name=value.name,
            kind=value.kind.value,
            country=value.country,
            identifier=value.identifier,
        )


class PartyName(models.Model):
    """One name of a party, as it is written, and `key`, by which names are compared: no two parties share one."""

    objects: ClassVar[models.Manager[Self]]

    party = models.ForeignKey(PartyRecord, on_delete=models.CASCADE, related_name="name_rows")
    name = models.TextField()
    key = models.CharField(max_length=LONGEST_NAME_KEY, unique=True)

    class Meta:
        db_table = "records_party_name"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


def name_of_code(named: Mapping[str, str], code: str) -> str:
    """Give the name that a programme, which `named` parties, has for a code of its record; "" for an unknown one."""
    if code in named:
        return clean(named[code])[:LONGEST_NAME]
    return country_name(code) if code in countries() else ""


def party_named(programme: "ProgrammeRecord", name: str) -> int | None:
    """Give the row of the party that a programme means by a name or a code; nobody where none is known by it."""
    return parties_named(programme, [name]).get(name)


def parties_named(programme: "ProgrammeRecord", names: Iterable[str]) -> dict[str, int]:
    """Give the row of each party that a programme means by a name or a code, as far as there are such rows."""
    keys = {name: name_key(name) for name in names}
    there = dict(PartyName.objects.filter(key__in=set(keys.values())).values_list("key", "party_id"))
    by_name = {name: there[key] for name, key in keys.items() if key in there}
    return {**by_name, **party_keys(programme.parties, keys)}


def party_keys(named: Mapping[str, str], codes: Iterable[str]) -> dict[str, int]:
    """Give the row of each party that a programme means by a code, as far as there are such rows."""
    wanted = {code: name_key(name_of_code(named, code)) for code in codes}
    there = dict(PartyName.objects.filter(key__in=set(wanted.values())).values_list("key", "party_id"))
    return {code: there[key] for code, key in wanted.items() if key in there}
