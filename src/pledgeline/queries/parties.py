"""The parties that somebody may see: those that a programme names or announces which they may see."""

from django.db.models import QuerySet

from pledgeline.accounts.rights import Person
from pledgeline.records.models import PartyRecord, ProgrammeRecord
from pledgeline.records.parties import party_names


def visible_parties(person: Person) -> QuerySet[PartyRecord]:
    """Give the parties that `person` may see."""
    places = list(ProgrammeRecord.objects.visible_to(person).values_list("slug", flat=True))
    refs = [ref for ref, _name in party_names(places)]
    return PartyRecord.objects.filter(ref__in=refs)
