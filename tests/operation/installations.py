"""Installations of their own for tests: a home folder and a database, in the place of the one of the tests.

The database is a file of SQLite, or a database on the PostgreSQL of the tests. Its tables are made once.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.db import connections
from django.test import override_settings
from typer.testing import CliRunner, Result

from pledgeline import cli
from pledgeline.operation import versions
from pledgeline.operation.elsewhere import standing_in
from pledgeline.server.home import secret_key

SERVER = os.environ.get("PLEDGELINE_DATABASE_URL", "")
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
    def entered(self) -> Iterator[None]:
        """Let this thread work on it."""
        options: dict[str, Any] = {"NAME": self.name if SERVER else str(self.file)}
        if SERVER:  # a pool would keep connections to it
            own = connections["default"].settings_dict["OPTIONS"]
            options["OPTIONS"] = {name: value for name, value in own.items() if name != "pool"}
        with override_settings(HOME=self.home, SECRET_KEY=secret_key(self.home)), standing_in(**options):
            yield

    def run(self, *words: object) -> Result:
        """Run a command on it, in this process."""
        with self.entered():
            return CliRunner().invoke(cli.app, [str(word) for word in words])


class Maker:
    """Makes installations, with tables or empty, and takes their databases away again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[str] = []
        self._model = self.empty()
        with self._model.entered():
            versions.migrate()

    def empty(self) -> Installation:
        """Give an installation without a table."""
        made = self._new()
        if SERVER:
            _on_server(f"CREATE DATABASE {made.name}")
        return made

    def installed(self) -> Installation:
        """Give an installation with all tables."""
        made = self._new()
        if SERVER:
            _on_server(f"CREATE DATABASE {made.name} TEMPLATE {self._model.name}")
        else:
            shutil.copyfile(self._model.file, made.file)
            made.file.chmod(0o600)
        return made

    def clear(self) -> None:
        """Drop all databases that were made."""
        if SERVER:
            for name in self._made:
                _on_server(f"DROP DATABASE {name} WITH (FORCE)")

    def _new(self) -> Installation:
        name = f"installation_{uuid.uuid4().hex[:12]}"
        home = self._folder / name
        home.mkdir(mode=0o700)
        self._made.append(name)
        return Installation(home, name)


def _on_server(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement)
