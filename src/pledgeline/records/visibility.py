"""Who may see what of the records, after the table of rights; used by pages, files and every other door alike.

Of a published programme the public sees what the settings make public. A field that a programme withholds, and that
a person may not see either, comes out empty, so that nothing behind this module can show it by mistake.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

from pledgeline.accounts.rights import Act, Person, may, where_may
from pledgeline.accounts.roles import EVERYWHERE
from pledgeline.audit.models import AuditEvent
from pledgeline.programme.announcements import Announcement
from pledgeline.programme.deliveries import ReportedDelivery
from pledgeline.programme.items import PricedItem
from pledgeline.programme.packages import ReportedPackage
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import WITHHOLDABLE, Programme
from pledgeline.programme.stated_totals import StatedTotal

AnyModel = TypeVar("AnyModel", bound=models.Model)
RecordRow = TypeVar("RecordRow", Announcement, ReportedPackage, ReportedDelivery, StatedTotal, PricedItem)

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


class VisibleProgrammes(models.Manager[AnyModel]):
    """Programmes, asked for by a person."""

    def visible_to(self, person: Person) -> models.QuerySet[AnyModel]:
        """Give the programmes that `person` may see."""
        own = where_may(person, Act.SEE_UNPUBLISHED)
        return self.all() if EVERYWHERE in own else self.filter(Q(published=True) | Q(slug__in=own))


class VisiblePlanning(models.Manager[AnyModel]):
    """What was handed in to be planned and what came out, asked for by a person."""

    def visible_to(self, person: Person, programme: str) -> models.QuerySet[AnyModel]:
        """Give the rows of a programme that `person` may see.

        What was made of the list says what each contribution of the books has and pays: only those see it who may see
        contributions, too.
        """
        rows = self.filter(programme__slug=programme)
        if not may(person, Act.SEE_PLANS, programme):
            return rows.none()
        return (
            rows if may(person, Act.SEE_CONTRIBUTIONS, programme) else self.not_of_the_list(rows, programme)
        )

    def not_of_the_list(self, rows: models.QuerySet[AnyModel], programme: str) -> models.QuerySet[AnyModel]:
        """Leave out what was made of the rows of a programme and the money in its books."""
        raise NotImplementedError


class VisibleBooks(models.Manager[AnyModel]):
    """The books of programmes, asked for by a person."""

    def visible_to(self, person: Person) -> models.QuerySet[AnyModel]:
        """Give the books that `person` may see: others only those that are public, of published programmes."""
        own = where_may(person, Act.SEE_BOOKS)
        if EVERYWHERE in own:
            return self.all()
        return self.filter(Q(public=True, programme__published=True) | Q(programme__slug__in=own))


def visible_events(person: Person) -> models.QuerySet[AuditEvent]:
    """Give what was done, as far as `person` may read it: of some programmes, or everything; `none` for others."""
    where = where_may(person, Act.READ_AUDIT)
    if EVERYWHERE in where:
        return AuditEvent.objects.all()
    return AuditEvent.objects.filter(programme__in=where)


def hidden_from(person: Person, slug: str) -> frozenset[str]:
    """List the fields, as `kind.field`, that `person` may not see where the programme withholds them."""
    fields = (f"{kind}.{name}" for kind, names in WITHHOLDABLE.items() for name in names)
    return frozenset(field for field in fields if not may(person, field, slug))


def withheld(programme: Programme, kind: str, hidden: Collection[str]) -> tuple[str, ...]:
    """List the fields of `kind` that come out empty: withheld by the programme, and hidden from the person."""
    return tuple(name for name in programme.withheld(kind) if f"{kind}.{name}" in hidden)


def shown_record(programme: Programme, record: PublicRecord, hidden: Collection[str]) -> PublicRecord:
    """Give the record as somebody may see it from whom these fields are hidden."""

    def shown(kind: str, rows: tuple[RecordRow, ...]) -> tuple[RecordRow, ...]:
        empty = {
            name: value
            for field in withheld(programme, kind, hidden)
            for name, value in _EMPTY[field].items()
        }
        return tuple(replace(row, **empty) for row in rows) if empty else rows

    return PublicRecord(
        announcements=shown("announcements", record.announcements),
        packages=shown("packages", record.packages),
        deliveries=shown("deliveries", record.deliveries),
        stated_totals=shown("stated_totals", record.stated_totals),
        items=shown("items", record.items),
        sources=record.sources,
        rates=record.rates,
    )
