"""When the last backup was made from here: for whoever asks how the installation is."""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings

NAME = "last-backup.json"


def note(path: Path, *, made_at: datetime) -> None:
    """Note that a backup was made, and where it was put."""
    said = {"made_at": made_at.isoformat(), "file": str(path.resolve())}
    (Path(settings.HOME) / NAME).write_text(json.dumps(said), encoding="utf-8")


def noted() -> tuple[datetime, str] | None:
    """Give when the last backup was made and where it was put; nothing where none is known here."""
    try:
        said = json.loads((Path(settings.HOME) / NAME).read_text(encoding="utf-8"))
        return datetime.fromisoformat(said["made_at"]), str(said["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
