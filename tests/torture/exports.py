"""Random books as journals: Beancount and hledger have to take them, with our balances and no tolerance."""

import random
from pathlib import Path
from typing import Any

from tests.exchange.journals import (
    BEAN_CHECK,
    HLEDGER,
    rejected_by_beancount_of_many,
    rejected_by_hledger,
)
from tests.ledger.walks import Walk

AT_ONCE = 50


def offer(folder: Path, ledgers: int) -> dict[str, Any]:
    """Make so many books by chance, of a few events to some hundred, and give each to both tools."""
    wrong, entries = [], 0
    for first in range(0, ledgers, AT_ONCE):
        books = [_books(seed) for seed in range(first, min(first + AT_ONCE, ledgers))]
        entries += sum(map(len, books))
        if BEAN_CHECK and (problem := rejected_by_beancount_of_many(books, folder)):
            wrong.append(f"beancount, books from {first}: {problem}")
        for seed, book in enumerate(books, start=first) if HLEDGER else ():
            if problem := rejected_by_hledger(book, folder):
                wrong.append(f"hledger, books {seed}: {problem}")
    answer: dict[str, Any] = {"wrong": wrong, "ledgers": ledgers, "entries": entries}
    missing = [name for name, tool in (("bean-check", BEAN_CHECK), ("hledger", HLEDGER)) if not tool]
    if missing:
        answer["not_installed"] = " and ".join(missing)
    return answer


def _books(seed: int) -> Any:
    walk = Walk(seed)
    for _ in range(random.Random(seed).randint(1, 300)):
        walk.step()
    return walk.book
