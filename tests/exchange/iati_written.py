"""What an IATI file that we wrote says, added up by other code; and the same of the books."""

import io
import random
import xml.etree.ElementTree as ElementTree
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pledgeline.exchange.iati.written import Published, activity_file, organisation_file, usual_reporter
from pledgeline.ledger.contributions import MEASURES, summed
from pledgeline.money import Amount
from tests.builders import a_programme
from tests.exchange.iati_files import checked
from tests.ledger.walks import Walk

LATER = datetime(2026, 12, 31, 12, tzinfo=UTC)
SUMS = {
    "13": ("pledged",),
    "11": ("committed",),
    "1": ("received", "-returned"),
    "2": ("ordered", "delivered", "accepted", "lost"),
    "4": ("accepted", "lost", "fees"),
}
"""Which figures of the books each type of transaction comes to."""


def random_books(seed: int) -> Any:
    walk = Walk(seed)
    for _ in range(random.Random(seed).randint(1, 200)):
        walk.step()
    return walk.book


def of_books(book: Any, **given: Any) -> Published:
    programme = given.pop("programme", None) or a_programme(base_currency="USD", recipient="UKR")
    return Published(
        programme=programme,
        reporter=usual_reporter(programme),
        first_day=min(entry.effective_on for entry in book.entries),
        partners=book.state.contributions(),
        **given,
    )


def activity_of(book: Any, **given: Any) -> bytes:
    return b"".join(activity_file(of_books(book, **given), book.entries, now=LATER))


def organisation_of(book: Any, **given: Any) -> bytes:
    return b"".join(organisation_file(of_books(book, **given), book.entries, now=LATER))


def sums_in_file(data: bytes) -> dict[tuple[str, str], Decimal]:
    """Add up the transactions of a file by type and currency."""
    sums: Counter[tuple[str, str]] = Counter()
    for transaction in ElementTree.parse(io.BytesIO(data)).iter("transaction"):
        kind, value = transaction.find("transaction-type"), transaction.find("value")
        assert kind is not None
        assert value is not None
        sums[kind.attrib["code"], value.attrib["currency"]] += Decimal(value.text or "")  # type: ignore[assignment]
    return {key: Decimal(total) for key, total in sums.items() if total}


def sums_in_books(book: Any) -> dict[tuple[str, str], Decimal]:
    """Add up the balances of the books by the figures that a statement shows."""
    sums: dict[tuple[str, str], Decimal] = {}
    for kind, names in SUMS.items():
        for name in names:
            for amount in summed(book.state.money(), MEASURES[name.removeprefix("-")]):
                sign = -1 if name.startswith("-") else 1
                key = (kind, amount.currency)
                sums[key] = sums.get(key, Decimal(0)) + sign * Amount(amount.minor, amount.currency).major
    return {key: total for key, total in sums.items() if total}


def units_in_file(data: bytes) -> dict[str, int]:
    """Give the delivered units of each line."""
    found = {}
    for indicator in ElementTree.parse(io.BytesIO(data)).iter("indicator"):
        actual = indicator.find("period/actual")
        assert actual is not None
        found[(indicator.findtext("title/narrative") or "").removeprefix("Units of ")] = int(
            actual.attrib["value"]
        )
    return found


def units_in_books(book: Any) -> dict[str, int]:
    """Give the units that are delivered or accepted, of each line of which anything is ordered."""
    arrived: Counter[str] = Counter()
    ordered: Counter[str] = Counter()
    for place, units in book.state.bins().items():
        if place.place.value == "source":
            ordered[place.line] -= units
        elif place.place.value in ("delivered", "accepted"):
            arrived[place.line] += units
    return {line: arrived[line] for line, units in ordered.items() if units > 0}


def wrong_with(book: Any) -> list[str]:
    """Say what is wrong with the files of some books: errors of the checker, or another sum than in the books."""
    activity = activity_of(book, earmarked=dict.fromkeys(book.state.contributions(), True))
    wrong = [
        f"{finding.place}: {finding.wrong}"
        for data in (activity, organisation_of(book))
        for finding in checked(data, now=LATER).errors
    ]
    if sums_in_file(activity) != sums_in_books(book):
        wrong.append(f"{sums_in_file(activity)} and not {sums_in_books(book)}")
    if units_in_file(activity) != units_in_books(book):
        wrong.append(f"{units_in_file(activity)} and not {units_in_books(book)}")
    return wrong
