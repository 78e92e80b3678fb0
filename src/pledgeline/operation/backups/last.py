"""When the last backup was made from here: for whoever asks how the installation is."""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from pledgeline.audit import trail
from pledgeline.audit.acts import AuditAct
from pledgeline.operation.backups.manifest import Manifest

NAME = "last-backup.json"


def note(path: Path, manifest: Manifest) -> None:
    """Note that a backup was made, and where it was put."""
    said = {"made_at": manifest.made_at.isoformat(), "file": str(path.resolve())}
    with transaction.atomic():
        keys = [key.name for key in manifest.keys if key.inside]
        trail.record(AuditAct.BACKUP_MADE, "file", said["file"], keys_inside=keys)
    (Path(settings.HOME) / NAME).write_text(json.dumps(said), encoding="utf-8")


def noted() -> tuple[datetime, str] | None:
    """Give when the last backup was made and where it was put; nothing where none is known here."""
    try:
        said = json.loads((Path(settings.HOME) / NAME).read_text(encoding="utf-8"))
        return datetime.fromisoformat(said["made_at"]), str(said["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
