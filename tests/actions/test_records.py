"""A load says exactly what it did, and does all of it or nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.records import KindReport, LoadReport, load_record
from pledgeline.money import Amount
from pledgeline.programme.record import PublicRecord
from pledgeline.records.models import KINDS, AnnouncementRecord, LoadNote, ProgrammeRecord, RateRecord
from pledgeline.records.models.announcements import AnnouncementSource
from pledgeline.records.snapshot import snapshot
from tests.builders import (
    a_delivery,
    a_programme,
    a_rate,
    a_record,
    a_source,
    a_stated_total,
    an_announcement,
)

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 1)


def load(record: PublicRecord, *, prune: bool = False, **given: Any) -> LoadReport:
    return load_record(
        **{
            "programme": a_programme(),
            "record": record,
            "prune": prune,
            "today": TODAY,
            "by": "a test",
            **given,
        }
    )


def told(*ids: str, **given: Any) -> PublicRecord:
    return a_record(announcements=tuple(an_announcement(ref, **given) for ref in ids))


def test_a_first_load_adds_everything():
    report = load(told("C1", "C2"))

    assert report.settings == "added"
    assert report.kinds["announcements"] == KindReport(added=("C1", "C2"))
    assert report.kinds["rates"] == KindReport(added=("2025-08-04 EUR/USD",))
    assert report.kinds["deliveries"] == KindReport(added=("2025-09 PKG01 The first crane arrived",))
    assert report.revision == 1


def test_a_second_load_of_the_same_changes_nothing():
    load(told("C1", "C2"))
    report = load(told("C1", "C2"))

    assert not report.changes_anything
    assert report.kinds["announcements"] == KindReport(unchanged=("C1", "C2"))
    assert report.revision == 1
    assert snapshot("harbour", MACHINE).revision == 1


def test_rows_are_counted_by_what_happens_to_them():
    """C1 stays as it was, C2 is corrected, C3 is no longer in the file, C4 is new."""
    load(told("C1", "C2", "C3"))
    corrected = an_announcement("C2", amount=Amount(1, "EUR"))
    report = load(a_record(announcements=(an_announcement("C1"), corrected, an_announcement("C4"))))

    assert report.kinds["announcements"] == KindReport(
        added=("C4",), changed=("C2",), unchanged=("C1",), kept=("C3",)
    )
    assert report.revision == 2
    assert [row.id for row in snapshot("harbour", MACHINE).record.announcements] == ["C1", "C2", "C4", "C3"]
    assert snapshot("harbour", MACHINE).record.announcements[1] == corrected


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("announcements", "note", "corrected"),
        ("announcements", "sources", ("S001", "S002")),
        ("packages", "delivery_reported_on", TODAY),
        ("deliveries", "note", "corrected"),
        ("stated_totals", "unit", "EUR"),
        ("items", "lead_time_months_low", None),
        ("sources", "title", "corrected"),
        ("rates", "source", "S002"),
    ],
)
def test_one_changed_field_is_one_changed_row(kind: str, field: str, value: Any):
    load(a_record())
    (row,) = getattr(a_record(), kind)
    corrected = a_record(**{kind: (replace(row, **{field: value}),)})
    report = load(corrected)

    assert {name: each.counts()["changed"] for name, each in report.kinds.items()} == {
        name: int(name == kind) for name in KINDS
    }
    assert snapshot("harbour", MACHINE).record == corrected


def test_two_conflicting_totals_both_stay():
    both = (a_stated_total("4180000000"), a_stated_total("4300000000"))
    load(a_record(stated_totals=both))

    assert snapshot("harbour", MACHINE).record.stated_totals == both


def test_a_total_written_with_another_number_of_zeros_is_the_same_statement():
    load(a_record(stated_totals=(a_stated_total("4.1800"),)))
    report = load(a_record(stated_totals=(a_stated_total("4.18"),)))

    assert report.kinds["stated_totals"] == KindReport(
        unchanged=("2025-08-04 total_contributed_usd a minister 4.18",)
    )


def test_kept_rows_stay_kept_and_a_repeated_load_writes_nothing():
    load(told("C1", "C2"))
    load(told("C2"))
    report = load(told("C2"))

    assert report.kinds["announcements"] == KindReport(unchanged=("C2",), kept=("C1",))
    assert report.revision == 2


def test_pruning_removes_what_the_record_has_not():
    load(told("C1", "C2", "C3"))
    report = load(told("C2"), prune=True)

    assert report.kinds["announcements"] == KindReport(unchanged=("C2",), removed=("C1", "C3"))
    assert [row.id for row in snapshot("harbour", MACHINE).record.announcements] == ["C2"]


def test_a_load_of_one_kind_leaves_the_others_and_lets_their_names_point_anew():
    """The source that C1 names was lost by an earlier load, and comes back."""
    load(told("C1", "C2"))
    load(replace(told("C1", "C2"), sources=()), prune=True)
    assert AnnouncementSource.objects.filter(target=None).count() == 2
    report = load(a_record(announcements=()), prune=True, only=("sources",))

    assert set(report.kinds) == {"sources"}
    assert report.kinds["sources"].added == ("S001",)
    assert AnnouncementSource.objects.filter(target__ref="S001").count() == 2


def test_pruning_with_an_empty_record_leaves_nothing():
    load(a_record())
    report = load(PublicRecord(), prune=True)

    assert all(len(kind.removed) == 1 for kind in report.kinds.values())
    assert snapshot("harbour", MACHINE).record == PublicRecord()


def test_a_new_order_is_kept_and_is_no_change_of_a_row():
    load(told("C1", "C2"))
    report = load(told("C2", "C1"))

    assert report.kinds["announcements"] == KindReport(unchanged=("C2", "C1"))
    assert not report.changes_anything
    assert [row.id for row in snapshot("harbour", MACHINE).record.announcements] == ["C2", "C1"]


def test_changed_settings_are_said_and_kept():
    load(a_record())
    renamed = a_programme(name="Harbour and Rail Fund (invented)")
    report = load(a_record(), programme=renamed)

    assert report.settings == "changed"
    assert report.revision == 2
    assert snapshot("harbour", MACHINE).programme == renamed


def test_another_programme_is_left_alone():
    load(told("C1", "C2"))
    load(told("C9"), programme=a_programme(slug="rail"), prune=True)

    assert [row.id for row in snapshot("harbour", MACHINE).record.announcements] == ["C1", "C2"]
    assert [row.id for row in snapshot("rail", MACHINE).record.announcements] == ["C9"]


def test_a_dry_run_says_the_same_and_writes_nothing():
    load(told("C1", "C2"))
    state = snapshot("harbour", MACHINE)
    dry = load(told("C1", "C3", note="corrected"), prune=True, dry_run=True)

    assert snapshot("harbour", MACHINE) is state
    assert LoadNote.objects.count() == 1
    wet = load(told("C1", "C3", note="corrected"), prune=True)
    assert dry.kinds == wet.kinds


def test_a_dry_run_of_a_first_load_leaves_no_programme():
    report = load(a_record(), dry_run=True)

    assert report.settings == "added"
    assert report.kinds["sources"] == KindReport(added=("S001",))
    assert not ProgrammeRecord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_load_whose_last_row_fails_leaves_everything_as_it_was():
    """Rates are written last; the database refuses a rate from EUR to EUR."""
    load(told("C1"))
    state = snapshot("harbour", MACHINE)
    broken = replace(
        told("C1", "C2", note="corrected"),
        sources=(),
        rates=(a_rate(), a_rate(currency="NOK"), a_rate(currency="EUR")),
    )

    with pytest.raises(DatabaseError):
        load(broken, prune=True, programme=a_programme(name="Another name"))

    assert snapshot("harbour", MACHINE) is state
    assert AnnouncementRecord.objects.count() == RateRecord.objects.count() == LoadNote.objects.count() == 1
    assert ProgrammeRecord.objects.get().to_value() == a_programme()


@pytest.mark.django_db(transaction=True)
def test_a_first_load_that_fails_leaves_no_programme():
    with pytest.raises(DatabaseError):
        load(a_record(rates=(a_rate(currency="EUR"),)))

    assert not ProgrammeRecord.objects.exists()


@pytest.mark.parametrize(
    "record",
    [
        a_record(announcements=(an_announcement("C1"), an_announcement("C1", note="again"))),
        a_record(sources=(a_source(), a_source())),
        a_record(rates=(a_rate("1.1"), a_rate("1.2"))),
        a_record(deliveries=(a_delivery(), a_delivery(note="again"))),
        a_record(stated_totals=(a_stated_total(), a_stated_total(note="again"))),
    ],
)
def test_two_rows_with_one_key_are_refused_before_anything_is_written(record: PublicRecord):
    with pytest.raises(ValueError, match="two rows of"):
        load(record)

    assert not ProgrammeRecord.objects.exists()


def test_every_load_is_noted():
    load(told("C1", "C2"))
    load(told("C2"), prune=True, by="a clerk")
    first, second = LoadNote.objects.all()

    assert (first.loaded_by, first.loaded_on, first.pruned, first.revision) == ("a test", TODAY, False, 1)
    assert (second.loaded_by, second.pruned, second.revision) == ("a clerk", True, 2)
    assert second.counts["announcements"] == {
        "added": 0,
        "changed": 0,
        "unchanged": 1,
        "kept": 0,
        "removed": 1,
    }


def test_progress_is_told_until_all_rows_are_written():
    steps: list[tuple[str, int, int]] = []
    load(told(*(f"C{number}" for number in range(5_000))), progress=lambda *step: steps.append(step))

    announced = [(done, of) for kind, done, of in steps if kind == "announcements"]
    assert announced[-1] == (5_000, 5_000)
    assert announced == sorted(announced)
