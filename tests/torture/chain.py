"""Torture the chain: `do.py torture chain [--short] [PART ...]`.

Random walks of people of all roles, 50,000 steps on each database; and fifty people who accept, order, ship and
receive the same at once, twenty times on each.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from tests.torture.parts import BOTH, Ground, Part, part, run_parts


def _walk(steps: int) -> Callable[[Ground, str], Any]:
    def run(_ground: Ground, vendor: str) -> Any:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "tests/actions/test_chain_walk.py",
                "-q",
                "-p",
                "no:cacheprovider",
            ],
            env={**os.environ, "PLEDGELINE_CHAIN_STEPS": str(steps), "PLEDGELINE_TEST_DATABASE": vendor},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        return {"wrong": done.stdout.splitlines()[-80:] if done.returncode else [], "steps": steps}

    return run


def _again(times: int, function: str, people: int) -> Callable[[Ground, str], Any]:
    def run(ground: Ground, vendor: str) -> Any:
        answers = [part(function, people)(ground, vendor) for _ in range(times)]
        wrong = [problem for answer in answers for problem in answer["wrong"]]
        return {"wrong": wrong, "runs": times, "people": people}

    return run


def parts(short: bool) -> dict[str, Part]:
    """Give every part with the databases it is for. The long sizes are the goals."""
    times, people = (1, 8) if short else (20, 50)
    return {
        "walk": (BOTH, _walk(240 if short else 50_000)),
        "accept at once": (BOTH, _again(times, "at_once:accept_plans", people)),
        "order to receipt": (BOTH, _again(times, "at_once:from_order_to_receipt", people)),
    }


def main(arguments: list[str]) -> int:
    return run_parts("chain", parts("--short" in arguments), arguments)
