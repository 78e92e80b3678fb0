"""The texts that ship with the program: in a checkout they lie beside the package, in an installation inside it."""

from functools import cache
from pathlib import Path

import pledgeline

REFERENCE = ("findings", "cli", "rights", "acts", "steps", "books-events")
"""The pages written from the code that the handbook refers to, in the order in which they are offered."""


@cache
def shipped() -> Path:
    """Give the folder that holds `docs`, `changes` and `CHANGELOG.md`."""
    package = Path(pledgeline.__file__).parent
    inside = package / "data" / "help"
    return inside if inside.is_dir() else package.parents[1]


def docs() -> Path:
    return shipped() / "docs"
