"""A database of each earlier version is renewed by this one, with all that is in it."""

import sqlite3
import subprocess
from contextlib import closing

import pytest
from django.db import connection

from pledgeline.accounts.models import User
from pledgeline.accounts.rights import Act, may
from pledgeline.accounts.roles import MACHINE
from pledgeline.operation.backups import state
from pledgeline.records import guards
from pledgeline.records.books import books_of
from pledgeline.records.models import InstrumentVersion, PlanInput
from pledgeline.records.snapshot import snapshot
from tests.builders import a_programme, a_record
from tests.operation.dump import DUMPS, ENTRIES, PERSON, PROGRAMME
from tests.operation.installations import SERVER, Installation, Maker
from tests.postgresql import programs

pytestmark = pytest.mark.django_db


@pytest.fixture(
    scope="module", params=sorted(file.name.partition(".")[0] for file in DUMPS.glob("*.sqlite.sql"))
)
def renewed(request: pytest.FixtureRequest, maker: Maker) -> Installation:
    """An installation that a dump was loaded into, and that was renewed then; the tests follow upon one another."""
    second = maker.empty()
    file = DUMPS / f"{request.param}.{connection.vendor}.sql"
    if SERVER:
        command = [programs() / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, second.address]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    else:
        with closing(sqlite3.connect(second.file)) as there:
            there.executescript(file.read_text(encoding="utf-8"))
    done = second.run("upgrade")
    assert 0 == done.exit_code, done.stderr
    return second


def test_everything_is_there_and_the_books_verify(renewed: Installation):
    with renewed.entered():
        books = books_of(PROGRAMME, MACHINE)
        olena = User.objects.get(username=PERSON)

        assert ENTRIES == len(books)
        assert () == books.verify().problems
        assert a_programme() == snapshot(PROGRAMME).programme
        assert a_record() == snapshot(PROGRAMME).record
        assert may(olena, Act.KEEP_BOOKS, PROGRAMME)
        assert not may(olena, Act.KEEP_BOOKS)
        assert 1 == PlanInput.objects.count() == InstrumentVersion.objects.count()


def test_its_tables_and_guards_are_those_of_a_new_one(renewed: Installation, first: Installation):
    def tables(installation: Installation) -> dict[str, tuple[str, ...]]:
        with installation.entered():
            assert [] == guards.missing(connection)
            return {name: tuple(table.columns) for name, table in state.table_facts().items()}

    assert tables(first) == tables(renewed)


def test_it_goes_on(renewed: Installation):
    renewed.write(3)

    assert ["e0", "e1", "e2"] == renewed.keys()
