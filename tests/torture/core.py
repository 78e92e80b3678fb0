"""How well the tests hold the core of the books: `do.py torture core coverage` and `core mutants [NUMBER]`.

`coverage` ends with 1 where a line or a branch of `src/pledgeline/ledger` is run by no test of `TESTS`;
`mutants` spoils it in one place at a time and ends with 1 where fewer than nine tenths are noticed.
"""

import os
import subprocess
import sys
import tempfile

from tools import mutants

TESTS = ["tests/ledger"]


def coverage() -> int:
    """Run the tests of the core, and list what of it they never run."""
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.call(
            [
                *(sys.executable, "-m", "pytest", "-q", *TESTS, "-p", "no:cacheprovider"),
                *("--cov=pledgeline.ledger", "--cov-branch", "--cov-fail-under=100"),
                "--cov-report=term-missing:skip-covered",
            ],
            env={**os.environ, "COVERAGE_FILE": os.path.join(folder, "coverage")},
        )


def main(arguments: list[str]) -> int:
    """Do what is asked for; both where nothing is. More examples are drawn than in a run of the tests."""
    os.environ.setdefault("PLEDGELINE_EXAMPLES", "4")
    match arguments:
        case ["coverage"]:
            return coverage()
        case ["mutants", *number] if len(number) <= 1 and all(letter.isdigit() for letter in number):
            return mutants.main(number)
        case []:
            return coverage() or mutants.main([])
    print("usage: do.py torture core [coverage | mutants [NUMBER]]", file=sys.stderr)
    return 2
