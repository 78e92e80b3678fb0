"""A short form of each part of the torture, on the database that the tests run on. `do.py torture` does more."""

import os
import tempfile
import uuid
from pathlib import Path

import pytest

from tests.torture import stage
from tests.torture.ledger import Ground, parts

pytestmark = pytest.mark.django_db
VENDOR = os.environ.get("PLEDGELINE_TEST_DATABASE", "sqlite")


class TestGround(Ground):
    """Takes new databases from the PostgreSQL of the tests, if that is what they run on."""

    __test__ = False

    def address(self, vendor):
        if vendor == "sqlite":
            return ""
        import psycopg

        server, name = os.environ["PLEDGELINE_DATABASE_URL"], f"torture_{uuid.uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def folder():
    """Give a folder of its own: the one of pytest is closed to the user of PostgreSQL by each run that starts."""
    with tempfile.TemporaryDirectory(prefix="pledgeline-tests-", ignore_cleanup_errors=True) as made:
        yield Path(made)


@pytest.mark.parametrize("part", parts(short=True))
def test_the_books_survive(part, folder):
    vendors, run = parts(short=True)[part]
    if VENDOR not in vendors:
        pytest.skip(f"this part is for {' and '.join(vendors)}")
    if part == "server kills" and "PLEDGELINE_TEST_DATABASE_URL" in os.environ:
        pytest.skip("a server that somebody else runs is not killed")

    answer = run(TestGround(folder), VENDOR)

    assert [] == answer["wrong"]
    assert not answer.get("silent")


def test_a_part_in_a_process_of_its_own_says_what_it_found(tmp_path):
    assert {"wrong", "kinds"} == stage.call("sequences:bad_input", home=tmp_path).keys()
