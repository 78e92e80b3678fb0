"""Run a torture by its name: `python -m tests.torture plan [cases]`."""

import sys

from tests.torture import plan

TORTURES = {"plan": plan.main}


def main(arguments: list[str]) -> int:
    name, *rest = arguments or [""]
    if name not in TORTURES or len(rest) > 1 or not all(one.isdigit() for one in rest):
        print(f"say what to torture: {', '.join(TORTURES)}, and how many cases if not all", file=sys.stderr)
        return 2
    return TORTURES[name](*(int(one) for one in rest))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
