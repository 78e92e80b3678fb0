"""Invent a large public record. Nothing in it is true; the same seed gives the same record.

Of a hundred announcements ten repeat others, five conflict with one, five replace one and two
are unclear, about as in the record of PURL.
"""

import random
from datetime import date, timedelta
from decimal import Decimal

from pledgeline.money import Amount, Rate
from pledgeline.programme.announcements import Announcement, Relation, Stage
from pledgeline.programme.packages import ReportedPackage
from pledgeline.programme.parties import countries
from pledgeline.programme.record import PublicRecord
from pledgeline.programme.settings import Programme
from pledgeline.programme.sources import Source
from pledgeline.programme.stated_totals import StatedTotal

SEED = 20250804
FIRST_DAY = date(2023, 1, 2)
DAYS = 1_000
PARTNERS = sorted(countries())[:60]
CURRENCIES = "AUD CAD CHF CZK DKK EUR GBP JPY NOK PLN SEK USD".split()
PACKAGES = 200
SOURCES = 5_000
STATED = 100

programme = Programme(
    slug="invented",
    name="Invented Programme of a Hundred Thousand Announcements",
    short_name="Invented",
    about="Made up for measuring. No figure in it is true.",
    recipient="Ruritania",
    validator="nobody",
    supplier="nobody",
    package_size=Amount(500_000_000_00, "USD"),
    base_currency="EUR",
)


def invented_record(announcements: int) -> PublicRecord:
    """Invent a record with so many announcements."""
    dice = random.Random(SEED)
    told: list[Announcement] = []
    for number in range(announcements):
        relation = Relation.NEW
        if number:
            relation = dice.choices(
                [Relation.NEW, Relation.REPEATS, Relation.CONFLICTS, Relation.REPLACES, Relation.UNCLEAR],
                [78, 10, 5, 5, 2],
            )[0]
        told.append(_announcement(dice, number, announcements, relation))
    return PublicRecord(
        announcements=tuple(told),
        packages=tuple(_package(dice, number) for number in range(PACKAGES)),
        stated_totals=tuple(_stated(number) for number in range(STATED)),
        sources=tuple(_source(number) for number in range(SOURCES)),
        rates=tuple(_rates(dice)),
    )


def _announcement(dice: random.Random, number: int, of: int, relation: Relation) -> Announcement:
    day = FIRST_DAY + timedelta(days=number * DAYS // of)
    amount = Amount(dice.randrange(1, 100_000) * 1_000_00, dice.choice(CURRENCIES))
    related = relation not in (Relation.NEW, Relation.UNCLEAR)
    return Announcement(
        id=f"C{number:06}",
        partners=tuple(sorted(dice.sample(PARTNERS, 1 if dice.random() < 0.95 else 3))),
        announced_on=day,
        amount=amount if dice.random() < 0.98 else None,
        reported_usd=Amount(dice.randrange(1, 100_000) * 1_000_00, "USD") if dice.random() < 0.3 else None,
        package=f"P{dice.randrange(PACKAGES):03}" if dice.random() < 0.8 else "",
        stage=dice.choice(list(Stage)),
        earmark="invented earmark",
        title=f"Invented announcement {number}",
        sources=tuple(f"S{dice.randrange(SOURCES):05}" for _ in range(dice.randrange(1, 4))),
        relation=relation,
        relates_to=(f"C{dice.randrange(max(0, number - 500), number):06}",) if related else (),
        note="",
    )


def _package(dice: random.Random, number: int) -> ReportedPackage:
    return ReportedPackage(
        id=f"P{number:03}",
        number=number,
        announced_on=FIRST_DAY + timedelta(days=number * DAYS // PACKAGES),
        value=Amount(500_000_000_00, "USD"),
        currency="USD",
        funders=tuple(sorted(dice.sample(PARTNERS, 3))),
        contents="invented contents",
        delivery_reported_on=None,
        sources=("S00000",),
        note="",
    )


def _stated(number: int) -> StatedTotal:
    return StatedTotal(
        as_of=FIRST_DAY + timedelta(days=(number + 1) * DAYS // STATED),
        measure="total_contributed_usd",
        value=Decimal(number + 1) * 1_000_000_000,
        unit="USD",
        said_by="an invented spokesperson",
        sources=("S00000",),
        note="",
    )


def _source(number: int) -> Source:
    return Source(
        id=f"S{number:05}",
        url=f"https://example.org/{number}",
        publisher="Invented Gazette",
        published_on=None,
        title=f"Invented page {number}",
        accessed_as="invented",
    )


def _rates(dice: random.Random) -> list[Rate]:
    """Invent a rate of every working day for every currency but the base."""
    rates = []
    for number in range(DAYS):
        day = FIRST_DAY + timedelta(days=number)
        if day.weekday() < 5:
            for code in CURRENCIES:
                if code != "EUR":
                    cost = Decimal(dice.randrange(5_000, 15_000)).scaleb(-4)
                    rates.append(Rate(day=day, base="EUR", currency=code, rate=cost, source="S00000"))
    return rates
