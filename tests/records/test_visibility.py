"""What a programme keeps back does not come out, whoever forgets to ask."""

from dataclasses import fields
from datetime import UTC, datetime

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.publication import unpublish
from pledgeline.programme.roles import Role
from pledgeline.programme.settings import WITHHOLDABLE
from pledgeline.records.models import KINDS, ProgrammeRecord, Subject
from pledgeline.records.snapshot import UnknownProgramme, programmes, snapshot
from pledgeline.records.visibility import shown_record
from tests.builders import (
    a_delivery,
    a_package,
    a_programme,
    a_record,
    a_stated_total,
    an_announcement,
    an_item,
)
from tests.people import a_person, publish_all

SECRET = "SECRET"
EVERYTHING = frozenset(f"{kind}.{name}" for kind, names in WITHHOLDABLE.items() for name in names)

OUTSIDE = (Role.PARTNER, Role.SUPPLIER)
"""Who works with a programme and not in it."""

SECRETIVE = a_record(
    announcements=(an_announcement(earmark=SECRET, note=SECRET),),
    packages=(a_package(contents=SECRET, note=SECRET),),
    deliveries=(a_delivery(SECRET, packages=(SECRET,), note=SECRET),),
    stated_totals=(a_stated_total(note=SECRET),),
    items=(an_item(price_year=SECRET, price_basis=SECRET, note=SECRET),),
)


def test_nothing_that_is_kept_back_is_in_the_public_view():
    """Every text that can be kept back says SECRET; the public view does not say it once."""
    view = shown_record(a_programme(public_fields={}), SECRETIVE, EVERYTHING)

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
    view = shown_record(a_programme(public_fields=public), SECRETIVE, EVERYTHING)

    (before,), (after,) = getattr(SECRETIVE, kind), getattr(view, kind)
    differing = [
        each.name for each in fields(before) if getattr(before, each.name) != getattr(after, each.name)
    ]

    assert all(name.startswith(field) for name in differing)
    assert differing or getattr(before, field) is None
    for other in set(KINDS) - {kind}:
        assert getattr(view, other) == getattr(SECRETIVE, other)


def test_a_programme_that_keeps_nothing_back_shows_its_record_as_it_is():
    assert shown_record(a_programme(), SECRETIVE, EVERYTHING) == SECRETIVE


def strangers():
    """Nobody, an account without a role, one with a role elsewhere, and one that was taken away."""
    dismissed = a_person("dismissed", Role.READER)
    dismissed.is_active = False
    return [None, a_person("visitor"), a_person("neighbour", *Role, programme="energy"), dismissed]


@pytest.mark.django_db
def test_what_is_kept_back_is_shown_to_the_team_of_the_programme_and_to_nobody_else():
    programme = ProgrammeRecord.from_value(a_programme(public_fields={}))
    programme.save()
    publish_all("harbour")
    for kind, model in KINDS.items():
        for value in getattr(SECRETIVE, kind):
            model.from_value(value, programme=programme, place=0).save()
    team = [role for role in Role if role not in OUTSIDE]
    own = [a_person(f"own {role}", role, programme="harbour") for role in team]
    everywhere = [a_person(f"every {role}", role) for role in team]
    outside = [a_person(f"outside {role}", role, programme="harbour") for role in OUTSIDE]

    for person in (MACHINE, *own, *everywhere):
        assert SECRETIVE == snapshot("harbour", person).record
        for stranger in (*outside, *strangers()):
            assert SECRET not in repr(snapshot("harbour", stranger).record)


@pytest.mark.django_db
def test_a_programme_that_is_not_published_is_there_for_its_people_only():
    ProgrammeRecord.from_value(a_programme()).save()

    for person in (MACHINE, a_person("reader", Role.READER, programme="harbour")):
        assert [programme.slug for programme in programmes(person)] == ["harbour"]
        assert snapshot("harbour", person).programme == a_programme()
    for person in strangers():
        assert programmes(person) == []
        with pytest.raises(UnknownProgramme):
            snapshot("harbour", person)


@pytest.mark.django_db
def test_a_programme_taken_back_from_the_public_is_gone_at_once():
    ProgrammeRecord.from_value(a_programme()).save()
    publish_all("harbour")
    snapshot("harbour")

    unpublish("harbour", Subject.PROGRAMME, person=MACHINE, now=datetime(2026, 1, 1, tzinfo=UTC))

    with pytest.raises(UnknownProgramme):
        snapshot("harbour")
