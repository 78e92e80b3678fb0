"""The drill: a backup on an empty machine gives the same books, verified, with the guards in force.

`do.py torture restore [POSTINGS]` does it with as many postings, a million where no number is said, on both
databases, and says how long each step took. It ends with 1 where anything was wrong or it took too long.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.torture import stage

POSTINGS = 1_000_000
GOAL_SECONDS = 180
"""How long backing up, restoring and verifying may take together, with a million postings."""


def make(entries: int) -> dict[str, Any]:
    """Make books and give a checkpoint that is kept elsewhere."""
    stage.make_books()
    stage.funded("C00", 10**12)
    for number in range(entries):
        stage.enter(
            f"a {number}", "allocate", contribution="C00", line=f"L{number % 7}", currency="USD", amount=9
        )
    return _kept()


def make_large(postings: int) -> dict[str, Any]:
    """Make books of so many postings at once, and give a checkpoint that is kept elsewhere."""
    from tests.bench.ledger_sums import CURRENCIES, fill

    stage.make_books(*CURRENCIES)
    fill(postings)
    return _kept()


def _kept() -> dict[str, Any]:
    books = stage.stored()
    return {"note": books.checkpoint(), "root": books.root().hex(), "entries": len(books)}


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
    command("backup", folder / "books.zip", home=first, address=address)
    backed_up = time.monotonic()
    other = new_database(address)
    command("restore", folder / "books.zip", home=second, address=other)
    came_back = time.monotonic()
    found = stage.call("restore:look", folder, home=second, address=other)
    wrong = found["wrong"] if found["root"] == made["root"] else [*found["wrong"], "another root"]
    return {
        "wrong": wrong,
        "seconds": round(time.monotonic() - began, 1),
        "seconds_to_back_up": round(backed_up - began, 1),
        "seconds_to_restore": round(came_back - backed_up, 1),
        "megabytes": round((folder / "books.zip").stat().st_size / 1e6, 1),
    }


def command(*words: object, home: Path, address: str) -> None:
    """Run a command on the database in `home` or at an address."""
    subprocess.run(
        [sys.executable, "-m", "pledgeline", *map(str, words)],
        env=stage.environment(home, address),
        cwd=stage.CHECKOUT,
        stdout=subprocess.DEVNULL,
        check=True,
    )


def new_database(address: str) -> str:
    """Make an empty database beside the one at an address, and give its address; nothing for SQLite."""
    if not address:
        return ""
    import psycopg

    head, _, rest = address.partition("?")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{head.rpartition("/")[2]}_restored"')
    return f"{head}_restored?{rest}" if rest else f"{head}_restored"


def under_writers(folder: str, writers: int, seconds: int) -> dict[str, Any]:
    """Back up in the middle of the work of many, restore elsewhere, and look for what was acknowledged before.

    A writer notes every answer in a file before it goes on. Every entry that was noted when the backup began has
    to be in it.
    """
    place = Path(folder)
    address = os.environ["PLEDGELINE_DATABASE_URL"]
    stage.make_books()
    stage.funded("C00", 10**9)
    notes = [place / f"notes-{number}" for number in range(writers)]
    for note in notes:
        note.touch()
    (place / "go on").touch()
    crowd = [stage.Child(_write, str(place), number) for number in range(writers)]
    while not all(note.stat().st_size for note in notes):
        time.sleep(0.01)
    time.sleep(seconds)
    before = _noted(notes)
    command("backup", place / "books.zip", home=place, address=address)
    after = _noted(notes)
    time.sleep(seconds)
    (place / "go on").unlink()
    entered = sum(person.answer() for person in crowd)
    stage.let_go()
    (place / "second").mkdir()
    other = new_database(address)
    command("restore", place / "books.zip", home=place / "second", address=other)
    found = stage.call("restore:keys", home=place / "second", address=other)
    missing = before - set(found["keys"])
    return {
        "wrong": [*found["wrong"], *(f"{key} was acknowledged before the backup" for key in sorted(missing))],
        "entered": entered,
        "acknowledged_before": len(before),
        "acknowledged_meanwhile": len(after) - len(before),
        "restored": len(found["keys"]),
    }


def _write(folder: str, number: int) -> int:
    """Enter until told to stop."""
    from pledgeline.ledger import Posted

    place, entered = Path(folder), 0
    with open(place / f"notes-{number}", "a", encoding="utf-8", buffering=1) as notes:
        while (place / "go on").exists():
            key = f"w{number}-{entered}"
            answer = stage.enter(
                key, "allocate", contribution="C00", line=f"L{number}", currency="USD", amount=1
            )
            assert isinstance(answer, Posted), answer
            notes.write(f"{key}\n")
            entered += 1
    return entered


def _noted(notes: list[Path]) -> set[str]:
    """Read what was noted whole: a line that is being written is not counted."""
    return {
        line.rstrip("\n")
        for note in notes
        for line in note.read_text(encoding="utf-8").splitlines(keepends=True)
        if line.endswith("\n")
    }


def keys() -> dict[str, Any]:
    """Verify restored books, and give the keys of what the writers entered."""
    books = stage.stored()
    found = [entry.key for entry in books.entries if entry.key.startswith("w")]
    return {"wrong": list(books.verify().problems), "keys": found}


def main(arguments: list[str]) -> int:
    """Do the drill with large books on both databases, and print how long it took."""
    if len(arguments) > 1 or not all(argument.isdigit() for argument in arguments):
        print("usage: do.py torture restore [POSTINGS]", file=sys.stderr)
        return 2
    from tests.torture.parts import Ground, end_servers

    postings = int(arguments[0]) if arguments else POSTINGS
    failed = False
    with tempfile.TemporaryDirectory(prefix="pledgeline-torture-") as name:
        ground = Ground(Path(name))
        for vendor in ("sqlite", "postgresql"):
            folder = ground.new_folder()
            first, address = folder / "first", ground.address(vendor)
            first.mkdir()
            print(f"{vendor}: making books of {postings:,} postings, which takes minutes", flush=True)
            made = stage.call("restore:make_large", postings, home=first, address=address)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            found = restored(folder, first, address, made)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            found["seconds_of_a_core"] = round(
                after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            )
            wrong = found.pop("wrong")
            if found["seconds"] > GOAL_SECONDS:
                wrong.append(f"it took more than {GOAL_SECONDS} s")
            failed = failed or bool(wrong)
            said = ", ".join(f"{figure} {word.replace('_', ' ')}" for word, figure in found.items())
            print(f"{vendor}: {'WRONG' if wrong else 'ok'}: {made['entries']:,} entries, {said}", flush=True)
            for problem in wrong[:5]:
                print(f"    {problem}", flush=True)
        end_servers(Path(name))
    return 1 if failed else 0
