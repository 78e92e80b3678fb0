"""A record's names become rows that point to what they mean; a party is one row, whichever programmes name it."""

from datetime import date
from typing import Any

import pytest

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.records import KindReport, LoadReport, load_record
from pledgeline.programme.parties import Party, PartyKind
from pledgeline.programme.record import PublicRecord
from pledgeline.records.models import AnnouncementRecord, DeliveryRecord, PackageRecord, PartyRecord
from pledgeline.records.models.announcements import (
    AnnouncementPartner,
    AnnouncementRelation,
    AnnouncementSource,
)
from pledgeline.records.parties import parties, party_of
from pledgeline.records.snapshot import snapshot
from tests.builders import a_package, a_programme, a_record, a_source, an_announcement

pytestmark = pytest.mark.django_db


def load(record: PublicRecord, *, prune: bool = False, **settings: Any) -> LoadReport:
    return load_record(
        programme=a_programme(**settings), record=record, prune=prune, today=date(2025, 9, 1), by="a test"
    )


def told(*partners: str, **given: Any) -> PublicRecord:
    return a_record(announcements=(an_announcement(partners=partners, **given),), packages=())


def partners_of(programme: str = "harbour") -> list[tuple[str, str | None]]:
    """Give the codes of partners as they are written, and the party of each."""
    links = AnnouncementPartner.objects.filter(row__programme__slug=programme).order_by("row", "place")
    return list(links.values_list("ref", "target__ref"))


def test_a_country_is_a_party_with_all_its_names():
    """Korea has another name in the register of guarantees, the Netherlands have not."""
    load(told("KOR", "NLD"))

    assert [
        Party(
            ref="KOR",
            name="South Korea",
            kind=PartyKind.STATE,
            country="KR",
            other_names=("Південна Корея", "Republic of Korea"),
        ),
        Party(
            ref="NLD",
            name="Netherlands",
            kind=PartyKind.STATE,
            country="NL",
            other_names=("Нідерланди",),
        ),
    ] == parties()


def test_programmes_share_a_party_and_its_name_says_so():
    """Rail calls by UNION what harbour calls by EU: one party, under the code that came first."""
    load(told("NOR", "EU"), parties={"EU": "European Union"})
    load(told("UNION", "NOR"), slug="rail", parties={"UNION": " european  union"})

    assert ["EU", "NOR"] == [party.ref for party in parties()]
    assert [("NOR", "NOR"), ("EU", "EU")] == partners_of()
    assert [("UNION", "EU"), ("NOR", "NOR")] == partners_of("rail")


def test_one_code_for_two_parties_is_two_parties():
    load(told("ALP"), parties={"ALP": "Alpine Fund"})
    load(told("ALP"), slug="rail", parties={"ALP": "Alp Power"})

    assert {"ALP": "Alpine Fund", "ALP-rail": "Alp Power"} == {party.ref: party.name for party in parties()}
    assert [("ALP", "ALP-rail")] == partners_of("rail")
    assert "Alp Power" == party_of(a_programme(parties={"ALP": "Alp Power"}), "ALP").name


def test_a_code_that_the_settings_give_to_another_party_means_that_one_from_then_on():
    load(told("ALP"), parties={"ALP": "Alpine Fund"})
    load(told("ALP"), parties={"ALP": "Alp Power"})

    assert [("ALP", "ALP-harbour")] == partners_of()
    assert ["ALP", "ALP-harbour"] == [party.ref for party in parties()]


def test_a_code_of_nobody_stays_as_it_is_written():
    """No reader lets it through."""
    load(told("NLD", "???"))

    assert [("NLD", "NLD"), ("???", None)] == partners_of()
    assert ("NLD", "???") == snapshot("harbour", MACHINE).record.announcements[0].partners


def test_no_load_takes_a_party_away():
    load(told("NOR"))
    load(PublicRecord(), prune=True)

    assert ["NOR"] == [party.ref for party in parties()]


