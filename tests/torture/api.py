"""Send the API whatever its document allows, and what it does not, for long: `api [requests to each address]`.

So many are sent in each of four ways: see the test.
"""

import os
import subprocess
import sys

USUAL = "50"


def main(arguments: list[str]) -> int:
    """Run the test of all addresses with many requests to each; on the database that the tests are told to use."""
    examples = arguments[0] if arguments else USUAL
    return subprocess.run(
        [sys.executable, "-m", "pytest", "tests/api/test_schemathesis.py", "-q"],
        env={**os.environ, "PLEDGELINE_API_EXAMPLES": examples},
        check=False,
    ).returncode
