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
LINES_OF_A_PACKAGE = 10
CURRENCIES = ("USD", "EUR", "NOK", "GBP")
TRANSACTION = 200
"""How many entries are made in one transaction."""

A_DAY = date(2025, 7, 16)
"""In the middle of a month, as no kept total is."""

PAGES = (
    "",
    "?as_of=2025-07-16&known_on=2026-01-03",
    "journal/",
    "journal/?page={page}",
    "journal/?contribution=C03",
    "journal/?sort=-day",
    "balances/?as_of=2025-07-16",
    "contributions/",
    "lines/",
    "contribution/?key=C03",
    "line/?key=L03",
    "proofs/",
)
"""Pages of the books that add up or list a lot; `page` lies two thirds down the journal."""


STREAMS = {"IATI": "books/iati-activities.xml", "OCDS": "ocds/releases.json"}
"""What is written for other offices, with all entries or all that they come to; nobody holds it in memory."""


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
    _form_packages()
    figures |= {f"{name}, written": _seconds(lambda at=at: _stream(at)) for name, at in STREAMS.items()}
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


def _reader() -> Any:
    """Give the browser of a reader."""
    from django.test import Client

    from pledgeline.programme.roles import Role
    from tests.people import a_person

    logging.disable(logging.INFO)  # a line for each page would hide the figures
    client = Client(headers={"host": "localhost"})
    client.force_login(a_person("bench", Role.READER))
    return client


def _slowest_page() -> float:
    """Give how long the slowest page of the books takes, once what it needs is loaded. Units: seconds."""
    from pledgeline.web.tables import PER_PAGE
    from tests.torture import stage

    client = _reader()

    deep = len(stage.stored()) * 2 // 3 // PER_PAGE

    def get(page: str) -> None:
        if client.get(f"/p/{stage.SLUG}/books/{page.format(page=deep)}").status_code != 200:
            sys.exit(f"the page {page} of the books fails")

    for page in PAGES:
        get(page)
    return max(_median(lambda page=page: get(page), times=3) for page in PAGES)  # type: ignore[misc]


def _form_packages() -> None:
    """Form packages of all lines, so that the contracting processes have their money."""
    from pledgeline.records.models import (
        FormedPackage,
        OfferRecord,
        PackageLine,
        ProgrammeRecord,
        RequirementRecord,
        SavedPlan,
    )
    from tests.chain import NOW, OFFER, REQUIREMENT, UNTIL, written
    from tests.planning import asked, handed_in
    from tests.torture import stage

    fund = ProgrammeRecord.objects.get(slug=stage.SLUG)
    requirements = [
        written(fund, RequirementRecord, {**REQUIREMENT, "key": f"AD-{number}"})
        for number in range(LINES_OF_A_PACKAGE)
    ]
    offer = written(fund, OfferRecord, OFFER)
    for number in range(LINES // LINES_OF_A_PACKAGE):
        plan = SavedPlan.objects.create(
            run=asked(handed_in(programme=stage.SLUG, name=f"Plan {number}")),
            **dict.fromkeys(("digest", "answer", "seal"), ""),
            policy={},
            saved_at=NOW,
            saved_by="the bench",
        )
        package = FormedPackage.objects.create(
            programme=fund,
            key=f"P-{number}",
            state="open",
            plan=plan,
            made_by="the bench",
            made_at=NOW,
            reserved_until=UNTIL,
        )
        for place, requirement in enumerate(requirements):
            PackageLine.objects.create(
                package=package,
                line=f"L{number * LINES_OF_A_PACKAGE + place:02}",
                requirement=requirement,
                offer=offer,
                units=1,
                unit_price=1,
                currency="USD",
            )


def _stream(at: str) -> None:
    """Take a file as another office takes it, and keep nothing of it."""
    from tests.torture import stage

    answer = _reader().get(f"/p/{stage.SLUG}/{at}")
    size = sum(map(len, answer.streaming_content)) if answer.status_code == 200 else 0
    if size < 1_000:
        sys.exit(f"{at} is not written: {answer.status_code}, {size} bytes")


def _export(folder: Path) -> None:
    """Write the journal for hledger."""
    from pledgeline.exchange.journal import to_hledger
    from tests.torture import stage

    books = stage.stored()
    (folder / "books.journal").write_text(to_hledger(list(books.entries), "bench"), encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.write(f"\n{json.dumps(main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ''))}\n")
