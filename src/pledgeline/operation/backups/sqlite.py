"""The embedded database in a backup: its file, whole, as it was at one moment."""

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection
from django.db.backends.utils import CursorWrapper

from pledgeline.operation.backups.archive import BLOCK, Archive, NoBackup, Progress, Writer
from pledgeline.operation.backups.manifest import TableInBackup
from pledgeline.operation.elsewhere import standing_in

FILE = "database.sqlite3"


@contextmanager
def held_still(near: Path) -> Iterator[Path]:
    """Copy the database as it is at one moment, beside a file, and let everything see the copy meanwhile.

    People go on working: whoever reads in this database never waits, and nobody waits for who reads.
    """
    with tempfile.TemporaryDirectory(dir=near.parent, prefix=".pledgeline-") as folder:
        copy = Path(folder) / FILE
        _copy_to(copy)
        with standing_in(NAME=str(copy)):
            yield copy


def _copy_to(copy: Path) -> None:
    """Copy the database in one step, so that no writer makes it begin anew.

    Raises:  OSError.
    """
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(copy)) as target:
            target.execute("PRAGMA synchronous = OFF")
            connection.connection.backup(target)
    except sqlite3.Error as error:
        raise OSError(errno.EIO, f"the database cannot be copied to there ({error})", str(copy)) from error


def table_facts() -> dict[str, TableInBackup]:
    """Give all tables with their rows and columns."""
    with connection.cursor() as cursor:
        return {name: _table(cursor, name) for name in connection.introspection.table_names(cursor)}


def _table(cursor: CursorWrapper, name: str) -> TableInBackup:
    cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
    (rows,) = cursor.fetchone()
    cursor.execute("SELECT name FROM pragma_table_info(%s) ORDER BY cid", [name])
    return TableInBackup(rows=rows, columns=tuple(column for (column,) in cursor.fetchall()))


def write(writer: Writer, copy: Path, progress: Progress) -> None:
    """Write the file into an archive."""
    writer.add(FILE, _blocks(copy, progress))


def _blocks(file: Path, progress: Progress) -> Iterator[bytes]:
    whole, done = file.stat().st_size, 0
    with open(file, "rb") as content:
        while block := content.read(BLOCK):
            yield block
            done += len(block)
            progress("writing", done, whole)


def unpack(archive: Archive, target: Path, progress: Progress) -> None:
    """Write the file in an archive to where it is wanted."""
    if FILE not in archive.manifest.parts:
        raise NoBackup(f"{archive.path} holds no {FILE}: take another one")
    whole, done = archive.manifest.parts[FILE].bytes, 0
    with open(target, "wb") as file:
        for block in archive.blocks(FILE):
            file.write(block)
            done += len(block)
            progress("restoring", done, whole)
        file.flush()
        os.fsync(file.fileno())
