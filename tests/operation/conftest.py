from collections.abc import Iterator
from typing import Any

import pytest

from tests.operation.installations import Installation, Maker
from tests.tables import restored_by_copying


@pytest.fixture(scope="session")
def maker(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Maker]:
    with django_db_blocker.unblock():
        made = Maker(tmp_path_factory.mktemp("installations"))
        yield made
        made.clear()


@pytest.fixture
def first(maker: Maker, db: None) -> Installation:
    """An installation with all tables, in which nothing was entered yet."""
    return maker.installed()


@pytest.fixture
def second(maker: Maker, db: None) -> Installation:
    """A place for another installation: nothing is there."""
    return maker.empty()


@pytest.fixture
def by_migrations() -> None:
    """Have the tables of a PostgreSQL that is restored made by the migrations, as everywhere but in tests."""


@pytest.fixture(autouse=True)
def tables_are_copied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test that restores not wait seconds for tables that the migrations make the same each time."""
    if "by_migrations" in request.fixturenames:
        yield
    else:
        with restored_by_copying():
            yield
