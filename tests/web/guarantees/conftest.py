"""People and texts for the tests of the room of guarantees."""

from pathlib import Path

import pytest

from pledgeline.programme.roles import Role
from pledgeline.records.models import ProgrammeRecord
from pledgeline.records.register import SHIPPED
from tests.builders import a_programme
from tests.people import a_person


@pytest.fixture
def shipped():
    """The text of a shipped instrument by its id."""
    return lambda id_: Path(SHIPPED / f"{id_}.toml").read_text(encoding="utf-8")


@pytest.fixture
def editor(db):
    return a_person("olena", Role.REGISTER_EDITOR)


@pytest.fixture
def two_programmes(db):
    for slug in ("harbour", "energy"):
        ProgrammeRecord.from_value(a_programme(slug=slug)).save()


@pytest.fixture
def drafter(two_programmes):
    """Somebody who edits the drafts of one programme, and nothing else."""
    return a_person("marta", Role.REGISTER_EDITOR, programme="harbour")
