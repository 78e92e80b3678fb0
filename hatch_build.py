"""What is made when the package is built: the compiled catalogues of texts, which are not kept in Git."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """Compile them before the files of the package are gathered."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        source = Path(self.root, "src")
        sys.path.insert(0, str(source))
        try:
            from pledgeline.server.catalogues import compiled_catalogues

            compiled_catalogues(source / "pledgeline" / "locale")
        finally:
            sys.path.remove(str(source))
