"""The keys of an installation: a backup without them restores every row, and not what was sealed with them."""

import hashlib
from pathlib import Path

from django.conf import settings

NAMES = {
    "secret-key": "signs cookies and links",
    "books.key": "signs checkpoints",
}


def key_files() -> dict[str, Path]:
    """Give the keys that lie in files of the home folder, by their names."""
    found = {name: Path(settings.HOME) / name for name in NAMES}
    return {name: path for name, path in found.items() if path.is_file()}


def digest_of(file: Path) -> str:
    """Give what a key is known by without being told; nothing where there is none."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
