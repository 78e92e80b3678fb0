"""Lists that were JSON texts in a row come back as they were, and each name in them points to what it means."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from pledgeline.accounts.roles import MACHINE
from pledgeline.actions.records import load_record
from pledgeline.exchange.record import read_folder, shipped
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme
from pledgeline.records.models import KINDS, PartyRecord, ProgrammeRecord
from pledgeline.records.parties import parties
from pledgeline.records.snapshot import snapshot
from tests.builders import A_DAY, a_programme, a_record, an_announcement
from tests.operation.installations import Installation, Maker

pytestmark = pytest.mark.django_db
BEFORE = [("records", "0004_plans_are_jobs")]

SMALL = a_record(
    announcements=(
        an_announcement(
            "C2", partners=("EU", "NOR", "KOR"), sources=("S009", "S001", "S009"), relates_to=("C1",)
        ),
        an_announcement("C1", partners=("NOR",), sources=()),
    )
)


def enter_as_before(apps: Any, programme: Programme, record: PublicRecord) -> None:
    """Enter a record into tables whose lists are JSON."""
    before = apps.get_model("records", "ProgrammeRecord")
    known = {field.name for field in before._meta.get_fields()}
    columns = {name: told for name, told in ProgrammeRecord.columns_of(programme).items() if name in known}
    row = before.objects.create(slug=programme.slug, **columns)
    for kind, model in KINDS.items():
        rows = []
        for place, value in enumerate(getattr(record, kind)):
            new = model.from_value(value, programme=ProgrammeRecord(), place=place)
            content = {name: getattr(new, name) for name in (*model.KEY, *model.content())}
            content |= {name: list(names) for name, names in new.lists.items()}
            content |= {name: str(each) for name, each in content.items() if isinstance(each, Decimal)}
            rows.append(apps.get_model("records", model.__name__)(programme=row, **content))
        apps.get_model("records", model.__name__).objects.bulk_create(rows)


@pytest.fixture(scope="module")
def before(maker: Maker) -> Installation:
    """An installation with the tables of before, and nothing in them."""
    made = maker.empty()
    with made.entered():
        executor = MigrationExecutor(connection)
        executor.migrate(
            [*BEFORE, *(key for key in executor.loader.graph.leaf_nodes() if key[0] != "records")]
        )
    return made


@pytest.fixture
def second(maker: Maker, before: Installation, db: None) -> Installation:
    """One like it."""
    return maker.copied(before)


def migrated(*entered: tuple[Programme, PublicRecord]) -> None:
    """Enter records into the tables of before, and bring them to what they are now."""
    apps = MigrationExecutor(connection).loader.project_state(BEFORE).apps
    for programme, record in entered:
        enter_as_before(apps, programme, record)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def links() -> dict[str, list[tuple[str, str | None]]]:
    """Give every name in every list and the key of what it points to, by kind and list."""
    return {
        f"{kind}.{name}": list(
            link.objects.order_by("row__programme", "row__place", "place").values_list("ref", "target__ref")
        )
        for kind, model in KINDS.items()
        for name, link in model.links().items()
    }


def test_the_shipped_record_is_what_it_was_and_as_if_it_were_loaded_now(
    second: Installation, first: Installation
):
    """A load of the same changes nothing, and no link or party differs from those of a new installation."""
    (reading,) = [read_folder(folder) for folder in shipped() if folder.name == "purl"]
    load = {"programme": reading.programme, "record": reading.record, "today": A_DAY, "by": "a test"}
    with second.entered():
        migrated((reading.programme, reading.record))
        migrated_links, migrated_parties = links(), {party.ref: party for party in parties()}

        assert reading.record == snapshot("purl", MACHINE).record
        assert reading.programme == snapshot("purl", MACHINE).programme
        assert not load_record(prune=True, **load).changes_anything
    with first.entered():
        load_record(prune=True, **load)

        assert links() == migrated_links
        assert {party.ref: party for party in parties()} == migrated_parties
    assert all(target for pairs in migrated_links.values() for _name, target in pairs)


def test_names_of_nothing_stay_and_programmes_share_parties(second: Installation):
    """S009 is no source. Rail says UNION where harbour says EU, and means another by EU."""
    rail = a_programme(slug="rail", parties={"UNION": "EUROPEAN UNION", "EU": "Eastern Utilities"})
    same = a_record(announcements=(an_announcement(partners=("UNION", "EU", "??"), sources=("S001",)),))
    with second.entered():
        migrated((a_programme(parties={"EU": "European  Union"}), SMALL), (rail, same))
        found = links()

        assert [
            ("EU", "EU"),
            ("NOR", "NOR"),
            ("KOR", "KOR"),
            ("NOR", "NOR"),
            ("UNION", "EU"),
            ("EU", "EU-rail"),
            ("??", None),
        ] == found["announcements.partners"]
        assert [("S009", None), ("S001", "S001"), ("S009", None), ("S001", "S001")] == found[
            "announcements.sources"
        ]
        assert [("C1", "C1")] == found["announcements.relates_to"]
        assert {
            "EU": ("European Union", "organisation"),
            "EU-rail": ("Eastern Utilities", "organisation"),
            "KOR": ("South Korea", "state"),
            "NLD": ("Netherlands", "state"),
            "NOR": ("Norway", "state"),
        } == {row.ref: (row.name, row.kind) for row in PartyRecord.objects.all()}
        assert SMALL == snapshot("harbour", MACHINE).record
        assert same == snapshot("rail", MACHINE).record
