"""What all tests with a database begin with."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.examples import try_a_few

try_a_few()


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


@pytest.fixture(scope="session")
def installed(
    tmp_path_factory: pytest.TempPathFactory, begin_home: Callable[[Path], None]
) -> Iterator[dict[str, str]]:
    """What installations are copied from: made as `up` makes it, which takes half of a first start."""
    from tests.server.conftest import MAKE_READY, installation

    with installation(tmp_path_factory.mktemp("installed"), like="") as environment:
        if not environment.get("PLEDGELINE_DATABASE_URL"):
            begin_home(Path(environment["PLEDGELINE_HOME"]))
        subprocess.run([sys.executable, "-c", MAKE_READY], env=environment, check=True, capture_output=True)
        yield environment
