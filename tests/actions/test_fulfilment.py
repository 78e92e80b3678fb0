"""Pointers from obligations to contributions: who may say so, and who sees what came of it."""

from datetime import UTC, date, datetime

import pytest

from pledgeline.actions import people
from pledgeline.actions.fulfilment import Refused, measured, point
from pledgeline.guarantees.fulfilment import Booked, Stage
from pledgeline.money import Amount
from pledgeline.records.models import ContributionPointer, ProgrammeRecord
from pledgeline.records.people import Right, Role
from pledgeline.records.register import seen_register
from tests.builders import a_programme

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def editor():
    ProgrammeRecord.from_value(a_programme(slug="harbour")).save()
    right = Right(role=Role.REGISTER_EDITOR, programme="harbour")
    return people.add_person(name="olena", right=right, password="harbour-lantern-otter")


def said(editor, *, obligation="support-2024", points=True):
    """Say it about an obligation with an amount."""
    return point(
        instrument=canada(), obligation=obligation, programme="harbour", contribution="CA-1", points=points,
        reason="", person=editor, now=NOW,
    )  # fmt: skip


def canada():
    return seen_register().register.by_id["ua-ca-2024"]


def with_amount() -> str:
    return next(each.id for each in canada().obligations if each.money and each.money.amount)


def books(programme, contributions):
    assert (programme, list(contributions)) == ("harbour", ["CA-1"])
    return [
        Booked(
            id="r", contribution="CA-1", stage=Stage.RECEIVED, on=date(2024, 6, 1), recorded_on=date(2024, 6, 2),
            amount=Amount(1_000_00, "CAD"),
        )
    ]  # fmt: skip


def test_a_pointer_measures_until_it_is_ended(editor):
    said(editor, obligation=with_amount())
    found = measured(canada(), as_of=date(2026, 1, 1), person=editor, read_books=books)
    assert found[with_amount()][0].received == Amount(1_000_00, "CAD")

    said(editor, obligation=with_amount(), points=False)
    assert {} == measured(canada(), as_of=date(2026, 1, 1), person=editor, read_books=books)
    assert ContributionPointer.objects.count() == 2


def test_the_public_and_people_of_other_programmes_see_nothing_of_it(editor):
    ProgrammeRecord.from_value(a_programme(slug="energy")).save()
    right = Right(role=Role.BOOKKEEPER, programme="energy")
    other = people.add_person(name="eve", right=right, password="harbour-lantern-otter")
    said(editor, obligation=with_amount())

    for person in (None, other):
        assert {} == measured(canada(), as_of=date(2026, 1, 1), person=person, read_books=books)


def test_what_has_no_number_and_who_has_no_right_is_refused(editor):
    wordy = next(each.id for each in canada().obligations if not each.money and not each.quantity)
    for obligation in (wordy, "no-such-thing"):
        with pytest.raises(Refused, match="nothing to measure"):
            said(editor, obligation=obligation)
    editor.groups.clear()
    with pytest.raises(Refused, match="no right"):
        said(editor, obligation=with_amount())
