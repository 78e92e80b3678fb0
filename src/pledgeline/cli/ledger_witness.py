"""What a witness remembers: of each log the last checkpoint that it cosigned, in a file of its own."""

import base64
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from pledgeline.cli.printing import stop
from pledgeline.ledger.checkpoints import note_of
from pledgeline.ledger.verifier import Checkpoint

_TABLE = (
    "CREATE TABLE IF NOT EXISTS seen ("
    "origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root TEXT NOT NULL, note TEXT NOT NULL)"
)


class WitnessMemory:
    """The memory of a witness, to be used with `with`: nobody else looks or writes until the end.

    What is remembered is on the disk when the block ends, and so before a cosignature goes out. Where the block ends
    with an error, nothing of it is remembered.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        try:
            self._database = sqlite3.connect(self._path, isolation_level=None, timeout=20)
            self._database.execute("PRAGMA synchronous=FULL")
            self._database.execute("BEGIN IMMEDIATE")
            self._database.execute(_TABLE)
        except sqlite3.Error as error:
            stop(f"{self._path} cannot be used as the memory of a witness: {error}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.execute("ROLLBACK" if kind else "COMMIT")
        self._database.close()

    def last(self, origin: str) -> tuple[int, bytes] | None:
        """Give size and root of what was cosigned last for a log, or nothing."""
        found = self._database.execute("SELECT size, root FROM seen WHERE origin = ?", (origin,)).fetchone()
        return (int(found[0]), base64.b64decode(found[1])) if found else None

    def remember(self, checkpoint: Checkpoint) -> None:
        """Remember what is cosigned now."""
        self._database.execute(
            "INSERT INTO seen VALUES (?, ?, ?, ?) ON CONFLICT (origin) DO UPDATE SET "
            "size = excluded.size, root = excluded.root, note = excluded.note",
            (
                checkpoint.origin,
                checkpoint.size,
                base64.b64encode(checkpoint.root).decode(),
                note_of(checkpoint),
            ),
        )
