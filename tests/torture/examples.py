"""Try a hundred times as many examples of each property as a run of the tests does: `examples [TIMES] [PYTEST ...]`."""

import os
import subprocess
import sys

USUAL = "100"


def main(arguments: list[str]) -> int:
    """Run the tests that draw examples, all or those that pytest is told."""
    times, *chosen = arguments if arguments[:1] and arguments[0].isdigit() else [USUAL, *arguments]
    return subprocess.call(
        [sys.executable, "-m", "pytest", "-q", "-m", "hypothesis and not e2e", *chosen],
        env={**os.environ, "PLEDGELINE_EXAMPLES": times},
    )
