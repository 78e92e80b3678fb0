"""Measure large books on one database, in a process of its own: making, verifying, adding up, exporting."""

import json
import logging
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

CONTRIBUTIONS = 80
LINES = 40
CURRENCIES = ("USD", "EUR", "NOK", "GBP")
TRANSACTION = 200
"""How many entries are made in one transaction."""

A_DAY = date(2025, 7, 16)
"""In the middle of a month, as no kept total is."""

PAGES = (
    "",
    "?as_of=2025-07-16&known_on=2026-01-03",
    "journal/",
    "journal/?page=3000",
    "journal/?contribution=C03",
    "journal/?sort=-effective_on",
    "balances/?as_of=2025-07-16",
    "contributions/",
    "lines/",
    "contribution/?key=C03",
    "line/?key=L03",
    "proofs/",
)
"""Pages of the books that add up or list a lot."""


def main(postings: int, folder: str) -> dict[str, Any]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pledgeline.server.settings")
    import django

    django.setup()
    from tests.torture import stage

    stage.make_books(*CURRENCIES)
    figures: dict[str, Any] = {"make": _seconds(lambda: fill(postings))}
    books = stage.stored()
    figures["entries"] = len(books)
    found = _made(books.number)
    figures["postings"] = found
    figures["balances now"] = _median(lambda: stage.stored().balances())
    figures["trial balance as of a day"] = _median(lambda: stage.stored().balances(as_of=A_DAY), times=5)
    known = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=len(books) * 13 // 24)
    figures["as of a day, known on another"] = _median(
        lambda: stage.stored().balances(as_of=A_DAY, known_on=known), times=5
    )
    before = stage.stored().balances(as_of=A_DAY, known_on=known)
    _leave_totals(books.number, len(books))
    figures["trial balance as of a day, with totals"] = _median(
        lambda: stage.stored().balances(as_of=A_DAY), times=5
    )
    figures["as of a day, known on another, with totals"] = _median(
        lambda: stage.stored().balances(as_of=A_DAY, known_on=known), times=5
    )
    if before != stage.stored().balances(as_of=A_DAY, known_on=known):
        sys.exit("the totals give other balances")
    report: list[Any] = []
    figures["verify"] = _seconds(lambda: report.append(stage.stored().verify()))
    if report[0].problems:
        sys.exit(f"the books do not verify: {report[0].problems[:3]}")
    figures["made"] = {"note": stage.stored().checkpoint(), "root": report[0].root.hex()}
    figures["slowest page"] = _slowest_page()
    figures["memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if folder:
        _export(Path(folder))
    return figures


def _seconds(act: Callable[[], Any]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _median(act: Callable[[], Any], times: int = 9) -> float:
    return statistics.median(_seconds(act) for _ in range(times))


def _made(number: int) -> int:
    from pledgeline.records.books import sql

    found = sql.one("SELECT count(*) FROM books_posting")
    assert found
    return int(found[0])


def fill(postings: int) -> None:
    """Invent entries until there are so many postings, 2.2 to an entry, dated over a year as chance has it."""
    from django.db import transaction

    from pledgeline.ledger import Account, AgreedTerm, Draft, Posting
    from pledgeline.ledger.state import moved
    from pledgeline.money import Amount
    from pledgeline.records.books import locked, sql
    from tests.torture import stage

    chance = random.Random(1)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    done = number = 0
    owner = {f"C{place:02}": CURRENCIES[place % len(CURRENCIES)] for place in range(CONTRIBUTIONS)}

    def draft() -> Draft:
        if number < CONTRIBUTIONS:
            name = f"C{number:02}"
            amount = Amount(10**14, owner[name])
            terms = (
                AgreedTerm(name="partner", of=name, value="P"),
                AgreedTerm(name="currency", of=name, value=owner[name]),
            )
            path = (Account.SOURCE, Account.PLEDGED, Account.COMMITTED, Account.AVAILABLE)
            parts: list[Posting] = []
            for ends in pairwise(path):
                parts += moved(name, amount, *ends)
            return Draft(kind="journal", postings=tuple(parts), terms=terms)
        name = f"C{chance.randrange(CONTRIBUTIONS):02}"
        amount = Amount(chance.randint(1, 10_000_00), owner[name])
        line = f"L{chance.randrange(LINES):02}"
        parts = [*moved(name, amount, Account.AVAILABLE, Account.ALLOCATED, line=line)]
        if chance.random() < 0.1:
            parts += moved(name, Amount(7, owner[name]), Account.AVAILABLE, Account.FEES)
        return Draft(kind="journal", postings=tuple(parts))

    while done < postings:
        with transaction.atomic():
            books = locked(stage.SLUG)
            for _ in range(TRANSACTION):
                made = draft()
                books.enter(
                    key=f"e{number}",
                    body={"type": "journal", "number": number},
                    effective_on=date(2025, 1, 1) + timedelta(days=chance.randrange(365)),
                    recorded_at=start + timedelta(seconds=number),
                    draft=lambda _, made=made: made,
                )
                done += len(made.postings)
                number += 1
            books.keep()
    sql.count_rows_anew()


def _leave_totals(number: int, size: int) -> None:
    """Leave totals as twelve checkpoints over the year would have."""
    from django.db import transaction

    from pledgeline.records.books.log import first_number
    from pledgeline.records.books.sums import leave_totals

    for part in range(1, 13):
        with transaction.atomic():
            leave_totals(number, first_number(number) + size * part // 12 - 1)


def _slowest_page() -> float:
    """Give how long the slowest page of the books takes, once what it needs is loaded. Units: seconds."""
    from django.test import Client

    from pledgeline.programme.roles import Role
    from tests.people import a_person
    from tests.torture import stage

    logging.disable(logging.INFO)  # a line for each page would hide the figures
    client = Client(headers={"host": "localhost"})
    client.force_login(a_person("bench", Role.READER))

    def get(page: str) -> None:
        if client.get(f"/p/{stage.SLUG}/books/{page}").status_code != 200:
            sys.exit(f"the page {page} of the books fails")

    for page in PAGES:
        get(page)
    return max(_median(lambda page=page: get(page), times=3) for page in PAGES)  # type: ignore[misc]


def _export(folder: Path) -> None:
    """Write the journal for hledger."""
    from pledgeline.exchange.journal import to_hledger
    from tests.torture import stage

    books = stage.stored()
    (folder / "books.journal").write_text(to_hledger(list(books.entries), "bench"), encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.write(f"\n{json.dumps(main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ''))}\n")
