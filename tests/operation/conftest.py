from collections.abc import Iterator
from typing import Any

import pytest

from tests.operation.installations import Installation, Maker


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
