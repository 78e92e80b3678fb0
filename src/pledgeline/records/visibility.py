"""Who may see what: decided here, used by pages, files and every other door alike.

A programme that is not published is seen only by people who have a role in it. Of a published one
the public sees what the settings make public; a field that is kept back comes out empty, so that
nothing behind this module can show it by mistake.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme
from pledgeline.records.people import EVERYWHERE, Person, Role, keeps_the_machine, may, rights_of

_EMPTY: dict[str, dict[str, Any]] = {
    "earmark": {"earmark": ""},
    "note": {"note": ""},
    "contents": {"contents": ""},
    "delivery_reported_on": {"delivery_reported_on": None},
    "packages": {"packages": ()},
    "what": {"what": ""},
    "price": {"price_low": None, "price_high": None, "price_year": "", "price_basis": ""},
    "lead_time": {"lead_time_months_low": None, "lead_time_months_high": None},
}
"""What the attributes of a field hold when it is kept back."""


class VisibleProgrammes(models.Manager[Any]):
    """Programmes, asked for by a person."""

    def visible_to(self, person: Person) -> models.QuerySet[Any]:
        """Give the programmes that `person` may see."""
        own = {right.programme for right in rights_of(person)}
        if EVERYWHERE in own or keeps_the_machine(person):
            return self.all()
        return self.filter(Q(published=True) | Q(slug__in=own))


class VisiblePlanning(models.Manager[Any]):
    """What was handed in to be planned and what came out, asked for by a person."""

    def visible_to(self, person: Person, programme: str) -> models.QuerySet[Any]:
        """Give the rows of a programme that `person` may see: all of them, or none."""
        rows = self.filter(programme__slug=programme)
        return rows if may_see_plans(person, programme) else rows.none()


def may_see_plans(person: Person, programme: str) -> bool:
    """Say whether `person` may see the plans of a programme.

    On a machine of one's own everybody who reaches the site may. On a site that others reach, too, only who
    has a role in the programme: a list of requirements shows what is lacking.
    """
    return not settings.REACHED_BY_OTHERS or may(person, Role.READER, programme)


def may_plan(person: Person, programme: str) -> bool:
    """Say whether `person` may make, stop and delete plans of a programme."""
    return not settings.REACHED_BY_OTHERS or may(person, Role.PLANNER, programme)


class VisibleBooks(models.Manager[Any]):
    """The books of programmes, asked for by a person."""

    def visible_to(self, person: Person) -> models.QuerySet[Any]:
        """Give the books that `person` may see: others only those that are public, of published programmes."""
        own = {right.programme for right in rights_of(person)}
        if EVERYWHERE in own or keeps_the_machine(person):
            return self.all()
        return self.filter(Q(public=True, programme__published=True) | Q(programme__slug__in=own))


def may_read_audit(person: Person) -> bool:
    """Say whether `person` may read what everybody did."""
    return keeps_the_machine(person)


def sees_everything_of(person: Person, slug: str) -> bool:
    """Say whether `person` has a role in the programme, and so sees what it keeps back."""
    return may(person, Role.READER, slug)


def public_view(programme: Programme, record: PublicRecord) -> PublicRecord:
    """Give the record as everybody may see it: fields that the programme keeps back are empty."""

    def shown(kind: str) -> Callable[[Any], Any]:
        empty = {name: value for field in programme.withheld(kind) for name, value in _EMPTY[field].items()}
        return (lambda row: replace(row, **empty)) if empty else (lambda row: row)

    return PublicRecord(
        announcements=tuple(map(shown("announcements"), record.announcements)),
        packages=tuple(map(shown("packages"), record.packages)),
        deliveries=tuple(map(shown("deliveries"), record.deliveries)),
        stated_totals=tuple(map(shown("stated_totals"), record.stated_totals)),
        items=tuple(map(shown("items"), record.items)),
        sources=record.sources,
        rates=record.rates,
    )
