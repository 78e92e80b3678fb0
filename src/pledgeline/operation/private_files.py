"""What an installation keeps is for the account that it runs under, and for nobody else on the machine.

The database holds sessions, hashes of passwords and private notes. Whoever can read the file can read them all.
"""

import os
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path

OTHERS = 0o077
"""What the group and everybody else may do: nothing of it."""

OWN_FILES = (
    "*.sqlite3",
    "*.sqlite3-*",
    "secret-key",
    ".secret-key-*",
    "metrics-token",
    ".metrics-token-*",
    "*.key",
    "last-backup.json",
)
"""Files of ours, by their names."""

OWN_FOLDERS = ("backups", "set-aside", "before-accounts-*", ".restore-*")
"""Folders of ours. What lies in one is out of the reach of others when it is closed itself."""


@cache
def keep_private() -> int:
    """Have what this process makes from now on be for its owner alone; give the mask that was in force before.

    The earlier mask still holds for files that somebody asks for by name, such as an export.
    """
    return os.umask(OTHERS)


def is_ours_alone(folder: Path) -> bool:
    """Say whether a folder is no more than the home of an installation.

    A folder in which other folders lie, or into which everybody may write, may be somebody's: the rights
    of `/tmp`, of `/var/lib` or of a person's own folder are not ours to change.
    """
    if folder.stat().st_mode & stat.S_ISVTX:
        return False
    return all(_is_own(child) for child in folder.iterdir() if child.is_dir())


def open_to_others(folder: Path) -> list[Path]:
    """List what others may get at: our files, and the folder itself where it is ours alone."""
    if os.name == "nt":  # there, rights are inherited from the user's folder
        return []
    return [path for path in _ours(folder) if _rights(path) & OTHERS]


def close(folder: Path) -> tuple[list[Path], list[Path]]:
    """Take from others what they may do; give what was closed, and what could not be."""
    closed, still_open = [], []
    for path in open_to_others(folder):
        try:
            path.chmod(_rights(path) & ~OTHERS)
            closed.append(path)
        except FileNotFoundError:  # a log of writes that was folded in meanwhile
            continue
        except OSError:  # it belongs to somebody else
            still_open.append(path)
    return closed, still_open


def _ours(folder: Path) -> Iterator[Path]:
    if is_ours_alone(folder):
        yield folder
    for pattern in OWN_FILES:
        yield from (path for path in folder.glob(pattern) if path.is_file() and not path.is_symlink())
    yield from (child for child in folder.iterdir() if child.is_dir() and _is_own(child))


def _is_own(folder: Path) -> bool:
    return any(folder.match(pattern) for pattern in OWN_FOLDERS)


def _rights(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return 0
