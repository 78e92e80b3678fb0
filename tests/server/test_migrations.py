"""Migrations stand alone: what living code says today cannot change what they did, or keep them from doing it again."""

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import pledgeline

MIGRATIONS = sorted(Path(pledgeline.__file__).parent.glob("*/migrations/[0-9]*.py"))


@pytest.mark.parametrize("file", MIGRATIONS, ids=lambda file: f"{file.parents[1].name}-{file.stem}")
def test_a_migration_knows_nothing_of_our_code(file: Path):
    """One guard appended to a list that a migration read, and no fresh installation came to be any more."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "." * node.level)

    assert set() == {name for name in names if name.startswith(("pledgeline", "."))}


@pytest.mark.django_db
def test_the_tables_are_those_of_the_models():
    """Nothing is left to be migrated, and no model says what no migration made."""
    from django.core.management import call_command

    executor = MigrationExecutor(connection)
    assert [] == executor.migration_plan(executor.loader.graph.leaf_nodes())
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
