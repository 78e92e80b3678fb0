"""Random books as journals: Beancount and hledger have to take them, with our balances and no tolerance."""

import random
from pathlib import Path
from typing import Any

from tests.exchange.journals import BEAN_CHECK, HLEDGER, rejected_by_beancount, rejected_by_hledger
from tests.ledger.walks import Walk


def offer(folder: Path, ledgers: int) -> dict[str, Any]:
    """Make so many books by chance, of a few events to some hundred, and give each to both tools."""
    wrong, entries = [], 0
    tools = {"beancount": BEAN_CHECK and rejected_by_beancount, "hledger": HLEDGER and rejected_by_hledger}
    for seed in range(ledgers):
        walk = Walk(seed)
        for _ in range(random.Random(seed).randint(1, 300)):
            walk.step()
        entries += len(walk.book)
        said = {name: tool(walk.book, folder) for name, tool in tools.items() if tool}
        wrong += [f"books {seed}, {name}: {problem}" for name, problem in said.items() if problem]
    answer: dict[str, Any] = {"wrong": wrong, "ledgers": ledgers, "entries": entries}
    if missing := [name for name, tool in tools.items() if not tool]:
        answer["not_installed"] = " and ".join(missing)
    return answer
