"""The drill: a backup on an empty machine gives the same books, verified, with the guards in force."""

import shutil
import sqlite3
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.torture import stage


def make(entries: int) -> dict[str, Any]:
    """Make books and give a checkpoint that is kept elsewhere."""
    stage.make_books()
    stage.funded("C00", 10**12)
    for number in range(entries):
        stage.enter(
            f"a {number}", "allocate", contribution="C00", line=f"L{number % 7}", currency="USD", amount=9
        )
    books = stage.stored()
    return {"note": books.checkpoint(), "root": books.root().hex()}


def look(folder: str) -> dict[str, Any]:
    """Verify restored books against the checkpoint in the folder, and try to change one."""
    from django.db import DatabaseError, connection, transaction

    from pledgeline.ledger.verifier import read_checkpoint

    books = stage.stored()
    report = books.verify([read_checkpoint((Path(folder) / "note.txt").read_text("utf-8"))])
    wrong = list(report.problems)
    for statement in ("UPDATE books_posting SET amount = amount + 1", "DELETE FROM books_seal"):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
            wrong.append(f"the restored books allow: {statement}")
        except DatabaseError:
            pass
    return {"wrong": wrong, "root": report.root.hex()}


def drill(folder: Path, address: str, *, entries: int) -> dict[str, Any]:
    """Make books, back them up, restore them elsewhere, verify them there."""
    first = folder / "first"
    first.mkdir()
    made = stage.call("restore:make", entries, home=first, address=address)
    return {"entries": entries, **restored(folder, first, address, made)}


def restored(folder: Path, first: Path, address: str, made: Mapping[str, str]) -> dict[str, Any]:
    """Back up the books in `first` or at an address, restore them elsewhere, verify them there; say how long it took.

    `made` holds a checkpoint of theirs, which was kept elsewhere, and their root.
    """
    second = folder / "second"
    second.mkdir()
    (folder / "note.txt").write_text(made["note"], encoding="utf-8")
    began = time.monotonic()
    other = _postgresql(folder, address) if address else _sqlite(first, second)
    found = stage.call("restore:look", folder, home=second, address=other)
    wrong = found["wrong"] if found["root"] == made["root"] else [*found["wrong"], "another root"]
    return {"wrong": wrong, "seconds": round(time.monotonic() - began, 1)}


def _sqlite(first: Path, second: Path) -> str:
    (found,) = first.glob("*.sqlite3")
    with sqlite3.connect(found) as database:
        database.execute("VACUUM INTO ?", (str(second / "backup.sqlite3"),))
    database.close()
    shutil.move(second / "backup.sqlite3", second / found.name)
    return ""


def _postgresql(folder: Path, address: str) -> str:
    import psycopg

    from tests.postgresql import programs

    dump = folder / "books.dump"
    subprocess.run([programs() / "pg_dump", "-Fc", "-f", dump, address], check=True)
    head, _, rest = address.partition("?")
    other = f"{head}_restored?{rest}" if rest else f"{head}_restored"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{head.rpartition("/")[2]}_restored"')
    subprocess.run([programs() / "pg_restore", "-d", other, dump], check=True)
    return other
