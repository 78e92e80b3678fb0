"""Run a torture by its name: `python -m tests.torture plan [cases]`, `ledger [part ...]`, `core [part]`."""

import sys

from tests.torture import core, ledger, plan


def _plan(rest: list[str]) -> int:
    if len(rest) > 1 or not all(one.isdigit() for one in rest):
        print("say how many cases if not all", file=sys.stderr)
        return 2
    return plan.main(*(int(one) for one in rest))


TORTURES = {"plan": _plan, "ledger": ledger.main, "core": core.main}


def main(arguments: list[str]) -> int:
    name, *rest = arguments or [""]
    if name not in TORTURES:
        print(f"say what to torture: {', '.join(TORTURES)}", file=sys.stderr)
        return 2
    return TORTURES[name](rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
