"""The home folder: who may read it, whose it is, the keys in it, and how much room there is."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from pledgeline.operation import private_files
from pledgeline.operation.backups.keys import NAMES, content_of, own_file, place_of
from pledgeline.operation.checkup.diagnosis import Diagnosis, doubtful, fine, wrong
from pledgeline.operation.readiness import LEAST_FREE_BYTES
from pledgeline.operation.running import database_file, is_embedded

USUAL_FREE_BYTES = 1_000_000_000


def home() -> Path:
    return Path(settings.HOME)


def rights(_now: datetime) -> Iterator[Diagnosis]:
    """See that nobody else on the machine can read what is kept here."""
    still_open = private_files.open_to_others(home())
    for path in still_open:
        yield wrong("files", f"{path} is open to other accounts of this machine", f"chmod go= {path}")
    if not still_open and not private_files.is_ours_alone(home()):
        yield doubtful(
            "files",
            f"in {home()} lie folders that are not Pledgeline's, so that its own rights are left alone",
            "set PLEDGELINE_HOME to a folder for Pledgeline alone",
        )
    elif not still_open:
        yield fine("files", f"{home()} is for its owner alone")


def owner(_now: datetime) -> Iterator[Diagnosis]:
    """See that who runs this is who the site runs as: files that another makes, the site could not write."""
    if os.name == "nt":
        return
    others = [path for path in (home(), *home().iterdir()) if path.stat().st_uid != os.geteuid()]
    if others:
        name = others[0].owner()
        yield doubtful(
            "owner",
            f"{others[0]} belongs to {name}, and this command runs as another account",
            f"run commands as the site does: sudo -u {name} pledgeline ...; or chown -R the folder to one account",
        )
    else:
        yield fine("owner", f"{home()} and all in it belong to the account that runs this")


def keys(_now: datetime) -> Iterator[Diagnosis]:
    """Name the keys: whoever restores a backup needs them."""
    for name in NAMES:
        if content_of(name) is not None:
            place = place_of(name)
            yield fine("keys", f"{name} lies in {place}: keep a copy elsewhere, or back up with --with-keys")
            yield from _rights_of_key(place)
    if content_of("books.key") is None:
        yield doubtful(
            "keys",
            "no key signs the checkpoints of the books",
            f"make one with `pledgeline ledger key NAME --out {own_file('books.key')}`",
        )


def _rights_of_key(place: str) -> Iterator[Diagnosis]:
    """See that nobody else can read a key that lies in a file outside of the home folder."""
    path = Path(place)
    if os.name != "nt" and path.is_file() and path.parent != home() and path.stat().st_mode & 0o007:
        yield wrong("keys", f"{path} is open to every account of this machine", f"chmod o= {path}")


def space(_now: datetime) -> Iterator[Diagnosis]:
    """See that there is room for entries, and for the copy that a backup makes."""
    free = shutil.disk_usage(home()).free
    size = database_file().stat().st_size if is_embedded() and database_file().exists() else 0
    way_out = "make room, or move the home folder to a larger disk"
    if free < LEAST_FREE_BYTES:
        yield wrong("space", f"{_megabytes(free)} are free in {home()}: nothing can be entered", way_out)
    elif free < max(USUAL_FREE_BYTES, 3 * size):
        yield doubtful("space", f"{_megabytes(free)} are free in {home()}", way_out)
    else:
        yield fine("space", f"{_megabytes(free)} are free in {home()}")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"
