"""Whether this program and the tables of a database belong together.

Each migration that a database has been through is written in it. One that waits means that the program is newer
than the tables, one that the program does not know means that it is older than they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Name = tuple[str, str]
"""A migration: its app, and its own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseHistory:
    """What a database has been through, seen from this program."""

    applied: tuple[str, ...]
    waiting: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def are_missing(self) -> bool:
        """Say whether nothing has been made there yet."""
        return not self.applied

    @property
    def trouble(self) -> str:
        """Say why this program cannot work with these tables, with the way out; nothing where it can."""
        if self.unknown:
            return (
                f"the database was made by a newer version than this one, {program_version()}: it has been through "
                f"{_some(self.unknown)}, unknown here. Install that version again, or restore the backup that "
                "`pledgeline upgrade` kept before"
            )
        if self.waiting:
            return (
                f"the tables are of an older version than this one, {program_version()}: {_some(self.waiting)} "
                "waits. Stop the site and run `pledgeline upgrade`, which keeps a backup first"
            )
        return ""


def tables() -> DatabaseHistory:
    """Read what the database has been through.

    Raises:  DatabaseError.
    """
    there = _loader_of_program()
    applied = list(MigrationRecorder(connection).applied_migrations())
    done = {
        *applied,
        *(key for key, migration in there.replacements.items() if set(migration.replaces) <= set(applied)),
    }
    known = {
        *there.disk_migrations,
        *(name for migration in there.replacements.values() for name in migration.replaces),
    }
    wanted = dict.fromkeys(
        name for leaf in there.graph.leaf_nodes() for name in there.graph.forwards_plan(leaf)
    )
    return DatabaseHistory(
        applied=tuple(map(_text, applied)),
        waiting=tuple(_text(name) for name in wanted if name not in done),
        unknown=tuple(_text(name) for name in applied if name not in known),
    )


def unknown_here(names: Iterable[str]) -> list[str]:
    """List the migrations, of a backup for example, that this program does not know."""
    known = set(map(_text, _loader_of_program().disk_migrations))
    return [name for name in names if name not in known]


def _loader_of_program() -> MigrationLoader:
    return _loader_for(tuple(config.name for config in apps.get_app_configs()))


@lru_cache(maxsize=2)
def _loader_for(_apps: tuple[str, ...]) -> MigrationLoader:
    """Read the migrations that come with this program: they stay while it runs."""
    return MigrationLoader(None)


def migrate() -> None:
    """Make the tables as this program needs them: Django is asked only where a migration waits, as it asks for long."""
    if tables().waiting:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)


def migrate_to(names: Iterable[str]) -> None:
    """Make the tables in an empty database as they were after these migrations, all of which are known here."""
    wanted = set(map(_name, names))
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    last = [
        name
        for name in wanted
        if not any(child.key in wanted and child.key[0] == name[0] for child in graph.node_map[name].children)
    ]
    executor.migrate(last)


def program_version() -> str:
    return version("pledgeline")


def _text(name: Iterable[str]) -> str:
    return ".".join(name)


def _name(text: str) -> Name:
    app, _, name = text.partition(".")
    return app, name


def _some(names: tuple[str, ...]) -> str:
    return f"{names[0]} and {len(names) - 1} more" if len(names) > 1 else names[0]
