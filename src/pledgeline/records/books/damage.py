"""What is wrong with the database itself, beside what the rows of the books say: its file, its guards, its tables."""

import sqlite3
from contextlib import closing

from django.db import DatabaseError, connection

from pledgeline.records import guards
from pledgeline.records.books import sql


def damage_of(file: str) -> list[str]:
    """Have SQLite check its file, every index against its table.

    It takes as long as a third of all the rest, and is no work of Python: done beside it, nobody waits for it.
    """
    try:
        with closing(sqlite3.connect(file)) as database:
            said = [row for (row,) in database.execute("PRAGMA integrity_check(10)") if row != "ok"]
    except sqlite3.DatabaseError as error:
        said = [str(error)[:200]]
    return [f"the database file is damaged: {line}" for line in said]


def definitions() -> list[str]:
    """Say what is wrong with guards and tables."""
    problems = []
    try:
        gone = guards.missing(connection)
        if gone:
            problems = [
                f"the guard{'s' * (len(gone) > 1)} {', '.join(gone)} {'is' if len(gone) == 1 else 'are'} "
                "not in place: the database does not refuse what it should"
            ]
        if sql.is_sqlite():
            problems += [
                f"the definition of {name} in the database file is not what it should be"
                for name in guards.changed_tables(connection)
            ]
    except DatabaseError as error:
        problems.append(f"the database file is damaged: {str(error)[:200]}")
    return problems
