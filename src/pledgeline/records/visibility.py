"""Who may see what: decided here, used by pages, files and every other door alike.

A programme that is not published is seen by its staff only. Of a published one the public sees
what the settings make public; a field that is kept back comes out empty, so that nothing behind
this module can show it by mistake.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import models

from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme

Person = object | None
"""Who asks: `None` for the public, else anybody with an `is_staff`."""

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
        return self.all() if sees_everything(person) else self.filter(published=True)


class VisiblePlanning(models.Manager[Any]):
    """What was handed in to be planned and what came out, asked for by a person."""

    def visible_to(self, person: Person, programme: str) -> models.QuerySet[Any]:
        """Give the rows of a programme that `person` may see: all of them, or none."""
        rows = self.filter(programme__slug=programme)
        return rows if may_plan(person, programme) else rows.none()


def may_plan(person: Person, programme: str) -> bool:
    """Say whether `person` may make plans for a programme and see those that were made.

    On a machine of one's own everybody who reaches the site may. On a site that others reach, too, only
    who is signed in: an unpublished list of requirements shows what is lacking.
    """
    if sees_everything(person) or not settings.REACHED_BY_OTHERS:
        return True
    return bool(getattr(person, "is_authenticated", False) and getattr(person, "is_active", False))


def sees_everything(person: Person) -> bool:
    """Say whether `person` works for the programmes."""
    return bool(getattr(person, "is_staff", False) and getattr(person, "is_active", True))


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
