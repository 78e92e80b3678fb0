"""What the database itself refuses, whoever asks: no entry that breaks a rule, and no change of one.

The same rules are written twice, in the words of SQLite and of PostgreSQL; `pledgeline.ledger.rules` is
the judge of both. A transaction is checked once, when it is sealed, on its net effect: a correction takes
back one amount and puts another in its place, and either alone could go below a floor.

The migrations put them up, from copies of their own: a guard that is changed or added here needs a migration, too.
Whoever owns the database can remove a guard. `missing` finds that, and a checkpoint kept elsewhere shows
what was done while it was gone.
"""

from importlib.resources import files

from django.db.backends.base.base import BaseDatabaseWrapper


def statements(vendor: str) -> list[str]:
    """Give the statements that the guards are made of, for `sqlite` or `postgresql`."""
    return _statements_in(f"{vendor}.sql")


def _statements_in(file: str) -> list[str]:
    return split(files(__package__).joinpath(file).read_text(encoding="utf-8"))


def split(text: str) -> list[str]:
    """Give the statements of a text, which stand between lines that say `-- next`."""
    return [statement.strip() for statement in text.split("-- next") if statement.strip()]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """List the guards that are gone, changed or switched off."""
    there = _sqlite(connection) if connection.vendor == "sqlite" else _postgresql(connection)
    wanted = _wanted(connection.vendor)
    return sorted(name for name, text in wanted.items() if there.get(name) != text)


def changed_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """List tables and indexes of the books whose definition in a file of SQLite is not what it should be.

    They are text in the file, and a damaged text may still be a table: without a check, or with a column more.
    """
    wanted = {statement.split('"')[1]: statement for statement in _statements_in("sqlite_tables.sql")}
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
            found[name] = _plain(statement)
    return found


def _sqlite(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'books%'")
        return dict(cursor.fetchall())


def _postgresql(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        here = "pronamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'books'::regclass)"
        cursor.execute(
            "SELECT proname, btrim(prosrc, E' \\n') FROM pg_proc "
            f"WHERE proname LIKE 'books%' AND pronargs = 0 AND {here}"
        )
        found: dict[str, str] = dict(cursor.fetchall())
        cursor.execute(
            "SELECT tgname, pg_get_triggerdef(t.oid, true) FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid "
            f"WHERE tgname LIKE 'books%' AND tgenabled = 'O' AND {here}"
        )
        return {**found, **{name: _plain(definition) for name, definition in cursor.fetchall()}}


def _plain(definition: str) -> str:
    """Give the definition of a trigger in the form that ours and PostgreSQL's have in common."""
    return " ".join(definition.lower().replace("(", " ").replace(")", " ").split())
