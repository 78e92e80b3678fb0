"""Cut and flip the files of SQLite: the books verify, or the damage is said. Never are they silently other."""

import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from tests.torture import stage
from tests.torture.tamper import TABLES


def files(folder: str, cuts: int, flips: int, file_flips: int, seed: int) -> dict[str, Any]:
    """Damage the log of writes (cuts and flips), and the file of the database (flips), and look at each."""
    from django.db import connection

    from pledgeline.ledger.verifier import read_checkpoint

    chance = random.Random(seed)
    original, copy = Path(folder) / "original", Path(folder) / "copy"
    original.mkdir()
    copy.mkdir()
    place = Path(str(connection.settings_dict["NAME"]))
    checkpoint = read_checkpoint(_write(place, original))
    number = int(stage.stored().number)
    log = (original / f"{place.name}-wal").read_bytes()
    whole = (original / place.name).read_bytes()
    tried = [("cut", lambda: (whole, log[: chance.randrange(len(log))])) for _ in range(cuts)]
    tried += [("flip", lambda: (whole, _flipped(log, chance))) for _ in range(flips)]
    folded = _folded(original / place.name, copy)
    truth = _contents(copy / place.name)
    tried += [("file", lambda: (_flipped(folded, chance), b"")) for _ in range(file_flips)]
    counts = {"harmless": 0, "reported": 0}
    wrong = []
    for kind, damaged in tried:
        content, rest = damaged()
        for path in copy.iterdir():
            path.unlink(missing_ok=True)  # the last connection to go takes its own files along
        (copy / place.name).write_bytes(content)
        if rest:
            (copy / f"{place.name}-wal").write_bytes(rest)
        if _is_reported(copy / place.name, number, checkpoint):
            counts["reported"] += 1
        elif (now := _contents(copy / place.name)) == truth:
            counts["harmless"] += 1
        else:
            wrong.append(f"a {kind} was silent: {_difference(truth, now)}")
    return {"wrong": wrong[:20], "silent": len(wrong), "damaged": len(tried), **counts}


def _write(place: Path, original: Path) -> str:
    """Write books, some of them still in the log of writes, and copy both files while they are open."""
    from django.db import connection

    stage.make_books()
    stage.funded("C00", 10**9)
    stage.let_go()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("PRAGMA wal_autocheckpoint = 0")
    for number in range(60):
        stage.enter(
            f"a {number}", "allocate", contribution="C00", line="L", currency="USD", amount=number + 1
        )
    note: str = stage.stored().checkpoint()
    for file in (place, Path(f"{place}-wal")):
        shutil.copy(file, original)
    return note


def _folded(path: Path, copy: Path) -> bytes:
    """Give the file of the database with its log folded in."""
    for each in path.parent.iterdir():
        shutil.copy(each, copy)
    with sqlite3.connect(copy / path.name) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return (copy / path.name).read_bytes()


def _flipped(content: bytes, chance: random.Random) -> bytes:
    other = bytearray(content)
    other[chance.randrange(len(other))] ^= 1 << chance.randrange(8)
    return bytes(other)


def _is_reported(path: Path, number: int, checkpoint: Any) -> bool:
    """Verify the books in a file against the checkpoint that was kept."""
    from django.db import DatabaseError, connection

    from pledgeline.records.books.verify import verify_books

    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(path)
    try:
        return bool(verify_books(number, [checkpoint]).problems)
    except (DatabaseError, sqlite3.DatabaseError, UnicodeDecodeError):
        return True
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _difference(truth: Any, now: Any) -> str:
    """Name a row that is another."""
    if not isinstance(now, dict):
        return str(now)
    pairs = ((table, *rows) for table in TABLES for rows in zip(truth[table], now[table], strict=False))
    return next((f"{name}: {was} is {row}" for name, was, row in pairs if was != row), "rows are missing")


def _contents(path: Path) -> Any:
    """Read all rows of the books, whatever they are."""
    database = sqlite3.connect(path)
    database.text_factory = bytes
    try:
        return {table: database.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        database.close()
