"""Renew the tables for a new version: rehearsed first, with a backup that is kept."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.operation import versions
from pledgeline.operation.backups import back_up
from pledgeline.operation.backups.archive import Progress, no_progress
from pledgeline.operation.running import alone, is_embedded
from pledgeline.records.guards.rights import grant, roles_of_sites


class NewerDatabase(RuntimeError):
    """The database was made by a newer version; the message says the way out."""


class RehearsalFailed(RuntimeError):
    """The tables could not be renewed where it was tried; nothing was changed."""


class Upgraded(NamedTuple):
    """Which migrations were carried out, and the backup that was made before; none where nothing was there."""

    migrations: tuple[str, ...]
    backup: Path | None


def upgrade(*, now: datetime, progress: Progress = no_progress) -> Upgraded | None:
    """Make the tables, or renew them if they are of an older version than this program.

    To renew them, first everything is written into a backup, the tables are renewed where nobody sees it, and the
    books are verified there. Where that goes wrong, nothing was changed.

    Raises:  NewerDatabase; InUse; RehearsalFailed; OSError.
    """
    with alone():
        tables = versions.tables()
        if tables.unknown:
            raise NewerDatabase(tables.trouble)
        if not tables.waiting:
            return None
        backup = None if tables.are_missing else _rehearsed(now, progress)
        progress("renewing", 0, 1)
        versions.migrate()
        _give_rights_again()
        with transaction.atomic():
            trail.record(AuditAct.TABLES_RENEWED, "database", tables.waiting[-1], backup=str(backup))
    return Upgraded(tables.waiting, backup)


def _rehearsed(now: datetime, progress: Progress) -> Path:
    """Give the backup; it has its name only if the rehearsal went well."""
    folder = Path(settings.HOME) / "backups"
    folder.mkdir(exist_ok=True)
    path = folder / f"before-{versions.program_version()}-{now:%Y-%m-%dT%H-%M-%S}.zip"
    draft = path.with_suffix(".part")
    try:
        back_up(draft, now=now, rehearse=True, progress=progress)
        draft.rename(path)
    except OSError:
        raise
    except Exception as error:  # a migration may raise anything
        raise RehearsalFailed(f"{type(error).__name__}: {str(error).strip()[:500]}") from error
    finally:
        draft.unlink(missing_ok=True)
    return path


def _give_rights_again() -> None:
    """Give the roles of sites what they need on tables that are new."""
    if not is_embedded():
        for role in roles_of_sites(connection):
            grant(connection, role)
