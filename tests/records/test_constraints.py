"""The database itself refuses what cannot be: no code above it is trusted with that."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from pledgeline.money.parsing import LARGEST_MINOR
from pledgeline.records.models import KINDS, ProgrammeRecord, Row
from tests.builders import a_programme, a_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> ProgrammeRecord:
    row = ProgrammeRecord.from_value(a_programme())
    row.save()
    return row


def row_of(kind: str, programme: ProgrammeRecord, **changed: Any) -> Row:
    (value,) = getattr(a_record(), kind)
    row = KINDS[kind].from_value(value, programme=programme, place=0)
    for column, content in changed.items():
        setattr(row, column, content)
    return row


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("announcements", {"amount_currency": None}),
        ("announcements", {"amount_minor": None}),
        ("announcements", {"amount_currency": "E"}),
        ("announcements", {"amount_currency": ""}),
        ("announcements", {"amount_minor": LARGEST_MINOR}),
        ("announcements", {"stage": "hoped for"}),
        ("announcements", {"relation": "contradicts"}),
        ("announcements", {"title": None}),
        ("announcements", {"announced_on": None}),
        ("packages", {"currency": ""}),
        ("packages", {"currency": "US"}),
        ("packages", {"value_minor": -LARGEST_MINOR}),
        ("items", {"price_currency": ""}),
        ("items", {"price_low_minor": None}),
        ("items", {"price_high_minor": LARGEST_MINOR}),
        ("stated_totals", {"value": None}),
        ("stated_totals", {"value": ""}),
        ("rates", {"currency": "EUR"}),
        ("rates", {"base": "E"}),
        ("rates", {"rate": "-1.1"}),
        ("rates", {"rate": ""}),
        ("deliveries", {"digest": None}),
        ("sources", {"ref": None}),
    ],
)
def test_a_row_that_cannot_be_is_refused(programme: ProgrammeRecord, kind: str, changed: dict[str, Any]):
    with pytest.raises(IntegrityError), transaction.atomic():
        row_of(kind, programme, **changed).save()


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_is_there_once(programme: ProgrammeRecord, kind: str):
    row_of(kind, programme).save()

    with pytest.raises(IntegrityError), transaction.atomic():
        row_of(kind, programme).save()


@pytest.mark.parametrize("kind", KINDS)
def test_two_programmes_may_use_the_same_key(programme: ProgrammeRecord, kind: str):
    other = ProgrammeRecord.from_value(a_programme(slug="other"))
    other.save()

    row_of(kind, programme).save()
    row_of(kind, other).save()

    assert KINDS[kind].objects.count() == 2


@pytest.mark.parametrize(
    "changed", [{"base_currency": "EU"}, {"package_size_currency": ""}, {"package_size_minor": LARGEST_MINOR}]
)
def test_settings_that_cannot_be_are_refused(changed: dict[str, Any]):
    row = ProgrammeRecord.from_value(a_programme())
    for column, content in changed.items():
        setattr(row, column, content)

    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()


def test_a_slug_is_there_once(programme: ProgrammeRecord):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeRecord.from_value(a_programme()).save()
