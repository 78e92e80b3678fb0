"""The role that the site works under on PostgreSQL: it enters, and can change or delete nothing that was entered.

Triggers refuse that to everybody, but whoever owns the tables can take triggers down. So the site need not be
the owner: another role may read the books, and write into them only through `books_write`. The owner keeps
the tables, makes them anew with a new version, and gives these rights.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

GUARDED = (
    "books",
    "books_spot",
    "books_bin",
    "books_seal",
    "books_entry",
    "books_posting",
    "books_goods",
    "books_term",
    "books_private",
    "books_checkpoint",
    "books_total",
    "audit_auditevent",
)
ADDED_TO = ("books", "books_spot", "books_bin", "books_checkpoint", "books_total", "audit_auditevent")
"""Where the site adds rows by itself: books, places where nothing lies yet, checkpoints, what was done. Guards look
at them."""

FUNCTIONS = ("books_open", "books_write")


class TooMighty(ValueError):
    """The role could get round the guards; the message says how, and what to do."""


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give `role` what the site needs, and see that it has no more on the books.

    To be called in a transaction, by the owner of the tables, after every new version.

    Raises:  LookupError where there is no such role; TooMighty, and then the transaction is to be undone.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", (role,))
        if cursor.fetchone() is None:
            raise LookupError(f"PostgreSQL has no role “{role}”: CREATE ROLE {role} LOGIN PASSWORD '...'")
        for statement in _statements(cursor, role):
            cursor.execute(statement)
        if too_much := _too_much(cursor, role):
            raise TooMighty(f"the role “{role}” {too_much}")


def roles_of_sites(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """List the roles that were given these rights."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT pg_get_userbyid(given.grantee) FROM pg_proc p, aclexplode(p.proacl) given "
            "WHERE p.proname = 'books_write' AND p.pronamespace = current_schema()::regnamespace "
            "AND given.grantee NOT IN (0, p.proowner) ORDER BY 1"
        )
        return tuple(role for (role,) in cursor.fetchall())


def _statements(cursor: CursorWrapper, role: str) -> list[str]:
    cursor.execute("SELECT quote_ident(%s), quote_ident(current_schema())", (role,))
    name, schema = cursor.fetchone()
    cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema()")
    others = ", ".join(table for (table,) in cursor.fetchall() if table not in GUARDED)
    return [
        f"GRANT USAGE ON SCHEMA {schema} TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON {others} TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}",
        f"REVOKE ALL ON {', '.join(GUARDED)} FROM {name}",
        f"GRANT SELECT ON {', '.join(GUARDED)} TO {name}",
        f"GRANT INSERT ON {', '.join(ADDED_TO)} TO {name}",
        f"GRANT UPDATE (text, salt) ON books_private TO {name}",
        f"GRANT UPDATE (public, digest) ON books TO {name}",
        f"GRANT EXECUTE ON FUNCTION {', '.join(FUNCTIONS)} TO {name}",
    ]


def _too_much(cursor: CursorWrapper, role: str) -> str:
    """Say by what the role could get round the guards, or nothing."""
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", (role,))
    if cursor.fetchone()[0]:
        return "is a superuser, whom nothing is refused: take another one"
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = ANY(%s) "
        "AND pg_has_role(%s, tableowner, 'MEMBER')",
        (list(GUARDED), role),
    )
    if owned := cursor.fetchall():
        return f"owns {owned[0][0]}, or belongs to its owner: the site's role is another than the owner"
    cursor.execute(
        "SELECT t FROM unnest(%s::text[]) t WHERE has_table_privilege(%s, t, 'UPDATE, DELETE, TRUNCATE, TRIGGER')",
        (list(GUARDED), role),
    )
    if changed := cursor.fetchall():
        return f"may change {changed[0][0]} by a right that everybody has: REVOKE ALL ON ... FROM PUBLIC"
    cursor.execute("SELECT has_schema_privilege(%s, current_schema(), 'CREATE')", (role,))
    if cursor.fetchone()[0]:
        return "may make tables of its own there: REVOKE CREATE ON SCHEMA ... FROM PUBLIC"
    return ""
