"""Pointers from obligations to contributions: who may say so, and who sees what came of it."""

from datetime import UTC, date, datetime

import pytest

from pledgeline.actions.books import open_books, replay_into
from pledgeline.actions.fulfilment import PointerRefused, measured, point, read_books
from pledgeline.guarantees.fulfilment import Booked, FulfilmentStage
from pledgeline.ledger import event_file_of
from pledgeline.money import Amount
from pledgeline.programme.roles import Role
from pledgeline.records.models import ContributionPointer, ProgrammeRecord
from pledgeline.records.register import seen_register
from tests.builders import a_programme
from tests.ledger.stories import events_of
from tests.people import a_person

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def editor():
    ProgrammeRecord.from_value(a_programme(slug="harbour")).save()
    return a_person("olena", Role.REGISTER_EDITOR, programme="harbour")


def said(editor, *, obligation="support-2024", points=True):
    """Say it about an obligation with an amount."""
    return point(
        instrument=canada(), obligation=obligation, programme="harbour", contribution="CA-1", points=points,
        reason="", person=editor, now=NOW,
    )  # fmt: skip


def canada():
    return seen_register().register.by_id["ua-ca-2024"]


def with_amount() -> str:
    return next(
        obligation.id for obligation in canada().obligations if obligation.money and obligation.money.amount
    )


def books(programme, contributions, person):
    assert (programme, list(contributions)) == ("harbour", ["CA-1"])
    return [
        Booked(
            id="r", contribution="CA-1", stage=FulfilmentStage.RECEIVED,
            on=date(2024, 6, 1), recorded_on=date(2024, 6, 2),
            amount=Amount(1_000_00, "CAD"),
        )
    ]  # fmt: skip


def test_a_pointer_measures_until_it_is_ended(editor):
    said(editor, obligation=with_amount())
    found = measured(canada(), as_of=date(2026, 1, 1), person=editor, read=books)
    assert found[with_amount()][0].received == Amount(1_000_00, "CAD")

    said(editor, obligation=with_amount(), points=False)
    assert {} == measured(canada(), as_of=date(2026, 1, 1), person=editor, read=books)
    assert ContributionPointer.objects.count() == 2


def test_the_public_and_people_of_other_programmes_see_nothing_of_it(editor):
    ProgrammeRecord.from_value(a_programme(slug="energy")).save()
    other = a_person("eve", Role.FINANCE, programme="energy")
    said(editor, obligation=with_amount())

    for person in (None, other):
        assert {} == measured(canada(), as_of=date(2026, 1, 1), person=person, read=books)


def test_what_has_no_number_and_who_has_no_right_is_refused(editor):
    wordy = next(
        obligation.id
        for obligation in canada().obligations
        if not obligation.money and not obligation.quantity
    )
    for obligation in (wordy, "no-such-thing"):
        with pytest.raises(PointerRefused, match="nothing to measure"):
            said(editor, obligation=obligation)
    editor = a_person("nobody special")
    with pytest.raises(PointerRefused, match="no right"):
        said(editor, obligation=with_amount())


STORY = """
    2025-01-02  pledge    contribution=CA-1 partner=CAN currency=USD amount=700
    2025-01-02  commit    contribution=CA-1 amount=700
    2025-01-03  receive   contribution=CA-1 amount=600
    2025-01-02  pledge    contribution=X partner=NOR currency=USD amount=400
    2025-01-02  commit    contribution=X amount=400
    2025-01-03  receive   contribution=X amount=400
    2025-01-04  allocate  contribution=CA-1 line=L amount=600
    2025-01-04  allocate  contribution=X line=L amount=300
    2025-01-05  order     line=L currency=USD qty=9 unit_price=100
    2025-02-01  deliver   line=L lot=D1 currency=USD qty=6 cost=600
    2025-02-05  accept    lot=D1 currency=USD qty=6 cost=600
    2025-03-01  refund    lot=D1 currency=USD amount=30
    2025-03-02  return_to_partner contribution=CA-1 currency=USD amount=20
"""
"""CA-1 pays two thirds of nine units at 100. Six arrive: 400 of CA-1 and 200 of X, four units and two.

The refund of 30 gives CA-1 20 and X 10, and CA-1 has its 20 given back to it.
"""


@pytest.fixture
def harbour_books(editor):
    open_books("harbour", currencies=["USD"])
    events = [{**event, "recorded_at": "2025-12-01T00:00:00Z"} for event in events_of(STORY)]
    done = replay_into("harbour", event_file_of(events, "story"), today=date(2025, 12, 1))
    assert len(events) == done.counts["ok"]


def rows(person):
    return [
        (
            entry.on.isoformat(),
            entry.stage.value,
            entry.amount.minor if entry.amount else None,
            entry.quantity,
        )
        for entry in read_books("harbour", ["CA-1"], person)
    ]


def test_the_books_say_what_was_received_and_accepted(editor, harbour_books):
    assert [
        ("2025-01-03", "received", 600, None),
        ("2025-02-01", "received", None, 4),
        ("2025-02-05", "accepted", 400, None),
        ("2025-02-05", "accepted", None, 4),
        ("2025-03-01", "accepted", -20, None),
        ("2025-03-02", "received", -20, None),
    ] == rows(editor)


def test_books_that_a_person_may_not_see_say_nothing(harbour_books):
    assert [] == rows(None)


def test_a_contribution_that_the_books_do_not_know_is_refused(editor, harbour_books):
    with pytest.raises(PointerRefused, match="know no contribution “CA-2”"):
        point(
            instrument=canada(), obligation=with_amount(), programme="harbour", contribution="CA-2", points=True,
            reason="", person=editor, now=NOW,
        )  # fmt: skip
