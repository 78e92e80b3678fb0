"""The sample workbooks: in a checkout they lie beside the package, in an installation inside it."""

from pathlib import Path

import pledgeline


def samples() -> dict[str, Path]:
    """Give the shipped workbooks by name."""
    package = Path(pledgeline.__file__).parent
    for folder in (package / "data" / "samples", package.parent.parent / "samples"):
        found = {path.stem: path for path in sorted(folder.glob("*.xlsx"))}
        if found:
            return found
    return {}
