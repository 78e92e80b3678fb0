"""The address of a database: what it means, and what is said when it means nothing."""

from pathlib import Path

import pytest

from pledgeline.server.database import NoSuchDatabase, database


def test_no_address_means_the_embedded_one_in_the_home_folder():
    chosen = database("", Path("/somewhere"))

    assert chosen["ENGINE"] == "django.db.backends.sqlite3"
    assert Path(chosen["NAME"]) == Path("/somewhere/pledgeline.sqlite3")
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_address_is_taken_apart():
    chosen = database("postgresql://cl%40rk:p%2Fss@db.example.org:5433/aid?sslmode=require", Path())

    assert {name: chosen[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "aid",
        "USER": "cl@rk",
        "PASSWORD": "p/ss",
        "HOST": "db.example.org",
        "PORT": 5433,
    }
    assert chosen["OPTIONS"]["sslmode"] == "require"


def test_a_socket_is_named_by_a_parameter():
    chosen = database("postgresql://postgres@/aid?host=/run/postgresql", Path())

    assert (chosen["HOST"], chosen["PORT"]) == ("/run/postgresql", "")
    assert "host" not in chosen["OPTIONS"]


@pytest.mark.parametrize(
    "address",
    [
        "postgresql",
        "postgresql://",
        "postgresql://host",
        "postgresql://host/",
        "postgresql://host/a/b",
        "postgresql://host:port/name",
        "postgresql://host:99999/name",
        "postgresql://[::1/name",
        "postgresql://host/name?sslmode",
        "mysql://clerk:hidden@host/name",
        "sqlite:///name",
    ],
)
def test_an_address_that_means_nothing_is_said_in_one_line(address: str):
    with pytest.raises(
        NoSuchDatabase, match="PLEDGELINE_DATABASE_URL must look like postgresql://"
    ) as caught:
        database(address, Path())
    assert "\n" not in str(caught.value)
    assert "hidden" not in str(caught.value)


@pytest.mark.django_db
def test_the_database_of_the_tests_is_opened_as_the_settings_say():
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("pragmas are SQLite's")
    with connection.cursor() as cursor:
        pragmas = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("foreign_keys", "synchronous", "busy_timeout")
        }

    assert pragmas == {"foreign_keys": 1, "synchronous": 2, "busy_timeout": 20_000}
