"""What the database itself refuses, whoever asks: no entry that breaks a rule, and no change of one.

The same rules are written twice, in the words of SQLite and of PostgreSQL; `pledgeline.ledger.rules` is
the judge of both. A transaction is checked once, when it is sealed, on its net effect: a correction takes
back one amount and puts another in its place, and either alone could go below a floor.

Whoever owns the database can remove a guard. `missing` finds that, and a checkpoint kept elsewhere shows
what was done while it was gone.
"""

from importlib.resources import files
from typing import Any

MARK = "-- next"


def statements(vendor: str) -> list[str]:
    """Give the statements that put the guards up, for `sqlite` or `postgresql`."""
    return _statements_in(f"{vendor}.sql")


def _statements_in(file: str) -> list[str]:
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    return [statement.strip() for statement in text.split(MARK) if statement.strip()]


def put_up(connection: Any) -> None:
    """Put the guards up."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)


def missing(connection: Any) -> list[str]:
    """List the guards that are gone, changed or switched off."""
    there = _sqlite(connection) if connection.vendor == "sqlite" else _postgresql(connection)
    wanted = _wanted(connection.vendor)
    return sorted(name for name, text in wanted.items() if there.get(name) != text)


def changed_tables(connection: Any) -> list[str]:
    """List tables and indexes of the books whose definition in a file of SQLite is not what it should be.

    They are text in the file, and a damaged text may still be a table: without a check, or with a column more.
    """
    wanted = {each.split('"')[1]: each for each in _statements_in("sqlite_tables.sql")}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND name IN "
            f"({', '.join(['%s'] * len(wanted))})",
            list(wanted),
        )
        there = dict(cursor.fetchall())
    return sorted(name for name, text in wanted.items() if there.get(name) != text)


def _wanted(vendor: str) -> dict[str, str]:
    """Give the text of each trigger, and of each function on PostgreSQL, by its name."""
    found = {}
    for statement in statements(vendor):
        words = statement.split()
        kind = "FUNCTION" if "FUNCTION" in words[:4] else "TRIGGER"
        name = words[words.index(kind) + 1].partition("(")[0]
        if vendor == "sqlite":
            found[name] = statement
        elif kind == "FUNCTION":
            found[name] = statement.split("$$")[1].strip()
        else:
            found[name] = "on"
    return found


def _sqlite(connection: Any) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'books%'")
        return dict(cursor.fetchall())


def _postgresql(connection: Any) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, btrim(prosrc, E' \\n') FROM pg_proc WHERE proname LIKE 'books%'")
        found: dict[str, str] = dict(cursor.fetchall())
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'books%' AND tgenabled = 'O'")
        return {**found, **{name: "on" for (name,) in cursor.fetchall()}}
