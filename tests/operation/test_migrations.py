"""Migrations stand alone: none of them changes what it does because the program has changed."""

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

import pledgeline
from pledgeline.operation import versions
from pledgeline.records import guards
from tests.operation.installations import Installation

MIGRATIONS = sorted(Path(pledgeline.__file__).parent.glob("*/migrations/*.py"))


def imported(file: Path) -> set[str]:
    """Name the modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(f"{'.' * node.level}{node.module or ''}")
    return found


@pytest.mark.parametrize("file", MIGRATIONS, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_no_migration_imports_the_living_program(file: Path):
    assert not {name for name in imported(file) if name.startswith(("pledgeline", "."))}


@pytest.mark.django_db
def test_a_guard_added_to_the_living_list_changes_no_fresh_installation(second: Installation, monkeypatch):
    """The guard is for a table that only a later migration makes: migrations that ran it would fail."""
    later = {
        "sqlite": "CREATE TRIGGER books_later BEFORE DELETE ON books_later BEGIN SELECT 1; END",
        "postgresql": "CREATE TRIGGER books_later BEFORE DELETE ON books_later "
        "FOR EACH ROW EXECUTE FUNCTION books_refuse_change()",
    }
    living = guards.statements
    monkeypatch.setattr(guards, "statements", lambda vendor: [*living(vendor), later[vendor]])
    with second.entered():
        versions.migrate()

        assert ["books_later"] == guards.missing(connection)


def test_every_migration_of_a_database_before_the_tables_began_anew_is_unknown():
    """So that such a database is never taken for one that could be renewed."""
    from pledgeline.operation.earlier import MARK

    assert MARK not in MigrationLoader(None).disk_migrations
