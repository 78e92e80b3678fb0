"""The roles of `deploy/postgresql` on a real server: the owner makes the tables, the site enters and bends nothing."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.operation.installations import SERVER
from tests.torture import stage

ROLES = Path(__file__).parents[2] / "deploy" / "postgresql" / "roles.sql"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SERVER, reason="SQLite has no roles"),
]


@pytest.fixture(scope="module")
def names() -> Iterator[dict[str, str]]:
    """Give the addresses of owner and site, after `roles.sql` was run with names of its own."""
    own = f"roles_{uuid.uuid4().hex[:12]}"
    text = "\n".join(line for line in ROLES.read_text(encoding="utf-8").splitlines() if line[:2] != "--")
    statements = [
        statement.strip() for statement in text.replace("pledgeline", own).split(";") if statement.strip()
    ]
    with psycopg.connect(SERVER, autocommit=True) as server:
        for statement in statements:
            server.execute(statement)
        host = dict(pair.split("=", 1) for pair in urlsplit(SERVER).query.split("&"))["host"]
        yield {role: f"postgresql://{own}_{role}:x@/{own}?host={host}" for role in ("owner", "site")} | {
            "role": f"{own}_site"
        }
        server.execute(f"DROP DATABASE {own} WITH (FORCE)")
        server.execute(f"DROP ROLE {own}_owner")
        server.execute(f"DROP ROLE {own}_site")


def test_the_owner_makes_the_tables_and_the_site_works_in_them(names: dict[str, str], tmp_path: Path):
    from tests.torture.restore import command

    command("upgrade", home=tmp_path, address=names["owner"])
    command("rights", names["role"], home=tmp_path, address=names["owner"])

    made = stage.call("restore:make", 3, home=tmp_path, address=names["site"])
    command("backup", tmp_path / "b.zip", home=tmp_path, address=names["site"])
    command("doctor", home=tmp_path, address=names["site"])

    assert 6 == made["entries"]
    with psycopg.connect(names["site"]) as site, pytest.raises(psycopg.errors.InsufficientPrivilege):
        site.execute("UPDATE books_posting SET amount = 1")


def test_a_stranger_on_the_server_does_not_get_in(names: dict[str, str]):
    stranger = f"stranger_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE ROLE {stranger} LOGIN")
        try:
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                psycopg.connect(names["site"].replace(names["role"], stranger, 1))
        finally:
            server.execute(f"DROP ROLE {stranger}")
