"""Pages of PDF, set by Typst.

Typst is an extra, because it is as large as all the rest of planning. The texts go in as data, never as
markup: a name with a `#` in it stays a name.
"""

import json
from collections.abc import Mapping
from importlib.resources import files
from importlib.util import find_spec


def is_missing() -> bool:
    """Say whether Typst is not installed."""
    return find_spec("typst") is None


def typeset(room: str, template: str, told: Mapping[str, object]) -> bytes:
    """Set what is told by a template of a room."""
    import typst

    source = files(room).joinpath(template).read_bytes()
    data: bytes = typst.compile(
        source, format="pdf", sys_inputs={"told": json.dumps(told, ensure_ascii=False)}
    )
    return data
