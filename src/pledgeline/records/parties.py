"""Parties as they are read: all of them with their names, and the one that a programme means by a code."""

from collections.abc import Collection

from django.db.models import Q

from pledgeline.accounts.roles import EVERYWHERE
from pledgeline.programme.names import name_key
from pledgeline.programme.parties import Party
from pledgeline.programme.settings import Programme
from pledgeline.records.models import PartyName, PartyRecord, ProgrammeRecord
from pledgeline.records.models.announcements import AnnouncementPartner
from pledgeline.records.models.parties import party_keys


def parties() -> list[Party]:
    """Give every party, by its reference."""
    return [row.to_value() for row in PartyRecord.objects.prefetch_related("name_rows")]


def party_names(places: Collection[str]) -> list[tuple[str, str]]:
    """List the references and names of parties: of all, or of those that some programmes know."""
    rows = PartyRecord.objects.all()
    if EVERYWHERE not in places:
        named: set[int] = set()
        for programme in ProgrammeRecord.objects.filter(slug__in=places):
            named |= set(party_keys(programme.parties, programme.parties).values())
        announced = AnnouncementPartner.objects.filter(row__programme__slug__in=places)
        rows = rows.filter(Q(pk__in=named) | Q(pk__in=announced.values("target")))
    return list(rows.values_list("ref", "name"))


def party_ref(said: str) -> str | None:
    """Give the reference of the party that somebody means by it or by a name; nothing where there is none."""
    if PartyRecord.objects.filter(ref=said).exists():
        return said
    found = PartyName.objects.filter(key=name_key(said)).select_related("party").first()
    return found.party.ref if found else None


def party_of(programme: Programme, code: str) -> Party | None:
    """Give the party that a programme means by a code of its record; nothing for a joint group or an unknown code."""
    key = party_keys(programme.parties, [code]).get(code)
    if key is None:
        return None
    return PartyRecord.objects.prefetch_related("name_rows").get(pk=key).to_value()
