"""The catalogues of texts, in the form that Python reads.

Translators write `.po` files, Python reads `.mo` files. A package that is installed brings the second; a checkout has
the first alone, so what is missing or old there is made when the site starts, by Babel and in well under a second.
"""

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compiled_catalogues(folder: Path) -> Path:
    """Compile each catalogue of a folder that is newer than its compiled file, and give the folder."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.is_file() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
            _compile(source, target)
    return folder


def _compile(source: Path, target: Path) -> None:
    """Write one: whole or not at all, as several processes may start at once."""
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parents[1].name)
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".tmp", delete=False) as written:
        write_mo(written, catalogue)
    os.chmod(written.name, 0o644)
    os.replace(written.name, target)
