"""What all tests with a database begin with."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any
) -> None:
    """Have the tables made once for all workers; pytest-django asks for this before it makes a database."""
    from tests.tables import begin_with_them

    with django_db_blocker.unblock():
        begin_with_them()


@pytest.fixture(scope="session")
def begin_home(django_db_blocker: Any) -> Callable[[Path], None]:
    """Give what makes the home of an installation with an embedded database that has its tables, and nothing else."""
    from tests.tables import made_tables

    def begin(home: Path) -> None:
        home.mkdir(mode=0o700)
        with django_db_blocker.unblock():
            shutil.copyfile(made_tables(), home / "pledgeline.sqlite3")
        (home / "pledgeline.sqlite3").chmod(0o600)

    return begin