def test_rows_are_found_by_what_they_name():
    load(
        a_record(
            announcements=(
                an_announcement("C1", partners=("NLD", "NOR"), sources=("S002", "S001")),
                an_announcement("C2", partners=("NOR",)),
            ),
            sources=(a_source("S001"), a_source("S002")),
        )
    )
    refs = AnnouncementRecord.objects.order_by("ref").values_list("ref", flat=True)

    assert ["C1", "C2"] == list(refs.filter(partners__ref="NOR"))
    assert ["C1"] == list(refs.filter(partners__ref="NOR", sources__ref="S002"))
    assert ["PKG01"] == list(PackageRecord.objects.filter(funders__ref="NLD").values_list("ref", flat=True))
    assert 1 == DeliveryRecord.objects.filter(packages__ref="PKG01").count()


def test_a_list_keeps_its_order_and_what_it_says_twice():
    row = an_announcement(partners=("SWE", "DNK", "NOR"), sources=("S003", "S001", "S003"))
    load(a_record(announcements=(row,)))
    read = snapshot("harbour", MACHINE).record.announcements

    assert (row,) == read


def test_another_order_of_a_list_is_another_row():
    load(told("SWE", "DNK"))
    report = load(told("DNK", "SWE"))

    assert KindReport(changed=("C001",)) == report.kinds["announcements"]
    assert [("DNK", "DNK"), ("SWE", "SWE")] == partners_of()


def test_lists_of_a_row_that_only_moves_are_not_written_again():
    """C1 and C2 change places: their links stay the rows that they were."""
    rows = an_announcement("C1", relates_to=("C2",)), an_announcement("C2")
    load(a_record(announcements=rows))
    before = set(AnnouncementSource.objects.values_list("pk", flat=True))
    load(a_record(announcements=rows[::-1]))

    assert before == set(AnnouncementSource.objects.values_list("pk", flat=True))


def test_a_row_relates_to_one_that_stands_below_it():
    load(a_record(announcements=(an_announcement("C1", relates_to=("C2",)), an_announcement("C2"))))
    link = AnnouncementRelation.objects.get()

    assert ("C1", "C2", "C2") == (link.row.ref, link.ref, link.target.ref)


def test_what_is_told_of_a_source_that_was_taken_away_stays_told_and_points_again_when_it_is_back():
    first = a_record()
    load(first)
    load(a_record(sources=()), prune=True)
    gone = AnnouncementSource.objects.get()
    again = load(a_record(sources=()), prune=True)

    assert ("S001", None) == (gone.ref, gone.target)
    assert not again.changes_anything
    assert ("S001",) == snapshot("harbour", MACHINE).record.announcements[0].sources

    load(first)

    assert "S001" == AnnouncementSource.objects.get().target.ref
    assert first == snapshot("harbour", MACHINE).record


def test_lists_go_with_their_row():
    load(a_record(announcements=(an_announcement("C1"), an_announcement("C2", relates_to=("C1",)))))
    load(a_record(announcements=(an_announcement("C2", relates_to=("C1",)),)), prune=True)

    assert ["C2"] == list(AnnouncementSource.objects.values_list("row__ref", flat=True))
    assert [("C1", None)] == list(AnnouncementRelation.objects.values_list("ref", "target"))


def test_another_programme_is_not_pointed_to():
    load(a_record())
    load(a_record(sources=(), announcements=(an_announcement(relates_to=("C001",)),)), slug="rail")
    sources = AnnouncementSource.objects.filter(row__programme__slug="rail")

    assert [("S001", None)] == list(sources.values_list("ref", "target"))


def test_a_dry_run_makes_no_party():
    load_record(
        programme=a_programme(),
        record=told("NOR"),
        prune=False,
        today=date(2025, 9, 1),
        by="a test",
        dry_run=True,
    )

    assert not PartyRecord.objects.exists()


def test_a_package_of_nobody_has_no_party():
    load(PublicRecord(packages=(a_package(funders=()),)))

    assert [] == parties()
