"""Scenarios that people of a programme wrote, as a person may see them: shared within the programme, and no further."""

from django.db.models import Exists, OuterRef, QuerySet

from pledgeline.accounts.rights import Act, Person, may, where_may
from pledgeline.accounts.roles import EVERYWHERE
from pledgeline.records.models import ProgrammeRecord, ScenarioVersion

MOST_LISTED = 12
"""Units: scenarios that a page lists, those changed last first."""


def versions_of_scenario(key: str, person: Person) -> list[ScenarioVersion]:
    """List every version of a scenario that `person` may see, the newest first."""
    return list(_visible_to(person).filter(key=key).order_by("-number"))


def newest_scenarios(person: Person) -> list[ScenarioVersion]:
    """List the newest version of each scenario that `person` may see, what was changed last first."""
    newer = ScenarioVersion.objects.filter(key=OuterRef("key"), number__gt=OuterRef("number"))
    return list(_visible_to(person).filter(~Exists(newer)).order_by("-pk")[:MOST_LISTED])


def programmes_to_write_for(person: Person) -> list[tuple[str, str]]:
    """List slug and short name of the programmes for which `person` may write scenarios, an invented one last."""
    known = ProgrammeRecord.objects.visible_to(person).order_by("invented", "slug")
    return [
        (slug, name)
        for slug, name in known.values_list("slug", "short_name")
        if may(person, Act.WRITE_SCENARIOS, slug)
    ]


def _visible_to(person: Person) -> QuerySet[ScenarioVersion]:
    places = where_may(person, Act.SEE_SCENARIOS)
    rows = ScenarioVersion.objects.all()
    return rows if EVERYWHERE in places else rows.filter(programme__in=places)
