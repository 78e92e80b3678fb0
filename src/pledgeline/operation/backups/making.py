"""Make a backup, while people work: of one moment, verified before it is written and read back afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection

from pledgeline.operation import versions
from pledgeline.operation.backups import postgresql, sqlite, state
from pledgeline.operation.backups.archive import Archive, Progress, Writer, no_progress
from pledgeline.operation.backups.keys import NAMES, content_of, digest, place_of
from pledgeline.operation.backups.manifest import BooksState, KeyInBackup, Manifest
from pledgeline.operation.running import is_embedded
from pledgeline.records.guards.rights import roles_of_sites

KEYS = "keys/"


class DoesNotVerify(ValueError):
    """The books are not what they should be; `problems` says what is wrong."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(problems[0])
        self.problems = problems


def back_up(
    path: Path,
    *,
    now: datetime,
    with_keys: bool = False,
    rehearse: bool = False,
    progress: Progress = no_progress,
) -> Manifest:
    """Write everything that the database holds into a new file, and give its manifest.

    The books are verified first, against all checkpoints that were given: a backup of broken books would
    be taken for good on the day that it is needed. The file is read back, part by part.

    To `rehearse` a new version, what the database holds is written as it is, its tables are renewed where
    nobody sees it, and the books are verified there, by the rules of this version.

    Raises:  DoesNotVerify; OSError; whatever a migration raises.
    """
    progress("copying", 0, 1)
    with _held_still(path, may_change=rehearse) as copy:
        books = () if rehearse else _verified(progress)
        tables = state.table_facts()
        said = {
            "made_at": now,
            "program": versions.program_version(),
            "database": connection.vendor,
            "migrations": versions.tables().applied,
            "tables": tables,
            "sequences": {} if copy else postgresql.sequences(),
            "roles": () if copy else roles_of_sites(connection),
        }
        with Writer(path) as writer:
            if copy is None:
                postgresql.write(writer, tables, progress)
            else:
                sqlite.write(writer, copy, progress)
            if rehearse:
                progress("rehearsing", 0, 1)
                versions.migrate()
                books = _verified(progress)
            writer.finish(books=books, keys=_keys(writer, with_keys), **said)
    archive = Archive(path)
    archive.check(progress)
    return archive.manifest


def _verified(progress: Progress) -> tuple[BooksState, ...]:
    progress("verifying", 0, 1)
    found = state.verified()
    if found.problems:
        raise DoesNotVerify(found.problems)
    return found.books


def _keys(writer: Writer, with_keys: bool) -> tuple[KeyInBackup, ...]:
    """Name the keys, and write them into the archive if they are to be in it."""
    found = []
    for name in NAMES:
        if (content := content_of(name)) is None:
            continue
        if with_keys:
            writer.add(f"{KEYS}{name}", [content])
        found.append(KeyInBackup(name=name, place=place_of(name), sha256=digest(content), inside=with_keys))
    return tuple(found)


@contextmanager
def _held_still(path: Path, *, may_change: bool) -> Iterator[Path | None]:
    """Let everything see the database as it is at one moment: on SQLite in a copy, beside the file `path`.

    What is changed meanwhile, where it may be, nobody else ever sees.
    """
    if is_embedded():
        with sqlite.held_still(path) as copy:
            yield copy
    else:
        with postgresql.held_still(may_change=may_change):
            yield None
