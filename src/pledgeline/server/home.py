"""Where the site keeps what belongs to this installation: the embedded database and its secret.

A checkout keeps it in `var/`, so that it can be looked at and thrown away; an installed package
keeps it in the user's data folder. `PLEDGELINE_HOME` overrides both. A package that is installed into the
environment of a checkout belongs to the checkout, and nowhere is a second database begun in silence.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from pledgeline.operation import private_files


class HomeUnusable(OSError):
    """The folder cannot be written to; the message says the way out, in one line."""


DATABASE = "pledgeline.sqlite3"


def home() -> Path:
    """Say which folder it is. It need not exist yet."""
    if named := os.environ.get("PLEDGELINE_HOME"):
        return Path(named).expanduser().resolve()
    return next(
        _checkouts(Path(__file__).resolve().parents[3], Path(sys.prefix).resolve().parent), _of_user()
    )


def must_not_be_a_second(folder: Path) -> None:
    """Refuse to begin a database beside one that is there, where nobody has named the folder.

    Raises:  HomeUnusable.
    """
    if os.environ.get("PLEDGELINE_HOME") or (folder / DATABASE).exists():
        return
    try:
        here = Path.cwd()
    except OSError:  # the folder in which somebody stands is gone
        here = folder
    places = (_of_user(), *_checkouts(here, *here.parents))
    other = next((place for place in places if (place / DATABASE).exists()), None)
    if other is not None:
        raise HomeUnusable(
            f"{folder} holds no database yet, and {other} holds one: set PLEDGELINE_HOME to the folder that is "
            "meant; in a new one a new database is begun"
        )


def _checkouts(*places: Path) -> Iterator[Path]:
    for place in places:
        if (place / "do.py").is_file() and (place / "src" / "pledgeline").is_dir():
            yield place / "var"


def _of_user() -> Path:
    return Path(platformdirs.user_data_dir("pledgeline", appauthor=False))


def prepare(folder: Path) -> None:
    """Make the folder, see that files can be made in it, and that nobody else can read them.

    Raises:  HomeUnusable.
    """
    private_files.keep_private()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        for name in (DATABASE, "secret-key"):
            if (folder / name).exists() and not os.access(folder / name, os.R_OK | os.W_OK):
                raise PermissionError(13, "Permission denied", str(folder / name))
    except OSError as error:
        raise HomeUnusable(
            f"cannot write to {folder} ({error.strerror or error}): "
            "set PLEDGELINE_HOME to a folder that you may write to"
        ) from error
    is_new = not any(folder.iterdir())
    closed, still_open = private_files.close(folder)
    if closed and not is_new:
        _say(f"{_names(closed)} could be read by other accounts of this machine, and can no longer")
    if still_open:
        _say(
            f"{_names(still_open)} can be read by other accounts of this machine and belongs to another: "
            "its owner, or root, has to close it with chmod go= "
        )


def _names(paths: list[Path]) -> str:
    return f"{paths[0]}{f' and {len(paths) - 1} more' if len(paths) > 1 else ''}"


def _say(sentence: str) -> None:
    sys.stderr.write(f"pledgeline: {sentence}\n")
