"""A backup is whole, verified, closed to others, and restores to the same installation elsewhere."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from pledgeline.operation import running
from pledgeline.operation.backups.archive import MANIFEST
from tests.operation.installations import SERVER, Installation
from tests.torture import stage

pytestmark = pytest.mark.django_db

only_sqlite = pytest.mark.skipif(bool(SERVER), reason="PostgreSQL keeps no files here")
KIND = "postgresql" if SERVER else "sqlite"


def backed_up(installation: Installation, path: Path, *options: str) -> Path:
    done = installation.run("backup", path, *options)
    assert 0 == done.exit_code, done.output
    return path


@pytest.fixture
def backup(first: Installation, tmp_path: Path) -> Path:
    """A backup of books with five entries of a kind."""
    first.write(5)
    return backed_up(first, tmp_path / "pledgeline.zip")


def entries(*numbers: int) -> list[str]:
    return [f"e{number}" for number in numbers]


def manifest_of(path: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(zipfile.ZipFile(path).read(MANIFEST))
    return said


def rewritten(path: Path, changed: Callable[[dict[str, Any]], None], **parts: bytes | None) -> Path:
    """Write a backup again with another manifest, and with other parts; one that is None is left out."""
    other = path.with_name("rewritten.zip")
    manifest = manifest_of(path)
    changed(manifest)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != MANIFEST and parts.get(name, b"") is not None:
                new.writestr(name, parts.get(name) or old.read(name))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name] or b"")
        new.writestr(MANIFEST, json.dumps(manifest))
    return other


A_KEY = {"name": "books.key", "place": "books.key", "sha256": "", "inside": True}


def _with_a_row_less(manifest: dict[str, Any]) -> None:
    manifest["tables"]["books_entry"]["rows"] -= 1


def _with_another_root(manifest: dict[str, Any]) -> None:
    lines = manifest["books"][0]["checkpoint"].split("\n")
    lines[2] = f"{'A' * 43}="
    manifest["books"][0]["checkpoint"] = "\n".join(lines)


IN_THE_MANIFEST: dict[str, Callable[[dict[str, Any]], None]] = {
    "a later form": lambda manifest: manifest.update(form=2),
    "an unknown field": lambda manifest: manifest.update(colour="red"),
    "no checkpoint": lambda manifest: manifest["books"][0].update(checkpoint="none"),
    "a key that is not there": lambda manifest: manifest["keys"].append(A_KEY),
    "a row less": _with_a_row_less,
    "another root": _with_another_root,
}
"""What may be wrong with a backup whose parts are whole."""


def with_another_key(said: dict[str, Any]) -> None:
    """Say that a key is in a backup, of one byte, and not which one is."""
    said["keys"].append(A_KEY)
    said["parts"]["keys/books.key"] = {"bytes": 1, "sha256": "0" * 64}


def packed_otherwise(path: Path, part: str) -> Path:
    """Write a backup again, packed by LZMA and damaged in a part."""
    other = path.with_name("packed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_LZMA) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        at = new.getinfo(part).header_offset + 30 + len(part) + 4  # where what LZMA was told begins
    with open(other, "r+b") as file:
        file.seek(at)
        file.write(b"\xff")
    return other


def rows_in(path: Path, *, more_events: int) -> dict[str, int]:
    """Give the rows of every table of a backup, with events that came after it."""
    rows = {name: table["rows"] for name, table in manifest_of(path)["tables"].items()}
    return {**rows, "audit_auditevent": rows["audit_auditevent"] + more_events}


def acts(installation: Installation, apps: Sequence[str] = ()) -> list[str]:
    """Give what was done there, as the command line tells it."""
    said = installation.run("audit", "--json-lines", apps=apps).stdout.splitlines()
    return [json.loads(line)["act"] for line in said]


def rows_of(installation: Installation) -> dict[str, int]:
    """Count the rows of every table by our own question."""
    with installation.entered(), connection.cursor() as cursor:
        found = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
        return found


# What a backup is


def test_a_backup_says_what_is_in_it_and_is_for_its_owner_alone(first: Installation, backup: Path):
    said = manifest_of(backup)

    assert "0o600" == oct(stat.S_IMODE(backup.stat().st_mode))
    assert [backup.name] == [path.name for path in backup.parent.iterdir()]
    assert (KIND, "0.1.0") == (said["database"], said["program"])
    assert rows_of(first) == rows_in(backup, more_events=1)
    assert [("tortured", 8)] == [(books["programme"], books["entries"]) for books in said["books"]]
    with first.entered():
        assert said["books"][0]["checkpoint"] == stage.stored().checkpoint()
    assert [("secret-key", str(first.home / "secret-key"), False)] == [
        (key["name"], key["place"], key["inside"]) for key in said["keys"]
    ]
    assert (first.home / "secret-key").read_text() not in backup.read_bytes().decode("latin-1")


def test_what_is_printed_for_people_and_for_programs(first: Installation, tmp_path: Path):
    first.write(2)
    people = first.run("backup", tmp_path / "one.zip")
    program = first.run("backup", tmp_path / "two.zip", "--json")

    assert f"Wrote {tmp_path / 'one.zip'}: " in people.stdout
    assert "Books of tortured: 5 entries, verified." in people.stdout
    assert f"The key secret-key is not in it: keep a copy of {first.home / 'secret-key'}" in people.stdout
    assert manifest_of(tmp_path / "two.zip") == json.loads(program.stdout)["manifest"]
    assert "" == people.stderr == program.stderr


def test_a_backup_is_signed_where_there_is_a_key(first: Installation, tmp_path: Path, settings: Any):
    from pledgeline.ledger import SigningKey
    from pledgeline.ledger.verifier import is_vouched_for, read_checkpoint

    settings.BOOKS_KEY = f"books.example {'5a' * 32}"
    first.write(1)
    note = manifest_of(backed_up(first, tmp_path / "b.zip"))["books"][0]["checkpoint"]

    key = SigningKey(name="books.example", secret=b"\x5a" * 32)
    assert is_vouched_for(read_checkpoint(note), key.public_text)


def test_no_backup_is_made_of_books_that_do_not_verify(first: Installation, tmp_path: Path):
    first.write(2)
    with first.entered(), connection.cursor() as cursor:
        on = " ON books_posting" if SERVER else ""
        cursor.execute(f"DROP TRIGGER books_posting_unchanged{on}")
        cursor.execute("UPDATE books_posting SET amount = amount * 2 WHERE entry_id % 8 = 4")

    done = first.run("backup", tmp_path / "b.zip")

    assert 1 == done.exit_code
    assert "is not as it was sealed" in done.stderr
    assert "the guard books_posting_unchanged is not in place" in done.stderr
    assert "nothing was written" in done.stderr
    assert not list(tmp_path.iterdir())


def test_nothing_is_backed_up_where_nothing_is(second: Installation, tmp_path: Path):
    done = second.run("backup", tmp_path / "b.zip")

    assert 2 == done.exit_code
    assert "yet" in done.stderr
    assert not list(tmp_path.iterdir())
    assert not second.file.exists()


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes with names")
def test_a_backup_goes_into_a_file_since_it_is_read_back(first: Installation, tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")

    done = first.run("backup", tmp_path / "pipe")

    assert 2 == done.exit_code
    assert "is no file" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a limit is set as on Linux and macOS")
def test_on_a_full_disk_nothing_half_written_stays(first: Installation, tmp_path: Path):
    """As the system does it: no file of this process may become longer than so many bytes."""
    import resource

    first.write(1)
    longest = 2_000 if SERVER else 100_000
    done = subprocess.run(
        [sys.executable, "-m", "pledgeline", "backup", str(tmp_path / "b.zip")],
        env={**first.environment, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (longest, longest)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert 2 == done.returncode, done.stderr
    assert 1 == len(done.stderr.splitlines())
    assert f"{tmp_path / 'b.zip'} cannot be written: " in done.stderr
    assert not list(tmp_path.iterdir())


# Restoring


def test_a_backup_restores_to_the_same_installation(
    first: Installation, second: Installation, backup: Path, by_migrations: None
):
    """Rows, books and numbers go on as they would have; whoever was signed in signs in again."""
    first.write(3, begin=5)  # after the backup

    done = second.run("restore", backup)

    assert 0 == done.exit_code, done.output
    assert "Books of tortured: 8 entries, as the checkpoint of the backup says." in done.stdout
    assert entries(0, 1, 2, 3, 4) == second.keys()
    assert rows_in(backup, more_events=1) == rows_of(second)
    assert ["backup-restored"] == acts(second)[-1:]
    second.write(1, begin=5)
    assert entries(0, 1, 2, 3, 4, 5) == second.keys()
    assert {"pledgeline.sqlite3", "secret-key", "site.lock"} >= {path.name for path in second.home.iterdir()}


def test_guards_are_in_force_in_what_was_restored(second: Installation, backup: Path):
    assert 0 == second.run("restore", backup).exit_code

    with second.entered():
        for statement in (
            "UPDATE books_posting SET amount = amount + 1",
            "DELETE FROM books_seal",
            "UPDATE audit_auditevent SET actor_name = ''",
            "DELETE FROM audit_auditevent",
        ):
            with (
                pytest.raises(DatabaseError, match=r"(books|audit): "),
                transaction.atomic(),
                connection.cursor() as c,
            ):
                c.execute(statement)
        assert [] == list(stage.stored().verify().problems)


def test_nobody_stays_signed_in(first: Installation, second: Installation, tmp_path: Path):
    from pledgeline.accounts.sessions import SessionStore

    with first.entered():
        store = SessionStore()
        store["who"] = "a bookkeeper whose account was taken away since"
        store.save()
    backed_up(first, tmp_path / "b.zip")

    assert 0 == second.run("restore", tmp_path / "b.zip").exit_code
    assert 0 == rows_of(second)["accounts_session"]


def test_what_is_there_stays_unless_it_is_to_be_set_aside(
    second: Installation, backup: Path, maker: Any, by_migrations: None
):
    present = maker.installed()
    present.write(2)

    refused = present.run("restore", backup)
    assert 2 == refused.exit_code
    assert "add --replace to set" in refused.stderr
    assert entries(0, 1) == present.keys()

    done = present.run("restore", backup, "--replace", "--json")
    assert 0 == done.exit_code, done.output
    assert entries(0, 1, 2, 3, 4) == present.keys()
    aside = json.loads(done.stdout)["aside"]
    with present.entered(), connection.cursor() as cursor:
        if SERVER:
            schema = aside.removeprefix("the schema ")
            cursor.execute(f"SELECT key FROM \"{schema}\".books_entry WHERE kind = 'allocate' ORDER BY id")
        else:
            cursor.execute("ATTACH DATABASE %s AS aside", [f"{aside}/pledgeline.sqlite3"])
            cursor.execute("SELECT key FROM aside.books_entry WHERE kind = 'allocate' ORDER BY id")
        assert entries(0, 1) == [key for (key,) in cursor.fetchall()]


def test_two_are_set_aside_beside_each_other(second: Installation, backup: Path):
    asides = {
        json.loads(second.run("restore", backup, "--replace", "--json").stdout)["aside"] for _ in range(3)
    }

    assert 3 == len(asides)
    assert entries(0, 1, 2, 3, 4) == second.keys()


def test_the_other_kind_of_database_is_refused(second: Installation, backup: Path):
    other = "sqlite" if SERVER else "postgresql"
    done = second.run("restore", rewritten(backup, lambda manifest: manifest.update(database=other)))

    assert 2 == done.exit_code
    assert "is a backup of " in done.stderr
    assert "PLEDGELINE_DATABASE_URL" in done.stderr
    assert not second.file.exists()


def test_a_backup_of_a_newer_version_is_refused(first: Installation, second: Installation, tmp_path: Path):
    first.write(1)
    assert 0 == first.run("upgrade", apps=["later"]).exit_code
    done = first.run("backup", tmp_path / "b.zip", apps=["later"])
    assert 0 == done.exit_code, done.output

    refused = second.run("restore", tmp_path / "b.zip")

    assert 2 == refused.exit_code
    assert "later.0001_mark is unknown here" in refused.stderr
    assert 0 == second.run("restore", tmp_path / "b.zip", apps=["later"]).exit_code


def test_a_backup_of_an_older_version_is_renewed(second: Installation, backup: Path):
    assert 0 == second.run("restore", backup, apps=["later"]).exit_code

    assert entries(0, 1, 2, 3, 4) == second.keys()
    assert "later_mark" in rows_of(second)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("nothing there", "cannot be read: No such file"),
        ("a folder", "cannot be read: Is a directory"),
        ("no archive", "is no whole backup of Pledgeline"),
        ("cut off", "is no whole backup of Pledgeline"),
        ("another archive", "there is no manifest.json in it"),
        ("a bit", "is damaged in "),
        ("a part changed", "is not what was written"),
        ("a part more", "does not hold what its manifest says"),
        ("a part less", "does not hold what its manifest says"),
        ("a later form", "was made by a newer version"),
        ("an unknown field", "has a manifest that cannot be read: colour"),
        ("no object", "has a manifest that cannot be read"),
        ("a row less", "rows of "),
        ("another root", "do not verify, and nothing was changed"),
        ("no checkpoint", "its checkpoint cannot be read"),
        ("locked", "is encrypted"),
        ("another packing", "is damaged in "),
        ("a key that is not there", "holds no keys/books.key"),
        ("a key changed", "keys/books.key is not what was written"),
    ],
)
def test_what_is_no_whole_backup_restores_nothing(
    second: Installation, backup: Path, tmp_path: Path, damage: str, said: str
):
    content, path = backup.read_bytes(), tmp_path / "damaged.zip"
    part = "tables/books_entry" if SERVER else "database.sqlite3"
    inside = zipfile.ZipFile(backup).read(part)

    def as_said(_said: dict[str, Any]) -> None:
        return None

    match damage:
        case "a folder":
            path.mkdir()
        case "no archive":
            path.write_bytes(b"this is no archive" * 100)
        case "cut off":
            path.write_bytes(content[: len(content) // 2])
        case "another archive":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("letter.txt", "Dear all")
        case "a bit":
            with zipfile.ZipFile(backup) as archive:
                place = archive.getinfo(part).header_offset + 200
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        case "a part changed":
            path = rewritten(backup, as_said, **{part: bytes([inside[0] ^ 1]) + inside[1:]})
        case "a part more":
            path = rewritten(backup, as_said, more=b"x")
        case "a part less":
            path = rewritten(backup, as_said, **{part: None})
        case "no object":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr(MANIFEST, "[]")
        case "locked":
            with zipfile.ZipFile(backup) as archive:
                at = archive.getinfo(part).header_offset + 6
            listed = content.rfind(b"PK\x01\x02", 0, content.rfind(part.encode())) + 8
            path.write_bytes(content)
            with open(path, "r+b") as file:
                for place in (at, listed):
                    file.seek(place)
                    file.write(b"\x01")
        case "another packing":
            path = packed_otherwise(backup, part)
        case "a key changed":
            path = rewritten(backup, with_another_key, **{"keys/books.key": b"x"})
        case _ if damage in IN_THE_MANIFEST:
            path = rewritten(backup, IN_THE_MANIFEST[damage])

    done = second.run("restore", path)

    assert 2 == done.exit_code, done.output
    assert said in done.stderr
    assert 1 == len(done.stderr.splitlines())
    assert {"secret-key", "site.lock"} >= {each.name for each in second.home.iterdir()}
    if SERVER:
        assert {} == rows_of(second)


@only_sqlite
def test_what_was_done_is_guarded_in_what_is_restored(
    first: Installation, second: Installation, tmp_path: Path
):
    with closing(sqlite3.connect(first.file)) as database:
        database.execute("DROP TRIGGER audit_no_change")

    done = second.run("restore", backed_up(first, tmp_path / "b.zip"))

    assert 2 == done.exit_code
    assert "no audit_no_change" in done.stderr
    assert not second.file.exists()


@only_sqlite
def test_a_table_that_somebody_has_made_beside_ours_goes_along(
    first: Installation, second: Installation, tmp_path: Path
):
    """Where its column was of no type, there was no backup at all."""
    with closing(sqlite3.connect(first.file)) as database:
        database.execute("CREATE TABLE remarks (a)")

    assert 0 == second.run("restore", backed_up(first, tmp_path / "b.zip")).exit_code
    with closing(sqlite3.connect(second.file)) as database:
        assert [] == database.execute("SELECT a FROM remarks").fetchall()


# Who is there


def test_nothing_is_restored_while_somebody_works_on_the_database(first: Installation, backup: Path):
    if SERVER:
        import psycopg

        holder: Any = psycopg.connect(first.address)
    else:
        holder = sqlite3.connect(first.file)
        holder.execute("PRAGMA journal_mode = WAL")
        holder.execute("SELECT count(*) FROM books").fetchone()
    with closing(holder):
        done = first.run("restore", backup, "--replace")

    assert 2 == done.exit_code
    assert "stop the site" in done.stderr
    assert entries(0, 1, 2, 3, 4) == first.keys()


@only_sqlite
def test_nothing_is_restored_while_a_site_runs_that_nobody_has_asked_yet(first: Installation, backup: Path):
    with first.entered(), running.site_lock():
        done = first.run("restore", backup, "--replace")

    assert 2 == done.exit_code
    assert f"a site runs in {first.home}: stop it first" in done.stderr


# The log of writes


def with_a_log_left_behind(first: Installation, home: Path) -> Path:
    """Copy the files of an installation as they lie when it is killed; the newest three entries are in the log."""
    home.mkdir(exist_ok=True)
    with first.entered():
        connection.ensure_connection()
        with closing(sqlite3.connect(first.file)):
            running.fold_in_log()
            first.write(3, begin=5)
            for suffix in ("", "-wal", "-shm"):
                shutil.copyfile(f"{first.file}{suffix}", home / f"{first.file.name}{suffix}")
    return home / first.file.name


@only_sqlite
@pytest.mark.parametrize("main", ["stays", "deleted", "replaced by a copy"])
def test_a_log_from_before_is_never_played_over_what_was_restored(
    first: Installation, second: Installation, backup: Path, main: str
):
    file = with_a_log_left_behind(first, second.home)
    assert Path(f"{file}-wal").stat().st_size > 0
    if main == "deleted":
        file.unlink()
    elif main == "replaced by a copy":
        with zipfile.ZipFile(backup) as archive:
            file.write_bytes(archive.read("database.sqlite3"))

    done = second.run("restore", backup, "--replace")

    assert 0 == done.exit_code, done.output
    assert entries(0, 1, 2, 3, 4) == second.keys()
    assert not Path(f"{file}-wal").exists()
    (aside,) = (second.home / "set-aside").iterdir()
    if main == "stays":
        with closing(sqlite3.connect(aside / file.name)) as database:
            found = database.execute("SELECT count(*) FROM books_entry WHERE kind = 'allocate'").fetchone()
        assert (8,) == found
    elif main == "deleted":
        assert [f"{file.name}-shm", f"{file.name}-wal"] == sorted(path.name for path in aside.iterdir())


@only_sqlite
def test_a_database_that_cannot_be_read_is_set_aside_as_it_is(second: Installation, backup: Path):
    second.file.write_bytes(b"not a database at all" * 500)

    done = second.run("restore", backup, "--replace")

    assert 0 == done.exit_code, done.output
    assert entries(0, 1, 2, 3, 4) == second.keys()
    (aside,) = (second.home / "set-aside").iterdir()
    assert b"not a database at all" * 500 == (aside / second.file.name).read_bytes()


# Keys


def test_keys_go_along_where_they_are_asked_for(first: Installation, second: Installation, tmp_path: Path):
    (first.home / "books.key").write_text(f"books.example {'5a' * 32}\n")
    backed_up(first, tmp_path / "b.zip", "--with-keys")
    before = (second.home / "secret-key").read_text()

    done = second.run("restore", tmp_path / "b.zip", "--json")

    assert 0 == done.exit_code, done.output
    said = json.loads(done.stdout)
    assert {"books.key", "secret-key"} == set(said["keys_put"])
    assert [] == said["keys_missing"]
    for name in ("books.key", "secret-key"):
        assert (first.home / name).read_bytes() == (second.home / name).read_bytes()
        assert "0o600" == oct(stat.S_IMODE((second.home / name).stat().st_mode))
    (aside,) = (second.home / "set-aside").iterdir()
    assert before == (aside / "secret-key").read_text()


def test_keys_that_are_missing_are_named(first: Installation, second: Installation, tmp_path: Path):
    (first.home / "books.key").write_text(f"books.example {'5a' * 32}\n")
    backed_up(first, tmp_path / "b.zip")
    shutil.copyfile(first.home / "secret-key", second.home / "secret-key")

    done = second.run("restore", tmp_path / "b.zip", "--json")

    assert ["books.key"] == json.loads(done.stdout)["keys_missing"]
    assert not (second.home / "books.key").exists()


def test_a_key_that_the_environment_gives_is_named_and_stays(
    first: Installation, second: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PLEDGELINE_SECRET_KEY", "a" * 40)
    backed_up(first, tmp_path / "b.zip", "--with-keys")
    monkeypatch.setenv("PLEDGELINE_SECRET_KEY", "b" * 40)

    done = second.run("restore", tmp_path / "b.zip", "--json")

    assert [{"name": "secret-key", "place": "PLEDGELINE_SECRET_KEY", "inside": True}] == [
        {name: key[name] for name in ("name", "place", "inside")}
        for key in manifest_of(tmp_path / "b.zip")["keys"]
    ]
    assert ([], ["secret-key"]) == tuple(
        json.loads(done.stdout)[name] for name in ("keys_put", "keys_missing")
    )
    assert "b" * 40 != (second.home / "secret-key").read_text()
    assert not (second.home / "set-aside").exists()


# Rights on PostgreSQL


@pytest.mark.skipif(not SERVER, reason="SQLite has no roles")
@pytest.mark.parametrize("given", ["before the backup", "after the backup", "to a role that is gone"])
def test_the_role_of_the_site_has_its_rights_again(first: Installation, tmp_path: Path, given: str):
    role = f"site_{first.name}"
    with first.entered(), connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} LOGIN")
    first.write(1)
    if given == "after the backup":
        backed_up(first, tmp_path / "b.zip")
    assert 0 == first.run("rights", role).exit_code
    if given != "after the backup":
        backed_up(first, tmp_path / "b.zip")
    if given == "to a role that is gone":
        with first.entered(), connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {role}")
            cursor.execute(f"DROP ROLE {role}")

    done = first.run("restore", tmp_path / "b.zip", "--replace", "--json")

    assert 0 == done.exit_code, done.output
    if given == "to a role that is gone":
        assert [role] == json.loads(done.stdout)["roles_missing"]
        return
    with first.entered(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, 'books_posting', 'SELECT'), "
            "has_table_privilege(%s, 'books_posting', 'UPDATE'), "
            "has_table_privilege(%s, 'accounts_session', 'DELETE'), "
            "has_function_privilege(%s, oid, 'EXECUTE') FROM pg_proc "
            "WHERE proname = 'books_write' AND pronamespace = current_schema()::regnamespace",
            [role] * 4,
        )
        assert (True, False, True, True) == cursor.fetchone()
        cursor.execute(f"DROP OWNED BY {role}")
        cursor.execute(f"DROP ROLE {role}")


# What was done


def test_a_backup_is_an_act_and_so_is_one_that_was_refused(first: Installation, tmp_path: Path):
    first.write(1)
    backed_up(first, tmp_path / "b.zip")
    with first.entered(), connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER books_seal_stays{' ON books_seal' if SERVER else ''}")
    assert 1 == first.run("backup", tmp_path / "c.zip").exit_code

    done, refused = (
        json.loads(line)
        for line in first.run("audit", "--act", "backup-made", "--json-lines").stdout.splitlines()
    )
    assert ("done", str(tmp_path / "b.zip"), "command-line") == (done["outcome"], done["ref"], done["actor"])
    assert ("refused", "does-not-verify") == (refused["outcome"], refused["code"])
