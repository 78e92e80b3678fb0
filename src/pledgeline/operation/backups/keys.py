"""The keys of an installation: a backup without them restores every row, and not what was sealed with them."""

import hashlib
import os
from pathlib import Path

from django.conf import settings

NAMES = ("secret-key", "books.key")
"""The keys that a backup may hold; each goes back into the file of its name in the home folder."""


def content_of(name: str) -> bytes | None:
    """Give a key as it lies where it lies; nothing where there is none."""
    place = settings.KEY_PLACES.get(name, "")
    if place in os.environ:
        return os.environ[place].encode()
    path = Path(place or own_file(name))
    return path.read_bytes() if path.is_file() else None


def place_of(name: str) -> str:
    """Say where a key lies: a file, or a variable of the environment."""
    return str(settings.KEY_PLACES.get(name) or own_file(name))


def own_file(name: str) -> Path:
    """Give the file of a key in the home folder, there or not."""
    return Path(settings.HOME) / name


def digest(content: bytes | None) -> str:
    """Give what a key is known by without being told; nothing where there is none."""
    return "" if content is None else hashlib.sha256(content.strip()).hexdigest()
