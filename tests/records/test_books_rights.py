"""The role of the site on a real PostgreSQL: all that the site does works, and nothing bends the books."""

import os
import subprocess
import sys
import uuid

import psycopg
import pytest
from django.db import connection

from pledgeline.records.guards.rights import GUARDED
from tests.torture.stage import SLUG, environment

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]

WORK = f"""if True:
    from datetime import datetime, UTC
    from tests.torture import stage
    stage.set_up()
    from django.db import connection
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone()[0] == "ROLE"
    from pledgeline.actions import books as actions
    from pledgeline.ledger import Posted, Refusal
    stage.make_books()
    stage.funded("C00", 1_000)
    stage.enter("o", "allocate", contribution="C00", line="L", currency="USD", amount=300, note="secret")
    assert isinstance(stage.enter("d", "order", line="L", qty=3, currency="USD", unit_price=100), Posted)
    assert isinstance(stage.enter("d2", "order", line="L", qty=3, currency="USD", unit_price=100), Refusal)
    actions.give_checkpoint("{SLUG}")
    assert isinstance(stage.enter("e", "deliver", line="L", lot="A", qty=1), Posted)
    assert actions.erase("{SLUG}", key="o") == ["note"]
    assert stage.stored().verify().problems == ()
    from django.test import Client
    from pledgeline.programme.roles import Role
    from tests.people import a_person, publish_all
    publish_all(stage.SLUG)
    for page in ("", "journal/", "balances/", "proofs/"):
        client = Client(headers={{"host": "localhost"}})
        client.force_login(a_person("clerk", Role.READER))
        assert client.get(f"/p/{SLUG}/books/{{page}}").status_code == 200, page
"""


def in_process(code, home, address):
    return subprocess.run(
        [sys.executable, "-c", code],
        env=environment(home, address),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def role(tmp_path_factory):
    """A new database and a role that was given its rights; gives the address under which the role gets in."""
    home = tmp_path_factory.mktemp("home")
    server, name = os.environ["PLEDGELINE_DATABASE_URL"], f"rights_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {name}")
        owner.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'x'")
    address = server.replace("/postgres?", f"/{name}?")
    done = in_process(f"from pledgeline.cli import app; app(['rights', '{name}'])", home, address)
    assert 0 == done.returncode, done.stderr
    assert "may run the site" in done.stdout
    return home, address.replace("postgres:@", f"{name}:x@"), name


@pytest.fixture(scope="module")
def worked(role):
    """Let the site work under the role, so that there are books to bend; gives what came of it."""
    home, address, name = role
    return in_process(WORK.replace("ROLE", name), home, address)


def test_the_site_works_under_it(worked):
    assert 0 == worked.returncode, worked.stderr


BENT = [
    *(f"ALTER TABLE {table} DISABLE TRIGGER ALL" for table in GUARDED),
    *(f"TRUNCATE {table} CASCADE" for table in GUARDED),
    *(f"DELETE FROM {table}" for table in GUARDED),
    "SET session_replication_role = replica",
    "DROP TRIGGER books_seal_checks ON books_seal",
    "CREATE OR REPLACE FUNCTION books_check_entry() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "ALTER FUNCTION books_write OWNER TO CURRENT_USER",
    "CREATE TABLE mine (id bigint)",
    "CREATE TRIGGER mine AFTER INSERT ON books_seal FOR EACH ROW EXECUTE FUNCTION books_refuse_change()",
    "UPDATE audit_auditevent SET actor_name = 'somebody else'",
    "UPDATE books SET size = size",
    "UPDATE books_spot SET balance = balance + 1, changed_by = changed_by + 1",
    "UPDATE books_entry SET body = body",
    "UPDATE books_posting SET amount = amount",
    "UPDATE books_private SET commitment = commitment",
    "UPDATE books_private SET text = 'another', salt = ''",
    "INSERT INTO books_entry SELECT * FROM books_entry",
    "INSERT INTO books_posting SELECT * FROM books_posting",
    "INSERT INTO books_seal SELECT * FROM books_seal",
    "COPY books_entry TO PROGRAM 'cat'",
]


@pytest.mark.parametrize("statement", BENT)
def test_it_cannot_bend_the_books(role, worked, statement):
    with psycopg.connect(role[1], autocommit=True) as there, pytest.raises(psycopg.Error) as refused:
        there.execute(statement)
    assert isinstance(refused.value, (psycopg.errors.InsufficientPrivilege, psycopg.errors.IntegrityError))


def test_what_it_writes_through_the_function_meets_the_same_guards(role, worked):
    """Money from nowhere: an entry whose postings do not add up to zero."""
    with psycopg.connect(role[1], autocommit=True) as there, pytest.raises(psycopg.Error, match="books: "):
        there.execute(
            "SELECT books_write(b.newest_id + 1, b.id, b.size, 'x', 'journal', '2026-01-01', now(), '{}', '', "
            "ARRAY[s.id, s.id], ARRAY[5, 6], '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', "
            "''::bytea, ''::bytea, ''::bytea) FROM books b, (SELECT min(id) AS id FROM books_spot) s"
        )


def test_tables_of_its_own_are_not_mistaken_for_the_books(role, worked):
    """A temporary table of the same name must not be what the function writes to."""
    with psycopg.connect(role[1], autocommit=True) as there:
        there.execute("CREATE TEMPORARY TABLE books_seal (id bigint, leaf bytea, root bytea)")
        with pytest.raises(psycopg.Error, match="books: "):
            there.execute(
                "SELECT books_write(b.newest_id + 1, b.id, b.size, 'x', 'journal', '2026-01-01', now(), '{}', '', "
                "'{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', ''::bytea, ''::bytea, "
                "''::bytea) FROM books b"
            )


@pytest.mark.parametrize(
    ("made", "said"),
    [
        ("", "has no role"),
        ("CREATE ROLE {} LOGIN SUPERUSER", "is a superuser"),
        ("CREATE ROLE {} LOGIN; GRANT CREATE ON SCHEMA public TO {}", "may make tables of its own"),
        ("CREATE ROLE {} LOGIN IN ROLE {owner}", "belongs to its owner"),
    ],
)
def test_a_role_that_could_get_round_the_guards_is_given_nothing(role, made, said):
    home, address, owner = role[0], role[1].replace(f"{role[2]}:x@", "postgres:@"), "postgres"
    name = f"mighty_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as there:
        there.execute(made.format(name, name, owner=owner) or "SELECT 1")

    done = in_process(f"from pledgeline.cli import app; app(['rights', '{name}'])", home, address)

    assert 2 == done.returncode
    assert said in done.stderr
