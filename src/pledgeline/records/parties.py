"""Parties as they are read: all of them with their names, and the one that a programme means by a code."""

from pledgeline.programme.parties import Party
from pledgeline.programme.settings import Programme
from pledgeline.records.models import PartyRecord
from pledgeline.records.models.parties import party_keys


def parties() -> list[Party]:
    """Give every party, by its reference."""
    return [row.to_value() for row in PartyRecord.objects.prefetch_related("name_rows")]


def party_of(programme: Programme, code: str) -> Party | None:
    """Give the party that a programme means by a code of its record; nothing for a joint group or an unknown code."""
    key = party_keys(programme.parties, [code]).get(code)
    if key is None:
        return None
    return PartyRecord.objects.prefetch_related("name_rows").get(pk=key).to_value()
