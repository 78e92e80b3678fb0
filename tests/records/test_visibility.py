"""What a programme keeps back does not come out, whoever forgets to ask."""

from dataclasses import fields
from types import SimpleNamespace

import pytest

from pledgeline.programme.settings import WITHHOLDABLE
from pledgeline.records.models import KINDS, ProgrammeRecord
from pledgeline.records.snapshot import UnknownProgramme, programmes, snapshot
from pledgeline.records.visibility import public_view
from tests.builders import (
    a_delivery,
    a_package,
    a_programme,
    a_record,
    a_stated_total,
    an_announcement,
    an_item,
)

SECRET = "SECRET"
STAFF = SimpleNamespace(is_staff=True, is_active=True)
DISMISSED = SimpleNamespace(is_staff=True, is_active=False)
VISITOR = SimpleNamespace(is_staff=False, is_active=True)

SECRETIVE = a_record(
    announcements=(an_announcement(earmark=SECRET, note=SECRET),),
    packages=(a_package(contents=SECRET, note=SECRET),),
    deliveries=(a_delivery(SECRET, packages=(SECRET,), note=SECRET),),
    stated_totals=(a_stated_total(note=SECRET),),
    items=(an_item(price_year=SECRET, price_basis=SECRET, note=SECRET),),
)


def test_nothing_that_is_kept_back_is_in_the_public_view():
    """Every text that can be kept back says SECRET; the public view does not say it once."""
    view = public_view(a_programme(public_fields={}), SECRETIVE)

    assert SECRET in repr(SECRETIVE)
    assert SECRET not in repr(view)
    (item,) = view.items
    assert (item.price_low, item.price_high, item.lead_time_months_low, item.lead_time_months_high) == (
        None,
    ) * 4
    assert view.packages[0].delivery_reported_on is None


@pytest.mark.parametrize(
    ("kind", "field"), [(kind, field) for kind in WITHHOLDABLE for field in WITHHOLDABLE[kind]]
)
def test_each_field_can_be_kept_back_alone(kind: str, field: str):
    public = WITHHOLDABLE | {kind: tuple(name for name in WITHHOLDABLE[kind] if name != field)}
    view = public_view(a_programme(public_fields=public), SECRETIVE)

    (before,), (after,) = getattr(SECRETIVE, kind), getattr(view, kind)
    differing = [
        each.name for each in fields(before) if getattr(before, each.name) != getattr(after, each.name)
    ]

    assert all(name.startswith(field) for name in differing)
    assert differing or getattr(before, field) is None
    for other in set(KINDS) - {kind}:
        assert getattr(view, other) == getattr(SECRETIVE, other)


def test_a_programme_that_keeps_nothing_back_shows_its_record_as_it_is():
    assert public_view(a_programme(), SECRETIVE) == SECRETIVE


@pytest.mark.django_db
def test_a_snapshot_for_the_public_is_masked_and_one_for_staff_is_not():
    programme = ProgrammeRecord.from_value(a_programme(public_fields={}))
    programme.save()
    for kind, model in KINDS.items():
        for value in getattr(SECRETIVE, kind):
            model.from_value(value, programme=programme, place=0).save()

    assert SECRET in repr(snapshot("harbour", STAFF).record)
    for person in (None, VISITOR, DISMISSED):
        assert SECRET not in repr(snapshot("harbour", person).record)
    assert SECRET in repr(snapshot("harbour", STAFF).record)


@pytest.mark.django_db
def test_a_programme_that_is_not_published_is_there_for_its_staff_only():
    row = ProgrammeRecord.from_value(a_programme())
    row.published = False
    row.save()

    assert [programme.slug for programme in programmes(STAFF)] == ["harbour"]
    assert snapshot("harbour", STAFF).programme == a_programme()
    for person in (None, VISITOR, DISMISSED):
        assert programmes(person) == []
        with pytest.raises(UnknownProgramme):
            snapshot("harbour", person)


@pytest.mark.django_db
def test_a_programme_withdrawn_from_the_public_is_gone_at_once():
    row = ProgrammeRecord.from_value(a_programme())
    row.save()
    snapshot("harbour")

    row.published = False
    row.save()

    with pytest.raises(UnknownProgramme):
        snapshot("harbour")
