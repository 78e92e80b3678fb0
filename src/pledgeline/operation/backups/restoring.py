"""Restore a backup: into an empty installation, or in the place of what is there, which is set aside first.

What is restored is complete, verified and renewed for this version before it takes the place of anything. When
something is wrong with it, nothing was changed.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, connections, transaction

from pledgeline.accounts.models import Session
from pledgeline.audit import guards, trail
from pledgeline.audit.acts import AuditAct
from pledgeline.operation import versions
from pledgeline.operation.backups import postgresql, sqlite, state
from pledgeline.operation.backups.archive import Archive, NoBackup, Progress, no_progress
from pledgeline.operation.backups.keys import NAMES, content_of, digest, own_file, place_of
from pledgeline.operation.backups.making import KEYS
from pledgeline.operation.backups.manifest import KeyInBackup, Manifest
from pledgeline.operation.elsewhere import standing_in
from pledgeline.operation.running import alone, database_file, is_embedded
from pledgeline.records.guards import reports
from pledgeline.records.guards.rights import TooMighty, grant, roles_of_sites

LOGS = ("-wal", "-shm", "-journal")
KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class CannotRestore(ValueError):
    """The backup is whole and does not belong here; the message says why, and the way out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was restored, and what a person has to see to. `aside` says where that lies which was there before."""

    manifest: Manifest
    aside: str
    keys_put: tuple[str, ...]
    keys_missing: tuple[str, ...]
    roles_missing: tuple[str, ...]


def restore(
    path: Path, *, now: datetime, replace: bool = False, progress: Progress = no_progress
) -> Restored:
    """Put what is in a backup into the database of this installation.

    Raises:  NoBackup; CannotRestore; InUse where somebody works on the database.
    """
    archive = Archive(path)
    _must_belong_here(archive)
    keys = _keys_inside(archive)
    if is_embedded() and database_file().exists() and not replace:
        raise CannotRestore(
            f"{database_file()} is there already: add --replace to set it aside and restore the backup in its place"
        )
    with alone():
        if is_embedded():
            return _into_file(archive, keys, now, progress)
        return _into_server(archive, keys, now, replace, progress)


def _must_belong_here(archive: Archive) -> None:
    manifest = archive.manifest
    if manifest.database != connection.vendor:
        raise CannotRestore(
            f"{archive.path} is a backup of {KINDS[manifest.database]}, and the database here is "
            f"{KINDS[connection.vendor]}: "
            + (
                "set PLEDGELINE_DATABASE_URL to a PostgreSQL"
                if manifest.database == "postgresql"
                else "unset PLEDGELINE_DATABASE_URL, to restore it into the home folder"
            )
        )
    if unknown := versions.unknown_here(manifest.migrations):
        raise CannotRestore(
            f"{archive.path} was made by version {manifest.program}, which is newer than this one, "
            f"{versions.program_version()} ({unknown[0]} is unknown here): restore it with that version"
        )


# SQLite


def _into_file(archive: Archive, keys: dict[str, bytes], now: datetime, progress: Progress) -> Restored:
    target = database_file()
    with _unpacked(archive, progress) as draft:
        _must_be_right(archive)
        _begin_anew(archive)
        connections["default"].close()  # folds its log in
        aside = _Aside(target.parent, now)
        for path in (Path(f"{target}{suffix}") for suffix in LOGS):
            aside.move(path)
        aside.keep(target)
        os.replace(draft, target)
        _make_durable(target.parent)
        keys_put = _put_keys(archive, keys, aside)
    return _restored(archive, str(aside), keys_put, ())


@contextmanager
def _unpacked(archive: Archive, progress: Progress) -> Iterator[Path]:
    """Unpack a database beside the present one, let everything see it, and renew its tables for this version."""
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".restore-") as folder:
        draft = Path(folder) / sqlite.FILE
        sqlite.unpack(archive, draft, progress)
        with standing_in(NAME=str(draft)):
            _must_have_all_rows(archive.manifest)
            versions.migrate()
            yield draft


class _Aside:
    """A folder in the home to which goes what was there before. It is made when something has to go there."""

    def __init__(self, home: Path, now: datetime) -> None:
        self._new = home / "set-aside" / f"{now:%Y-%m-%dT%H-%M-%S-%f}"
        self._made: Path | None = None

    def __str__(self) -> str:
        return str(self._made or "")

    def move(self, path: Path) -> None:
        """Move a file there, if it is there."""
        if path.exists():
            os.replace(path, self._place(path))

    def keep(self, path: Path) -> None:
        """Let a file lie there too, so that its name can be given to another in one step."""
        if path.exists():
            try:
                os.link(path, self._place(path))
            except OSError:  # a file system without links
                os.replace(path, self._place(path))

    def _place(self, path: Path) -> Path:
        if self._made is None:
            self._new.mkdir(parents=True)
            self._made = self._new
        return self._made / path.name


def _make_durable(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# PostgreSQL


def _into_server(
    archive: Archive, keys: dict[str, bytes], now: datetime, replace: bool, progress: Progress
) -> Restored:
    aside, missing = "", []
    with transaction.atomic():
        roles = set(archive.manifest.roles)
        if postgresql.has_tables():
            if not replace:
                raise CannotRestore(
                    "the database holds tables already: add --replace to set them aside, in a schema of their "
                    "own, and restore the backup in their place"
                )
            roles |= set(roles_of_sites(connection))
            aside = f"set_aside_{now:%Y%m%d_%H%M%S_%f}"
            postgresql.set_aside(aside)
        _fill(archive, progress)
        _must_be_right(archive)
        _begin_anew(archive)
        for role in sorted(roles):
            try:
                grant(connection, role)
            except LookupError:
                missing.append(role)
            except TooMighty as error:
                raise CannotRestore(f"nothing was changed: {error}") from error
    keys_put = _put_keys(archive, keys, _Aside(Path(settings.HOME), now))
    return _restored(archive, f"the schema {aside}" if aside else "", keys_put, tuple(missing))


def _fill(archive: Archive, progress: Progress) -> None:
    """Make the tables as they were, fill them, and renew them for this version."""
    manifest = archive.manifest
    archive.check(progress)
    versions.migrate_to(manifest.migrations)
    there = {name: set(table.columns) for name, table in state.table_facts().items()}
    if there != {name: set(table.columns) for name, table in manifest.tables.items()}:
        raise NoBackup(f"{archive.path} has other tables than its migrations make: take another one")
    postgresql.load(archive, progress)
    _must_have_all_rows(manifest)
    versions.migrate()


# Both


def _must_have_all_rows(manifest: Manifest) -> None:
    there = {name: table.rows for name, table in state.table_facts().items()}
    for name, table in manifest.tables.items():
        if there.get(name) != table.rows:
            raise NoBackup(
                f"the backup has {table.rows} rows of {name}, and {there.get(name)} came back of it"
            )


def _must_be_right(archive: Archive) -> None:
    if wrong := state.differences(archive.manifest.books):
        raise NoBackup(f"the books in {archive.path} do not verify, and nothing was changed: {wrong[0]}")
    if gone := [*guards.missing(connection), *reports.missing(connection)]:
        raise NoBackup(
            f"what was done or read is not guarded in {archive.path}, and nothing was changed: no {', '.join(gone)}"
        )


def _begin_anew(archive: Archive) -> None:
    """End all sessions: since the backup a password may have been changed, or an account taken away.

    What was done since then is gone from the trail, too; that this was done stands in it.
    """
    Session.objects.all().delete()
    with transaction.atomic():
        made_at = archive.manifest.made_at.isoformat()
        trail.record(AuditAct.BACKUP_RESTORED, "file", str(archive.path.resolve()), made_at=made_at)


def _keys_inside(archive: Archive) -> dict[str, bytes]:
    """Give the keys that are in a backup: read before anything is changed, since one of them may be damaged."""
    return {
        key.name: b"".join(archive.blocks(f"{KEYS}{key.name}"))
        for key in archive.manifest.keys
        if key.inside and key.name in NAMES
    }


def _put_keys(archive: Archive, keys: dict[str, bytes], aside: _Aside) -> tuple[str, ...]:
    """Put the keys that are in a backup into the home; another key of that name is set aside.

    One that the environment gives stays as it is there: it would be taken in any case.
    """
    put = []
    for key in archive.manifest.keys:
        path = own_file(key.name)
        is_given_elsewhere = place_of(key.name) != str(path)
        if key.name not in keys or is_given_elsewhere or _is_here(key):
            continue
        aside.move(path)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(keys[key.name])
        put.append(key.name)
    return tuple(put)


def _is_here(key: KeyInBackup) -> bool:
    return digest(content_of(key.name)) == key.sha256


def _restored(
    archive: Archive, aside: str, keys_put: tuple[str, ...], roles_missing: tuple[str, ...]
) -> Restored:
    return Restored(
        manifest=archive.manifest,
        aside=aside,
        keys_put=keys_put,
        keys_missing=tuple(key.name for key in archive.manifest.keys if not _is_here(key)),
        roles_missing=roles_missing,
    )
