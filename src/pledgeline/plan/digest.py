"""Name a problem by its content, so that a plan can say what it was made from.

Rows are put in order first: two files with the same rows in another order have the same digest.
"""

import hashlib
import json

from pledgeline.plan.model import Problem
from pledgeline.plan.write import problem_to_json

_COMPACT = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


def digest_of(problem: Problem) -> str:
    """Give the SHA-256 of a problem in its canonical form, as hexadecimal digits."""
    data: dict[str, object] = problem_to_json(problem)
    parts = []
    for name, value in sorted(data.items()):
        rows = sorted(map(_COMPACT, value)) if isinstance(value, list) else None
        text = _COMPACT(value) if rows is None else f"[{','.join(rows)}]"
        parts.append(f"{_COMPACT(name)}:{text}")
    return hashlib.sha256(f"{{{','.join(parts)}}}".encode()).hexdigest()
