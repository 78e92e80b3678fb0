"""Name a problem by its content, so that a plan can say what it was made from.

Rows are put in order first: two files with the same rows in another order have the same digest.
"""

import hashlib
import json
from typing import Any

from pledgeline.plan.model import Problem
from pledgeline.plan.write import problem_to_json


def digest_of(problem: Problem) -> str:
    """Give the SHA-256 of a problem in its canonical form, as hexadecimal digits."""
    data: dict[str, Any] = problem_to_json(problem)
    for rows in data.values():
        if isinstance(rows, list):
            rows.sort(key=lambda row: json.dumps(row, sort_keys=True))
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
