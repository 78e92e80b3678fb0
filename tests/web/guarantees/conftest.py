"""People and texts for the tests of the room of guarantees."""

from pathlib import Path

import pytest

from pledgeline.actions import people
from pledgeline.records.models import ProgrammeRecord
from pledgeline.records.people import Right, Role
from pledgeline.records.register import SHIPPED
from tests.builders import a_programme

PASSWORD = "harbour-lantern-otter"


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def shipped():
    """The text of a shipped instrument by its id."""
    return lambda id_: Path(SHIPPED / f"{id_}.toml").read_text(encoding="utf-8")


@pytest.fixture
def editor(db):
    return people.add_person(name="olena", right=Right(role=Role.REGISTER_EDITOR), password=PASSWORD)


@pytest.fixture
def two_programmes(db):
    for slug in ("harbour", "energy"):
        ProgrammeRecord.from_value(a_programme(slug=slug)).save()


@pytest.fixture
def drafter(two_programmes):
    """Somebody who edits the drafts of one programme, and nothing else."""
    right = Right(role=Role.REGISTER_EDITOR, programme="harbour")
    return people.add_person(name="marta", right=right, password=PASSWORD)
