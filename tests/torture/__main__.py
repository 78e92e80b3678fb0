"""Run a torture by its name: `python -m tests.torture plan [part ...] [cases]`, `ledger [part ...]`,
`core [part]`, `restore [postings]`, `jobs [part ...]`, `iati [ledgers]`, `chain [part ...]`,
`site [database] [minutes] [clients] [kills]`, `api [requests]`, `examples [times] [pytest ...]`.
"""

import sys

from tests.torture import api, chain, core, examples, iati, jobs, ledger, plan, restore, site

TORTURES = {
    "plan": plan.command,
    "ledger": ledger.main,
    "core": core.main,
    "chain": chain.main,
    "restore": restore.main,
    "jobs": jobs.main,
    "iati": iati.main,
    "site": site.command,
    "api": api.main,
    "examples": examples.main,
}


def main(arguments: list[str]) -> int:
    name, *rest = arguments or [""]
    if name not in TORTURES:
        print(f"say what to torture: {', '.join(TORTURES)}", file=sys.stderr)
        return 2
    return TORTURES[name](rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
