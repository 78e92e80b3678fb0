"""Installations of their own for tests: a home folder and a database, in the place of the one of the tests.

The database is a file of SQLite, or a database on the PostgreSQL of the tests. Its tables are made once.
"""

import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connections
from django.test import override_settings
from typer.testing import CliRunner, Result

from pledgeline import cli
from pledgeline.operation.elsewhere import standing_in
from pledgeline.server.keys import key_places, secret_keys
from tests.tables import SERVER, made_tables
from tests.torture import stage

FILE = "pledgeline.sqlite3"


@dataclass(frozen=True)
class Installation:
    """A home folder, and where its database is."""

    home: Path
    name: str

    @property
    def file(self) -> Path:
        return self.home / FILE

    @property
    def address(self) -> str:
        """Give what PLEDGELINE_DATABASE_URL is for it."""
        return urlsplit(SERVER)._replace(path=f"/{self.name}").geturl() if SERVER else ""

    @property
    def environment(self) -> dict[str, str]:
        """Give the environment of a process that works on it."""
        return {**os.environ, "PLEDGELINE_HOME": str(self.home), "PLEDGELINE_DATABASE_URL": self.address}

    @contextmanager
    def entered(self, *apps: str, **other: str) -> Iterator[None]:
        """Let this thread work on it, with a program that has these apps besides, and as another role."""
        options: dict[str, Any] = {**other, "NAME": self.name if SERVER else str(self.file)}
        if SERVER:  # a pool would keep connections to it
            own = connections["default"].settings_dict["OPTIONS"]
            options["OPTIONS"] = {name: value for name, value in own.items() if name != "pool"}
        installed = [*settings.INSTALLED_APPS, *(f"tests.operation.{app}" for app in apps)]
        ours = override_settings(
            HOME=self.home,
            SECRET_KEY=secret_keys(self.home)[0],
            KEY_PLACES=key_places(self.home),
            INSTALLED_APPS=installed,
        )
        with ours, standing_in(**options):
            yield

    def run(self, *words: object, apps: Sequence[str] = ()) -> Result:
        """Run a command on it, in this process."""
        with self.entered(*apps):
            return CliRunner().invoke(cli.app, [str(word) for word in words])

    def run_as(self, role: str, *words: object) -> Result:
        """Run a command under a role of PostgreSQL whose password is x."""
        with self.entered(USER=role, PASSWORD="x"):
            return CliRunner().invoke(cli.app, [str(word) for word in words])

    def write(self, entries: int, *, begin: int = 0) -> None:
        """Enter so many orders into books of its own, after making them where they are not there."""
        with self.entered():
            if not begin:
                stage.make_books()
                stage.funded("C", 10**6)
            for number in range(begin, begin + entries):
                stage.enter(f"e{number}", "allocate", contribution="C", line="L", currency="USD", amount=1)

    def keys(self) -> list[str]:
        """Give the keys of all entries that somebody ordered, verified."""
        with self.entered():
            report = stage.stored().verify()
            assert not report.problems, report.problems
            return [entry.key for entry in stage.stored().entries if entry.kind == "allocate"]


class Maker:
    """Makes installations, with tables or empty, and takes their databases away again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[str] = []
        self._model = made_tables()

    def empty(self) -> Installation:
        """Give an installation without a table."""
        made = self._new()
        if SERVER:
            _on_server(f"CREATE DATABASE {made.name}")
        return made

    def installed(self) -> Installation:
        """Give an installation with all tables."""
        return self._like(self._model)

    def copied(self, installation: Installation) -> Installation:
        """Give an installation with the tables of another one and what is in them."""
        return self._like(installation.name if SERVER else installation.file)

    def _like(self, model: Path | str) -> Installation:
        made = self._new()
        if SERVER:
            _on_server(f"CREATE DATABASE {made.name} TEMPLATE {model}")
        else:
            shutil.copyfile(model, made.file)
            made.file.chmod(0o600)
        return made

    def clear(self) -> None:
        """Drop all databases that were made, on a server that goes on."""
        if SERVER and "PLEDGELINE_TEST_DATABASE_URL" in os.environ:
            for name in self._made:
                _on_server(f"DROP DATABASE {name} WITH (FORCE)")

    def _new(self) -> Installation:
        name = f"installation_{uuid.uuid4().hex[:12]}"
        home = self._folder / name
        home.mkdir(mode=0o700)
        secret_keys(home)
        self._made.append(name)
        return Installation(home, name)


def _on_server(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)
